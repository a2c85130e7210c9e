"""Lineage: what a document rests on, carries out, forwards or replaces, and what does so with it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.numbers import key
from indexer.types import Document, Relation, Span


@dataclass(frozen=True, slots=True)
class Link:
    """One document names another. `target` is None where the other one is not held; the span lies in `source`."""

    source: Document
    relation: Relation
    number: str
    target: Document | None
    span: Span

    @property
    def quote(self) -> str:
        return self.span.of(self.source.text)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A number with what bears it (empty where it is only cited), what that cites, and what cites it."""

    number: str
    documents: tuple[Document, ...]
    outgoing: tuple[Link, ...]
    incoming: tuple[Link, ...]


Numbered = Callable[[str], Sequence[Document]]


def lineage(number: str, numbered: Numbered, citing: Numbered) -> Lineage:
    """Links of a number, given how to find the documents that bear a number and those that cite it."""
    held = tuple(numbered(number))
    outgoing = tuple(link for document in held for link in _outgoing(document, numbered))
    return Lineage(number, held, outgoing, _incoming(number, held[0] if held else None, citing))


def lineage_of(document: Document, numbered: Numbered, citing: Numbered) -> Lineage:
    """Links of one document; nothing can cite one without a number."""
    number = document.form.number
    incoming = _incoming(number, document, citing) if number else ()
    return Lineage(number or "", (document,), tuple(_outgoing(document, numbered)), incoming)


def _incoming(number: str, target: Document | None, citing: Numbered) -> tuple[Link, ...]:
    return tuple(
        Link(document, reference.relation, reference.number, target, reference.span)
        for document in citing(number)
        for reference in document.references
        if key(reference.number) == key(number)
    )


def _outgoing(document: Document, numbered: Numbered) -> list[Link]:
    """References in reading order, each with the held document of that number and, where given, that date."""
    links = []
    for reference in document.references:
        same = [
            d
            for d in numbered(reference.number)
            if reference.issued_on in (None, d.form.issued_on) or d.form.issued_on is None
        ]
        links.append(Link(document, reference.relation, reference.number, same[0] if same else None, reference.span))
    return links


def lineage_fields(found: Lineage) -> dict[str, object]:
    """The lineage as plain values for JSON."""
    return {
        "number": found.number,
        "held": [{"file": d.file, "document": d.form.number, "title": d.title} for d in found.documents],
        "outgoing": [_link_fields(link, link.number, link.target) for link in found.outgoing],
        "incoming": [_link_fields(link, link.source.form.number, link.source) for link in found.incoming],
    }


def _link_fields(link: Link, number: str | None, other: Document | None) -> dict[str, object]:
    return {
        "relation": link.relation.value,
        "number": number,
        "held": other is not None,
        "file": other.file if other else None,
        "title": other.title if other else None,
        "quote": link.quote,
    }
