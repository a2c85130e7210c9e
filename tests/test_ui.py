"""How documents, answers and errors are shown, with a scripted engine and without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from indexer.analyze import FIELDS
from indexer.errors import IndexDamaged, IndexFormat, IndexMissing, ModelMismatch, ModelProblem, ProjectError, ReadError
from indexer.read import read
from indexer.types import Document, Failure, Form, Passage, Section, Span
from search.lineage import Lineage
from search.reading import Reading
from search.types import (
    Answer,
    Citation,
    Fact,
    Filters,
    Hit,
    IndexSummary,
    Language,
    NoAnswer,
    Query,
    QuestionKind,
    Reason,
    Retriever,
)
from ui.display import render_document, render_quote
from ui.library import Library, answerable, holdings_of
from ui.pieces import (
    answer_text,
    document_line,
    fact_table,
    original_page,
    reading_line,
    recurrence,
    written_time,
)
from ui.wording import ENGLISH, VIETNAMESE, Words, error_words

ROOT = Path(__file__).parents[1]
TAG = re.compile(r"<[^>]+>")
TEXT = """KẾ HOẠCH

II. NHIỆM VỤ

- *Hình thức:* Các tỉnh ủy, thành ủy gửi báo cáo về Ban Kinh tế Trung ương
trước ngày 15/01 năm sau.

Nơi nhận:
- Ban Bí thư,
- Lưu Văn phòng.

