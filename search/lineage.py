"""Lineage: what a document rests on, carries out, forwards or replaces, and what does so with it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.cited import held
from indexer.numbers import codes, key
from indexer.types import Document, Relation, Span

_DIRECTIVES = frozenset({"CT", "NQ", "KL"})
_CENTRAL = frozenset({"CP", "TTg", "TLĐ", "ĐĐTLĐ", "ĐCT"})


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
class Branch:
    """A document that follows another one: what it does with it, and what follows it in turn. None: it isn't held."""

    relation: Relation
    number: str
    document: Document | None
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """A number with what bears it (empty where it is only cited), what that cites, and what cites it.

    `issued_on` and `issuer` are those of the document, else as those that cite it say. `followers` is the tree of what
    carries it out, forwards it, replaces it …; documents that only mention it are in `incoming` alone.
    """

    number: str
    documents: tuple[Document, ...]
    outgoing: tuple[Link, ...]
    incoming: tuple[Link, ...]
    issued_on: date | None = None
    issuer: str | None = None
    followers: tuple[Branch, ...] = ()


Numbered = Callable[[str], Sequence[Document]]


def lineage(number: str, numbered: Numbered, citing: Numbered) -> Lineage:
    """Links of a number, given how to find the documents that bear a number and those that cite it."""
    bearing = tuple(numbered(number))
    outgoing = tuple(link for document in bearing for link in _outgoing(document, numbered))
    incoming = tuple(link for one in bearing or (None,) for link in _incoming(number, one, citing))
    return _whole(Lineage(number, bearing, outgoing, incoming), numbered, citing)


def lineage_of(document: Document, numbered: Numbered, citing: Numbered) -> Lineage:
    """Links of one document; nothing can cite one without a number."""
    number = document.form.number
    incoming = _incoming(number, document, citing) if number else ()
    found = Lineage(number or "", (document,), tuple(_outgoing(document, numbered)), incoming)
    return _whole(found, numbered, citing) if number else found


def _whole(found: Lineage, numbered: Numbered, citing: Numbered) -> Lineage:
    issued_on, issuer = known_of(found.number, found.documents, citing(found.number))
    followers = tuple(_followers(found.number, numbered, citing, frozenset({key(found.number)})))
    return Lineage(found.number, found.documents, found.outgoing, found.incoming, issued_on, issuer, followers)


def known_of(number: str, bearing: Iterable[Document], citing: Iterable[Document]) -> tuple[date | None, str | None]:
    """Date and issuer of a number: its document's, else those named most often, the shortest of as many."""
    for document in bearing:
        return document.form.issued_on, document.form.issuer
    references = [one for document in citing for one in document.references if key(one.number) == key(number)]
    days = Counter(one.issued_on for one in references if one.issued_on)
    issuers = Counter(one.issuer for one in references if one.issuer)
    day = min(days, key=lambda one: (-days[one], one), default=None)
    return day, min(issuers, key=lambda one: (-issuers[one], len(one), one), default=None)


def _followers(number: str, numbered: Numbered, citing: Numbered, seen: frozenset[str]) -> Iterator[Branch]:
    """Documents that do more than mention the number, and those that others say carry it out; none of them twice."""
    for relation, follower, document in _named_followers(number, numbered, citing):
        if key(follower) not in seen:
            seen |= {key(follower)}
            yield Branch(relation, follower, document, tuple(_followers(follower, numbered, citing, seen)))


def _named_followers(
    number: str, numbered: Numbered, citing: Numbered
) -> Iterator[tuple[Relation, str, Document | None]]:
    pairs = [(one, ref) for one in citing(number) for ref in one.references if key(ref.number) == key(number)]
    for document, reference in pairs:
        if reference.relation is not Relation.MENTIONS and document.form.number:
            yield reference.relation, document.form.number, document
    for _, reference in pairs:
        for follower in reference.carried_out_by:
            yield Relation.CARRIES_OUT, follower, next(iter(numbered(follower)), None)


