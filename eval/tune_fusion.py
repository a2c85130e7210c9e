"""python -m eval.tune_fusion: the fusion's table on three public sets, and its weights chosen on legal_qa_dev alone.

Prints nDCG@10 and hit@1 of single fields, reciprocal ranks, the first stage and both stages, for questions typed in
full, with half of the diacritics and with none. --fit chooses the weights again, on legal_qa_dev.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from ir_measures import Measure, Qrel, ScoredDoc, Success, calc_aggregate, nDCG
from numpy.typing import NDArray

from eval.fit_fusion import Looked, candidates, fitted
from eval.report import table
from eval.sets import SHARED, RetrievalSet, load
from eval.typings import TYPINGS
from indexer.analyze import syllables, terms
from indexer.embed import open_embedder
from indexer.errors import ProjectError
from indexer.lexical import LexicalIndex
from indexer.vectors import VectorIndex
from search.fuse import FieldWeights, FusionSettings
from search.nearby import SentenceRows
from search.restore import Restorer, shipped_counts
from search.retrieve import Judge, accented_share, lexical_shares, retrieve

TUNED_ON = "legal_qa_dev"
DEPTH = 10
GAIN = nDCG @ DEPTH
FIRST = Success @ 1
# Cormack, Clarke & Büttcher, SIGIR 2009.
RECIPROCAL_RANK_K = 60
NO_FIELDS = FieldWeights(words=0, syllables=0, bigrams=0, folded=0, folded_bigrams=0)
TYPED = ("full", "half", "none")

Ranking = Callable[["Asked"], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question over one set, analysed once."""

    terms: Mapping[str, Sequence[str]]
    vector: NDArray[np.float32]
    accented: float
    relevant: frozenset[int]


@dataclass(frozen=True, slots=True)
class Collection:
    """The indexes of one set, and its questions for each way of typing."""

    name: str
    lexical: LexicalIndex
    vectors: VectorIndex
    asked: Mapping[str, Sequence[Asked]]
    sentences: SentenceRows

    def best_sentence(self, asked: Asked) -> Judge:
        return lambda positions: np.array(
            [(rows @ asked.vector).max() for rows in self.sentences.of(positions.tolist())], dtype=np.float32
        )


def main(argv: Sequence[str] | None = None) -> int:
    """0: printed; 1: a set or the model isn't there; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.tune_fusion", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="folder with evalsets/ and train/")
    parser.add_argument("--set", action="append", metavar="NAME", help="only these sets (default: all three)")
    parser.add_argument("--fit", action="store_true", help=f"choose the weights again, on {TUNED_ON}")
    options = parser.parse_args(argv)
    try:
        wanted = (each for each in load(options.shared) if not options.set or each.name in options.set)
        collections = [collect(each) for each in wanted]
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    if options.fit:
        dev = next((each for each in collections if each.name == TUNED_ON), None)
        if dev is None:
            parser.error(f"--fit needs {TUNED_ON}")
        print(chosen_again(dev, FusionSettings()), flush=True)
    print(table(["", *(f"{each.name}, {typing}" for each in collections for typing in each.asked)], rows(collections)))
    return 0


# --- the questions ----------------------------------------------------------------------------------------------------


def collect(each: RetrievalSet) -> Collection:
    embedder = open_embedder()
    lexical = LexicalIndex.build([terms(text) for text in each.texts])
    restorer = Restorer(shipped_counts(), lexical)

    def ask(typed: str, relevant: frozenset[int]) -> Asked:
        restored = restorer.restore(typed)
        [vector] = embedder.embed_queries([restored])
        return Asked(terms(restored), vector, accented_share(syllables(typed)), relevant)

    asked = {
        name: [ask(typing(query), relevant) for query, relevant in zip(each.queries, each.relevant, strict=True)]
        for name, typing in ((name, TYPINGS[name]) for name in TYPED)
    }
    vectors = VectorIndex.build(embedder.embed_passages(each.texts))
    return Collection(each.name, lexical, vectors, asked, SentenceRows(embedder, each.texts.__getitem__))


# --- measuring --------------------------------------------------------------------------------------------------------


def rows(collections: Sequence[Collection]) -> list[list[str]]:
    chosen = FusionSettings()
    first_stage = replace(chosen, clause=0, sentences=0, opening=0, in_order=0, sentence=0)
    systems: list[tuple[str, Callable[[Collection], Ranking]]] = [
        *((f"BM25 of {name}", lambda c, name=name: fused(c, _only(chosen, name))) for name in _names(FieldWeights)),
        ("vectors", lambda c: lambda asked: _dense(c, asked)),
        ("lexical fields", lambda c: fused(c, replace(first_stage, dense=0))),
        ("reciprocal ranks of words, syllables, bigrams, vectors", reciprocal_ranks),
        ("lexical fields + vectors", lambda c: fused(c, first_stage)),
        ("both stages without vectors", lambda c: fused(c, replace(chosen, dense=0))),
        ("both stages without sentences", lambda c: fused(c, replace(chosen, sentence=0))),
        ("both stages", lambda c: fused(c, chosen)),
    ]
    return [
        [name, *(figures(system(each), asked) for each in collections for asked in each.asked.values())]
        for name, system in systems
    ]


def fused(collection: Collection, settings: FusionSettings) -> Ranking:
    """The product's own ranking with these settings."""
    vectors = collection.vectors if settings.dense else None
    return lambda asked: [
        hit.position
        for hit in retrieve(
            collection.lexical,
            vectors,
            asked.terms,
            asked.vector,
            k=DEPTH,
            settings=settings,
            accented=asked.accented,
            best_sentence=collection.best_sentence(asked) if settings.dense else None,
        )
    ]


