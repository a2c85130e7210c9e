"""Page furniture: numbers and running heads that a page carries and its text does not. Removed, and listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.read.compose import Page
from indexer.read.flow import Row

_ZONE = 0.12
"""The share of a page, at its top and at its bottom, in which furniture stands."""
_LEAST_PAGES = 3
_LEAST_SHARE = 0.6
_PAGE_NUMBER = re.compile(r"[-–—\[(]?\s*(?:[Tt]rang|[Pp]age)?\s*(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–—\])]?")
# The head of a document stands where running heads do; a bundle of one-page letters repeats it on every page.
_HEAD = re.compile(r"cộng\s+h[òo][àa]?\s+xã\s+hội|đảng\s+cộng\s+sản\s+việt\s+nam|^\s*số\s*[:.]?\s*\d", re.IGNORECASE)
_LEAST_LETTERS = 3
_SHOWN_CHARS = 60


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without page numbers and running heads, and one sentence for each kind of thing removed."""
    numbers = _page_numbers(pages)
    bare = [_without(page, numbers.get(page.number)) for page in pages]
    running = _running(bare)
    changes = [f"page numbers removed: {len(numbers)}"] if numbers else []
    changes += [f"running head removed: “{head[:_SHOWN_CHARS]}”" for head in running.values()]
    return [_without_running(page, running) for page in bare], changes


def _without(page: Page, number: Row | None) -> Page:
    return replace(page, rows=tuple(row for row in page.rows if row is not number))


def _without_running(page: Page, running: dict[str, str]) -> Page:
    if not running or _has_head(page):
        return page
    kept = (row for row in page.rows if not (_in_zone(page, row) and _shape(row) in running))
    return replace(page, rows=tuple(kept))


def _page_numbers(pages: Sequence[Page]) -> dict[int, Row]:
    """For each page the row that is nothing but its number; numbers count on by one from page to page."""
    found = [(page.number, row, value) for page in pages for row, value in _outer_numbers(page)]
    offsets = Counter(value - number for number, _, value in found)
    if not offsets:
        return {}
    offset, times = max(offsets.items(), key=lambda entry: (entry[1], -abs(entry[0])))
    # One lone figure says nothing unless it is the page's own number.
    if times < 2 and offset != 0:
        return {}
    return {number: row for number, row, value in found if value - number == offset}


def _outer_numbers(page: Page) -> list[tuple[Row, int]]:
    """The first and the last row of a page where they are a lone figure in the zone of furniture."""
    outer = [page.rows[0], page.rows[-1]] if page.rows else []
    matches = ((row, _PAGE_NUMBER.fullmatch(_text(row))) for row in outer if _in_zone(page, row))
    return [(row, int(match[1])) for row, match in matches if match]


def _running(pages: Sequence[Page]) -> dict[str, str]:
    """Texts, by their shape, that stand in the zone of furniture of most pages."""
    open_pages = [page for page in pages if not _has_head(page)]
    if len(open_pages) < _LEAST_PAGES:
        return {}
    shapes = {
        page.number: {_shape(row): _text(row) for row in (*page.rows[:2], *page.rows[-2:]) if _in_zone(page, row)}
        for page in open_pages
    }
    counts = Counter(shape for found in shapes.values() for shape in found)
    needed = max(_LEAST_PAGES, _LEAST_SHARE * len(open_pages))
    written = {shape: text for found in shapes.values() for shape, text in found.items()}
    return {shape: written[shape] for shape, count in counts.items() if count >= needed and _is_said(shape)}


def _is_said(shape: str) -> bool:
    """Dots, rules and figures at the edge of most pages are parts of forms."""
    return sum(map(str.isalpha, shape)) >= _LEAST_LETTERS


def _has_head(page: Page) -> bool:
    return any(_HEAD.search(line.text) for row in page.rows if _above(page, row, 1 / 3) for line in row)


def _above(page: Page, row: Row, share: float) -> bool:
    return row[0].bottom <= share * page.height


def _in_zone(page: Page, row: Row) -> bool:
    return _above(page, row, _ZONE) or row[0].top >= (1 - _ZONE) * page.height


def _text(row: Row) -> str:
    return " ".join(line.text for line in row)


def _shape(row: Row) -> str:
    """The text of a row with its figures made alike, so that "Trang 2" and "Trang 3" are one head."""
    return re.sub(r"\d+", "#", _text(row)).casefold()
