"""Candidates of the lexical and the dense index, and their fusion in two stages. Pure, given the indexes.

First every passage is scored by the lexical fields, and the nearest vectors are added; then the best of them are looked
at once more, for how the question's words stand in them. All shares are at least 0, so a passage that was not looked at
again can't have deserved a place among those that were by more than it scored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import fold
from indexer.lexical import ORDERED_FIELD, LexicalIndex, positive_idf
from indexer.vectors import VectorIndex
from search.fuse import Fused, FusionSettings, field_weights, fuse
from search.proximity import CLAUSE, SENTENCES, distinct, in_order, nearness, opening
from search.types import Scored

# Running Vietnamese carries a mark on three syllables of four; from this share on a query counts as typed in full.
FULLY_ACCENTED_SHARE = 0.5
_BLOCK = 64
_LEAST = float(np.finfo(np.float32).tiny)

Shares = dict[str, NDArray[np.float32]]
Judge = Callable[[NDArray[np.int64]], NDArray[np.float32]]
"""Of the passages at some positions, how well each meets something, 0..1."""


def retrieve(
    lexical: LexicalIndex,
    vectors: VectorIndex | None,
    terms: Mapping[str, Sequence[str]],
    query_vector: NDArray[np.float32] | None,
    *,
    k: int,
    allowed: NDArray[np.bool_] | None = None,
    settings: FusionSettings | None = None,
    accented: float | None = None,
    preferred: Judge | None = None,
    best_sentence: Judge | None = None,
    other_wordings: Sequence[Mapping[str, Sequence[str]]] = (),
) -> list[Fused]:
    """The k best passages, best first, ties by position: those that share a term with the query or lie near its vector.

    `allowed` is a mask over all passages, applied before anything is ranked. `accented` is the `accented_share` of the
    query as typed, where `terms` are those of a restored one. `preferred` says how far each candidate is of the kind
    that the query names, `best_sentence` how near its nearest sentence is; it is only asked of the best few.
    `other_wordings` are the terms of the query in other words; a passage counts in the wording that suits it best.
    Evidence has a key for each lexical field, "dense", "clause", "sentences", "opening", "in_order", "named" and
    "sentence", and adds up to the score.
    """
    chosen = settings or FusionSettings()
    share = accented_share(terms.get("syllables", ())) if accented is None else accented
    wordings = (terms, *other_wordings)
    matching = lexical_shares(lexical, wordings, field_weights(share, chosen), allowed)
    deep = max(chosen.candidates, k)
    positions = _best(matching, deep)
    shares = _at(matching, positions)
    if vectors is not None and query_vector is not None:
        near = dense_candidates(vectors, query_vector, allowed, deep)
        positions = np.union1d(positions, np.array([hit.position for hit in near], dtype=np.int64))
        shares = _at(matching, positions)
        shares["dense"] = np.float32(chosen.dense) * np.maximum(vectors.similarities(query_vector, positions), 0)
    again = _best(shares, chosen.reranked)
    orders = [wording.get(ORDERED_FIELD, ()) for wording in wordings]
    close = _greatest([proximity_shares(lexical, order, positions[again], chosen) for order in orders])
    shares |= _spread(close, again, len(positions))
    if preferred is not None and chosen.named:
        shares["named"] = np.float32(chosen.named) * preferred(positions)
    if best_sentence is not None and chosen.sentence and len(positions):
        best = _best(shares, chosen.read)
        nearest = np.float32(chosen.sentence) * np.maximum(best_sentence(positions[best]), 0)
        shares |= _spread({"sentence": nearest}, best, len(positions))
    return fuse(shares, positions, k)


def accented_share(syllables: Sequence[str]) -> float:
    """0 for a query typed without diacritics, 1 for one typed with all of them, in between for half of them.

    A query without a syllable, such as a bare number, counts as typed in full.
    """
    spoken = [syllable for syllable in syllables if syllable.isalpha()]
    if not spoken:
        return 1.0
    marked = sum(fold(syllable) != syllable for syllable in spoken)
    return min(marked / len(spoken) / FULLY_ACCENTED_SHARE, 1.0)


def lexical_shares(
    index: LexicalIndex,
    wordings: Sequence[Mapping[str, Sequence[str]]],
    weights: Mapping[str, float],
    allowed: NDArray[np.bool_] | None,
) -> Shares:
    """Each field's share of the lexical score of every passage; the best allowed passage's shares add up to 1.

    Of several wordings each passage is scored in the one that suits it best. Fields of weight 0 are not read; a passage
    that isn't allowed gets 0.
    """
    weighted = _greatest([_weighted(index, terms, weights) for terms in wordings])
    kept = weighted if allowed is None else {name: np.where(allowed, scores, 0) for name, scores in weighted.items()}
    best = _total(kept, len(index)).max(initial=0.0)
    return {name: scores / best for name, scores in kept.items()} if best > 0 else kept


def _weighted(index: LexicalIndex, terms: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> Shares:
    asked = {name: terms[name] for name, weight in weights.items() if weight > 0 and name in terms}
    return {name: scores * np.float32(weights[name]) for name, scores in index.scores(asked).items()}


def proximity_shares(
    index: LexicalIndex, syllables: Sequence[str], positions: NDArray[np.int64], settings: FusionSettings
) -> Shares:
    """How the query's syllables stand in the passages at `positions`, weighted."""
    known = distinct(syllables)
    number = {syllable: place for place, syllable in enumerate(known)}
    # A word that stands nowhere counts as the rarest: what is found must not look complete without it.
    unknown = positive_idf(len(index), 0)
    weights = np.array([idf or unknown for idf in index.idfs(ORDERED_FIELD, known)])
    pairs = index.idfs("bigrams", [f"{first}_{second}" for first, second in pairwise(syllables)])
    seen = index.sightings(known, positions)
    clause, sentences = nearness(seen, weights, (CLAUSE, SENTENCES), len(positions))
    shares = {
        "clause": settings.clause * clause,
        "sentences": settings.sentences * sentences,
        "opening": settings.opening * opening(seen, weights, len(positions)),
        "in_order": settings.in_order * in_order(seen, [number[s] for s in syllables], pairs, len(positions)),
    }
    return {name: share.astype(np.float32) for name, share in shares.items()}


