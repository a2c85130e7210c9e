"""Numbers and dates of recognised pages, put right where the form leaves one reading."""

from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.layout import Box, boxes, pack
from indexer.read.compose import Composed
from indexer.read.corrections import correct
from indexer.types import Span
from tests.conftest import ROOT

CASES: dict[str, Any] = json.loads((ROOT / "tests/cases/ocr_corrections.json").read_text(encoding="utf-8"))


def corrected(text: str) -> tuple[str, list[str]]:
    found, changes = correct(Composed(text, (0,), b"", 0), {1})
    return found.text, changes


@pytest.mark.parametrize("case", CASES["corrected"], ids=lambda case: case["read"])
def test_a_misread_number_or_date_is_put_right_and_recorded(case: dict[str, str]) -> None:
    text, changes = corrected(case["read"])
    assert text == case["right"]
    assert changes
    assert all(change.startswith("read again: “") for change in changes)


@pytest.mark.parametrize("text", CASES["left"])
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert corrected(text) == (text, [])


def test_only_recognised_pages_are_corrected_and_positions_move_along() -> None:
    text = "Số: l2/KH-LĐLĐ\n\nngày l2 tháng 5 năm 2024 họp"
    second = text.index("ngày")
    layout = pack([(text.index("họp"), Box(2, 1, 2, 3, 4))])
    found, _ = correct(Composed("S0: 7/CT-TTg\n\n" + text, (0, 14, 14 + second), layout, 0), {3})
    assert found.text == "S0: 7/CT-TTg\n\nSố: l2/KH-LĐLĐ\n\nngày 12 tháng 5 năm 2024 họp"
    both, _ = correct(Composed(text, (0, second), layout, 0), {1, 2})
    start = both.text.index("họp")
    assert boxes(both.layout, Span(start, start + 3)) == (Box(2, 1, 2, 3, 4),)
