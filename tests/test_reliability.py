"""Answers in steps of confidence: what they promise and what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.reliability import calibration_error, curve, draw


def test_answers_are_counted_in_the_step_of_their_confidence() -> None:
    steps = curve([(0.05, False), (0.85, True), (0.95, False), (1.0, True)])
    assert [(step.least, step.answers) for step in steps] == [(0.0, 1), (0.8, 3)]
    assert steps[1].right == pytest.approx(2 / 3)


def test_one_that_promises_what_it_holds_has_no_error() -> None:
    assert calibration_error(curve([(0.5, True), (0.5, False)])) == 0.0


def test_one_that_promises_too_much_has_the_difference_for_its_error() -> None:
    assert calibration_error(curve([(0.9, True), (0.9, False)])) == pytest.approx(0.4)
    assert calibration_error(()) == 0.0


@pytest.mark.parametrize("ending", ["svg", "json"])
def test_the_curve_is_drawn_without_the_network(tmp_path: Path, ending: str) -> None:
    draw(curve([(0.9, True), (0.5, False)]), tmp_path / f"curve.{ending}")
    assert "said to be right" in (tmp_path / f"curve.{ending}").read_text(encoding="utf-8")
