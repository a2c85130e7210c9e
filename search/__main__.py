"""python -m search ask|find|run|duties|remind|lineage"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from itertools import accumulate
from pathlib import Path
from typing import Any

from indexer.errors import BadInput, ProjectError
from indexer.numbers import find_typed_numbers
from search.duty_commands import add_duties, add_remind, run_duties, run_remind
from search.engine import Engine, open_engine
from search.fields import answer_fields, hit_fields
from search.lineage import cited_fields, lineage_fields
from search.lineage_text import lineage_as_text, overview_as_text
from search.reading import Reading, found_words
from search.types import Answer, Citation, Hit, NoAnswer

RUN_TAG = "hybrid"


def main(argv: list[str] | None = None) -> int:
    """0 done (a refusal is an answer too), 1 not done, 2 wrong use. Results on stdout, messages on stderr."""
    _speak_utf8()
    options = _parser().parse_args(argv)
    try:
        options.run(options)
        return 0
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    except argparse.ArgumentTypeError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has enough (… | head); what Python still holds must not raise again at exit.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return 0


def _speak_utf8() -> None:
    """Vietnamese on every console; Windows would choose a code page that lacks it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search", description="Ask indexed documents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = _command(commands, "ask", _ask, "a cited answer, or why there is none")
    ask.add_argument("question", nargs="?", help="the question")
    ask.add_argument("--questions", type=Path, help="a file with one JSON object (id, question) per line")
    ask.add_argument("--after", action="append", default=[], help="a question asked before, that this one leans on")
    ask.add_argument("--json", action="store_true")

    find = _command(commands, "find", _find, "the best passages")
    find.add_argument("query")
    find.add_argument("-k", type=_count, default=10, help="how many passages")
    find.add_argument("--json", action="store_true")
    find.add_argument(
        "--explain",
        action="store_true",
        help="how the query was read, shares of the score, words found",
    )

    run = _command(commands, "run", _run, "TREC run lines, the best rank of each file")
    run.add_argument("questions", type=Path)
    run.add_argument("-k", type=_count, default=100, help="how many files for a question")

    for command in (ask, find, run):
        command.add_argument("--reranker", help="a cross-encoder that reads the best passages again (folder or name)")

    duties = _command(commands, "duties", _duties, "the register of duties")
    add_duties(duties)

    remind = _command(commands, "remind", _remind, "a letter of reminder about what is due")
    add_remind(remind)

    lineage = _command(commands, "lineage", _lineage, "what a document rests on, and what rests on it")
    asked = lineage.add_mutually_exclusive_group(required=True)
    asked.add_argument("number", nargs="?")
    asked.add_argument("--missing", action="store_true", help="what is not held; directives without an own plan")
    lineage.add_argument("--unit", help="whose plan counts as one's own, by a part of the issuer's name")
    lineage.add_argument("--json", action="store_true")
    return parser


def _command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words)
    command.add_argument("--index", required=True, type=Path, help="index directory")
    command.add_argument("--model", help="the embedding model that the index was built with")
    command.set_defaults(run=run)
    return command


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 0 or more")
    return int(text)


def _open(options: argparse.Namespace) -> Engine:
    return open_engine(options.index, options.model, getattr(options, "reranker", None))


def _ask(options: argparse.Namespace) -> None:
    if (options.question is None) == (options.questions is None):
        raise argparse.ArgumentTypeError("ask: give one question, or --questions FILE.")
    if options.after and options.question is None:
        raise argparse.ArgumentTypeError("ask: --after goes with one question, not with --questions.")
    engine = _open(options)
    if options.questions is None:
        result = _asked_in_turn(engine, [*options.after, options.question])
        print(json.dumps(answer_fields(result), ensure_ascii=False) if options.json else _answer_as_text(result))
        return
    for question_id, question in _questions(options.questions):
        print(json.dumps(answer_fields(engine.ask(question), question_id), ensure_ascii=False), flush=True)


def _asked_in_turn(engine: Engine, questions: Sequence[str]) -> Answer | NoAnswer:
    """The answer to the last question of a conversation; there is at least one."""
    result = engine.ask(questions[0])
    for question in questions[1:]:
        result = engine.ask(question, previous=result)
    return result


