"""Plain text and Markdown in UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from indexer.errors import ReadError
from indexer.types import RawText

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def read_text(content: bytes, path: Path) -> RawText:
    """Decoded text; a form feed starts a new page. Raises ReadError for empty files and for bytes that are not text."""
    text = _decode(content, path)
    if _CONTROLS.search(text):
        raise ReadError(f"{path.name}: this is not a text file (it holds control bytes). Save it as UTF-8 text.")
    if not any(map(str.isalnum, text)):
        raise ReadError(f"{path.name}: the file is empty. Check it, or take it out of the folder.")
    ends = [match.end() for match in re.finditer("\f", text)]
    starts = (0, *ends) if ends else ()
    kind = "md" if path.suffix.lower() == ".md" else "txt"
    return RawText(text=text.replace("\f", "\n"), format=kind, page_starts=starts)


def _decode(content: bytes, path: Path) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, path)
    return _strictly(content, "utf-8", path)


def _strictly(content: bytes, encoding: str, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path.name}: byte {error.start} (0x{content[error.start]:02x}) is not {encoding} text. "
            "Save the file as UTF-8 text."
        ) from error
