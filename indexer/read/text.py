"""Plain text and Markdown: UTF-8, UTF-16 and the Vietnamese encodings before them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from indexer.errors import ReadError
from indexer.read import legacy
from indexer.types import RawText

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_SNIFFED_BYTES = 4096
_UTF16_SHARE = 0.3
"""Every blank and every plain letter has a zero byte in UTF-16: 0.42 to 0.47 of the bytes of each sample."""


def read_text(content: bytes, path: Path) -> RawText:
    """Decoded text; a form feed starts a new page. Raises ReadError for empty files and for bytes that are not text."""
    text, changes = decoded(content, path)
    if _CONTROLS.search(text):
        raise ReadError(f"{path.name}: this is not a text file (it holds control bytes). Save it as UTF-8 text.")
    ends = [match.end() for match in re.finditer("\f", text)]
    starts = (0, *ends) if ends else ()
    kind = "md" if path.suffix.lower() == ".md" else "txt"
    raw = RawText(text=text.replace("\f", "\n"), format=kind, page_starts=starts, changes=changes)
    return not_empty(raw, path)


def not_empty(raw: RawText, path: Path) -> RawText:
    """The text itself; raises ReadError where no letter and no figure stands in it."""
    if not any(map(str.isalnum, raw.text)):
        raise ReadError(f"{path.name}: the file is empty. Check it, or take it out of the folder.")
    return raw


def decoded(content: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of bytes, and which old encoding it was in. Raises ReadError where it is in none that is known."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _repaired(_strictly(content[len(mark) :], encoding, path))
    wide = _utf16_without_mark(content)
    if wide is not None:
        return _repaired(_strictly(content, wide, path))
    try:
        return _repaired(content.decode("utf-8"))
    except UnicodeDecodeError:
        found = legacy.from_bytes(content)
        return (found.text, (found.change,)) if found else _repaired(_strictly(content, "utf-8", path))


def _utf16_without_mark(content: bytes) -> str | None:
    """Zero bytes on one side of the pairs only, and many of them."""
    head = content[:_SNIFFED_BYTES]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(content) % 2 or max(even, odd) < _UTF16_SHARE * len(head) or min(even, odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _repaired(text: str) -> tuple[str, tuple[str, ...]]:
    found = legacy.from_characters(text)
    return (found.text, (found.change,)) if found else (text, ())


def _strictly(content: bytes, encoding: str, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path.name}: byte {error.start} (0x{content[error.start]:02x}) is not {encoding} text. "
            "Save the file as UTF-8 text."
        ) from error
