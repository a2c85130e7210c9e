"""Dates and deadlines as administrative prose writes them, and the calendar days that they mean.

Nothing is invented: where no day can be known, `dates` stays empty and `trace` says why.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.numbers import find_numbers, key, serial
from indexer.types import Deadline, Span, Trigger
from indexer.understand.sentences import plain, shadow

# How many coming days of a yearly or monthly deadline are listed; the recurrence says the rest.
OCCURRENCES = 3

_D, _M, _Y = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)", r"(?:1[0-2]|0?[1-9])(?!\d)", r"(?:19|20)\d\d"
_SLASHED = rf"(?<![\d/]){_D}\s?[/.-]\s?{_M}\s?[/.-]\s?{_Y}(?![\d/])"
_WORDED = rf"(?<!\d){_D}\s+tháng\s+{_M}(?!\d)(?:\s*[/,]?\s*(?:năm\s+)?{_Y}(?!\d))?"
_SHORT = rf"(?<![\d/.,]){_D}\s?/\s?{_M}(?![\d/]|\s?[-/]\s?[A-ZĐ])"
_DAY = rf"(?:{_SLASHED}|{_WORDED}|{_SHORT})"
_MONTH = rf"tháng\s+{_M}(?!\d)(?:\s?[/-]\s?{_Y}|\s+năm\s+{_Y})?"
_DATE = re.compile(
    rf"(?P<full>{_SLASHED}|{_WORDED})|(?:(?:ngày|trước|đến|hết|từ|sáng|chiều|tối|hôm|và|,|dịp|-)\s*)"
    rf"(?P<short>{_SHORT})"
    rf"|(?P<month>tháng\s+{_M}(?!\d)(?:\s?[/-]\s?{_Y}|\s+năm\s+{_Y}))",
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
    rf"|năm\s+{_Y}))?"
)
_PERIOD = (
    r"(?:tuần|tháng|quý|năm|ngày|(?:\d{1,2}|ba|sáu|chín|hai|một)\s+(?:tháng|năm|tuần)(?:\s+(?:một"
    r"|1)\s+lần|\s+(?:đầu|cuối)\s+năm)?)"
)
_UNIT = r"(?:ngày\s+làm\s+việc|ngày|tuần|tháng|năm|giờ)"
_COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s*\([^()]{1,15}\))?"
_TAIL = (
    r"[^,;()\n]{0,140}?(?=\s*(?:[,;()\n]|\.(?:\s|/|$)|$|\s(?:để|thì|đồng thời)\s|\svà\s(?-i:[a-zà-ỹđ])|\s(?:chủ trì"
    r"|phối hợp|báo cáo|gửi|xây dựng|tổ chức|tổng hợp|trình)\s))"
)
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "monthly_day",
        rf"(?:(?:{_BY}|vào|định kỳ)\s+)?(?:các\s+)?ngày\s+{_D}\s+(?:của\s+)?(?:{_EVERY}\s+tháng|tháng\s+"
        rf"(?:sau|kế tiếp|tiếp theo|liền kề)(?:\s+liền kề)?)",
    ),
    (
        "quarterly_day",
        rf"(?:(?:{_BY}|vào)\s+)?ngày\s+{_D}\s+(?:của\s+)?tháng\s+(?:cuối|đầu)(?:\s+(?:của|mỗi|hằng|hàng"
        rf"|từng))*\s+quý(?:\s+(?:sau|tiếp theo|kế tiếp))?",
    ),
    (
        "day",
        rf"{_BY}\s+{_HOUR}(?:các\s+)?(?:ngày\s+)?{_DAY}{_AFTER_DAY}|(?:vào\s+)?(?:các\s+)?ngày\s+{_DAY}\s*"
        rf"(?:của\s+)?{_EVERY}\s+năm",
    ),
    ("month_day", rf"{_BY}\s+ngày\s+{_D}(?!\s*[/.-]\s?\d|\s+tháng\s+\d)"),
    (
        "last_day",
        rf"(?:(?:{_BY}|vào)\s+)?(?:ngày\s+(?:làm\s+việc\s+)?cuối(?:\s+cùng)?\s+(?:của\s+)?)(?:{_EVERY}\s+)?"
        rf"(?:tháng|quý|năm)(?:\s+{_M}\s?/\s?{_Y})?",
    ),
    (
        "quarter",
        rf"(?:{_BY}|trong|vào|cuối|đầu|từ)\s+quý\s+(?:IV|III|II|I|[1-4])(?![\w])(?:\s?[/-]\s?{_Y}|\s+"
        rf"(?:năm\s+)?{_Y}|\s+{_EVERY}\s+năm)?|quý\s+(?:IV|III|II|I)(?:\s?[/-]\s?|\s+năm\s+){_Y}",
    ),
    ("month", rf"(?:{_BY}|trong|vào|(?:trước\s+)?cuối|đầu|giữa)\s+{_MONTH}(?:\s+{_EVERY}\s+năm)?"),
    (
        "year",
        rf"(?:{_LAST}(?:\s+(?:là|vào|trong|đến))*|đến hết|hết|trong|trước|cuối|phấn đấu đến)\s+năm\s+{_Y}"
        rf"(?!\s*[-–]\s*\d)",
    ),
    (
        "duration",
        rf"(?:(?:trong|không quá|tối đa|{_LAST})\s+)*(?:(?:vòng|thời hạn|thời gian|tối đa|không quá|là"
        rf"|sau)\s+)*{_COUNT}\s+{_UNIT}\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+(?:ngày|khi)|sau\s+khi|sau\s+ngày"
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
_YEAR_NAMED = re.compile(rf"(?<!tháng \d )(?<!tháng \d\d )năm\s+({_Y})(?!\s*[-–]\s*\d)", re.IGNORECASE)
_NEXT_YEAR = re.compile(r"năm\s+(?:sau|tiếp theo|kế tiếp|liền kề)", re.IGNORECASE)
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NO_YEAR = "Văn bản không ghi năm."
_OWN = re.compile(
    r"(?:văn bản|kế hoạch|chỉ thị|nghị quyết|quyết định|quy định|hướng dẫn|công văn|thông báo)\s+này"
    r"|ban hành\s*$|ký\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole sentence says of time: the one year that it names, and which periods."""

    year: int | None
    periodic: bool
    monthly: bool


