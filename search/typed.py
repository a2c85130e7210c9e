"""Typed stretches of a sentence: figures with unit, dates and terms, persons, bodies; ranked by nearness. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.types import Span
from indexer.understand.bodies import bodies
from indexer.understand.dates import find_dates, find_deadlines, rank
from search.match import Wanted
from search.types import QuestionKind

_FIGURE = re.compile(r"(?<![\w./-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?:\s?%)?(?![\w/-]|\.\d|\)\s|\.\s+[A-ZĐ])")
_FRACTION = re.compile(r"(?<![\w./-])\d{2,4}/(?!(?:19|20)\d\d)\d{2,4}(?![\w/])")
_UNIT = re.compile(rf"\s?(?:(?:triệu|tỷ|nghìn|ngàn)\s)?[{LOWER}]+(?:(?:/|\s)[{LOWER}]+){{0,4}}")
_BEFORE = re.compile(r"(?:trên|dưới|ít nhất|tối thiểu|tối đa|khoảng|gần|hơn|không quá|từ|bình quân)\s+$", re.IGNORECASE)
_SPELLED = re.compile(
    r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+"
    r"(?:đồng chí|tháng|lần|ngày|năm|người|vụ|đợt|cuộc|lượt|suất|nhà|đội)(?!\w)"
)
_NOT_COUNTED = re.compile(
    r"(?:Điều|khoản|điểm|mục|số|Chương|Quyết định|Chỉ thị|Nghị quyết|Kế hoạch|khóa|quý|năm|tháng|ngày|thứ)\s*$",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(
    r"(?:từ\s+|trước\s+|lúc\s+)?\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?(?:\s*phút)?(?:\s*(?:,|đến|và)?\s*(?:từ\s+)?\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?)*(?:,?\s*(?:thứ\s+\w+,?\s*)?ngày\s+\d{1,2}(?:/\d{1,2}(?:/\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?))?"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Tô|Lương|Đoàn|Hà|Cao|Thái|Lưu|Tạ"
    "|Chu|Quách|Triệu|Vương|La|Lò|Vàng|Giàng|Sùng|Nông|Ma|Hứa|Khổng|Châu|Kiều|Tống|Đào|Thạch|Vi|Quàng|Cầm|Bế|Lục|Mã|Chẩu|Phùng"
    "|Doãn|Nghiêm|Khuất|Tôn|Âu|Diệp|Lâm|Trương|Tăng|Từ|Đàm|Bàn|Lộc|Hầu|Thào|Vừ|Mùa|Lầu|Đường|Phí|Cù|Đồng|Ông|Viên|Ninh|Khúc|Mạc|Lại"
)
_NAME = rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+){{1,4}}"
_PERSON = re.compile(
    rf"(?:[Đđ]/c:?|[Đđ]ồng chí:?|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s+(?P<titled>{_NAME})"
    rf"|(?P<plain>(?:{_SURNAMES})(?:\s+[{UPPER}][{LOWER}]+){{1,4}})"
)
_ONLY_PERSON = re.compile(
    r"\bla ai\b|\bai la\b|ten (?:la )?gi|\bai (?:ky|phu trach|chu tri)\b"
    r"|(?:dong chi|nguoi|chu tich|truong ban|bi thu|dang vien|giam doc) nao"
)
_WEEKDAY = re.compile(
    r"(?<!tuần )(?:(?:buổi\s+)?(?:sáng|chiều)\s+)?(?:ngày\s+)?thứ\s+"
    r"(?:Hai|Ba|Tư|Năm|Sáu|Bảy|hai|ba|tư|năm|sáu|bảy)(?:\s+tuần\s+[^,.;]{1,24}?)?"
    r"(?:\s+(?:hằng|hàng)\s+(?:tuần|tháng))?(?=[,.;)\s]|$)"
)
_LONG_NUMBER = re.compile(r"(?<![\d.])(?:\d{6,}|0\d{2,3}[ .-]\d{3}[ .-]\d{3,4})(?![\d.])|@")
_DIGITS_ASKED = re.compile(r"\bso (?:dien thoai|tai khoan|fax|can cuoc|cccd|cmnd|di dong|may le)|\b(?:email|hotline)\b")
_RUN_IN = {
    QuestionKind.WHEN: re.compile(r"(?:Thời gian|Thời hạn|Hạn|Thời điểm)[^:.;]{0,16}:"),
    QuestionKind.WHERE: re.compile(r"(?:Địa điểm|Nơi|Tại)[^:.;]{0,16}:"),
}
_DURATION = re.compile(
    r"(?:(?:trong|không quá|chậm nhất|sau|quá|vòng|thời hạn|tối đa|ít nhất)\s+)+(?:\d+|một|hai|ba|năm|mười)\s*"
    r"(?:giờ|ngày làm việc|ngày|tháng|năm|tuần|phút)"
)
# Words of a clause that are looked at on either side, and the distance at which one counts half.
_FAR, _HALF = 24, 6


@dataclass(frozen=True, slots=True)
class Typed:
    """A stretch of the type asked for; `near` says how close it stands to the question's words, about 0..1."""

    span: Span
    near: float


