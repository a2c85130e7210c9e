"""Dates and deadlines as administrative prose writes them, and the calendar days that they mean.

Nothing is invented: where no day can be known, `dates` stays empty and `trace` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.numbers import find_numbers
from indexer.types import Deadline, Span, Trigger
from indexer.understand.calendar_words import (
    COUNT,
    YEAR,
    calendar_day,
    count_in,
    day_in,
    end_of_month,
    first_number,
    numbers_in,
    printed,
    week_in,
    weekdays_in,
    year_in,
)
from indexer.understand.deadline_grammar import DATE, DEADLINE, EVERY, FIRST_WORD, NAMED_DAY, NO_DEADLINE_BEFORE
from indexer.understand.resolve import NO_YEAR, OWN, period_end
from indexer.understand.sentences import plain, shadow

START = "Ngày bắt đầu"
_DOCUMENT = re.compile(
    r"(?:công văn|văn bản|kế hoạch|chỉ thị|nghị quyết|quyết định|thông báo|hướng dẫn|chương trình|đề án|quy chế)"
)
_YEARLY_WORDS = re.compile(r"(?:hằng|hàng|mỗi)\s+năm|định\s+kỳ|năm\s+sau", re.IGNORECASE)
_MONTHLY_WORDS = re.compile(rf"(?:{EVERY}|báo cáo)\s+tháng(?!\s+\d)", re.IGNORECASE)
_WEEKLY_WORDS = re.compile(rf"(?:{EVERY}|báo cáo|từng)\s+tuần", re.IGNORECASE)
_SECOND_DAY = re.compile(rf"(?:\s*\([^()]{{0,60}}\))?\s*(?:,|và|;)\s*((?:ngày\s+)?{NAMED_DAY})", re.IGNORECASE)
_YEAR_NAMED = re.compile(rf"(?<!tháng \d )(?<!tháng \d\d )năm\s+({YEAR})(?!\s*[-–]\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole sentence says of time: the one year that it names, and which periods."""

    year: int | None
    periodic: bool
    monthly: bool
    weekly: bool


def find_dates(text: str, within: Span) -> list[tuple[Span, date | None]]:
    """Every date written in a stretch; None where a part is missing (29/6, tháng 5/2023) or the day can't exist."""
    found: list[tuple[Span, date | None]] = []
    for match in DATE.finditer(shadow(within.of(text))):
        name = match.lastgroup or "full"
        span = Span(match.start(name), match.end(name)).shift(within.start)
        found.append((span, None if name == "month" else calendar_day(day_in(match[name]))))
    return found


def find_deadlines(text: str, within: Span) -> list[tuple[Span, Deadline]]:
    """Deadlines of one sentence in reading order, `written` being the words of the span.

    A day without a year recurs yearly, unless the sentence names one year and no period. "văn bản ban hành trước
    ngày …" states a condition, not a deadline, and is left out.
    """
    content = shadow(within.of(text))
    context = _context(content)
    found = []
    for match in _matches(content):
        if NO_DEADLINE_BEFORE.search(content[max(match.start() - 24, 0) : match.start()]):
            continue
        if match.lastgroup == "month_day" and not context.monthly:
            continue
        span = Span(match.start() + len(match[0]) - len(match[0].lstrip()), match.end()).shift(within.start)
        found.append((span, _read(match.lastgroup or "", plain(text, span), context)))
        found += _also(content, match, text, within.start, context)
    return found


def _matches(content: str) -> Iterator[re.Match[str]]:
    """Matches of the whole grammar, tried only at the words that can begin one, which costs less than a search."""
    position = 0
    for start in FIRST_WORD.finditer(content):
        match = DEADLINE.match(content, start.start()) if start.start() >= position else None
        if match:
            yield match
            position = match.end()


def read_deadline(text: str, within: Span) -> tuple[Span, Deadline]:
    """The deadline that a whole cell or a "Thời gian:" states; trigger NONE where it isn't one that can be reckoned."""
    found = sorted(find_deadlines(text, within), key=lambda pair: rank(pair[1]))
    if found:
        return found[0]
    for span, day in reversed(find_dates(text, within)):
        named = day or end_of_month(plain(text, span))
        if named:
            return within, Deadline(
                plain(text, within), Trigger.FIXED, (named,), None, f"Ngày nêu rõ: {printed(named)}."
            )
        if calendar_day(day_in(plain(text, span)), 2000):
            return span, _read("day", plain(text, span), _context(within.of(text)))
    return within, Deadline(plain(text, within), Trigger.NONE, trace="Văn bản không nêu ngày cụ thể.")


