"""A duty as plain values: what `inspect --json` and `duties --format json` print."""

from __future__ import annotations

from typing import Any

from indexer.types import Document, Duty


def duty_fields(duty: Duty, document: Document) -> dict[str, Any]:
    """Dates are those on record; quotes are slices of the document's text."""
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
        "document": document.form.number,
        "file": document.file,
        "quotes": [span.of(document.text) for span in duty.spans],
        "confidence": duty.confidence,
    }
