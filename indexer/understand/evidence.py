"""Where each field of the form stands, and how it is known: stated by a line, mended from a misread one, or derived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.analyze import fold
from indexer.types import FieldEvidence, Form, Known, Span
from indexer.understand.lines import Cell
from indexer.understand.marks import kind_of

_HEAD_CELLS = 40
_LETTERHEAD_CHARS = 4


def evidence(form: Form, found: Sequence[Cell], title: int | None, addressee: int | None) -> tuple[FieldEvidence, ...]:
    """One entry for each field that has a value, in the order of Form; `title`, `addressee` are positions of cells."""
    head = found[:_HEAD_CELLS]
    spans: dict[str, Span | None] = {
        "number": form.number_span,
        "kind": found[title].span if title is not None else form.number_span,
        "issuer": _named_in(head, form.issuer),
        "superior": _named_in(head, form.superior),
        "place": form.issued_on_span,
        "issued_on": form.issued_on_span,
        "summary": form.summary_span,
        "addressee": found[addressee].span if addressee is not None else None,
        "signer": form.signer.span if form.signer else None,
        "recipients": form.recipients_span,
        "secrecy": _mark_in(head, form.secrecy),
        "urgency": _mark_in(head, form.urgency),
        "received": _stamp_in(head),
    }
    return tuple(_entries(form, spans, found[title] if title is not None else None))


def _entries(form: Form, spans: dict[str, Span | None], title: Cell | None) -> Iterator[FieldEvidence]:
    for field, span in spans.items():
        if getattr(form, field):
            yield FieldEvidence(field, span, _known(form, field, span, title))


def _known(form: Form, field: str, span: Span | None, title: Cell | None) -> Known:
    """A type without a title line is derived from the number; a title that is nearly a type was misread."""
    if field == "kind" and (title is None or kind_of(title.text) is None):
        return Known.DERIVED if title is None else Known.MENDED
    return Known.STATED if span else Known.DERIVED


def _named_in(head: Sequence[Cell], body: str | None) -> Span | None:
    """The lines in capitals that spell a body, those that follow each other as one."""
    name = fold(body or "")
    lines = [
        cell for cell in head if cell.is_capitals and len(cell.text) >= _LETTERHEAD_CHARS and fold(cell.text) in name
    ]
    if not lines:
        return None
    first = lines[0]
    last = next((cell for cell in reversed(lines) if cell.line - first.line < len(lines)), first)
    return Span(first.span.start, max(first.span.end, last.span.end)) if _stand_alone(head, first, last) else first.span


def _stand_alone(head: Sequence[Cell], first: Cell, last: Cell) -> bool:
    """Whether no other column stands between the first and the last line."""
    between = [cell for cell in head if first.span.start <= cell.span.start <= last.span.start]
    return len(between) == last.line - first.line + 1


def _mark_in(head: Sequence[Cell], mark: str | None) -> Span | None:
    wanted = fold(mark or "")
    return next(
        (cell.span for cell in head if mark and cell.is_capitals and fold(cell.text).strip(" .()") == wanted), None
    )


def _stamp_in(head: Sequence[Cell]) -> Span | None:
    return next((cell.span for cell in head if "ĐẾN" in cell.text.split()), None)
