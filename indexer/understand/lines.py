"""A text as lines and cells, read on a shadow of equal length in which Markdown emphasis is blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.types import Span

_COLUMN_GAP = re.compile(r"[\t|]| {3}")
_RARE_MARKS = re.compile(r"[\\_#>]")
_MARKUP = re.compile(r"\\?\*|\\(?=[#_|>.-])|(?<!\w)_|_(?!\w)|^[ >]{0,3}#{1,6}(?= )|^>(?= )", re.MULTILINE)


def shadow(text: str) -> str:
    """The same text with the marks of Markdown headings, quotes and emphasis as blanks: positions stay."""
    if not _RARE_MARKS.search(text):
        return text.replace("*", " ")
    return _MARKUP.sub(lambda mark: " " * len(mark[0]), text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of one line without outer blanks; two columns side by side in the source are two cells."""

    text: str
    span: Span
    line: int

    @property
    def is_capitals(self) -> bool:
        return self.text.isupper() and len(self.text) > 1


def cells(text: str) -> list[Cell]:
    """All cells in reading order; blank lines give none. Linear in the text."""
    found: list[Cell] = []
    at = 0
    for number, (line, written) in enumerate(zip(shadow(text).split("\n"), text.split("\n"), strict=True)):
        found += _of_line(line, written, at, number)
        at += len(line) + 1
    return found


def _of_line(line: str, written: str, at: int, number: int) -> Iterator[Cell]:
    stripped = line.strip()
    if not stripped:
        return
    if not ("\t" in written or "|" in written or "   " in written):
        first = at + line.index(stripped)
        yield Cell(stripped, Span(first, first + len(stripped)), number)
        return
    start = 0
    for end in (*(gap.start() for gap in _COLUMN_GAP.finditer(written)), len(written)):
        piece = line[start:end].strip("\t| ")
        if piece:
            first = line.index(piece, start)
            yield Cell(piece, Span(first, first + len(piece)).shift(at), number)
        start = end


def plain(text: str) -> str:
    """A stretch of text on one line, without Markdown emphasis: for names and headings, never for quotes."""
    return " ".join(shadow(text).split())
