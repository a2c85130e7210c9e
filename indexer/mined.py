"""Abbreviations that no document defines, learned at build from those that use them beside their long form. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.analyze import fold
from indexer.lexicon import ABBREVIATIONS, ISSUER_CODES, KIND_CODES
from indexer.numbers import find_numbers
from indexer.types import Document

_SHORT = re.compile(r"(?<![\w/.-])[A-ZĐƯ]{4,8}(?![\w/-])")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\s,–-]{1,3}")
_KNOWN = frozenset(fold(short) for short in (*ABBREVIATIONS, *ISSUER_CODES, *KIND_CODES))
# A long form counts from its second place on, and only where no other fits as often.
_LEAST_PLACES = 2


def mined_abbreviations(documents: Sequence[Document]) -> list[tuple[str, str, int]]:
    """(short, long, position of the first document that has both), by short form; nothing that is known already."""
    defined = {fold(short) for document in documents for short, _ in document.abbreviations}
    users: dict[str, list[int]] = {}
    for position, document in enumerate(documents):
        for short in _shorts(document.text):
            if fold(short) not in defined | _KNOWN:
                users.setdefault(short, []).append(position)
    found = ((short, _long_form(short, documents, places), places[0]) for short, places in sorted(users.items()))
    return [(short, long, place) for short, long, place in found if long]


def _shorts(text: str) -> set[str]:
    """Words in capitals among small letters; a line of capitals is a heading, and a number's letters are its own."""
    numbers = {letters for span, _ in find_numbers(text) for letters in re.findall(r"\w+", span.of(text))}
    lines = (line for line in text.split("\n") if not line.isupper())
    return {match[0] for line in lines for match in _SHORT.finditer(line)} - numbers


def _long_form(short: str, documents: Sequence[Document], places: Sequence[int]) -> str:
    """What the documents that use a short form spell most often with its initials; "" where that is not clear."""
    counted: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for place in places:
        for written in _spelled(short, documents[place].text):
            counted[written.lower()] += 1
            spelled.setdefault(written.lower(), written)
    best = counted.most_common(2)
    clear = len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1])
    return spelled[best[0][0]] if best and clear and best[0][1] >= _LEAST_PLACES else ""


def _spelled(short: str, text: str) -> Iterator[str]:
    """Runs of words, joined by blanks, commas or hyphens, whose initials are the letters of the short form."""
    words = list(_WORD.finditer(text))
    initials, wanted = "".join(fold(word[0][0])[:1] or "?" for word in words), fold(short)
    place = initials.find(wanted)
    while place >= 0:
        run = words[place : place + len(wanted)]
        gaps = (text[one.end() : other.start()] for one, other in pairwise(run))
        if all(_JOINED.fullmatch(gap) for gap in gaps):
            yield " ".join(text[run[0].start() : run[-1].end()].split())
        place = initials.find(wanted, place + 1)
