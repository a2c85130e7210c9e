"""The register of duties as a table to read, JSON, CSV, Excel and calendar. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.defined_name import DefinedName

from office.status import Status
from search.calendar_file import calendar_file
from search.register import Entry, Role, duty_row

SHEET = "Nhiệm vụ"
_COLUMNS = (
    ("Đơn vị thực hiện", 32),
    ("Việc phải làm", 48),
    ("Phối hợp", 28),
    ("Gửi", 28),
    ("Qua", 20),
    ("Thời hạn", 24),
    ("Ngày", 12),
    ("Cách tính ngày", 40),
    ("Điều kiện", 20),
    ("Văn bản", 18),
    ("Tệp", 28),
    ("Trích nguyên văn", 80),
    ("Vai trò", 14),
    ("Vì sao", 40),
    ("Trạng thái", 14),
)
HEAD = tuple(name for name, _ in _COLUMNS)
_DAY_COLUMN = HEAD.index("Ngày") + 1
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ROLE_NAMES = {
    Role.OWES: "thực hiện",
    Role.COOPERATES: "phối hợp",
    Role.OWED: "nhận",
    Role.PASSES_ON: "đầu mối",
}
STATUS_NAMES = {
    Status.OPEN: "chưa làm",
    Status.SENT: "đã gửi",
    Status.CONFIRMED: "đã xác nhận",
    Status.CORRECTED: "đã sửa",
    Status.DISMISSED: "đã bỏ",
}


class ExportFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"


def export(rows: Sequence[Entry], form: ExportFormat) -> bytes:
    """The rows in one of the formats; text is UTF-8, CSV with a byte order mark so that Excel reads it."""
    if form is ExportFormat.JSON:
        return json.dumps([duty_row(row) for row in rows], ensure_ascii=False, indent=1).encode("utf-8")
    if form is ExportFormat.CSV:
        return _csv(rows)
    if form is ExportFormat.XLSX:
        return _xlsx(rows)
    if form is ExportFormat.ICS:
        return calendar_file(rows)
    return "\n".join(_lines(rows)).encode("utf-8")


def vietnamese_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _cells(row: Entry) -> tuple[str, ...]:
    duty, deadline = row.duty, row.duty.deadline
    return (
        "; ".join(duty.bearers),
        duty.product or duty.action,
        "; ".join(duty.cooperating),
        "; ".join(duty.recipients),
        duty.via or "",
        deadline.written if deadline else "",
        vietnamese_day(row.dates[0]) if row.dates else "",
        deadline.trace if deadline else "",
        duty.condition or "",
        row.document.form.number or "",
        row.document.file,
        " … ".join(row.quotes),
        ROLE_NAMES[row.role] if row.role else "",
        row.why or "",
        STATUS_NAMES[row.status],
    )


def _lines(rows: Sequence[Entry]) -> Iterator[str]:
    for row in rows:
        who, what, _, to, via, by_when, day, _, _, number, file, _, role, why, status = _cells(row)
        yield f"{day or '          '}  {who}: {what}" + (f" -> {to}" if to else "") + (f" (qua {via})" if via else "")
        yield f"{'':12}{by_when or 'văn bản không nêu hạn'} | {number or file} | {status}"
        if why:
            yield f"{'':12}vì sao: {role} – {why}"


def _csv(rows: Sequence[Entry]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows(map(_harmless, map(_cells, rows)))
    return out.getvalue().encode("utf-8-sig")


def _harmless(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Text that a spreadsheet would take for a formula, marked as text; control characters left out."""
    plain = (_CONTROL.sub("", cell) for cell in cells)
    return tuple(f"'{cell}" if cell.lstrip()[:1] in tuple("=+-@") else cell for cell in plain)


def _xlsx(rows: Sequence[Entry]) -> bytes:
    """One sheet whose head stays in sight and filters; days are dates; the table has a name of its own."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(HEAD)
    for place, row in enumerate(rows, start=2):
        sheet.append(_harmless(_cells(row)))
        if row.dates:
            sheet.cell(place, _DAY_COLUMN, row.dates[0]).number_format = "dd/mm/yyyy"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, (_, width) in zip(sheet.columns, _COLUMNS, strict=True):
        sheet.column_dimensions[column[0].column_letter].width = width
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    last = sheet.cell(sheet.max_row, len(HEAD)).coordinate
    book.defined_names["NhiemVu"] = DefinedName("NhiemVu", attr_text=f"'{SHEET}'!$A$1:${_absolute(last)}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _absolute(coordinate: str) -> str:
    column = coordinate.rstrip("0123456789")
    return f"{column}${coordinate[len(column) :]}"
