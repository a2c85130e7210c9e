"""python -m eval.bench GOLD.jsonl --index DIR: times on this machine, ours beside what it replaces, in one run."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from eval.bench_register import extraction_row, register_rows
from eval.gold import load
from eval.report import percentile, table
from indexer.analyze import terms
from indexer.embed import EMBEDDED_MODEL, open_embedder
from indexer.errors import ProjectError
from indexer.lexical import LexicalIndex
from indexer.passages import PassageSettings, passages
from indexer.types import Document, RawText
from indexer.understand import understand
from search.engine import open_engine

TARGET_SECONDS = 0.05
"""For a question on the sample corpus once the engine is open."""
TARGET_DOCUMENTS = 200
"""Understood in a second by one core, of the length of the sample documents."""
REPEATS = 5
COPIES = 50
"""How often the passages are repeated to see how the cost of a query grows."""
FIELD = "syllables"
CORPUS = Path(__file__).parents[1] / "corpus"
_TRANSFORMERS = "sentence-transformers"
Row = list[str]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def main(argv: Sequence[str] | None = None) -> int:
    """0: measured, whatever the times; 1: it can't be measured; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="Measure times on this machine.")
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="the questions to ask")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="the index to ask")
    options = parser.parse_args(argv)
    try:
        questions = [question.question for question in load(options.gold)]
        for part in _parts(options.index, questions):
            print(part, flush=True)
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parts(index: Path, questions: Sequence[str]) -> Iterator[str]:
    started = perf_counter()
    engine = open_engine(index)
    opened = perf_counter() - started
    first = seconds_of(lambda: engine.ask(questions[0]))
    each = [seconds_of(partial(engine.ask, question)) for question in questions]
    texts = [
        "\n".join([*passage.heading, passage.span.of(document.text)])
        for document in engine.documents()
        for passage in passages(document, PassageSettings())
    ]
    yield f"{len(engine.documents())} documents, {len(texts)} passages, {len(questions)} questions"
    yield "\n" + _understanding(engine.documents())
    yield "\n" + _start_and_questions(index, questions[0], opened, first, each)
    yield "\n" + table(["the register of duties", "", ""], list(register_rows(engine.documents())))
    yield "\n" + table(["extraction", "", ""], [extraction_row(CORPUS, open_embedder())])
    yield "\n" + table(
        ["", "ours", "compared with", "", "ratio"], [*_bm25_rows(texts, questions), *_encode_rows(texts, questions)]
    )


def _understanding(documents: Sequence[Document]) -> str:
    """Reading apart: what is understood of texts that were read already, on one core."""
    raws = [(RawText(document.text, document.format), document.file) for document in documents]
    seconds = repeated(lambda: [understand(raw, file, "0" * 64) for raw, file in raws])
    rate, characters = len(raws) / seconds, sum(len(raw.text) for raw, _ in raws)
    reached = "reached" if rate >= TARGET_DOCUMENTS else "MISSED"
    rows = [
        ["documents a second and core", f"{rate:.0f}", f"at least {TARGET_DOCUMENTS}: {reached}"],
        ["characters a second", f"{characters / seconds / 1e3:.0f} k", ""],
    ]
    return table(["understanding alone", "", ""], rows)


def _start_and_questions(index: Path, question: str, opened: float, first: float, each: Sequence[float]) -> str:
    middle = percentile(each, 50) or 0.0
    reached = "reached" if middle < TARGET_SECONDS else "MISSED"
    rows = [
        ["a new process that asks one question", _asking_process(index, question)],
        ["open the engine", shown(opened)],
        ["first question", shown(first)],
        ["a question, p50", shown(middle), f"under {shown(TARGET_SECONDS)}: {reached}"],
        ["a question, p95", shown(percentile(each, 95) or 0.0)],
        ["a question, slowest", shown(max(each))],
    ]
    return table(["start to answer", "", ""], [[*row, ""][:3] for row in rows])


def _asking_process(index: Path, question: str) -> str:
    started = perf_counter()
    command = [sys.executable, "-m", "search", "ask", question, "--index", str(index), "--json"]
    finished = subprocess.run(command, capture_output=True, check=False)
    return shown(perf_counter() - started) if finished.stdout else f"failed, exit code {finished.returncode}"


def _bm25_rows(texts: Sequence[str], questions: Sequence[str]) -> list[Row]:
    """The same terms scored by the compiled index and by rank_bm25 itself, per query."""
    analyzed = [terms(text)[FIELD] for text in texts]
    asked = [terms(question)[FIELD] for question in questions]
    return [_bm25_row(analyzed * copies, asked) for copies in (1, COPIES)]


def _bm25_row(analyzed: list[list[str]], asked: Sequence[list[str]]) -> Row:
    compiled = LexicalIndex.build([{FIELD: passage} for passage in analyzed])
    published = BM25Okapi(analyzed)
    ours = repeated(lambda: [compiled.scores({FIELD: query}) for query in asked]) / len(asked)
    theirs = seconds_of(lambda: [published.get_scores(query) for query in asked]) / len(asked)
    return compared(f"BM25, a query on {len(analyzed)} passages", ours, "rank_bm25", theirs)


def _encode_rows(texts: Sequence[str], questions: Sequence[str]) -> list[Row]:
    """The embedded model by the light reader and by sentence-transformers."""
    light, heavy = open_embedder(), open_embedder(EMBEDDED_MODEL)
    words = sum(len(text.split()) for text in texts)
    return [
        compared("a new process that opens the model", _opening(""), _TRANSFORMERS, _opening("EMBEDDED_MODEL")),
        _encode_row(
            f"embed {len(texts)} passages of {words // len(texts)} words",
            light.embed_passages,
            heavy.embed_passages,
            texts,
        ),
        _encode_row("embed a question", light.embed_queries, heavy.embed_queries, questions[:1]),
    ]


def _opening(argument: str) -> float:
    code = f"from indexer.embed import EMBEDDED_MODEL, open_embedder; open_embedder({argument})"
    return seconds_of(lambda: subprocess.run([sys.executable, "-c", code], check=True))


def _encode_row(name: str, light: Embed, heavy: Embed, texts: Sequence[str]) -> Row:
    """With the texts a second, where there are several."""
    ours, theirs = (repeated(partial(embed, texts)) for embed in (light, heavy))
    row = compared(name, ours, _TRANSFORMERS, theirs)
    return row if len(texts) < 2 else [f"{row[0]} ({len(texts) / ours:,.0f} a second)", *row[1:]]


def compared(name: str, ours: float, other: str, theirs: float) -> Row:
    return [name, shown(ours), other, shown(theirs), f"{theirs / ours:.1f} x"]


def seconds_of(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started


def repeated(action: Callable[[], object]) -> float:
    """The median of a few runs, after one that warms up."""
    action()
    return median(seconds_of(action) for _ in range(REPEATS))


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    sys.exit(main())
