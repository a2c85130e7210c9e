"""Ruled tables: lines drawn on a page -> cells, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.read.flow import Line, Word, rows_of

_TOUCH = 2.5
"""Points between two ends that still meet: borders are drawn with some width, and seldom to the point."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on a page: from (left, top) to (right, bottom), one of the two distances near zero."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top

    def meets(self, other: Rule) -> bool:
        across = self.left <= other.right + _TOUCH and other.left <= self.right + _TOUCH
        return across and self.top <= other.bottom + _TOUCH and other.top <= self.bottom + _TOUCH


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each cell its lines from top to bottom; a merged cell is in its first row and column."""

    top: float
    bottom: float
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns and rows of a table are parted, and the rules that part them."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        x, y = _middle(word)
        return self.across[0] <= x <= self.across[-1] and self.down[0] <= y <= self.down[-1]


def find_tables(rules: Sequence[Rule], words: Sequence[Word]) -> tuple[tuple[Table, ...], list[Word]]:
    """The tables of a page from top to bottom, and the words that stand in none of them."""
    grids = [grid for grid in map(_grid, _touching(rules)) if grid is not None]
    free = [word for word in words if not any(grid.holds(word) for grid in grids)]
    tables = [_table(grid, [word for word in words if grid.holds(word)]) for grid in grids]
    return tuple(sorted((table for table in tables if table.rows), key=lambda table: table.top)), free


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that meet, directly or over others, together."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(rule.meets(other) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([rule, *(other for group in met for other in group)])
    return groups


def _grid(rules: list[Rule]) -> _Grid | None:
    """None for a frame or an underline: a table has two rows and two columns at least."""
    across = _distinct([rule.left for rule in rules if not rule.is_level])
    down = _distinct([rule.top for rule in rules if rule.is_level])
    return _Grid(across, down, tuple(rules)) if len(across) > 2 and len(down) > 2 else None


def _distinct(positions: Sequence[float]) -> tuple[float, ...]:
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > 2 * _TOUCH:
            found.append(position)
    return tuple(found)


def _table(grid: _Grid, words: Sequence[Word]) -> Table:
    cells: dict[tuple[int, int], list[Word]] = {}
    first = _first_cells(grid)
    for word in words:
        x, y = _middle(word)
        cells.setdefault(first[_slot(grid.down, y), _slot(grid.across, x)], []).append(word)
    width = len(grid.across) - 1
    used = sorted({row for row, _ in cells})
    columns = [column for column in range(width) if any((row, column) in cells for row in used)]
    rows = tuple(tuple(_lines(cells.get((row, column), [])) for column in columns) for row in used)
    return Table(grid.down[0], grid.down[-1], rows)


def _slot(edges: Sequence[float], position: float) -> int:
    inner = edges[1:-1]
    return sum(edge <= position for edge in inner)


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, (word.top + word.bottom) / 2


def _first_cells(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each slot the first slot of the cell that it belongs to: slots that no rule parts are one cell."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(grid.down) - 1):
        middle = (grid.down[row] + grid.down[row + 1]) / 2
        for column in range(len(grid.across) - 1):
            centre = (grid.across[column] + grid.across[column + 1]) / 2
            if column and not _parts(grid, x=grid.across[column], y=middle):
                first[row, column] = first[row, column - 1]
            elif row and not _parts(grid, x=centre, y=grid.down[row]):
                first[row, column] = first[row - 1, column]
            else:
                first[row, column] = row, column
    return first


def _parts(grid: _Grid, x: float, y: float) -> bool:
    """Whether a rule runs through a point."""
    point = Rule(x, y, x, y)
    return any(rule.meets(point) for rule in grid.rules)


def _lines(words: Sequence[Word]) -> tuple[Line, ...]:
    return tuple(Line(tuple(word for part in row for word in part.words)) for row in rows_of(words))
