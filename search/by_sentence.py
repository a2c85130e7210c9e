"""Answers read off the sentences found: the likeliest one that holds what the kind of question asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.extract import Asked, Sentence, clause_around
from search.findings import Finding
from search.in_force import in_force_first
from search.lists import list_finding, section_finding
from search.ranker import MOST_MARGIN, Confidence
from search.typed import TYPED_KINDS, lacks_digits, lacks_relation
from search.types import QuestionKind

_HEADING_ASKED_FOR = 0.9


def sentence_findings(asked: Asked, found: Sequence[Sentence], confidence: Confidence) -> Iterator[Finding]:
    """At most one finding; a sentence that is not likely enough, or with a name or year missing, gives none.

    What stands under a heading that is put in the question's own words needs no odds.
    """
    fit = eligible(asked, found)
    if not fit:
        return
    likely = confidence.of(fit[0].evidence, fit[0].log_odds, margin(fit))
    if likely >= confidence.least or fit[0].evidence.heading >= _HEADING_ASKED_FOR:
        chosen = in_force_first(fit, asked.named, asked.replaced_by(fit[0].document))
        yield replace(_read(chosen, asked), confidence=likely)


def eligible(asked: Asked, found: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that may answer at all: nothing named is missing, and what the kind asks for is there."""
    folded = asked.folded
    fit = [s for s in found if s.complete and not (lacks_digits(s.text, folded) or lacks_relation(s.text, folded))]
    return [sentence for sentence in fit if sentence.typed] if asked.kind in TYPED_KINDS else fit


def margin(fit: Sequence[Sentence]) -> float:
    """How far the log-odds of the first sentence lie above the next one's."""
    return fit[0].log_odds - fit[1].log_odds if len(fit) > 1 else MOST_MARGIN


def _read(sentence: Sentence, asked: Asked) -> Finding:
    if asked.kind in TYPED_KINDS:
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
