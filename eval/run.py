"""Ask an engine the gold questions and judge what it gives, one outcome per question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Protocol

from eval.gold import GoldQuestion
from eval.measures import (
    DEPTH,
    Place,
    Quote,
    Ranking,
    citation_precision,
    citation_recall,
    is_right,
    is_verbatim,
    quotes_found,
)
from eval.text import Squeezed, squeeze
from indexer.types import Document, Span
from search.types import Answer, Fact, Hit, NoAnswer, Retriever

PLAIN_TEXT = {".txt", ".md"}
Source = Callable[[str], str | None]


class Engine(Protocol):
    """What is measured."""

    def ask(self, question: str, *, previous: Answer | NoAnswer | None = None) -> Answer | NoAnswer: ...

    def search(self, query: str, k: int, *, retrievers: frozenset[Retriever]) -> tuple[Hit, ...]: ...

    def documents(self) -> tuple[Document, ...]: ...


class Way(StrEnum):
    """How passages were found; ASKED are those that an answer or a refusal shows."""

    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"
    ASKED = "asked"


_RETRIEVERS = {
    Way.LEXICAL: frozenset({Retriever.LEXICAL}),
    Way.DENSE: frozenset({Retriever.DENSE}),
    Way.HYBRID: frozenset(Retriever),
}


class Status(StrEnum):
    """MISSING: a document of the question is not in the index, so the question was not asked."""

    ANSWERED = "answered"
    REFUSED = "refused"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Cited:
    """The citations of one answer, judged. precision and recall are None where the question has no evidence."""

    count: int
    verbatim: int
    characters: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`said` is the answer, or why there is none. `rankings` is empty where the question has no evidence.

    confidence: how likely the answer was said to be right; None for a refusal.
    """

    gold: GoldQuestion
    status: Status
    right: bool
    said: str
    rankings: Mapping[Way, Ranking] = field(default_factory=dict)
    cited: Cited | None = None
    seconds: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """`defects` are what is wrong with the gold set itself: quotes that their documents don't hold."""

    outcomes: tuple[Outcome, ...]
    defects: tuple[str, ...]


def source_in(folders: Sequence[Path]) -> Source:
    """The text of a file as it lies in the first folder that has it; None where none has it or it isn't plain text."""

    def source(file: str) -> str | None:
        path = next((folder / file for folder in folders if (folder / file).is_file()), None)
        if path is None or path.suffix.lower() not in PLAIN_TEXT:
            return None
        return path.read_text(encoding="utf-8-sig", errors="replace")

    return source


def measure(engine: Engine, questions: Sequence[GoldQuestion], source: Source) -> Measured:
    library = _Library(engine.documents())
    outcomes = tuple(_outcome(engine, library, question, source) for question in questions)
    defects = tuple(defect for question in questions for defect in library.defects(question))
    return Measured(outcomes, defects)


class _Library:
    """The indexed documents by file, squeezed once each."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._files = {document.file for document in documents}
        self._documents = {document.id: document for document in documents}
        self._squeezed: dict[str, Squeezed] = {}

    def missing(self, question: GoldQuestion) -> tuple[str, ...]:
        return tuple(file for file in question.files if file not in self._files)

    def text(self, document_id: str) -> str:
        return self._documents[document_id].text

    def quotes(self, question: GoldQuestion) -> tuple[Quote, ...]:
        """The places of each evidence string, in the order of the question's evidence."""
        held = [document for document in self._documents.values() if document.file in question.files]
        return tuple(tuple(self._places(held, quote)) for quote in question.evidence)

    def defects(self, question: GoldQuestion) -> tuple[str, ...]:
        if self.missing(question):
            return ()
        files = ", ".join(question.files)
        pairs = zip(question.evidence, self.quotes(question), strict=True)
        return tuple(f'{question.id}: "{text}" does not stand in {files}' for text, places in pairs if not places)

    def _places(self, documents: Sequence[Document], quote: str) -> Iterator[Place]:
        for document in documents:
            if document.id not in self._squeezed:
                self._squeezed[document.id] = squeeze(document.text)
            yield from (Place(document.id, span) for span in self._squeezed[document.id].find(quote))


def _outcome(engine: Engine, library: _Library, question: GoldQuestion, source: Source) -> Outcome:
    if missing := library.missing(question):
        nothing = {way: Ranking(len(question.evidence), ()) for way in Way}
        return Outcome(question, Status.MISSING, False, f"not in the index: {', '.join(missing)}", nothing)
    quotes = library.quotes(question)
    previous = engine.ask(question.after) if question.after else None
    started = perf_counter()
    reply = engine.ask(question.question, previous=previous)
    seconds = perf_counter() - started
    rankings = _rankings(engine, question, reply, quotes) if quotes else {}
    if isinstance(reply, NoAnswer):
        return Outcome(question, Status.REFUSED, question.kind is None, reply.message, rankings, None, seconds)
    right = is_right(question.answers, texts_of(reply))
    cited = _cited(reply, library, quotes, source)
    return Outcome(question, Status.ANSWERED, right, reply.text, rankings, cited, seconds, reply.confidence)


def _rankings(
    engine: Engine, question: GoldQuestion, reply: Answer | NoAnswer, quotes: Sequence[Quote]
) -> dict[Way, Ranking]:
    shown = reply.nearest if isinstance(reply, NoAnswer) else reply.hits
    hits = {way: engine.search(question.question, DEPTH, retrievers=used) for way, used in _RETRIEVERS.items()}
    hits[Way.ASKED] = shown[:DEPTH]
    return {way: Ranking(len(quotes), quotes_found(_places_of(found), quotes)) for way, found in hits.items()}


def _places_of(hits: Sequence[Hit]) -> list[Place]:
    return [Place(hit.document.id, hit.passage.span) for hit in hits]


def texts_of(answer: Answer) -> tuple[str, ...]:
    """Where an accepted string may stand: the answer's text and the cells of its facts, not its quotes."""
    return (answer.text, *(cell for fact in answer.facts for cell in _cells(fact)))


def _cells(fact: Fact) -> tuple[str, ...]:
    single = (fact.what, fact.via, fact.by_when, fact.recurrence)
    lists = (*fact.who, *fact.to, ", ".join(fact.who), ", ".join(fact.to), *(day.isoformat() for day in fact.dates))
    return (*(cell for cell in single if cell), *lists)


def _cited(answer: Answer, library: _Library, quotes: Sequence[Quote], source: Source) -> Cited:
    places = [Place(citation.document_id, Span(citation.start, citation.end)) for citation in answer.citations]
    verbatim = [
        is_verbatim(citation.quote, place.span, library.text(citation.document_id), source(citation.file))
        for citation, place in zip(answer.citations, places, strict=True)
    ]
    return Cited(
        count=len(places),
        verbatim=sum(verbatim),
        characters=sum(place.length for place in places),
        precision=citation_precision(places, quotes) if quotes else None,
        recall=citation_recall(places, quotes) if quotes else None,
    )
