"""The numbered parts of a document, and the articles of a page."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.types import Section
from indexer.understand.inner import with_inner
from indexer.understand.outline import numbered_sections
from indexer.understand.reading import Reading

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "outline.json").read_text(encoding="utf-8"))


def outline(reading: Reading, administrative: bool = True) -> tuple[Section, ...]:
    sections = numbered_sections(reading, administrative)
    return with_inner(sections, reading) if administrative else sections


def shape(sections: tuple[Section, ...]) -> list[list[str | None]]:
    return [[s.label, s.heading, None if s.parent is None else sections[s.parent].label] for s in sections]


@pytest.mark.parametrize(("name", "text", "expected"), CASES["outlines"])
def test_sections_are_found_under_their_parents(name: str, text: str, expected: list[list[str | None]]) -> None:
    assert shape(outline(Reading(text))) == expected, name


@pytest.mark.parametrize(("name", "text", "expected"), CASES["outlines"])
def test_a_section_begins_at_its_label_and_ends_on_a_word(
    name: str, text: str, expected: list[list[str | None]]
) -> None:
    for section in outline(Reading(text)):
        slice_ = section.span.of(text)
        own = section.label if section.label[:1].isdigit() else section.label.rsplit(".", 1)[-1]
        assert slice_.startswith(own or section.heading), name
        assert slice_ == slice_.strip()
        assert not slice_.endswith("#")


@pytest.mark.parametrize(("name", "text"), CASES["negative"])
def test_what_only_looks_like_a_number_opens_no_section(name: str, text: str) -> None:
    assert outline(Reading(text)) == (), name


@pytest.mark.parametrize(("name", "text", "expected"), CASES["articles"])
def test_a_page_has_its_articles(name: str, text: str, expected: list[str]) -> None:
    assert [section.heading for section in outline(Reading(text), administrative=False)] == expected, name


def test_a_section_ends_before_the_foot() -> None:
    text = "1. Một.\n\nHết./.\n\nNơi nhận:\n- Lưu.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Văn Mẫu"
    [section] = outline(Reading(text))
    assert section.span.of(text) == "1. Một.\n\nHết./."


@pytest.mark.parametrize(("name", "text", "expected"), [*CASES["inner"], *CASES["misread"]])
def test_run_in_heads_items_tables_and_misread_numbers_open_sections(
    name: str, text: str, expected: list[list[str | None]]
) -> None:
    assert shape(outline(Reading(text))) == expected, name


@pytest.mark.parametrize(("name", "text"), CASES["inner_negative"])
def test_what_only_looks_like_a_run_in_head_opens_nothing(name: str, text: str) -> None:
    assert [section.label for section in outline(Reading(text))] == ["1"], name


@pytest.mark.parametrize(("name", "text", "expected"), CASES["known_failures"])
@pytest.mark.xfail(strict=True, reason="not found yet")
def test_known_failures_of_sections(name: str, text: str, expected: list[list[str | None]]) -> None:
    assert shape(outline(Reading(text))) == expected


@pytest.mark.parametrize(
    "text", ["I" * 100_000, "1. a\n" * 20_000, "a) " * 33_000, "Điều 1. " * 12_000, "I. A\n1. b\n" * 10_000]
)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    start = time.process_time()
    outline(Reading(text))
    outline(Reading(text), administrative=False)
    assert time.process_time() - start < 4
