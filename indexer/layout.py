"""Where the words of a text stand on the pages of its file. Packed into bytes, as it travels and is stored.

One record a word: where it starts in the text, its page (counted from 1) and its box in tenths of a PDF point
(1/720 inch) from the top left corner of the page. A word reaches to the start of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.edits import Edit, moved
from indexer.types import Span

_SIDES = ("left", "top", "right", "bottom")
_WORD = np.dtype([("start", "<u4"), ("page", "<u2"), *((side, "<u2") for side in _SIDES)])
_UNITS_PER_POINT = 10
_LARGEST = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (counted from 1), in PDF points from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def pack(words: Iterable[tuple[int, Box]]) -> bytes:
    """The layout of words given as (start in the text, box), in the order of the text."""
    rows = [(start, box.page, *map(_units, (box.left, box.top, box.right, box.bottom))) for start, box in words]
    return np.array(rows, dtype=_WORD).tobytes()


def _units(points: float) -> int:
    return min(max(round(points * _UNITS_PER_POINT), 0), _LARGEST)


def after_edits(layout: bytes, edits: Sequence[Edit]) -> bytes:
    """The layout of the text after some edits."""
    if not layout or not edits:
        return layout
    words = _words(layout).copy()
    words["start"] = moved(words["start"].astype(np.int64), edits)
    return words.tobytes()


def within(layout: bytes, span: Span) -> bytes:
    """The layout of a part of the text, its starts counted from the part's own start."""
    words = _words(layout)
    first, last = np.searchsorted(words["start"], (span.start, span.end))
    part = words[first:last].copy()
    part["start"] -= span.start
    return part.tobytes()


def boxes(layout: bytes, span: Span) -> tuple[Box, ...]:
    """One box for each line that a span covers, in reading order. Whole words: a span within a word gives its word."""
    words = _words(layout)
    first, last = np.searchsorted(words["start"], (span.start, span.end - 1), side="right")
    found: list[Box] = []
    for word in words[max(first - 1, 0) : last]:
        box = Box(int(word["page"]), *(float(word[side]) / _UNITS_PER_POINT for side in _SIDES))
        if found and _on_one_line(found[-1], box):
            found[-1] = _joined(found[-1], box)
        else:
            found.append(box)
    return tuple(found)


def _on_one_line(line: Box, word: Box) -> bool:
    """Whether a word goes on to the right in the line, at most three line heights behind it."""
    height = min(line.bottom - line.top, word.bottom - word.top)
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    near = word.left - line.right <= 3 * (line.bottom - line.top)
    return line.page == word.page and word.left >= line.left and shared >= height / 2 and near


def _joined(line: Box, word: Box) -> Box:
    top, bottom = min(line.top, word.top), max(line.bottom, word.bottom)
    return Box(line.page, line.left, top, max(line.right, word.right), bottom)


def _words(layout: bytes) -> NDArray[np.void]:
    return np.frombuffer(layout, dtype=_WORD)
