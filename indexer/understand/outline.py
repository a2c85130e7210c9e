"""Outline: the numbered parts of a document, or the articles of a newspaper page, as nested sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from indexer.letters import UPPER
from indexer.types import Section, Span
from indexer.understand.lines import Cell, plain
from indexer.understand.marks import authority_of, is_motto, is_office, opens_recipients
from indexer.understand.reading import Reading

_HEADING_CHARS = 320
_WRAPPED_CHARS = 45
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_REST = r"\s*[.:–-]?\s*(?P<rest>.*)$"
_ORDINAL = r"(?:(?i:thứ)\s+)?(?:[IVXL]+|\d{1,2}|[A-E]|(?i:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\b"
_PATTERNS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "part", re.compile(rf"^(?P<label>(?:PHẦN|Phần)\s+{_ORDINAL}){_REST}")),
    (0, "appendix", re.compile(rf"^(?P<label>PHỤ LỤC(?:\s+(?:SỐ\s+|số\s+)?[IVXL\d]+)?\b){_REST}")),
    (0, "appendix", re.compile(r"^(?P<label>Phụ lục\s+(?:số\s+)?[IVXL\d]+)\s*(?:[.:–-]\s*(?P<rest>.*)|(?P<none>))$")),
    (1, "chapter", re.compile(rf"^(?P<label>(?:CHƯƠNG|Chương)\s+(?:[IVXLC]+|\d{{1,2}})\b){_REST}")),
    (2, "subchapter", re.compile(r"^(?P<label>(?:MỤC|Mục)\s+\d{1,2})\s*(?:[.:–-]\s*(?P<rest>.*)|(?P<none>))$")),
    (3, "article", re.compile(r"^(?P<label>(?:ĐIỀU|Điều)\s+\d{1,3}[a-zđ]?)\s*[.:–-]\s*(?P<rest>.*)$")),
    (3, "roman", re.compile(rf"^(?P<label>[IVXL]{{1,6}})\s*[.\-–/](?:\s+|(?=[{UPPER}]{{2}}))(?P<rest>\S.*)$")),
    (4, "letter", re.compile(rf"^(?P<label>[A-EĐ])\s*[.\-–]\s+(?P<rest>[{UPPER}]{{4}}.*)$")),
    (
        5,
        "number",
        re.compile(
            rf"^(?P<label>\d{{1,2}})\s*(?:[.)/]\s+|[.)/](?=[{UPPER}])|[-–]\s+(?=[{UPPER}])|(?<=\d)[-–]\s+(?=\d{{1,3}}\s?%))(?P<rest>\S.*)$"
        ),
    ),
    (6, "decimal", re.compile(rf"^(?P<label>\d{{1,2}}\.\d{{1,2}})(?:\.?\s+|\.(?=[{UPPER}]))(?P<rest>\S.*)$")),
    (7, "decimal2", re.compile(r"^(?P<label>\d{1,2}\.\d{1,2}\.\d{1,2})\.?\s+(?P<rest>\S.*)$")),
    (8, "point", re.compile(r"^(?P<label>[a-zđ])\s*[.)/]\s+(?P<rest>\S.*)$")),
)
_MISREAD_ROMAN = re.compile(rf"^(?P<label>[IVXLl1|!](?:\s?[IVXLl1|!]){{0,5}})\s*[.]\s+(?P<rest>[{UPPER}]{{2}}.*)$")
_MISREAD_NUMBER = re.compile(rf"^(?P<label>[\dlI|!iOoSZB]{{1,2}})\s*[.)]\s+(?P<rest>[{UPPER}].*)$")
_MISREAD_PART = re.compile(rf"^(?P<label>PHẦN\s+THỨ\s+)(?P<ordinal>[{UPPER}]{{2,4}})(?P<rest>\b.*)$")
_ORDINALS = ("NHẤT", "HAI", "BA", "TƯ", "NĂM", "SÁU", "BẢY", "TÁM", "CHÍN", "MƯỜI")
_AS_ROMAN = str.maketrans("l1|!", "IIII")
_AS_FIGURE = str.maketrans("lI|!iOoSZB", "1111100528")
_AHEAD = 60
_CONTINUED = re.compile(r"^\(\s*tiếp theo\b", re.IGNORECASE)
_BYLINE = re.compile(rf"^[{UPPER}.]+(?:\s[{UPPER}.]+){{0,3}}$")
_ROW_OF_TABLE = re.compile(r"[|\t]")
_RESOLVES = re.compile(r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|QUY ĐỊNH|THÔNG BÁO|KẾT LUẬN|NỘI DUNG)\b")
_BULLET = re.compile(r"^[-–+•]\s")
_CAPTION_LEVEL = 3
_TITLE_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Heading:
    label: str
    text: str
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class Body:
    """Where sections may begin: above the foot, and again from the first appendix behind it."""

    foot: int
    appendix: int

    def holds(self, position: int) -> bool:
        return position < self.foot or position >= self.appendix

    def limit(self, start: int, stop: int) -> int:
        return min(stop, self.foot) if start < self.foot else stop


def numbered_sections(reading: Reading, administrative: bool = True) -> tuple[Section, ...]:
    """Sections in reading order, each ending where the next of its level or above begins, or where the foot begins.

    A text that is no office's document (a newspaper page) has its articles, each under its title, as sections.
    """
    text, found = reading.text, reading.cells
    body = body_of(found, len(text.rstrip()))
    headings = list(_numbered(text, found, body) if administrative else _articles(found, body))
    return _with_paths(tuple(_nested(text, headings, body)))


def body_of(found: list[Cell], end: int) -> Body:
    """The foot begins at the last "Nơi nhận" or signature, whichever comes first; else at an office near the end."""
    last = (_last_place(found, opens_recipients), _last_place(found, authority_of))
    places = [place for place in last if place is not None]
    if not places:
        places = [i for i in range(len(found) // 2, len(found)) if is_office(found[i].text)][-2:]
    if not places:
        return Body(end, end)
    foot, signature = found[min(places)].span.start, found[max(places)].span.start
    appendix = next((c.span.start for c in found if c.span.start > signature and _is_appendix(c.text)), end)
    return Body(foot, appendix)


def _last_place(found: list[Cell], opens: Callable[[str], object]) -> int | None:
    return next((i for i in range(len(found) - 1, -1, -1) if opens(found[i].text)), None)


def _is_appendix(line: str) -> bool:
    return any(pattern.match(line) for _, family, pattern in _PATTERNS if family == "appendix")


def _numbered(text: str, found: list[Cell], body: Body) -> Iterator[_Heading]:
    """Lines that open a numbered part, in a sequence that makes sense: 1., 2., 3. under one parent, I., II. …

    A line in capitals standing alone ("KẾT LUẬN") heads a part of its own where nothing above a number does.
    """
    expected: dict[str, int] = {}
    for position, cell in enumerate(found):
        if not body.holds(cell.span.start) or _in_table(text, cell):
            continue
        heading = _heading(cell, expected) or _heading(_mended(found, position, expected), expected)
        if heading:
            yield heading
        elif expected.keys() <= {"number", "decimal", "point"} and _is_caption(found, position):
            expected.clear()
            yield _Heading("", cell.text, _CAPTION_LEVEL, cell.span.start)


def _heading(cell: Cell | None, expected: dict[str, int]) -> _Heading | None:
    if cell is None:
        return None
    for place, (level, family, pattern) in enumerate(_PATTERNS):
        match = pattern.match(cell.text)
        if match is None or not _in_sequence(family, match["label"], expected):
            continue
        for _, deeper, _ in _PATTERNS[place + 1 :]:
            expected.pop(deeper, None)
        expected.setdefault(family, 0)
        return _Heading(" ".join(match["label"].split()), match["rest"] or "", level, cell.span.start)
    return None


def _mended(found: list[Cell], position: int, expected: dict[str, int]) -> Cell | None:
    """The line with its number as it must have been, where OCR took l for 1 or I: only the next of its sequence."""
    cell = found[position]
    if part := _MISREAD_PART.match(cell.text):
        meant = [ordinal for ordinal in _ORDINALS if _one_letter_apart(ordinal, part["ordinal"])]
        return replace(cell, text=f"{part['label']}{meant[0]}{part['rest']}") if meant else None
    roman = _MISREAD_ROMAN.match(cell.text)
    if roman and roman["rest"].isupper():
        label = "".join(roman["label"].split()).translate(_AS_ROMAN)
        if _roman(label) == expected.get("roman", 0) + 1:
            return replace(cell, text=f"{label}. {roman['rest']}")
    number = _MISREAD_NUMBER.match(cell.text)
    if number is None or number["label"].isdigit():
        return None
    following = expected.get("number", 0) + 1
    read = number["label"].translate(_AS_FIGURE)
    if int(read) != following and not (following > 1 and _stands_ahead(found, position, following + 1)):
        return None
    return replace(cell, text=f"{following}. {number['rest']}")


def _one_letter_apart(word: str, read: str) -> bool:
    return len(word) == len(read) and sum(one != other for one, other in zip(word, read, strict=True)) == 1


def _stands_ahead(found: list[Cell], position: int, number: int) -> bool:
    """Whether the number after the misread one opens one of the next lines."""
    opening = re.compile(rf"{number}\s?[.)]\s*[{UPPER}]")
    return any(opening.match(cell.text) for cell in found[position + 1 : position + _AHEAD])


def _is_caption(found: list[Cell], position: int) -> bool:
    """NỘI DUNG, KẾT LUẬN: known words in capitals, alone between blank lines, somewhere below the head."""
    cell = found[position]
    if (
        not (cell.is_capitals and _RESOLVES.match(cell.text))
        or cell.text.endswith(":")
        or not 0 < position < len(found) - 1
    ):
        return False
    before, after = found[position - 1], found[position + 1]
    alone = cell.line > before.line + 1 and after.line > cell.line + 1
    return alone and before.text.endswith((".", ";", ":")) and not after.is_capitals


def _in_table(text: str, cell: Cell) -> bool:
    start = text.rfind("\n", 0, cell.span.start) + 1
    stop = text.find("\n", cell.span.start)
    return bool(_ROW_OF_TABLE.search(text[start : stop if stop >= 0 else len(text)]))


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


def _articles(found: list[Cell], body: Body) -> Iterator[_Heading]:
    """Titles of newspaper articles: lines in capitals above running text, and what follows an author's name."""
    for position in range(len(found) - 1):
        cell, following = found[position], found[position + 1]
        if body.holds(cell.span.start) and (_is_title(cell, following) or _follows_author(found, position)):
            yield _Heading("", cell.text, _CAPTION_LEVEL, cell.span.start)


