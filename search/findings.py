"""A possible answer, whichever way it was found, and the ways that read it off a document's form and references. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.lexicon import KIND_CODES
from indexer.numbers import codes, key
from indexer.types import Document, Duty, Reference, Relation, Span
from indexer.understand.sentences import sentences
from search.extract import body_of, context_of
from search.match import Wanted, Words
from search.types import Hit, Query, QuestionKind


@dataclass(frozen=True, slots=True)
class Material:
    """What an answer may rest on.

    unknown: numbers that the question names and no document bears or cites.
    given: the words that name a document in the question; they need not be found in the named document again.
    """

    hits: tuple[Hit, ...]
    named: tuple[Document, ...]
    citing: tuple[Document, ...]
    unknown: tuple[str, ...]
    given: frozenset[str] = frozenset()

    @property
    def named_ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.named)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document in sight, the named ones first, then in the order of the hits."""
        everything = (*self.named, *self.citing, *(hit.document for hit in self.hits))
        return tuple({document.id: document for document in everything}.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """Direct words, the verbatim places they rest on, and how much of the question the places carry (0..1).

    `entries` are the members of a list, in order; `duties` the rows of the table; `score` ranks findings of one way.
    """

    lead: str
    document: Document
    spans: tuple[Span, ...]
    support: float
    entries: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    score: float = 0.0


_FORM_WORDS = re.compile(
    r"\b(?:ky|ban hanh|gui|noi nhan|ngay|cong van|ke hoach|so|van ban|kinh gui|den|nhan|trich yeu|do|nguoi|co quan)\b"
)
_ASKS_SIGNER = re.compile(r"\b(?:ai|nguoi nao|dong chi nao)\b(?: la nguoi| da)? ky\b|\bnguoi ky\b|do ai ky|\bky (?:boi|la) ai|chuc vu nguoi ky")
_ASKS_ISSUE_DATE = re.compile(r"(?:ban hanh|ky)(?: vao)?(?: ngay)?(?: nao| khi nao| bao gio| ngay may| thang nao| nam nao)|ngay ban hanh|(?:khi nao|bao gio) (?:ban hanh|ky)|ban hanh (?:khi|vao|luc) ")
_ASKS_ISSUER = re.compile(r"(?:ai|co quan nao|cap nao|don vi nao|ban nao)(?: da)? ban hanh|do (?:ai|co quan nao|don vi nao) ban hanh|cua (?:ai|co quan nao)$")
_ASKS_RECIPIENTS = re.compile(r"gui (?:cho |toi |den |di )?.{0,60}?(?:nhung noi nao|noi nao|nhung ai|nhung dau|cho ai)|noi nhan")
_ASKS_OFFICE_HOLDER = re.compile(r"\bla ai\b|^ai la\b|ten (?:la )?gi|\bai la\b")
_ASKS_SUBJECT = re.compile(r"^(?:noi dung|trich yeu)(?: cua)? |ve viec gi|quy dinh ve (?:viec )?gi|noi ve (?:viec )?gi|ve van de gi|noi dung.{0,40}la gi")
_RELATION_WORDS: tuple[tuple[re.Pattern[str], frozenset[Relation]], ...] = (
    (re.compile(r"thay the|thay cho"), frozenset({Relation.REPLACES})),
    (re.compile(r"sua doi|bo sung"), frozenset({Relation.AMENDS})),
    (re.compile(r"bai bo|huy bo"), frozenset({Relation.REPEALS, Relation.REPLACES})),
    (re.compile(r"can cu"), frozenset({Relation.BASED_ON, Relation.CARRIES_OUT})),
    (re.compile(r"sao gui|gui kem|chuyen"), frozenset({Relation.FORWARDS})),
    (re.compile(r"thuc hien|trien khai|cu the hoa"), frozenset({Relation.CARRIES_OUT, Relation.BASED_ON})),
)
_KIND_ASKED = re.compile(r"\b(?P<kind>{kinds}) (?:so )?(?:nao|gi|may)\b|\bnao (?P<before>{kinds})\b".replace("{kinds}", "|".join(sorted((re.escape(fold(k)) for k in {*KIND_CODES.values(), "van ban", "chuong trinh hanh dong", "luat"}), key=len, reverse=True))))


def form_findings(query: Query, folded: str, material: Material, wanted: Wanted) -> Iterator[Finding]:
    """Signer, date, issuer, recipients and subject of the documents that the question is about."""
    for document, support in _about(query, material, wanted):
        finding = _from_form(folded, document, support) or _office_holder(folded, document, wanted)
        if finding is not None:
            yield finding


def _office_holder(folded: str, document: Document, wanted: Wanted) -> Finding | None:
    """The signer, where the question asks who holds the office that is signed with, in the body that issued it."""
    signer = document.form.signer
    if signer is None or not signer.office or not _ASKS_OFFICE_HOLDER.search(folded):
        return None
    office, about = wanted.words(signer.office), wanted.words(context_of(document))
    asked = Words(wanted.sequence)
    if not office.pairs or not office.pairs <= asked.pairs or "phó" in asked.all - office.all:
        return None
    support = wanted.coverage(((office.all | about.all, 1.0),))
    return None if wanted.lacks_name((office, about), document.text) else Finding(f"{signer.name}, {signer.office}", document, (signer.span,), support)


def _about(query: Query, material: Material, wanted: Wanted) -> Iterator[tuple[Document, float]]:
    """Documents that the question names, else those whose number, type, issuer and summary carry what it says."""
    if material.named:
        yield from ((document, 1.0) for document in material.named)
        return
    if query.numbers or query.short_numbers:
        return
    for document in material.documents:
        support = wanted.coverage(((wanted.words(context_of(document)).all, 1.0),))
        yield document, support


def _from_form(folded: str, document: Document, support: float) -> Finding | None:
    form = document.form
    if _ASKS_SIGNER.search(folded) and form.signer:
        office = f", {form.signer.office}" if form.signer.office else ""
        return Finding(f"{form.signer.name}{office}", document, (form.signer.span,), support)
    if _ASKS_RECIPIENTS.search(folded) and form.recipients_span:
        return Finding("", document, (form.recipients_span,), support, entries=form.recipients)
    if _ASKS_ISSUE_DATE.search(folded) and form.issued_on_span and form.issued_on:
        return Finding(f"ngày {form.issued_on:%d/%m/%Y}", document, (form.issued_on_span,), support)
    if _ASKS_ISSUER.search(folded) and form.issuer and form.number_span:
        return Finding(form.issuer, document, (form.number_span,), support)
    if _ASKS_SUBJECT.search(folded) and form.summary_span:
        return Finding(form.summary or "", document, (form.summary_span, *_first_sentence(document)), support)
    return None


def _first_sentence(document: Document) -> tuple[Span, ...]:
    """The first sentence of the body that says something, for a letter without sections."""
    if document.sections:
        return ()
    return tuple(span for span in sentences(document.text, body_of(document)) if span.end - span.start > 80)[:1]


def reference_findings(query: Query, folded: str, material: Material, wanted: Wanted) -> Iterator[Finding]:
    """Which document: one that the named document cites, or one in sight that cites the named number."""
    if query.kind is QuestionKind.WHEN and _ASKS_ISSUE_DATE.search(folded):
        yield from _dates_of_cited(query, material)
        return
    if query.kind is not QuestionKind.WHICH_DOCUMENT:
        return
    kind = _kind_asked(folded)
    relations = next((relations for pattern, relations in _RELATION_WORDS if pattern.search(folded)), None)
    for document in material.documents:
        for reference in document.references:
            finding = _citing_or_cited(query, document, reference, kind, relations, material, wanted)
            if finding is not None:
                yield finding


def _dates_of_cited(query: Query, material: Material) -> Iterator[Finding]:
    asked = {key(number) for number in query.numbers}
    serials = {(short.kind, short.serial) for short in query.short_numbers}
    for document in (*material.citing, *material.documents):
        for reference in document.references:
            named = key(reference.number) in asked or any(
                reference.number.lstrip("0").startswith(serial) and fold(kind_of_reference(reference, document)) == kind
                for kind, serial in serials
            )
            if named and reference.issued_on:
                yield Finding(f"ngày {_slash(reference)}", document, (reference.span,), 1.0)


def _slash(reference: Reference) -> str:
    day = reference.issued_on
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def kind_of_reference(reference: Reference, document: Document) -> str:
    """The type word before the number, else what the number's code stands for; "" where neither says."""
    written = fold(reference.span.of(document.text).replace("*", ""))
    for kind in sorted(set(KIND_CODES.values()) | {"luật", "chương trình hành động"}, key=len, reverse=True):
        if written.startswith(fold(kind)):
            return kind
    return next((KIND_CODES[code] for code in codes(reference.number) if code in KIND_CODES), "")


def _kind_asked(folded: str) -> str | None:
    match = _KIND_ASKED.search(folded)
    found = (match["kind"] or match["before"]) if match else None
    return None if found in (None, "van ban") else found


def _citing_or_cited(
    query: Query,
    document: Document,
    reference: Reference,
    kind: str | None,
    relations: frozenset[Relation] | None,
    material: Material,
    wanted: Wanted,
) -> Finding | None:
    """The cited document where the citing one is named; the citing one where the cited one is named."""
    if relations and reference.relation not in relations:
        return None
    asked = {key(number) for number in query.numbers}
    cited_is_named = key(reference.number) in asked or any(_is_short(reference, s.serial, s.kind, document) for s in query.short_numbers)
    own = wanted.words(f"{context_of(document)} {reference.span.of(document.text)} {reference.issuer or ''}")
    support = wanted.coverage(((own.all, 1.0),))
    if cited_is_named and (kind is None or fold(document.form.kind or "") == kind) and document.form.number:
        span = document.form.summary_span or reference.span
        spans = (span, reference.span) if not span.contains(reference.span) else (span,)
        return Finding(_full_name(document), document, spans, support)
    if not cited_is_named and document in material.named or not material.named:
        if kind is None or kind in fold(kind_of_reference(reference, document)):
            return Finding(" ".join(reference.span.of(document.text).replace("*", "").split()), document, (reference.span,), support)
    return None


def _is_short(reference: Reference, serial: str, kind: str, document: Document) -> bool:
    return reference.number.lstrip("0").split("-")[0].split("/")[0] == serial and fold(kind_of_reference(reference, document)) in (kind, "")


def _full_name(document: Document) -> str:
    form = document.form
    return " ".join(filter(None, ((form.kind or "văn bản").capitalize(), "số", form.number)))
