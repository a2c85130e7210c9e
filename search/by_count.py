"""Answers that count: the articles, targets, tasks or recipients of a document, each one shown. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.analyze import fold
from indexer.types import Document, Span
from indexer.understand.sentences import sentences
from search.findings import Finding, Material
from search.lists import items
from search.match import Wanted
from search.query import COUNTED
from search.types import Query, QuestionKind

_NOUN = re.compile(rf"(?:bao nhieu|\bmay) (?P<noun>{COUNTED})\b")
# How the label of a section begins that is one of the things counted.
_LABELS = {"dieu": re.compile(r"Điều \w+$"), "chuong": re.compile(r"Chương \w+$"), "phan": re.compile(r"Phần \w+$")}
_ROMAN = re.compile(r"[IVX]+$")


def count_findings(query: Query, asked: str, material: Material, wanted: Wanted) -> Iterator[Finding]:
    """For each document in question the things of the kind that is counted; `asked` is the question, folded."""
    noun = _NOUN.search(asked)
    if query.kind is not QuestionKind.COUNT or noun is None:
        return
    for document in material.named or material.documents[:3]:
        spans = _counted(document, noun["noun"])
        if spans:
            yield _finding(document, query.text, noun, spans, wanted, bool(material.named))


def _counted(document: Document, noun: str) -> Sequence[Span]:
    if noun == "noi nhan":
        return _recipients(document)
    labelled = _labelled(document, noun)
    return labelled or _under_heading(document, noun)


def _labelled(document: Document, noun: str) -> Sequence[Span]:
    if noun == "muc":
        return [_opening(document, s.span) for s in document.sections if s.level == 1 and _ROMAN.match(s.label)]
    label = _LABELS.get(noun)
    return [_opening(document, s.span) for s in document.sections if label and label.match(s.label)]


def _under_heading(document: Document, noun: str) -> Sequence[Span]:
    """The parts, else the list items, of the outermost section whose heading names what is counted."""
    for place, section in enumerate(document.sections):
        if not re.search(rf"\b{noun}\b", fold(section.heading)):
            continue
        children = [s for s in document.sections if s.parent == place]
        if len(children) > 1:
            return [_opening(document, child.span) for child in children]
        listed = items(document.text, section.span.start + 1, section.span.end)
        if len(listed) > 1:
            return listed
    return ()


def _opening(document: Document, section: Span) -> Span:
    """The heading of a section, else its first sentence."""
    return next(iter(sentences(document.text, section)), section)


def _recipients(document: Document) -> Sequence[Span]:
    """Each recipient where the list under "Nơi nhận" names it; () unless all are found."""
    within = document.form.recipients_span
    if within is None:
        return ()
    found = []
    for name in document.form.recipients:
        start = document.text.find(name, within.start, within.end)
        found += [Span(start, start + len(name))] if start >= 0 else []
    return found if len(found) == len(document.form.recipients) else ()


def _finding(
    document: Document, question: str, noun: re.Match[str], spans: Sequence[Span], wanted: Wanted, named: bool
) -> Finding:
    about = wanted.words(
        f"{document.form.kind} {document.form.number} {document.title} {question[slice(*noun.span())]}"
    )
    support = 1.0 if named else wanted.coverage(((about.all, 1.0),))
    lead = f"{len(spans)} {question[slice(*noun.span('noun'))].lower()}"
    entries = tuple(span.of(document.text) for span in spans)
    return Finding(lead, document, tuple(spans), support, entries=entries)
