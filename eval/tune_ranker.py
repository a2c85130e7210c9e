"""Learns the weights of search/ranker.py from gold questions: python -m eval.tune_ranker GOLD... --index DIR [--write]

Every sentence that overlaps a quote of the gold set is an answer, every other one is none. The figures printed are
cross-validated over questions; what is written is learned from all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.gold import GoldQuestion, load
from eval.text import squeeze
from indexer.types import Span
from search.engine import Engine, open_engine
from search.extract import Sentence
from search.ranker import FEATURES, WEIGHTS
from search.types import QuestionKind

FOLDS = 5
SEEDS = (0, 1, 2)
# Inverse strength of the L2 penalty; .01, .1 and 1 gave 120, 121 and 115 of 196 questions.
REGULARIZATION = 0.1
# All sentences of a question that are no answer weigh twice as much together as those that are one.
NEGATIVE_WEIGHT = 2.0
# What a wrong answer costs, in right ones: staff act on answers, and ask again after a refusal.
COST_OF_WRONG = 0.25
_TYPED = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN, QuestionKind.WHO})


@dataclass(frozen=True, slots=True)
class Example:
    """A question's sentences: rows (sentences, features), which of them answer, and which may be chosen at all."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    eligible: NDArray[np.bool_]
    answerable: bool


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.tune_ranker", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help=f"replace {WEIGHTS.name}")
    options = parser.parse_args(argv)
    engine = open_engine(options.index)
    examples = [_example(engine, question) for question in load(options.gold)]
    least, right = _cross_validated(examples)
    print(
        f"{right:.1f} of {len(examples)} questions right (mean of {len(SEEDS)} runs of {FOLDS}-fold cross-validation)"
    )
    if options.write:
        weights, bias = _fit(examples)
        learned = {"weights": dict(zip(FEATURES, weights, strict=True)), "bias": bias, "least": least}
        WEIGHTS.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    return 0


def _example(engine: Engine, question: GoldQuestion) -> Example:
    query, found = engine.sentences(question.question)
    quotes = _quotes(engine, question)
    rows = np.array([sentence.evidence.values() for sentence in found], dtype=np.float64).reshape(-1, len(FEATURES))
    right = np.array([_overlaps(sentence, quotes) for sentence in found], dtype=np.bool_)
    needs_type = query.kind in _TYPED and any(sentence.typed for sentence in found)
    eligible = np.array([s.complete and (bool(s.typed) or not needs_type) for s in found], dtype=np.bool_)
    return Example(rows, right, eligible, bool(question.files))


def _quotes(engine: Engine, question: GoldQuestion) -> list[tuple[str, Span]]:
    documents = [document for document in engine.documents() if document.file in question.files]
    squeezed = [(document.id, squeeze(document.text)) for document in documents]
    return [(name, span) for name, text in squeezed for quote in question.evidence for span in text.find(quote)]


def _overlaps(sentence: Sentence, quotes: Sequence[tuple[str, Span]]) -> bool:
    return any(sentence.document.id == document_id and sentence.span.overlaps(span) for document_id, span in quotes)


def _fit(examples: Sequence[Example]) -> tuple[list[float], float]:
    """Weights and bias for features as they are; they are learned on standardised ones."""
    kept = [example for example in examples if len(example.rows)]
    rows = np.concatenate([example.rows for example in kept])
    right = np.concatenate([example.right for example in kept])
    importance = np.concatenate([_importance(example.right) for example in kept])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=REGULARIZATION, max_iter=2000)
    model.fit((rows - mean) / spread, right, sample_weight=importance)
    weights = model.coef_[0] / spread
    return [round(float(w), 5) for w in weights], round(float(model.intercept_[0] - weights @ mean), 5)


def _importance(right: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(right, 1.0 / max(right.sum(), 1), NEGATIVE_WEIGHT / len(right))


def _cross_validated(examples: Sequence[Example]) -> tuple[float, float]:
    """The threshold with most right answers and refusals, less what wrong answers cost, and how many are right then."""
    outcomes = [outcome for seed in SEEDS for outcome in _held_out(examples, seed)]
    scores = np.array([score for score, _, _ in outcomes])
    right = np.array([hit for _, hit, _ in outcomes])
    answerable = np.array([asked for _, _, asked in outcomes])

    def count(least: float) -> int:
        return int(((scores >= least) & right).sum() + ((scores < least) & ~answerable).sum())

    def worth(least: float) -> float:
        return count(least) - COST_OF_WRONG * int(((scores >= least) & ~right).sum())

    best = max(np.quantile(scores, np.linspace(0, 1, 101)), key=worth)
    return round(float(best), 4), count(best) / len(SEEDS)


def _held_out(examples: Sequence[Example], seed: int) -> list[tuple[float, bool, bool]]:
    """For each question, from a model that never saw it: log-odds of the chosen sentence, whether it answers, and
    whether the question has an answer."""
    order = np.random.default_rng(seed).permutation(len(examples))
    outcomes = []
    for fold in np.array_split(order, FOLDS):
        held = set(fold.tolist())
        weights, bias = _fit([example for n, example in enumerate(examples) if n not in held])
        outcomes += [_chosen(examples[n], weights, bias) for n in fold]
    return outcomes


def _chosen(example: Example, weights: Sequence[float], bias: float) -> tuple[float, bool, bool]:
    if not example.eligible.any():
        return -99.0, False, example.answerable
    scores = np.where(example.eligible, example.rows @ np.array(weights) + bias, -99.0)
    best = int(np.argmax(scores))
    return float(scores[best]), bool(example.right[best]), example.answerable


if __name__ == "__main__":
    sys.exit(main())
