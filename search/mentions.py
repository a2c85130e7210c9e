"""Where a question names documents: "Kế hoạch số 71-KH/BKTTW", "Chỉ thị 31", "205/QĐ-LĐLĐ". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analyze import fold
from indexer.lexicon import KINDS
from indexer.numbers import find_numbers
from indexer.types import Span
from search.query import SHORT_NUMBER

_KIND_BEFORE = re.compile(
    rf"(?:{'|'.join(sorted((re.escape(fold(kind)) for kind in (*KINDS, 'văn bản')), key=len, reverse=True))})"
    r"(?: so| number| no\.?)?\s*$"
)


def mentions(text: str) -> tuple[Span, ...]:
    """The documents that a question names, in order, each with the word for its type before its number.

    >>> [span.of("Kế hoạch số 53/KH-LĐLĐ và Chỉ thị 27 do ai ký?") for span in mentions(
    ...     "Kế hoạch số 53/KH-LĐLĐ và Chỉ thị 27 do ai ký?")]
    ['Kế hoạch số 53/KH-LĐLĐ', 'Chỉ thị 27']
    """
    folded = fold(text)
    full = [Span(_with_kind(folded, span.start), span.end) for span, _ in find_numbers(text)]
    return tuple(sorted([*full, *_short(folded, full)]))


def _with_kind(folded: str, start: int) -> int:
    before = _KIND_BEFORE.search(folded[:start])
    return before.start() if before else start


def _short(folded: str, full: list[Span]) -> Iterator[Span]:
    for match in SHORT_NUMBER.finditer(folded):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in full):
            yield span


def without_mentions(text: str) -> str:
    """A question without the documents that it names: what it asks of them.

    >>> without_mentions("Ai ký Kế hoạch số 53/KH-LĐLĐ ngày nào?")
    'Ai ký ngày nào?'
    """
    pieces, end = [], 0
    for span in mentions(text):
        pieces.append(text[end : span.start])
        end = max(end, span.end)
    return " ".join("".join([*pieces, text[end:]]).split())
