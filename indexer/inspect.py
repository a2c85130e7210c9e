"""What was read and understood of one file, as plain values for JSON and as text for people."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from indexer.cited import held
from indexer.fields import duty_fields
from indexer.read import read
from indexer.types import Document, FieldEvidence, Note, Received, Reference, Section, Target
from indexer.understand import understand
from indexer.understand.clean import clean


def inspect(path: Path) -> dict[str, Any]:
    """The fields of `inspect --json`; raises ReadError where the file can't be read."""
    raw = read(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    documents = understand(raw, path.name, digest)
    numbers = {document.id: document.form.number for document in documents}
    return {
        "file": path.name,
        "format": raw.format,
        "pages": len(raw.page_starts) or None,
        "warnings": list(dict.fromkeys(warning for document in documents for warning in document.warnings)),
        "changes": list(clean(raw).changes),
        "documents": [document_fields(document, numbers, documents) for document in documents],
    }


def document_fields(
    document: Document, numbers: dict[str, str | None], bundle: Sequence[Document] = ()
) -> dict[str, Any]:
    """One document as plain values; `numbers` are those of the file's documents by id, `bundle` these documents."""
    form = document.form
    signer, received = form.signer, form.received
    return {
        "number": form.number,
        "kind": form.kind,
        "issuer": form.issuer,
        "superior": form.superior,
        "place": form.place,
        "issued_on": form.issued_on.isoformat() if form.issued_on else None,
        "issued_on_source": form.issued_on_source,
        "summary": form.summary,
        "addressee": list(form.addressee),
        "signer": {"name": signer.name, "authority": signer.authority, "office": signer.office} if signer else None,
        "recipients": list(form.recipients),
        "secrecy": form.secrecy,
        "urgency": form.urgency,
        "received": _received(received) if received else None,
        "enclosed_in": numbers.get(document.enclosed_in) if document.enclosed_in else None,
        "missing": list(form.missing),
        "sections": [_section(section) for section in document.sections],
        "references": [_reference(reference, document, bundle) for reference in document.references],
        "duties": [duty_fields(duty, document) for duty in document.duties],
        "targets": [_target(target, document.text) for target in document.targets],
        "abbreviations": [_abbreviation(*pair, document.text) for pair in document.abbreviations],
        "evidence": {one.field: _evidence(one) for one in form.evidence},
        "notes": [_note(note, document.text) for note in document.notes],
        "text": document.text,
    }


def _received(stamp: Received) -> dict[str, Any]:
    return {"number": stamp.number, "date": stamp.date.isoformat() if stamp.date else None}


def _section(section: Section) -> dict[str, Any]:
    place = {"start": section.span.start, "end": section.span.end}
    return {"label": section.label, "heading": section.heading, "level": section.level} | place


def _reference(reference: Reference, source: Document, bundle: Sequence[Document]) -> dict[str, Any]:
    """`file` is that of the document meant where it is held in the same file, else null."""
    target = held(reference, source, bundle)
    return {
        "number": reference.number,
        "relation": reference.relation.value,
        "issued_on": reference.issued_on.isoformat() if reference.issued_on else None,
        "issuer": reference.issuer,
        "carried_out_by": list(reference.carried_out_by),
        "held": target is not None,
        "file": target.file if target else None,
        "start": reference.span.start,
        "end": reference.span.end,
    }


def _abbreviation(short: str, long: str, text: str) -> dict[str, Any]:
    """`start` is where the document defines it: the bracket that holds the short form."""
    bracket = re.search(rf"\([^()\n]*{re.escape(short)}[\"”]?\s*\)", text)
    return {"short": short, "long": long, "start": bracket.start() if bracket else None}


def _evidence(one: FieldEvidence) -> dict[str, Any]:
    place = (one.span.start, one.span.end) if one.span else (None, None)
    return {"known": one.known.value, "start": place[0], "end": place[1]}


def _note(note: Note, text: str) -> dict[str, Any]:
    place = {"start": note.span.start, "end": note.span.end}
    return {"kind": note.kind.value, "value": note.value, "quote": note.span.of(text)} | place


def _target(target: Target, text: str) -> dict[str, Any]:
    return {
        "subject": target.subject,
        "figure": target.figure,
        "unit": target.unit,
        "comparison": target.comparison,
        "period": target.period,
        "quote": target.span.of(text),
    }


def as_text(found: dict[str, Any]) -> Iterator[str]:
    """Lines for a person: the file, what was changed, then each document's fields and outline."""
    yield f"{found['file']}: {found['format']}, pages: {found['pages'] or 'not known'}"
    yield from (f"  changed: {change}" for change in found["changes"])
    yield from (f"  warning: {warning}" for warning in found["warnings"])
    for document in found["documents"]:
        yield ""
        yield from _document_lines(document)


_FIELDS = (
    "number", "kind", "issuer", "superior", "place", "issued_on", "issued_on_source", "summary", "addressee", "signer",
    "recipients", "secrecy", "urgency", "received", "enclosed_in", "missing",
)  # fmt: skip


def _document_lines(document: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name:>17}  {document[name]}" for name in _FIELDS if document[name])
    for section in document["sections"]:
        yield f"{'section':>17}  {'  ' * (section['level'] - 1)}{section['label']} {section['heading']}"
    for reference in document["references"]:
        known = ", ".join(filter(None, (reference["issued_on"], reference["issuer"])))
        here = " (in this file)" if reference["held"] else ""
        yield f"{'reference':>17}  {reference['relation']}: {reference['number']} {known}{here}"
    for note in document["notes"]:
        yield f"{'note':>17}  {note['kind']}: {note['quote'][:60]!r} {note['value'] or ''}"
    for duty in document["duties"]:
        who, to = ", ".join(duty["who"]) or "?", ", ".join(duty["to"])
        yield f"{'duty':>17}  {who}: {duty['what']} -> {to} | {duty['by_when'] or 'no date'}"
    for target in document["targets"]:
        yield f"{'target':>17}  {target['comparison']} {target['figure']}{target['unit'] or ''} {target['subject']}"
