"""python -m eval.layout FOLDER: the public sets as folders of .txt, searched by `python -m search run`, and measured.

One file for each paragraph or article, so that reading, understanding and splitting into passages are included. Texts
and index that lie in FOLDER already are used again where nothing has changed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from ir_measures import Measure, Qrel, ScoredDoc, Success, calc_aggregate, nDCG, read_trec_run

from eval.gold import load as load_gold
from eval.report import table
from eval.run import Way, measure, source_in
from eval.sets import SHARED, RetrievalSet, json_lines, load
from eval.typings import TYPINGS
from indexer.errors import ProjectError
from search.engine import open_engine

DEPTH = 10
GAIN = nDCG @ DEPTH
FIRST = Success @ 1
OTHER_ARTICLES = 5_000
AMONG = 3
_MEASURED_TYPINGS = ("full", "half", "none", "mistyped", "telex")


class LayoutError(ProjectError):
    """A set could not be indexed or searched."""


def main(argv: Sequence[str] | None = None) -> int:
    """0: measured; 1: a set isn't there, or can't be indexed; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.layout", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where texts, indexes and runs are put")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="folder with evalsets/ and train/")
    parser.add_argument("--set", action="append", metavar="NAME", help="only these sets (default: all three)")
    parser.add_argument(
        "--real", action="store_true", help=f"only the real documents among {OTHER_ARTICLES} articles of law"
    )
    parser.add_argument("--typing", action="append", choices=TYPINGS, help="only these ways of typing")
    options = parser.parse_args(argv)
    try:
        if options.real:
            print(real_among_articles(options.shared, options.folder))
            return 0
        chosen = [each for each in load(options.shared) if not options.set or each.name in options.set]
        for each in chosen:
            lay_out(each, options.folder)
        typings = options.typing or _MEASURED_TYPINGS
        print(table(["", *typings], [row(each, options.folder, typings) for each in chosen]))
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def lay_out(each: RetrievalSet, folder: Path) -> None:
    """The texts as files, and their index."""
    place = _place(each, folder)
    texts = place / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(each.texts):
        path = texts / _file(number)
        if not path.exists():
            path.write_text(text, encoding="utf-8")
    _command(["indexer", "build", str(texts), "--index", str(place / "index")], place / "build.txt")


def real_among_articles(shared: Path, folder: Path) -> str:
    """In how many of the real questions the evidence is among the first three passages, and which miss it."""
    place = folder / "real"
    texts = place / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    for path in sorted((shared / "corpus").glob("*.txt")):
        shutil.copy(path, texts)
    articles = islice(json_lines(shared / "train/legal_articles.jsonl.xz"), OTHER_ARTICLES)
    for number, article in enumerate(articles):
        (texts / _file(number)).write_text(f"{article['title']}\n{article['text']}", encoding="utf-8")
    _command(["indexer", "build", str(texts), "--index", str(place / "index")], place / "build.txt")
    engine = open_engine(place / "index")
    outcomes = measure(engine, load_gold([shared / "gold/real.jsonl"]), source_in([texts])).outcomes
    asked = {outcome.gold.id: outcome.rankings[Way.HYBRID] for outcome in outcomes if outcome.rankings}
    missed = [name for name, ranking in asked.items() if (ranking.first_rank or AMONG + 1) > AMONG]
    return f"evidence in the first {AMONG}: {len(asked) - len(missed)} of {len(asked)}; missed: {', '.join(missed)}"


def row(each: RetrievalSet, folder: Path, typings: Sequence[str]) -> list[str]:
    return [each.name, *(shown(measured(each, folder, typing)) for typing in typings)]


def measured(each: RetrievalSet, folder: Path, typing: str) -> Mapping[Measure, float]:
    """nDCG@10 and hit@1 of the run file that the command line writes."""
    place = _place(each, folder)
    questions, run = place / f"{typing}.jsonl", place / f"{typing}.run"
    lines = (
        json.dumps({"id": str(number), "question": TYPINGS[typing](query)}, ensure_ascii=False)
        for number, query in enumerate(each.queries)
    )
    questions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _command(["search", "run", str(questions), "--index", str(place / "index"), "-k", str(DEPTH)], run)
    judged = [Qrel(str(query), _file(text), 1) for query, texts in enumerate(each.relevant) for text in texts]
    found: Mapping[Measure, float] = calc_aggregate([GAIN, FIRST], judged, list(_run_lines(run)))
    return found


def _run_lines(run: Path) -> Iterator[ScoredDoc]:
    read: Callable[[str], Iterator[ScoredDoc]] = read_trec_run
    return read(str(run))


def shown(found: Mapping[Measure, float]) -> str:
    return f"{found[GAIN]:.4f} ({found[FIRST]:.3f})"


def _place(each: RetrievalSet, folder: Path) -> Path:
    return folder / each.name.lower().replace(" ", "-")


def _file(number: int) -> str:
    return f"{number:05d}.txt"


def _command(words: Sequence[str], output: Path) -> None:
    """Runs the product's own command line and keeps what it prints."""
    with output.open("w", encoding="utf-8") as stream:
        finished = subprocess.run([sys.executable, "-m", *words], stdout=stream, stderr=subprocess.PIPE, check=False)
    if finished.returncode:
        raise LayoutError(f"python -m {' '.join(words)}: {finished.stderr.decode('utf-8', 'replace').strip()[-400:]}")


if __name__ == "__main__":
    sys.exit(main())
