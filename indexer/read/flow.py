"""Words on a page -> lines in the order in which they are read. Pure geometry, for PDF text and recognised scans alike.

Words make fragments (words in a row without a gap), fragments of one height make rows. Rows through which one gutter
runs make a band of columns, read column by column, each column in the same way again; all other rows are read from
top to bottom. This is the XY cut of Nagy, Seth & Viswanathan (1992), made from the rows up, so that a heading across
the page ends the columns above it. Measures are PDF points from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# Gaps and gutters, in heights of a line: justified text stretches its blanks to about 0.8.
_GAP = 0.9
_GUTTER_OF_TWO_ROWS = 1.2
_GUTTER_OF_ONE_ROW = 2.0
_NEXT_LINE = 0.5
_BLANK_LINE = 1.2
_LEVEL = 0.5
"""Of the height of a word: what it shares with the words of its row."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box; top and bottom are those of its line or font, so that words of one line share them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line from left to right; never empty."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return self.words[0].bottom - self.words[0].top


Row = list[Line]
Gutter = tuple[float, float]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Fragments by rows, top down, each row from left to right."""
    return [_fragments(row) for row in _clusters(words)]


def _clusters(words: Sequence[Word]) -> list[list[Word]]:
    """Words of one height together: each shares at least half of its height with the first of its row."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        # Lines of two columns seldom stand level, so the last few rows are tried.
        row = max(rows[-3:], key=lambda row: _shared_height(row[0], word), default=None)
        if row is None or _shared_height(row[0], word) < _LEVEL:
            rows.append([word])
        else:
            row.append(word)
    return rows


def _shared_height(one: Word, other: Word) -> float:
    """The share of the lower one's height at which both stand; negative where they stand apart."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.bottom - one.top, other.bottom - other.top), 0.1)


def _fragments(row: list[Word]) -> Row:
    row.sort(key=lambda word: word.left)
    gap = _GAP * median(word.bottom - word.top for word in row)
    fragments, reached = [[row[0]]], row[0].right
    for word in row[1:]:
        if word.left - reached > gap:
            fragments.append([word])
        else:
            fragments[-1].append(word)
        reached = max(reached, word.right)
    return [Line(tuple(words)) for words in fragments]


def reading_order(rows: Sequence[Row]) -> list[list[Line]]:
    """Blocks of lines in reading order; the lines of a block stand under each other in one column."""
    blocks: list[list[Line]] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        end, gutters = _band(rows, at)
        if not gutters:
            plain.append(rows[at])
        else:
            above = _taken_back(plain, rows[at], gutters)
            blocks += _block(plain)
            plain = []
            for column in _columns([*above, *rows[at:end]], gutters):
                blocks += reading_order(column)
        at = end
    return blocks + _block(plain)


def _block(rows: Sequence[Row]) -> list[list[Line]]:
    """Rows as lines: fragments that no gutter separates are one line."""
    lines = [Line(tuple(word for fragment in row for word in fragment.words)) for row in rows]
    return [lines] if lines else []


def _band(rows: Sequence[Row], start: int) -> tuple[int, list[Gutter]]:
    """Where the columns that begin in a row end, and the gutters between them; no gutters where there are none."""
    gutters = _gaps(rows[start])
    end, seen, loose = start + 1, 1, start + 1
    while loose < len(rows) and (left := _through(gutters, rows[loose])):
        gutters, loose = left, loose + 1
        if len(rows[loose - 1]) > 1:
            end, seen = loose, seen + 1
    gutters = [gutter for gutter in gutters if _separates(gutter, rows[start][0].height, seen)]
    return (_with_tail(rows, end, loose), gutters) if gutters else (start + 1, [])


def _gaps(row: Row) -> list[Gutter]:
    return [(left.right, right.left) for left, right in pairwise(row)]


def _through(gutters: Sequence[Gutter], row: Row) -> list[Gutter]:
    """What a row leaves of some gutters."""
    smallest = _GAP * row[0].height
    left = (piece for gutter in gutters for piece in _uncovered(gutter, row))
    return [piece for piece in left if piece[1] - piece[0] > smallest]


def _uncovered(gutter: Gutter, row: Row) -> Iterator[Gutter]:
    start, end = gutter
    for line in row:
        if line.right > start and line.left < end:
            if line.left > start:
                yield start, line.left
            start = line.right
    if start < end:
        yield start, end


def _separates(gutter: Gutter, height: float, rows: int) -> bool:
    """A narrow gutter needs more rows to be told from a wide blank."""
    width = (gutter[1] - gutter[0]) / height
    return width >= _GUTTER_OF_ONE_ROW or (rows >= 2 and width >= _GUTTER_OF_TWO_ROWS) or rows >= 3


def _with_tail(rows: Sequence[Row], end: int, loose: int) -> int:
    """Takes in the rows of one column alone that go on directly under it, as a list beside a signature does."""
    for at in range(end, loose):
        if any(_goes_on(line, rows[at][0]) for row in rows[max(at - 3, 0) : at] for line in row):
            end = at + 1
    return end


def _goes_on(line: Line, below: Line) -> bool:
    same_size = abs(line.height - below.height) < 0.4 * line.height
    return same_size and _stands_over(line, below, _BLANK_LINE)


def _taken_back(plain: list[Row], first: Row, gutters: Sequence[Gutter]) -> list[Row]:
    """Rows directly above a band that belong to one of its columns; they are taken off `plain`."""
    taken: list[Row] = []
    below = first
    while plain and len(plain[-1]) == 1 and _through(gutters, plain[-1]):
        if not any(_stands_over(plain[-1][0], line, _NEXT_LINE) for line in below):
            break
        below = plain.pop()
        taken.insert(0, below)
    return taken


def _stands_over(line: Line, below: Line, gap: float) -> bool:
    """Whether two lines are of one column, set to its left edge or to its middle; `gap` in heights of a line."""
    near = below.top - line.bottom < gap * line.height
    aligned = abs(line.left - below.left), abs(line.left + line.right - below.left - below.right) / 2
    return near and min(aligned) < 1.5 * line.height


def _columns(rows: Sequence[Row], gutters: Sequence[Gutter]) -> list[list[Row]]:
    """The rows of each column, from left to right."""
    edges = sorted((start + end) / 2 for start, end in gutters)
    columns: list[list[Row]] = [[] for _ in range(len(edges) + 1)]
    for row in rows:
        for number, column in enumerate(columns):
            inside = [line for line in row if sum(edge < (line.left + line.right) / 2 for edge in edges) == number]
            if inside:
                column.append(inside)
    return [column for column in columns if column]
