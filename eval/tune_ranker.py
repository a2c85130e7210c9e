"""Learns the weights of search/ranker.py from gold questions: python -m eval.tune_ranker GOLD... --index DIR [--write]

Two models. The first ranks sentences: each one that overlaps a quote of the gold set is an answer, every other one is
none. The second says how likely the sentence ranked first answers; it learns from first sentences that were ranked by
a model which never saw their question. The figures printed are cross-validated over questions; what is written is
learned from all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.gold import GoldQuestion, load
from eval.measures import is_right
from eval.run import texts_of
from eval.text import squeeze
from indexer.types import Span
from search.by_sentence import eligible
from search.engine import Engine, open_engine
from search.extract import Sentence
from search.ranker import FEATURES, GATE_FEATURES, MOST_MARGIN, WEIGHTS
from search.types import Answer, Way

FOLDS = 5
SEEDS = (0, 1, 2)
# Inverse strength of the L2 penalty of the ranking; .03, .1 and 1 gave 174, 176 and 163 of 264 questions.
REGULARIZATION = 0.05
# Of the confidence; .003, .01, .03, .1 and .3 gave 149, 150, 148, 149 and 148, and an AUC of .871 to .879.
CONFIDENCE_REGULARIZATION = 0.03
# All sentences of a question that are no answer weigh twice as much together as those that are one.
NEGATIVE_WEIGHT = 2.0
# What a wrong answer costs, in right ones: staff act on answers, and ask again after a refusal.
COST_OF_WRONG = 0.33
# A threshold is as good as the best up to this share of its worth; .469 and .51 differ by one question in 264.
AS_GOOD = 0.01


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
    questions = load(options.gold)
    examples = [_example(engine, question) for question in questions]
    chosen = [first for seed in SEEDS for first in _held_out(examples, seed)]
    weights, bias = _confidence(chosen)
    least, right, wrong = _threshold(chosen)
    print(
        f"{right:.1f} of {len(examples)} questions right, {wrong:.1f} answered wrong"
        f" (mean of {len(SEEDS)} runs of {FOLDS}-fold cross-validation)"
    )
    if options.write:
        confidence = {"weights": dict(zip(GATE_FEATURES, weights, strict=True)), "bias": bias, "least": least}
        _write(_fit(examples), confidence | {"ways": _ways(engine, questions)})
    return 0


def _write(ranking: tuple[list[float], float], confidence: Mapping[str, object]) -> None:
    weights, bias = ranking
    learned = {"weights": dict(zip(FEATURES, weights, strict=True)), "bias": bias, "confidence": confidence}
    WEIGHTS.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


def _ways(engine: Engine, questions: Sequence[GoldQuestion]) -> dict[str, float]:
    """For each way of answering the share of its answers that are right, one of each outcome added (Laplace)."""
    asked = [(question, engine.ask(question.question)) for question in questions]
    right: dict[Way, list[bool]] = {way: [True, False] for way in Way}
    for question, result in asked:
        if isinstance(result, Answer) and result.way is not None:
            right[result.way].append(is_right(question.answers, texts_of(result)))
    return {way.value: round(sum(outcomes) / len(outcomes), 3) for way, outcomes in right.items()}


def _example(engine: Engine, question: GoldQuestion) -> Example:
    asked, found = engine.sentences(question.question)
    quotes = _quotes(engine, question)
    rows = np.array([sentence.evidence.values() for sentence in found], dtype=np.float64).reshape(-1, len(FEATURES))
    right = np.array([_overlaps(sentence, quotes) for sentence in found], dtype=np.bool_)
    fit = set(map(id, eligible(asked, found)))
    may = np.array([id(sentence) in fit for sentence in found], dtype=np.bool_)
    return Example(rows, right, may, bool(question.files))


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


@dataclass(frozen=True, slots=True)
class First:
    """The sentence ranked first for a question by a model that never saw it; `values` are None where there is none."""

    question: int
    values: NDArray[np.float64] | None
    right: bool
    answerable: bool


def _held_out(examples: Sequence[Example], seed: int) -> list[First]:
    order = np.random.default_rng(seed).permutation(len(examples))
    found = []
    for fold in np.array_split(order, FOLDS):
        held = set(fold.tolist())
        ranking = _fit([example for n, example in enumerate(examples) if n not in held])
        found += [_first(int(n), examples[n], *ranking) for n in fold]
    return found


def _first(number: int, example: Example, weights: Sequence[float], bias: float) -> First:
    if not example.eligible.any():
        return First(number, None, False, example.answerable)
    scores = np.where(example.eligible, example.rows @ np.array(weights) + bias, -np.inf)
    best, *others = np.argsort(-scores, kind="stable")
    above = scores[best] - scores[others[0]] if others else MOST_MARGIN
    values = np.append(example.rows[best], [scores[best], min(above, MOST_MARGIN)])
    return First(number, values, bool(example.right[best]), example.answerable)


def _confidence(firsts: Sequence[First]) -> tuple[list[float], float]:
    """Weights and bias for GATE_FEATURES as they are."""
    rows = np.array([first.values for first in firsts if first.values is not None])
    right = np.array([first.right for first in firsts if first.values is not None])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=CONFIDENCE_REGULARIZATION, max_iter=2000)
    model.fit((rows - mean) / spread, right, sample_weight=np.full(len(rows), 1 / len(SEEDS)))
    weights = model.coef_[0] / spread
    return [round(float(w), 5) for w in weights], round(float(model.intercept_[0] - weights @ mean), 5)


def _threshold(firsts: Sequence[First]) -> tuple[float, float, float]:
    """(threshold with most right answers and refusals, less what wrong answers cost; how many are right then; wrong).

    Of thresholds that are as good within noise the most cautious one.
    A first sentence is judged by a model that never saw its question.
    """
    likely = np.array([-1.0] * len(firsts))
    for fold in np.array_split(np.random.default_rng(0).permutation(max(f.question for f in firsts) + 1), FOLDS):
        held = set(fold.tolist())
        weights, bias = _confidence([first for first in firsts if first.question not in held])
        for n, first in enumerate(firsts):
            if first.question in held and first.values is not None:
                likely[n] = 1 / (1 + np.exp(-bias - first.values @ np.array(weights)))
    right = np.array([first.right for first in firsts])
    answerable = np.array([first.answerable for first in firsts])

    def count(least: float) -> int:
        return int(((likely >= least) & right).sum() + ((likely < least) & ~answerable).sum())

    def wrong(least: float) -> int:
        return int(((likely >= least) & ~right).sum())

    worth = {float(p): count(p) - COST_OF_WRONG * wrong(p) for p in np.quantile(likely, np.linspace(0, 1, 101))}
    best = max(least for least, gained in worth.items() if gained >= (1 - AS_GOOD) * max(worth.values()))
    return round(best, 4), count(best) / len(SEEDS), wrong(best) / len(SEEDS)


if __name__ == "__main__":
    sys.exit(main())
