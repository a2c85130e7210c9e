"""From passages to sentences that answer: each sentence with what it carries of the question. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.types import Document, Span
from indexer.understand.sentences import sentences
from search.match import Wanted
from search.types import Hit

MAX_QUOTE_CHARS = 700


@dataclass(frozen=True, slots=True)
class Levels:
    """What a word of the question counts, by where it stands nearest."""

    sentence: float = 1.0
    heading: float = 0.85
    document: float = 0.75
    passage: float = 0.6
    section: float = 0.4


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage found, and how well it carries what the question asks about.

    support: share of the question's words in the sentence, its headings and its document, nearest counting most; 0..1.
    score: support with its own share, neighbouring words and the passage's rank added; for ranking only.
    complete: no name and no year of the question is missing around it, and at least half of its rarest words are there.
    """

    document: Document
    span: Span
    heading: tuple[str, ...]
    support: float
    score: float
    heading_share: float
    own_share: float
    complete: bool

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


def sentences_of(
    hits: Iterable[Hit], wanted: Wanted, given: frozenset[str] = frozenset(), named: frozenset[str] = frozenset()
) -> list[Sentence]:
    """The sentences of all passages found, best first, each once.

    `given` are words that the documents with the ids `named` carry by being the ones the question names.
    """
    found: dict[tuple[str, Span], Sentence] = {}
    for hit in hits:
        known = given if hit.document.id in named else frozenset[str]()
        for sentence in _sentences(hit, wanted, known):
            place = (hit.document.id, sentence.span)
            if place not in found or found[place].score < sentence.score:
                found[place] = sentence
    return sorted(found.values(), key=lambda s: (-s.score, s.document.id, s.span))


def context_of(document: Document) -> str:
    """What a document is, in words: type, number, issuer, place, year, summary."""
    form = document.form
    year = f"năm {form.issued_on.year}" if form.issued_on else ""
    return " ".join(filter(None, (form.kind, form.number, form.superior, form.issuer, form.place, year, form.summary)))


def body_of(document: Document) -> Span:
    """The text between head and foot: what a document says, without its form."""
    form = document.form
    heads = [span.end for span in (form.number_span, form.issued_on_span, form.summary_span) if span]
    start = max((end for end in heads if end < len(document.text) // 2 + 400), default=0)
    foot = form.recipients_span.start if form.recipients_span else len(document.text)
    return Span(start, foot) if start < foot else Span(0, len(document.text))


def _sentences(hit: Hit, wanted: Wanted, given: frozenset[str]) -> Iterator[Sentence]:
    document, passage = hit.document, hit.passage
    about, path, whole = (
        wanted.words(context_of(document)),
        wanted.words(" ".join(passage.heading)),
        wanted.words(hit.text),
    )
    section = wanted.words(_section_text(document, passage.span.start))
    levels, body = Levels(), body_of(document)
    heading_share = wanted.coverage(((path.all, 1.0),), given)
    near = path.all | about.all | whole.all
    keys = wanted.key_words(given)
    keyed = len(keys) < 2 or len(keys & near) >= len(keys) / 2
    dated = all(year in near | section.all for year in wanted.years)
    lead_in: frozenset[str] = frozenset()
    for span in sentences(document.text, passage.span):
        if span.start < body.start or span.end > body.end:
            continue
        own = wanted.words(span.of(document.text))
        opens_list = span.of(document.text).rstrip(" *").endswith(":")
        support = wanted.coverage(
            (
                (own.all, levels.sentence),
                (path.all | lead_in, levels.heading),
                (about.all, levels.document),
                (whole.all, levels.passage),
                (section.all, levels.section),
            ),
            given,
        )
        own_share = wanted.coverage(((own.all, 1.0),), given)
        score = support + 0.5 * own_share + 0.8 * wanted.pair_coverage(own.pairs | path.pairs) + 0.2 / (1 + hit.rank)
        complete = keyed and dated and not wanted.lacks_name((own, path, about, whole), document.text)
        yield Sentence(document, span, passage.heading, support, score, heading_share, own_share, complete)
        lead_in = own.all if opens_list else lead_in


def _section_text(document: Document, position: int) -> str:
    """The outermost section around a position; "" outside of all."""
    around = (s for s in document.sections if s.level == 1 and s.span.start <= position < s.span.end)
    return next((section.span.of(document.text) for section in around), "")


def clause_around(document: Document, sentence: Span, wanted: Wanted) -> Span:
    """The whole sentence, or its best clauses in a row where it is too long to quote."""
    if sentence.end - sentence.start <= MAX_QUOTE_CHARS:
        return sentence
    pieces = [
        Span(sentence.start + m.start(), sentence.start + m.end())
        for m in re.finditer(r"[^;]+;?", sentence.of(document.text))
    ]
    best = max(
        pieces, key=lambda piece: (wanted.coverage(((wanted.words(piece.of(document.text)).all, 1.0),)), -piece.start)
    )
    stripped = best.of(document.text)
    start = best.start + len(stripped) - len(stripped.lstrip())
    return Span(start, start + len(stripped.strip()))
