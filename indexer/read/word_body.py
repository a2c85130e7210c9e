"""The paragraphs and tables of one part of a Word file, as a reader of the page sees them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from indexer.read.blocks import LAID_OUT_PAGE, PAGE, Block, Cell, Paragraph, Table
from indexer.read.legacy import shown
from indexer.read.numbering import Counter as Numbers
from indexer.read.numbering import W
from indexer.read.word_styles import (
    Properties,
    Styles,
    has_upright_lines,
    number,
    of_run,
    properties,
    properties_of_paragraph,
    value,
)
from indexer.read.xml import Element, local

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_THROUGH = frozenset(
    f"{W}{name}" for name in "sdt sdtContent smartTag customXml hyperlink bdo dir ruby rubyBase".split()
)
_MATHEMATICS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}lastRenderedPageBreak": LAID_OUT_PAGE,
}  # fmt: skip
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"})
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_SYMBOLS = {
    "F0A8": "☐", "F06F": "☐", "F0FE": "☑", "F052": "☑", "F0FC": "✓", "F0B7": "•", "F0B3": "≥", "F0A3": "≤", "F0B0": "°",
    "F0B4": "×", "F0B1": "±", "F0AE": "→", "F0E0": "→", "F0F0": "→",
}  # fmt: skip
_INDENT = re.compile(rf"^([{PAGE}{LAID_OUT_PAGE}]*)[ \t]+")
_TYPED_LABEL = re.compile(r"^((?:\d{1,3}(?:\.\d{1,3})*|[A-Za-zđĐ]|[IVXivx]{1,6})[.)/]|[-–+•*])\t+")
_RUN_OF_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_RUNNING_CHARS = 120
"""Longer than two columns of one line."""
INSERTIONS, DELETIONS = "tracked insertions accepted", "tracked deletions left out"
HIDDEN, PAGE_FIELDS = "hidden text left out", "page numbers left out"


@dataclass(slots=True)
class _Field:
    """A field (page number, table of contents) between its marks; what is shown stands behind its instruction."""

    instruction: str = ""
    shows: bool = False


@dataclass(slots=True)
class Story:
    """Reads the parts of one document in order; numbers, fields and notes go on from paragraph to paragraph."""

    styles: Styles
    numbers: Numbers
    notes: Mapping[str, Element]
    changes: Counter[str] = field(default_factory=Counter)
    fields: list[_Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    cited: list[Element] = field(default_factory=list)
    note_count: int = 0
    carried: str = ""
    bold: bool | None = None
    """Of the first letters of the paragraph that is being read."""

    def blocks(self, container: Element) -> Iterator[Block]:
        """All blocks of a body, a cell, a text box or a note."""
        for child in container:
            yield from self.of_child(child)

    def of_child(self, child: Element) -> Iterator[Block]:
        """The blocks of one element that stands among blocks."""
        if child.tag == f"{W}p":
            yield from self._paragraph(child)
        elif child.tag == f"{W}tbl":
            yield self._table(child)
        elif child.tag in _DELETED:
            self.changes[DELETIONS] += 1
        elif child.tag in _THROUGH or child.tag in _INSERTED:
            yield from self.blocks(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from self.blocks(_chosen(child))

    def notes_cited(self) -> Iterator[Block]:
        """The footnotes that the blocks since the last call refer to, numbered as their marks are."""
        cited, self.cited = self.cited, []
        first = self.note_count - len(cited) + 1
        for place, note in enumerate(cited, first):
            words = " ".join(block.text.strip() for block in self.blocks(note) if isinstance(block, Paragraph))
            yield Paragraph(f"[{place}] {words}", ("note",))

    def _paragraph(self, node: Element) -> Iterator[Block]:
        style = _style(node)
        own = properties_of_paragraph(node).over(self.styles.of_paragraph(style))
        self.bold = None
        text = self._text(node, own)
        self.fields = [open_field for open_field in self.fields if open_field.shows]
        if _mark_is_deleted(node):
            self.carried += text
            return
        text, self.carried = self.carried + text, ""
        text = self._label(own, style) + _TYPED_LABEL.sub(r"\1 ", _INDENT.sub(r"\1", text.rstrip(" \t")))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.blocks(box)
        before = PAGE if own.page_before else ""
        yield Paragraph(before + _even(text), (style or "", own.alignment or "left", _weight(self.bold, own)))

    def _label(self, own: Properties, style: str | None) -> str:
        if own.list_id is None or own.list_id == "0":
            return ""
        definition = self.numbers.definitions.get(own.list_id)
        by_style = definition.level_of_style.get(style or "", 0) if definition else 0
        return self.numbers.label(own.list_id, by_style if own.level is None else own.level)

    def _text(self, node: Element, base: Properties) -> str:
        """The text of a paragraph; neighbouring runs of one old font are read together, as their letters may be cut."""
        pieces = groupby(self._pieces(node, base), key=lambda piece: piece[1])
        return "".join(shown("".join(text for text, _ in group), font) for font, group in pieces)

    def _pieces(self, node: Element, base: Properties) -> Iterator[tuple[str, str]]:
        """Stretches of text, each with its font."""
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, base)
            elif tag in _DELETED:
                self.changes[DELETIONS] += 1
            elif tag in _INSERTED:
                self.changes[INSERTIONS] += 1
                yield from self._pieces(child, base)
            elif tag == f"{W}fldSimple":
                yield from self._simple_field(child, base)
            elif tag in _THROUGH:
                yield from self._pieces(child, base)
            elif tag == f"{_MC}AlternateContent":
                yield from self._pieces(_chosen(child), base)
            elif isinstance(tag, str) and tag.startswith(_MATHEMATICS):
                yield "".join(text.text or "" for text in child.iter(f"{_MATHEMATICS}t")), ""

    def _simple_field(self, node: Element, base: Properties) -> Iterator[tuple[str, str]]:
        if _PAGE_FIELD.match(node.get(f"{W}instr", "")):
            self.changes[PAGE_FIELDS] += 1
        else:
            yield from self._pieces(node, base)

    def _run(self, run: Element, base: Properties) -> Iterator[tuple[str, str]]:
        node = run.find(f"{W}rPr")
        own = of_run(node)
        if node is not None and (style := value(node, "rStyle")):
            own = own.over(self.styles.of(style))
        own = own.over(base)
        if own.hidden:
            self.changes[HIDDEN] += bool("".join(self._signs(run)))
            return
        text = "".join(self._signs(run))
        if self.bold is None and text.strip():
            self.bold = bool(own.bold)
        if text:
            yield text.upper() if own.capitals else text, own.font or ""

    def _signs(self, run: Element) -> Iterator[str]:
        """What each element of a run shows; marks of fields and drawings are noted on the way."""
        for node in run:
            tag = node.tag
            if tag == f"{W}fldChar":
                self._field_mark(node.get(f"{W}fldCharType"))
            elif tag == f"{W}instrText" and self.fields:
                self.fields[-1].instruction += node.text or ""
            elif tag in _DRAWINGS:
                self.boxes += text_boxes(node)
            elif self._is_shown():
                yield self._sign(node)

    def _sign(self, node: Element) -> str:
        match local(node):
            case "t":
                return (node.text or "").replace("\n", " ")
            case "br":
                return PAGE if node.get(f"{W}type") == "page" else "\n"
            case "sym":
                return _SYMBOLS.get(node.get(f"{W}char", "").upper(), "•")
            case "footnoteReference" | "endnoteReference" as kind:
                return self._note_mark(f"{kind}:{node.get(f'{W}id')}")
        return _SIGNS.get(node.tag, "")

    def _note_mark(self, name: str) -> str:
        note = self.notes.get(name)
        if note is None:
            return ""
        self.cited.append(note)
        self.note_count += 1
        return f"[{self.note_count}]"

    def _field_mark(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            self.changes[PAGE_FIELDS] += bool(_PAGE_FIELD.match(ended.instruction))

    def _is_shown(self) -> bool:
        return all(one.shows and not _PAGE_FIELD.match(one.instruction) for one in self.fields)

    def _table(self, node: Element) -> Table:
        rows = [row for row in _inside(node, f"{W}tr") if not self._is_deleted_row(row)]
        ruled = properties(node).ruled or self.styles.of(_table_style(node)).ruled or _has_ruled_cells(rows)
        return Table(tuple(tuple(self._cells(row)) for row in rows), bool(ruled))

    def _is_deleted_row(self, row: Element) -> bool:
        deleted = row.find(f"{W}trPr/{W}del") is not None
        self.changes[DELETIONS] += deleted
        return deleted

    def _cells(self, row: Element) -> Iterator[Cell]:
        skipped = row.find(f"{W}trPr/{W}gridBefore")
        if skipped is not None and number(skipped.get(f"{W}val")) > 0:
            yield Cell((), _width(skipped))
        for cell in _inside(row, f"{W}tc"):
            own = cell.find(f"{W}tcPr")
            span = own.find(f"{W}gridSpan") if own is not None else None
            merge = own.find(f"{W}vMerge") if own is not None else None
            continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            yield Cell(tuple(self.blocks(cell)), _width(span), continues)


def _weight(of_letters: bool | None, own: Properties) -> str:
    return "bold" if (own.bold if of_letters is None else of_letters) else ""


def _even(text: str) -> str:
    """In running text, blanks that only push words to the next line are one; short lines may be columns."""
    return _RUN_OF_BLANKS.sub(" ", text) if len(text) > _RUNNING_CHARS else text


def text_boxes(node: Element) -> list[Element]:
    """The outermost text boxes of a drawing, each once though it is stored for old programs a second time."""
    if local(node) == "txbxContent":
        return [node]
    if node.tag == f"{_MC}AlternateContent":
        node = _chosen(node)
    return [box for child in node for box in text_boxes(child)]


def _chosen(node: Element) -> Element:
    """The content for programs of today, or the one for old programs where there is no other."""
    for name in ("Choice", "Fallback"):
        found = node.find(f"{_MC}{name}")
        if found is not None:
            return found
    return []


def _inside(node: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those within content controls too."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH or child.tag in _INSERTED:
            yield from _inside(child, tag)


def _has_ruled_cells(rows: list[Element]) -> bool:
    """Lines drawn cell by cell; one framed cell makes no table."""
    cells = (cell for row in rows for cell in _inside(row, f"{W}tc"))
    return sum(has_upright_lines(cell.find(f"{W}tcPr/{W}tcBorders")) for cell in cells) > 1


def _width(node: Element | None) -> int:
    """How many columns a cell covers; Word knows no more than 63."""
    return min(max(number(node.get(f"{W}val"), 1), 1), 63) if node is not None else 1


def _style(paragraph: Element) -> str | None:
    node = paragraph.find(f"{W}pPr")
    return value(node, "pStyle") if node is not None else None


def _table_style(table: Element) -> str | None:
    node = table.find(f"{W}tblPr")
    return value(node, "tblStyle") if node is not None else None


def _mark_is_deleted(paragraph: Element) -> bool:
    """Whether a tracked change joins the paragraph with the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
