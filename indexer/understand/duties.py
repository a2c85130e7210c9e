"""Duties: who owes what to whom by when, each row with the verbatim places that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from indexer.numbers import key
from indexer.types import Duty, Reference, Section, Span, Trigger
from indexer.understand.bodies import is_list
from indexer.understand.dates import rank
from indexer.understand.duty_clauses import of_block, with_doers
from indexer.understand.duty_heads import by_run_in_heads, content_of, of_tables
from indexer.understand.duty_merging import folded, groups, tied
from indexer.understand.duty_parts import Part, parts
from indexer.understand.duty_slots import Row, said_in
from indexer.understand.reading import Reading
from indexer.understand.resolve import resolve
from indexer.understand.sentences import Block


def duties(
    reading: Reading,
    sections: Sequence[Section],
    issued_on: date | None,
    issuer: str | None,
    references: Sequence[Reference],
    kind: str | None = None,
    received_on: date | None = None,
) -> tuple[Duty, ...]:
    """One row for each duty in reading order, deadlines resolved from the issue dates in `references`.

    Bearers come from the sentence, the words that assign, the heading, the sentence before, else `issuer`. The same
    duty said again is one row with all its places, the most complete first. Narration, aims and lists are no duties.
    """
    known = {key(reference.number): reference.issued_on for reference in references if reference.issued_on}
    rows = [row for part in parts(reading, sections, kind) for row in _of_part(reading, part, issuer)]
    rows += of_tables(reading)
    dated = (
        replace(row, deadline=resolve(row.deadline, issued_on, known, received_on)) if row.deadline else row
        for row in rows
    )
    return tuple(_duty(reading, group) for group in tied(reading, groups(reading, dated)))


def _of_part(reading: Reading, part: Part, issuer: str | None) -> Iterator[Row]:
    content = [
        block
        for block in reading.blocks(part.span)
        if not _is_table(reading, block) and not _is_heading(reading, block, part)
    ]
    whole = by_run_in_heads(reading, part, content, issuer)
    yield from [whole] if whole else []
    taken = (*whole.more, content_of(reading, content)) if whole else ()
    shared = whole.deadline if whole and whole.deadline and rank(whole.deadline) == 0 else None
    first = whole.bearers if whole and whole.named else part.bearers
    for block, doers in with_doers(reading, content, first):
        for row in of_block(reading, part, block, doers, issuer, taken):
            row = _with_head(row, block)
            yield replace(row, deadline=shared) if shared and row.recipients and not row.deadline else row


def _with_head(row: Row, block: Block) -> Row:
    """The quote of a duty whose bearers stand in the run-in head begins there."""
    if row.span.start != block.span.start or not is_list(block.head):
        return row
    return replace(row, span=Span(block.whole.start, row.span.end))


def _is_table(reading: Reading, block: Block) -> bool:
    written = block.whole.of(reading.text)
    return written.startswith("|") or "\t" in written


def _is_heading(reading: Reading, block: Block, part: Part) -> bool:
    """The block of the section's heading; a heading that is itself a sentence with a bearer stays."""
    written = reading.plain(block.whole).rstrip(".;: ")
    if not part.heading or block.whole.start > part.span.start + 4 or not written.endswith(part.heading.rstrip(".;: ")):
        return False
    return not (reading.text[block.whole.end - 1] in ".;/" and said_in(reading, block.span))


def _duty(reading: Reading, group: list[Row]) -> Duty:
    best = max(
        group,
        key=lambda row: (
            bool(row.deadline),
            bool(row.recipients),
            bool(row.product),
            len(row.bearers),
            -row.span.start,
        ),
    )
    names: dict[str, str] = {}
    for name in (name for row in (best, *group) for name in row.bearers):
        names.setdefault(folded(name), name)
    spans = dict.fromkeys(span for row in (best, *group) for span in (row.span, *row.more))
    via = best.via or next((row.via for row in group if row.via), None)
    action = reading.plain(best.action).rstrip(" .;,/")
    product = reading.plain(best.product) if best.product else None
    return Duty(
        tuple(names.values()),
        action,
        product,
        best.recipients,
        via,
        best.deadline,
        tuple(spans),
        _confidence(best),
        tuple(dict.fromkeys(name for row in (best, *group) for name in row.cooperating)),
        next((row.giver for row in (best, *group) if row.giver), None),
        next((row.condition for row in (best, *group) if row.condition), None),
    )


def _confidence(row: Row) -> float:
    """From the slots that are filled; set by hand so that a dated report to a named body has 0.9."""
    dated = row.deadline is not None and row.deadline.trigger is not Trigger.NONE
    return round(0.35 + 0.2 * row.named + 0.05 * bool(row.bearers) + 0.15 * dated + 0.15 * bool(row.recipients), 2)
