"""Replacements in a text, and where positions of the text before lie in the text after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces text[start:end] by `by`. Edits of one text are given in order and do not overlap."""

    start: int
    end: int
    by: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Linear in the text: the pieces between edits are joined once."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.by]
        at = edit.end
    return "".join((*pieces, text[at:]))


def moved(positions: NDArray[np.int64], edits: Sequence[Edit]) -> NDArray[np.int64]:
    """Positions of the text before as positions of the text after; one inside an edit moves to its start."""
    if not edits:
        return positions
    starts = np.array([edit.start for edit in edits])
    ends = np.array([edit.end for edit in edits])
    growth = np.array([len(edit.by) - (edit.end - edit.start) for edit in edits])
    shifts = np.concatenate(([0], np.cumsum(growth)))
    # The edits that end at or before a position shift it; the next one may hold it.
    before = np.searchsorted(ends, positions, side="right")
    following = np.append(starts, np.iinfo(np.int64).max)[before]
    after: NDArray[np.int64] = np.minimum(positions, following) + shifts[before]
    return after
