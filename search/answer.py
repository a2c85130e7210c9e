"""Material -> Answer with at least one citation, or NoAnswer with its reason. Pure given the material.

Each way of answering gives Findings from what it knows best: the form, the references, the register of duties, the
sentences found. The first way whose best finding carries enough of the question answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.types import Document, Duty, Span
from search.cite import cite
from search.compose import answer_text, fact_of, refusal
from search.extract import Sentence, clause_around, context_of, sentences_of, typed_spans
from search.findings import Finding, Material, form_findings, reference_findings
from search.match import Wanted
from search.types import Answer, Citation, NoAnswer, Query, QuestionKind, Reason

_TYPED_KINDS = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN, QuestionKind.WHO})
_DUTY_KINDS = frozenset({QuestionKind.DUTY, QuestionKind.WHEN, QuestionKind.WHO})


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """Least share of the question's words that evidence must carry; measured on eval/gold/dev.jsonl."""

    least_support: float = 0.62
    least_duty_support: float = 0.62
    least_form_support: float = 0.75
    sentences_tried: int = 8
    duties_shown: int = 5


def answer(query: Query, wanted: Wanted, material: Material, settings: AnswerSettings | None = None) -> Answer | NoAnswer:
    """The answer to a question from its material, or the reason why there is none."""
    chosen = settings or AnswerSettings()
    reason = _hopeless(query, wanted, material)
    finding = None if reason else _best(query, wanted, material, chosen)
    if finding is None:
        return _no_answer(query, reason or _reason(wanted, material), material)
    citations = tuple(cite(n, finding.document, span) for n, span in enumerate(finding.spans, start=1))
    facts = tuple(fact_of(duty, _numbers_of(duty, citations)) for duty in finding.duties)
    return Answer(query, answer_text(finding, query.language), facts, citations, material.hits)


def _hopeless(query: Query, wanted: Wanted, material: Material) -> Reason | None:
    if not query.text:
        return Reason.EMPTY_QUESTION
    if material.unknown and not material.named:
        return Reason.NO_SUCH_DOCUMENT
    if not wanted.weights and not material.named:
        return Reason.NO_SUBJECT
    return None if material.hits else Reason.NO_MATCH


def _reason(wanted: Wanted, material: Material) -> Reason:
    """Nothing of the kind here, or passages on the matter that don't say what is asked."""
    found = sentences_of(material.hits, wanted)
    return Reason.NOT_STATED if found and found[0].support > 0.5 else Reason.NO_MATCH


def _no_answer(query: Query, reason: Reason, material: Material) -> NoAnswer:
    return NoAnswer(query, reason, refusal(reason, query.language, material.unknown), material.hits)


def _best(query: Query, wanted: Wanted, material: Material, settings: AnswerSettings) -> Finding | None:
    folded = fold(query.text)
    ways: tuple[tuple[Iterable[Finding], float], ...] = (
        (form_findings(query, folded, material, wanted), settings.least_form_support),
        (reference_findings(query, folded, material, wanted), settings.least_support),
        (_duty_findings(query, material, wanted, settings), settings.least_duty_support),
        (_sentence_findings(query, material, wanted, settings), settings.least_support),
    )
    for findings, least in ways:
        best = max(findings, key=lambda finding: finding.support, default=None)
        if best is not None and best.support >= least:
            return best
    return None


def _duty_findings(query: Query, material: Material, wanted: Wanted, settings: AnswerSettings) -> Iterator[Finding]:
    """Rows of the register that carry the question, for questions about who owes what by when."""
    if query.kind not in _DUTY_KINDS:
        return
    for document in material.named or material.documents:
        weighed = sorted(
            ((_duty_support(duty, document, wanted), duty) for duty in document.duties if _can_answer(duty, query.kind)),
            key=lambda pair: (-pair[0], -pair[1].confidence, pair[1].spans[0]),
        )
        if weighed and weighed[0][0] > 0:
            best = weighed[0][0]
            rows = tuple(duty for support, duty in weighed[: settings.duties_shown] if support >= best - 0.1)
            spans = tuple(dict.fromkeys(span for duty in rows for span in duty.spans))
            yield Finding("", document, spans, best, duties=rows)


def _can_answer(duty: Duty, kind: QuestionKind) -> bool:
    if kind is QuestionKind.WHEN:
        return duty.deadline is not None
    return bool(duty.bearers) and (kind is QuestionKind.WHO or bool(duty.recipients))


def _duty_support(duty: Duty, document: Document, wanted: Wanted) -> float:
    quote = wanted.words(" ".join((*duty.bearers, *(span.of(document.text) for span in duty.spans))))
    heading = wanted.words(" ".join(document.heading(duty.spans[0].start)))
    about = wanted.words(context_of(document))
    if wanted.missing_names((quote, heading, about)):
        return 0.0
    bonus = 0.05 if duty.deadline else 0.0
    return wanted.coverage(((quote.all, 1.0), (heading.all, 0.85), (about.all, 0.75))) + bonus


def _numbers_of(duty: Duty, citations: tuple[Citation, ...]) -> tuple[int, ...]:
    places = {(span.start, span.end) for span in duty.spans}
    return tuple(citation.n for citation in citations if (citation.start, citation.end) in places)


def _sentence_findings(query: Query, material: Material, wanted: Wanted, settings: AnswerSettings) -> Iterator[Finding]:
    """The best sentence that holds what the kind of question asks for."""
    tried = [s for s in sentences_of(material.hits, wanted) if s.named and s.support >= settings.least_support]
    for sentence in tried[: settings.sentences_tried]:
        finding = _read_sentence(query.kind, sentence, wanted)
        if finding is not None:
            yield finding
            return


def _read_sentence(kind: QuestionKind, sentence: Sentence, wanted: Wanted) -> Finding | None:
    document = sentence.document
    quote = clause_around(document, sentence.span, wanted)
    if kind in _TYPED_KINDS:
        typed = [t for t in typed_spans(sentence, kind, wanted) if quote.contains(t.span)]
        return Finding(typed[0].span.of(document.text), document, (quote,), sentence.support) if typed else None
    return Finding("", document, (quote,), sentence.support)