**K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN**"""
QUOTE = "gửi báo cáo về Ban Kinh tế Trung ương\ntrước ngày 15/01 năm sau"


def place_of(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def plan(text: str = TEXT, **form: Any) -> Document:
    heading = "II. NHIỆM VỤ"
    sections = (Section("II", "NHIỆM VỤ", 1, place_of(text, heading)),) if heading in text else ()
    written = Form(number="71-KH/BKTTW", kind="kế hoạch", issuer="Ban Kinh tế", issued_on=date(2024, 11, 5))
    known = replace(written, **form)
    return Document("plan", "ke-hoach.txt", "0", text, known, sections)


def words_in(html: str) -> str:
    return unescape(TAG.sub("", html))


def marked(html: str) -> str:
    return "".join(words_in(part) for part in re.findall(r"<mark>(.*?)</mark>", html))


# Text as it is shown


def test_the_highlighted_characters_are_those_of_the_quote() -> None:
    html = render_document(plan(), place_of(TEXT, QUOTE), "trang {page}")
    assert marked(html) == QUOTE.replace("\n", " ")


def test_a_quote_that_begins_inside_emphasis_and_ends_in_another_paragraph_is_marked_whole() -> None:
    span = Span(TEXT.index("thức:*"), TEXT.index("Ban Bí thư"))
    shown = marked(render_document(plan(), span, "trang {page}"))
    assert shown.startswith("thức: Các tỉnh ủy")
    assert shown.endswith("Nơi nhận:- ")


def test_emphasis_asterisks_become_emphasis_and_are_not_shown() -> None:
    html = render_document(plan(), None, "trang {page}")
    assert "<em>Hình thức:</em>" in html
    assert "<strong>K/T TRƯỞNG BAN<br>PHÓ TRƯỞNG BAN</strong>" in html
    assert "*" not in words_in(html)


@pytest.mark.parametrize("text", ["*", "5*3*2", "a * b * c", "* một mục", "**"])
def test_asterisks_that_are_no_emphasis_stay(text: str) -> None:
    assert words_in(render_document(plan(text), None, "")) == text


def test_lines_of_a_list_keep_their_breaks_and_running_text_is_joined() -> None:
    html = render_document(plan(), None, "")
    assert "Nơi nhận:<br>- Ban Bí thư,<br>- Lưu Văn phòng." in html
    assert "Trung ương trước ngày" in html


def test_a_heading_is_set_apart_and_pages_are_named() -> None:
    document = plan()
    start = TEXT.index("Nơi nhận")
    paged = Document(
        document.id, document.file, "0", TEXT, document.form, document.sections, page_starts=(0, start), first_page=3
    )
    html = render_document(paged, None, "trang {page}")
    assert '<p class="heading">II. NHIỆM VỤ</p>' in html
    assert html.index("trang 4") < html.index("Nơi nhận")
    assert "trang 3" not in html


HOSTILE = '<script>alert(1)</script> & <img src=x onerror=alert(1)> [a](http://a.example) "x"'


def test_markup_in_a_document_shows_as_text() -> None:
    html = render_document(plan(HOSTILE), Span(0, len(HOSTILE)), "")
    assert set(TAG.findall(html)) == {"<p>", "</p>", "<mark>", "</mark>"}
    assert words_in(html) == HOSTILE
    assert words_in(render_quote(HOSTILE, Span(0, len(HOSTILE)))) == HOSTILE


def test_every_paragraph_of_a_document_is_shown() -> None:
    """Nothing but blanks and the marks of emphasis, headings and tables may be lost on the way to the screen."""
    for path in sorted((ROOT / "corpus").glob("*")):
        text = path.read_text(encoding="utf-8")
        shown = words_in(render_document(plan(text), Span(0, len(text)), ""))
        assert re.sub(r"[\s*#|-]", "", shown) == re.sub(r"[\s*#|-]", "", text), path.name


def test_hashes_become_a_heading_and_bars_a_table_that_can_be_highlighted() -> None:
    text = "## III. PHÂN CÔNG\n\n| STT | Nội dung | |\n|---|---|---|\n| 1 | **Báo cáo** năm | |\n| 2 | Khác | <b> |"
    html = render_document(plan(text), place_of(text, "Báo cáo** năm"), "")
    assert html.startswith('<p class="heading">III. PHÂN CÔNG</p>')
    assert "<tr><th>STT</th><th>Nội dung</th><th></th></tr>" in html
    assert "<td><mark><strong>Báo cáo</strong></mark><mark> năm</mark></td><td></td>" in html
    assert "<td>&lt;b&gt;</td>" in html
    assert render_quote(text, place_of(text, "| 1 | **Báo cáo** năm | |")) == "<p>1 · <strong>Báo cáo</strong> năm</p>"


@pytest.mark.parametrize("text", ["#1 trong tỉnh", "a | b\nC | d", "| không phải bảng |"])
def test_what_only_looks_like_a_heading_or_a_table_stays(text: str) -> None:
    assert words_in(render_document(plan(text), None, "").replace("<br>", "\n")) == text


# Pieces of the answer


def citation(document: Document, quote: str, n: int = 1) -> Citation:
    span = place_of(document.text, quote)
    return Citation(
        n,
        document.file,
        document.form.number,
        document.id,
        document.title,
        document.form.issued_on,
        None,
        ("II. NHIỆM VỤ",),
        span.start,
        span.end,
        quote,
    )


def test_numbers_in_the_answer_link_to_citations_and_missing_ones_are_added() -> None:
    cited = [citation(plan(), QUOTE)]
    assert '<a class="number" href="#citation-1">[1]</a>' in answer_text("Trước ngày 15/01 [1].", cited, VIETNAMESE)
    assert '<a class="number" href="#citation-1">[1]</a>' in answer_text("Trước ngày 15/01.", cited, VIETNAMESE)
    assert "href" not in answer_text("Điều [7] [1]", cited, VIETNAMESE).replace('href="#citation-1"', "")


def test_a_quote_after_the_answer_stands_back_and_a_quote_that_is_the_answer_does_not() -> None:
    cited, quote = [citation(plan(), QUOTE)], "“Các tỉnh ủy, thành ủy gửi báo cáo về Ban Kinh tế Trung ương.”"
    assert '</a>.</p><p class="quoted">Theo Kế hoạch' in answer_text(
        f"15/01 [1]. Theo Kế hoạch: {quote}", cited, VIETNAMESE
    )
    assert "quoted" not in answer_text(f"Theo Kế hoạch: {quote} [1]", cited, VIETNAMESE)


def test_markup_in_an_answer_or_a_fact_shows_as_text() -> None:
    fact = Fact(("<b>a</b>",), "<i>", ("<u>",), "<s>", "<p>", (), None, (1,))
    assert "<b>" not in answer_text("<b>x</b>", [citation(plan(), QUOTE)], VIETNAMESE)
    assert not {"<b>", "<i>", "<u>", "<s>", "<p>"} & set(TAG.findall(fact_table([fact], VIETNAMESE.facts)))


def test_the_table_leaves_out_columns_that_no_fact_fills() -> None:
    fact = Fact(("các tỉnh ủy", "thành ủy"), "báo cáo", ("Ban Kinh tế",), None, None, (date(2025, 1, 15),), None, (1,))
    html = fact_table([fact], VIETNAMESE.facts)
    assert VIETNAMESE.facts.via not in html
    assert VIETNAMESE.facts.by_when not in html
    assert "<li>Các tỉnh ủy</li><li>Thành ủy</li>" in html
    assert "15/01/2025" in html


def test_a_recurrence_is_added_only_where_the_deadline_does_not_say_it() -> None:
    for written, times in (("trước ngày 15/11 hàng năm", 0), ("trước ngày 15/11", 1), (None, 1)):
        fact = Fact((), None, (), None, written, (), "FREQ=YEARLY", (1,))
        assert fact_table([fact], VIETNAMESE.facts).count("Hằng năm") == times


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", "hằng năm"),
        ("RRULE:FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10", "6 tháng một lần"),
        ("FREQ=MONTHLY;BYMONTHDAY=18", "hằng tháng"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=MONTHLY;INTERVAL=2", "2 tháng một lần"),
        ("FREQ=WEEKLY", "hằng tuần"),
        ("FREQ=DAILY", ""),
        (None, ""),
    ],
)
def test_recurrences_are_put_in_words(rule: str | None, said: str) -> None:
    assert recurrence(rule, VIETNAMESE.facts) == said


def test_a_document_is_named_by_what_is_known_of_it() -> None:
    assert document_line(plan(), VIETNAMESE) == "Kế hoạch số\u00a071-KH/BKTTW của Ban Kinh tế, ngày\u00a005/11/2024"
    unknown = plan(number=None, kind=None, issuer=None, issued_on=None)
    assert document_line(unknown, VIETNAMESE) == "Tệp ke-hoach.txt"


def test_a_time_that_is_no_iso_time_is_shown_as_it_is() -> None:
    assert re.fullmatch(r"\d\d:\d\d \d\d/11/2026", written_time("2026-11-20T15:50:00+00:00"))
    assert written_time("sáng nay") == "sáng nay"


# Wording


def all_words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for entry in value.values() for word in all_words(entry)]
    if isinstance(value, tuple):
        return [word for entry in value for word in all_words(entry)]
    if is_dataclass(value):
        return [word for field in fields(value) for word in all_words(getattr(value, field.name))]
    return []


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_no_word_of_the_trade_is_shown(words: Words) -> None:
    trade = re.compile(r"\b(index|embedding|score|vector|query|BM25|token|chunk|chỉ mục|truy vấn)\b", re.IGNORECASE)
    assert [said for said in all_words(words) if not said.strip() or trade.search(said)] == []


def test_both_languages_name_the_same_things() -> None:
    for mapping in ("errors", "why.evidence", "why.kinds", "foot.failure_reasons"):
        vietnamese, english = VIETNAMESE, ENGLISH
        for name in mapping.split("."):
            vietnamese, english = getattr(vietnamese, name), getattr(english, name)
        assert list(vietnamese) == list(english), mapping  # type: ignore[call-overload]
    assert set(VIETNAMESE.why.kinds) == set(QuestionKind)
    assert set(VIETNAMESE.why.evidence) >= {*FIELDS, Retriever.DENSE}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.txt", "không có nội dung"),
        (b"\x89PNG\r\n\x1a\n....", "a.txt", "bị hỏng"),
        (b"abc\x00\x01\x02", "a.txt", "không phải là văn bản"),
        (b"Ban Th\xb0\xeb\xff\xfe\x81ng v\xfc", "a.txt", "sai mã chữ"),
        (None, "a.txt", "Không mở được tệp"),
    ],
)
def test_the_reason_why_a_file_was_not_read_is_told_in_vietnamese(
    tmp_path: Path, content: bytes | None, name: str, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert said in VIETNAMESE.foot.failure_reason(str(caught.value))


def test_each_error_has_its_sentence_and_an_unknown_one_the_general_one() -> None:
    known = (IndexMissing, IndexFormat, IndexDamaged, ModelMismatch, ModelProblem)
    assert len({error_words(VIETNAMESE, kind("")).what for kind in known}) == len(known)
    assert error_words(VIETNAMESE, ReadError("")) == VIETNAMESE.errors["ProjectError"]
    assert error_words(VIETNAMESE, ZeroDivisionError()) == VIETNAMESE.errors["ProjectError"]


# The page, with a scripted engine


class ScriptedEngine:
    """Answers every question but those about football."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Filters]] = []

    def documents(self) -> tuple[Document, ...]:
        return (plan(),)

    def document(self, document_id: str) -> Document:
        return {document.id: document for document in self.documents()}[document_id]

    def lineage_of(self, document: Document) -> Lineage:
        return Lineage("71-KH/BKTTW", (document,), (), ())

    def summary(self) -> IndexSummary:
        failures = (Failure("anh.txt", "0", "anh.txt: the file is empty. Check it."),)
        return IndexSummary("g1", "2026-11-20T15:50:00+00:00", 1, 1234, "model", failures)

    def reading(self, question: str) -> Reading:
        return Reading(question, question, alternatives=("Ai gửi báo cáo?",))

    def boxes(self, document: Document, span: Span) -> tuple[()]:
        return ()

    def ask(
        self,
        question: str,
        filters: Filters = Filters(),  # noqa: B008
        previous: Answer | NoAnswer | None = None,
    ) -> Answer | NoAnswer:
        self.asked.append((question, filters))
        query = Query(question, question, Language.VIETNAMESE, QuestionKind.DUTY)
        document = plan()
        passage = Passage("p", document.id, place_of(TEXT, QUOTE), ("II. NHIỆM VỤ",))
        hit = Hit(1, document, passage, 1.0, {"words": 7.25, "dense": 0.5})
        if "bóng" in question:
            return NoAnswer(query, Reason.NO_MATCH, "Không văn bản nào nói về bóng đá.", (hit,))
        fact = Fact(("các tỉnh ủy",), "báo cáo", ("Ban Kinh tế",), None, "trước ngày 15/01 năm sau", (), None, (1,))
        cited = (citation(document, QUOTE),)
        return Answer(query, "Các tỉnh ủy, trước ngày 15/01 năm sau [1].", (fact,), cited, (hit,))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ScriptedEngine:
    scripted = ScriptedEngine()
    library = Library(scripted, holdings_of(scripted), VIETNAMESE.examples)  # type: ignore[arg-type]
    monkeypatch.setattr("ui.visit.open_library", lambda place, visitor, rules: library)
    monkeypatch.setenv("OFFICE", str(tmp_path / "office.sqlite"))
    return scripted