@dataclass(frozen=True, slots=True)
class _Day:
    day: int
    month: int
    year: int | None


def find_dates(text: str, within: Span) -> list[tuple[Span, date | None]]:
    """Every date written in a stretch; None where a part is missing (29/6, tháng 5/2023) or the day can't exist."""
    found: list[tuple[Span, date | None]] = []
    for match in _DATE.finditer(shadow(within.of(text))):
        name = match.lastgroup or "full"
        span = Span(match.start(name), match.end(name)).shift(within.start)
        found.append((span, None if name == "month" else _calendar_day(_day_in(match[name]))))
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
        named = day or _end_of_month(plain(text, span))
        if named:
            return within, Deadline(plain(text, within), Trigger.FIXED, (named,), None, f"Ngày nêu rõ: {_vn(named)}.")
        if _calendar_day(_day_in(plain(text, span)), 2000):
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


def resolve(deadline: Deadline, issued_on: date | None, known: Mapping[str, date]) -> Deadline:
    """Fill `dates` and `trace`. `known` gives the issue dates of other documents by their number key.

    A recurring day gives its first occurrences after the issue; a count after a document runs from that document's
    date, or from `issued_on` where the text means itself. What can't be known leaves `dates` empty.
    """
    if deadline.dates:
        return deadline
    if deadline.recurrence and "BYMONTHDAY" in deadline.recurrence:
        return _recurring(deadline, issued_on)
    if deadline.trigger is Trigger.AFTER_DOCUMENT:
        return _after_document(deadline, issued_on, known)
    if deadline.trigger is Trigger.FIXED:
        return _without_year(deadline, issued_on)
    return deadline


def _context(content: str) -> _Context:
    years = set(_YEAR_NAMED.findall(content))
    year = int(years.pop()) if len(years) == 1 else None
    monthly = re.search(rf"{_EVERY}\s+tháng", content, re.IGNORECASE) is not None
    return _Context(year, _YEARLY_WORDS.search(content) is not None, monthly)


def _also(
    content: str, match: re.Match[str], text: str, offset: int, context: _Context
) -> Iterator[tuple[Span, Deadline]]:
    """ "trước ngày 15/6 và 15/12": the second day is a deadline too."""
    if match.lastgroup != "day":
        return
    more = re.compile(rf"(?:\s*\([^()]{{0,60}}\))?\s*(?:,|và|;)\s*(?:ngày\s+)?({_DAY}{_AFTER_DAY})", re.IGNORECASE)
    following = more.match(content, match.end())
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
    day = _day_in(re.sub(r"\d{1,2}\s?(?:giờ|[hg](?![^\W\d]))\s?(?:\d\d(?!\d))?", " ", written, flags=re.IGNORECASE))
    named = _calendar_day(day)
    if named:
        return Deadline(written, Trigger.FIXED, (named,), None, f"Ngày nêu rõ: {_vn(named)}.")
    if day is None or _calendar_day(day, 2000) is None:
        return Deadline(written, Trigger.FIXED, trace="Ngày ghi trong văn bản không có trong lịch.")
    if context.year and not context.periodic:
        fixed = date(context.year, day.month, min(day.day, 28 if day.month == 2 else day.day))
        return Deadline(written, Trigger.FIXED, (fixed,), None, f"Năm {fixed.year} nêu trong cùng câu: {_vn(fixed)}.")
    rule = f"RRULE:FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
    return Deadline(written, Trigger.YEARLY, (), rule, "Ngày không ghi năm, hiểu là hằng năm.")


