"""Lines in reading order -> the text of a file: paragraphs joined again, table rows written, each word with its box.

Lines of one paragraph are told by geometry: a line was wrapped when the first word of the next one would not have
fitted into it. What follows an indent, a mark of a list or a wider gap begins a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.layout import Box, pack
from indexer.read.flow import Line, Row, Word, reading_order
from indexer.read.scan import Turn
from indexer.read.tables import Table

_MARKER = re.compile(
    r"(?:[-–—+*•●○▪■►✓]|\(?[a-zđ]{1,2}[).]\s|\(?\d{1,3}(?:\.\d{1,3})*[.)](?!\d)|\(?[ivxIVX]+[.)\-]\s"
    r"|(?:Điều|Khoản|Chương|Mục|Phần|Bước)\s[\dIVX]|Phụ lục|Căn cứ\s|Kính gửi|Nơi nhận)"
)
# A number cut behind its hyphen or slash, and a word cut by a soft hyphen, go on without a blank.
_CUT = re.compile(r"(?:\w[-/]|\u00ad)$")
_WIDER = 1.25
_INDENT = 0.8
_NEAR_FULL = 0.15
_FULL_LINES = 3
_LONG_LINE = 0.6
"""Of the width of a page: where lines end that fill it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page: rows of text from top to bottom, and ruled tables between them.

    Measures are those of the page as it is read; `turn` is how a scan was turned for that.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    tables: tuple[Table, ...] = ()
    turn: Turn | None = None

    def box(self, word: Word) -> Box:
        """Where a word stands on the page as it lies in the file."""
        if self.turn is not None:
            return self.turn.back(word, self.number)
        return Box(self.number, word.left, word.top, word.right, word.bottom)


@dataclass(slots=True)
class _Writer:
    """The text so far, and where its words stand."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    words: list[tuple[int, Box]] = field(default_factory=list)
    joined: int = 0

    def begin(self, between: str) -> None:
        """Parts what comes from what is there; a blank or nothing joins a paragraph that was cut."""
        if self.length:
            self.joined += "\n" not in between
            self.put(between)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def put_words(self, words: Sequence[Word], page: Page) -> None:
        for n, word in enumerate(words):
            if n:
                self.put(" ")
            self.words.append((self.length, page.box(word)))
            self.put(word.text)


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of some pages. `layout` as in indexer/layout.py; `joined` counts the lines put together again."""

    text: str
    page_starts: tuple[int, ...]
    layout: bytes
    joined: int


def compose(pages: Sequence[Page]) -> Composed:
    """Pages in order; a paragraph that goes on behind a page break is one paragraph."""
    writer, starts = _Writer(), []
    margin = _common_margin(pages)
    last: Line | None = None
    for page in pages:
        pieces = list(_pieces(page))
        for n, piece in enumerate(pieces):
            writer.begin(_between_pieces(last, piece, margin) if n == 0 else "\n\n")
            if n == 0:
                starts.append(writer.length)
            _write(writer, piece, page, margin)
            last = None if isinstance(piece, Table) else piece[-1]
        if not pieces:
            starts.append(writer.length)
    return Composed("".join(writer.parts), tuple(starts), pack(writer.words), writer.joined)


Piece = Table | list[Line]


def _pieces(page: Page) -> Iterator[Piece]:
    """Blocks of lines and tables in reading order; a table ends the columns above it."""
    rows = list(page.rows)
    for table in page.tables:
        above = [row for row in rows if row[0].top < table.top]
        rows = rows[len(above) :]
        yield from reading_order(above)
        yield table
    yield from reading_order(rows)


def _write(writer: _Writer, piece: Piece, page: Page, margin: float | None) -> None:
    if isinstance(piece, Table):
        _write_table(writer, piece, page)
    else:
        _write_block(writer, piece, page, margin)


def _write_block(writer: _Writer, lines: Sequence[Line], page: Page, margin: float | None) -> None:
    right = _margin(lines) or margin
    pitch = _pitch(lines)
    writer.put_words(lines[0].words, page)
    for above, line in pairwise(lines):
        wider = pitch is not None and line.bottom - above.bottom > _WIDER * pitch
        writer.begin("\n\n" if wider else _between(above, line, right))
        writer.put_words(line.words, page)


def _write_table(writer: _Writer, table: Table, page: Page) -> None:
    """Rows as `| cell | cell |`, the words of a cell on one line."""
    for n, row in enumerate(table.rows):
        writer.put("\n|" if n else "|")
        for cell in row:
            writer.put(" ")
            writer.put_words([word for line in cell for word in line.words], page)
            writer.put(" |" if cell else "|")


def _between_pieces(last: Line | None, piece: Piece, margin: float | None) -> str:
    """What stands between the last line of a page and what follows on the next one."""
    if last is None or isinstance(piece, Table):
        return "\n\n"
    between = _between(last, piece[0], margin)
    return "\n\n" if between == "\n" else between


def _between(above: Line, line: Line, right: float | None) -> str:
    """What stands between two lines that follow each other: a blank, nothing, or a line break."""
    if right is None or _MARKER.match(line.text) or line.left > above.left + _INDENT * above.height:
        return "\n"
    first = line.words[0]
    blank = 0.25 * above.height
    if above.right + blank + first.right - first.left <= right:
        return "\n"
    return "" if _CUT.search(above.words[-1].text) and first.text[:1].isalnum() else " "


def _pitch(lines: Sequence[Line]) -> float | None:
    """The usual distance of lines from one to the next."""
    return median(line.bottom - above.bottom for above, line in pairwise(lines)) if len(lines) > 2 else None


def _margin(lines: Sequence[Line]) -> float | None:
    """Where full lines end, None where too few are full to tell."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(line.right >= right - _NEAR_FULL * (right - left) for line in lines)
    return right if full >= _FULL_LINES else None


def _common_margin(pages: Sequence[Page]) -> float | None:
    """The right edge that most long lines of a file share, to two points; None where hardly any do."""
    edges = Counter(
        round(row[-1].right / 2) for page in pages for row in page.rows if row[-1].right > _LONG_LINE * page.width
    )
    if not edges:
        return None
    edge, lines = max(edges.items(), key=lambda found: (found[1], found[0]))
    return 2 * edge + 1 if lines >= _FULL_LINES else None
