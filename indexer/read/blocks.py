"""Paragraphs and tables of laid-out formats, put together to one text with page starts.

Rows of a table of figures or tasks stand on one line each, "| a | b |", as in Markdown, without its line of dashes.
Tables that only lay out a page (the head, the signature) are read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

PAGE = "\f"
"""Stands in the text of a paragraph where a page begins by order of the writer."""
LAID_OUT_PAGE = "\v"
"""The same where the program that saved the file found the page full; right behind PAGE it means the same page."""
REPEATED_CHARS = 200
"""A cell merged over several rows holds for each of them and is repeated, unless it is a text of its own."""
_LONG_CELL_CHARS = 160

_BLANK_SHARE = 0.15
"""Of the places between paragraphs. ../shared/documents have 0.10 at most, the samples line by line 0.24 and more."""
_BROKEN_SHARE = 0.1
_FULL_LINE_CHARS = 45
_BULLETS = frozenset({"- ", "+ ", "– ", "* ", "• "})
_ASIDE = frozenset({"center", "right", "end"})
_SAME_PAGE = re.compile(rf"{PAGE}(\s*?){LAID_OUT_PAGE}")
_BLANKS = re.compile(r"[^\S\f\v]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`look` is whatever sets paragraphs apart to the eye; neighbours of one look may be lines of one paragraph."""

    text: str
    look: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """`columns`: how many it covers. `continues`: merged with the cell above it, which holds the text."""

    blocks: tuple[Block, ...]
    columns: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        """On one line."""
        return _BLANKS.sub(" ", " ".join(_lines(self.blocks))).replace("|", "/").strip()


@dataclass(frozen=True, slots=True)
class Table:
    """`ruled`: whether lines between its cells can be seen."""

    rows: tuple[tuple[Cell, ...], ...]
    ruled: bool


Block = Paragraph | Table


@dataclass(slots=True)
class _Joined:
    """The text so far. A blank line parts paragraphs of different looks, tables, and whatever the source parts."""

    pieces: list[str] = field(default_factory=list)
    look: tuple[str, ...] | None = None

    def add(self, text: str, look: tuple[str, ...] | None) -> None:
        if self.pieces:
            self.pieces.append("\n" if look is not None and look == self.look else "\n\n")
        self.pieces.append(text)
        self.look = look

    def part(self) -> None:
        self.look = None


def text_of(blocks: Iterable[Block]) -> str:
    """All blocks in reading order; pages are still marked in it."""
    joined = _Joined()
    for block in _set_apart(list(blocks)):
        match block:
            case Paragraph(text, look):
                _add_paragraph(joined, text, look)
            case Table():
                joined.part()
                joined.add("\n".join(_table_lines(block)), ())
                joined.part()
    return "".join(joined.pieces)


def _set_apart(blocks: list[Block]) -> Iterator[Block]:
    """A blank line behind each paragraph of running text, unless the writer sets blank lines or breaks lines himself.

    Then a paragraph may be one line of a text that was scanned or pasted, and only he knows where one ends.
    """
    following = list(pairwise(blocks))
    close = [(one, other) for one, other in following if _is_text(one) and _is_text(other)]
    left_blank = sum(_is_blank(one) and _is_text(other) for one, other in following)
    broken = sum(_is_broken(one, other) for one, other in close)
    as_written = left_blank >= _BLANK_SHARE * len(following) or broken > _BROKEN_SHARE * len(close)
    for one, other in following:
        yield one
        if not as_written and _is_text(one) and _is_text(other) and not _belong_together(one, other):
            yield Paragraph("")
    yield from blocks[-1:]


def _is_blank(block: Block) -> bool:
    """Whether the writer left a line empty here."""
    return isinstance(block, Paragraph) and not block.text.strip(" \t\n")


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.text.strip())


def _is_broken(one: Block, other: Block) -> bool:
    """Whether a full line goes on in the next paragraph."""
    return isinstance(one, Paragraph) and len(one.text.rstrip()) >= _FULL_LINE_CHARS and _goes_on(one, other)


def _goes_on(one: Block, other: Block) -> bool:
    """Whether a paragraph without an end is followed by a small letter that numbers nothing."""
    if not isinstance(one, Paragraph) or not isinstance(other, Paragraph):
        return False
    above, below = one.text.rstrip(), other.text.lstrip()
    return above[-1:].isalnum() and below[:1].islower() and below[1:2] not in ")./"


def _belong_together(one: Block, other: Block) -> bool:
    """Lines of a title, a letterhead or a signature, and items of a list."""
    if not isinstance(one, Paragraph) or not isinstance(other, Paragraph):
        return False
    is_list = one.text.lstrip()[:2] in _BULLETS and other.text.lstrip()[:2] in _BULLETS
    return is_list or _goes_on(one, other) or (one.look == other.look and bool(_ASIDE & set(one.look)))


def paged(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without its page marks, and where pages start; () where it has no marks."""
    marked = _SAME_PAGE.sub(rf"{PAGE}\1", text).replace(LAID_OUT_PAGE, PAGE).lstrip(PAGE)
    pieces = marked.split(PAGE)
    if len(pieces) == 1:
        return marked, ()
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece)
    return "".join(pieces), tuple(starts)


def is_tabular(table: Table) -> bool:
    """Whether rows belong together: a ruled table, or one without lines that has several short columns and rows."""
    width = max((sum(cell.columns for cell in row) for row in table.rows), default=0)
    if width < 2 or len(table.rows) < 2:
        return False
    return table.ruled or (width > 2 and not any(_is_long(cell) for row in table.rows for cell in row))


def row_text(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _add_paragraph(joined: _Joined, text: str, look: tuple[str, ...]) -> None:
    if text.strip():
        joined.add(text, look)
        return
    joined.part()
    if PAGE in text or LAID_OUT_PAGE in text:
        joined.pieces.append(text.strip(" \t\n"))


def _table_lines(table: Table) -> Iterator[str]:
    if is_tabular(table):
        yield from _rows(table)
        return
    cells = (cell for row in table.rows for cell in row if not cell.continues)
    yield "\n\n".join(filter(str.strip, (text_of(cell.blocks) for cell in cells)))


def _rows(table: Table) -> Iterator[str]:
    above: dict[int, str] = {}
    for row in table.rows:
        texts: list[str] = []
        for cell in row:
            text = above.get(len(texts), "") if cell.continues else cell.text
            above[len(texts)] = text if len(text) <= REPEATED_CHARS else ""
            texts += [text, *[""] * (cell.columns - 1)]
        if any(texts):
            yield row_text(texts)


def _is_long(cell: Cell) -> bool:
    return len(cell.blocks) > 3 or len(cell.text) > _LONG_CELL_CHARS


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text, _):
                yield text
            case Table(rows, _):
                yield from (cell.text for row in rows for cell in row if not cell.continues)