def rank(deadline: Deadline) -> int:
    """How much a deadline fixes, 0 the most: used to choose among several of one clause."""
    if deadline.trigger is Trigger.FIXED or deadline.trigger is Trigger.AFTER_DOCUMENT:
        return 2 if deadline.trace.startswith(START) else 0
    if deadline.names_day:
        return 1
    if deadline.trigger is Trigger.ON_REQUEST:
        return 3
    return 2 if deadline.recurrence else 4


def _context(content: str) -> _Context:
    years = set(_YEAR_NAMED.findall(content))
    year = int(years.pop()) if len(years) == 1 else None
    monthly = _MONTHLY_WORDS.search(content) is not None
    weekly = _WEEKLY_WORDS.search(content) is not None
    return _Context(year, _YEARLY_WORDS.search(content) is not None, monthly, weekly)


def _also(
    content: str, match: re.Match[str], text: str, offset: int, context: _Context
) -> Iterator[tuple[Span, Deadline]]:
    """ "trước ngày 15/6 và 15/12": the second day is a deadline too."""
    if match.lastgroup != "day":
        return
    following = _SECOND_DAY.match(content, match.end())
    if following:
        span = Span(*following.span(1)).shift(offset)
        yield span, _read("day", plain(text, span), context)


def _read(kind: str, written: str, context: _Context) -> Deadline:
    readers = {
        "day": _read_day,
        "range": _read_range,
        "start": _read_start,
        "weekday": _read_weekday,
        "meeting": _read_meeting,
        "monthly_day": _read_monthly,
        "month_day": _read_monthly,
        "quarterly_day": _read_quarterly,
        "last_day": _read_last_day,
        "quarter": _read_quarter,
        "month": _read_month,
        "year": _read_year,
        "duration": _read_duration,
        "periodic": _read_periodic,
        "request": _read_request,
        "vague": _read_vague,
    }
    return readers[kind](written, context)


def _read_day(written: str, context: _Context) -> Deadline:
    day = day_in(re.sub(r"\d{1,2}\s?(?:giờ|[hg](?![^\W\d]))\s?(?:\d\d(?!\d))?", " ", written, flags=re.IGNORECASE))
    named = calendar_day(day)
    if named:
        return Deadline(written, Trigger.FIXED, (named,), None, f"Ngày nêu rõ: {printed(named)}.")
    if day is None or calendar_day(day, 2000) is None:
        return Deadline(written, Trigger.FIXED, trace="Ngày ghi trong văn bản không có trong lịch.")
    if context.year and not context.periodic:
        fixed = date(context.year, day.month, min(day.day, 28 if day.month == 2 else day.day))
        return Deadline(
            written, Trigger.FIXED, (fixed,), None, f"Năm {fixed.year} nêu trong cùng câu: {printed(fixed)}."
        )
    rule = f"RRULE:FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
    return Deadline(written, Trigger.YEARLY, (), rule, "Ngày không ghi năm, hiểu là hằng năm.")


def _read_range(written: str, context: _Context) -> Deadline:
    """The last day counts: "từ ngày 10/6 đến ngày 31/8/2026"."""
    last = re.split(r"\s(?:đến|tới)\s", written, flags=re.IGNORECASE)[-1]
    return replace(_read_day(last, context), written=written)


def _read_start(written: str, context: _Context) -> Deadline:
    deadline = _read_day(written, context)
    return (
        replace(deadline, trace=f"{START}, văn bản không nêu ngày cuối: {printed(deadline.dates[0])}.")
        if (deadline.dates)
        else deadline
    )


def _read_weekday(written: str, context: _Context) -> Deadline:
    low = written.lower()
    day = weekdays_in(low)
    if "tuần" not in low and "tháng" not in low and not context.weekly:
        return Deadline(written, Trigger.FIXED, trace="Chỉ nêu thứ trong tuần, không nêu ngày.")
    if "tháng" not in low:
        return Deadline(written, Trigger.PERIODIC, (), f"RRULE:FREQ=WEEKLY;BYDAY={day}", "Ngày cố định của mỗi tuần.")
    place = week_in(low)
    if place is None:
        return Deadline(written, Trigger.PERIODIC, trace="Không nêu tuần nào của tháng.")
    rule = f"RRULE:FREQ=MONTHLY;BYDAY={place}{day}"
    return Deadline(written, Trigger.PERIODIC, (), rule, "Thứ cố định của mỗi tháng.")


