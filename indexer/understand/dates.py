"""Dates and deadlines as administrative prose writes them, and the calendar days that they mean.

Nothing is invented: where no day can be known, `dates` stays empty and `trace` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.numbers import find_numbers
from indexer.types import Deadline, Span, Trigger
from indexer.understand.calendar_words import (
    COUNT,
    DAY,
    MONTH,
    UNIT,
    YEAR,
    calendar_day,
    count_in,
    day_in,
    end_of_month,
    first_number,
    printed,
)
from indexer.understand.resolve import OWN, period_end
from indexer.understand.sentences import plain, shadow

_SLASHED = rf"(?<![\d/]){DAY}\s?[/.-]\s?{MONTH}\s?[/.-]\s?{YEAR}(?![\d/])"
_WORDED = rf"(?<!\d){DAY}\s+tháng\s+{MONTH}(?!\d)(?:\s*[/,]?\s*(?:năm\s+)?{YEAR}(?!\d))?"
_SHORT = rf"(?<![\d/.,]){DAY}\s?/\s?{MONTH}(?![\d/]|\s?[-/]\s?[A-ZĐ])"
_DAY = rf"(?:{_SLASHED}|{_WORDED}|{_SHORT})"
_MONTH = rf"tháng\s+{MONTH}(?!\d)(?:\s?[/-]\s?{YEAR}|\s+năm\s+{YEAR})?"
_DATE = re.compile(
    rf"(?P<full>{_SLASHED}|{_WORDED})|(?:(?:ngày|trước|đến|hết|từ|sáng|chiều|tối|hôm|và|,|dịp|-)\s*)"
    rf"(?P<short>{_SHORT})"
    rf"|(?P<month>tháng\s+{MONTH}(?!\d)(?:\s?[/-]\s?{YEAR}|\s+năm\s+{YEAR}))",
    re.IGNORECASE,
)
_EVERY = r"(?:hằng|hàng|mỗi|từng)"
_LAST = (
    r"(?:chậm nhất|muộn nhất|trễ nhất|hạn cuối cùng|hạn cuối|hạn chót|không quá|không muộn hơn"
    r"|không chậm hơn|thời hạn)"
)
_BY = (
    rf"(?:{_LAST}(?:\s*(?:là|vào|trước|đến hết|đến|hết|trong|:))*|trước|đến hết|đến trước|từ nay đến"
    rf"|hết|xong vào|hoàn thành vào)"
)
_HOUR = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{2}(?:\s?phút)?)?\s*,?\s*(?:của\s+)?)?"
_AFTER_DAY = (
    rf"(?:\s*,?\s*(?:của\s+)?(?:năm\s+(?:sau|tiếp theo|kế tiếp|liền kề|báo cáo)(?:\s+liền kề)?"
    rf"|{_EVERY}\s+năm|cùng năm"
    rf"|năm\s+{YEAR}))?"
)
_PERIOD = (
    r"(?:tuần|tháng|quý|năm|ngày|(?:\d{1,2}|ba|sáu|chín|hai|một)\s+(?:tháng|năm|tuần)(?:\s+(?:một"
    r"|1)\s+lần|\s+(?:đầu|cuối)\s+năm)?)"
)
_TAIL = (
    r"[^,;()\n]{0,140}?(?=\s*(?:[,;()\n]|\.(?:\s|/|$)|$|\s(?:để|thì|đồng thời)\s|\svà\s(?-i:[a-zà-ỹđ])|\s(?:chủ trì"
    r"|phối hợp|báo cáo|gửi|xây dựng|tổ chức|tổng hợp|trình)\s))"
)
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "monthly_day",
        rf"(?:(?:{_BY}|vào|định kỳ)\s+)?(?:các\s+)?ngày\s+{DAY}\s+(?:của\s+)?(?:{_EVERY}\s+tháng|tháng\s+"
        rf"(?:sau|kế tiếp|tiếp theo|liền kề)(?:\s+liền kề)?)",
    ),
    (
        "quarterly_day",
        rf"(?:(?:{_BY}|vào)\s+)?ngày\s+{DAY}\s+(?:của\s+)?tháng\s+(?:cuối|đầu)(?:\s+(?:của|mỗi|hằng|hàng"
        rf"|từng))*\s+quý(?:\s+(?:sau|tiếp theo|kế tiếp))?",
    ),
    (
        "day",
        rf"{_BY}\s+{_HOUR}(?:các\s+)?(?:ngày\s+)?{_DAY}{_AFTER_DAY}|(?:vào\s+)?(?:các\s+)?ngày\s+{_DAY}\s*"
        rf"(?:của\s+)?{_EVERY}\s+năm",
    ),
    ("month_day", rf"{_BY}\s+ngày\s+{DAY}(?!\s*[/.-]\s?\d|\s+tháng\s+\d)"),
    (
        "last_day",
        rf"(?:(?:{_BY}|vào)\s+)?(?:ngày\s+(?:làm\s+việc\s+)?cuối(?:\s+cùng)?\s+(?:của\s+)?)(?:{_EVERY}\s+)?"
        rf"(?:tháng|quý|năm)(?:\s+{MONTH}\s?/\s?{YEAR})?",
    ),
    (
        "quarter",
        rf"(?:{_BY}|trong|vào|cuối|đầu|từ)\s+quý\s+(?:IV|III|II|I|[1-4])(?![\w])(?:\s?[/-]\s?{YEAR}|\s+"
        rf"(?:năm\s+)?{YEAR}|\s+{_EVERY}\s+năm)?|quý\s+(?:IV|III|II|I)(?:\s?[/-]\s?|\s+năm\s+){YEAR}",
    ),
    ("month", rf"(?:{_BY}|trong|vào|(?:trước\s+)?cuối|đầu|giữa)\s+{_MONTH}(?:\s+{_EVERY}\s+năm)?"),
    (
        "year",
        rf"(?:{_LAST}(?:\s+(?:là|vào|trong|đến))*|đến hết|hết|trong|trước|cuối|phấn đấu đến)\s+năm\s+{YEAR}"
        rf"(?!\s*[-–]\s*\d)",
    ),
    (
        "duration",
        rf"(?:(?:trong|không quá|tối đa|{_LAST})\s+)*(?:(?:vòng|thời hạn|thời gian|tối đa|không quá|là"
        rf"|sau)\s+)*{COUNT}\s+{UNIT}\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+(?:ngày|khi)|sau\s+khi|sau\s+ngày"
        rf"|trước\s+khi|trước\s+ngày\s+(?!\d)){_TAIL}",
    ),
    (
        "periodic",
        rf"(?:định\s+kỳ\s*,?\s*(?:{_EVERY}\s+)?|{_EVERY}\s+){_PERIOD}(?:\s*(?:,|và|hoặc|,\s*và)\s*(?:"
        rf"(?:{_EVERY}|cả|một)\s+)?{_PERIOD}(?!\s*\d))*(?!\s*\d{{3}})|(?:quý,\s*)?6\s+tháng"
        rf"(?:\s+đầu\s+năm)?\s*(?:,|và|hoặc)\s*(?:(?:cả|một|hằng|hàng)\s+)?năm(?!\s*\d)",
    ),
    (
        "request",
        rf"(?:khi|lúc)\s+có\s+(?:hướng dẫn|yêu cầu|chỉ đạo|đề nghị|văn bản|phát sinh|vấn đề|sự cố|vụ việc"
        rf"|thay đổi|biến động|tình huống|tình hình){_TAIL}|khi\s+(?:được\s+)?(?:yêu cầu|cần thiết|cần"
        rf"|phát sinh|xảy ra)(?:\s+của)?{_TAIL}|(?:trong\s+)?trường\s+hợp\s+(?:cần thiết|đột xuất"
        rf"|phát sinh)|theo\s+yêu cầu\s+của\s{_TAIL}"
        rf"|(?:ngay\s+)?sau\s+khi\s+(?!có ý kiến thống nhất)[^\W\d]{_TAIL}|(?:(?<=báo cáo )|(?<=định kỳ, )|"
        rf"(?<=kỳ và )|(?<=kỳ hoặc )|(?<=năm và )|(?<=năm, ))đột\s+xuất(?:\s+\(nếu có\))?",
    ),
    (
        "vague",
        rf"(?:{_BY}|vào|dịp)?\s*(?:cuối|đầu)\s+(?:{_EVERY}\s+)?(?:tháng|quý|năm)(?!\s*(?:\d|\w+/))"
        rf"|định\s+kỳ(?!\s+\d)",
    ),
)
_DEADLINE = re.compile(
    r"(?<![\w/])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _KINDS) + r")(?![\w])", re.IGNORECASE
)
_FIRST_WORD = re.compile(
    r"(?<![\w/])(?:trước|trong|trễ|trường|từ|tối|thời|theo|chậm|các|cuối|chín|muộn|mỗi|một|mười|hạn"
    r"|hết|hằng|hàng|hoàn|hai|không"
    r"|khi|đến|định|đầu|đột|xong|vào|ngày|ngay|năm|quý|giữa|phấn|lúc|dịp|ba|bốn|bảy|sau|sáu|tám|\d{1,3})(?!\w)",
    re.IGNORECASE,
)
_NO_DEADLINE_BEFORE = re.compile(
    r"(?:ban hành|được ký|đã ký|có hiệu lực|sinh|xảy ra|phát sinh|nghỉ hưu|tuyển dụng|bổ nhiệm"
    r"|được cấp|đã cấp|ký kết"
    r"|công nhận|thành lập|tồn tại|bắt đầu)\s*(?:từ\s*)?$",
    re.IGNORECASE,
)
_YEARLY_WORDS = re.compile(r"(?:hằng|hàng|mỗi)\s+năm|định\s+kỳ|năm\s+sau", re.IGNORECASE)
_MONTHLY_WORDS = re.compile(rf"{_EVERY}\s+tháng", re.IGNORECASE)
_SECOND_DAY = re.compile(rf"(?:\s*\([^()]{{0,60}}\))?\s*(?:,|và|;)\s*(?:ngày\s+)?({_DAY}{_AFTER_DAY})", re.IGNORECASE)
_YEAR_NAMED = re.compile(rf"(?<!tháng \d )(?<!tháng \d\d )năm\s+({YEAR})(?!\s*[-–]\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole sentence says of time: the one year that it names, and which periods."""

    year: int | None
    periodic: bool
    monthly: bool