def _read_monthly(written: str, context: _Context) -> Deadline:
    rule = f"RRULE:FREQ=MONTHLY;BYMONTHDAY={_first_number(written)}"
    return Deadline(written, Trigger.PERIODIC, (), rule, "Ngày cố định của mỗi tháng.")


def _read_quarterly(written: str, context: _Context) -> Deadline:
    months = "1,4,7,10" if re.search(r"tháng\s+đầu", written, re.IGNORECASE) else "3,6,9,12"
    rule = f"RRULE:FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={_first_number(written)}"
    return Deadline(written, Trigger.PERIODIC, (), rule, "Ngày cố định của mỗi quý.")


def _read_last_day(written: str, context: _Context) -> Deadline:
    month = _end_of_month(written)
    if month:
        return Deadline(written, Trigger.FIXED, (month,), None, f"Ngày cuối tháng: {_vn(month)}.")
    low = written.lower()
    if "làm việc" in low:
        return Deadline(written, Trigger.PERIODIC, trace="Ngày làm việc cuối kỳ tùy lịch nghỉ từng kỳ, không tính sẵn.")
    if "tháng" in low:
        return Deadline(written, Trigger.PERIODIC, (), "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "Ngày cuối mỗi tháng.")
    months = "3,6,9,12" if "quý" in low else "12"
    trigger = Trigger.PERIODIC if "quý" in low else Trigger.YEARLY
    return Deadline(written, trigger, (), f"RRULE:FREQ=YEARLY;BYMONTH={months};BYMONTHDAY=-1", "Ngày cuối mỗi kỳ.")


def _read_quarter(written: str, context: _Context) -> Deadline:
    return _period_end(written, _YEARLY_WORDS.search(written) is not None)


def _read_month(written: str, context: _Context) -> Deadline:
    return _period_end(written, _YEARLY_WORDS.search(written) is not None)


def _read_year(written: str, context: _Context) -> Deadline:
    return _period_end(written, False)


def _period_end(written: str, yearly: bool, year: int | None = None) -> Deadline:
    """ "trong quý IV/2024" ends with the quarter, "trước tháng 6/2024" with May; "cuối", "đầu" name no day."""
    if re.match(r"(?:\W|trước\s)*(?:cuối|đầu|giữa)\s", written, re.IGNORECASE):
        return Deadline(written, Trigger.FIXED, trace="Chỉ nêu khoảng thời gian, không nêu ngày cụ thể.")
    month = _month_in(written)
    before = bool(re.search(r"(?:^|\s)trước\s", written, re.IGNORECASE))
    month = (_first_month(written, month) - 1) if before else month
    if yearly:
        rule = f"RRULE:FREQ=YEARLY;BYMONTH={month or 12};BYMONTHDAY=-1"
        return Deadline(written, Trigger.YEARLY, (), rule, "Ngày cuối của khoảng thời gian nêu, hằng năm.")
    year = year or _year_in(written)
    if year is None:
        return Deadline(written, Trigger.FIXED, trace=_NO_YEAR)
    last = _last_day(year if month else year - 1, month or 12)
    return Deadline(written, Trigger.FIXED, (last,), None, f"Ngày cuối của khoảng thời gian nêu: {_vn(last)}.")


def _read_duration(written: str, context: _Context) -> Deadline:
    low = written.lower()
    own = _OWN.search(low) or next(find_numbers(written), None)
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
    counted = re.search(rf"({_COUNT})\s+(tháng|tuần|năm)", low)
    if counted is None:
        return "RRULE:FREQ=YEARLY"
    name = {"tháng": "MONTHLY", "tuần": "WEEKLY", "năm": "YEARLY"}[counted[2]]
    return f"RRULE:FREQ={name};INTERVAL={_count(counted[1])}"


def _recurring(deadline: Deadline, issued_on: date | None) -> Deadline:
    if issued_on is None:
        return replace(deadline, trace=f"{deadline.trace} Chưa rõ ngày ban hành nên không tính được ngày cụ thể.")
    after = date(issued_on.year, 12, 31) if _NEXT_YEAR.search(deadline.written) else issued_on
    dates = tuple(_occurrences(deadline.recurrence or "", after))
    trace = f"{deadline.trace} Các lần đầu sau ngày ban hành {_vn(issued_on)}."
    return replace(deadline, dates=dates, trace=trace)


def _occurrences(rule: str, after: date) -> list[date]:
    parts = dict(part.split("=") for part in rule.removeprefix("RRULE:").split(";"))
    months = [int(month) for month in parts.get("BYMONTH", "1,2,3,4,5,6,7,8,9,10,11,12").split(",")]
    found: list[date] = []
    for year in range(after.year, after.year + 10):
        days = (_calendar_day(_Day(_month_day(year, month, int(parts["BYMONTHDAY"])), month, year)) for month in months)
        found += [day for day in days if day and day > after]
    return found[:OCCURRENCES]


def _month_day(year: int, month: int, day: int) -> int:
    return calendar.monthrange(year, month)[1] if day < 0 else day


def _after_document(deadline: Deadline, issued_on: date | None, known: Mapping[str, date]) -> Deadline:
    counted = re.search(rf"({_COUNT})\s+({_UNIT})", deadline.written, re.IGNORECASE)
    event = re.search(r"(?:nhận|kết thúc|hoàn thành|hiệu lực)", deadline.written, re.IGNORECASE)
    if counted is None or event:
        return replace(deadline, trace="Tính từ ngày nhận hoặc một mốc mà văn bản không ghi ngày.")
    name, start = _start_of_count(deadline.written, issued_on, known)
    if start is None:
        return replace(deadline, trace=f"Chưa rõ ngày ban hành của {name}.")
    due = _plus(start, _count(counted[1]), " ".join(counted[2].lower().split()))
    trace = f"{counted[0]} sau {name} ban hành ngày {_vn(start)}: {_vn(due)}."
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
    if _OWN.search(written):
        return "văn bản này", issued_on
    return "văn bản được nhắc tới", None


def _without_year(deadline: Deadline, issued_on: date | None) -> Deadline:
    if issued_on is None or deadline.trace != _NO_YEAR:
        return deadline
    filled = [_period_end(deadline.written, False, year) for year in (issued_on.year, issued_on.year + 1)]
    due = next((one.dates for one in filled if one.dates and one.dates[0] >= issued_on), ())
    trace = f"Văn bản không ghi năm; lấy lần đầu tới hạn sau ngày ban hành {_vn(issued_on)}." if due else deadline.trace
    return replace(deadline, dates=due, trace=trace)


def _day_in(written: str) -> _Day | None:
    match = re.search(
        rf"({_D})(?:\s?[/.-]\s?|\s+tháng\s+)({_M})(?!\d)(?:(?:\s?[/.-]\s?|\s*[/,]?\s*(?:của\s+)?"
        rf"(?:năm\s+)?)({_Y}))?",
        written,
        re.IGNORECASE,
    )
    return _Day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None) if match else None