def dense_candidates(
    index: VectorIndex, query_vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None, k: int
) -> list[Scored]:
    """The k passages nearest to the query, best first, ties by position."""
    return [Scored(position, score) for position, score in index.search(query_vector, k, allowed)]


def _greatest(wordings: Sequence[Shares]) -> Shares:
    """For each passage, the shares in the wording in which they add up to most."""
    greatest = wordings[0]
    for shares in wordings[1:]:
        size = len(next(iter(shares.values()), ()))
        better = _total(shares, size) > _total(greatest, size)
        greatest = {name: np.where(better, shares[name], share) for name, share in greatest.items()}
    return greatest


def _total(shares: Shares, size: int) -> NDArray[np.float32]:
    total = np.zeros(size, dtype=np.float32)
    for share in shares.values():
        total += share
    return total


def _at(shares: Shares, positions: NDArray[np.int64]) -> Shares:
    return {name: share[positions] for name, share in shares.items()}


def _spread(shares: Shares, places: NDArray[np.int64], size: int) -> Shares:
    """Shares of some candidates as shares of all of them, 0 for the others."""
    spread = {name: np.zeros(size, dtype=np.float32) for name in shares}
    for name, share in shares.items():
        spread[name][places] = share
    return spread


def _best(shares: Shares, k: int) -> NDArray[np.int64]:
    return _top(_total(shares, len(next(iter(shares.values()), ()))), k)


def _top(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the k best scores above 0, best first, ties by position, also at the cut."""
    matching = np.flatnonzero(scores >= max(_bound(scores, k), _LEAST))
    if len(matching) > k > 0:
        held = scores[matching]
        matching = matching[held >= np.partition(held, len(held) - k)[len(held) - k]]
    order = np.lexsort((matching, -scores[matching]))[:k]
    return matching[order]


def _bound(scores: NDArray[np.float32], k: int) -> float:
    """A score that at least k passages reach: the k-th best of the best of each block. A third of the time of all."""
    blocks = len(scores) // _BLOCK
    if not 0 < k <= blocks:
        return 0.0
    best = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    return float(np.partition(best, blocks - k)[blocks - k])