def _incoming(number: str, target: Document | None, citing: Numbered) -> tuple[Link, ...]:
    """Of a document held, only the references that may mean it: others bear its number in another term or place."""
    return tuple(
        Link(document, reference.relation, reference.number, target, reference.span)
        for document in citing(number)
        for reference in document.references
        if key(reference.number) == key(number) and (target is None or held(reference, document, [target]))
    )


def _outgoing(document: Document, numbered: Numbered) -> list[Link]:
    """References in reading order, each with the held document that it means."""
    return [
        Link(document, one.relation, one.number, held(one, document, numbered(one.number)), one.span)
        for one in document.references
    ]


@dataclass(frozen=True, slots=True)
class Cited:
    """A number that documents cite, with what they say of it."""

    number: str
    issued_on: date | None
    issuer: str | None
    by: tuple[Document, ...]


def not_held(documents: Sequence[Document], numbered: Numbered, citing: Numbered) -> tuple[Cited, ...]:
    """What the documents cite by its full number and nobody holds, in the order of the first to cite it."""
    numbers: dict[str, str] = {}
    for document in documents:
        for link in _outgoing(document, numbered):
            if link.target is None and codes(link.number):
                numbers.setdefault(key(link.number), link.number)
    return tuple(_cited(number, citing) for number in numbers.values() if not numbered(number))


def without_own_plan(
    documents: Sequence[Document], numbered: Numbered, citing: Numbered, own: Callable[[str, Document | None], bool]
) -> tuple[Cited, ...]:
    """Directives (chỉ thị, nghị quyết, kết luận) cited or held that no document of one's own carries out yet.

    `own` says of a number and its document, None where it isn't held, whether it is one's own.
    """
    cited = {key(one.number): one.number for document in documents for one in document.references}
    numbers = cited | {key(one.form.number): one.form.number for one in documents if one.form.number}
    return tuple(
        _cited(number, citing)
        for number in numbers.values()
        if set(codes(number)[:1]) & _DIRECTIVES
        and not any(own(number, one) for one in numbered(number) or (None,))
        and not any(own(*one) for one in _carrying_out(lineage(number, numbered, citing).followers))
    )


def _carrying_out(branches: Iterable[Branch]) -> Iterator[tuple[str, Document | None]]:
    for branch in branches:
        if branch.relation in (Relation.CARRIES_OUT, Relation.BASED_ON):
            yield branch.number, branch.document
        yield from _carrying_out(branch.branches)


def is_local(number: str, document: Document | None) -> bool:
    """Whether a document comes from no central body: what "one's own" means where no unit is named."""
    letters = codes(number)
    central = any(code.endswith("TW") or code in _CENTRAL or code.startswith("QH") for code in letters)
    return bool(letters) and not central


def _cited(number: str, citing: Numbered) -> Cited:
    by = tuple(citing(number))
    return Cited(number, *known_of(number, (), by), by)


def lineage_fields(found: Lineage) -> dict[str, object]:
    """The lineage as plain values for JSON."""
    return {
        "number": found.number,
        "issued_on": found.issued_on.isoformat() if found.issued_on else None,
        "issuer": found.issuer,
        "held": [{"file": d.file, "document": d.form.number, "title": d.title} for d in found.documents],
        "outgoing": [_link_fields(link, link.number, link.target) for link in found.outgoing],
        "incoming": [_link_fields(link, link.source.form.number, link.source) for link in found.incoming],
        "followers": [_branch_fields(branch) for branch in found.followers],
    }


def _branch_fields(branch: Branch) -> dict[str, object]:
    return {
        "relation": branch.relation.value,
        "number": branch.number,
        "held": branch.document is not None,
        "file": branch.document.file if branch.document else None,
        "followers": [_branch_fields(one) for one in branch.branches],
    }


def cited_fields(cited: Cited) -> dict[str, object]:
    """A cited number as plain values for JSON."""
    return {
        "number": cited.number,
        "issued_on": cited.issued_on.isoformat() if cited.issued_on else None,
        "issuer": cited.issuer,
        "by": [{"number": one.form.number, "file": one.file} for one in cited.by],
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
