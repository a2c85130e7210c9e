"""The measure of scans. What it measures takes minutes (python -m eval.scans); here a page, and the measure itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.scans import edit_distance, main, named
from tests.test_build import PLAN


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("", "", 0), ("abc", "", 3), ("kế hoạch", "kê hoach", 2), ("15/11", "l5/1", 2)]
)
def test_the_distance_counts_each_letter_that_differs(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == edit_distance(other, one) == distance


def test_numbers_and_dates_are_counted_as_often_as_they_stand_there() -> None:
    found = named("Kế hoạch số 284 -KH/BKTTW và 284-KH/BKTTW, trước ngày 15/01, ngày 05 tháng  11 năm 2024")
    assert found == {"284-KH/BKTTW": 2, "15/01": 1, "ngày 05 tháng 11 năm 2024": 1}


def test_a_page_keeps_its_letters_through_a_scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(number=41), encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert "numbers and dates right" in capsys.readouterr().out
