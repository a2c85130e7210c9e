"""python -m eval.growth --index DIR: how time and memory grow with the number of passages, as a table and a plot.

The passages of an index are repeated, each copy with some of its words exchanged, until there are enough. Every size is
opened and asked in a process of its own, one question at a time; beside it rank_bm25, and bm25s where it is installed,
score the same words.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bench import seconds_of, shown
from eval.gold import load
from eval.report import percentile, table
from indexer.analyze import terms
from indexer.build import indexed_text
from indexer.errors import ProjectError
from indexer.lexical import LexicalIndex, PositiveBM25
from indexer.store import (
    Catalog,
    IndexedPassage,
    live_generation,
    new_generation,
    publish,
    read_manifest,
    write_catalog,
)
from indexer.types import Document
from indexer.vectors import VectorIndex

SIZES = (1_000, 10_000, 100_000)
EXCHANGED_SHARE = 0.1
"""Of the words of a copy: so that copies differ, and rare words stay rare."""
QUESTIONS = 200
WARMING = 10
"""Asked before any is timed; each of the others is timed the first time that it is asked."""
SLOW_QUESTIONS = 5
"""Of rank_bm25, which takes a tenth of a second for each at 100,000 passages."""
FIELD = "syllables"
MOST_DOCUMENTS_COPIED = 400
_BARS = 40


@dataclass(frozen=True, slots=True)
class Growth:
    """What one size costs, in seconds and megabytes. `processor` is the mean of a search, its waiting left out; the
    rivals' seconds are for one question, None where not asked.
    """

    passages: int
    built: float
    opened: float
    middle: float
    high: float
    processor: float
    megabytes: float
    own_megabytes: float
    ours: float
    rivals: Mapping[str, float | None]


def main(argv: Sequence[str] | None = None) -> int:
    """0: measured; 1: it can't be measured; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.growth", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="the questions to ask")
    parser.add_argument(
        "--index", type=Path, required=True, metavar="DIR", help="the index whose passages are repeated"
    )
    parser.add_argument("--size", type=int, action="append", help=f"how many passages (default: {SIZES})")
    parser.add_argument("--asked", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        questions = [question.question for question in load(options.gold)][:QUESTIONS]
        if options.asked:
            print(json.dumps(asked(options.asked, questions)))
            return 0
        measured = [_of_size(options, questions, size) for size in options.size or SIZES]
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        table(
            ["passages", "build", "open", "p50", "p95", "processor", "memory", "not mapped", *_rival_names(measured)],
            map_rows(measured),
        )
    )
    print("\n" + plot(measured))
    return 0


def _of_size(options: argparse.Namespace, questions: Sequence[str], size: int) -> Growth:
    with TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        started = perf_counter()
        words = grown(live_generation(options.index), index, size)
        built = perf_counter() - started
        command = [sys.executable, "-m", "eval.growth", *map(str, options.gold), "--index", str(index)]
        finished = subprocess.run([*command, "--asked", str(index)], capture_output=True, check=True, text=True)
        ours, rivals = _rivals(words, questions)
    return Growth(passages=size, built=built, ours=ours, rivals=rivals, **json.loads(finished.stdout))


# --- an index of some size --------------------------------------------------------------------------------------------