def typed_spans(text: str, within: Span, kind: QuestionKind, asked: str, wanted: Wanted) -> list[Typed]:
    """What of a sentence could be the answer, best first. `asked` is the question, folded.

    A stretch that only repeats the question is no answer to it; nor is a figure without the unit asked for.
    """
    found = list(_candidates(text, within, kind, asked))
    typed = [
        Typed(span, _nearness(text, within, span, wanted) + bonus)
        for span, bonus in found
        if not _repeats(text, span, wanted)
    ]
    return sorted(typed, key=lambda t: (-t.near, t.span))


def _candidates(text: str, within: Span, kind: QuestionKind, asked: str) -> Iterator[tuple[Span, float]]:
    if kind is QuestionKind.HOW_MANY:
        yield from _figures_asked(text, within, asked)
    elif kind is QuestionKind.WHEN:
        yield from _times(text, within, asked)
    elif kind is QuestionKind.WHO:
        yield from _doers(text, within, asked)


def _figures_asked(text: str, within: Span, asked: str) -> Iterator[tuple[Span, float]]:
    unit = _unit_asked(asked)
    for span in _figures(text, within):
        written = fold(span.of(text))
        if unit is None or re.search(unit, written):
            noun = _noun_asked(asked)
            follows = bool(noun) and fold(text[span.start : span.end + 40]).find(noun or "") > 0
            yield span, 0.5 * follows


def _unit_asked(asked: str) -> str | None:
    """What must stand with a figure: a percent sign, a sum of money, a stretch of time."""
    if re.search(r"ty le|ti le|phan tram|%", asked):
        return r"%|phan tram"
    if re.search(
        r"bao nhieu tien|kinh phi|so tien|muc (?:chi|ho tro|thu|tro cap|phat|dong|thuong|luong)|thu lao|du bao nhieu"
        r"|hoc bong|tien",
        asked,
    ):
        return r"dong|trieu|ty\b|nghin|ngan"
    match = re.search(r"(?:bao nhieu|may) (ngay|thang|nam|gio|lan|phut|tuan)\b", asked)
    return match[1] if match else None


def _noun_asked(asked: str) -> str | None:
    """The thing counted: "đoàn viên" of "bao nhiêu đoàn viên ưu tú"."""
    match = re.search(r"(?:bao nhieu|\bmay) ((?:\w+ ?){1,2})", asked)
    return match[1].strip() if match else None


def _figures(text: str, within: Span) -> Iterator[Span]:
    for match in _FIGURE.finditer(text, within.start, within.end):
        before = text[max(within.start, match.start() - 14) : match.start()]
        if match[0].endswith("%") or not _NOT_COUNTED.search(before):
            yield Span(_qualified(text, within.start, match.start()), _with_unit(text, match.end(), within.end))
    for pattern in (_SPELLED, _FRACTION):
        yield from (
            Span(m.start(), _with_unit(text, m.end(), within.end))
            for m in pattern.finditer(text, within.start, within.end)
        )


def _qualified(text: str, floor: int, start: int) -> int:
    before = _BEFORE.search(text[max(floor, start - 12) : start])
    return start - len(before[0]) if before else start


def _with_unit(text: str, end: int, ceiling: int) -> int:
    unit = _UNIT.match(text, end, ceiling)
    return end + len(unit[0].rstrip(" ,")) if unit else end


def _times(text: str, within: Span, asked: str) -> Iterator[tuple[Span, float]]:
    """Deadlines, the fixed ones first; then dates; times of day where the question asks for the hour."""
    if re.search(r"may gio|gio nao|khung gio", asked):
        yield from ((Span(*m.span()), 0.2) for m in _TIME_OF_DAY.finditer(text, within.start, within.end))
        return
    if re.search(r"bao lau|may ngay|thoi gian bao", asked):
        yield from ((Span(*m.span()), 0.25) for m in _DURATION.finditer(text, within.start, within.end))
    yield from ((Span(*m.span()), 0.1) for m in _WEEKDAY.finditer(text, within.start, within.end))
    deadlines = find_deadlines(text, within)
    wants_day = bool(re.search(r"truoc ngay|ngay nao|ngay may|han |thoi han|cham nhat", asked))
    for span, deadline in deadlines:
        yield span, 0.2 - (0.1 * rank(deadline) if wants_day else 0.0)
    for span, _ in find_dates(text, within):
        if not any(span.overlaps(other) for other, _ in deadlines):
            yield span, 0.4 if _since(text, within, span, asked) else 0.0


