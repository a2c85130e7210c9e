"""python -m eval.sentences: whether the sentence that would answer holds the gold span, on public Vietnamese sets.

Given the right paragraph, and end to end over all paragraphs of the set; beside both the plain sum of the idf of shared
words, and the F1 of what would be said. XQuAD-vi and ViLQA only report: nothing is tuned on them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.measures import mean
from eval.report import table
from eval.sets import SHARED, SetError
from indexer.build import build
from indexer.errors import ProjectError
from indexer.types import Document, Passage, Span
from indexer.understand.sentences import sentences
from search.engine import Engine, open_engine
from search.extract import Asked, Sentence
from search.typed import TYPED_KINDS
from search.types import Hit


@dataclass(frozen=True, slots=True)
class SpanQuestion:
    """A question, the paragraph it was asked about, and the answers that stand there word for word."""

    question: str
    paragraph: str
    answers: tuple[str, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """0: measured; 1: a set or the model isn't there; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.sentences", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="folder with evalsets/")
    parser.add_argument("--first", type=int, metavar="N", help="ask the first N questions of each set only")
    options = parser.parse_args(argv)
    try:
        rows = [_row(name, questions[: options.first]) for name, questions in _sets(options.shared)]
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(["", "questions", "idf overlap", "right paragraph", "end to end", "F1", "F1 end to end"], rows))
    return 0


# --- the sets ---------------------------------------------------------------------------------------------------------


def _sets(shared: Path) -> Iterator[tuple[str, list[SpanQuestion]]]:
    try:
        yield "XQuAD-vi", list(xquad(shared / "evalsets/xquad.vi.json"))
        yield "ViLQA", list(vilqa(shared / "evalsets/vilqa.csv"))
    except FileNotFoundError as error:
        raise SetError(f"{error.filename}: not there. Name the folder that holds evalsets/ with --shared.") from error


def xquad(path: Path) -> Iterator[SpanQuestion]:
    source = json.loads(path.read_text(encoding="utf-8"))
    for article in source["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                answers = tuple(answer["text"] for answer in asked["answers"])
                yield SpanQuestion(asked["question"], paragraph["context"], answers)


def vilqa(path: Path) -> Iterator[SpanQuestion]:
    """Questions whose answer stands in its context word for word."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["answer"].strip() and row["answer"].strip() in row["context"]:
                yield SpanQuestion(row["question"], row["context"], (row["answer"].strip(),))


# --- measuring --------------------------------------------------------------------------------------------------------


def _row(name: str, questions: Sequence[SpanQuestion]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        engine, places = _indexed(questions, Path(folder))
        figures = [_measured(engine, places, question) for question in questions]
    return [name, str(len(questions)), *(f"{mean(column):.3f}" for column in zip(*figures, strict=True))]


def _indexed(questions: Sequence[SpanQuestion], folder: Path) -> tuple[Engine, dict[str, Document]]:
    """An engine over one file for each paragraph, and the document of each paragraph."""
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    names = {f"{number:05}.txt": paragraph for number, paragraph in enumerate(paragraphs)}
    (folder / "texts").mkdir()
    for name, paragraph in names.items():
        (folder / "texts" / name).write_text(paragraph, encoding="utf-8")
    build([folder / "texts"], folder / "index")
    engine = open_engine(folder / "index")
    return engine, {names[document.file]: document for document in engine.documents()}


def _measured(engine: Engine, places: dict[str, Document], asked: SpanQuestion) -> tuple[float, ...]:
    """Whether the sentence by idf, the one chosen of the paragraph and of all paragraphs hold the answer; both F1."""
    document = places[asked.paragraph]
    whole = Hit(1, document, Passage("", document.id, Span(0, len(document.text)), ()), 1.0)
    asked_for, given = engine.sentences(asked.question, (whole,))
    _, anywhere = engine.sentences(asked.question)
    chosen, found = choice(asked_for, given), choice(asked_for, anywhere)
    return (
        float(_holds(_by_idf(engine, document, asked.question), asked)),
        float(_holds(chosen.text if chosen else "", asked)),
        float(found is not None and found.document.id == document.id and _holds(found.text, asked)),
        _best_f1(said(asked_for, chosen), asked),
        _best_f1(said(asked_for, found), asked),
    )


def choice(asked: Asked, found: Sequence[Sentence]) -> Sentence | None:
    """The sentence that would answer, were every question answered: the first one with the type that is asked for."""
    typed = [sentence for sentence in found if sentence.typed] if asked.kind in TYPED_KINDS else []
    return next(iter(typed or found), None)


def said(asked: Asked, sentence: Sentence | None) -> str:
    """What would be said of a sentence: its stretch of the type asked for, else all of it."""
    if sentence is None:
        return ""
    typed = sentence.typed[:1] if asked.kind in TYPED_KINDS else ()
    return typed[0].span.of(sentence.document.text) if typed else sentence.text


def _by_idf(engine: Engine, document: Document, question: str) -> str:
    """The sentence that shares the greatest sum of idf with the question: what is to be beaten."""
    asked = _words(question)
    spans = sentences(document.text, Span(0, len(document.text)))
    weight = engine.idf
    shared = (sum(map(weight, asked & _words(span.of(document.text)))) for span in spans)
    best = max(zip(shared, spans, strict=True), key=lambda pair: pair[0], default=(0.0, None))[1]
    return best.of(document.text) if best else ""


def _holds(sentence: str, asked: SpanQuestion) -> bool:
    return any(_plain(answer) in _plain(sentence) for answer in asked.answers)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _best_f1(text: str, asked: SpanQuestion) -> float:
    return max(f1(text, answer) for answer in asked.answers)


def f1(text: str, answer: str) -> float:
    """Harmonic mean of precision and recall over words (Rajpurkar et al., EMNLP 2016)."""
    own, wanted = (Counter(re.findall(r"\w+", each.lower())) for each in (text, answer))
    shared = sum((own & wanted).values())
    return 2 * shared / (own.total() + wanted.total()) if shared else 0.0


if __name__ == "__main__":
    sys.exit(main())
