"""Citations are verbatim, and tell where they stand."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from indexer.types import Document, Form, Section, Span
from search.cite import cite
from search.types import Answer, Language, NoAnswer, Query, QuestionKind, Reason

TEXT = "Số: 12/KH-LĐLĐ\n\nI. MỤC ĐÍCH\n1. Yêu cầu\nGửi *báo cáo*\ntrước ngày 15/11.\n\x0cII. TỔ CHỨC\nHết."
QUERY = Query("Hạn?", "Hạn?", Language.VIETNAMESE, QuestionKind.WHEN)


def document(form: Form | None = None) -> Document:
    first, inner, second = TEXT.index("I. MỤC"), TEXT.index("1. Yêu"), TEXT.index("II. TỔ")
    sections = (
        Section("I", "MỤC ĐÍCH", 1, Span(first, second)),
        Section("I.1", "Yêu cầu", 2, Span(inner, second), 0),
        Section("II", "TỔ CHỨC", 1, Span(second, len(TEXT))),
    )
    own = form or Form(number="12/KH-LĐLĐ", issued_on=date(2024, 3, 6), summary="Về an toàn lao động")
    return Document("a", "thư mục/kế hoạch.txt", "0" * 64, TEXT, own, sections, page_starts=(0, second), first_page=3)


def test_a_quote_is_the_text_of_its_place_as_it_stands() -> None:
    start = TEXT.index("Gửi")
    citation = cite(2, document(), Span(start, start + 31))
    assert citation.quote == "Gửi *báo cáo*\ntrước ngày 15/11." == TEXT[citation.start : citation.end]
    assert citation.n == 2


def test_a_citation_tells_document_page_and_heading_path() -> None:
    citation = cite(1, document(), Span(TEXT.index("Gửi"), TEXT.index("Gửi") + 3))
    assert citation.file == "thư mục/kế hoạch.txt"
    assert (citation.document, citation.document_id) == ("12/KH-LĐLĐ", "a")
    assert (citation.title, citation.issued_on) == ("Về an toàn lao động", date(2024, 3, 6))
    assert citation.page == 3
    assert citation.heading == ("I. MỤC ĐÍCH", "1. Yêu cầu")
    assert cite(1, document(), Span(TEXT.index("Hết"), len(TEXT))).page == 4


def test_a_document_without_form_is_cited_by_what_it_has() -> None:
    bare = Document("b", "b.txt", "0" * 64, TEXT, Form())
    citation = cite(1, bare, Span(0, 2))
    assert (citation.document, citation.issued_on, citation.page, citation.heading) == (None, None, None, ())
    assert citation.title == "b.txt"


def test_an_answer_without_citations_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="at least one citation"):
        Answer(QUERY, "Trước ngày 15/11.", (), (), ())


def test_an_answer_with_a_citation_and_a_refusal_without_can_be_built() -> None:
    assert Answer(QUERY, "Trước ngày 15/11.", (), (cite(1, document(), Span(0, 2)),), ()).citations
    assert NoAnswer(QUERY, Reason.NO_MATCH, "Không tìm thấy.", ()).nearest == ()


def test_answers_cannot_be_changed() -> None:
    result = Answer(QUERY, "Trước ngày 15/11.", (), (cite(1, document(), Span(0, 2)),), ())
    for value in (result, result.citations[0], QUERY):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, fields(value)[0].name, None)