def _questions(path: Path, needs_id: bool = False) -> Iterator[tuple[str | None, str]]:
    """(id, question) of each line; raises BadInput naming the line that can't be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: can't be read ({error}). Name a UTF-8 file with one JSON object per line.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            question_id = row["id"] if needs_id else row.get("id")
            if not isinstance(row["question"], str):
                raise TypeError("question is no text")
            yield (None if question_id is None else str(question_id)), row["question"]
        except (json.JSONDecodeError, KeyError, AttributeError, TypeError) as error:
            raise BadInput(
                f'{path}:{number}: {line[:60]!r} is not {{"id": …, "question": …}}. Correct the line.'
            ) from error


def _answer_as_text(result: Answer | NoAnswer) -> str:
    if isinstance(result, NoAnswer):
        nearest = (
            f"  ~ {hit.document.form.number or hit.document.file}: {_one_line(hit.text)}" for hit in result.nearest[:3]
        )
        return "\n".join([result.message, *nearest])
    sources = (
        f"[{c.n}] {c.document or c.title} ({_place(c)}) {' > '.join(c.heading)}\n    “{_one_line(c.quote, 400)}”"
        for c in result.citations
    )
    return "\n".join([result.text, "", *sources])


def _place(citation: Citation) -> str:
    return f"{citation.file}, tr. {citation.page}" if citation.page else citation.file


def _one_line(text: str, width: int = 110) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _find(options: argparse.Namespace) -> None:
    engine = _open(options)
    hits = engine.search(options.query, options.k)
    if options.json:
        print(json.dumps([hit_fields(hit) for hit in hits], ensure_ascii=False))
        return
    reading = engine.reading(options.query)
    if options.explain:
        print("\n".join(_reading_as_text(reading)))
    for hit in hits:
        print(f"{hit.rank:>3}  {hit.score:.3f}  {hit.document.form.number or hit.document.file}  {_one_line(hit.text)}")
        if options.explain:
            print(*_evidence_as_text(hit, reading.searched), sep="\n")


def _reading_as_text(reading: Reading) -> Iterator[str]:
    yield f"searched: {reading.searched}"
    if reading.restored:
        yield "restored: " + ", ".join(f"{typed} -> {restored}" for typed, restored in reading.restored)
    if reading.also:
        yield "also as:  " + ", ".join(f"{asked} = {also}" for asked, also in reading.also)
    yield from (f"or meant: {alternative}" for alternative in reading.alternatives)


def _evidence_as_text(hit: Hit, searched: str) -> Iterator[str]:
    shares = sorted(hit.evidence.items(), key=lambda share: -share[1])
    yield "      " + ", ".join(f"{name} {share:.3f}" for name, share in shares)
    yield "      found: " + (" ".join(found_words(searched, hit.text)) or "none of the words")


def _run(options: argparse.Namespace) -> None:
    engine = _open(options)
    for question_id, question in _questions(options.questions, needs_id=True):
        hits = _best_of_files(engine, question, options.k)
        # Whoever reads a run sorts it by score: what is pinned first must not be scored under what follows.
        scores = reversed(list(accumulate((hit.score for hit in reversed(hits)), max)))
        for rank, (hit, score) in enumerate(zip(hits, scores, strict=True), start=1):
            print(f"{question_id} Q0 {hit.document.file.replace(' ', '%20')} {rank} {score:.6f} {RUN_TAG}")


def _best_of_files(engine: Engine, question: str, k: int) -> list[Hit]:
    """The best passage of each of the k best files; asks for more passages until there are enough files."""
    wanted = 2 * k
    while True:
        hits = engine.search(question, wanted)
        best = list({hit.document.file: hit for hit in reversed(hits)}.values())
        if len(best) >= k or len(hits) < wanted:
            return sorted(best, key=lambda hit: hit.rank)[:k]
        wanted *= 2


def _duties(options: argparse.Namespace) -> None:
    run_duties(options, _open)


def _remind(options: argparse.Namespace) -> None:
    run_remind(options, _open)


def _lineage(options: argparse.Namespace) -> None:
    if options.missing:
        _lineage_overview(options)
        return
    found = _open(options).lineage(next((n for _, n in find_typed_numbers(options.number)), options.number))
    if not (found.documents or found.incoming or found.followers):
        raise BadInput(f"{options.number}: no document of this number is held, and none names it. Check the number.")
    if options.json:
        print(json.dumps(lineage_fields(found), ensure_ascii=False))
        return
    print("\n".join(lineage_as_text(found)))


def _lineage_overview(options: argparse.Namespace) -> None:
    engine = _open(options)
    missing, without_plan = engine.not_held(), engine.without_own_plan(options.unit)
    if options.json:
        found = {"not_held": missing, "without_own_plan": without_plan}
        print(json.dumps({name: list(map(cited_fields, some)) for name, some in found.items()}, ensure_ascii=False))
        return
    print("\n".join(overview_as_text(missing, without_plan)))


if __name__ == "__main__":
    sys.exit(main())
