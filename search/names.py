"""Names in a question: runs of words of which the first ones are written with a capital. Pure."""

from __future__ import annotations

import re

from indexer.letters import LOWER, UPPER
from indexer.types import Span
from indexer.understand.bodies import bodies

_CAPITALS = re.compile(rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")


def names_in(text: str) -> tuple[str, ...]:
    """Bodies, persons and places named in a question typed with capitals; the longest of overlapping ones."""
    if not text.strip():
        return ()
    whole = Span(0, len(text))
    spans = [span for span in bodies(text, whole) if any(map(str.isupper, span.of(text)))]
    spans += [Span(*match.span()) for match in _CAPITALS.finditer(text)]
    spans.sort(key=lambda span: (span.start - span.end, span.start))
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(_to_last_capital(span.of(text)) for span in sorted(kept))


def _to_last_capital(name: str) -> str:
    """Without the words that follow the last one with a capital: a verb may have slipped in."""
    words = name.split()
    last = max(n for n, word in enumerate(words) if any(map(str.isupper, word)))
    return " ".join(words[: last + 1])
