"""Document -> passages: pieces of one section each, none over a section's border, whole paragraphs where they fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.types import Document, NoteKind, Passage, Section, Span
from indexer.understand.lines import plain
from indexer.understand.sentences import sentences

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """Paragraphs of a section are gathered up to target_chars; a longer paragraph is cut between sentences."""

    target_chars: int = 900
    max_chars: int = 1600


def passages(document: Document, settings: PassageSettings) -> tuple[Passage, ...]:
    """The passages of a document in reading order; together they cover all of its text but headings standing alone and
    what is noted as repeated.
    """
    found = []
    for region, section in _regions(document):
        heading = document.heading(region.start)
        if section is not None and _is_heading_only(document, document.sections[section], region):
            continue
        found += [(piece, heading) for piece in _pieces(document.text, region, settings)]
    return tuple(Passage(f"{document.id}-{n}", document.id, span, path) for n, (span, path) in enumerate(found))


def _regions(document: Document) -> Iterator[tuple[Span, int | None]]:
    """Every stretch of text with the innermost section that holds it; stretches without letters are left out."""
    text, sections = document.text, document.sections
    repeated = [note.span for note in document.notes if note.kind is NoteKind.REPEATED]
    parts = [*(section.span for section in sections), *repeated]
    borders = sorted({0, len(text), *(part.start for part in parts), *(part.end for part in parts)})
    left_out = {span.start for span in repeated}
    stack: list[int] = []
    upcoming = iter(enumerate(sections))
    following = next(upcoming, None)
    for start, end in pairwise(borders):
        while stack and sections[stack[-1]].span.end <= start:
            stack.pop()
        while following is not None and following[1].span.start <= start:
            stack.append(following[0])
            following = next(upcoming, None)
        if start not in left_out and any(map(str.isalnum, text[start:end])):
            yield _trimmed(text, start, end), stack[-1] if stack else None


def _is_heading_only(document: Document, section: Section, region: Span) -> bool:
    heading = plain(region.of(document.text))
    return (
        region.start == section.span.start
        and region.end < section.span.end
        and len(heading) <= len(section.heading) + 16
    )


def _pieces(text: str, region: Span, settings: PassageSettings) -> Iterator[Span]:
    units = [unit for paragraph in _paragraphs(text, region) for unit in _fitting(text, paragraph, settings)]
    start: int | None = None
    end = 0
    for unit in units:
        if start is not None and unit.end - start > settings.target_chars:
            yield Span(start, end)
            start = None
        start, end = (unit.start if start is None else start), unit.end
    if start is not None:
        yield Span(start, end)


def _paragraphs(text: str, region: Span) -> Iterable[Span]:
    return (_trimmed(text, *match.span()) for match in _PARAGRAPH.finditer(text, region.start, region.end))


def _fitting(text: str, paragraph: Span, settings: PassageSettings) -> Iterator[Span]:
    """The paragraph itself, or its sentences gathered up to the target where it is too long."""
    if paragraph.end - paragraph.start <= settings.max_chars:
        yield paragraph
        return
    ends = [sentence.end for sentence in sentences(text, paragraph)][:-1]
    for start, end in pairwise([paragraph.start, *ends, paragraph.end]):
        yield from _cut(text, _trimmed(text, start, end), settings.max_chars)


def _cut(text: str, span: Span, max_chars: int) -> Iterator[Span]:
    """Between words where there are any."""
    start = span.start
    while span.end - start > max_chars:
        half, full = start + max_chars // 2, start + max_chars
        end = max(text.rfind(" ", half, full), text.rfind("\n", half, full))
        piece = _trimmed(text, start, end if end > 0 else full)
        yield piece
        start = piece.end + len(text[piece.end : full + 1]) - len(text[piece.end : full + 1].lstrip())
    yield Span(start, span.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
