"""A text as lines and cells, read on a shadow of equal length in which Markdown emphasis is blank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.types import Span

_CELL = re.compile(r"[^\t|\n]+?(?= {3}|[\t|\n]|$)")
_MARKUP = re.compile(r"\\?\*|\\(?=[#_|>.-])|(?<!\w)_|_(?!\w)|^[ >]{0,3}#{1,6}(?= )|^>(?= )", re.MULTILINE)


def shadow(text: str) -> str:
    """The same text with the marks of Markdown headings, quotes and emphasis as blanks: positions stay."""
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
    found, at = [], 0
    for number, (line, written) in enumerate(zip(shadow(text).split("\n"), text.split("\n"), strict=True)):
        for match in _CELL.finditer(written):
            piece = line[match.start() : match.end()]
            stripped = piece.strip()
            if stripped:
                start = at + match.start() + piece.index(stripped)
                found.append(Cell(stripped, Span(start, start + len(stripped)), number))
        at += len(line) + 1
    return found


def plain(text: str) -> str:
    """A stretch of text on one line, without Markdown emphasis: for names and headings, never for quotes."""
    return " ".join(shadow(text).split())
