"""Typed stretches of a sentence: figures with unit, dates and terms, persons, bodies; ranked by nearness. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.types import Span
from indexer.understand.bodies import bodies
from indexer.understand.dates import find_dates, find_deadlines, rank
from search.figures import figures, is_spelled_out
from search.match import Wanted
from search.persons import foreign_names, persons
from search.types import QuestionKind

_TIME_OF_DAY = re.compile(
    r"(?:từ\s+|trước\s+|lúc\s+)?\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?(?:\s*phút)?(?:\s*(?:,|đến|và)?\s*(?:từ\s+)?\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?)*(?:,?\s*(?:thứ\s+\w+,?\s*)?ngày\s+\d{1,2}(?:/\d{1,2}(?:/\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?))?"
)
_FROM_SIGNING = re.compile(
    r"(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký(?:\s+ban\s+hành|\s+quyết\s+định)?|ban\s+hành)(?!\w)", re.IGNORECASE
)
_ANY_THING = frozenset("hom nguoi noi don co dia to ban doanh so cai dong phan lan thanh can trong la o cho".split())
_OF_A_DOCUMENT = re.compile(r"\d[\w.]*\s?[-/]\s?[A-ZĐ][\w/&. -]*,?\s*(?:ngày\s+)?$")
_TIME_UNITS = {
    "ngay": "ngày", "thang": "tháng", "nam": "năm", "gio": "giờ", "lan": "lần", "phut": "phút", "tuan": "tuần"
}  # fmt: skip
_ONLY_PERSON = re.compile(
    r"\bla ai\b|\bai la\b|ten (?:la )?gi|\bai (?:ky|phu trach|chu tri)\b"
    r"|(?:dong chi|nguoi|chu tich|truong ban|bi thu|dang vien|giam doc) nao"
)
_WEEKDAY = re.compile(
    r"(?<!tuần )(?:(?:buổi\s+)?(?:sáng|chiều)\s+)?(?:ngày\s+)?thứ\s+"
    r"(?:Hai|Ba|Tư|Năm|Sáu|Bảy|hai|ba|tư|năm|sáu|bảy)(?:\s+tuần\s+(?:thứ\s+\w+|[^,.;]{1,24}?))?"
    r"(?:\s+(?:hằng|hàng)\s+(?:tuần|tháng))?(?=[,.;)\s]|$)"
)
_LONG_NUMBER = re.compile(r"(?<![\d.])(?:\d{6,}|0\d{2,3}[ .-]\d{3}[ .-]\d{3,4})(?![\d.])|@")
_DIGITS_ASKED = re.compile(
    r"\bso (?:dien thoai|duong day nong|tai khoan|fax|can cuoc|cccd|cmnd|di dong|may le)|\b(?:email|hotline)\b"
)
_RELATIONS = tuple(
    (re.compile(asked), re.compile(said, re.IGNORECASE))
    for asked, said in (
        (r"\bai\b.{0,12}\bky\b|\bky\b.{0,24}\bai\b|nguoi ky", r"\bký\b"),
        (
            r"\b(?:vi|tai) sao\b|\bly do (?:gi|nao)\b|nguyen nhan (?:gi|nao)",
            r"\b(?:vì|bởi|nhờ|nguyên nhân|lý do|nhằm|do(?! (?:đồng chí|ông|bà|ban|cơ quan)))\b",
        ),
        (r"\bso nha\b|\bdia chi\b|duong nao\b", r"\b(?:số|đường|phố|địa chỉ)\b(?! (?:dây|lối))"),
    )
)
_RUN_IN = {
    QuestionKind.WHEN: re.compile(r"(?:Thời gian|Thời hạn|Hạn|Thời điểm)[^:.;]{0,16}:"),
    QuestionKind.WHERE: re.compile(r"(?:Địa điểm|Nơi|Tại)[^:.;]{0,16}:"),
}
_YEAR = re.compile(
    r"(?<![\d./-])(?:(?:từ|đến|vào|trong|khoảng|trước|sau|cuối|đầu)\s+)*"
    r"(?:(?:mùa \w+\s+)?năm\s+)?(?:1[0-9]|20)\d\d(?![\d.,/]\d|\d)"
    r"|[Tt]hế kỷ (?:thứ )?(?:\d{1,2}|[IVX]+)(?!\w)"
)
_DURATION = re.compile(
    r"(?:(?:trong|không quá|chậm nhất|sau|quá|vòng|thời hạn|tối đa|ít nhất)\s+)+(?:\d+|một|hai|ba|năm|mười)\s*"
    r"(?:giờ|ngày làm việc|ngày|tháng|năm|tuần|phút)"
)
# The kinds of question that ask for a stretch of a type.
TYPED_KINDS = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN, QuestionKind.WHO})
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
    unit, noun = _unit_asked(asked), _noun_asked(asked)
    if unit is None and noun and not _names_thing(noun, fold(within.of(text))):
        return
    for span in figures(text, within):
        if unit is None or re.search(unit, span.of(text)):
            follows = bool(noun) and fold(text[span.start : span.end + 40]).find(noun or "") > 0
            if not follows and is_spelled_out(span.of(text)):
                continue
            yield span, 0.5 * follows + 0.3 * _is_risen_to(text, span, asked)


def _is_risen_to(text: str, span: Span, asked: str) -> bool:
    """Whether the question asks what something rose or fell to, and the figure says so."""
    to = re.search(r"\b(len|xuong|con|thanh) (?:la |den )?bao nhieu", asked)
    return to is not None and fold(text[max(span.start - 12, 0) : span.start]).split()[-1:] == [to[1]]


def _unit_asked(asked: str) -> str | None:
    """What must stand with a figure: a percent sign, a sum of money, a stretch of time."""
    if re.search(r"ty le|ti le|phan tram|%", asked):
        return r"%|phần trăm"
    if re.search(
        r"bao nhieu tien|(?:bao nhieu|may) (?:trieu|ty|nghin|dong)\b|phu cap|kinh phi|so tien"
        r"|muc (?:chi|ho tro|thu|tro cap|phat|dong|thuong|luong)|thu lao|du bao nhieu"
        r"|hoc bong|tien",
        asked,
    ):
        return r"đồng\b(?! chí)|triệu|tỷ\b|nghìn|ngàn"
    match = re.search(r"(?:bao nhieu|may) (ngay|thang|nam|gio|lan|phut|tuan)\b", asked)
    return _TIME_UNITS[match[1]] if match else None


def _names_thing(noun: str, folded: str) -> bool:
    """Whether a sentence speaks of the thing counted at all; of people and places it may by any other word."""
    first = noun.split()[0]
    return first in _ANY_THING or re.search(rf"\b{re.escape(first)}\b", folded) is not None


def _noun_asked(asked: str) -> str | None:
    """The thing counted: "đoàn viên" of "bao nhiêu đoàn viên ưu tú"."""
    match = re.search(r"(?:bao nhieu|\bmay) ((?:\w+ ?){1,2})", asked)
    return match[1].strip() if match else None


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
    if re.search(r"nam nao|nam bao nhieu|khi nao|bao gio|thoi gian nao|the ky nao", asked):
        yield from ((Span(*m.span()), -0.05) for m in _YEAR.finditer(text, within.start, within.end))
    if "hieu luc" in asked:
        yield from ((Span(*m.span()), 0.4) for m in _FROM_SIGNING.finditer(text, within.start, within.end))
    for span, _ in find_dates(text, within):
        if _dates_a_document(text, within, span) and not re.search(r"ban hanh|\bky\b|\bso nao\b", asked):
            continue
        if not any(span.overlaps(other) for other, _ in deadlines):
            yield span, 0.4 if _since(text, within, span, asked) else 0.0


def _dates_a_document(text: str, within: Span, span: Span) -> bool:
    """Whether a date only says which document is meant: "Kế hoạch số 19/KH-TLĐ ngày 20/01/2026"."""
    return bool(_OF_A_DOCUMENT.search(text[max(within.start, span.start - 40) : span.start]))


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
    for span in persons(text, within):
        yield span, 0.25 if wants_person else -0.1
    yield from ((span, 0.0) for span in foreign_names(text, within))
    if _ONLY_PERSON.search(asked):
        return
    for span in bodies(text, within):
        given = re.search(r"giao(?: cho| trách nhiệm cho)?\s+$", text[max(within.start, span.start - 24) : span.start])
        yield span, 0.3 if given and "giao" in asked else 0.0


def lacks_digits(sentence: str, asked: str) -> bool:
    """Whether a telephone, account or identity number is asked for and the sentence holds none."""
    return bool(_DIGITS_ASKED.search(asked)) and not _LONG_NUMBER.search(sentence)


def lacks_relation(sentence: str, asked: str) -> bool:
    """Whether the sentence doesn't speak of the relation that is asked for: signing, a reason, an address."""
    return any(pattern.search(asked) and not said.search(sentence) for pattern, said in _RELATIONS)


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
