"""RawText -> Documents. Pure: no files, no clock, no network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.layout import within
from indexer.numbers import key
from indexer.types import Document, FieldEvidence, Form, Known, Note, NoteKind, RawText, Reference, Section, Span
from indexer.understand.abbreviations import abbreviations
from indexer.understand.bundle import split_bundle
from indexer.understand.clean import clean
from indexer.understand.duties import duties
from indexer.understand.form import is_administrative, read_form
from indexer.understand.inner import with_inner
from indexer.understand.outline import numbered_sections
from indexer.understand.page import appeared_on, notes
from indexer.understand.reading import Reading
from indexer.understand.references import references
from indexer.understand.targets import targets

# Raised with every change of what is understood, so that an index built before is built anew.
UNDERSTANDING_VERSION = "9"
_GOES_WITH = re.compile(r"kèm theo|gửi kèm|gởi kèm|sao gửi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """One document of a file as far as it is understood, with its numbered sections, which duties and targets go by."""

    document: Document
    reading: Reading
    numbered: tuple[Section, ...]


def understand(raw: RawText, file: str, sha256: str) -> tuple[Document, ...]:
    """The documents of one file, a bundle's enclosures linked to the letter that carries them."""
    cleaned = clean(raw)
    whole = Reading(cleaned.text)
    parts = [_part(cleaned, whole, span, file, sha256, n) for n, span in enumerate(split_bundle(whole))]
    linked = [replace(part, document=_linked(part.document, parts[0].document)) for part in parts]
    return tuple(_with_duties(part) for part in linked)


def _part(raw: RawText, whole: Reading, span: Span, file: str, sha256: str, position: int) -> _Part:
    """All but the duties, whose days depend on the date that an enclosure may take from its letter."""
    reading = whole if len(span) == len(whole.text) else Reading(span.of(whole.text))
    form = read_form(reading)
    numbered = numbered_sections(reading, is_administrative(form))
    document = Document(
        id=hashlib.sha256(f"{file}\n{position}".encode()).hexdigest()[:12],
        file=file,
        sha256=sha256,
        text=reading.text,
        form=form,
        sections=with_inner(numbered, reading) if is_administrative(form) else numbered,
        references=references(reading, form.number),
        targets=targets(reading, numbered),
        abbreviations=abbreviations(reading.text),
        page_starts=_page_starts(raw, span),
        first_page=sum(1 for start in raw.page_starts if start <= span.start) or 1,
        format=raw.format,
        warnings=raw.warnings,
        layout=within(raw.layout, span),
    )
    return _Part(document if is_administrative(form) else _as_page(document, reading), reading, numbered)


def _as_page(document: Document, reading: Reading) -> Document:
    """A text without an office's form that has articles: dated, and with notes on what is no text of its own."""
    if not document.sections:
        return document
    appeared = appeared_on(reading.cells, document.file)
    form = document.form
    if appeared and form.issued_on is None:
        day, source, span = appeared
        known = FieldEvidence("issued_on", span, Known.STATED if span else Known.DERIVED)
        form = replace(form, issued_on=day, issued_on_source=source, issued_on_span=span, evidence=(known,))
    found = notes(reading, document.sections, form.issued_on)
    return replace(document, form=form, notes=found, warnings=(*document.warnings, *_warnings(found)))


def _warnings(found: Sequence[Note]) -> Iterator[str]:
    repeated = sum(1 for note in found if note.kind is NoteKind.REPEATED)
    elsewhere = [
        note.value for note in found if note.kind is NoteKind.CONTINUED and (note.value or "").startswith("trang")
    ]
    if repeated:
        yield f"đoạn lặp lại trong trang, không lập chỉ mục: {repeated}"
    if elsewhere:
        yield f"bài có phần đầu ở trang khác, không có trong tệp này: {len(elsewhere)}"


def _with_duties(part: _Part) -> Document:
    document, form = part.document, part.document.form
    received_on = form.received.date if form.received else None
    found = duties(
        part.reading, part.numbered, form.issued_on, form.issuer, document.references, form.kind, received_on
    )
    return replace(document, duties=found)


def _page_starts(raw: RawText, span: Span) -> tuple[int, ...]:
    if not raw.page_starts:
        return ()
    return (0, *(start - span.start for start in raw.page_starts if span.start < start < span.end))


def _linked(document: Document, letter: Document) -> Document:
    """An enclosure names its letter, and takes from it the date that it lacks itself."""
    if document is letter or not _encloses(letter, document):
        return document
    linked = replace(document, enclosed_in=letter.id)
    return linked if linked.form.issued_on else _dated_by(linked, letter)


def _encloses(letter: Document, document: Document) -> bool:
    """Whether the first document says that something goes with it, or one of the two names the other."""
    named = _reference_to(document.form.number, letter.references) or _names(document, letter)
    return bool(named) or _GOES_WITH.search(letter.text) is not None


def _dated_by(document: Document, letter: Document) -> Document:
    """Dated as the letter cites it; an enclosure without a number that names its letter has the letter's date."""
    named = _reference_to(document.form.number, letter.references)
    issued_on = named.issued_on if named else letter.form.issued_on if _names(document, letter) else None
    if issued_on is None:
        return document
    source = f"{letter.form.kind or 'văn bản'} {letter.form.number or 'gửi kèm'}"
    return replace(document, form=_with_date(document.form, issued_on, source))


def _names(document: Document, letter: Document) -> bool:
    """Whether an enclosure without a number of its own says which document it goes with."""
    return document.form.number is None and _reference_to(letter.form.number, document.references) is not None


def _reference_to(number: str | None, cited: tuple[Reference, ...]) -> Reference | None:
    if number is None:
        return None
    return next((reference for reference in cited if key(reference.number) == key(number)), None)


def _with_date(form: Form, issued_on: date, source: str) -> Form:
    missing = tuple(name for name in form.missing if name != "địa danh, ngày tháng")
    known = (*form.evidence, FieldEvidence("issued_on", None, Known.DERIVED))
    return replace(form, issued_on=issued_on, issued_on_source=f"theo {source}", missing=missing, evidence=known)
