"""Answers read off the sentences found: the likeliest one that holds what the kind of question asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.extract import Asked, Sentence, clause_around
from search.findings import Finding
from search.lists import list_finding, section_finding
from search.typed import lacks_digits
from search.types import QuestionKind

_HEADING_ASKED_FOR = 0.9
_TYPED_KINDS = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN, QuestionKind.WHO})


def sentence_findings(asked: Asked, found: Sequence[Sentence], least: float) -> Iterator[Finding]:
    """At most one finding; a sentence under `least` log-odds, or with a name or year missing, gives none.

    What stands under a heading that is put in the question's own words needs no odds.
    """
    likely = (s for s in found if s.log_odds >= least or s.evidence.heading >= _HEADING_ASKED_FOR)
    fit = [s for s in likely if s.complete and not lacks_digits(s.text, asked.folded)]
    if asked.kind in _TYPED_KINDS:
        fit = [sentence for sentence in fit if sentence.typed]
    if fit:
        yield _read(fit[0], asked)


def _read(sentence: Sentence, asked: Asked) -> Finding:
    if asked.kind in _TYPED_KINDS:
        return _typed(sentence, asked)
    listed = list_finding(sentence) if asked.kind is QuestionKind.LIST else None
    return listed or section_finding(sentence) or _finding(sentence, asked, "")


def _typed(sentence: Sentence, asked: Asked) -> Finding:
    """The stretch of the type asked for that stands nearest to the question's words, with the sentence around it."""
    return _finding(sentence, asked, sentence.typed[0].span.of(sentence.document.text))


def _finding(sentence: Sentence, asked: Asked, lead: str) -> Finding:
    quote = clause_around(sentence.document, sentence.span, asked.wanted)
    if lead and not quote.contains(sentence.typed[0].span):
        quote = sentence.span
    return Finding(lead, sentence.document, (quote,), sentence.evidence.support)
