"""Pictures of pages: how far they are turned, and the rules drawn on them. Arrays of brightness in, geometry out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.layout import Box
from indexer.read.flow import Word
from indexer.read.tables import Rule

_DARKER = 50
"""Below the median brightness of a page, which is that of its paper, of 255."""
_SKEW_SEARCH = ((0.5, 8), (0.1, 5))
"""(step in degrees, steps to each side)."""
_SKEW_PIXELS = 800
"""The longer side of the picture on which the skew is looked for: letters may blur, lines must not."""
_RULE_POINTS = 0.7
_LEVEL_POINTS = 40.0
_UPRIGHT_POINTS = 25.0
"""Longer than any stroke of a letter of the text."""
_SOLID = 0.8
_BESIDE = 3
_LIGHT_SHARE = 0.3
"""Rows beside a rule, and how much of them may be dark."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a picture was turned to be read: first by quarters counterclockwise, then by a few degrees about its centre.

    width and height are those of the picture after the quarters, in points.
    """

    quarters: int
    degrees: float
    width: float
    height: float

    def back(self, word: Word, page: int) -> Box:
        """The box of a word on the page as it lies in the file."""
        angle = radians(self.degrees)
        x, y = (word.left + word.right) / 2 - self.width / 2, (word.top + word.bottom) / 2 - self.height / 2
        across, down = x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)
        middle, width, height = (across + self.width / 2, down + self.height / 2), self.width, self.height
        half = (word.right - word.left) / 2, (word.bottom - word.top) / 2
        for _ in range(self.quarters):
            # A quarter back clockwise: what was the left edge is the top edge.
            middle, half = (height - middle[1], middle[0]), (half[1], half[0])
            width, height = height, width
        return Box(page, middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])


def skew_of(picture: Image.Image) -> float:
    """Degrees by which to turn a picture counterclockwise so that its lines lie level; 0.0 where none is better.

    The turn at which the sums of neighbouring rows differ most (Postl, 1986), looked for coarsely, then finely.
    """
    small = picture.convert("L")
    small.thumbnail((_SKEW_PIXELS, _SKEW_PIXELS))
    best = 0.0
    for step, steps in _SKEW_SEARCH:
        angles = [best + step * n for n in range(-steps, steps + 1)]
        best = max(angles, key=lambda angle: (_contrast(small, angle), -abs(angle)))
    return best


def _contrast(picture: Image.Image, degrees: float) -> float:
    turned = picture.rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255)
    sums = (255.0 - np.asarray(turned, dtype=np.float32)).sum(axis=1)
    return float(np.square(np.diff(sums)).sum())


def rules_of(picture: Image.Image, points_per_pixel: float) -> list[Rule]:
    """Long straight lines, level and upright, in points."""
    grey = np.asarray(picture.convert("L"))
    thickness = max(round(_RULE_POINTS / points_per_pixel), 1)
    ink = float(np.median(grey[::8, ::8])) - _DARKER
    level, upright = (_thinned(sides, thickness) < ink for sides in (grey, grey.T))
    along, across = points_per_pixel, points_per_pixel * thickness
    return [
        *(Rule(a * along, y * across, b * along, y * across) for y, a, b in _runs(level, _LEVEL_POINTS / along)),
        *(Rule(x * across, a * along, x * across, b * along) for x, a, b in _runs(upright, _UPRIGHT_POINTS / along)),
    ]


def _thinned(grey: NDArray[np.uint8], rows: int) -> NDArray[np.uint8]:
    """The darkest of every few rows: a hairline, grey on two rows of pixels, becomes one dark row."""
    whole = grey[: len(grey) // rows * rows]
    darkest: NDArray[np.uint8] = whole.reshape(-1, rows, grey.shape[1]).min(axis=1)
    return darkest


def _runs(dark: NDArray[np.bool_], length: float) -> Iterator[tuple[int, int, int]]:
    """(row, start, end) of every solid run of `length` or more; one that only repeats the row above is left out."""
    window = max(round(length), 2)
    if dark.shape[1] < window:
        return
    counted = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    solid = counted[:, window:] - counted[:, :-window] >= _SOLID * window
    above: tuple[int, list[tuple[int, int]]] = (-1, [])
    for row in np.flatnonzero(solid.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(np.pad(solid[row], 1).astype(np.int8)))
        found = [(a, b + window - 1) for a, b in edges.reshape(-1, 2).tolist()]
        repeated = above[1] if above[0] == row - 1 else []
        new = ((a, b) for a, b in found if not any(c <= a and b <= d for c, d in repeated))
        yield from ((row, a, b) for a, b in new if _is_thin(dark, row, a, b))
        above = row, found


def _is_thin(dark: NDArray[np.bool_], row: int, start: int, end: int) -> bool:
    """Whether it is light on both sides of a run: beside a line of text that reads as one stroke are its letters."""
    sides = (dark[side, start:end].mean() for side in (row - _BESIDE, row + _BESIDE) if 0 <= side < len(dark))
    return max(sides, default=0.0) < _LIGHT_SHARE
