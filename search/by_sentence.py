"""Answers read off the sentences found: the best one that holds what the kind of question asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.extract import Sentence, clause_around
from search.findings import Finding, Material
from search.lists import list_finding, section_finding
from search.match import Wanted
from search.typed import Typed, lacks_digits, run_in_bonus, shaped, typed_spans
from search.types import Query, QuestionKind

_TYPED_KINDS = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN, QuestionKind.WHO})
_SENTENCES_TRIED = 10


def sentence_findings(
    query: Query, asked: str, found: Sequence[Sentence], material: Material, wanted: Wanted, least_support: float
) -> Iterator[Finding]:
    """At most one finding; the sentences of a named document come first. `asked` is the question, folded."""
    fit = [s for s in found if s.complete and s.support >= least_support and not lacks_digits(s.text, asked)]
    inside = [s for s in fit if s.document.id in material.named_ids]
    for tried in (inside[:_SENTENCES_TRIED], fit[:_SENTENCES_TRIED]):
        finding = _read(query.kind, asked, tried, wanted) if tried else None
        if finding is not None:
            yield finding
            return


def _read(kind: QuestionKind, asked: str, tried: Sequence[Sentence], wanted: Wanted) -> Finding | None:
    if kind in _TYPED_KINDS:
        return _typed(kind, asked, tried, wanted)
    best = max(tried, key=lambda s: s.score + shaped(s, asked, wanted) + run_in_bonus(s, kind))
    listed = list_finding(best) if kind is QuestionKind.LIST else None
    return listed or section_finding(best) or _whole(best, wanted)


def _whole(sentence: Sentence, wanted: Wanted) -> Finding:
    quote = clause_around(sentence.document, sentence.span, wanted)
    return Finding("", sentence.document, (quote,), sentence.support)


def _typed(kind: QuestionKind, asked: str, tried: Sequence[Sentence], wanted: Wanted) -> Finding | None:
    """The stretch of the type asked for that stands nearest to the question's words, with the sentence around it."""
    candidates: list[tuple[float, Sentence, Typed]] = [
        (sentence.score + typed.near + run_in_bonus(sentence, kind), sentence, typed)
        for sentence in tried
        for typed in typed_spans(sentence, kind, asked, wanted)[:1]
    ]
    if not candidates:
        return None
    _, sentence, typed = max(candidates, key=lambda candidate: (candidate[0], -candidate[2].span.start))
    quote = clause_around(sentence.document, sentence.span, wanted)
    quote = quote if quote.contains(typed.span) else sentence.span
    return Finding(typed.span.of(sentence.document.text), sentence.document, (quote,), sentence.support)
