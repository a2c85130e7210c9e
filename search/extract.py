"""From passages to sentences that answer: each sentence with what it holds of the question, and its typed spans. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.letters import LOWER, UPPER
from indexer.types import Document, Span
from indexer.understand.bodies import bodies
from indexer.understand.dates import find_dates, find_deadlines
from indexer.understand.sentences import sentences
from search.match import Wanted, Words
from search.types import Hit, QuestionKind

_MAX_QUOTE = 700
_FIGURE = re.compile(
    r"(?<![\w./-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?:\s?%)?(?![\w/-]|\.\d|\)\s|\.\s)"
)
_UNIT = re.compile(rf"\s?(?:%|(?:[{LOWER}]+(?:\s|,\s(?=[{LOWER}]))?){{0,7}})")
_BEFORE_FIGURE = re.compile(r"(?:trên|dưới|ít nhất|tối thiểu|tối đa|khoảng|gần|hơn|không quá|đạt|từ|bình quân|mức)\s+$", re.IGNORECASE)
_SPELLED = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:đồng chí|tháng|lần|ngày|năm|người|vụ|đợt|cuộc)(?!\w)")
_NOT_COUNTED = re.compile(r"(?:Điều|khoản|điểm|mục|số|Chương|Quyết định|Chỉ thị|Nghị quyết|Kế hoạch|khóa|quý|năm|tháng|ngày|lần thứ)\s*$", re.IGNORECASE)
_PERSON = re.compile(
    rf"(?:(?:[Đđ]/c:?|[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s+)(?P<name>[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+){{1,4}})"
    rf"|(?P<plain>(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Tô|Lương|Đoàn|Hà|Cao"
    rf"|Thái|Lưu|Tạ|Chu|Quách|Triệu|Vương|La|Lò|Vàng|Giàng|Sùng|Nông|Ma|Hứa|Khổng|Châu|Kiều|Tống|Đào|Thạch|Sơn|Vi|Hà|Quàng|Cầm|Bế|Lục|Mã|Chẩu|Ksor|Siu|Y|Thập|Bá|Đàng|Đạo|Tăng|Từ|Phùng|Doãn|Nghiêm|Khuất|Tôn|Âu|Diệp|Lâm|Trương)"
    rf"(?:\s+[{UPPER}][{LOWER}]+){{1,4}})"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage found, and how well it carries what the question asks about.

    support: share of the question's words in the sentence, its headings and its document, nearest counting most; 0..1.
    score: support with neighbouring words and the passage's rank added; for ranking only.
    """

    document: Document
    span: Span
    heading: tuple[str, ...]
    words: Words
    support: float
    score: float
    named: bool

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


def sentences_of(hits: Iterable[Hit], wanted: Wanted) -> list[Sentence]:
    """The sentences of all passages found, best first, each once."""
    found: dict[tuple[str, Span], Sentence] = {}
    for hit in hits:
        for sentence in _sentences(hit, wanted):
            known = found.get((sentence.document.id, sentence.span))
            if known is None or known.score < sentence.score:
                found[(sentence.document.id, sentence.span)] = sentence
    return sorted(found.values(), key=lambda s: (-s.score, s.document.id, s.span))


def context_of(document: Document) -> str:
    """What a document is, in words: type, number, issuer, place, year, summary."""
    form = document.form
    year = f"năm {form.issued_on.year}" if form.issued_on else ""
    return " ".join(filter(None, (form.kind, form.number, form.superior, form.issuer, form.place, year, form.summary)))


def _sentences(hit: Hit, wanted: Wanted) -> Iterator[Sentence]:
    document, passage = hit.document, hit.passage
    about, path, whole = wanted.words(context_of(document)), wanted.words(" ".join(passage.heading)), wanted.words(hit.text)
    rank_share = 1 / (1 + hit.rank)
    for span in sentences(document.text, passage.span):
        own = wanted.words(span.of(document.text)[:_MAX_QUOTE])
        levels = ((own.all, 1.0), (path.all, 0.85), (about.all, 0.75), (whole.all, 0.6))
        support = wanted.coverage(levels)
        score = support + 0.5 * wanted.coverage(((own.all, 1.0),)) + 0.5 * wanted.pair_coverage(own.pairs | path.pairs) + 0.2 * rank_share
        named = not wanted.missing_names((own, path, about, whole))
        yield Sentence(document, span, passage.heading, own, support, score, named)


