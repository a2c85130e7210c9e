"""A newspaper page: when it appeared, and what of it is no running text of its own: repeats, captions, authors.

Columns read in the wrong order leave sentences twice in the text and an article inside another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from indexer.analyze import fold
from indexer.letters import UPPER
from indexer.types import Note, NoteKind, Section, Span
from indexer.understand.calendar_words import calendar_day, day_in
from indexer.understand.dates import find_dates
from indexer.understand.lines import Cell
from indexer.understand.reading import Reading

_MASTHEAD = re.compile(
    r"(?:Thứ\s+\S+|Chủ\s+nhật)\s*,?\s*(?:ngày\s+)?(?P<day>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})",
    re.IGNORECASE,
)
_IN_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_EDGE_CELLS = 8
_CONTINUED = re.compile(
    r"^\(\s*(?:tiếp theo|xem tiếp|xem|tiếp)\s+(?P<where>trang\s+\d{1,2}|kỳ trước|số trước)[^)]*\)$", re.I
)
_PHOTO = re.compile(r"^(?:Ảnh|Ảnh minh họa|Nguồn ảnh)\s*:", re.IGNORECASE)
_AUTHOR = re.compile(rf"^[{UPPER}.]+(?:\s[{UPPER}.]+){{0,3}}(?:\s-\s[{UPPER}.]+(?:\s[{UPPER}.]+){{0,3}})?$")
_AUTHOR_CHARS = 40
_CAPTION_CHARS = 220
# Shorter sentences ("Dự hội nghị có các đồng chí.") may well stand twice on purpose; so may names within sentences.
_REPEATED_CHARS = 60
_ENDS = (".", "!", "?", "…", ":", ";", '"', "”", ")")


def appeared_on(cells: Sequence[Cell], file: str) -> tuple[date, str, Span | None] | None:
    """The day of a page with its source and place: the weekday and day of its head or foot, else the file's name."""
    for cell in (*cells[:_EDGE_CELLS], *cells[-_EDGE_CELLS:]):
        match = _MASTHEAD.search(cell.text)
        day = calendar_day(day_in(match["day"])) if match else None
        if match and day:
            return day, "đầu trang báo", Span(*match.span()).shift(cell.span.start)
    named = _IN_FILE_NAME.search(file)
    day = _day(*map(int, named.groups())) if named else None
    return (day, "suy ra từ tên tệp", None) if day else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def notes(reading: Reading, sections: Sequence[Section], appeared: date | None) -> tuple[Note, ...]:
    """What is known of stretches of a page, in reading order."""
    found = [
        *_marks(reading.cells, sections),
        *_cut_in_two(reading, sections),
        *_repeated(reading),
        *(_dated(reading, appeared) if appeared else ()),
    ]
    return tuple(sorted(found, key=lambda note: (note.span, note.kind)))


def _marks(cells: Sequence[Cell], sections: Sequence[Section]) -> Iterator[Note]:
    """Captions, authors, and "(Tiếp theo trang 1)" with the page or, where it is held, the title that goes on."""
    titles = {section.span.start for section in sections}
    for position, cell in enumerate(cells):
        before = cells[position - 1] if position else None
        following = cells[position + 1] if position + 1 < len(cells) else None
        if continued := _CONTINUED.match(cell.text):
            yield Note(NoteKind.CONTINUED, cell.span, _first_part(before, sections) or continued["where"])
        elif _PHOTO.match(cell.text):
            yield from _caption(before, cell, titles)
        elif _is_author(cell, before, following, titles):
            yield Note(NoteKind.BYLINE, cell.span)


def _first_part(title: Cell | None, sections: Sequence[Section]) -> str | None:
    """The title of another article of the page that begins like the one that goes on ("HỌP BAN CHỈ ĐẠO…")."""
    begun = fold(title.text).rstrip(" .…") if title else ""
    if not title or len(begun.split()) < 2:
        return None
    others = (section.heading for section in sections if section.span.start != title.span.start)
    return next((heading for heading in others if fold(heading).startswith(begun)), None)


def _caption(before: Cell | None, photo: Cell, titles: set[int]) -> Iterator[Note]:
    if before and len(before.text) <= _CAPTION_CHARS and before.span.start not in titles and not before.is_capitals:
        yield Note(NoteKind.CAPTION, before.span)
    yield Note(NoteKind.CAPTION, photo.span)


def _is_author(cell: Cell, before: Cell | None, following: Cell | None, titles: set[int]) -> bool:
    """A short name in capitals below running text, above a title or at the end."""
    if not _AUTHOR.match(cell.text) or len(cell.text) > _AUTHOR_CHARS or cell.span.start in titles or before is None:
        return False
    return not before.is_capitals and (following is None or following.span.start in titles or following.is_capitals)


def _cut_in_two(reading: Reading, sections: Sequence[Section]) -> Iterator[Note]:
    """A paragraph that goes on in small letters behind a closed one: the rest of an article that broke off before."""
    open_articles: list[str] = []
    for section in sections:
        paragraphs = [block.whole for block in reading.blocks(section.span)][1:]
        for one, other in pairwise(paragraphs):
            written = other.of(reading.text)
            if written[0].islower() and one.of(reading.text).endswith(_ENDS) and open_articles:
                yield Note(NoteKind.CONTINUED, other, open_articles.pop())
        last = paragraphs[-1].of(reading.text) if paragraphs else "."
        if not last.endswith(_ENDS) and not last.isupper():
            open_articles.append(section.heading)


def _repeated(reading: Reading) -> Iterator[Note]:
    """Long sentences that stand on the page before, those side by side as one stretch."""
    seen: set[str] = set()
    stretch: Span | None = None
    for sentence in reading.sentences(Span(0, len(reading.text))):
        words = fold(reading.plain(sentence))
        if len(words) >= _REPEATED_CHARS and words in seen:
            stretch = Span(stretch.start if stretch else sentence.start, sentence.end)
        elif stretch:
            yield Note(NoteKind.REPEATED, stretch)
            stretch = None
        seen.add(words)
    if stretch:
        yield Note(NoteKind.REPEATED, stretch)


def _dated(reading: Reading, appeared: date) -> Iterator[Note]:
    """Days without a year, in the year that brings them nearest to the day of the page."""
    whole = Span(0, len(reading.text))
    for span, day in find_dates(reading.text, whole):
        if day is None and (inferred := _nearest(span.of(reading.text), appeared)):
            yield Note(NoteKind.INFERRED_DATE, span, inferred.isoformat())


def _nearest(written: str, appeared: date) -> date | None:
    years = (appeared.year - 1, appeared.year, appeared.year + 1)
    days: Iterable[date | None] = (calendar_day(day_in(written), year) for year in years)
    return min((day for day in days if day), key=lambda day: abs((day - appeared).days), default=None)
