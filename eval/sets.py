"""python -m eval.sets: nDCG@10 of the embedding model on public Vietnamese sets, alone and beside the lexical fields.

legal_qa_dev is the set to tune on; XQuAD-vi and ALQAC 2023 only report. Questions are asked as they were written,
without diacritics, and with the diacritics that the search restores before it embeds a question.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from ir_measures import Qrel, ScoredDoc, calc_aggregate, nDCG
from numpy.typing import NDArray

from eval.report import table
from indexer.analyze import FIELDS, fold, terms
from indexer.embed import Embedder, open_embedder
from indexer.errors import ProjectError
from indexer.lexical import LexicalIndex
from search.fuse import FusionSettings, field_weights
from search.restore import open_restorer
from search.retrieve import accented_share

SHARED = Path("../shared")
MEASURE = nDCG @ 10
LONGEST_QUESTION_CHARS = 300
LONGEST_TEXT_CHARS = 4000
OTHER_ARTICLES = 10_000
"""Texts of legal_qa_dev beside its own answers: the first articles of legal_articles."""

Scores = NDArray[np.float32]


class SetError(ProjectError):
    """The data of an evaluation set isn't there."""


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Queries, the texts they are asked over, and for each query the positions of its relevant texts."""

    name: str
    queries: tuple[str, ...]
    texts: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]

    def __post_init__(self) -> None:
        if len(self.queries) != len(self.relevant):
            raise ValueError(f"{self.name}: {len(self.queries)} queries, {len(self.relevant)} judgements")

    def typed(self, typing: Callable[[str], str]) -> RetrievalSet:
        """The same set, its queries typed in another way."""
        return RetrievalSet(self.name, tuple(map(typing, self.queries)), self.texts, self.relevant)


def main(argv: Sequence[str] | None = None) -> int:
    """0: measured; 1: a set or the model isn't there; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.sets", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="folder with evalsets/ and train/")
    parser.add_argument("--model", metavar="MODEL", help="folder or name of another embedding model")
    parser.add_argument("--alone", action="store_true", help="leave out the lexical fields, which take a minute")
    parser.add_argument(
        "--weight",
        type=float,
        default=FusionSettings().dense,
        metavar="W",
        help="weight of the cosine beside the lexical score, whose best text has 1 (default: %(default)s)",
    )
    options = parser.parse_args(argv)
    try:
        embedder = open_embedder(options.model)
        sets = load(options.shared)
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"nDCG@10 of {embedder.name}: questions with diacritics / without / without, then restored")
    rows = [_row(each, embedder, options.weight, options.alone) for each in sets]
    print(table(["", "queries", "texts", *(["alone"] if options.alone else ["alone", "lexical", "both"])], rows))
    return 0


# --- the sets ---------------------------------------------------------------------------------------------------------


def load(shared: Path) -> tuple[RetrievalSet, ...]:
    """The three sets below a folder; raises SetError."""
    try:
        return xquad(shared), alqac(shared), legal_qa_dev(shared)
    except FileNotFoundError as error:
        raise SetError(f"{error.filename}: not there. Name the folder that holds evalsets/ with --shared.") from error


def xquad(shared: Path) -> RetrievalSet:
    """Every question over every paragraph; relevant is the paragraph that it was asked about."""
    source = json.loads((shared / "evalsets/xquad.vi.json").read_text(encoding="utf-8"))
    paragraphs = [paragraph for article in source["data"] for paragraph in article["paragraphs"]]
    asked = [(entry["question"], place) for place, paragraph in enumerate(paragraphs) for entry in paragraph["qas"]]
    return RetrievalSet(
        "XQuAD-vi",
        tuple(question for question, _ in asked),
        tuple(paragraph["context"] for paragraph in paragraphs),
        tuple(frozenset([place]) for _, place in asked),
    )


