"""Targets: the figures that a document wants reached."""

import time
from typing import Any

import pytest

from indexer.types import Section, Span
from indexer.understand.reading import Reading
from indexer.understand.targets import targets
from tests.conftest import SHARED
from tests.test_sentences import HOSTILE, cases

REAL = SHARED / "corpus" / "lai-chau_234-KH-LDLD.txt"


@pytest.mark.parametrize("case", cases("targets"))
def test_targets_are_read_with_subject_figure_and_comparison(case: dict[str, Any]) -> None:
    text, section = _in_section(case["text"], case.get("heading", "Chỉ tiêu"), case.get("label", "1"))
    found = targets(Reading(text), [section])
    assert [[one.subject, one.figure, one.unit, one.comparison, one.period] for one in found] == case["found"]
    assert all(section.span.contains(one.span) for one in found)


def test_a_period_in_the_heading_counts_for_the_figures_below() -> None:
    text, section = _in_section("Trên 80% thủ tục làm trên mạng.", "Chỉ tiêu năm 2025", "1")
    assert [one.period for one in targets(Reading(text), [section])] == ["năm 2025"]


@pytest.mark.skipif(not REAL.exists(), reason="../shared/corpus is not here")
def test_the_figures_of_a_real_plan() -> None:
    text = REAL.read_text(encoding="utf-8")
    start, end = text.index("1. Chỉ tiêu"), text.index("2. Nhiệm vụ và giải pháp")
    figures = [one.figure for one in targets(Reading(text), [Section("1", "Chỉ tiêu", 1, Span(start, end))])]
    assert figures == "98 100 75 75 100 780 01 100 90 95 85 85 50 15 100 80 95 98 90".split()


@pytest.mark.parametrize("piece", [*HOSTILE, "98% ", "trên ", "đạt "])
def test_hostile_lines_cost_no_more_than_their_length(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    targets(Reading(text), [Section("1", "Chỉ tiêu", 1, Span(0, len(text)))])
    assert time.process_time() - began < 8


def _in_section(content: str, heading: str, label: str) -> tuple[str, Section]:
    text = f"{label}. {heading}\n\n{content}" if label else f"{heading}\n\n{content}"
    return text, Section(label, heading, 1, Span(0, len(text)))
