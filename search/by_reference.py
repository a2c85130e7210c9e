"""Answers read off the references between documents: which one carries out, replaces, forwards which. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.lexicon import KIND_CODES, KINDS
from indexer.numbers import codes, key, serial
from indexer.types import Document, Reference, Relation
from search.by_form import ASKS_ISSUE_DATE
from search.compose import one_line, source_name
from search.extract import context_of
from search.findings import Finding, Material
from search.match import Wanted
from search.types import Language, Query, QuestionKind

_RELATIONS: tuple[tuple[re.Pattern[str], frozenset[Relation]], ...] = (
    (re.compile(r"thay the|thay cho"), frozenset({Relation.REPLACES})),
    (re.compile(r"sua doi|bo sung"), frozenset({Relation.AMENDS})),
    (re.compile(r"bai bo|huy bo"), frozenset({Relation.REPEALS, Relation.REPLACES})),
    (re.compile(r"can cu"), frozenset({Relation.BASED_ON, Relation.CARRIES_OUT})),
    (re.compile(r"sao gui|gui kem|chuyen"), frozenset({Relation.FORWARDS})),
    (re.compile(r"thuc hien|trien khai|cu the hoa"), frozenset({Relation.CARRIES_OUT, Relation.BASED_ON})),
)
_KINDS = "|".join(sorted((re.escape(fold(kind)) for kind in (*KINDS, "văn bản")), key=len, reverse=True))
_KIND_ASKED = re.compile(rf"\b(?P<kind>{_KINDS}) (?:so )?(?:nao|gi|may)\b|\bnao (?P<before>{_KINDS})\b")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question wants of the references: a type of document, relations, and the numbers that it names."""

    kind: str | None
    relations: frozenset[Relation] | None
    query: Query

    def names(self, reference: Reference, document: Document) -> bool:
        """Whether the question names the document that is referred to, by full number or by type and serial."""
        if any(key(number) == key(reference.number) for number in self.query.numbers):
            return True
        kind, figure = fold(kind_of_reference(reference, document)), serial(reference.number)
        return any(short.serial == figure and short.kind in (kind, "van ban") for short in self.query.short_numbers)


def reference_findings(query: Query, asked: str, material: Material, wanted: Wanted) -> Iterator[Finding]:
    """Which document: one that the named document cites, or one in sight that cites the named number."""
    wish = _Asked(_kind_asked(asked), _relations(asked), query)
    if query.kind is QuestionKind.WHEN and ASKS_ISSUE_DATE.search(asked):
        yield from _dates_of_cited(wish, material)
    elif query.kind is QuestionKind.WHICH_DOCUMENT:
        for document in material.documents:
            for reference in document.references:
                finding = _finding(wish, document, reference, material, wanted)
                if finding is not None:
                    yield finding


def kind_of_reference(reference: Reference, document: Document) -> str:
    """The type word before the number, else what the number's code stands for; "" where neither says."""
    written = fold(one_line(reference.span.of(document.text)))
    named = next((kind for kind in KINDS if written.startswith(fold(kind))), None)
    return named or next((KIND_CODES[code] for code in codes(reference.number) if code in KIND_CODES), "")


def _dates_of_cited(wish: _Asked, material: Material) -> Iterator[Finding]:
    """When a document was issued that is not held, as those say that cite it."""
    for document in material.documents:
        for reference in document.references:
            if reference.issued_on and wish.names(reference, document):
                day = reference.issued_on
                yield Finding(f"ngày {day.day}/{day.month}/{day.year}", document, (reference.span,), 1.0)


def _relations(asked: str) -> frozenset[Relation] | None:
    return next((relations for pattern, relations in _RELATIONS if pattern.search(asked)), None)


def _kind_asked(asked: str) -> str | None:
    match = _KIND_ASKED.search(asked)
    found = (match["kind"] or match["before"]) if match else None
    return None if found == "van ban" else found


def _of_the_relation(wish: _Asked, document: Document, reference: Reference) -> bool:
    """A document that says of none that it replaces it has replaced the one that ends with it."""
    if not wish.relations or reference.relation in wish.relations:
        return True
    ends = Relation.REPLACES in wish.relations and reference.relation is Relation.REPEALS
    return ends and all(other.relation is not Relation.REPLACES for other in document.references)


def _finding(
    wish: _Asked, document: Document, reference: Reference, material: Material, wanted: Wanted
) -> Finding | None:
    """The citing document where the cited one is named; the cited one where the citing one is named, or none is."""
    if not _of_the_relation(wish, document, reference):
        return None
    told = f"{context_of(document)} {reference.span.of(document.text)} {reference.issuer or ''}"
    support = wanted.coverage(((wanted.words(told).all, 1.0),))
    if wish.names(reference, document):
        return _citing(wish, document, reference, support)
    in_question = document.id in material.named_ids or not material.named
    if in_question and (wish.kind is None or wish.kind in fold(kind_of_reference(reference, document))):
        return Finding(one_line(reference.span.of(document.text)), document, (reference.span,), support)
    return None


def _citing(wish: _Asked, document: Document, reference: Reference, support: float) -> Finding | None:
    if document.form.number is None or wish.kind not in (None, fold(document.form.kind or "")):
        return None
    summary = document.form.summary_span
    spans = (
        (summary, reference.span) if summary and not summary.contains(reference.span) else (summary or reference.span,)
    )
    return Finding(source_name(document, Language.VIETNAMESE), document, spans, support)
