"""How likely a sentence answers a question: a logistic regression over the evidence, learned by eval/tune_ranker.py."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("ranker.json")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a sentence. Shares of the question's words lie in 0..1, each word counted by how rare it is."""

    own: float  # words in the sentence
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


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights in the order of FEATURES. A sentence whose log-odds are under `least` is no answer."""

    weights: tuple[float, ...]
    bias: float
    least: float

    def log_odds(self, evidence: Evidence) -> float:
        return self.bias + math.fsum(w * x for w, x in zip(self.weights, evidence.values(), strict=True))


def make_ranker(weights: Sequence[float], bias: float, least: float) -> Ranker:
    """Raises ValueError where there isn't one weight for each feature."""
    if len(weights) != len(FEATURES):
        raise ValueError(
            f"{len(weights)} weights for {len(FEATURES)} features; learn them anew: python -m eval.tune_ranker"
        )
    return Ranker(tuple(weights), bias, least)


@cache
def shipped_ranker() -> Ranker:
    """What eval/tune_ranker.py learned last."""
    learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return make_ranker([learned["weights"][name] for name in FEATURES], learned["bias"], learned["least"])
