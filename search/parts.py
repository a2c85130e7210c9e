"""Several questions in one, each put in full: "Kế hoạch 53 do ai ký và ngày nào?", "Ai ký Kế hoạch 53 và 61?". Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.analyze import fold
from indexer.types import Span
from search.conversation import Turn, completed, without_asking
from search.mentions import mentions
from search.names import names_in
from search.query import kind_of_text
from search.types import QuestionKind

MOST_PARTS = 4
_ASKS = re.compile(
    r"\b(?:ai|gi|nao|bao nhieu|may|bao gio|o dau|tai dau|the nao|bao lau|ra sao"
    r"|who|whom|when|where|what|which|how many|how much|how long)\b"
)
_BETWEEN = re.compile(r"[?!]\s+(?=\w)|\s*[;,]\s+(?:và\s+|va\s+|and\s+)?|\s+(?:và|va|and|rồi|roi|với lại|đồng thời)\s+")
_JOINED = re.compile(r"\s*(?:,|và|va|and|&|cùng|với|,\s*và)\s*")
_ELIDED = re.compile(
    r"(?P<join>\s*,\s*|\s+(?:và|va|and|hay|hoặc|or)\s+)(?P<serial>\d{1,4})"
    r"(?=\s*(?:$|[?,.;]"
    r"|(?:và|va|and|hay|hoặc|do|có|co|được|ai|ky|ký|gửi|thì|cái|văn bản|kế hoạch|nào|khác|ban hành)\b))"
)
_LONG_PART_WORDS = 9
# Kinds whose answer is one row or one comparison, whatever is asked of it.
_WHOLE = frozenset({QuestionKind.DUTY, QuestionKind.COMPARE, QuestionKind.YES_NO, QuestionKind.WHICH_DOCUMENT})


def parts(question: str) -> tuple[str, ...]:
    """The questions that one question holds, at most MOST_PARTS, in order; itself alone where it asks one thing.

    >>> parts("Kế hoạch 53 do ai ký và ngày nào?")
    ('Kế hoạch 53 do ai ký', 'Kế hoạch 53 ký ngày nào?')
    >>> parts("Ai ký Kế hoạch 53 và 61?")
    ('Ai ký Kế hoạch 53?', 'Ai ký Kế hoạch 61?')
    """
    text = with_kinds(" ".join(question.split()))
    return tuple(one for piece in _asked_apart(text) for one in _of_each_document(piece))[:MOST_PARTS]


def with_kinds(text: str) -> str:
    """ "Kế hoạch 53 và 61" as "Kế hoạch 53 và Kế hoạch 61"."""
    for span in reversed(mentions(text)):
        named = re.match(r"\D+(?= \d+$)", span.of(text))
        elided = _ELIDED.match(text, span.end) if named else None
        if named and elided:
            text = f"{text[: span.end]}{elided['join']}{named[0]} {elided['serial']}{text[elided.end() :]}"
    return text


def _asked_apart(text: str) -> list[str]:
    """The pieces that each ask something of their own, those after the first put in full by the one before."""
    if len(fold(text)) != len(text) or (kind_of_text(text) in _WHOLE and "?" not in text.rstrip(" ?")):
        return [text]
    found: list[str] = []
    start = 0
    for gap in _BETWEEN.finditer(text):
        piece, rest = text[start : gap.start()], text[gap.end() :]
        if _asks(piece) and _asks(_up_to_gap(rest)):
            found.append(piece)
            start = gap.end()
    found.append(text[start:])
    return _in_full(found)


def _up_to_gap(rest: str) -> str:
    return _BETWEEN.split(rest, maxsplit=1)[0]


def _asks(piece: str) -> bool:
    return bool(_ASKS.search(fold(piece)))


def _in_full(pieces: list[str]) -> list[str]:
    """Each piece with what those before it are about; the first one with the document that a later one names."""
    full = [_with_later_document(pieces)]
    for piece in pieces[1:]:
        full.append(_leaning(full[-1], piece))
    return full


def _with_later_document(pieces: list[str]) -> str:
    first, rest = pieces[0], " ; ".join(pieces[1:])
    later = mentions(rest)
    if not later or mentions(first):
        return first
    return completed(Turn(first, later[0].of(rest)), first)


def _leaning(before: str, piece: str) -> str:
    """A later part with what the part before is about, unless it says that itself."""
    whole = completed(Turn(before), piece)
    if whole != piece or mentions(piece) or names_in(piece) or len(piece.split()) >= _LONG_PART_WORDS:
        return whole
    return f"{without_asking(before)} {piece}"


def _of_each_document(text: str) -> list[str]:
    """The question once for each of the documents that it names side by side."""
    named = mentions(text)
    if len(named) < 2 or kind_of_text(text) in _WHOLE or not _side_by_side(text, named):
        return [text]
    head, tail = text[: named[0].start], text[named[-1].end :]
    return [f"{head}{span.of(text)}{tail}" for span in named]


def _side_by_side(text: str, named: tuple[Span, ...]) -> bool:
    gaps = (text[first.end : second.start] for first, second in pairwise(named))
    return all(_JOINED.fullmatch(gap) for gap in gaps)
