"""The fusion's weights by coordinate ascent, over shares that are worked out once for each question's candidates.

The candidates are the best of the settings begun from; each of them gets every part, so a trial costs a product and a
sort. What is found is measured again by the product's own ranking, in eval/tune_fusion.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import LexicalIndex
from indexer.vectors import VectorIndex
from search.fuse import FieldWeights, FusionSettings
from search.retrieve import Judge, proximity_shares, retrieve

FIELDS = tuple(FieldWeights.__slots__)
PARTS = ("dense", "clause", "sentences", "opening", "in_order", "sentence")
STEPS = (0.6, 0.8, 1.25, 1.6)
CANDIDATES = 100
DEPTH = 10
LEAST_GAIN = 2e-4
_ONE_EACH = FusionSettings(clause=1, sentences=1, opening=1, in_order=1)
_DISCOUNTS = 1 / np.log2(np.arange(2, DEPTH + 2))

Floats = NDArray[np.float32]
Weights = TypeVar("Weights", FusionSettings, FieldWeights)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Of each question up to CANDIDATES passages: their fields' scores, their parts, and whether they are relevant.

    Shapes (questions, candidates, fields), (questions, candidates, parts), (questions, candidates), (questions,),
    (questions,). A place without a candidate is not `held`.
    """

    fields: Floats
    parts: Floats
    held: NDArray[np.bool_]
    relevant: NDArray[np.bool_]
    accented: Floats
    wanted: NDArray[np.int64]

    def gain(self, settings: FusionSettings) -> float:
        """Mean nDCG@10."""
        share = self.accented[:, None]
        weights = share * _row(settings.accented) + (1 - share) * _row(settings.bare)
        lexical = np.einsum("qcf,qf->qc", self.fields, weights)
        best = lexical.max(axis=1, keepdims=True)
        scores = lexical / np.where(best > 0, best, 1) + self.parts @ _parts(settings)
        order = np.argsort(np.where(self.held, -scores, np.inf), axis=1, kind="stable")[:, :DEPTH]
        gained = np.take_along_axis(self.relevant, order, axis=1) @ _DISCOUNTS
        ideal = np.concatenate([[1.0], np.cumsum(_DISCOUNTS)])[np.minimum(self.wanted, DEPTH)]
        return float((gained / ideal).mean())


def _row(weights: FieldWeights) -> Floats:
    return np.array([getattr(weights, name) for name in FIELDS], dtype=np.float32)


def _parts(settings: FusionSettings) -> Floats:
    return np.array([getattr(settings, name) for name in PARTS], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Looked:
    """One question, and what is needed to look at its candidates."""

    terms: dict[str, Sequence[str]]
    vector: Floats
    accented: float
    relevant: frozenset[int]
    best_sentence: Judge


def candidates(lexical: LexicalIndex, vectors: VectorIndex, asked: Sequence[Looked]) -> Candidates:
    """The best passages of every question under the settings in use, with all that can be weighed of them."""
    size = len(asked)
    made = Candidates(
        fields=np.zeros((size, CANDIDATES, len(FIELDS)), dtype=np.float32),
        parts=np.zeros((size, CANDIDATES, len(PARTS)), dtype=np.float32),
        held=np.zeros((size, CANDIDATES), dtype=np.bool_),
        relevant=np.zeros((size, CANDIDATES), dtype=np.bool_),
        accented=np.array([one.accented for one in asked], dtype=np.float32),
        wanted=np.array([len(one.relevant) for one in asked], dtype=np.int64),
    )
    for number, one in enumerate(asked):
        _fill(made, number, one, lexical, vectors)
    return made


def _fill(made: Candidates, number: int, one: Looked, lexical: LexicalIndex, vectors: VectorIndex) -> None:
    found = retrieve(lexical, vectors, one.terms, one.vector, k=CANDIDATES, accented=one.accented)
    positions = np.array(sorted(hit.position for hit in found), dtype=np.int64)
    near = proximity_shares(lexical, one.terms.get("syllables", ()), positions, _ONE_EACH)
    parts = {
        "dense": np.maximum(vectors.similarities(one.vector, positions), 0),
        "sentence": np.maximum(one.best_sentence(positions), 0),
        **near,
    }
    scores = lexical.scores({name: one.terms[name] for name in FIELDS})
    upto = len(positions)
    made.fields[number, :upto] = np.stack([scores[name][positions] for name in FIELDS], axis=1)
    made.parts[number, :upto] = np.stack([parts[name] for name in PARTS], axis=1)
    made.held[number, :upto] = True
    made.relevant[number, :upto] = np.isin(positions, list(one.relevant))


def fitted(gain: Callable[[FusionSettings], float], settings: FusionSettings, rounds: int = 3) -> FusionSettings:
    """Each weight in turn times each step, kept where it gains; the fields' weights and those of the parts."""
    best, reached = settings, gain(settings)
    for _ in range(rounds):
        before = reached
        for trials in _trials():
            trial = max(trials(best), key=gain)
            if gain(trial) > reached + LEAST_GAIN:
                best, reached = trial, gain(trial)
        if reached == before:
            break
    return best


def _trials() -> list[Callable[[FusionSettings], list[FusionSettings]]]:
    """One function for each weight: the settings with that weight at each step."""
    return [
        *(lambda settings, name=name: [_times(settings, name, step) for step in STEPS] for name in PARTS),
        *(
            lambda settings, kind=kind, name=name: [
                replace(settings, **{kind: _times(getattr(settings, kind), name, step)}) for step in STEPS
            ]
            for kind in ("accented", "bare")
            for name in FIELDS
        ),
    ]


def _times(weights: Weights, name: str, step: float) -> Weights:
    return replace(weights, **{name: round(getattr(weights, name) * step, 3)})
