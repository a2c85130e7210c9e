"""Several rankings into one: a weighted sum of scores that were brought to one scale. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What a field's BM25 score counts in the lexical score, whose best allowed passage is brought to 1."""

    words: float
    syllables: float
    bigrams: float
    folded: float
    folded_bigrams: float

    def as_mapping(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class FusionSettings:
    """Chosen by eval/tune_fusion.py on legal_qa_dev; its table is in docs/decisions/0004-fusion.md.

    The weights of dense, clause, sentences, opening and in_order stand beside the best lexical score, which is 1.
    Its figures there are those of single passages; eval/layout.py measures files, over passages and all.
    """

    accented: FieldWeights = FieldWeights(words=0.9, syllables=0.31, bigrams=0.13, folded=0.0, folded_bigrams=0.0)
    bare: FieldWeights = FieldWeights(words=0.12, syllables=0.1, bigrams=0.0, folded=0.5, folded_bigrams=0.3)
    dense: float = 0.92
    clause: float = 0.48
    sentences: float = 1.95
    opening: float = 0.74
    in_order: float = 1.29
    # What the query names of a document's type, year and issuer; 0.3 and 0.6 cost .002 and .01 on eval/gold/dev*.jsonl.
    named: float = 0.1
    # The cosine of the nearest sentence, of the best five passages. At .8 / .4: legal_qa_dev .9112 / .9118, mean
    # reciprocal rank of the evidence on eval/gold/dev*.jsonl .782 / .789; at 1.2 .9118 and .766.
    sentence: float = 0.4
    read: int = 5
    candidates: int = 200  # passages of each retriever; every right answer of legal_qa_dev is in the first 50
    reranked: int = 50


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage's position in the index and its score; the evidence, each retriever's share, adds up to the score."""

    position: int
    score: float
    evidence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def field_weights(accented_share: float, settings: FusionSettings) -> dict[str, float]:
    """The weights between `bare` (no syllable carries a mark) and `accented` (the usual share of them does)."""
    accented, bare = settings.accented.as_mapping(), settings.bare.as_mapping()
    return {name: accented_share * accented[name] + (1 - accented_share) * bare[name] for name in accented}


def fuse(
    shares: Mapping[str, NDArray[np.float32]], positions: Sequence[int] | NDArray[np.int64], k: int
) -> list[Fused]:
    """The k best of the candidates at `positions`, best first, ties by position.

    `shares` holds each retriever's weighted and normalised score of each candidate, in the order of `positions`.
    """
    places = np.asarray(positions, dtype=np.int64)
    total = np.sum([np.asarray(share, dtype=np.float64) for share in shares.values()], axis=0)
    order: NDArray[np.int64] = np.lexsort((places, -total))[:k] if len(places) else places
    return [
        Fused(
            int(places[at]), float(total[at]), {name: float(share[at]) for name, share in shares.items() if share[at]}
        )
        for at in order
    ]
