"""Workbooks (.xlsx): each sheet that is shown, row by row, values as Excel shows them in Vietnamese."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from indexer.errors import ReadError
from indexer.read.archive import open_archive
from indexer.read.blocks import REPEATED_CHARS, row_text
from indexer.read.text import not_empty
from indexer.types import RawText

MAX_SHEET_BYTES = 128 * 1024 * 1024
"""Of unpacked XML of one sheet; openpyxl takes about ten times as much memory."""
_OWN_NAMES = ("sheet", "trang tính")


def read_xlsx(content: bytes, path: Path) -> RawText:
    """The text of all sheets. Raises ReadError where the file is damaged, too big or empty."""
    _check_size(content, path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl raises whatever the damaged part brings out
        raise ReadError(f"{path.name}: the file is damaged ({error}). Ask for it again.") from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    text = "\n\n".join(filter(None, (_sheet(sheet, len(shown) > 1) for sheet in shown)))
    hidden = len(book.worksheets) - len(shown)
    changes = (f"hidden sheets left out: {hidden}",) if hidden else ()
    return not_empty(RawText(text, "xlsx", changes=changes), path)


def _check_size(content: bytes, path: Path) -> None:
    with open_archive(content, path) as archive:
        largest = max((entry.file_size for entry in archive.infolist()), default=0)
    if largest > MAX_SHEET_BYTES:
        raise ReadError(
            f"{path.name}: a sheet of {largest} bytes, more than the {MAX_SHEET_BYTES} that are read. Split it."
        )


def _sheet(sheet: Any, among_others: bool) -> str:
    """The name of a sheet where there are several and somebody chose it, then its rows."""
    rows = [list(map(_value, row)) for row in sheet.iter_rows()]
    _fill_merged(sheet, rows)
    lines = "\n".join(_lines(rows)).strip("\n")
    named = among_others and not sheet.title.lower().startswith(_OWN_NAMES)
    return f"{sheet.title}\n\n{lines}" if named and lines else lines


def _lines(rows: list[list[str]]) -> Iterator[str]:
    """A row with one filled cell is a line of text (a title, a note); empty rows and outer empty columns go."""
    filled = [place for row in rows for place, text in enumerate(row) if text]
    first, last = (min(filled), max(filled) + 1) if filled else (0, 0)
    was_row = False
    for row in rows:
        texts = [text for text in row if text]
        if texts:
            is_row = len(texts) > 1
            yield from [""] * (is_row != was_row)
            yield row_text(row[first:last]) if is_row else texts[0]
            was_row = is_row


def _fill_merged(sheet: Any, rows: list[list[str]]) -> None:
    """What stands in a cell merged over several rows holds for each of them."""
    for merged in sheet.merged_cells.ranges:
        top, left = merged.min_row - sheet.min_row, merged.min_col - sheet.min_column
        if 0 <= top < len(rows) and 0 <= left < len(rows[top]) and 0 < len(rows[top][left]) <= REPEATED_CHARS:
            for row in rows[top + 1 : merged.max_row - sheet.min_row + 1]:
                row[left] = rows[top][left]


def _value(cell: Any) -> str:
    """A value as shown: 17/02/2025, 1.650, 0,5, 85%."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time() | timedelta():
            return str(value)
        case int() | float():
            return _number(value, cell.number_format or "")
        case _:
            return " ".join(str(value).replace("|", "/").split())


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{_plain(value * 100)}%"
    if form.strip("0") == "" and form:
        return f"{value:0{len(form)}.0f}"
    if "#,##0" in form and value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:.10g}".replace(".", ",") if abs(value) < 1e10 else f"{value:.0f}"
