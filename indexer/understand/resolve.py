"""Deadlines as written -> the days on which they fall, with a trace; what can't be known stays open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from indexer.numbers import find_numbers, key, serial
from indexer.types import Deadline, Trigger
from indexer.understand.calendar_words import (
    COUNT,
    UNIT,
    count_in,
    first_month,
    last_day,
    month_in,
    plus,
    printed,
    year_in,
)

# How many coming days of a yearly or monthly deadline are listed; the recurrence says the rest.
OCCURRENCES = 3
_NEXT_YEAR = re.compile(r"năm\s+(?:sau|tiếp theo|kế tiếp|liền kề)", re.IGNORECASE)
NO_YEAR = "Văn bản không ghi năm."
OWN = re.compile(
    r"(?:văn bản|kế hoạch|chỉ thị|nghị quyết|quyết định|quy định|hướng dẫn|công văn|thông báo)\s+này"
    r"|ban hành(?:\s+(?:đề án|kế hoạch|chương trình|nghị quyết|quyết định|quy chế|hướng dẫn|chỉ thị))?\s*$|ký\s*$"
    r"|(?:đề án|chương trình|quy chế|thông báo)\s+này|^sau\s+[^,]*\sthực hiện$",
    re.IGNORECASE,
)


def resolve(
    deadline: Deadline, issued_on: date | None, known: Mapping[str, date], received_on: date | None = None
) -> Deadline:
    """Fill `dates` and `trace`. `known` gives the issue dates of other documents by their number key, `received_on` the
    day on the stamp of the office that received this one.

    A recurring day gives its first occurrences after the issue; a count after a document runs from that document's
    date, or from `issued_on` where the text means itself. What can't be known leaves `dates` empty.
    """
    if deadline.dates:
        return deadline
    if deadline.names_day:
        return _recurring(deadline, issued_on)
    if deadline.trigger is Trigger.AFTER_DOCUMENT:
        return _after_document(deadline, issued_on, known, received_on)
    if deadline.trigger is Trigger.FIXED:
        return _without_year(deadline, issued_on)
    return deadline


def _recurring(deadline: Deadline, issued_on: date | None) -> Deadline:
    if issued_on is None:
        return replace(deadline, trace=f"{deadline.trace} Chưa rõ ngày ban hành nên không tính được ngày cụ thể.")
    after = date(issued_on.year, 12, 31) if _NEXT_YEAR.search(deadline.written) else issued_on
    dates = tuple(_occurrences(deadline.recurrence or "", after))
    trace = f"{deadline.trace} Các lần đầu sau ngày ban hành {printed(issued_on)}."
    return replace(deadline, dates=dates, trace=trace)


def _occurrences(rule: str, after: date) -> list[date]:
    start = datetime.combine(after + timedelta(days=1), time.min)
    return [moment.date() for moment in islice(rrulestr(rule, dtstart=start), OCCURRENCES)]


def _after_document(
    deadline: Deadline, issued_on: date | None, known: Mapping[str, date], received_on: date | None
) -> Deadline:
    counted = re.search(rf"({COUNT})\s+({UNIT})", deadline.written, re.IGNORECASE)
    received = re.search(r"nhận", deadline.written, re.IGNORECASE)
    event = re.search(r"(?:kết thúc|hoàn thành|hiệu lực)", deadline.written, re.IGNORECASE)
    if counted is None or event or (received and received_on is None):
        return replace(deadline, trace="Tính từ ngày nhận hoặc một mốc mà văn bản không ghi ngày.")
    if received and received_on:
        return _counted(deadline, counted, f"ngày nhận văn bản {printed(received_on)}", received_on)
    name, start = _start_of_count(deadline.written, issued_on, known)
    if start is None:
        return replace(deadline, trace=f"Chưa rõ ngày ban hành của {name}.")
    return _counted(deadline, counted, f"{name} ban hành ngày {printed(start)}", start)


def _counted(deadline: Deadline, counted: re.Match[str], since: str, start: date) -> Deadline:
    due = plus(start, count_in(counted[1]), " ".join(counted[2].lower().split()))
    trace = f"{counted[0]} sau {since}: {printed(due)}."
    trace += " Chưa trừ ngày nghỉ lễ." if "làm việc" in counted[2].lower() else ""
    return replace(deadline, dates=(due,), trace=trace)


def _start_of_count(written: str, issued_on: date | None, known: Mapping[str, date]) -> tuple[str, date | None]:
    for _, number in find_numbers(written):
        return number, known.get(key(number))
    short = re.search(
        r"(?:chỉ thị|nghị quyết|kết luận|quyết định|kế hoạch|quy định|chương trình)\s+(?:số\s+)?(\d{1,4})"
        r"(?!\d)",
        written.lower(),
    )
    if short:
        same = {day for number, day in known.items() if serial(number) == serial(short[1])}
        return short[0], same.pop() if len(same) == 1 else None
    if OWN.search(written):
        return "văn bản này", issued_on
    return "văn bản được nhắc tới", None


def _without_year(deadline: Deadline, issued_on: date | None) -> Deadline:
    if issued_on is None or deadline.trace != NO_YEAR:
        return deadline
    filled = [period_end(deadline.written, False, year) for year in (issued_on.year, issued_on.year + 1)]
    due = next((one.dates for one in filled if one.dates and one.dates[0] >= issued_on), ())
    trace = (
        f"Văn bản không ghi năm; lấy lần đầu tới hạn sau ngày ban hành {printed(issued_on)}." if due else deadline.trace
    )
    return replace(deadline, dates=due, trace=trace)


def period_end(written: str, yearly: bool, year: int | None = None) -> Deadline:
    """ "trong quý IV/2024" ends with the quarter, "trước tháng 6/2024" with May; "cuối", "đầu" name no day."""
    if re.match(r"(?:\W|trước\s)*(?:cuối|đầu|giữa)\s", written, re.IGNORECASE):
        return Deadline(written, Trigger.FIXED, trace="Chỉ nêu khoảng thời gian, không nêu ngày cụ thể.")
    month = month_in(written)
    before = bool(re.search(r"(?:^|\s)trước\s", written, re.IGNORECASE))
    month = (first_month(written, month) - 1) if before else month
    if yearly:
        day = -1 if month == 2 else last_day(2001, month or 12).day
        rule = f"RRULE:FREQ=YEARLY;BYMONTH={month or 12};BYMONTHDAY={day}"
        return Deadline(written, Trigger.YEARLY, (), rule, "Ngày cuối của khoảng thời gian nêu, hằng năm.")
    year = year or year_in(written)
    if year is None:
        return Deadline(written, Trigger.FIXED, trace=NO_YEAR)
    last = last_day(year if month else year - 1, month or 12)
    return Deadline(written, Trigger.FIXED, (last,), None, f"Ngày cuối của khoảng thời gian nêu: {printed(last)}.")