def find_dates(text: str, within: Span) -> list[tuple[Span, date | None]]:
    """Every date written in a stretch; None where a part is missing (29/6, tháng 5/2023) or the day can't exist."""
    found: list[tuple[Span, date | None]] = []
    for match in _DATE.finditer(shadow(within.of(text))):
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
        if _NO_DEADLINE_BEFORE.search(content[max(match.start() - 24, 0) : match.start()]):
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
    for start in _FIRST_WORD.finditer(content):
        match = _DEADLINE.match(content, start.start()) if start.start() >= position else None
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
        return 0
    if deadline.recurrence and "BYMONTHDAY" in deadline.recurrence:
        return 1
    if deadline.trigger is Trigger.ON_REQUEST:
        return 3
    return 2 if deadline.recurrence else 4


def _context(content: str) -> _Context:
    years = set(_YEAR_NAMED.findall(content))
    year = int(years.pop()) if len(years) == 1 else None
    monthly = _MONTHLY_WORDS.search(content) is not None
    return _Context(year, _YEARLY_WORDS.search(content) is not None, monthly)


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


def _read_monthly(written: str, context: _Context) -> Deadline:
    rule = f"RRULE:FREQ=MONTHLY;BYMONTHDAY={first_number(written)}"
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
    return period_end(written, _YEARLY_WORDS.search(written) is not None)


def _read_month(written: str, context: _Context) -> Deadline:
    return period_end(written, _YEARLY_WORDS.search(written) is not None)


def _read_year(written: str, context: _Context) -> Deadline:
    return period_end(written, False)


def _read_duration(written: str, context: _Context) -> Deadline:
    low = written.lower()
    own = OWN.search(low) or next(find_numbers(written), None)
    document = re.search(r"(?:công văn|văn bản|kế hoạch|chỉ thị|nghị quyết|quyết định|thông báo|hướng dẫn)", low)
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
        if re.search(rf"(?:{_EVERY}|kỳ)\s+{unit}", low):
            return f"RRULE:FREQ={name}"
    if "quý" in low:
        return "RRULE:FREQ=MONTHLY;INTERVAL=3"
    counted = re.search(rf"({COUNT})\s+(tháng|tuần|năm)", low)
    if counted is None:
        return "RRULE:FREQ=YEARLY"
    name = {"tháng": "MONTHLY", "tuần": "WEEKLY", "năm": "YEARLY"}[counted[2]]
    return f"RRULE:FREQ={name};INTERVAL={count_in(counted[1])}"
