"""An answer taken along: every number leads to the words it rests on, in text and as footnotes in Word."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from search.answer_file import Labels, as_docx, as_text
from search.engine import open_engine
from search.types import Answer, Citation, Fact, Language, Query, QuestionKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUERY = Query("Ai báo cáo?", "Ai báo cáo?", Language.VIETNAMESE, QuestionKind.WHO)


def citation(n: int, quote: str) -> Citation:
    return Citation(n, f"{n}.txt", f"{n}-KH/TU", f"d{n}", "Kế hoạch", None, 3 if n == 1 else None, (), 0, 1, quote)


def answer(text: str, *quotes: str) -> Answer:
    cited = tuple(citation(n, quote) for n, quote in enumerate(quotes, start=1))
    fact = Fact(("Các huyện ủy",), "báo cáo", ("Tỉnh ủy",), None, "trước 15/01", (), None, (1,))
    return Answer(QUERY, text, (fact,), cited, ())


def labels(found: Answer) -> Labels:
    names = {one.n: f"Kế hoạch số {one.document}" for one in found.citations}
    return Labels("Câu hỏi", "Nguồn", ("Ai", "Việc", "Gửi", "Hạn"), names)


def footnotes(content: bytes) -> dict[str, str]:
    """The words of each footnote by its id, those of the separators left out."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml"))
    notes = (note for note in root if note.get(f"{W}type") is None)
    return {str(note.get(f"{W}id")): "".join(text.text or "" for text in note.iter(f"{W}t")) for note in notes}


def referred(content: bytes) -> list[str]:
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    return [str(reference.get(f"{W}id")) for reference in root.iter(f"{W}footnoteReference")]


def test_the_text_holds_the_answer_and_every_source_with_its_words() -> None:
    found = answer("Các huyện ủy [1], trước 15/01 [2].", "Các huyện ủy\nbáo cáo", "trước 15/01")
    text = as_text(found, labels(found))
    assert text.splitlines()[0] == "Câu hỏi: Ai báo cáo?"
    assert "[1] Kế hoạch số 1-KH/TU: “Các huyện ủy báo cáo” (1.txt)" in text
    assert "[2] Kế hoạch số 2-KH/TU: “trước 15/01” (2.txt)" in text


def test_each_number_is_a_footnote_in_its_place_and_in_order() -> None:
    found = answer("Các huyện ủy [2], trước 15/01 [1] [2].", "một", "hai")
    content = as_docx(found, labels(found))
    notes = footnotes(content)
    assert referred(content) == ["1", "2", "3"]
    assert ["hai" in notes["1"], "một" in notes["2"], "hai" in notes["3"]] == [True, True, True]
    assert "tr. 3" in notes["2"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    assert "Các huyện ủy, trước 15/01." in text
    assert not re.search(r"\[\d\]", text)


def test_a_citation_that_the_text_does_not_name_is_a_footnote_too_and_a_strange_number_stays() -> None:
    found = answer("Theo Điều [7].", "một")
    content = as_docx(found, labels(found))
    assert len(footnotes(content)) == len(referred(content)) == 1
    assert "[7]" in "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("quote", ["<b>&amp; \x00</b>", "]]> “”", "\x0b"])
def test_what_xml_can_not_hold_does_no_harm(quote: str) -> None:
    found = answer(f"{quote} [1]", quote + "x")
    assert len(footnotes(as_docx(found, labels(found)))) == 1


def test_quotes_of_real_answers_stand_in_the_footnotes_word_for_word(corpus_index: Path) -> None:
    found = open_engine(corpus_index).ask("Ai phải báo cáo Ban Kinh tế Trung ương và trước ngày nào?")
    assert isinstance(found, Answer)
    notes = " ".join(footnotes(as_docx(found, labels(found))).values())
    assert all(" ".join(one.quote.split()) in notes for one in found.citations)
