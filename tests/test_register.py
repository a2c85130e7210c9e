"""The register of duties: filters, days within a period, and its exports read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import pytest
import vobject
from dateutil.rrule import rrulestr
from icalendar import Calendar
from openpyxl import load_workbook

from indexer.analyze import fold
from indexer.types import Deadline, Document, Duty, Form, Span, Trigger
from search.due import due_dates
from search.engine import Engine
from search.exports import HEAD, ExportFormat, export
from search.register import Entry, Register, Role, duty_row, entries

KEYS = {
    "who", "what", "product", "to", "via", "by_when", "dates", "recurrence", "trigger", "trace", "document", "file",
    "quotes", "confidence", "cooperating", "assigned_by", "condition", "key", "role", "why", "status",
}  # fmt: skip
TEXT = "Công đoàn cơ sở gửi báo cáo về Liên đoàn Lao động tỉnh trước ngày 15/11 hằng năm."
ISSUED = date(2024, 3, 6)


def deadline(*days: date, rule: str | None = None, written: str = "trước ngày 15/11 hằng năm") -> Deadline:
    return Deadline(written, Trigger.YEARLY if rule else Trigger.FIXED, days, rule, "Ngày như ghi trong văn bản.")


def duty(due: Deadline | None = None, **parts: Any) -> Duty:
    own: dict[str, Any] = {
        "bearers": ("Công đoàn cơ sở",),
        "action": "gửi báo cáo",
        "product": "báo cáo",
        "recipients": ("Liên đoàn Lao động tỉnh",),
        "via": None,
        "deadline": due,
        "spans": (Span(0, len(TEXT)),),
        "confidence": 0.9,
    }
    return Duty(**(own | parts))


def document(*duties: Duty, file: str = "ke-hoach.txt", number: str | None = "12/KH-LĐLĐ") -> Document:
    return Document(file, file, "0" * 64, TEXT, Form(number=number, issued_on=ISSUED), duties=duties)


def entry(owed: Duty, *days: date, number: str | None = "12/KH-LĐLĐ", file: str = "ke-hoach.txt") -> Entry:
    [row] = Register([document(owed, number=number, file=file)]).rows
    return replace(row, dates=days or (owed.deadline.dates if owed.deadline else ()))


@pytest.fixture(scope="module")
def held(engine: Engine) -> list[Entry]:
    return engine.duties()


# Filters and periods


def test_the_nearest_day_comes_first_and_duties_without_a_day_last(held: list[Entry]) -> None:
    days = [one.dates[0] if one.dates else date.max for one in held]
    assert days == sorted(days)
    assert days[0] < days[-1] == date.max


def test_every_duty_of_every_document_is_held_once(engine: Engine, held: list[Entry]) -> None:
    assert len(held) == sum(len(document.duties) for document in engine.documents())


@pytest.mark.parametrize("unit", ["LĐLĐ tỉnh", "ldld tinh", "LĐLĐ TỈNH"])
def test_a_unit_is_found_as_bearer_or_recipient_however_it_is_typed(engine: Engine, unit: str) -> None:
    found = engine.duties(unit)
    owing, owed = ([one.duty for one in found if one.role is role] for role in (Role.OWES, Role.OWED))
    assert any(_is_the_provincial_union(name) for one in owing for name in one.bearers)
    assert any(_is_the_provincial_union(name) for one in owed for name in one.recipients)
    assert all(one.why for one in found)
    assert not any(one.duty.bearers == ("LĐLĐ các huyện, thành phố",) and one.role is Role.OWES for one in found)


def _is_the_provincial_union(name: str) -> bool:
    return any(spelling in fold(name) for spelling in ("ldld tinh", "lien doan lao dong tinh"))


def test_an_unknown_unit_owes_nothing(engine: Engine) -> None:
    assert engine.duties("Ban Nghiên cứu Sao Hỏa") == []


def test_a_unit_is_found_by_its_short_and_its_full_name(engine: Engine) -> None:
    short, full = engine.duties("LĐLĐ tỉnh"), engine.duties("Liên đoàn Lao động tỉnh")
    assert [(one.key, one.role) for one in short] == [(one.key, one.role) for one in full]


def test_a_period_keeps_what_falls_due_in_it(engine: Engine) -> None:
    start, end = date(2025, 1, 1), date(2025, 3, 31)
    found = engine.duties(start=start, end=end)
    assert found
    for one in found:
        assert one.dates
        assert all(start <= day <= end for day in one.dates)


def test_days_of_a_period_include_its_ends() -> None:
    owed = duty(deadline(date(2025, 1, 1), date(2025, 1, 31), date(2025, 2, 1)))
    assert due_dates(owed, date(2025, 1, 1), date(2025, 1, 31)) == (date(2025, 1, 1), date(2025, 1, 31))
    assert due_dates(owed, date(2025, 1, 31), None) == (date(2025, 1, 31), date(2025, 2, 1))
    assert due_dates(owed, None, date(2025, 1, 1)) == (date(2025, 1, 1),)
    assert due_dates(owed, None, None) == owed.deadline.dates if owed.deadline else ()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", ["2030-11-15", "2031-11-15"]),
        (
            "RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
            ["2030-12-20", "2031-03-20", "2031-06-20", "2031-09-20", "2031-12-20"],
        ),
        ("RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", ["2031-01-15"]),
    ],
)  # fmt: skip
def test_recurring_duties_fall_due_in_a_period_beyond_the_days_on_record(rule: str, expected: list[str]) -> None:
    owed = duty(deadline(date(2024, 11, 15), rule=rule))
    assert [day.isoformat() for day in due_dates(owed, date(2030, 10, 1), date(2031, 12, 31))] == expected


def test_monthly_duties_fall_due_every_month_of_a_period() -> None:
    owed = duty(deadline(date(2024, 4, 25), rule="RRULE:FREQ=MONTHLY;BYMONTHDAY=25"))
    assert [day.month for day in due_dates(owed, date(2025, 1, 1), date(2025, 12, 31))] == list(range(1, 13))
    assert len(due_dates(owed, date(2025, 1, 25), date(2025, 1, 25))) == 1
    assert due_dates(owed, date(2025, 1, 26), date(2025, 2, 24)) == ()


def test_a_period_without_an_end_looks_a_year_ahead() -> None:
    owed = duty(deadline(date(2024, 11, 15), rule="RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"))
    assert due_dates(owed, date(2025, 1, 1), None) == (date(2025, 11, 15),)


def test_a_duty_without_deadline_falls_due_in_no_period() -> None:
    assert due_dates(duty(None), date(2025, 1, 1), date(2025, 12, 31)) == ()
    assert entries([document(duty(None))], start=date(2025, 1, 1)) == []
    assert len(entries([document(duty(None))])) == 1


def test_a_period_that_ends_before_it_begins_holds_nothing(engine: Engine) -> None:
    assert engine.duties(start=date(2026, 1, 1), end=date(2025, 1, 1)) == []


def test_no_duty_falls_due_before_its_document_was_issued(engine: Engine) -> None:
    for one in engine.duties(end=date(2026, 12, 31)):
        issued = one.document.form.issued_on
        assert issued is None or one.duty.deadline is None or not one.duty.deadline.recurrence or issued <= one.dates[0]


# JSON


def test_json_has_the_documented_keys_and_the_words_of_the_document(held: list[Entry]) -> None:
    rows = json.loads(export(held, ExportFormat.JSON))
    assert len(rows) == len(held)
    for row, one in zip(rows, held, strict=True):
        assert set(row) == KEYS
        assert row["quotes"] == list(one.quotes)
        assert row["dates"] == [day.isoformat() for day in one.dates]
        assert row["file"] == one.document.file
        assert all(isinstance(row[name], list) for name in ("who", "to", "dates", "quotes"))


def test_a_row_says_none_where_the_document_says_nothing() -> None:
    row = duty_row(entry(duty(None, product=None), number=None))
    names = ("product", "via", "by_when", "recurrence", "trigger", "trace", "document", "role", "why")
    assert [row[name] for name in names] == [None] * len(names)


@pytest.mark.parametrize("form", list(ExportFormat))
def test_an_empty_register_can_be_exported(form: ExportFormat) -> None:
    made = export([], form)
    if form is ExportFormat.JSON:
        assert json.loads(made) == []
    if form is ExportFormat.XLSX:
        assert load_workbook(io.BytesIO(made)).active.max_row == 1
    if form is ExportFormat.ICS:
        assert list(Calendar.from_ical(made).walk("VEVENT")) == []


@pytest.mark.parametrize("form", [ExportFormat.JSON, ExportFormat.CSV, ExportFormat.TABLE])
def test_the_same_register_gives_the_same_bytes(held: list[Entry], form: ExportFormat) -> None:
    assert export(held, form) == export(held, form)


def test_the_table_names_bearer_recipient_deadline_and_document() -> None:
    shown = export([entry(duty(deadline(date(2024, 11, 15)), via="Văn phòng"))], ExportFormat.TABLE).decode("utf-8")
    for part in (
        "15/11/2024",
        "Công đoàn cơ sở",
        "báo cáo",
        "Liên đoàn Lao động tỉnh",
        "Văn phòng",
        "trước ngày 15/11",
        "12/KH-LĐLĐ",
    ):
        assert part in shown


# CSV and Excel

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.y","z")')


def rows_of(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_excel_with_one_row_for_each_duty(held: list[Entry]) -> None:
    made = export(held, ExportFormat.CSV)
    assert made.startswith(b"\xef\xbb\xbf")
    head, *rows = rows_of(made)
    assert len(rows) == len(held)
    assert {len(row) for row in rows} == {len(head)}
    assert [row[head.index("Tệp")] for row in rows] == [one.document.file for one in held]
    assert [row[head.index("Đơn vị thực hiện")].lstrip("'") for row in rows] == [
        "; ".join(one.duty.bearers) for one in held
    ]


def test_a_quote_with_commas_quotes_and_line_breaks_stays_one_cell() -> None:
    owed = duty(deadline(date(2024, 11, 15)), product='báo cáo "năm",\nvà phụ lục; hết')
    assert rows_of(export([entry(owed)], ExportFormat.CSV))[1][1] == 'báo cáo "năm",\nvà phụ lục; hết'


@pytest.mark.parametrize("formula", [*FORMULAS[:5], FORMULAS[6]])
def test_no_cell_of_a_csv_begins_a_formula(formula: str) -> None:
    owed = duty(deadline(written=formula), bearers=(formula,), product=formula, recipients=(formula,), via=formula)
    _, row = rows_of(export([entry(owed, number=formula, file=formula)], ExportFormat.CSV))
    assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")]
    slots = ("Đơn vị thực hiện", "Việc phải làm", "Gửi", "Qua", "Thời hạn")
    assert all(formula in row[HEAD.index(name)] for name in slots)


def test_no_cell_of_a_csv_begins_a_formula_after_a_line_end() -> None:
    _, row = rows_of(export([entry(duty(deadline(date(2024, 11, 15)), product=FORMULAS[5]))], ExportFormat.CSV))
    assert not row[1].startswith("\r")


def test_excel_reads_the_same_rows_as_csv(held: list[Entry]) -> None:
    sheet = load_workbook(io.BytesIO(export(held, ExportFormat.XLSX))).active
    read = [[as_written(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert read == rows_of(export(held, ExportFormat.CSV))


def as_written(cell: object) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, datetime) else str(cell or "")


def test_a_workbook_has_a_head_that_stays_filters_and_a_name(held: list[Entry]) -> None:
    book = load_workbook(io.BytesIO(export(held, ExportFormat.XLSX)))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == list(HEAD)
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Nhiệm vụ", "A2", sheet.dimensions)
    assert book.defined_names["NhiemVu"].attr_text == f"'Nhiệm vụ'!$A$1:$O${len(held) + 1}"
    days = [row[HEAD.index("Ngày")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [day.date() if isinstance(day, datetime) else None for day in days] == [
        one.dates[0] if one.dates else None for one in held
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(formula: str) -> None:
    owed = duty(deadline(written=formula), bearers=(formula,), product=formula)
    sheet = load_workbook(io.BytesIO(export([entry(owed, number=formula)], ExportFormat.XLSX))).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert all(cell.value is None or isinstance(cell.value, str) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c"])
def test_a_control_character_does_not_spoil_a_workbook(character: str) -> None:
    owed = duty(deadline(date(2024, 11, 15)), product=f"báo{character}cáo")
    assert load_workbook(io.BytesIO(export([entry(owed)], ExportFormat.XLSX))).active.max_row == 2


# Calendar


def events(found: list[Entry]) -> list[Any]:
    return list(Calendar.from_ical(export(found, ExportFormat.ICS)).walk("VEVENT"))


def one_event(owed: Duty) -> Any:
    [event] = events([entry(owed)])
    return event


def test_a_day_becomes_a_whole_day_event_that_says_who_and_what() -> None:
    event = one_event(duty(deadline(date(2024, 11, 15)), via="Văn phòng"))
    assert event["dtstart"].dt == date(2024, 11, 15)
    assert event["dtstart"].params.get("VALUE") == "DATE"
    said = f"{event['summary']} {event['description']}"
    for part in ("báo cáo", "Liên đoàn Lao động tỉnh", "Công đoàn cơ sở", "trước ngày 15/11", "12/KH-LĐLĐ", TEXT):
        assert part in said
    assert event["uid"]
    assert event["dtstamp"]
    assert "rrule" not in event


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        ("RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", {"FREQ": ["YEARLY"], "BYMONTH": [11], "BYMONTHDAY": [15]}),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=25", {"FREQ": ["MONTHLY"], "BYMONTHDAY": [25]}),
    ],
)
def test_a_recurring_duty_becomes_a_recurring_event(rule: str, read: dict[str, list[Any]]) -> None:
    event = one_event(duty(deadline(date(2024, 11, 15), date(2025, 11, 15), rule=rule)))
    assert {name: list(values) for name, values in event["rrule"].items()} == read
    assert event["dtstart"].dt == date(2024, 11, 15)


def test_a_quarterly_duty_becomes_a_recurring_event() -> None:
    event = one_event(duty(deadline(date(2024, 12, 20), rule="RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20")))
    assert list(event["rrule"]["BYMONTH"]) == [3, 6, 9, 12]


@pytest.mark.parametrize(
    ("due", "days"),
    [
        (deadline(date(2024, 11, 15), rule="RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"), ["2024-11-15", "2025-11-15"]),
        (deadline(date(2025, 1, 31), rule="RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"), ["2025-01-31", "2025-02-28"]),
        (
            deadline(date(2024, 12, 20), rule="RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
            ["2024-12-20", "2025-03-20"],
        ),
        (deadline(date(2025, 6, 15)), ["2025-06-15"]),
    ],
)
def test_two_calendar_libraries_read_the_same_days(due: Deadline, days: list[str]) -> None:
    made = export([entry(duty(due))], ExportFormat.ICS)
    event = one_event(duty(due))
    one = event["dtstart"].dt
    if "rrule" in event:
        rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(one, time.min))
        first = [moment.date() for moment in islice(rule, len(days))]
    else:
        first = [one]
    read = vobject.readOne(made.decode("utf-8")).vevent
    others = islice(read.getrruleset(addRDate=True) or [read.dtstart.value], len(days))
    assert [day.isoformat() for day in first] == days
    assert [day.isoformat()[:10] for day in others] == days


def test_a_calendar_reminds_a_week_and_a_day_before() -> None:
    alarms = one_event(duty(deadline(date(2024, 11, 15)))).walk("VALARM")
    assert [alarm["trigger"].dt.days for alarm in alarms] == [-7, -1]


def test_an_event_keeps_its_identifier_when_the_register_is_read_again(held: list[Entry]) -> None:
    first, second = events(held), events(list(reversed(held)))
    assert {str(event["uid"]) for event in first} == {str(event["uid"]) for event in second}


def test_the_sample_documents_give_a_calendar(held: list[Entry]) -> None:
    assert len(events(held)) == len([one for one in held if one.dates])


def without_lists_of_months(held: list[Entry]) -> list[Entry]:
    return [one for one in held if "," not in ((one.duty.deadline and one.duty.deadline.recurrence) or "")]


def test_no_two_events_share_an_identifier(held: list[Entry]) -> None:
    identifiers = [str(event["uid"]) for event in events(without_lists_of_months(held))]
    assert len(identifiers) == len(set(identifiers))


def test_every_fixed_day_of_a_duty_is_in_the_calendar() -> None:
    owed = duty(deadline(date(2025, 6, 15), date(2025, 11, 30)))
    assert [event["dtstart"].dt for event in events([entry(owed)])] == [date(2025, 6, 15), date(2025, 11, 30)]


def test_a_duty_without_a_day_is_not_in_the_calendar() -> None:
    assert events([entry(duty(None)), entry(duty(deadline(written="khi có hướng dẫn")))]) == []


def test_long_and_odd_words_survive_the_calendar() -> None:
    words = "báo cáo; gồm: a, b\\c\n" + "rất dài " * 60
    event = one_event(duty(deadline(date(2024, 11, 15)), product=words))
    assert words.strip() in str(event["summary"])