def reciprocal_ranks(collection: Collection) -> Ranking:
    def rank(asked: Asked) -> Sequence[int]:
        single = [
            lexical_shares(collection.lexical, [asked.terms], {name: 1.0}, None)[name]
            for name in ("words", "syllables", "bigrams")
        ]
        lists = [np.argsort(-scores, kind="stable")[:200].tolist() for scores in single]
        lists.append([position for position, _ in collection.vectors.search(asked.vector, 200)])
        total: dict[int, float] = {}
        for positions in lists:
            for place, position in enumerate(positions, start=1):
                total[position] = total.get(position, 0.0) + 1 / (RECIPROCAL_RANK_K + place)
        return sorted(total, key=lambda position: (-total[position], position))[:DEPTH]

    return rank


def _dense(collection: Collection, asked: Asked) -> Sequence[int]:
    return [position for position, _ in collection.vectors.search(asked.vector, DEPTH)]


def _only(settings: FusionSettings, name: str) -> FusionSettings:
    one = replace(NO_FIELDS, **{name: 1.0})
    return replace(settings, accented=one, bare=one, dense=0, clause=0, sentences=0, opening=0, in_order=0, sentence=0)


def _names(of: type[FieldWeights]) -> list[str]:
    return [each.name for each in fields(of)]


def figures(ranking: Ranking, asked: Sequence[Asked]) -> str:
    """nDCG@10 and hit@1."""
    measured = measure(ranking, asked)
    return f"{measured[GAIN]:.4f} ({measured[FIRST]:.3f})"


def measure(ranking: Ranking, asked: Sequence[Asked]) -> Mapping[Measure, float]:
    run = [
        ScoredDoc(str(number), str(position), -float(place))
        for number, one in enumerate(asked)
        for place, position in enumerate(ranking(one))
    ]
    judged = [Qrel(str(number), str(position), 1) for number, one in enumerate(asked) for position in one.relevant]
    measured: Mapping[Measure, float] = calc_aggregate([GAIN, FIRST], judged, run)
    return measured


# --- choosing ---------------------------------------------------------------------------------------------------------


def chosen_again(dev: Collection, settings: FusionSettings) -> FusionSettings:
    """The weights by coordinate ascent over all ways of typing; measure them by the table before they are taken."""
    looked = [
        Looked(dict(one.terms), one.vector, one.accented, one.relevant, dev.best_sentence(one))
        for asked in dev.asked.values()
        for one in asked
    ]
    return fitted(candidates(dev.lexical, dev.vectors, looked).gain, settings)


if __name__ == "__main__":
    sys.exit(main())