def _is_title(cell: Cell, following: Cell) -> bool:
    opens = _CONTINUED.match(following.text) or not following.is_capitals
    words = len(cell.text.split())
    return (
        bool(opens) and cell.is_capitals and words > 3 and len(cell.text) <= _HEADING_CHARS and not is_motto(cell.text)
    )


def _follows_author(found: list[Cell], position: int) -> bool:
    """A short line without a full stop, behind the author's name that closes one article and above a longer text."""
    if position == 0 or not _BYLINE.match(found[position - 1].text):
        return False
    line = found[position].text
    plain_title = not found[position].is_capitals and len(line) <= _TITLE_CHARS and line[-1] not in ".:;,"
    return plain_title and not line.startswith(("(", "Ảnh", "-")) and len(found[position + 1].text) > len(line)


def _nested(text: str, headings: list[_Heading], body: Body) -> Iterator[Section]:
    """Each heading under the nearest one before it of a level above its own. Linear in the text."""
    stops = _stops(headings, len(text))
    open_sections: list[tuple[int, int]] = []
    for position, heading in enumerate(headings):
        while open_sections and open_sections[-1][1] >= heading.level:
            open_sections.pop()
        parent = open_sections[-1][0] if open_sections else None
        open_sections.append((position, heading.level))
        stop = _without_marks(text, heading.start, body.limit(heading.start, stops[position]))
        own_stop = headings[position + 1].start if position + 1 < len(headings) else stop
        words = _heading_text(heading, text, min(stop, own_stop))
        yield Section(heading.label, words, len(open_sections), Span(heading.start, stop), parent)


