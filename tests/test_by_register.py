"""Questions that the whole register answers: what falls due in a month or a quarter, every row cited."""

import pytest

from search.by_register import Agenda, agenda_of
from search.engine import Engine
from search.types import Answer, Filters


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Tháng 11 này phải nộp những báo cáo gì?", ((11,), None, None, True)),
        ("tháng 12/2025 đơn vị nào phải báo cáo?", ((12,), 2025, None, True)),
        ("Quý III năm 2026 có những nhiệm vụ nào đến hạn phải hoàn thành?", ((7, 8, 9), 2026, None, False)),
        ("LĐLĐ huyện Na Hang phải báo cáo những gì trong tháng 11?", ((11,), None, "LĐLĐ huyện Na Hang", True)),
        ("thang 11 nay phai nop nhung bao cao gi", ((11,), None, None, True)),
    ],
)
def test_what_falls_due_is_asked_of_the_whole_register(
    question: str, asked: tuple[tuple[int, ...], int | None, str | None, bool]
) -> None:
    found = agenda_of(question)
    assert isinstance(found, Agenda)
    assert (found.months, found.year, found.unit, found.reports) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Ai phải báo cáo kết quả kết nạp đảng viên trong tháng 11?",
        "Tháng 11/2023 có bao nhiêu người bị tai nạn?",
        "Kế hoạch tháng 10 nói gì?",
        "Ai báo cáo cho Ban Kinh tế, trước ngày nào?",
        "Tháng Công nhân phải làm gì?",
        "",
    ],
)
def test_a_question_about_something_is_left_to_the_other_ways(question: str) -> None:
    assert agenda_of(question) is None


def test_every_report_of_a_month_is_listed_and_cited(engine: Engine) -> None:
    result = engine.ask("Tháng 11 này phải nộp những báo cáo gì?")
    assert isinstance(result, Answer)
    assert len(result.facts) == len(result.citations) > 3
    assert all(fact.citations == (n,) for n, fact in enumerate(result.facts, start=1))
    assert any("11" in (fact.by_when or "") for fact in result.facts)
    assert all(f"[{n}]" in result.text for n in range(1, len(result.facts) + 1))


def test_a_unit_and_a_year_narrow_the_list(engine: Engine) -> None:
    everybody = engine.ask("Tháng 11/2025 phải nộp những báo cáo gì?")
    own = engine.ask("LĐLĐ huyện Na Hang phải báo cáo những gì trong tháng 11/2025?")
    assert isinstance(everybody, Answer)
    assert isinstance(own, Answer)
    assert 0 < len(own.facts) < len(everybody.facts)


def test_filters_that_let_everything_pass_change_nothing(engine: Engine) -> None:
    """What the page sends where nobody has set a filter."""
    question = "Tháng 11/2025 phải nộp những báo cáo gì?"
    unfiltered, page = engine.ask(question), engine.ask(question, Filters())
    assert isinstance(unfiltered, Answer)
    assert isinstance(page, Answer)
    assert page.facts == unfiltered.facts
