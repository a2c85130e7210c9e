"""Rich text (.rtf), by LibreOffice; where it is missing, its plain text by striprtf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from indexer.errors import ReadError
from indexer.read import legacy, office
from indexer.read.blocks import row_text
from indexer.read.docx import read_docx
from indexer.read.text import not_empty
from indexer.types import RawText

_LIGHT = "read without LibreOffice: automatic numbers, text boxes and page numbers are missing"


def read_rtf(content: bytes, path: Path) -> RawText:
    """Raises ReadError where the file is cut off, damaged or empty."""
    if not content.rstrip(b"\x00\r\n \t").endswith(b"}"):
        raise ReadError(f"{path.name}: the file is damaged or cut off (its last bracket is missing). Ask for it again.")
    if office.program() is None:
        return _light(content, path)
    return replace(read_docx(office.converted(content, path, "rtf", "docx"), path), format="rtf")


def _light(content: bytes, path: Path) -> RawText:
    try:
        text = str(rtf_to_text(content.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise ReadError(f"{path.name}: the file is damaged ({error}). Ask for it again.") from error
    text = "\n".join(_row(line) for line in text.split("\n"))
    return not_empty(legacy.repaired(RawText(text, "rtf", warnings=(_LIGHT,))), path)


def _row(line: str) -> str:
    """striprtf ends each cell with a stroke."""
    return row_text(map(str.strip, line[:-1].split("|"))) if line.endswith("|") else line