def _stops(headings: list[_Heading], end: int) -> list[int]:
    """For each heading where the next one of its level or above begins."""
    stops, waiting = [end] * len(headings), list[int]()
    for position, heading in enumerate(headings):
        while waiting and headings[waiting[-1]].level >= heading.level:
            stops[waiting.pop()] = heading.start
        waiting.append(position)
    return stops


def _without_marks(text: str, start: int, stop: int) -> int:
    """The end without the blanks and Markdown marks that stand before the next heading on its line."""
    line = text.rfind("\n", start, stop) + 1
    if line and not text[line:stop].strip(" \t#*>_|"):
        stop = line
    return start + len(text[start:stop].rstrip())


def _heading_text(heading: _Heading, text: str, stop: int) -> str:
    """The heading's words; "" for a numbered paragraph that is running text and no heading."""
    lines = [plain(line) for line in text[heading.start : stop].split("\n", 8)[:8]]
    own = plain(heading.text)
    if not own:
        following = next(filter(None, lines[1:]), "")
        own, lines = following, lines[lines.index(following) :] if following else []
    words = _over_lines(own, lines[1:])
    if words.isupper():
        return words[:_HEADING_CHARS]
    only_line = "\n" not in text[heading.start : stop].strip()
    runs_on = len(words) > _HEADING_CHARS or (only_line and len(words) > 160)
    closed = words.endswith((".", ";")) and (heading.level > _CAPTION_LEVEL or len(words) > 80)
    return "" if runs_on or closed else words.rstrip(":")


def _over_lines(first: str, following: list[str]) -> str:
    """A heading over several lines: capitals go on in capitals; a full line goes on until a blank line or a bullet."""
    words, last = first, first
    for line in following:
        goes_on = line.isupper() if first.isupper() else len(last) >= _WRAPPED_CHARS and last[-1] not in ".;:"
        if not line or not goes_on or _BULLET.match(line) or any(p.match(line) for _, _, p in _PATTERNS):
            break
        words, last = f"{words} {line}", line
    return words


def _with_paths(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Labels as full paths: "1" under "II" becomes "II.1"; decimals and articles name their own path already."""
    full: list[str] = []
    for section in sections:
        parent = full[section.parent] if section.parent is not None else ""
        own = section.label
        stands_alone = not parent or not own or " " in own or "." in own
        full.append(own if stands_alone else f"{parent}.{own}")
    return tuple(replace(section, label=label) for section, label in zip(sections, full, strict=True))
