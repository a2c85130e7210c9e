"""Documents to passages."""

from __future__ import annotations

import pytest

from indexer.passages import PassageSettings, passages
from indexer.types import Document, Form, RawText, Section, Span
from indexer.understand import understand

PLAN = "Số: 1/KH-LĐLĐ\n\nI. NHIỆM VỤ\n\n1. Tuyên truyền\n\nMỗi quý một lần."
SETTINGS = PassageSettings(target_chars=80, max_chars=120)


def of(text: str, *sections: Section) -> Document:
    return Document("d", "a.txt", "0" * 64, text, Form(), sections)


def texts(document: Document, settings: PassageSettings = SETTINGS) -> list[str]:
    return [passage.span.of(document.text) for passage in passages(document, settings)]


def test_short_paragraphs_are_gathered_up_to_the_target() -> None:
    text = "\n\n".join(["Ba mươi chữ cái trong câu này."] * 5)
    assert [len(piece) for piece in texts(of(text))] == [62, 62, 30]


def test_no_passage_reaches_over_the_border_of_a_section() -> None:
    text = "1. Một câu.\n\n2. Hai câu."
    document = of(text, Section("1", "", 1, Span(0, 11)), Section("2", "", 1, Span(13, 24)))
    assert texts(document) == ["1. Một câu.", "2. Hai câu."]


def test_a_passage_carries_the_headings_around_it_from_the_outside_in() -> None:
    [document] = understand(RawText(PLAN, "txt"), "a.txt", "0" * 64)
    assert passages(document, SETTINGS)[-1].heading == ("I. NHIỆM VỤ", "1. Tuyên truyền")


def test_a_heading_alone_is_no_passage_but_one_with_text_is() -> None:
    [document] = understand(RawText(PLAN, "txt"), "a.txt", "0" * 64)
    assert texts(document) == ["Số: 1/KH-LĐLĐ", "1. Tuyên truyền\n\nMỗi quý một lần."]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "Liên đoàn Lao động tỉnh tổ chức kiểm tra hằng quý."
    found = texts(of(" ".join([sentence] * 4)))
    assert found == [sentence] * 4


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = " ".join(["công đoàn"] * 60)
    found = texts(of(text))
    assert " ".join(found) == text
    assert all(piece.split(" ")[0] in {"công", "đoàn"} and len(piece) <= 120 for piece in found)


def test_a_word_without_end_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece in texts(of("a" * 300))] == [120, 120, 60]


@pytest.mark.parametrize("text", ["- - -\n\n***", "…", "| | |\n|---|---|"])
def test_a_text_without_words_has_no_passage(text: str) -> None:
    assert texts(of(text)) == []


def test_ids_follow_the_reading_order() -> None:
    text = "\n\n".join(["Ba mươi chữ cái trong câu này."] * 5)
    assert [passage.id for passage in passages(of(text), SETTINGS)] == ["d-0", "d-1", "d-2"]
