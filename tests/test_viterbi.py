"""Likeliest paths through a row of choices, compared with all paths."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from search.viterbi import best_path, near_paths

Scores = list[NDArray[np.float64]]


def drawn(seed: int) -> tuple[Scores, Scores]:
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 4, size=5)
    chances = [chance.normal(size=size) for size in sizes]
    return chances, [chance.normal(size=(one, two)) for one, two in pairwise(sizes)]


def score(path: tuple[int, ...], chances: Scores, steps: Scores) -> float:
    alone = sum(float(chance[at]) for chance, at in zip(chances, path, strict=True))
    return alone + sum(float(step[one, two]) for step, one, two in zip(steps, path, path[1:], strict=False))


def all_paths(chances: Scores, steps: Scores) -> list[tuple[int, ...]]:
    paths = product(*(range(len(chance)) for chance in chances))
    return sorted(paths, key=lambda path: -score(path, chances, steps))


@pytest.mark.parametrize("seed", range(20))
def test_the_best_path_is_the_best_of_all(seed: int) -> None:
    chances, steps = drawn(seed)
    assert tuple(best_path(chances, steps)) == all_paths(chances, steps)[0]


@pytest.mark.parametrize("seed", range(20))
def test_near_paths_are_the_best_through_each_other_choice_within_the_margin(seed: int) -> None:
    chances, steps = drawn(seed)
    best, *others = all_paths(chances, steps)
    least = score(best, chances, steps) - 1.5
    through = {
        next(path for path in [best, *others] if path[place] == choice)
        for place, chance in enumerate(chances)
        for choice in range(len(chance))
    }
    expected = {path for path in through if path != best and score(path, chances, steps) >= least}
    found = [tuple(path) for path in near_paths(chances, steps, 1.5)]
    assert set(found) == expected
    assert found == sorted(found, key=lambda path: -score(path, chances, steps))


def test_a_row_of_one_has_no_steps() -> None:
    chances = [np.array([0.0, 1.0])]
    assert best_path(chances, []) == [1]
    assert near_paths(chances, [], 2.0) == [[0]]
    assert near_paths(chances, [], 0.5) == []
