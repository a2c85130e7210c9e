"""A pattern that begins with one of several words, tried only where one of them stands: cheaper than a plain search."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_BEFORE_WORD = re.compile(r"(?:\(\?<[!=][^()]*\)|\(\?i:|\(\?:)+")


# Up to this many first words are looked for one by one, which the string search of Python does faster than a regex.
_FEW = 16


class Phrases:
    """`pattern`, whose every match begins with the first word of an alternative of `alternations` ("báo cáo|gửi")."""

    __slots__ = ("_first", "_pattern", "_prefixes")

    def __init__(self, pattern: re.Pattern[str], *alternations: str) -> None:
        starts = [start for alternation in alternations for start in _starts(alternation)]
        self._pattern = pattern
        self._first = frozenset(word for word, whole in starts if whole)
        self._prefixes = tuple(word for word, whole in starts if not whole)

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        word = _WORD.match(text, position)
        return self._pattern.match(text, position) if word and self._may_begin(word[0].lower()) else None

    def search(self, text: str, position: int = 0) -> re.Match[str] | None:
        return next(self.finditer(text, position), None)

    def finditer(self, text: str, position: int = 0) -> Iterator[re.Match[str]]:
        """Matches in reading order that don't overlap."""
        places = self._tried_words(text, position) if len(self._first) > _FEW else self._found_words(text, position)
        for place in places:
            match = self._pattern.match(text, place) if place >= position else None
            if match:
                yield match
                position = match.end()

    def _tried_words(self, text: str, position: int) -> Iterator[int]:
        return (word.start() for word in _WORD.finditer(text, position) if self._may_begin(word[0].lower()))

    def _found_words(self, text: str, position: int) -> list[int]:
        lower = text.lower()
        if len(lower) != len(text):
            return list(self._tried_words(text, position))
        standing = [word for word in self._first if word in lower]
        return sorted(place for word in standing for place in _occurrences(lower, word, position)) if standing else []

    def _may_begin(self, word: str) -> bool:
        return word in self._first or (self._prefixes != () and word.startswith(self._prefixes))


def _occurrences(text: str, word: str, position: int) -> Iterator[int]:
    place = text.find(word, position)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def _starts(alternation: str) -> Iterator[tuple[str, bool]]:
    """The first word of each alternative in lower case, and whether it is a whole word."""
    for alternative in _top_level(alternation):
        lead = _BEFORE_WORD.match(alternative)
        rest = alternative[lead.end() if lead else 0 :]
        word = _WORD.match(rest)
        if word is None:
            raise ValueError(f"an alternative must begin with a word, not {alternative!r}")
        yield word[0].lower(), rest[word.end() : word.end() + 1] not in ("[", "?", "\\")


def _top_level(alternation: str) -> Iterator[str]:
    """The parts between bars outside brackets."""
    depth, start = 0, 0
    for place, mark in enumerate(alternation):
        depth += (mark in "([") - (mark in ")]")
        if mark == "|" and depth == 0:
            yield alternation[start:place]
            start = place + 1
    yield alternation[start:]
