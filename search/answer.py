"""Material -> Answer with at least one citation, or NoAnswer with its reason. Pure given the material.

Each way of answering gives Findings from what it knows best: the form, the references, the register of duties, the
sentences found. The first way whose best finding carries enough of the question answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.numbers import key
from indexer.types import Duty
from search.by_count import count_findings
from search.by_duty import duty_findings
from search.by_form import form_findings
from search.by_occasion import occasion_findings
from search.by_reference import reference_findings
from search.by_sentence import sentence_findings
from search.cite import cite
from search.compose import answer_text, fact_of, refusal
from search.extract import Asked, Cosines, Sentence, sentences_of
from search.findings import Finding, Material
from search.match import Wanted
from search.ranker import shipped_confidence, shipped_ranker
from search.types import Answer, Citation, NoAnswer, Query, QuestionKind, Reason, Way


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """Least share of the question's words that a finding must carry; chosen on eval/gold/dev.jsonl and dev2.jsonl."""

    least_reference_support: float = 0.5
    least_duty_support: float = 0.6
    least_form_support: float = 0.75
    least_mention: float = 0.5


def answer(
    query: Query, wanted: Wanted, material: Material, cosines: Cosines, settings: AnswerSettings | None = None
) -> Answer | NoAnswer:
    """The answer to a question from its material, or the reason why there is none."""
    chosen = settings or AnswerSettings()
    reason = _hopeless(query, wanted, material)
    if reason:
        return _no_answer(query, reason, material)
    asked = asked_of(query, wanted, material, cosines)
    found = sentences_of(material.hits, asked, shipped_ranker())
    best = _best(query, asked, material, found, chosen)
    if best is None:
        on_the_matter = bool(found) and found[0].evidence.support > chosen.least_mention
        return _no_answer(query, Reason.NOT_STATED if on_the_matter else Reason.NO_MATCH, material)
    return _answer(query, *best, material)


def _answer(query: Query, way: Way, finding: Finding, material: Material) -> Answer:
    citations = tuple(cite(n, finding.document, span) for n, span in enumerate(finding.spans, start=1))
    facts = tuple(fact_of(duty, _numbers_of(duty, citations)) for duty in finding.duties)
    text = answer_text(finding, query.language)
    likely = shipped_confidence().ways[way] if finding.confidence is None else finding.confidence
    return Answer(query, text, facts, citations, material.hits, lead=finding.lead or None, way=way, confidence=likely)


def _hopeless(query: Query, wanted: Wanted, material: Material) -> Reason | None:
    """What makes an answer impossible before anything is read."""
    if not query.text:
        return Reason.EMPTY_QUESTION
    if material.unknown and not material.named:
        return Reason.NO_SUCH_DOCUMENT
    if not wanted.weights and not material.named:
        return Reason.NO_SUBJECT
    return None if material.hits else Reason.NO_MATCH


def _no_answer(query: Query, reason: Reason, material: Material) -> NoAnswer:
    return NoAnswer(query, reason, refusal(reason, query.language, material.unknown), material.hits)


def asked_of(query: Query, wanted: Wanted, material: Material, cosines: Cosines) -> Asked:
    """A question as its sentences are measured by it."""
    numbers = frozenset(word for number in query.numbers for word in (key(number), fold(key(number))))
    kind = QuestionKind.HOW_MANY if query.kind is QuestionKind.COUNT else query.kind
    return Asked(
        kind, fold(query.text), wanted, material.given, material.named_ids, cosines, numbers, material.replaced_by
    )


def _best(
    query: Query, asked: Asked, material: Material, found: Sequence[Sentence], settings: AnswerSettings
) -> tuple[Way, Finding] | None:
    """The best finding of the first way of answering that has one with enough of the question."""
    wanted, folded = asked.wanted, asked.folded
    ways: tuple[tuple[Way, Callable[[], Iterable[Finding]], float], ...] = (
        (Way.FORM, lambda: form_findings(query, material, wanted), settings.least_form_support),
        (Way.FORM, lambda: occasion_findings(query, material, wanted), settings.least_form_support),
        (Way.COUNT, lambda: count_findings(query, folded, material, wanted), settings.least_form_support),
        (Way.REFERENCE, lambda: reference_findings(query, folded, material, wanted), settings.least_reference_support),
        (Way.DUTY, lambda: duty_findings(asked, material), settings.least_duty_support),
        (Way.SENTENCE, lambda: sentence_findings(asked, found, shipped_confidence()), 0.0),
    )
    for way, findings, least in ways:
        best = max(findings(), key=lambda finding: (finding.score, finding.support), default=None)
        if best is not None and best.support >= least:
            return way, best
    return None


def _numbers_of(duty: Duty, citations: Sequence[Citation]) -> tuple[int, ...]:
    places = {(span.start, span.end) for span in duty.spans}
    return tuple(citation.n for citation in citations if (citation.start, citation.end) in places)
