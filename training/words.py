"""Texts as rows of word numbers, so that counting and comparing are sums over arrays."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

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
    """Numbers of the words seen so far, in the order in which they came. Words of one spelling share a number."""

    def __init__(self, spelling: Callable[[str], str]) -> None:
        self.names: list[str] = []
        self._spelling = spelling
        self._of_name: dict[str, int] = {}
        self._of_word: dict[str, int] = {}

    def numbers(self, text: str) -> NDArray[np.int32]:
        found = WORD.findall(text.lower())
        return np.fromiter(map(self._number, found), dtype=np.int32, count=len(found))

    def _number(self, word: str) -> int:
        number = self._of_word.get(word)
        if number is None:
            name = self._spelling(word)
            number = self._of_word[word] = self._of_name.setdefault(name, len(self._of_name))
            if number == len(self.names):
                self.names.append(name)
        return number


def joined(rows: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """All rows one after the other, each followed by -1."""
    stop = np.array([-1], dtype=np.int32)
    return np.concatenate([part for row in rows for part in (row, stop)]) if rows else stop
