"""From passages to sentences that answer: each with the evidence for it, best first. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.types import Document, Span
from indexer.understand.sentences import sentences
from search.findings import ReplacedBy, nothing_replaces
from search.match import ENOUGH_OF_A_NAME, Wanted, Words
from search.ranker import Evidence, Ranker
from search.typed import Typed, run_in_fits, shape_fits, typed_spans
from search.types import Hit, QuestionKind

MAX_QUOTE_CHARS = 700
# What a word of the question counts by where it stands nearest: sentence, headings, document, passage, section.
_LEVELS = (1.0, 0.85, 0.75, 0.6, 0.4)

Cosines = Callable[[Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the sentences are measured by it.

    folded: the question in lower case without diacritics. given: words that name a document, which the documents with
    the ids `named` need not repeat. cosines: how near texts stand to the question, in -1..1. numbers: the keys of the
    document numbers that the question names. replaced_by: the ids of the documents that replace or amend another.
    """

    kind: QuestionKind
    folded: str
    wanted: Wanted
    given: frozenset[str]
    named: frozenset[str]
    cosines: Cosines
    numbers: frozenset[str] = frozenset()
    replaced_by: ReplacedBy = nothing_replaces


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage found. `log_odds` say how likely it answers; `typed` are its stretches of the type asked.

    complete: no name and no year of the question is missing around it.
    """

    document: Document
    span: Span
    evidence: Evidence
    typed: tuple[Typed, ...]
    log_odds: float
    complete: bool

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class _Scope:
    """The words around the sentences of one passage."""

    about: Words
    path: Words
    whole: Words
    section: Words
    given: frozenset[str]
    best_score: float


@dataclass(frozen=True, slots=True)
class _Above:
    """The words of the line with a colon that opens the list, and of the sentence before."""

    lead_in: frozenset[str]
    before: frozenset[str]


def sentences_of(hits: Sequence[Hit], asked: Asked, ranker: Ranker) -> list[Sentence]:
    """The sentences of all passages found, likeliest first, each once; head and foot of a document are no sentences."""
    best_score = max((hit.score for hit in hits), default=0.0) or 1.0
    found: dict[tuple[str, Span], Sentence] = {}
    for hit in hits:
        for sentence in _sentences(hit, asked, ranker, best_score):
            found.setdefault((hit.document.id, sentence.span), sentence)
    return sorted(found.values(), key=lambda s: (-s.log_odds, s.document.id, s.span))


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


def _sentences(hit: Hit, asked: Asked, ranker: Ranker, best_score: float) -> Iterator[Sentence]:
    document, body = hit.document, body_of(hit.document)
    spans = [span for span in sentences(document.text, hit.passage.span) if body.contains(span)]
    cosines = asked.cosines([span.of(document.text) for span in spans]) if spans else ()
    scope = _scope(hit, asked, best_score)
    above = _Above(frozenset(), frozenset())
    for span, cosine in zip(spans, cosines, strict=True):
        typed = tuple(typed_spans(document.text, span, asked.kind, asked.folded, asked.wanted))
        evidence = _evidence(hit, span, asked, scope, above, cosine, typed)
        named = evidence.tail > 0 and evidence.name_document >= ENOUGH_OF_A_NAME
        complete = evidence.years == 1 and named and _speaks_of_the_document(document, asked, scope)
        yield Sentence(document, span, evidence, typed, ranker.log_odds(evidence), complete)
        own = asked.wanted.words(span.of(document.text)).all
        above = _Above(own if evidence.opens_list else above.lead_in, own)


def _scope(hit: Hit, asked: Asked, best_score: float) -> _Scope:
    document, wanted = hit.document, asked.wanted
    return _Scope(
        about=wanted.words(context_of(document)),
        path=wanted.words(" ".join(hit.passage.heading)),
        whole=wanted.words(hit.text),
        section=wanted.words(_section_text(document, hit.passage.span.start)),
        given=asked.given if document.id in asked.named else frozenset(),
        best_score=best_score,
    )


def _evidence(
    hit: Hit,
    span: Span,
    asked: Asked,
    scope: _Scope,
    above: _Above,
    cosine: float,
    typed: Sequence[Typed],
) -> Evidence:
    document, wanted, given = hit.document, asked.wanted, scope.given
    text = span.of(document.text)
    own = wanted.words(text)
    rings = (own.all, scope.path.all | above.lead_in, scope.about.all, scope.whole.all, scope.section.all)
    near = own.pairs | scope.path.pairs | scope.about.pairs
    keys, years = wanted.key_words(given), wanted.years
    around = own.all | scope.path.all | scope.about.all | scope.whole.all
    return Evidence(
        own=wanted.coverage(((own.all, 1.0),), given),
        plain=wanted.plain_coverage(own.all),
        before=wanted.coverage(((above.before, 1.0),), given),
        heading=wanted.coverage(((scope.path.all, 1.0),), given),
        lead_in=wanted.coverage(((above.lead_in, 1.0),), given),
        document=wanted.coverage(((scope.about.all, 1.0),), given),
        passage=wanted.coverage(((scope.whole.all, 1.0),), given),
        section=wanted.coverage(((scope.section.all, 1.0),), given),
        support=wanted.coverage(tuple(zip(rings, _LEVELS, strict=True)), given),
        pairs=wanted.pair_coverage(own.pairs),
        pairs_near=wanted.pair_coverage(own.pairs | scope.path.pairs),
        pairs_passage=wanted.pair_coverage(scope.whole.pairs | scope.path.pairs | scope.about.pairs),
        name=wanted.name_share(near, ""),
        name_document=wanted.name_share(near | scope.whole.pairs, document.text),
        focus=wanted.focus_share(rings[0] | rings[1]),
        tail=wanted.tail_share(near | scope.whole.pairs, document.text),
        missing=wanted.heaviest_missing(around | scope.section.all, given),
        key_words=len(keys & around) / len(keys) if keys else 1.0,
        years=sum(year in around | scope.section.all for year in years) / len(years) if years else 1.0,
        rank=1 / hit.rank,
        score=hit.score / scope.best_score,
        dense=hit.evidence.get("dense", 0.0),
        cosine=cosine,
        named=float(document.id in asked.named) if asked.named else 0.5,
        near=typed[0].near if typed else 0.0,
        typed=float(bool(typed)),
        shape=shape_fits(text, asked.folded, wanted),
        run_in=run_in_fits(document.text, span, asked.kind),
        length=math.log(len(text)),
        opens_list=float(text.rstrip(" *").endswith(":")),
    )


def _speaks_of_the_document(document: Document, asked: Asked, scope: _Scope) -> bool:
    """Whether a passage is of a document that the question names by number, or names it itself."""
    around = scope.whole.all | scope.path.all | scope.about.all
    return not asked.numbers or document.id in asked.named or any(number in around for number in asked.numbers)


def _section_text(document: Document, position: int) -> str:
    """The outermost section around a position; "" outside of all."""
    around = (s for s in document.sections if s.level == 1 and s.span.start <= position < s.span.end)
    return next((section.span.of(document.text) for section in around), "")


def clause_around(document: Document, sentence: Span, wanted: Wanted) -> Span:
    """The whole sentence, or its best clause where it is too long to quote."""
    if sentence.end - sentence.start <= MAX_QUOTE_CHARS:
        return sentence
    clauses = [_trimmed(document.text, span) for span in _clauses(document.text, sentence)]
    return max(clauses, key=lambda c: (wanted.coverage(((wanted.words(c.of(document.text)).all, 1.0),)), -c.start))


def _clauses(text: str, sentence: Span) -> Iterable[Span]:
    return (
        Span(*match.span()) for match in re.compile(r"[^;]*[^;\s][^;]*;?").finditer(text, sentence.start, sentence.end)
    )


def _trimmed(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))
