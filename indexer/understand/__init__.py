"""RawText -> Documents. Pure: no files, no clock, no network."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from indexer.numbers import key
from indexer.types import Document, Form, RawText, Reference, Span
from indexer.understand.abbreviations import abbreviations
from indexer.understand.bundle import split_bundle
from indexer.understand.clean import clean
from indexer.understand.duties import duties
from indexer.understand.form import is_administrative, read_form
from indexer.understand.outline import outline
from indexer.understand.references import references
from indexer.understand.targets import targets

# Raised with every change of what is understood, so that an index built before is built anew.
UNDERSTANDING_VERSION = "1"


def understand(raw: RawText, file: str, sha256: str) -> tuple[Document, ...]:
    """The documents of one file, a bundle's enclosures linked to the letter that carries them."""
    cleaned = clean(raw)
    spans = split_bundle(cleaned.text)
    documents = [_document(cleaned, span, file, sha256, n) for n, span in enumerate(spans)]
    return tuple(_linked(document, documents[0]) for document in documents)


def _document(raw: RawText, span: Span, file: str, sha256: str, position: int) -> Document:
    text = span.of(raw.text)
    form = read_form(text)
    sections = outline(text, is_administrative(form))
    cited = references(text, form.number)
    return Document(
        id=hashlib.sha256(f"{file}\n{position}".encode()).hexdigest()[:12],
        file=file,
        sha256=sha256,
        text=text,
        form=form,
        sections=sections,
        references=cited,
        duties=duties(text, sections, form.issued_on, form.issuer, cited),
        targets=targets(text, sections),
        abbreviations=abbreviations(text),
        page_starts=_page_starts(raw, span),
        first_page=sum(1 for start in raw.page_starts if start <= span.start) or 1,
        format=raw.format,
        warnings=raw.warnings,
    )


def _page_starts(raw: RawText, span: Span) -> tuple[int, ...]:
    if not raw.page_starts:
        return ()
    return (0, *(start - span.start for start in raw.page_starts if span.start < start < span.end))


def _linked(document: Document, letter: Document) -> Document:
    """An enclosure names its letter, and takes from it the date that it lacks itself."""
    if document is letter or not _encloses(letter, document):
        return document
    linked = replace(document, enclosed_in=letter.id)
    return linked if linked.form.issued_on or not linked.form.number else _dated_by(linked, letter)


def _encloses(letter: Document, document: Document) -> bool:
    """Whether the first document says that something goes with it, or names the other one."""
    named = document.form.number and _reference_to(document.form.number, letter.references)
    return bool(named) or "kèm theo" in letter.text.lower()


def _dated_by(document: Document, letter: Document) -> Document:
    named = _reference_to(document.form.number or "", letter.references)
    if named is None or named.issued_on is None:
        return document
    source = f"{letter.form.kind or 'văn bản'} {letter.form.number or 'gửi kèm'}"
    dated = replace(document, form=_with_date(document.form, named.issued_on, source))
    cited = references(dated.text, dated.form.number)
    return replace(dated, duties=duties(dated.text, dated.sections, named.issued_on, dated.form.issuer, cited))


def _reference_to(number: str, cited: tuple[Reference, ...]) -> Reference | None:
    return next((reference for reference in cited if key(reference.number) == key(number)), None)


def _with_date(form: Form, issued_on: date, source: str) -> Form:
    missing = tuple(name for name in form.missing if name != "địa danh, ngày tháng")
    return replace(form, issued_on=issued_on, issued_on_source=f"theo {source}", missing=missing)
