"""The canonical text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.read import read
from indexer.types import RawText
from indexer.understand.clean import clean
from tests.conftest import CORPUS

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "clean.json").read_text(encoding="utf-8"))


def cleaned(text: str) -> RawText:
    return clean(RawText(text, "txt"))


@pytest.mark.parametrize(("name", "written", "expected"), CASES["cleaned"])
def test_a_text_is_repaired(name: str, written: str, expected: str) -> None:
    assert cleaned(written).text == expected, name


@pytest.mark.parametrize(("name", "written"), CASES["kept"])
def test_a_text_that_is_whole_stays(name: str, written: str) -> None:
    found = cleaned(written)
    assert found.text == written, name
    assert found.changes == ()


@pytest.mark.parametrize(("name", "written", "expected"), CASES["known_failures"])
@pytest.mark.xfail(strict=True, reason="not repaired yet")
def test_known_failures_of_repair(name: str, written: str, expected: str) -> None:
    assert cleaned(written).text == expected, name


@pytest.mark.parametrize("written", [case[1] for case in CASES["cleaned"]])
def test_repairing_twice_changes_nothing_more(written: str) -> None:
    once = cleaned(written)
    assert clean(RawText(once.text, "txt")).text == once.text


def test_every_kind_of_change_is_counted() -> None:
    assert cleaned("a\r\nb\r\nÐ").changes == ("line ends: 2", "Ð made Đ: 1")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")), ids=lambda path: path.name)
def test_no_letter_of_the_corpus_is_lost_or_made(path: Path) -> None:
    raw = read(path)
    assert "".join(cleaned(raw.text).text.split()) == "".join(raw.text.split())


def test_page_starts_move_with_the_text() -> None:
    raw = RawText("a\u200b\r\n\r\n\r\n\r\nĐa\u0309ng\n\u00a0ba", "txt", page_starts=(0, 10, 16))
    assert [raw.text[start:][:2] for start in raw.page_starts] == ["a\u200b", "Đa", "\u00a0b"]
    found = clean(raw)
    assert [found.text[start:][:2] for start in found.page_starts] == ["a\n", "Đả", " b"]


HOSTILE = ["a" + " " * 100_000 + "b", "\n" * 100_000, "ab-\n" * 25_000, "1-\n" + "A" * 100_000, "1\n\n" * 33_000]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    start = time.process_time()
    cleaned(text)
    assert time.process_time() - start < 3
