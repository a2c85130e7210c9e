"""PDF files."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ReadError
from indexer.types import RawText


def read_pdf(content: bytes, path: Path) -> RawText:
    """Raises ReadError: the format isn't read yet."""
    raise ReadError(f"{path.name}: this is a PDF file of {len(content)} bytes, which is not read. Save it as .docx.")
