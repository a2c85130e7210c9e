"""Old Word files (.doc), by LibreOffice; where it is missing, their plain text by the piece table. [MS-DOC]."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import olefile

from indexer.errors import ReadError
from indexer.read import legacy, office
from indexer.read.blocks import PAGE, paged, row_text
from indexer.read.docx import read_docx
from indexer.read.sniff import locked
from indexer.read.text import not_empty
from indexer.types import RawText

_ENCRYPTED, _SECOND_TABLE, _ONE_BYTE = 0x0100, 0x0200, 0x40000000
_WORD_97 = 0xC1
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")
_SIGNS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": f"\n{PAGE}", "\x1e": "-", "\x1f": ""})
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LIGHT = (
    "read without LibreOffice: automatic numbers and page numbers are missing, text boxes and notes stand at the end"
)


def read_doc(content: bytes, path: Path) -> RawText:
    """Raises ReadError where the file is protected by a password, damaged or empty."""
    stream, table = _streams(content, path)
    if office.program() is None:
        return _light(stream, table, path)
    return replace(read_docx(office.converted(content, path, "doc", "docx"), path), format="doc")


def _streams(content: bytes, path: Path) -> tuple[bytes, bytes]:
    """The text and the table that says where its pieces are."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            stream = file.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", stream, 0x0A)[0]
            if flags & _ENCRYPTED:
                raise locked(path)
            return stream, file.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    except (OSError, struct.error, ValueError, IndexError) as error:
        raise ReadError(f"{path.name}: the file is damaged or cut off ({error}). Ask for it again.") from error


def _light(stream: bytes, table: bytes, path: Path) -> RawText:
    if struct.unpack_from("<H", stream, 0x02)[0] < _WORD_97:
        raise office.missing(path, "doc", "docx")
    try:
        written = "".join(_pieces(stream, table))
        main, notes, *_, boxes = _stories(stream, written)
    except (struct.error, ValueError, IndexError) as error:
        raise ReadError(f"{path.name}: the file is damaged or cut off ({error}). Ask for it again.") from error
    text, starts = paged("\n\n".join(filter(str.strip, map(_plain, (main, boxes, notes)))))
    return not_empty(legacy.repaired(RawText(text, "doc", starts, warnings=(_LIGHT,))), path)


def _pieces(stream: bytes, table: bytes) -> Iterator[str]:
    """The pieces of the text in order, each in Windows-1252 or UTF-16."""
    start, length = struct.unpack_from("<II", stream, 0x01A2)
    clx = table[start : start + length]
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    size = struct.unpack_from("<I", clx, at + 1)[0]
    pieces = clx[at + 5 : at + 5 + size]
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", pieces)
    for place, (first, last) in enumerate(pairwise(bounds)):
        position = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * place + 2)[0]
        yield _piece(stream, position, last - first)


def _piece(stream: bytes, position: int, characters: int) -> str:
    if position & _ONE_BYTE:
        first = (position & ~_ONE_BYTE) // 2
        return stream[first : first + characters].decode("cp1252", "replace")
    return stream[position : position + 2 * characters].decode("utf-16-le", "replace")


def _stories(stream: bytes, written: str) -> list[str]:
    """Main text, footnotes, page heads, macros, comments, endnotes and text boxes, which follow each other."""
    found, at = [], 0
    for length in struct.unpack_from("<7i", stream, 0x4C):
        found.append(written[at : at + length])
        at += length
    return found


def _plain(written: str) -> str:
    """Marks of fields, cells and paragraphs made text; a row of a table becomes one line where that can be told."""
    text, before = written, ""
    while text != before:
        before, text = text, _FIELD.sub(lambda field: field[1] or "", text)
    text = text.replace("\x07\x07", "\r").replace("\x07", " | ").translate(_SIGNS)
    lines = (row_text(map(str.strip, line.split(" | "))) if " | " in line else line for line in text.split("\n"))
    return _CONTROLS.sub("", "\n".join(lines))