def _read_meeting(written: str, context: _Context) -> Deadline:
    if _YEARLY_WORDS.search(written):
        return Deadline(written, Trigger.YEARLY, (), "RRULE:FREQ=YEARLY", "Theo kỳ họp hằng năm, không nêu ngày họp.")
    return Deadline(written, Trigger.FIXED, trace="Theo kỳ họp, văn bản không nêu ngày họp.")


def _read_monthly(written: str, context: _Context) -> Deadline:
    rule = f"RRULE:FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, numbers_in(written)))}"
    return Deadline(written, Trigger.PERIODIC, (), rule, "Ngày cố định của mỗi tháng.")


def _read_quarterly(written: str, context: _Context) -> Deadline:
    months = "1,4,7,10" if re.search(r"tháng\s+đầu", written, re.IGNORECASE) else "3,6,9,12"
    rule = f"RRULE:FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={first_number(written)}"
    return Deadline(written, Trigger.PERIODIC, (), rule, "Ngày cố định của mỗi quý.")


def _read_last_day(written: str, context: _Context) -> Deadline:
    month = end_of_month(written)
    if month:
        return Deadline(written, Trigger.FIXED, (month,), None, f"Ngày cuối tháng: {printed(month)}.")
    low = written.lower()
    if "làm việc" in low:
        return Deadline(written, Trigger.PERIODIC, trace="Ngày làm việc cuối kỳ tùy lịch nghỉ từng kỳ, không tính sẵn.")
    if "tháng" in low:
        return Deadline(written, Trigger.PERIODIC, (), "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "Ngày cuối mỗi tháng.")
    months = "3,6,9,12" if "quý" in low else "12"
    trigger = Trigger.PERIODIC if "quý" in low else Trigger.YEARLY
    return Deadline(written, trigger, (), f"RRULE:FREQ=YEARLY;BYMONTH={months};BYMONTHDAY=-1", "Ngày cuối mỗi kỳ.")


def _read_quarter(written: str, context: _Context) -> Deadline:
    return _read_month(written, context)


def _read_month(written: str, context: _Context) -> Deadline:
    yearly = _YEARLY_WORDS.search(written) is not None
    return period_end(written, yearly or (context.periodic and year_in(written) is None))


def _read_year(written: str, context: _Context) -> Deadline:
    return period_end(written, False) if year_in(written) else Deadline(written, Trigger.FIXED, trace=NO_YEAR)


def _read_duration(written: str, context: _Context) -> Deadline:
    low = written.lower()
    own = OWN.search(low) or next(find_numbers(written), None)
    document = _DOCUMENT.search(low) or "thực hiện" in low
    if own or document or re.search(r"ngày\s+nhận(?:\s+được)?\s*$", low):
        return Deadline(written, Trigger.AFTER_DOCUMENT, trace="Tính từ một văn bản chưa rõ ngày.")
    return Deadline(written, Trigger.ON_REQUEST, trace="Tính từ một sự việc chưa rõ ngày.")


def _read_periodic(written: str, context: _Context) -> Deadline:
    rule = _frequency(written.lower())
    trigger = Trigger.YEARLY if rule == "RRULE:FREQ=YEARLY" else Trigger.PERIODIC
    return Deadline(written, trigger, (), rule, "Nêu chu kỳ, không nêu ngày cụ thể.")


def _read_request(written: str, context: _Context) -> Deadline:
    return Deadline(written, Trigger.ON_REQUEST, trace="Tùy yêu cầu hoặc sự việc, không nêu ngày cụ thể.")


def _read_vague(written: str, context: _Context) -> Deadline:
    return Deadline(written, Trigger.PERIODIC, trace="Không nêu ngày cụ thể.")


def _frequency(low: str) -> str | None:
    """The rule of the shortest period named: every 6 months for "6 tháng và hằng năm"."""
    for unit, name in (("ngày", "DAILY"), ("tuần", "WEEKLY"), ("tháng", "MONTHLY")):
        if re.search(rf"(?:{EVERY}|kỳ)\s+{unit}", low):
            return f"RRULE:FREQ={name}"
    if "quý" in low:
        return "RRULE:FREQ=MONTHLY;INTERVAL=3"
    counted = re.search(rf"({COUNT})\s+(tháng|tuần|năm)", low)
    if counted is None:
        return "RRULE:FREQ=YEARLY"
    name = {"tháng": "MONTHLY", "tuần": "WEEKLY", "năm": "YEARLY"}[counted[2]]
    return f"RRULE:FREQ={name};INTERVAL={count_in(counted[1])}"
