"""What is late, what comes next and what has been sent, as it stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from indexer.types import Deadline, Document, Duty, Form, Span, Trigger
from office.status import Change, Correction, State, Status
from search.agenda import (
    Standing,
    agenda,
    by_standing,
    corrected,
    day_standing,
    due_in,
    known_bodies,
    month_weeks,
    naming,
)
from search.register import Entry, Register

TODAY = date(2026, 11, 20)
TEXT = "Các huyện ủy báo cáo Tỉnh ủy."
YEARLY = "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"


def row(*days: date, rule: str | None = None, state: State | None = None, written: str = "trước ngày đó") -> Entry:
    deadline = Deadline(written, Trigger.YEARLY if rule else Trigger.FIXED, days, rule) if days or rule else None
    duty = Duty(("Các huyện ủy",), "báo cáo", "báo cáo năm", ("Tỉnh ủy",), None, deadline, (Span(0, 12),), 0.9)
    document = Document("d", "d.txt", "0", TEXT, Form(number="5-KH/TU", issued_on=date(2024, 1, 10)), duties=(duty,))
    [entry] = Register([document]).rows
    return replace(entry, state=state)


def sent(*pairs: tuple[date | None, date]) -> State:
    return State(sent=pairs)


@pytest.mark.parametrize(
    ("entry", "standing", "day"),
    [
        (row(), Standing.UNDATED, None),
        (row(date(2026, 11, 19)), Standing.OVERDUE, date(2026, 11, 19)),
        (row(date(2026, 11, 20)), Standing.SOON, date(2026, 11, 20)),
        (row(date(2026, 12, 20)), Standing.SOON, date(2026, 12, 20)),
        (row(date(2026, 12, 21)), Standing.LATER, date(2026, 12, 21)),
        (row(date(2026, 11, 1), date(2026, 12, 1)), Standing.OVERDUE, date(2026, 11, 1)),
        (row(date(2024, 12, 5), rule=YEARLY), Standing.OVERDUE, date(2025, 12, 5)),
        (
            row(date(2024, 12, 5), rule=YEARLY, state=sent((date(2025, 12, 5), date(2025, 12, 4)))),
            Standing.SOON,
            date(2026, 12, 5),
        ),
        (row(date(2026, 11, 19), state=sent((None, date(2026, 11, 18)))), Standing.SENT, date(2026, 11, 19)),
        (row(date(2026, 11, 25), state=sent((date(2026, 11, 25), TODAY))), Standing.SENT, date(2026, 11, 25)),
        (row(state=sent((None, TODAY))), Standing.SENT, None),
        (row(date(2026, 11, 19), state=State(review=Status.DISMISSED)), Standing.DISMISSED, None),
        (row(date(2026, 11, 19), state=State(review=Status.CONFIRMED)), Standing.OVERDUE, date(2026, 11, 19)),
    ],
)
def test_each_row_stands_in_one_place(entry: Entry, standing: Standing, day: date | None) -> None:
    [item] = agenda([entry], TODAY)
    assert (item.standing, item.day) == (standing, day)


def test_what_was_missed_last_comes_first_and_what_is_due_next_before_the_rest() -> None:
    days = (date(2021, 1, 1), date(2026, 11, 1), date(2026, 12, 9), date(2026, 12, 1), date(2027, 5, 1))
    found = agenda(map(row, days), TODAY)
    assert [item.day for item in found] == [days[1], days[0], days[3], days[2], days[4]]
    assert by_standing(found)[Standing.OVERDUE] == 2
    assert by_standing(found)[Standing.DISMISSED] == 0


def test_a_correction_takes_the_place_of_what_was_read() -> None:
    change = Correction(bearers=("Văn phòng",), action="nộp danh sách", dates=(date(2026, 12, 1),))
    entry = row(date(2024, 12, 5), rule=YEARLY, state=State(review=Status.CORRECTED, correction=change))
    duty = corrected(entry).duty
    assert (duty.bearers, duty.product or duty.action, duty.recipients) == (
        ("Văn phòng",),
        "nộp danh sách",
        ("Tỉnh ủy",),
    )
    [item] = agenda([entry], TODAY)
    assert (item.standing, item.day) == (Standing.SOON, date(2026, 12, 1))


def test_a_correction_of_the_wording_alone_keeps_the_days() -> None:
    entry = row(date(2026, 12, 1), state=State(correction=Correction(by_when="trước 01/12")))
    [item] = agenda([entry], TODAY)
    assert item.row.duty.deadline is not None
    assert (item.row.duty.deadline.written, item.day) == ("trước 01/12", date(2026, 12, 1))


def test_a_recurring_duty_stands_on_each_of_its_days() -> None:
    items = agenda([row(date(2024, 12, 5), rule=YEARLY)], TODAY)
    assert list(due_in(items, date(2026, 1, 1), date(2027, 12, 31))) == [date(2026, 12, 5), date(2027, 12, 5)]
    gone = agenda([row(date(2026, 12, 5), state=State(review=Status.DISMISSED))], TODAY)
    assert due_in(gone, date(2026, 1, 1), date(2027, 12, 31)) == {}


def test_a_day_that_was_sent_is_not_late() -> None:
    [item] = agenda([row(date(2024, 12, 5), rule=YEARLY, state=sent((date(2025, 12, 5), date(2025, 12, 4))))], TODAY)
    assert day_standing(item, date(2025, 12, 5), TODAY) is Standing.SENT
    assert day_standing(item, date(2024, 12, 5), TODAY) is Standing.OVERDUE
    assert day_standing(item, date(2026, 12, 5), TODAY) is Standing.SOON
    assert day_standing(item, date(2027, 12, 5), TODAY) is Standing.LATER


def test_words_find_rows_without_diacritics() -> None:
    items = agenda([row(date(2026, 12, 5))], TODAY)
    assert naming(items, "huyen uy bao cao")
    assert naming(items, "5-kh/tu")
    assert naming(items, "") == items
    assert not naming(items, "công đoàn")


def test_a_month_begins_on_monday() -> None:
    weeks = month_weeks(2026, 11)
    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert all(len(week) == 7 for week in weeks)


def test_bodies_named_most_often_come_first() -> None:
    assert known_bodies([row(), row()]) == ["Các huyện ủy", "Tỉnh ủy"]


def test_the_history_does_not_change_where_a_row_stands() -> None:
    change = Change(Status.OPEN, "an", datetime(2026, 1, 1, tzinfo=UTC))
    [item] = agenda([row(date(2026, 11, 19), state=State(history=(change,)))], TODAY)
    assert item.standing is Standing.OVERDUE
