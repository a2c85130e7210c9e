"""Days, months, years and counts as prose writes them, read as numbers and calendar days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

DAY, MONTH, YEAR = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)", r"(?:1[0-2]|0?[1-9])(?!\d)", r"(?:19|20)\d\d"
UNIT = r"(?:ngày\s+làm\s+việc|ngày|tuần|tháng|năm|giờ)"
COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s*\([^()]{1,15}\))?"
_FIGURES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


_WEEKDAYS = {
    "hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA",
    "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA",
}  # fmt: skip
_WEEKS = {"đầu": 1, "cuối": -1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4}


@dataclass(frozen=True, slots=True)
class Day:
    day: int
    month: int
    year: int | None


def day_in(written: str) -> Day | None:
    match = re.search(
        rf"({DAY})(?:\s?[/.-]\s?|\s+tháng\s+)({MONTH})(?!\d)(?:(?:\s?[/.-]\s?|\s*[/,]?\s*(?:của\s+)?"
        rf"(?:năm\s+)?)({YEAR}))?",
        written,
        re.IGNORECASE,
    )
    return Day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None) if match else None


def calendar_day(day: Day | None, year: int | None = None) -> date | None:
    if day is None or (day.year or year) is None:
        return None
    try:
        return date(day.year or year or 0, day.month, day.day)
    except ValueError:
        return None


def month_in(written: str) -> int:
    """The last month of the period named: 12 for "quý IV" and for a year, 6 for "tháng 6"."""
    quarter = re.search(r"quý\s+(IV|III|II|I|[1-4])(?!\w)", written, re.IGNORECASE)
    if quarter:
        return 3 * (_ROMAN.get(quarter[1].upper()) or int(quarter[1]))
    month = re.search(rf"tháng\s+({MONTH})(?!\d)", written, re.IGNORECASE)
    return int(month[1]) if month else 12


def first_month(written: str, last: int) -> int:
    low = written.lower()
    return last - 2 if "quý" in low else last if "tháng" in low else 1


def year_in(written: str) -> int | None:
    years = re.findall(rf"(?<!\d)({YEAR})(?!\d)", written)
    return int(years[-1]) if years else None


def end_of_month(written: str) -> date | None:
    month = re.search(rf"tháng\s+({MONTH})(?!\d)", written, re.IGNORECASE)
    year = year_in(written)
    return last_day(year, int(month[1])) if month and year else None


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def numbers_in(written: str) -> list[int]:
    """The days of a month: 10 and 20 of "vào ngày 10 và ngày 20 hằng tháng"."""
    return [int(day) for day in re.findall(rf"(?:ngày|và|,)\s+({DAY})", written, re.IGNORECASE)] or [1]


def first_number(written: str) -> int:
    match = re.search(rf"ngày\s+({DAY})", written, re.IGNORECASE)
    return int(match[1]) if match else 1


def weekdays_in(written: str) -> str:
    """The weekdays named, as RFC 5545 writes them: "thứ Ba và thứ Năm" is TU,TH, "chủ nhật" SU."""
    named = re.sub(r"tuần\s+thứ\s+\w+", "", written, flags=re.IGNORECASE)
    found = re.findall(r"thứ\s+(\w+)|(chủ)\s+nhật", named, re.IGNORECASE)
    return ",".join(dict.fromkeys("SU" if sunday else _WEEKDAYS[day.lower()] for day, sunday in found))


def week_in(written: str) -> int | None:
    """Which week of a month is named: 1 the first, -1 the last, None where none is."""
    match = re.search(r"tuần\s+(?:thứ\s+)?(đầu|cuối|nhất|hai|ba|tư)", written, re.IGNORECASE)
    return _WEEKS[match[1].lower()] if match else None


def count_in(written: str) -> int:
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else _FIGURES.get(written.split()[0].lower(), 1)


def plus(start: date, count: int, unit: str) -> date:
    if unit in {"năm", "tháng"}:
        months = start.month - 1 + count * (12 if unit == "năm" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    if unit != "ngày làm việc":
        return start + timedelta(days=count * 7 if unit == "tuần" else count if unit == "ngày" else 1)
    due = start
    while count:
        due += timedelta(days=1)
        count -= due.weekday() < 5
    return due


def printed(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
