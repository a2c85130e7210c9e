"""One file, several documents: where each of them begins and ends.

A new document begins at a head (motto, number line, title) once the one before has been closed by its recipients
or its signature. Lines in capitals above that head belong to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indexer.types import Span
from indexer.understand.lines import Cell
from indexer.understand.marks import (
    authority_of,
    is_motto,
    is_office,
    kind_of,
    number_of,
    opens_recipients,
    place_and_date,
)
from indexer.understand.reading import Reading


def split_bundle(reading: Reading) -> list[Span]:
    """Spans of the documents of one file, in order, trimmed and never empty; one span where there is one document."""
    text = reading.text
    bounds = [0, *(_start_of_line(text, cell.span.start) for cell in _heads(reading.cells)), len(text)]
    spans = [_trimmed(text, start, end) for start, end in pairwise(bounds)]
    return [span for span in spans if span is not None]


def _heads(found: list[Cell]) -> Iterator[Cell]:
    """The first cell of each document after the first one."""
    closed, after = False, 0
    for position, cell in enumerate(found):
        if authority_of(cell.text) or opens_recipients(cell.text):
            closed, after = True, position + 1
        elif closed and _begins(cell):
            first = _walk_back(found, position, after)
            yield found[first]
            closed = False


def _begins(cell: Cell) -> bool:
    return is_motto(cell.text) or bool(number_of(cell.text)) or (cell.is_capitals and kind_of(cell.text) is not None)


def _walk_back(found: list[Cell], position: int, after: int) -> int:
    """The first line of the head that the cell at `position` belongs to: issuers in capitals, `*`, place and date."""
    while position > after and _belongs_to_head(found[position - 1]):
        position -= 1
    return position


def _belongs_to_head(cell: Cell) -> bool:
    if authority_of(cell.text) or is_office(cell.text):
        return False
    return cell.is_capitals or place_and_date(cell.text) is not None or not any(map(str.isalpha, cell.text))


def _start_of_line(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    if not piece.strip():
        return None
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
