"""From documents and passages to the stretches that are quoted."""

from __future__ import annotations

from datetime import date

from indexer.types import Document, Form, Span
from search.extract import MAX_QUOTE_CHARS, body_of, clause_around, context_of
from search.match import Wanted, WordReader, wanted
from search.query import parse
from tests.test_match import Even

HEAD = "TỈNH ỦY AN SƠN\nSố 12-KH/TU\nAn Sơn, ngày 06 tháng 3 năm 2024\nKẾ HOẠCH\nvề an toàn lao động\n"
BODY = "Các huyện ủy báo cáo trước ngày 15/11. Văn phòng tổng hợp."
FOOT = "\nNơi nhận:\n- Các huyện ủy;\n- Lưu."
TEXT = HEAD + BODY + FOOT


def span(part: str) -> Span:
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


FORM = Form(
    number="12-KH/TU",
    kind="kế hoạch",
    issuer="Tỉnh ủy An Sơn",
    place="An Sơn",
    issued_on=date(2024, 3, 6),
    summary="về an toàn lao động",
    number_span=span("Số 12-KH/TU"),
    issued_on_span=span("ngày 06 tháng 3 năm 2024"),
    summary_span=span("về an toàn lao động"),
    recipients_span=span("Nơi nhận:\n- Các huyện ủy;\n- Lưu."),
)


def document(text: str = TEXT, form: Form = FORM) -> Document:
    return Document("a", "a.txt", "0" * 64, text, form)


def asked(question: str) -> Wanted:
    return wanted(parse(question), False, Even(), WordReader({}))


def test_the_context_of_a_document_says_what_it_is() -> None:
    for part in ("kế hoạch", "12-KH/TU", "Tỉnh ủy An Sơn", "năm 2024", "về an toàn lao động"):
        assert part in context_of(document())
    assert context_of(document(form=Form())) == ""


def test_the_body_of_a_document_is_what_stands_between_head_and_foot() -> None:
    assert body_of(document()).of(TEXT).strip() == BODY


def test_a_document_without_head_and_foot_is_all_body() -> None:
    assert body_of(document(form=Form())) == Span(0, len(TEXT))


def test_a_head_behind_its_foot_leaves_the_whole_text() -> None:
    odd = Form(summary_span=Span(60, 80), recipients_span=Span(10, 20))
    assert body_of(document(form=odd)) == Span(0, len(TEXT))


def test_a_sentence_of_usual_length_is_quoted_whole() -> None:
    sentence = span("Các huyện ủy báo cáo trước ngày 15/11.")
    assert clause_around(document(), sentence, asked("báo cáo khi nào")) == sentence


def test_of_a_sentence_too_long_to_quote_the_clause_with_the_words_asked_for_is_quoted() -> None:
    clauses = [f"cơ quan thứ {n} lập kế hoạch riêng của mình cho năm sau và gửi về tỉnh" for n in range(20)]
    clauses[12] = "Sở Y tế khám bệnh nghề nghiệp cho công nhân mỏ đá"
    text = "; ".join(clauses) + "."
    assert len(text) > MAX_QUOTE_CHARS
    quote = clause_around(
        document(text, Form()), Span(0, len(text)), asked("Ai khám bệnh nghề nghiệp cho công nhân mỏ đá?")
    )
    said = quote.of(text)
    assert clauses[12] in said
    assert len(said) <= MAX_QUOTE_CHARS
    assert said == said.strip()