def alqac(shared: Path) -> RetrievalSet:
    """Training and private questions whose articles are all there, over the articles with the law's name in front."""
    folder = shared / "evalsets/alqac2023"
    laws = json.loads((folder / "law.json").read_text(encoding="utf-8"))
    articles = {
        (law["id"], article["id"]): f"{law['id']} {article['text']}" for law in laws for article in law["articles"]
    }
    place = {article: number for number, article in enumerate(articles)}
    asked = [
        (question["text"], [(article["law_id"], article["article_id"]) for article in question["relevant_articles"]])
        for name in ("train.json", "private_test.json")
        for question in json.loads((folder / name).read_text(encoding="utf-8"))
    ]
    answerable = [(text, wanted) for text, wanted in asked if wanted and all(article in place for article in wanted)]
    return RetrievalSet(
        "ALQAC 2023",
        tuple(text for text, _ in answerable),
        tuple(text[:LONGEST_TEXT_CHARS] for text in articles.values()),
        tuple(frozenset(place[article] for article in wanted) for _, wanted in answerable),
    )


def legal_qa_dev(shared: Path) -> RetrievalSet:
    """Questions over their own answers and other articles of law."""
    kept = [
        row
        for row in json_lines(shared / "evalsets/legal_qa_dev.jsonl.xz")
        if len(row["question"]) < LONGEST_QUESTION_CHARS
    ]
    others = islice(json_lines(shared / "train/legal_articles.jsonl.xz"), OTHER_ARTICLES)
    texts = [row["answer"] for row in kept] + [f"{article['title']} {article['text']}" for article in others]
    return RetrievalSet(
        "legal_qa_dev",
        tuple(row["question"] for row in kept),
        tuple(text[:LONGEST_TEXT_CHARS] for text in texts),
        tuple(frozenset([place]) for place in range(len(kept))),
    )


def json_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# --- measuring --------------------------------------------------------------------------------------------------------


def ndcg(scores: Scores, relevant: Sequence[frozenset[int]]) -> float:
    """Mean nDCG@10 of scores of shape (queries, texts); ties by position, missing queries count 0."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    run = [
        ScoredDoc(str(query), str(text), -float(rank))
        for query, row in enumerate(best.tolist())
        for rank, text in enumerate(row)
    ]
    judged = [Qrel(str(query), str(text), 1) for query, texts in enumerate(relevant) for text in texts]
    return float(calc_aggregate([MEASURE], judged, run)[MEASURE])


def dense_scores(embedder: Embedder, queries: Sequence[str], texts: Sequence[str]) -> Scores:
    """Cosines of shape (queries, texts)."""
    return embedder.embed_queries(queries) @ embedder.embed_passages(texts).T


def lexical_scores(index: LexicalIndex, queries: Sequence[str]) -> Scores:
    """The product's weighted lexical score of shape (queries, texts), each query's best text brought to 1."""
    return np.stack([_lexical_row(index, query) for query in queries])


def _lexical_row(index: LexicalIndex, query: str) -> Scores:
    asked = terms(query)
    weights = field_weights(accented_share(asked["syllables"]), FusionSettings())
    found = index.scores({name: asked[name] for name in FIELDS if weights[name] > 0})
    total = np.sum([weights[name] * score for name, score in found.items()], axis=0, dtype=np.float32)
    best = float(total.max(initial=0.0))
    return np.asarray(total / np.float32(best) if best > 0 else total, dtype=np.float32)


def _row(each: RetrievalSet, embedder: Embedder, weight: float, alone: bool) -> list[str]:
    index = None if alone else LexicalIndex.build([terms(text) for text in each.texts])
    restorer = open_restorer(index)
    typings: Sequence[Callable[[str], str]] = (str, fold, lambda query: restorer.restore(fold(query)))
    typed = [_figures(each.typed(typing), embedder, index, weight) for typing in typings]
    return [
        each.name,
        str(len(each.queries)),
        str(len(each.texts)),
        *(" / ".join(f"{figure:.4f}" for figure in figures) for figures in zip(*typed, strict=True)),
    ]


def _figures(each: RetrievalSet, embedder: Embedder, index: LexicalIndex | None, weight: float) -> list[float]:
    measured: Callable[[Scores], float] = lambda scores: ndcg(scores, each.relevant)  # noqa: E731
    dense = dense_scores(embedder, each.queries, each.texts)
    if index is None:
        return [measured(dense)]
    lexical = lexical_scores(index, each.queries)
    return [measured(dense), measured(lexical), measured(lexical + np.float32(weight) * dense)]


if __name__ == "__main__":
    sys.exit(main())
