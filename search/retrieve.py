"""Candidates of the lexical and the dense index, and their fusion. Pure, given the indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import fold
from indexer.lexical import LexicalIndex
from indexer.vectors import VectorIndex
from search.fuse import Fused, FusionSettings, field_weights, fuse
from search.types import Scored

# Running Vietnamese carries a mark on three syllables of four; from this share on a query counts as typed in full.
FULLY_ACCENTED_SHARE = 0.5


def retrieve(
    lexical: LexicalIndex,
    vectors: VectorIndex | None,
    terms: Mapping[str, Sequence[str]],
    query_vector: NDArray[np.float32] | None,
    *,
    k: int,
    allowed: NDArray[np.bool_] | None = None,
    settings: FusionSettings | None = None,
) -> list[Fused]:
    """The k best passages, best first, ties by position; only those that match a term or stand near the query's vector.

    `allowed` is a mask over all passages and is applied before anything is ranked. Evidence has a key for each lexical
    field and "dense", and adds up to the score.
    """
    chosen = settings or FusionSettings()
    weights = field_weights(accented_share(terms.get("syllables", ())), chosen)
    shares = lexical_shares(lexical, terms, weights, allowed)
    found = _top(np.sum(list(shares.values()), axis=0), chosen.candidates) if shares else np.empty(0, dtype=np.int64)
    near: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    if vectors is not None and query_vector is not None and len(vectors):
        near = np.array(
            [hit.position for hit in dense_candidates(vectors, query_vector, allowed, chosen.candidates)],
            dtype=np.int64,
        )
    positions = np.union1d(found, near)
    at_candidates = {name: share[positions] for name, share in shares.items()}
    if vectors is not None and query_vector is not None and len(positions):
        at_candidates["dense"] = np.float32(chosen.dense) * vectors.similarities(query_vector, positions)
    return fuse(at_candidates, positions, k)


def accented_share(syllables: Sequence[str]) -> float:
    """0 for a query typed without diacritics, 1 for one typed with all of them, in between for half of them."""
    spoken = [syllable for syllable in syllables if syllable.isalpha()]
    if not spoken:
        return 1.0
    marked = sum(fold(syllable) != syllable for syllable in spoken)
    return min(marked / len(spoken) / FULLY_ACCENTED_SHARE, 1.0)


def lexical_shares(
    index: LexicalIndex,
    terms: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
    allowed: NDArray[np.bool_] | None,
) -> dict[str, NDArray[np.float32]]:
    """Each field's weighted share of the score of every passage, its best allowed passage scaled to the field's weight.

    Fields of weight 0 are not read; a passage that isn't allowed gets 0.
    """
    asked = {name: terms[name] for name, weight in weights.items() if weight > 0 and name in terms}
    return {name: _scaled(scores, weights[name], allowed) for name, scores in index.scores(asked).items()}


def _scaled(scores: NDArray[np.float32], weight: float, allowed: NDArray[np.bool_] | None) -> NDArray[np.float32]:
    kept = scores if allowed is None else np.where(allowed, scores, np.float32(0))
    best = kept.max(initial=0.0)
    return kept * np.float32(weight / best) if best > 0 else kept


def lexical_candidates(
    index: LexicalIndex,
    terms: Mapping[str, Sequence[str]],
    allowed: NDArray[np.bool_] | None,
    k: int,
    settings: FusionSettings | None = None,
) -> list[Scored]:
    """The k passages that the lexical fields together find best, best first, ties by position; none without a match."""
    weights = field_weights(accented_share(terms.get("syllables", ())), settings or FusionSettings())
    shares = lexical_shares(index, terms, weights, allowed)
    if not shares:
        return []
    total: NDArray[np.float32] = np.sum(list(shares.values()), axis=0)
    return [Scored(int(position), float(total[position])) for position in _top(total, k)]


def dense_candidates(
    index: VectorIndex, query_vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None, k: int
) -> list[Scored]:
    """The k passages nearest to the query, best first, ties by position."""
    return [Scored(position, score) for position, score in index.search(query_vector, k, allowed)]


def _top(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the k best scores above 0, best first, ties by position, also at the cut."""
    matching = np.flatnonzero(scores > 0)
    if len(matching) > k:
        held = scores[matching]
        border = np.partition(held, len(held) - k)[len(held) - k]
        matching = matching[held >= border]
    order = np.lexsort((matching, -scores[matching]))[:k]
    return matching[order]
