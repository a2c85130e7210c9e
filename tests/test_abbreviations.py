"""Abbreviations that a document defines itself."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.understand.abbreviations import abbreviations

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "abbreviations.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES["defined"])
def test_a_short_form_has_the_long_form_before_it(text: str, expected: list[list[str]]) -> None:
    assert [list(pair) for pair in abbreviations(text)] == expected


@pytest.mark.parametrize("text", CASES["negative"])
def test_a_bracket_that_defines_nothing_gives_nothing(text: str) -> None:
    assert abbreviations(text) == ()


@pytest.mark.parametrize(("text", "expected"), CASES["known_failures"])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failures_of_abbreviations(text: str, expected: list[list[str]]) -> None:
    assert [list(pair) for pair in abbreviations(text)] == expected


def test_the_first_definition_counts() -> None:
    assert abbreviations("Ban Tổ chức (BTC) và Ban Tài chính (BTC)") == (("BTC", "Ban Tổ chức"),)


def test_no_definition_reaches_over_a_sentence() -> None:
    assert abbreviations("Họp Ban Tổ chức. Chi (BTC) tiền") == ()


@pytest.mark.parametrize(
    "text", ["(" * 100_000, " " * 100_000 + "(AB)", "A" * 100_000 + " (ABC)", "(gọi tắt là " * 9000]
)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    start = time.process_time()
    abbreviations(text)
    assert time.process_time() - start < 2
