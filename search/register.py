"""The register of duties: who owes what to whom by when, filtered and exported. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from indexer.analyze import fold
from indexer.fields import duty_fields
from indexer.lexicon import ABBREVIATIONS
from indexer.types import Document, Duty

_COLUMNS = ("Đơn vị thực hiện", "Việc phải làm", "Gửi", "Qua", "Thời hạn", "Ngày", "Văn bản", "Tệp", "Trích nguyên văn")
_FULL_NAMES = {fold(short): long for short, long in ABBREVIATIONS.items()}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WIDTHS = (32, 48, 28, 20, 24, 14, 18, 28, 80)


class ExportFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty with the document that states it; `dates` are the days it falls due within the period asked for."""

    duty: Duty
    document: Document
    dates: tuple[date, ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(span.of(self.document.text) for span in self.duty.spans)


def entries(
    documents: Iterable[Document], unit: str | None = None, start: date | None = None, end: date | None = None
) -> list[Entry]:
    """Duties of all documents, those with the nearest day first.

    `unit` keeps those that name it as bearer or recipient; a period keeps those that fall due in it.
    """
    found = [
        Entry(duty, document, due_dates(duty, start, end, document.form.issued_on))
        for document in documents
        for duty in document.duties
        if unit is None or _names(duty, unit)
    ]
    if start or end:
        found = [entry for entry in found if entry.dates]
    return sorted(found, key=lambda e: (e.dates[0] if e.dates else date.max, e.document.id, e.duty.spans[0]))


def due_dates(duty: Duty, start: date | None, end: date | None, issued_on: date | None = None) -> tuple[date, ...]:
    """The days on which a duty falls due from `start` to `end`, both included; without a period those on record.

    A recurring duty begins with its first day on record, else with the day its document was issued.
    """
    deadline = duty.deadline
    if deadline is None:
        return ()
    if deadline.recurrence and "BYMONTHDAY" in deadline.recurrence and (start or end):
        first = next(iter(deadline.dates), issued_on) or start or end or date.min
        return _occurrences(deadline.recurrence, max(first, start or first), end)
    return tuple(day for day in deadline.dates if (start is None or day >= start) and (end is None or day <= end))


def _occurrences(recurrence: str, start: date, end: date | None) -> tuple[date, ...]:
    """Every day of the rule from `start` to `end`; to a year on where there is no end."""
    first = datetime.combine(start, time.min)
    last = datetime.combine(end, time.min) if end else first + timedelta(days=366)
    return tuple(moment.date() for moment in rrulestr(recurrence, dtstart=first).between(first, last, inc=True))


def _names(duty: Duty, unit: str) -> bool:
    wanted = _spelled(unit)
    return any(wanted in _spelled(name) for name in (*duty.bearers, *duty.recipients))


def _spelled(name: str) -> str:
    """A name with its abbreviations in full, folded: LĐLĐ tỉnh and Liên đoàn Lao động tỉnh are one."""
    return " ".join(fold(_FULL_NAMES.get(fold(word), word)) for word in re.findall(r"[\w-]+", name))


def duty_row(entry: Entry) -> dict[str, object]:
    """One duty as `duties --format json` prints it, with the days of the period asked for."""
    return duty_fields(entry.duty, entry.document) | {"dates": [day.isoformat() for day in entry.dates]}


def export(found: Sequence[Entry], form: ExportFormat) -> bytes:
    """The entries in one of the formats; text is UTF-8, CSV with a byte order mark so that Excel reads it."""
    if form is ExportFormat.JSON:
        return json.dumps([duty_row(entry) for entry in found], ensure_ascii=False, indent=1).encode("utf-8")
    if form is ExportFormat.CSV:
        return _csv(found)
    if form is ExportFormat.XLSX:
        return _xlsx(found)
    if form is ExportFormat.ICS:
        return _ics(found)
    return "\n".join(_lines(found)).encode("utf-8")


def _cells(entry: Entry) -> tuple[str, ...]:
    duty, deadline = entry.duty, entry.duty.deadline
    return (
        "; ".join(duty.bearers),
        duty.product or duty.action,
        "; ".join(duty.recipients),
        duty.via or "",
        deadline.written if deadline else "",
        entry.dates[0].strftime("%d/%m/%Y") if entry.dates else "",
        entry.document.form.number or "",
        entry.document.file,
        " … ".join(entry.quotes),
    )


def _lines(found: Sequence[Entry]) -> Iterator[str]:
    for entry in found:
        who, what, to, via, by_when, day, number, file, _ = _cells(entry)
        yield f"{day or '          '}  {who}: {what}" + (f" -> {to}" if to else "") + (f" (qua {via})" if via else "")
        yield f"{'':12}{by_when or 'văn bản không nêu hạn'} | {number or file}"


def _csv(found: Sequence[Entry]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(map(_harmless, map(_cells, found)))
    return out.getvalue().encode("utf-8-sig")


def _harmless(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Text that a spreadsheet would take for a formula, marked as text; control characters left out."""
    plain = (_CONTROL.sub("", cell) for cell in cells)
    return tuple(f"'{cell}" if cell.lstrip()[:1] in tuple("=+-@") else cell for cell in plain)


def _xlsx(found: Sequence[Entry]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Nhiệm vụ"
    sheet.append(_COLUMNS)
    for entry in found:
        sheet.append(_harmless(_cells(entry)))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip(sheet.columns, _WIDTHS, strict=True):
        sheet.column_dimensions[column[0].column_letter].width = width
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ics(found: Sequence[Entry]) -> bytes:
    """A recurring duty is one event with its rule; of several fixed days each is an event."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tra cuu van ban//VI")
    calendar.add("version", "2.0")
    for place, entry in enumerate(found):
        rule = entry.duty.deadline.recurrence if entry.duty.deadline else None
        fixed_rule = rule if rule and "BYMONTHDAY" in rule else None
        for day in entry.dates[:1] if fixed_rule else entry.dates:
            calendar.add_component(_event(entry, day, f"{entry.document.id}-{place}-{day:%Y%m%d}", fixed_rule))
    return bytes(calendar.to_ical())


def _event(entry: Entry, day: date, uid: str, rule: str | None) -> Event:
    event = Event()
    who, what, to, _, by_when, _, number, file, quote = _cells(entry)
    event.add("uid", f"{uid}@tra-cuu-van-ban")
    event.add("dtstamp", datetime.combine(entry.document.form.issued_on or day, time.min))
    event.add("dtstart", day)
    event.add("summary", f"{what}" + (f" gửi {to}" if to else ""))
    event.add("description", f"{who}\n{by_when}\n{number or file}\n{quote}")
    if rule:
        parts = (part.split("=") for part in rule.removeprefix("RRULE:").split(";"))
        event.add("rrule", {name: values.split(",") for name, values in parts})
    return event