def opened_app(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def button(app: AppTest, label: str) -> Any:
    return next(found for found in app.button if found.label == label)


def test_a_link_is_answered_at_once(engine: ScriptedEngine) -> None:
    page = shown(opened_app(q="Ai báo cáo?"))
    assert "trước ngày 15/01 năm sau" in page
    assert engine.asked == [("Ai báo cáo?", Filters())]


def test_an_example_is_asked_by_a_click_and_stays_in_the_address(engine: ScriptedEngine) -> None:
    app = opened_app()
    assert engine.asked == []
    button(app, VIETNAMESE.examples[0]).click()
    app.run()
    assert 'id="citation-1"' in shown(app)
    assert app.query_params["q"] == VIETNAMESE.examples[0]
    assert app.text_input[0].value == VIETNAMESE.examples[0]


def test_only_examples_that_have_an_answer_are_offered(engine: ScriptedEngine) -> None:
    assert answerable(engine, ("Ai báo cáo?", "Ai thắng trận bóng đá?")) == ("Ai báo cáo?",)  # type: ignore[arg-type]


def test_a_citation_opens_the_document_without_asking_again(engine: ScriptedEngine) -> None:
    app = opened_app(q="Ai báo cáo?")
    button(app, VIETNAMESE.document.open).click()
    app.run()
    assert QUOTE.replace("\n", " ") in marked(shown(app))
    assert len(engine.asked) == 1
    button(app, VIETNAMESE.document.close).click()
    app.run()
    assert "<mark>" not in shown(app)


def test_nothing_found_is_said_with_its_reason_and_what_came_nearest(engine: ScriptedEngine) -> None:
    page = shown(opened_app(q="bóng đá"))
    assert VIETNAMESE.not_found.heading in page
    assert "Không văn bản nào nói về bóng đá." in page
    assert VIETNAMESE.not_found.nearest in page
    assert 'class="answer"' not in page


def test_filters_in_the_address_reach_the_engine(engine: ScriptedEngine) -> None:
    opened_app(q="Ai báo cáo?", loai="Kế hoạch", nam="2024", coquan="Ban Kinh tế")
    expected = Filters(frozenset({"kế hoạch"}), frozenset({"Ban Kinh tế"}), frozenset({2024}))
    assert engine.asked == [("Ai báo cáo?", expected)]


def test_the_evidence_is_told_without_scores(engine: ScriptedEngine) -> None:
    page = shown(opened_app(q="Ai báo cáo?"))
    assert VIETNAMESE.why.evidence["words"] in page
    assert "7.25" not in page


def test_the_foot_counts_what_is_held_and_names_files_that_failed(engine: ScriptedEngine) -> None:
    app = opened_app()
    assert "1.234 đoạn" in shown(app)
    assert "1 tệp chưa đọc được" in [expander.label for expander in app.expander]
    assert "không có nội dung" in shown(app)


def test_what_was_done_to_a_question_is_said_and_nothing_where_nothing_was() -> None:
    read = Reading("bao cao LĐLĐ", "báo cáo LĐLĐ", (("bao", "báo"),), (("LĐLĐ", "Liên đoàn Lao động"),))
    line = reading_line(read, None, VIETNAMESE)
    for said in ("báo cáo LĐLĐ", VIETNAMESE.answers.restored, "Liên đoàn Lao động"):
        assert said in line
    assert VIETNAMESE.answers.completed in reading_line(Reading("ai ký?", "ai ký kế hoạch 5?"), "ai ký?", VIETNAMESE)
    assert reading_line(Reading("báo cáo", "báo cáo"), None, VIETNAMESE) == ""


def test_another_reading_is_offered_where_there_is_no_answer(engine: ScriptedEngine) -> None:
    app = opened_app(q="bóng đá")
    button(app, "Ai gửi báo cáo?").click()
    assert 'class="answer"' in shown(app.run())
    assert "Ai gửi báo cáo?" not in [found.label for found in app.button if "reading" in str(found.key)]


def test_an_answer_can_be_copied_with_its_sources_and_linked_to(engine: ScriptedEngine) -> None:
    app = opened_app(q="Ai báo cáo?", loai="Kế hoạch")
    text, link = (block.value for block in app.code)
    assert "[1] Kế hoạch số\u00a071-KH/BKTTW" in text
    assert QUOTE.replace("\n", " ") in text
    assert parse_qs(urlsplit(link).query) == {"q": ["Ai báo cáo?"], "loai": ["Kế hoạch"]}


def test_the_marks_on_an_original_page_lie_where_the_words_do() -> None:
    html = original_page(b"png", (200.0, 400.0), [(20.0, 40.0, 120.0, 60.0)], "trang <1>")
    assert "left:10.000%;top:10.000%;width:50.000%;height:5.000%" in html
    assert "<1>" not in html


def test_english_is_a_switch_away(engine: ScriptedEngine) -> None:
    app = opened_app(lang="en", q="bóng đá")
    assert ENGLISH.not_found.heading in shown(app)


@pytest.mark.parametrize("error", [IndexMissing("index/: no index here"), ModelProblem("model/: gone")])
def test_an_error_tells_what_to_do_and_keeps_the_technical_sentence_apart(
    monkeypatch: pytest.MonkeyPatch, error: ProjectError
) -> None:
    def refuse(*arguments: object) -> None:
        raise error

    monkeypatch.setattr("ui.visit.open_library", refuse)
    app = opened_app(q="Ai báo cáo?")
    page = shown(app)
    assert error_words(VIETNAMESE, error).what in page
    assert str(error) not in page
    assert [block.value for block in app.code] == [str(error)]


def test_a_failure_of_the_program_itself_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine
) -> None:
    def fail(*arguments: object) -> Callable[[], None]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(engine, "ask", fail)
    assert VIETNAMESE.errors["ProjectError"].what in shown(opened_app(q="Ai báo cáo?"))