def grown(source: Path, index: Path, size: int) -> list[list[str]]:
    """Writes an index of `size` passages made of those of another one; gives the words of each."""
    chance = np.random.default_rng(4)
    catalog, vectors = Catalog(source / "catalog.sqlite"), VectorIndex.load(source)
    documents = list(islice(catalog.documents(), MOST_DOCUMENTS_COPIED))
    held = [(owner, indexed) for owner, indexed in catalog.indexed_passages() if owner < len(documents)]
    analyzed = [terms(indexed_text(documents[o], indexed.passage), indexed.segmented) for o, indexed in held]
    copies = -(-size // len(held))
    with new_generation(index) as staging:
        write_catalog(staging / "catalog.sqlite", *_copied(documents, held, copies, size), ())
        fields = list(islice(_varied(analyzed, copies, chance), size))
        LexicalIndex.build(fields).save(staging)
        VectorIndex.build(_spread(vectors.rows(0, len(held)), size, chance)).save(staging)
        publish(
            index, staging, replace(read_manifest(source), documents=len(documents) * copies, passages=size, files={})
        )
    return [passage[FIELD] for passage in fields]


def _copied(
    documents: Sequence[Document], held: Sequence[tuple[int, IndexedPassage]], copies: int, size: int
) -> tuple[list[Document], list[tuple[int, IndexedPassage]]]:
    many = [replace(document, id=f"{document.id}-{copy}") for copy in range(copies) for document in documents]
    owned = [(owner + copy * len(documents), indexed) for copy in range(copies) for owner, indexed in held][:size]
    return many, [
        (owner, replace(indexed, passage=replace(indexed.passage, id=f"{many[owner].id}-{place}")))
        for place, (owner, indexed) in enumerate(owned)
    ]


def _varied(
    analyzed: Sequence[Mapping[str, Sequence[str]]], copies: int, chance: np.random.Generator
) -> Iterator[dict[str, list[str]]]:
    """Each passage again and again; some of the terms of a copy are taken from the next passage."""
    yield from ({name: list(found) for name, found in passage.items()} for passage in analyzed)
    for _ in range(copies - 1):
        for place, passage in enumerate(analyzed):
            other = analyzed[(place + 1 + int(chance.integers(len(analyzed) - 1))) % len(analyzed)]
            yield {name: _mixed(found, other[name], chance) for name, found in passage.items()}


def _mixed(terms_: Sequence[str], others: Sequence[str], chance: np.random.Generator) -> list[str]:
    mixed = list(terms_)
    for place in np.flatnonzero(chance.random(min(len(mixed), len(others))) < EXCHANGED_SHARE).tolist():
        mixed[place] = others[place]
    return mixed


def _spread(rows: NDArray[np.float32], size: int, chance: np.random.Generator) -> NDArray[np.float32]:
    many = np.resize(rows, (size, rows.shape[1])).astype(np.float32)
    many += chance.normal(0, 0.02, many.shape).astype(np.float32)
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    return many


# --- asking it --------------------------------------------------------------------------------------------------------


def asked(index: Path, questions: Sequence[str]) -> dict[str, float]:
    """Seconds to open, p50 and p95 of a search, and the memory that all of it took over the empty program."""
    import_module("search.engine")
    empty = _resident_megabytes()
    started = perf_counter()
    engine = import_module("search.engine").open_engine(index)
    opened = perf_counter() - started
    for question in questions[:WARMING]:
        engine.search(question)
    before = process_time()
    each = [seconds_of(partial(engine.search, question)) for question in questions[WARMING:]]
    processor = (process_time() - before) / max(1, len(each))
    everything, own = _resident_megabytes()
    return {
        "opened": opened,
        "middle": percentile(each, 50) or 0.0,
        "high": percentile(each, 95) or 0.0,
        "processor": processor,
        "megabytes": everything - empty[0],
        "own_megabytes": own - empty[1],
    }


def _resident_megabytes() -> tuple[float, float]:
    """Of this process: with the mapped pages of the index that were read, and without (which nobody can take back)."""
    _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_text(encoding="ascii").split())
    page = os.sysconf("SC_PAGE_SIZE") / 1e6
    return resident * page, (resident - shared) * page


def _rivals(words: list[list[str]], questions: Sequence[str]) -> tuple[float, dict[str, float | None]]:
    """Seconds for one question over the words of FIELD: ours, and those of the published libraries."""
    wanted = [terms(question)[FIELD] for question in questions]
    compiled = LexicalIndex.build([{FIELD: passage} for passage in words])
    compiled.scores({FIELD: wanted[0]})
    ours = seconds_of(lambda: [compiled.scores({FIELD: query}) for query in wanted]) / len(wanted)
    published = PositiveBM25(words)
    slow = wanted[:SLOW_QUESTIONS]
    rivals: dict[str, float | None] = {
        "rank_bm25": seconds_of(lambda: [published.get_scores(query) for query in slow]) / len(slow),
        "bm25s": _bm25s(words, wanted),
    }
    return ours, rivals


def _bm25s(words: list[list[str]], wanted: Sequence[list[str]]) -> float | None:
    if find_spec("bm25s") is None:
        return None
    library: Any = import_module("bm25s")
    index = library.BM25()
    index.index(words, show_progress=False)
    score: Callable[[list[str]], object] = index.get_scores
    score(wanted[0])
    return seconds_of(lambda: [score(query) for query in wanted]) / len(wanted)


# --- showing it -------------------------------------------------------------------------------------------------------


def _rival_names(measured: Sequence[Growth]) -> list[str]:
    return ["BM25 alone", *measured[0].rivals]


def map_rows(measured: Sequence[Growth]) -> list[list[str]]:
    return [
        [
            f"{growth.passages:,}",
            *map(shown, (growth.built, growth.opened, growth.middle, growth.high, growth.processor)),
            f"{growth.megabytes:.0f} MB",
            f"{growth.own_megabytes:.0f} MB",
            shown(growth.ours),
            *(_ratio(theirs, growth.ours) for theirs in growth.rivals.values()),
        ]
        for growth in measured
    ]


def _ratio(theirs: float | None, ours: float) -> str:
    return "not installed" if theirs is None else f"{shown(theirs)} ({theirs / ours:.0f} x)"


def plot(measured: Sequence[Growth]) -> str:
    """Bars of p50 and of memory, each against its greatest."""
    return "\n".join(
        [
            *_bars("p50", "ms", [(growth.passages, growth.middle * 1000) for growth in measured]),
            *_bars("memory", "MB", [(growth.passages, growth.megabytes) for growth in measured]),
        ]
    )


def _bars(name: str, unit: str, values: Sequence[tuple[int, float]]) -> list[str]:
    greatest = max(value for _, value in values) or 1.0
    return [
        name,
        *(f"{size:>10,} {'█' * max(1, round(_BARS * value / greatest))} {value:.1f} {unit}" for size, value in values),
    ]


if __name__ == "__main__":
    sys.exit(main())
