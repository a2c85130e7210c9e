"""OpenDocument text (.odt), by LibreOffice; where it is missing, by its own XML. Spreadsheets (.ods, .xls) likewise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indexer.read import office
from indexer.read.archive import open_archive, part
from indexer.read.blocks import LAID_OUT_PAGE, Block, Cell, Paragraph, Table, paged, text_of
from indexer.read.docx import read_docx
from indexer.read.sniff import locked
from indexer.read.text import not_empty
from indexer.read.word_styles import number
from indexer.read.xlsx import read_xlsx
from indexer.read.xml import Element, local, parsed
from indexer.types import RawText

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT_OUT = frozenset({"tracked-changes", "annotation", "forms", "sequence-decls", "note-citation", "page-number"})
_MAX_COLUMNS = 63
_LIGHT = "read without LibreOffice: automatic numbers, the head and foot of pages are missing"


def read_odt(content: bytes, path: Path) -> RawText:
    """Raises ReadError where the file is protected by a password, damaged or empty."""
    with open_archive(content, path) as archive:
        manifest = part(archive, "META-INF/manifest.xml", path)
        if b"encryption-data" in manifest:
            raise locked(path)
        root = parsed(part(archive, "content.xml", path), "content.xml", path)
    if office.program() is not None:
        return replace(read_docx(office.converted(content, path, "odt", "docx"), path), format="odt")
    ruled = frozenset(_ruled_styles(root))
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    text, starts = paged(text_of(_blocks(body, ruled) if body is not None else ()))
    return not_empty(RawText(text, "odt", starts, warnings=(_LIGHT,)), path)


def read_ods(content: bytes, path: Path) -> RawText:
    """Raises ReadError where LibreOffice is missing, or where the file is damaged or empty."""
    return replace(read_xlsx(office.converted(content, path, "ods", "xlsx"), path), format="ods")


def read_xls(content: bytes, path: Path) -> RawText:
    """Raises ReadError where LibreOffice is missing, or where the file is protected, damaged or empty."""
    return replace(read_xlsx(office.converted(content, path, "xls", "xlsx"), path), format="xls")


def _ruled_styles(root: Element) -> Iterator[str]:
    """The styles of cells with lines around them."""
    for style in root.iter(f"{_STYLE}style"):
        cell = style.find(f"{_STYLE}table-cell-properties")
        if cell is not None and any("border" in name and value != "none" for name, value in cell.items()):
            yield style.get(f"{_STYLE}name", "")


def _blocks(container: Element, ruled: frozenset[str]) -> Iterator[Block]:
    for node in container:
        match local(node):
            case "p" | "h":
                yield Paragraph(_inline(node).strip(), (node.get(f"{_TEXT}style-name", ""),))
                yield from (block for box in _boxes(node) for block in _blocks(box, ruled))
            case "table":
                rows = tuple(_row(row, ruled) for row in node.iter(f"{_TABLE}table-row"))
                has_lines = any(cell.get(f"{_TABLE}style-name") in ruled for cell in node.iter(f"{_TABLE}table-cell"))
                yield Table(rows, has_lines)
            case name if name not in _LEFT_OUT:
                yield from _blocks(node, ruled)


def _row(row: Element, ruled: frozenset[str]) -> tuple[Cell, ...]:
    cells = (cell for cell in row if local(cell) in ("table-cell", "covered-table-cell"))
    return tuple(Cell(tuple(_blocks(cell, ruled))) for cell in cells for _ in range(min(_repeated(cell), _MAX_COLUMNS)))


def _repeated(cell: Element) -> int:
    return number(cell.get(f"{_TABLE}number-columns-repeated"), 1)


def _inline(node: Element) -> str:
    """The text of a paragraph; a footnote stands in brackets where it is referred to."""
    return (node.text or "") + "".join(_child(child) + (child.tail or "") for child in node)


def _child(node: Element) -> str:
    match local(node):
        case "s":
            return " " * min(number(node.get(f"{_TEXT}c"), 1), 100)
        case "tab":
            return "\t"
        case "line-break":
            return "\n"
        case "soft-page-break":
            return LAID_OUT_PAGE
        case "note":
            return f" [{' '.join(''.join(node.itertext()).split())}]"
        case "frame" | "custom-shape":
            return ""
        case name:
            return "" if name in _LEFT_OUT else _inline(node)


def _boxes(node: Element) -> list[Element]:
    return [box for box in node.iter() if local(box) in ("text-box", "custom-shape")]
