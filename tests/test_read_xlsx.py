"""Workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from indexer.errors import ReadError
from indexer.read import read_content
from indexer.types import RawText

NAME = Path("a.xlsx")
HEADER = ["STT", "Nội dung", "Cơ quan chủ trì", "Thời hạn"]


def read_rows(rows: Sequence[Sequence[Any]], **formats: str) -> RawText:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, form in formats.items():
        book.active[place].number_format = form
    return read_book(book)


def read_book(book: Any) -> RawText:
    file = io.BytesIO()
    book.save(file)
    return read_content(file.getvalue(), NAME)


def test_a_table_of_tasks_is_one_line_for_each_row_below_its_title() -> None:
    rows: list[list[Any]] = [["BẢNG PHÂN CÔNG"], [], HEADER, [1, "Rà soát mỏ đá", "Sở Y tế", date(2025, 4, 30)]]
    header = "| STT | Nội dung | Cơ quan chủ trì | Thời hạn |"
    assert read_rows(rows).text == f"BẢNG PHÂN CÔNG\n\n{header}\n| 1 | Rà soát mỏ đá | Sở Y tế | 30/04/2025 |"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.85, "0%", "85%"),
        (0.855, "0.0%", "85,5%"),
        (1650, "#,##0", "1.650"),
        (1650, "General", "1650"),
        (0.5, "General", "0,5"),
        (7, "00", "07"),
        (datetime(2025, 4, 30, 8, 30), "dd/mm/yyyy hh:mm", "30/04/2025 08:30"),
        (True, "General", "TRUE"),
        ("hai\ndòng", "General", "hai dòng"),
    ],
)
def test_values_are_written_as_excel_shows_them_in_vietnamese(value: object, form: str, shown: str) -> None:
    assert read_rows([["x", value]], B1=form).text == f"| x | {shown} |"


def test_a_cell_merged_over_rows_holds_for_each_of_them() -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, [1, "Rà soát", "Sở Y tế", "Quý I"], [2, "Tập huấn", None, None]):
        book.active.append(row)
    book.active.merge_cells("D2:D3")
    assert read_book(book).text.endswith("| 1 | Rà soát | Sở Y tế | Quý I |\n| 2 | Tập huấn |  | Quý I |")


def test_sheets_follow_each_other_under_the_names_that_somebody_gave_them() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Một"])
    book.create_sheet("Phụ lục 1").append(["Hai"])
    book.create_sheet("Ẩn").append(["Ba"])
    book["Ẩn"].sheet_state = "hidden"
    raw = read_book(book)
    assert raw.text == "Một\n\nPhụ lục 1\n\nHai"
    assert raw.changes == ("hidden sheets left out: 1",)


def test_empty_columns_around_a_table_are_left_out() -> None:
    assert read_rows([[None, None, "a", None, "b"], [None, None, "c", "d", None]]).text == "| a |  | b |\n| c | d |  |"


def test_a_workbook_without_a_word_is_empty() -> None:
    with pytest.raises(ReadError, match="the file is empty"):
        read_rows([])
