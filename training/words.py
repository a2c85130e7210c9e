"""Texts as rows of word numbers, so that counting and comparing are sums over arrays."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import fold

WORD = re.compile(r"\w+|[^\w\s]")
OLD_TONES = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
NEW_TONES = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()


def one_tone(word: str) -> str:
    """The word with its tone mark on the second vowel of oa, oe, uy.

    >>> one_tone("hòa"), one_tone("thủy")
    ('hoà', 'thuỷ')
    """
    for old, new in zip(OLD_TONES, NEW_TONES, strict=True):
        word = word.replace(old, new)
    return word


class Words:
    """Numbers of the words seen so far, in the order in which they came; one number for both placements of a tone."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._number: dict[str, int] = {}
        self._spelling: dict[str, int] = {}

    def numbers(self, text: str) -> NDArray[np.int32]:
        found = WORD.findall(unicodedata.normalize("NFC", text).lower())
        return np.fromiter(map(self._of, found), dtype=np.int32, count=len(found))

    def folded(self) -> NDArray[np.int32]:
        """For each word the number of its form without diacritics; words seen later aren't in it."""
        bare: dict[str, int] = {}
        return np.array([bare.setdefault(fold(name), len(bare)) for name in self.names], dtype=np.int32)

    def _of(self, word: str) -> int:
        number = self._spelling.get(word)
        if number is None:
            number = self._spelling[word] = self._new(one_tone(word))
        return number

    def _new(self, name: str) -> int:
        if name not in self._number:
            self._number[name] = len(self.names)
            self.names.append(name)
        return self._number[name]


def joined(rows: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """All rows one after the other, each followed by -1."""
    stop = np.array([-1], dtype=np.int32)
    return np.concatenate([part for row in rows for part in (row, stop)]) if rows else stop
