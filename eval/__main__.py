"""python -m eval GOLD.jsonl --index DIR: what the search gets right, and what it doesn't."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.compare import compare, load_report
from eval.gold import load
from eval.reliability import draw
from eval.report import as_json, as_text, reliability_of
from eval.run import measure, source_in
from indexer.errors import ProjectError
from search.engine import open_engine


def main(argv: Sequence[str] | None = None) -> int:
    """0: measured. 1: it can't be measured, or the gold set has defects. 2: wrong usage."""
    options = _parser().parse_args(argv)
    try:
        before = load_report(options.compare) if options.compare else None
        questions = load(options.gold)
        engine = open_engine(options.index)
        measured = measure(engine, questions, source_in(options.corpus))
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    report = as_json(measured, [str(path) for path in options.gold], str(options.index))
    comparison = compare(before, report) if before else ""
    if options.plot:
        draw(reliability_of(measured.outcomes), options.plot)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        print(comparison, file=sys.stderr, end="\n" if comparison else "")
    else:
        print("\n\n".join(part for part in (as_text(report), comparison) if part))
    if measured.defects:
        print(
            f"{len(measured.defects)} evidence strings do not stand in their documents; mend the gold set",
            file=sys.stderr,
        )
    return 1 if measured.defects else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure the search on gold questions.")
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="questions, one JSON object per line")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help="the index to ask")
    parser.add_argument("--json", action="store_true", help="print the report as JSON, to compare with later")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw how far answers are as likely right as they say"
    )
    parser.add_argument("--compare", type=Path, metavar="FILE", help="an earlier --json report: show before and after")
    parser.add_argument(
        "--corpus",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="the folder that was indexed: quotes are then looked up in its .txt and .md files too",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
