"""Outline: the numbered parts of a document, or the articles of a newspaper page, as nested sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.letters import UPPER
from indexer.types import Section, Span
from indexer.understand.lines import Cell, cells, plain
from indexer.understand.marks import authority_of, is_motto, opens_recipients

_HEADING_CHARS = 320
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_PATTERNS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "part", re.compile(r"^(?P<label>(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?[IVXLivxl\d\w]+)\s*[.:–-]?\s*(?P<rest>.*)$")),
    (
        0,
        "appendix",
        re.compile(r"^(?P<label>(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[IVXL\d]+)?)\s*[.:–-]?\s*(?P<rest>.*)$"),
    ),
    (1, "chapter", re.compile(r"^(?P<label>(?:CHƯƠNG|Chương)\s+[IVXLCivxlc\d]+)\s*[.:–-]?\s*(?P<rest>.*)$")),
    (2, "subchapter", re.compile(r"^(?P<label>(?:MỤC|Mục)\s+\d+)\s*[.:–-]?\s*(?P<rest>.*)$")),
    (3, "article", re.compile(r"^(?P<label>(?:ĐIỀU|Điều)\s+\d+[a-zđ]?)\s*[.:–-]\s*(?P<rest>.*)$")),
    (3, "roman", re.compile(r"^(?P<label>[IVXL]{1,6})\s*[.\-–/]\s+(?P<rest>\S.*)$")),
    (4, "letter", re.compile(rf"^(?P<label>[A-EĐ])\s*[.\-–]\s+(?P<rest>[{UPPER}]{{4}}.*)$")),
    (5, "number", re.compile(r"^(?P<label>\d{1,2})\s*[.)]\s+(?P<rest>\S.*)$")),
    (6, "decimal", re.compile(r"^(?P<label>\d{1,2}\.\d{1,2})\.?\s+(?P<rest>\S.*)$")),
    (7, "decimal2", re.compile(r"^(?P<label>\d{1,2}\.\d{1,2}\.\d{1,2})\.?\s+(?P<rest>\S.*)$")),
    (8, "point", re.compile(r"^(?P<label>[a-zđ])\s*[.)]\s+(?P<rest>\S.*)$")),
)
_CONTINUED = re.compile(r"^\(\s*tiếp theo\b", re.IGNORECASE)
_ROW_OF_TABLE = re.compile(r"[|\t]")


@dataclass(frozen=True, slots=True)
class _Heading:
    label: str
    text: str
    level: int
    start: int


def outline(text: str, administrative: bool = True) -> tuple[Section, ...]:
    """Sections in reading order, each ending where the next of its level or above begins, or where the foot begins.

    A text that is no office's document (a newspaper page) has its articles, under headings in capitals, as sections.
    """
    found = cells(text)
    end = _end_of_body(found, len(text.rstrip()))
    headings = list(_numbered(text, found, end) if administrative else _articles(found, end))
    return _with_paths(tuple(_nested(text, headings, end)))


def _end_of_body(found: list[Cell], end: int) -> int:
    """Where the foot begins: the last "Nơi nhận" or the last authority mark, whichever comes first of the two."""
    feet = [cell.span.start for cell in found if opens_recipients(cell.text) or authority_of(cell.text)]
    if not feet:
        return end
    last = [start for start in feet if start > end - 4000]
    return min(last) if last else end


def _numbered(text: str, found: list[Cell], end: int) -> Iterator[_Heading]:
    """Lines that open a numbered part, in a sequence that makes sense: 1., 2., 3. under one parent, I., II. …"""
    expected: dict[str, int] = {}
    for cell in found:
        if cell.span.start >= end or _in_table(text, cell):
            continue
        for level, family, pattern in _PATTERNS:
            match = pattern.match(cell.text)
            if match is None or not _in_sequence(family, match["label"], expected):
                continue
            for _, deeper, _ in _PATTERNS[_position(family) + 1 :]:
                expected.pop(deeper, None)
            yield _Heading(" ".join(match["label"].split()), match["rest"], level, cell.span.start)
            break


def _in_table(text: str, cell: Cell) -> bool:
    start = text.rfind("\n", 0, cell.span.start) + 1
    stop = text.find("\n", cell.span.start)
    return bool(_ROW_OF_TABLE.search(text[start : stop if stop >= 0 else len(text)]))


def _position(family: str) -> int:
    return next(i for i, (_, name, _) in enumerate(_PATTERNS) if name == family)


def _in_sequence(family: str, label: str, expected: dict[str, int]) -> bool:
    """Whether the label follows the one before of its family; one or two lost numbers are forgiven."""
    value = _value(family, label)
    if value is None:
        return True
    last = expected.get(family, 0)
    if not last < value <= last + 3 or (last == 0 and value > 2):
        return False
    expected[family] = value
    return True


def _value(family: str, label: str) -> int | None:
    if family == "roman":
        return _roman(label)
    if family == "number":
        return int(label)
    if family in ("decimal", "decimal2"):
        return int(label.rsplit(".", 1)[1])
    if family == "point":
        return "abcdđeghiklmnopqrstuvxy".find(label) + 1 or None
    return None


def _roman(label: str) -> int:
    values = [_ROMAN[letter] for letter in label]
    return sum(-v if any(later > v for later in values[i + 1 :]) else v for i, v in enumerate(values))


def _articles(found: list[Cell], end: int) -> Iterator[_Heading]:
    """Headings in capitals that stand above running text: titles of newspaper articles."""
    for position, cell in enumerate(found[:-1]):
        following = found[position + 1]
        opens = _CONTINUED.match(following.text) or not following.is_capitals
        if cell.span.start < end and _is_title(cell) and opens:
            yield _Heading("", cell.text, 3, cell.span.start)


def _is_title(cell: Cell) -> bool:
    return (
        cell.is_capitals and len(cell.text) <= _HEADING_CHARS and len(cell.text.split()) > 3 and not is_motto(cell.text)
    )


def _nested(text: str, headings: list[_Heading], end: int) -> Iterator[Section]:
    open_sections: list[tuple[int, int]] = []
    for position, heading in enumerate(headings):
        while open_sections and open_sections[-1][1] >= heading.level:
            open_sections.pop()
        parent = open_sections[-1][0] if open_sections else None
        open_sections.append((position, heading.level))
        stop = next((h.start for h in headings[position + 1 :] if h.level <= heading.level), end)
        trimmed = heading.start + len(text[heading.start : stop].rstrip())
        yield Section(
            heading.label, _heading_text(heading, text, stop), len(open_sections), Span(heading.start, trimmed), parent
        )


def _heading_text(heading: _Heading, text: str, stop: int) -> str:
    """The heading's words; "" for a numbered paragraph that is running text and no heading."""
    rest = plain(heading.text) or _next_line(text, heading.start, stop)
    if rest.isupper() or heading.level <= 3:
        return rest[:_HEADING_CHARS]
    only_line = "\n" not in text[heading.start : stop].strip()
    runs_on = len(rest) > _HEADING_CHARS or rest.endswith((".", ";", "./.")) or (only_line and len(rest) > 160)
    return "" if runs_on else rest.rstrip(":")


def _next_line(text: str, start: int, stop: int) -> str:
    lines = [plain(line) for line in text[start:stop].split("\n")[1:] if line.strip()]
    return lines[0] if lines and len(lines[0]) <= _HEADING_CHARS else ""


def _with_paths(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Labels as full paths: "1" under "II" becomes "II.1"; decimals and articles name their own path already."""
    full: list[str] = []
    for section in sections:
        parent = full[section.parent] if section.parent is not None else ""
        own = section.label
        stands_alone = not parent or not own or " " in own or "." in own
        full.append(own if stands_alone else f"{parent}.{own}")
    return tuple(replace(section, label=label) for section, label in zip(sections, full, strict=True))
