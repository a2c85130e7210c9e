"""Web pages and what Word saves as one: the text that a browser shows, its tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import lxml.html
from lxml import etree

from indexer.errors import ReadError
from indexer.read import legacy
from indexer.read.blocks import PAGE, Block, Cell, Paragraph, Table, paged, text_of
from indexer.read.numbering import formatted
from indexer.read.text import decoded, not_empty
from indexer.read.word_styles import number
from indexer.read.xml import Element
from indexer.types import RawText

_NOT_SHOWN = frozenset("script style noscript template head title svg select button textarea iframe object".split())
_FURNITURE = frozenset("nav aside dialog menu".split())
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr td th ul".split()
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page)", re.IGNORECASE)
_FONT = re.compile(r"""font-family\s*:\s*["']?([^;"',]+)""", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
_NO_LABEL = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_BORDER = re.compile(r"border[\w-]*\s*:[^;]*(?:solid|double)", re.IGNORECASE)
_LIST_TYPES = {"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_HEAD_BYTES = 4096
_LETTERS_PER_SLIP = 1000
_MOST_COLUMNS, _MOST_ROWS = 63, 1000


def read_html(content: bytes, path: Path) -> RawText:
    """Raises ReadError where the page is in no known encoding or shows no text."""
    written, changes = _decoded(content, path)
    page = _Page()
    text, starts = paged(text_of(page.blocks(_parsed(written, path))))
    counted = (f"{name}: {count}" for name, count in page.changes.items())
    return not_empty(legacy.repaired(RawText(text, "html", starts, (*changes, *counted))), path)


def _parsed(written: str, path: Path) -> Element:
    """Browsers read nearly everything, and so does the parser; what is nested beyond reason it would leave out."""
    parser = lxml.html.HTMLParser(no_network=True)
    try:
        root = lxml.html.document_fromstring(_XML_DECLARATION.sub("", written), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{path.name}: the file is empty or no web page ({error}). Check it.") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError(f"{path.name}: the file is damaged: it is nested more than 256 deep. Save it as .docx or .pdf.")
    return root


def _decoded(content: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Told by the bytes, else by the page's own word; a few bytes that are no letters are let pass as in a browser."""
    try:
        return decoded(content, path)
    except ReadError:
        named = _CHARSET.search(content[:_HEAD_BYTES])
        charset = named[1].decode("ascii") if named else "utf-8"
        try:
            text = content.decode(charset, "replace")
        except LookupError:
            raise ReadError(f"{path.name}: the page says it is {charset} text. Save it as UTF-8.") from None
        wrong = text.count("\ufffd")
        if wrong * _LETTERS_PER_SLIP > len(text):
            raise
        return text, ((f"bytes that are no letters marked \ufffd: {wrong}",) if wrong else ())


@dataclass(slots=True)
class _Line:
    """The stretches of text of the paragraph that is being read, each with its font."""

    pieces: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str | None, setting: _Setting) -> None:
        """White space counts as one blank, and as none behind another."""
        if text:
            shown = text if setting.preformatted else _BLANKS.sub(" ", text)
            follows_blank = bool(self.pieces) and self.pieces[-1][0].endswith((" ", "\n"))
            self.pieces.append((shown[follows_blank and shown.startswith(" ") :], setting.font))

    def mark(self, sign: str) -> None:
        self.pieces.append((sign, self.pieces[-1][1] if self.pieces else ""))

    def take(self) -> str:
        runs = groupby(self.pieces, key=lambda piece: piece[1])
        text = "".join(legacy.shown("".join(piece for piece, _ in run), font) for font, run in runs)
        self.pieces = []
        return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What an element hands on to the text within it."""

    look: tuple[str, ...] = ()
    font: str = ""
    preformatted: bool = False


@dataclass(slots=True)
class _Page:
    """Reads one page; counts what it leaves out."""

    changes: Counter[str] = field(default_factory=Counter)
    label: str = ""

    def blocks(self, node: Element, around: _Setting = _Setting()) -> Iterator[Block]:
        """The blocks within an element, in reading order."""
        line = _Line()
        setting = replace(around, look=_look(node), preformatted=around.preformatted or _name(node) == "pre")
        yield from self._inside(node, line, setting)
        yield from self._paragraph(line, setting)

    def _inside(self, node: Element, line: _Line, around: _Setting) -> Iterator[Block]:
        """Text of the element is added to the line; what ends a paragraph is given out."""
        setting = replace(around, font=_font(node) or around.font)
        line.add(node.text, setting)
        for place, child in enumerate(node):
            if self._is_shown(child):
                yield from self._child(child, _label(node, place, child), line, setting)
            line.add(child.tail, setting)

    def _child(self, child: Element, label: str, line: _Line, setting: _Setting) -> Iterator[Block]:
        name = _name(child)
        if _PAGE_BREAK.search(child.get("style", "")):
            line.mark(PAGE)
        if name == "br":
            line.mark("\n")
        elif name in _BLOCKS:
            yield from self._paragraph(line, setting)
            self.label = label or self.label
            yield from (self._table(child, setting),) if name == "table" else self.blocks(child, setting)
        else:
            yield from self._inside(child, line, setting)

    def _paragraph(self, line: _Line, setting: _Setting) -> Iterator[Block]:
        text = line.take()
        if text.strip():
            label, self.label = self.label, ""
            yield Paragraph(label + text, setting.look)
        elif PAGE in text:
            yield Paragraph(PAGE)

    def _is_shown(self, node: Element) -> bool:
        name = _name(node)
        if not name or name in _NOT_SHOWN:
            return False
        hidden = bool(_HIDDEN.search(node.get("style", ""))) or node.get("hidden") is not None
        if hidden or name in _FURNITURE:
            self.changes["hidden text left out" if hidden else "menus and side columns left out"] += 1
            return False
        return True

    def _table(self, node: Element, setting: _Setting) -> Table:
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
        ruled = number(node.get("border")) > 0 or _is_ruled(node, rows)
        return Table(tuple(self._rows(rows, setting)), ruled)

    def _rows(self, rows: list[Element], setting: _Setting) -> Iterator[tuple[Cell, ...]]:
        """Rows with the places of cells that reach down from above."""
        reaching: dict[int, tuple[int, int]] = {}
        for row in rows:
            cells: list[Cell] = []
            column = 0
            waiting = [node for node in row if _name(node) in ("td", "th")]
            while waiting or column in reaching:
                if column in reaching:
                    left, width = reaching.pop(column)
                    cells.append(Cell((), width, continues=True))
                    rest = left - 1
                else:
                    node = waiting.pop(0)
                    width, rest = _span(node, "colspan"), _span(node, "rowspan") - 1
                    cells.append(Cell(tuple(self.blocks(node, setting)), width))
                if rest:
                    reaching[column] = (rest, width)
                column += width
            yield tuple(cells)


def _name(node: Element) -> str:
    return node.tag.lower().rpartition(":")[2] if isinstance(node.tag, str) else ""


def _span(node: Element, name: str) -> int:
    most = _MOST_COLUMNS if name == "colspan" else _MOST_ROWS
    return min(max(number(node.get(name), 1), 1), most)


def _look(node: Element) -> tuple[str, ...]:
    """Headings and centred lines are apart from running text."""
    name, style = _name(node), node.get("style", "")
    aligned = _ALIGNED.search(style)
    side = aligned[1].lower() if aligned else node.get("align", "").lower()
    return (name if name[:1] == "h" else "", side if side in ("center", "right") else "")


def _font(node: Element) -> str:
    named = _FONT.search(node.get("style", ""))
    return (named[1] if named else node.get("face", "")).strip()


def _label(parent: Element, place: int, item: Element) -> str:
    """The number or dash that a browser shows before an item of a list; "" for other elements."""
    if _name(item) != "li":
        return ""
    if _NO_LABEL.search(parent.get("style", "")) or _NO_LABEL.search(item.get("style", "")):
        return ""
    if _name(parent) != "ol":
        return "- "
    before = sum(1 for other in parent[:place] if _name(other) == "li")
    count = number(item.get("value"), number(parent.get("start"), 1) + before)
    return f"{formatted(count, _LIST_TYPES.get(parent.get('type', ''), 'decimal'))}. "


def _is_ruled(node: Element, rows: list[Element]) -> bool:
    """Lines drawn by the style of the table or of its cells; header cells make a table of figures too."""
    if _BORDER.search(node.get("style", "")):
        return True
    cells = [cell for row in rows for cell in row]
    return (
        any(_name(cell) == "th" for cell in cells)
        or sum(bool(_BORDER.search(cell.get("style", ""))) for cell in cells) > 1
    )
