"""Comparing text without caring how it was typed or where its lines break; positions are kept.

Apart from indexer.analyze on purpose: a measure that shares the product's spelling rules can't see their faults.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from indexer.types import Span

_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
_TONED_SECOND = re.compile(r"(?<=[oO])[àáãảạèéẽẻẹÀÁÃẢẠÈÉẼẺẸ]|(?<=[uU])[ỳýỹỷỵỲÝỸỶỴ]")


def same_tones(text: str) -> str:
    """One placement of the tone for oa, oe and uy. The text must be NFC; its length stays.

    >>> same_tones("hoà, uỷ") == same_tones("hòa, ủy")
    True
    """
    letters = list(text)
    for match in _TONED_SECOND.finditer(text):
        position = match.start()
        toned = unicodedata.normalize("NFD", match.group())
        letters[position], tone = toned[0], toned[1]
        letters[position - 1] = unicodedata.normalize("NFC", letters[position - 1] + tone)
    return "".join(letters)


def plain(text: str) -> str:
    """The form in which accepted answers are compared: NFC, one tone placement, one blank, lower case."""
    return " ".join(same_tones(unicodedata.normalize("NFC", text)).casefold().split())


def contains_words(text: str, words: str) -> bool:
    """Whether `words` occur in `text` as typed words and numbers, not inside longer ones.

    >>> contains_words("Giới thiệu 780 đoàn viên", "780"), contains_words("Giới thiệu 1.780 đoàn viên", "780")
    (True, False)
    """
    wanted = plain(words)
    whole = rf"(?<!\w)(?<!\d[.,]){re.escape(wanted)}(?!\w)(?![.,]\d)"
    return bool(wanted) and re.search(whole, plain(text)) is not None


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without its white space, NFC, one tone placement; starts[i]..ends[i] is where letter i stood."""

    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def find(self, quote: str) -> tuple[Span, ...]:
        """Every place of a quote in the text that was squeezed, in order; () where it doesn't occur."""
        wanted = squeeze(quote).letters
        if not wanted:
            return ()
        matches = re.finditer(f"(?={re.escape(wanted)})", self.letters)
        firsts = [match.start() for match in matches]
        return tuple(Span(self.starts[first], self.ends[first + len(wanted) - 1]) for first in firsts)


def squeeze(text: str) -> Squeezed:
    """Takes decomposed text too: a letter and the marks behind it are one place."""
    placed = [
        (letter, cluster.start(), cluster.end())
        for cluster in _CLUSTER.finditer(text)
        for letter in unicodedata.normalize("NFC", cluster.group())
        if not letter.isspace()
    ]
    letters = same_tones("".join(letter for letter, _, _ in placed))
    return Squeezed(letters, tuple(start for _, start, _ in placed), tuple(end for _, _, end in placed))
