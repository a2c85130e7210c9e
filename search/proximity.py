"""How a question's words stand in a passage: near each other, in the question's order, at its opening. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from indexer.lexical import Sightings

# Spans, in syllables: about a clause, a long sentence or two short ones, and the opening of a passage.
CLAUSE = 15
SENTENCES = 60
OPENING = 40


def distinct(terms: Sequence[str]) -> list[str]:
    """The terms without repetitions, in order: what Sightings.terms counts in."""
    return list(dict.fromkeys(terms))


def nearness(
    seen: Sightings, weights: NDArray[np.float64], spans: Sequence[int], passages: int
) -> list[NDArray[np.float64]]:
    """For each span, the weight of the terms in each passage's best stretch of that many syllables.

    A weight is a share of all weight; 0 for a passage without a sighting.
    """
    best = [np.zeros(passages) for _ in spans]
    if not len(seen.rows) or not weights.sum():
        return best
    places = _places(seen, max(spans))
    away = _next_places(seen.terms, places, len(weights)) - places
    firsts = np.flatnonzero(np.diff(seen.rows, prepend=-1))
    for share, span in zip(best, spans, strict=True):
        share[seen.rows[firsts]] = np.maximum.reduceat(weights @ (away < span), firsts) / weights.sum()
    return best


def _places(seen: Sightings, gap: int) -> NDArray[np.int64]:
    """One running number over all passages, which lie at least `gap` apart."""
    return seen.rows * (int(seen.offsets.max()) + gap + 1) + seen.offsets


def _next_places(terms: NDArray[np.int64], places: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Shape (terms, sightings): where each term stands next, at or after each sighting."""
    never = np.int64(np.iinfo(np.int64).max // 2)
    at = np.where(np.arange(size)[:, None] == terms, places, never)
    following: NDArray[np.int64] = np.minimum.accumulate(at[:, ::-1], axis=1)[:, ::-1]
    return following


def opening(seen: Sightings, weights: NDArray[np.float64], passages: int) -> NDArray[np.float64]:
    """For each passage, the weight of the terms among its first OPENING syllables, as a share of all weight."""
    if not weights.sum():
        return np.zeros(passages)
    early = seen.offsets < OPENING
    held = np.zeros((passages, len(weights)), dtype=np.bool_)
    held[seen.rows[early], seen.terms[early]] = True
    share: NDArray[np.float64] = held @ weights / weights.sum()
    return share


def in_order(
    seen: Sightings, asked: Sequence[int], pair_weights: Sequence[float], passages: int
) -> NDArray[np.float64]:
    """For each passage, the weight of the question's runs of three syllables that it holds, as a share of all of them.

    `asked` are the question's syllables as numbers of distinct terms, pair_weights[i] the weight of asked[i : i + 2].
    """
    if len(asked) < 3 or len(seen.rows) < 3 or not sum(pair_weights):
        return np.zeros(passages)
    size = max(asked) + 1
    runs = _codes(size, sliding_window_view(np.asarray(asked, dtype=np.int64), 3))
    codes, firsts = np.unique(runs, return_index=True)
    weights = np.add(pair_weights[:-1], pair_weights[1:])[firsts]
    places = _places(seen, 1)
    together = np.flatnonzero(places[2:] - places[:-2] == 2)
    found = _codes(size, sliding_window_view(seen.terms, 3)[together])
    nearest = np.minimum(np.searchsorted(codes, found), len(codes) - 1)
    asked_for = codes[nearest] == found
    held = np.zeros((passages, len(codes)), dtype=np.bool_)
    held[seen.rows[together[asked_for]], nearest[asked_for]] = True
    share: NDArray[np.float64] = held @ weights / weights.sum()
    return share


def _codes(size: int, runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each row of three; exact while the question has under a million distinct terms."""
    return (runs[:, 0] * size + runs[:, 1]) * size + runs[:, 2]