@dataclass(frozen=True, slots=True)
class Typed:
    """A stretch of a sentence of the type that a question asks for; `near` is how close it stands to the question's words."""

    span: Span
    near: float


def typed_spans(sentence: Sentence, kind: QuestionKind, wanted: Wanted) -> list[Typed]:
    """Figures, dates, persons or bodies of a sentence, best first; what the question says itself is no answer to it."""
    text, within = sentence.document.text, sentence.span
    if kind is QuestionKind.HOW_MANY:
        spans = list(_figures(text, within))
    elif kind is QuestionKind.WHEN:
        spans = _times(text, within)
    elif kind is QuestionKind.WHO:
        spans = [*_persons(text, within), *bodies(text, within)]
    else:
        return []
    typed = [Typed(span, _nearness(text, within, span, wanted)) for span in spans if not _is_asked(text, span, wanted, kind)]
    return sorted(typed, key=lambda t: (-t.near, t.span))


def _figures(text: str, within: Span) -> Iterator[Span]:
    for match in _FIGURE.finditer(text, within.start, within.end):
        if not _NOT_COUNTED.search(text[max(within.start, match.start() - 12) : match.start()]) or match[0].endswith("%"):
            yield Span(_qualified(text, within.start, match.start()), _with_unit(text, match.end(), within.end))
    for match in _SPELLED.finditer(text, within.start, within.end):
        yield Span(*match.span())


def _qualified(text: str, floor: int, start: int) -> int:
    before = _BEFORE_FIGURE.search(text[max(floor, start - 12) : start])
    return start - len(before[0]) if before else start


def _with_unit(text: str, end: int, ceiling: int) -> int:
    unit = _UNIT.match(text, end, ceiling)
    return end + len(unit[0].rstrip(" ,")) if unit else end


def _times(text: str, within: Span) -> list[Span]:
    deadlines = [span for span, _ in find_deadlines(text, within)]
    dates = [span for span, _ in find_dates(text, within) if not any(span.overlaps(d) for d in deadlines)]
    return deadlines + dates


def _persons(text: str, within: Span) -> Iterator[Span]:
    for match in _PERSON.finditer(text, within.start, within.end):
        yield Span(*match.span(match.lastgroup or 0))


def _is_asked(text: str, span: Span, wanted: Wanted, kind: QuestionKind) -> bool:
    """Whether a span only repeats the question: most of its words are the question's own."""
    if kind is QuestionKind.HOW_MANY:
        figure = re.match(r"\D*(\d[\d.,]*)", span.of(text))
        return bool(figure) and figure[1].rstrip(".,") in wanted.weights
    own = wanted.words(span.of(text)).all
    return bool(own) and sum(word in wanted.weights for word in own) / len(own) > 0.6


def _nearness(text: str, within: Span, span: Span, wanted: Wanted) -> float:
    """The question's words around a span, each divided by its distance in words; words after a span count a little more."""
    after = wanted.words(text[span.start : within.end]).sequence[:24]
    before = wanted.words(text[within.start : span.start]).sequence[::-1][:24]
    forward = sum(wanted.weights.get(word, 0.0) / (2 + distance) for distance, word in enumerate(after))
    backward = sum(wanted.weights.get(word, 0.0) / (2 + distance) for distance, word in enumerate(before))
    return 1.1 * forward + backward


def clause_around(document: Document, sentence: Span, wanted: Wanted) -> Span:
    """The whole sentence, or its best run of clauses where it is too long to quote."""
    if sentence.end - sentence.start <= _MAX_QUOTE:
        return sentence
    pieces = [Span(sentence.start + m.start(), sentence.start + m.end()) for m in re.finditer(r"[^;]+;?", sentence.of(document.text))]
    best = max(pieces, key=lambda piece: (wanted.coverage(((wanted.words(piece.of(document.text)).all, 1.0),)), -piece.start))
    stripped = best.of(document.text)
    start = best.start + len(stripped) - len(stripped.lstrip())
    return Span(start, start + len(stripped.strip()))