def _since(text: str, within: Span, span: Span, asked: str) -> bool:
    """Whether the question asks from when on, and the date says from when on."""
    return bool(re.search(r"tu (?:bao gio|khi nao|ngay nao)|hieu luc", asked)) and bool(
        re.search(r"từ\s+(?:ngày\s+)?$", text[max(within.start, span.start - 10) : span.start])
    )


def _doers(text: str, within: Span, asked: str) -> Iterator[tuple[Span, float]]:
    """Persons, with the office that stands beside their name; bodies, best right after "giao"."""
    wants_person = bool(
        re.search(
            r"\bai\b|dong chi nao|nguoi nao|ten (?:la )?gi|(?:chu tich|truong ban|bi thu|dang vien|giam doc) nao", asked
        )
    )
    for match in _PERSON.finditer(text, within.start, within.end):
        name = match.lastgroup or "plain"
        yield Span(*match.span(name)), 0.25 if wants_person else -0.1
    if _ONLY_PERSON.search(asked):
        return
    for span in bodies(text, within):
        given = re.search(r"giao(?: cho| trách nhiệm cho)?\s+$", text[max(within.start, span.start - 24) : span.start])
        yield span, 0.3 if given and "giao" in asked else 0.0


def lacks_digits(sentence: str, asked: str) -> bool:
    """Whether a telephone, account or identity number is asked for and the sentence holds none."""
    return bool(_DIGITS_ASKED.search(asked)) and not _LONG_NUMBER.search(sentence)


def shape_fits(sentence: str, asked: str, wanted: Wanted) -> float:
    """1 for a sentence whose shape fits the question: "X là …" for "X là gì", "X gồm …" for "X gồm ai"; else 0."""
    if re.search(r"\bgom\b|bao gom", asked):
        return float(bool(re.search(r"\bgồm\b", sentence)))
    return float(_defines(sentence, asked, wanted))


def run_in_fits(text: str, sentence: Span, kind: QuestionKind) -> float:
    """1 for what stands after "Thời gian:" where the question asks when, "Địa điểm:" where it asks where; else 0."""
    head = _RUN_IN.get(kind)
    return float(bool(head and head.search(text[max(sentence.start - 24, 0) : sentence.start + 24])))


def _defines(sentence: str, asked: str, wanted: Wanted) -> bool:
    if not re.search(r"\bthe nao la\b|\bla gi\b|nghia la|duoc hieu", asked):
        return False
    words = wanted.words(sentence).sequence
    la = "la" if wanted.folded else "là"
    return any(word == la and n and words[n - 1] in wanted.weights for n, word in enumerate(words[:16]))


def _repeats(text: str, span: Span, wanted: Wanted) -> bool:
    """Whether most words of a stretch are the question's own."""
    own = wanted.words(span.of(text)).all
    return (
        bool(own)
        and sum(word in wanted.weights for word in own) / len(own) > 0.6
        and not re.search(r"\d", span.of(text))
    )


def _nearness(text: str, within: Span, span: Span, wanted: Wanted) -> float:
    """The question's words around a stretch within its clause, each counted less the farther off it stands."""
    clause = _clause(text, within, span)
    after = wanted.words(text[span.start : clause.end]).sequence[:_FAR]
    before = wanted.words(text[clause.start : span.start]).sequence[::-1][:_FAR]
    total = sum(wanted.weights.values()) or 1.0
    return (_weighed(after, wanted) + 0.8 * _weighed(before, wanted)) / total


def _clause(text: str, within: Span, span: Span) -> Span:
    start = max(text.rfind(";", within.start, span.start) + 1, within.start)
    end = text.find(";", span.end, within.end)
    return Span(start, end if end >= 0 else within.end)


def _weighed(near: tuple[str, ...], wanted: Wanted) -> float:
    seen: set[str] = set()
    total = 0.0
    for distance, word in enumerate(near):
        if word in wanted.weights and word not in seen:
            seen.add(word)
            total += wanted.weights[word] / (1 + distance / _HALF)
    return total
