"""How likely a sentence answers a question: a logistic regression over the evidence, learned by eval/tune_ranker.py."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from search.types import Way

WEIGHTS = Path(__file__).with_name("ranker.json")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a sentence. Shares of the question's words lie in 0..1, each word counted by how rare it is."""

    own: float  # words in the sentence
    plain: float  # … by idf alone, the words that only help to ask too
    before: float  # words in the sentence before it
    heading: float  # … in the headings above it
    lead_in: float  # … in the line with a colon that opens its list
    document: float  # … in the type, number, issuer, place, year and summary of its document
    passage: float
    section: float
    support: float  # … anywhere of these, the nearest counting most
    pairs: float  # neighbouring words of the question that are neighbours in the sentence
    pairs_near: float  # … or in its headings
    pairs_passage: float
    name: float  # least share of a name of the question near the sentence
    name_document: float  # … with the rest of the document counting half
    focus: float  # … of the question's words nearest to those that ask, in the sentence, its headings or lead-in
    tail: float  # least share of the last words of a name: its place, or whose it is
    missing: float  # weight of the heaviest word that the section lacks, as a share of the heaviest one
    key_words: float  # share of the rarest words
    years: float  # share of the years named
    rank: float  # 1 / rank of the passage
    score: float  # its score as a share of the best
    dense: float  # cosine of question and passage, weighted as in the fusion
    cosine: float  # cosine of question and sentence
    named: float  # 1 in the document that the question names, 0 in another, 0.5 where it names none
    near: float  # nearness of the question's words to the best stretch of the type asked for
    typed: float  # 1 where there is such a stretch
    shape: float
    run_in: float
    length: float  # natural logarithm of the number of characters
    opens_list: float  # 1 where it ends with a colon

    def values(self) -> tuple[float, ...]:
        """In the order of FEATURES."""
        return tuple(getattr(self, name) for name in FEATURES)


FEATURES: tuple[str, ...] = tuple(field.name for field in fields(Evidence))


MOST_MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """A logistic regression over the evidence, weights in the order of FEATURES: how likely each sentence answers."""

    weights: tuple[float, ...]
    bias: float

    def log_odds(self, evidence: Evidence) -> float:
        return self.bias + math.fsum(w * x for w, x in zip(self.weights, evidence.values(), strict=True))


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely the sentence that is ranked first answers, among all questions; under `least` there is no answer.

    The weights are those of FEATURES, of the log-odds, and of how far they lie above the next sentence's. `ways` are
    the shares of right answers of the other ways of answering.
    """

    weights: tuple[float, ...]
    bias: float
    least: float
    ways: Mapping[Way, float]

    def of(self, evidence: Evidence, log_odds: float, margin: float) -> float:
        """A probability, calibrated on the development questions."""
        values = (*evidence.values(), log_odds, min(margin, MOST_MARGIN))
        return 1 / (1 + math.exp(-self.bias - math.fsum(w * x for w, x in zip(self.weights, values, strict=True))))


GATE_FEATURES: tuple[str, ...] = (*FEATURES, "log_odds", "margin")


def make_ranker(weights: Sequence[float], bias: float) -> Ranker:
    """Raises ValueError where there isn't one weight for each feature."""
    if len(weights) != len(FEATURES):
        raise ValueError(
            f"{len(weights)} weights for {len(FEATURES)} features; learn them anew: python -m eval.tune_ranker"
        )
    return Ranker(tuple(weights), bias)


@cache
def shipped_ranker() -> Ranker:
    """What eval/tune_ranker.py learned last."""
    learned = _learned()
    return make_ranker([learned["weights"][name] for name in FEATURES], learned["bias"])


@cache
def shipped_confidence() -> Confidence:
    """What eval/tune_ranker.py learned last."""
    gate = _learned()["confidence"]
    weights = tuple(gate["weights"][name] for name in GATE_FEATURES)
    return Confidence(weights, gate["bias"], gate["least"], {Way(name): share for name, share in gate["ways"].items()})


@cache
def _learned() -> Any:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))
