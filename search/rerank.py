"""The optional second stage: a cross-encoder puts the best passages in a new order. Pure, given the cross-encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from indexer.rerank import Reranker
from search.fuse import Fused

READ_AGAIN = 20
"""How many passages the cross-encoder reads for a query; each costs one run of its model."""
WEIGHT = 10.0
"""More than all other shares add up to, so that the cross-encoder decides among what it read."""


def reranked(
    found: Sequence[Fused], query: str, reranker: Reranker, text_of: Callable[[int], str], k: int
) -> list[Fused]:
    """The first k of the passages found, the first READ_AGAIN of them in the cross-encoder's order; ties as found.

    Evidence has one key more, "cross_encoder", and still adds up to the score.
    """
    read = found[:READ_AGAIN]
    scores = reranker.scores(query, [text_of(one.position) for one in read])
    again = [_with_share(one, WEIGHT * float(score)) for one, score in zip(read, scores, strict=True)]
    return [*sorted(again, key=lambda one: -one.score), *found[READ_AGAIN:]][:k]


def _with_share(one: Fused, share: float) -> Fused:
    evidence = MappingProxyType({**one.evidence, "cross_encoder": share})
    return replace(one, score=one.score + share, evidence=evidence)
