"""Which of two rules is in force: the one that replaces the other; and a note beside an answer from the old one. Pure.

A reference says it ("thay thế Quyết định số 88/QĐ-LĐLĐ"); nothing is inferred from dates alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.numbers import key
from indexer.types import Document, Reference, Relation, Span
from indexer.understand.sentences import sentences
from search.cite import cite
from search.compose import source_name
from search.extract import Sentence
from search.types import Answer, Language

_ENDS = {Relation.REPLACES: "replaced", Relation.REPEALS: "replaced", Relation.AMENDS: "amended"}
# How much less likely a sentence of the rule in force may be and still go before one of the rule it replaced.
_NEARLY_AS_LIKELY = 1.5
_NOTES = {
    (Language.VIETNAMESE, "replaced"): "Lưu ý: {old} đã được thay thế bởi {new}",
    (Language.VIETNAMESE, "amended"): "Lưu ý: {old} đã được sửa đổi, bổ sung bởi {new}",
    (Language.ENGLISH, "replaced"): "Note: {old} has been replaced by {new}",
    (Language.ENGLISH, "amended"): "Note: {old} has been amended by {new}",
}
_DATED = {Language.VIETNAMESE: ", ngày {day} [{n}]", Language.ENGLISH: ", dated {day} [{n}]"}


@dataclass(frozen=True, slots=True)
class Successor:
    """A later document and the place where it says that it replaces or amends another."""

    document: Document
    reference: Reference


def successors(old: Document, citing: Iterable[Document]) -> tuple[Successor, ...]:
    """Who replaces or amends a document, the latest first; who was issued before it doesn't."""
    found = [
        Successor(document, reference)
        for document in citing
        for reference in document.references
        if old.form.number is not None
        and reference.relation in _ENDS
        and key(reference.number) == key(old.form.number)
        and reference.issued_on in (None, old.form.issued_on)
        and not _is_before(document, old)
    ]
    once = {successor.document.id: successor for successor in reversed(found)}
    return tuple(sorted(once.values(), key=_issued, reverse=True))


def _is_before(document: Document, old: Document) -> bool:
    first, second = document.form.issued_on, old.form.issued_on
    return document.id == old.id or (first is not None and second is not None and first < second)


def _issued(successor: Successor) -> tuple[str, str]:
    day = successor.document.form.issued_on
    return (day.isoformat() if day else "", successor.document.id)


def noted(answer: Answer, old: Document, found: Sequence[Successor]) -> Answer:
    """The answer with what came after the document that it rests on, each with its place and its day."""
    for successor in found:
        answer = _noted(answer, old, successor)
    return answer


def _noted(answer: Answer, old: Document, successor: Successor) -> Answer:
    language, new = answer.query.language, successor.document
    if any(citation.document_id == new.id for citation in answer.citations):
        return answer
    note = _NOTES[language, _ENDS[successor.reference.relation]]
    first = len(answer.citations) + 1
    citations = [cite(first, new, _saying(new, successor.reference.span))]
    text = f"{note.format(old=source_name(old, language), new=source_name(new, language))} [{first}]"
    if new.form.issued_on and new.form.issued_on_span:
        citations.append(cite(first + 1, new, new.form.issued_on_span))
        text += _DATED[language].format(day=f"{new.form.issued_on:%d/%m/%Y}", n=first + 1)
    return replace(answer, text=f"{answer.text}\n{text}.", citations=(*answer.citations, *citations))


def _saying(document: Document, place: Span) -> Span:
    """The sentence around a place."""
    around = sentences(document.text, Span(0, len(document.text)))
    return next((sentence for sentence in around if sentence.contains(place)), place)


def in_force_first(found: Sequence[Sentence], named: frozenset[str], replacing: frozenset[str]) -> Sentence:
    """The likeliest sentence; where its rule was replaced, the likeliest of a document with one of the ids `replacing`,
    or enclosed in it, if it is nearly as likely and the question doesn't name the old rule. There is at least one."""
    first = found[0]
    if first.document.id in named or not replacing:
        return first
    least = first.log_odds - _NEARLY_AS_LIKELY
    newer = (s for s in found if {s.document.id, s.document.enclosed_in} & replacing and s.log_odds >= least)
    return next(newer, first)
