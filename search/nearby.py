"""The rows of the sentences of passages, embedded when a passage is first among the best, then remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.embed import Embedder

_BETWEEN_SENTENCES = re.compile(r"(?<=[.;:?!])\s+|\n+")
_SHORTEST_SENTENCE = 16
# 4,000 passages of five sentences of 512 numbers take 41 MB.
_REMEMBERED = 4_000


class SentenceRows:
    """Safe to share between threads: what two of them embed at once is equal."""

    def __init__(self, embedder: Embedder, text_of: Callable[[int], str]) -> None:
        """`text_of` gives the text of the passage at a position."""
        self._embedder, self._text_of = embedder, text_of
        self._remembered: dict[int, NDArray[np.float32]] = {}

    def of(self, positions: Sequence[int]) -> list[NDArray[np.float32]]:
        """For each passage the rows of its sentences, shape (sentences, dimension); at least one each."""
        known = {position: self._remembered.get(position) for position in positions}
        missing = [position for position, rows in known.items() if rows is None]
        found = {position: rows for position, rows in known.items() if rows is not None} | self._embedded(missing)
        if len(self._remembered) + len(missing) > _REMEMBERED:
            self._remembered = {}
        self._remembered.update({position: found[position] for position in missing})
        return [found[position] for position in positions]

    def _embedded(self, positions: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        if not positions:
            return {}
        texts = [sentences_of(self._text_of(position)) for position in positions]
        rows = self._embedder.embed_passages([sentence for sentences in texts for sentence in sentences])
        ends = np.cumsum([len(sentences) for sentences in texts])
        return dict(zip(positions, np.split(rows, ends[:-1]), strict=True))


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of a text that are long enough to say something; the text itself where none is.

    >>> sentences_of("Điều 1. Phạm vi áp dụng. Quy định này áp dụng cho công đoàn cơ sở.")
    ['Phạm vi áp dụng.', 'Quy định này áp dụng cho công đoàn cơ sở.']
    """
    return [piece for piece in _BETWEEN_SENTENCES.split(text) if len(piece) >= _SHORTEST_SENTENCE] or [text]
