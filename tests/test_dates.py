"""Dates and deadlines: what is found, and which days it means."""

import time
from datetime import date
from typing import Any

import pytest

from indexer.numbers import key
from indexer.types import Deadline, Span, Trigger
from indexer.understand.dates import find_dates, find_deadlines, rank, read_deadline
from indexer.understand.resolve import resolve
from tests.test_sentences import HOSTILE, cases


@pytest.mark.parametrize("case", cases("dates"))
def test_deadlines_are_found_as_written_and_resolved(case: dict[str, Any]) -> None:
    text = case["text"]
    issued = date.fromisoformat(case["issued"]) if "issued" in case else None
    known = {key(number): date.fromisoformat(day) for number, day in case.get("known", {}).items()}
    found = [resolve(deadline, issued, known) for _, deadline in find_deadlines(text, Span(0, len(text)))]
    assert [
        [one.written, one.trigger.value, [day.isoformat() for day in one.dates], one.recurrence] for one in found
    ] == case["found"]


@pytest.mark.parametrize("case", [case for case in cases("dates") if not case.marks])
def test_a_deadline_is_the_text_of_its_span_and_says_how_it_was_read(case: dict[str, Any]) -> None:
    text = case["text"]
    for span, deadline in find_deadlines(text, Span(0, len(text))):
        assert span.of(text) == deadline.written
        assert deadline.trace.endswith(".")


def test_dates_in_every_spelling_and_none_for_what_is_no_day() -> None:
    text = "Ngày 02 tháng 2 năm 2023, 19/3/2024, 08-11-2024; sáng 29/6; tháng 5/2023; ngày 31/02/2024; số 12/2015/NĐ-CP"
    found = [(span.of(text), day) for span, day in find_dates(text, Span(0, len(text)))]
    assert found == [
        ("02 tháng 2 năm 2023", date(2023, 2, 2)),
        ("19/3/2024", date(2024, 3, 19)),
        ("08-11-2024", date(2024, 11, 8)),
        ("29/6", None),
        ("tháng 5/2023", None),
        ("31/02/2024", None),
    ]


def test_positions_are_those_of_the_whole_text() -> None:
    text = "Mở đầu. *Gửi* báo cáo trước ngày 01/7/2024."
    (span, deadline), *_ = find_deadlines(text, Span(8, len(text)))
    assert span.of(text) == deadline.written == "trước ngày 01/7/2024"


@pytest.mark.parametrize(
    ("cell", "trigger", "day"),
    [
        ("10/4/2025", Trigger.FIXED, date(2025, 4, 10)),
        ("Tháng 6/2025", Trigger.FIXED, date(2025, 6, 30)),
        ("Quý II/2025", Trigger.FIXED, date(2025, 6, 30)),
        ("Thường xuyên", Trigger.NONE, None),
    ],
)
def test_a_cell_is_read_as_the_deadline_it_states(cell: str, trigger: Trigger, day: date | None) -> None:
    _, deadline = read_deadline(cell, Span(0, len(cell)))
    assert (deadline.trigger, deadline.dates) == (trigger, (day,) if day else ())


def test_without_a_day_of_issue_nothing_is_invented() -> None:
    yearly = find_deadlines("trước ngày 15/11", Span(0, 16))[0][1]
    resolved = resolve(yearly, None, {})
    assert resolved.dates == ()
    assert "Chưa rõ ngày ban hành" in resolved.trace


def test_a_day_that_is_known_already_stays() -> None:
    fixed = Deadline("ngày 01/7/2024", Trigger.FIXED, (date(2024, 7, 1),), None, "Ngày nêu rõ.")
    assert resolve(fixed, date(2030, 1, 1), {}) is fixed


def test_working_days_skip_the_weekend_and_the_trace_says_what_is_left_out() -> None:
    text = "trong vòng 05 ngày làm việc kể từ ngày ký ban hành"
    friday = date(2024, 11, 8)
    resolved = resolve(find_deadlines(text, Span(0, len(text)))[0][1], friday, {})
    assert resolved.dates == (date(2024, 11, 15),)
    assert "nghỉ lễ" in resolved.trace


def test_a_leap_day_has_its_anniversary_on_the_last_of_february() -> None:
    text = "1 năm sau khi Kế hoạch số 10-KH/TU được ban hành"
    resolved = resolve(find_deadlines(text, Span(0, len(text)))[0][1], None, {key("10-KH/TU"): date(2024, 2, 29)})
    assert resolved.dates == (date(2025, 2, 28),)


def test_a_day_fixes_more_than_a_period_and_a_period_more_than_a_bare_word() -> None:
    text = "định kỳ họp, hằng năm, khi có yêu cầu, trước ngày 15/11, trước ngày 01/7/2024"
    order = sorted((deadline for _, deadline in find_deadlines(text, Span(0, len(text)))), key=rank)
    assert [one.written for one in order][:3] == ["trước ngày 01/7/2024", "trước ngày 15/11", "hằng năm"]


@pytest.mark.parametrize("piece", [*HOSTILE, "trước ngày 15/1 và ", "trong vòng 05 ngày làm việc kể từ "])
def test_hostile_lines_cost_no_more_than_their_length(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    find_dates(text, Span(0, len(text)))
    find_deadlines(text, Span(0, len(text)))
    assert time.process_time() - began < 8
