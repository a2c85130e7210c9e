"""The wording of answers and refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.types import Deadline, Document, Duty, Form, Span, Trigger
from search.compose import answer_text, fact_of, one_line, refusal, source_name
from search.findings import Finding
from search.types import Language, Reason

TEXT = "- *Trách nhiệm:* Công đoàn cơ sở gửi báo cáo\nvề Liên đoàn Lao động tỉnh trước ngày 15/11 hằng năm."
FORM = Form(number="12/KH-LĐLĐ", kind="kế hoạch", summary="Về an toàn")
DOCUMENT = Document("a", "a.txt", "0" * 64, TEXT, FORM)
WHOLE = Span(0, len(TEXT))
DEADLINE = Deadline(
    "trước ngày 15/11 hằng năm",
    Trigger.YEARLY,
    (date(2024, 11, 15),),
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
    "Dấu vết.",
)
DUTY = Duty(
    ("Công đoàn cơ sở", "công đoàn ngành"),
    "gửi báo cáo",
    "báo cáo",
    ("Liên đoàn Lao động tỉnh",),
    "Văn phòng",
    DEADLINE,
    (WHOLE,),
    0.9,
)


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", list(Language))
def test_every_refusal_is_a_sentence_in_every_language(reason: Reason, language: Language) -> None:
    said = refusal(reason, language, ["999-KH/TU", "1-CT/TW"])
    assert said.endswith(".")
    assert "{" not in said
    assert ("999-KH/TU, 1-CT/TW" in said) == (reason is Reason.NO_SUCH_DOCUMENT)


def test_no_two_refusals_are_the_same() -> None:
    said = {refusal(reason, language, ["1-CT/TW"]) for reason in Reason for language in Language}
    assert len(said) == len(Reason) * len(Language)


@pytest.mark.parametrize("language", list(Language))
def test_a_duty_is_said_with_who_what_to_whom_via_whom_and_by_when(language: Language) -> None:
    said = answer_text(Finding("", DOCUMENT, (WHOLE,), 1.0, duties=(DUTY,)), language)
    for part in (
        "Công đoàn cơ sở, công đoàn ngành",
        "báo cáo",
        "Liên đoàn Lao động tỉnh",
        "Văn phòng",
        "trước ngày 15/11 hằng năm",
        "[1]",
        "12/KH-LĐLĐ",
    ):
        assert part in said


def test_a_duty_without_a_bearer_names_nobody() -> None:
    said = answer_text(Finding("", DOCUMENT, (WHOLE,), 1.0, duties=(replace(DUTY, bearers=()),)), Language.VIETNAMESE)
    assert said.startswith("Đơn vị thực hiện gửi báo cáo")


def test_a_list_is_counted_and_numbered() -> None:
    finding = Finding("", DOCUMENT, (WHOLE,), 1.0, entries=("- Thường trực;", "- Các ban."))
    assert "có 2 mục: (1) Thường trực; (2) Các ban [1]" in answer_text(finding, Language.VIETNAMESE)
    assert "2 entries: (1) Thường trực; (2) Các ban [1]" in answer_text(finding, Language.ENGLISH)


def test_a_direct_answer_comes_before_the_quote_it_rests_on() -> None:
    said = answer_text(Finding("trước ngày 15/11", DOCUMENT, (WHOLE,), 1.0), Language.VIETNAMESE)
    assert said.startswith("Trước ngày 15/11 [1]. Theo Kế hoạch số 12/KH-LĐLĐ: “")
    assert "gửi báo cáo về Liên đoàn" in said


def test_a_quote_that_is_the_answer_is_not_said_twice() -> None:
    name = Span(TEXT.index("Công đoàn"), TEXT.index(" gửi"))
    said = answer_text(Finding("Công đoàn cơ sở", DOCUMENT, (name,), 1.0), Language.VIETNAMESE)
    assert said == "Theo Kế hoạch số 12/KH-LĐLĐ: “Công đoàn cơ sở” [1]"


def test_several_quotes_are_numbered_as_they_are_cited() -> None:
    said = answer_text(Finding("", DOCUMENT, (Span(0, 16), Span(17, 32)), 1.0), Language.VIETNAMESE)
    assert said.index("[1]") < said.index("[2]")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- *Thời gian:*  từ\n năm 2024", "Thời gian: từ năm 2024"),
        ("+ Gửi", "Gửi"),
        ("- + Gửi", "Gửi"),
        ("-5 độ", "-5 độ"),
        ("2024 - 2025", "2024 - 2025"),
    ],
)
def test_a_quote_reads_in_a_sentence(text: str, line: str) -> None:
    assert one_line(text) == line


def test_a_source_is_called_by_number_or_by_title() -> None:
    assert source_name(DOCUMENT, Language.VIETNAMESE) == "Kế hoạch số 12/KH-LĐLĐ"
    assert source_name(DOCUMENT, Language.ENGLISH) == "Kế hoạch 12/KH-LĐLĐ"
    assert source_name(replace(DOCUMENT, form=Form(summary="Về an toàn")), Language.VIETNAMESE) == "“Về an toàn”"


def test_a_fact_keeps_what_the_duty_says() -> None:
    fact = fact_of(DUTY, (1,))
    assert (fact.who, fact.what, fact.to, fact.via) == (DUTY.bearers, "báo cáo", DUTY.recipients, "Văn phòng")
    assert (fact.by_when, fact.dates, fact.recurrence) == (DEADLINE.written, DEADLINE.dates, DEADLINE.recurrence)
    assert (fact.citations, fact.trace) == ((1,), "Dấu vết.")
    bare = fact_of(replace(DUTY, product=None, deadline=None), (1, 2))
    assert (bare.what, bare.by_when, bare.dates, bare.recurrence, bare.trace) == ("gửi báo cáo", None, (), None, None)
