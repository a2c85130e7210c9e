"""Abbreviations that a document defines itself: "X (viết tắt là Y)", "X (sau đây gọi tắt là Y)", "X (Y)"."""

from __future__ import annotations

import re

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.understand.lines import plain

_NAMED = re.compile(
    r"(?P<long>[^.;()\n]{4,160}?)\s*[\"”]?\s*\(\s*(?:sau đây\s+)?(?:(?:gọi|viết)\s+tắt|gọi chung)\s+là\s*:?\s*[\"“]?(?P<short>[^)\"”\n]{2,60}?)[\"”]?\s*\)"
)
_INITIALS = re.compile(rf"(?P<long>(?:[{UPPER}{LOWER}]+[ ,-]+){{1,9}}[{UPPER}{LOWER}]+)\s*\((?P<short>[{UPPER}]{{2,10}})\)")


def abbreviations(text: str) -> tuple[tuple[str, str], ...]:
    """(short, long) pairs in reading order, each short form once."""
    found: dict[str, str] = {}
    for match in _NAMED.finditer(text):
        found.setdefault(plain(match["short"]), _long_form(plain(match["long"]), plain(match["short"])))
    for match in _INITIALS.finditer(text):
        long = _with_initials(plain(match["long"]), match["short"])
        if long:
            found.setdefault(match["short"], long)
    return tuple((short, long) for short, long in found.items() if short and long and short != long)


def _long_form(before: str, short: str) -> str:
    """What stands before the bracket: the words whose initials fit, else the whole clause after its last comma."""
    return _with_initials(before, short) or before.rsplit(", ", 1)[-1]


def _with_initials(before: str, short: str) -> str | None:
    """The last words of `before` whose initials spell `short`; None where they don't."""
    words = re.findall(rf"[{UPPER}{LOWER}]+", before)
    initials = fold(short)
    if len(words) < len(initials) or not initials.isalpha():
        return None
    tail = words[-len(initials) :]
    if "".join(fold(word)[0] for word in tail) != initials:
        return None
    return before[before.rindex(tail[0]) :] if before.count(tail[0]) == 1 else " ".join(tail)
