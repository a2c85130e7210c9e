"""A duty as plain values: what `inspect --json` and `duties --format json` print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.types import Document, Duty


def duty_fields(duty: Duty, document: Document) -> dict[str, Any]:
    """Dates are those on record; quotes are slices of the document's text."""
    return duty_values(duty, document.form.number, document.file, [span.of(document.text) for span in duty.spans])


def duty_values(duty: Duty, number: str | None, file: str, quotes: Sequence[str]) -> dict[str, Any]:
    """The same, of a duty whose document is not at hand."""
    deadline = duty.deadline
    return {
        "who": list(duty.bearers),
        "what": duty.action,
        "product": duty.product,
        "to": list(duty.recipients),
        "via": duty.via,
        "by_when": deadline.written if deadline else None,
        "dates": [day.isoformat() for day in deadline.dates] if deadline else [],
        "recurrence": deadline.recurrence if deadline else None,
        "trigger": deadline.trigger.value if deadline else None,
        "trace": deadline.trace if deadline else None,
        "document": number,
        "file": file,
        "quotes": list(quotes),
        "confidence": duty.confidence,
        "cooperating": list(duty.cooperating),
        "assigned_by": duty.assigned_by,
        "condition": duty.condition,
    }
