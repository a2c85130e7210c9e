"""Bytes of one file -> RawText. The content decides the format; a suffix that says otherwise is noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from indexer.errors import ReadError
from indexer.read import limits
from indexer.read.sniff import Kind, sniff, suffix_warning
from indexer.types import RawText

SKIPPED = frozenset({"readme.md"})
# Raised with every change of how files are read, so that an index built before reads them anew.
READING_VERSION = "6"

Reader = Callable[[bytes, Path], RawText]
"""The path is for messages and links only; the bytes are what is read. Raises ReadError with the reason."""


def read(path: Path) -> RawText:
    """The text of a file; raises ReadError with the reason where there is none to be had."""
    try:
        size, most = path.stat().st_size, limits.current().megabytes
        if size > most * limits.MEGABYTE:
            raise ReadError(f"{path.name}: {size} bytes, more than the {most} MB that are read. Split the file.")
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"{path.name}: can't be opened ({error.strerror}). Check that it exists and may be read."
        ) from error
    return read_content(content, path)


def read_content(content: bytes, path: Path) -> RawText:
    """The text of bytes that came under a name: a file, or what a mail encloses."""
    kind = sniff(content, path)
    raw = reader(kind)(content, path)
    return replace(raw, warnings=(*suffix_warning(kind, path), *raw.warnings))


def reader(kind: Kind) -> Reader:
    """The reader of a format; its libraries are loaded with the first file that needs them."""
    match kind:
        case Kind.TEXT:
            from indexer.read.text import read_text

            return read_text
        case Kind.PDF:
            from indexer.read.pdf import read_pdf

            return read_pdf
        case Kind.PICTURE:
            from indexer.read.ocr import read_picture

            return read_picture
        case Kind.DOCX:
            from indexer.read.docx import read_docx

            return read_docx
        case Kind.DOC:
            from indexer.read.doc import read_doc

            return read_doc
        case Kind.RTF:
            from indexer.read.rtf import read_rtf

            return read_rtf
        case Kind.ODT:
            from indexer.read.odf import read_odt

            return read_odt
        case Kind.ODS:
            from indexer.read.odf import read_ods

            return read_ods
        case Kind.XLS:
            from indexer.read.odf import read_xls

            return read_xls
        case Kind.XLSX:
            from indexer.read.xlsx import read_xlsx

            return read_xlsx
        case Kind.HTML:
            from indexer.read.html import read_html

            return read_html
        case Kind.MAIL:
            from indexer.read.mail import read_mail

            return read_mail
        case _:
            assert_never(kind)