def _calendar_day(day: _Day | None, year: int | None = None) -> date | None:
    if day is None or (day.year or year) is None:
        return None
    try:
        return date(day.year or year or 0, day.month, day.day)
    except ValueError:
        return None


def _month_in(written: str) -> int:
    """The last month of the period named: 12 for "quý IV" and for a year, 6 for "tháng 6"."""
    quarter = re.search(r"quý\s+(IV|III|II|I|[1-4])(?!\w)", written, re.IGNORECASE)
    if quarter:
        return 3 * (_ROMAN.get(quarter[1].upper()) or int(quarter[1]))
    month = re.search(rf"tháng\s+({_M})(?!\d)", written, re.IGNORECASE)
    return int(month[1]) if month else 12


def _first_month(written: str, last: int) -> int:
    low = written.lower()
    return last - 2 if "quý" in low else last if "tháng" in low else 1


def _year_in(written: str) -> int | None:
    years = re.findall(rf"(?<!\d)({_Y})(?!\d)", written)
    return int(years[-1]) if years else None


def _end_of_month(written: str) -> date | None:
    month = re.search(rf"tháng\s+({_M})(?!\d)", written, re.IGNORECASE)
    year = _year_in(written)
    return _last_day(year, int(month[1])) if month and year else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _first_number(written: str) -> int:
    match = re.search(rf"ngày\s+({_D})", written, re.IGNORECASE)
    return int(match[1]) if match else 1


def _count(written: str) -> int:
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else _WORDS.get(written.split()[0].lower(), 1)


def _plus(start: date, count: int, unit: str) -> date:
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


def _vn(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
