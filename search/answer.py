"""Material -> Answer with at least one citation, or NoAnswer with its reason. Pure given the material.

Each way of answering gives Findings from what it knows best: the form, the references, the register of duties, the
sentences found. The first way whose best finding carries enough of the question answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.types import Duty
from search.cite import cite
from search.compose import answer_text, fact_of, refusal
from search.duties import duty_findings
from search.extract import Sentence, clause_around, sentences_of
from search.findings import Finding, Material, form_findings, reference_findings
from search.lists import list_finding, section_finding
from search.match import Wanted
from search.typed import lacks_digits, run_in_bonus, shaped, typed_spans
from search.types import Answer, Citation, NoAnswer, Query, QuestionKind, Reason

_TYPED_KINDS = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN, QuestionKind.WHO})


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """Least share of the question's words that evidence must carry; measured on eval/gold/dev.jsonl."""

    least_support: float = 0.5
    least_duty_support: float = 0.6
    least_form_support: float = 0.75
    least_mention: float = 0.5
    sentences_tried: int = 10


def answer(query: Query, wanted: Wanted, material: Material, settings: AnswerSettings | None = None) -> Answer | NoAnswer:
    """The answer to a question from its material, or the reason why there is none."""
    chosen = settings or AnswerSettings()
    reason = _hopeless(query, wanted, material)
    if reason:
        return _no_answer(query, reason, material)
    found = sentences_of(material.hits, wanted, material.given, material.named_ids)
    finding = _best(query, wanted, material, found, chosen)
    if finding is None:
        on_the_matter = bool(found) and found[0].support > chosen.least_mention
        return _no_answer(query, Reason.NOT_STATED if on_the_matter else Reason.NO_MATCH, material)
    citations = tuple(cite(n, finding.document, span) for n, span in enumerate(finding.spans, start=1))
    facts = tuple(fact_of(duty, _numbers_of(duty, citations)) for duty in finding.duties)
    return Answer(query, answer_text(finding, query.language), facts, citations, material.hits)


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


def _best(
    query: Query, wanted: Wanted, material: Material, found: list[Sentence], settings: AnswerSettings
) -> Finding | None:
    asked = fold(query.text)
    ways: tuple[tuple[Callable[[], Iterable[Finding]], float], ...] = (
        (lambda: form_findings(query, asked, material, wanted), settings.least_form_support),
        (lambda: reference_findings(query, asked, material, wanted), settings.least_support),
        (lambda: duty_findings(query.kind, asked, material, wanted), settings.least_duty_support),
        (lambda: _sentence_findings(query, asked, found, material, wanted, settings), settings.least_support),
    )
    for way, least in ways:
        best = max(way(), key=lambda finding: (finding.score, finding.support), default=None)
        if best is not None and best.support >= least:
            return best
    return None


def _numbers_of(duty: Duty, citations: tuple[Citation, ...]) -> tuple[int, ...]:
    places = {(span.start, span.end) for span in duty.spans}
    return tuple(citation.n for citation in citations if (citation.start, citation.end) in places)


def _sentence_findings(
    query: Query, asked: str, found: list[Sentence], material: Material, wanted: Wanted, settings: AnswerSettings
) -> Iterator[Finding]:
    """The sentence that carries the question best and holds what its kind asks for; a named document comes first."""
    fit = [s for s in found if s.complete and s.support >= settings.least_support and not lacks_digits(s.text, asked)]
    inside = [s for s in fit if s.document.id in material.named_ids]
    for tried in filter(None, (inside[: settings.sentences_tried], fit[: settings.sentences_tried])):
        findings = list(_read(query, asked, tried, wanted))
        if findings:
            yield from findings
            return


def _read(query: Query, asked: str, tried: list[Sentence], wanted: Wanted) -> Iterator[Finding]:
    if query.kind in _TYPED_KINDS:
        yield from _typed_finding(query.kind, asked, tried, wanted)
    else:
        best = max(tried, key=lambda s: s.score + shaped(s, asked, wanted) + run_in_bonus(s, query.kind))
        yield (
            (list_finding(best, wanted) if query.kind is QuestionKind.LIST else None)
            or section_finding(best, wanted)
            or Finding("", best.document, (clause_around(best.document, best.span, wanted),), best.support)
        )


def _typed_finding(kind: QuestionKind, asked: str, tried: list[Sentence], wanted: Wanted) -> Iterator[Finding]:
    candidates = [
        (sentence.score + typed.near + run_in_bonus(sentence, kind), sentence, typed)
        for sentence in tried
        for typed in typed_spans(sentence, kind, asked, wanted)[:1]
    ]
    if candidates:
        _, sentence, typed = max(candidates, key=lambda c: (c[0], -c[2].span.start))
        document = sentence.document
        quote = clause_around(document, sentence.span, wanted)
        quote = quote if quote.contains(typed.span) else sentence.span
        yield Finding(typed.span.of(document.text), document, (quote,), sentence.support)
