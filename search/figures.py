"""Figures in running text, each with its qualifier and unit: "ít nhất 5%", "1.250 đại biểu", "2,86 tỷ đồng". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.letters import LOWER
from indexer.types import Span

_FIGURE = re.compile(r"(?<![\w./-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?:\s?%)?(?![\w/-]|\.\d|\)\s|\.\s+[A-ZĐ])")
_FRACTION = re.compile(r"(?<![\w./-])\d{2,4}/(?!(?:19|20)\d\d)\d{2,4}(?![\w/])")
_SPELLED_UNIT = re.compile(
    r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+"
    r"(?:đồng chí|tháng|lần|ngày|năm|người|vụ|đợt|cuộc|lượt|suất|nhà|đội)(?!\w)"
)
_SPELLED = re.compile(
    rf"{_SPELLED_UNIT.pattern}"
    r"|(?<!\w)(?<!thứ )(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?=[a-zđ])(?!\w+\s+là\b)"
)
_MONEY = re.compile(rf"\s?(?:(?:triệu|tỷ|nghìn|ngàn)\s)*đồng(?!\s+(?:chí|bào|thời))(?:/[{LOWER}]+)*")
_UNIT = re.compile(rf"\s?(?:(?:triệu|tỷ|nghìn|ngàn)\s)?[{LOWER}]+(?:(?:/|\s)[{LOWER}]+)*")
# A unit ends before words that join it to something else, or that say what is done with it.
_ENDS_UNIT = re.compile(
    r"\s(?:để|cho|trong|là|thì|mà|của|và|với|do|tại|từ|đến|tới|trở|vào|ra|theo|về|khi|nếu|qua|bằng|như|đã|được|phải|cần|bị|có"
    r"|gồm|sẽ|chưa|không|đạt|giảm|tăng|làm(?! việc)|trên|dưới|ở|kể|nhằm|trước|sau|hoặc|này|đó|nên|còn|cùng|chiếm"
    r"|hỗ trợ|xếp|đóng|ký kết|tham gia|thực hiện|thành lập|tổ chức|đưa|gửi|nộp|báo cáo|hoàn thành"
    r"|hằng|hàng|mỗi|các|những)(?!\w).*",
    re.DOTALL,
)
_MOST_UNIT_WORDS = 5
_BEFORE = re.compile(r"(?:trên|dưới|ít nhất|tối thiểu|tối đa|khoảng|gần|hơn|không quá|từ|bình quân)\s+$", re.IGNORECASE)
_UP_OR_DOWN = re.compile(r"\s+trở\s+(?:lên|xuống)(?!\w)")
_RANGE_BEFORE = re.compile(r"(?:từ\s+)?(?P<first>\d[\d.,]*)\s+đến\s+$")
_NOT_COUNTED = re.compile(
    r"(?:Điều|khoản|điểm|mục|(?<!tổng )(?<!trong )số|Chương|Quyết định|Chỉ thị|Nghị quyết|Kế hoạch|khóa|quý|năm|tháng"
    r"|ngày|thứ)\s*$",
    re.IGNORECASE,
)
_ROW_NUMBER = re.compile(r"^[ \t]*\|[ \t]*\d{1,3}[ \t]*(?=\|)", re.MULTILINE)
_YEARS = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?(?![\d.,%]\d|\s?%)")
_TELEPHONE = re.compile(r"(?<![\d.,])0\d{2,3}[ .-]\d{3}[ .-]\d{3,4}(?!\d)")
_TO_A_DAY = re.compile(r"\s+(?:đến|-|–|và)\s+\d{1,2}/\d")


def figures(text: str, within: Span) -> Iterator[Span]:
    """Every figure that counts or measures; numbers of articles and rows, years, days and telephones are none."""
    skipped = [
        Span(*m.span()) for p in (_YEARS, _TELEPHONE, _ROW_NUMBER) for m in p.finditer(text, within.start, within.end)
    ]
    for match in _FIGURE.finditer(text, within.start, within.end):
        if _counts(text, within, match) and not any(Span(*match.span()).overlaps(other) for other in skipped):
            end = _up_or_down(text, _with_unit(text, match.end(), within.end), within.end)
            yield Span(_qualified(text, within.start, match.start()), end)
    for pattern in (_SPELLED, _FRACTION):
        yield from (
            Span(m.start(), _with_unit(text, m.end(), within.end))
            for m in pattern.finditer(text, within.start, within.end)
        )


def _counts(text: str, within: Span, match: re.Match[str]) -> bool:
    if match[0].endswith("%"):
        return True
    before = text[max(within.start, match.start() - 14) : match.start()]
    return not _NOT_COUNTED.search(before) and not _TO_A_DAY.match(text, match.end(), within.end)


def _qualified(text: str, floor: int, start: int) -> int:
    """Where a figure begins with what qualifies it: "ít nhất", "từ 60 đến"."""
    window = text[max(floor, start - 18) : start]
    before = _RANGE_BEFORE.search(window) or _BEFORE.search(window)
    return start - len(before[0]) if before else start


def _up_or_down(text: str, end: int, ceiling: int) -> int:
    """Where a figure ends with "trở lên" or "trở xuống" behind it, without which "từ 25%" is only half of it."""
    match = _UP_OR_DOWN.match(text, end, ceiling)
    return match.end() if match else end


def _with_unit(text: str, end: int, ceiling: int) -> int:
    """Where the unit after a figure ends: its money, or the thing counted; a long run of words is cut after two."""
    money = _MONEY.match(text, end, ceiling)
    if money:
        return money.end()
    unit = _UNIT.match(text, end, ceiling)
    if unit is None:
        return end
    own = _ENDS_UNIT.sub("", f" {unit[0].lstrip()}").strip()
    words = list(re.finditer(r"\S+", own))
    kept = own if len(words) <= _MOST_UNIT_WORDS else own[: words[1].end()]
    return text.index(kept, end) + len(kept) if kept else end


def is_spelled_out(figure: str) -> bool:
    """Whether a figure is a word before any noun, which counts only where that noun is asked for: "hai đơn vị"."""
    return not any(map(str.isdigit, figure)) and _SPELLED_UNIT.match(figure) is None
