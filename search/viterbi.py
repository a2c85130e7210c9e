"""The likeliest paths through a row of choices (Viterbi, 1967). Pure.

Scores are logarithms of chances. `chances[i]` has the shape (choices at i,), `steps[i]` the shape
(choices at i, choices at i + 1).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_path(chances: Sequence[Scores], steps: Sequence[Scores]) -> list[int]:
    """The choice at each place; of equally likely ones the first."""
    ends, before = _forward(chances, steps)
    return _back(int(ends[-1].argmax()), before)


def near_paths(chances: Sequence[Scores], steps: Sequence[Scores], margin: float) -> list[list[int]]:
    """For each choice off the best path, the best path through it where it is at most `margin` worse; best first."""
    ends, before = _forward(chances, steps)
    rests, after = _backward(chances, steps)
    best = float(ends[-1].max())
    through = [(end + rest) - best for end, rest in zip(ends, rests, strict=True)]
    near = sorted(
        (-float(score), place, choice)
        for place, scores in enumerate(through)
        for choice, score in enumerate(scores)
        if score >= -margin
    )
    paths = (_back(choice, before[:place]) + _on(choice, after[place:])[1:] for _, place, choice in near)
    likeliest = _back(int(ends[-1].argmax()), before)
    return [list(path) for path in dict.fromkeys(map(tuple, paths)) if list(path) != likeliest]


def _forward(chances: Sequence[Scores], steps: Sequence[Scores]) -> tuple[list[Scores], list[NDArray[np.intp]]]:
    """The best score of a path that ends at each choice, and the choice before it."""
    ends, before = [chances[0]], []
    for chance, step in zip(chances[1:], steps, strict=True):
        paths = ends[-1][:, None] + step
        before.append(paths.argmax(axis=0))
        ends.append(paths.max(axis=0) + chance)
    return ends, before


def _backward(chances: Sequence[Scores], steps: Sequence[Scores]) -> tuple[list[Scores], list[NDArray[np.intp]]]:
    """The best score of what follows each choice, and the choice after it."""
    rests, after = [np.zeros(len(chances[-1]))], []
    for chance, step in zip(reversed(chances[1:]), reversed(steps), strict=True):
        paths = step + (chance + rests[-1])[None, :]
        after.append(paths.argmax(axis=1))
        rests.append(paths.max(axis=1))
    return rests[::-1], after[::-1]


def _back(choice: int, before: Sequence[NDArray[np.intp]]) -> list[int]:
    path = [choice]
    for step in reversed(before):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _on(choice: int, after: Sequence[NDArray[np.intp]]) -> list[int]:
    path = [choice]
    for step in after:
        path.append(int(step[path[-1]]))
    return path
