"""Bytes of one file -> RawText. The content decides the format, the suffix only words the message."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ReadError
from indexer.read.text import read_text
from indexer.types import RawText

SKIPPED = frozenset({"readme.md"})
MAX_BYTES = 64 * 1024 * 1024

_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"II*\x00": "a scan",
    b"MM\x00*": "a scan",
}


def read(path: Path) -> RawText:
    """The text of a file; raises ReadError with the reason where there is none to be had."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(f"{path.name}: {size} bytes, more than the {MAX_BYTES} that are read. Split the file.")
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"{path.name}: can't be opened ({error.strerror}). Check that it exists and may be read."
        ) from error
    for magic, name in _MAGIC.items():
        if content.startswith(magic):
            raise ReadError(
                f"{path.name}: this is {name}; only .txt and .md are read. Save it as text and put that in."
            )
    return read_text(content, path)
