"""The lineage for a person: chains of documents on one line each, what is not held, what has no plan of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from search.lineage import Branch, Cited, Lineage


def lineage_as_text(found: Lineage) -> Iterator[str]:
    """The document, what it cites, each chain of what follows it, and what only mentions it."""
    for document in found.documents:
        yield f"{document.form.number}  {document.title}  ({document.file})"
    for link in found.outgoing:
        yield f"  -> {link.relation} {link.number}{'' if link.target else ' (not held)'}"
    yield from (_root(found) + chain for chain in _chains(found.followers))
    shown = set(_numbers(found.followers))
    if not shown:
        yield _root(found)
    for link in found.incoming:
        if link.source.form.number not in shown:
            yield f"{_root(found)} <- {link.relation} {link.source.form.number or link.source.file}"


def overview_as_text(missing: Iterable[Cited], without_plan: Iterable[Cited]) -> Iterator[str]:
    """Every cited document that is not held, then the directives that no document of one's own carries out."""
    yield "Cited, not held:"
    yield from map(_cited_line, missing)
    yield "Directives without a plan of one's own:"
    yield from map(_cited_line, without_plan)


def _root(found: Lineage) -> str:
    known = _known("" if found.documents else "not held", found.issued_on, found.issuer)
    return f"{found.number} ({known})" if known else found.number


def _known(state: str, issued_on: date | None, issuer: str | None) -> str:
    return ", ".join(filter(None, (state, issued_on.isoformat() if issued_on else "", issuer or "")))


def _chains(branches: Iterable[Branch]) -> Iterator[str]:
    """One line for each document that nothing follows: the way to it."""
    for branch in branches:
        own = f" <- {branch.relation} {branch.number}{'' if branch.document else ' (not held)'}"
        yield from (own + rest for rest in _chains(branch.branches)) if branch.branches else (own,)


def _numbers(branches: Iterable[Branch]) -> Iterator[str]:
    for branch in branches:
        yield branch.number
        yield from _numbers(branch.branches)


def _cited_line(cited: Cited) -> str:
    known = _known("", cited.issued_on, cited.issuer)
    by = ", ".join(one.form.number or one.file for one in cited.by)
    return f"  {cited.number}{f' ({known})' if known else ''} <- {by}"
