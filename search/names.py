"""Names in a question: runs of words of which the first ones are written with a capital. Pure."""

from __future__ import annotations

import re

from indexer.letters import LOWER, UPPER
from indexer.types import Span
from indexer.understand.bodies import bodies

_CAPITALS = re.compile(rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")
_SAID_OF = re.compile(r"\s(?:còn|có|đã|được|phải|là|gồm|bị|cần|nào|gì|bao|mấy|ai|đặt|khi|sẽ|tên)(?:\s|$)")
_QUANTIFIER = re.compile(r"^(?:Những|Các|Mọi|Mỗi|Từng|Một số|Toàn bộ|Tất cả(?: các)?)\s+(?=\S)")
_MAX_LOWER = 3
_GENERIC = frozenset({"cơ quan", "đơn vị", "cơ quan đơn vị", "cơ quan, đơn vị", "tổ chức", "các cơ quan", "các đơn vị"})


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
    names = (_without_verb(span.of(text)) for span in sorted(kept))
    return tuple(name for name in names if any(map(str.isupper, name)) and name.lower() not in _GENERIC)


def _without_verb(name: str) -> str:
    """Up to a word that begins what is said of the name, and no more than three words after its last capital.

    "Những cơ quan" has its capital from where it stands, not from a name.
    """
    words = _SAID_OF.split(_QUANTIFIER.sub("", name), maxsplit=1)[0].split()
    last = max((n for n, word in enumerate(words) if any(map(str.isupper, word))), default=-1)
    return " ".join(words[: last + 1 + _MAX_LOWER])
