"""A page of a file as it looks, to show a quote on. PDF files and pictures; other formats have no pages to show."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from indexer.errors import ReadError
from indexer.read.ocr import frames
from indexer.read.pdf import opened, picture
from indexer.read.sniff import Kind, sniff

_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG, and its size in PDF points: the measure of the boxes of indexer/layout.py."""

    png: bytes
    width: float
    height: float


def render_page(file: Path, page: int, dpi: float = 110.0) -> PageImage | None:
    """A page, counted from 1; None for a format without pages. Raises ReadError where there is no such page to draw."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"{file.name}: can't be opened ({error.strerror}). Check that it exists and may be read."
        ) from error
    match sniff(content, file):
        case Kind.PDF:
            return _of_pdf(content, file, page, dpi)
        case Kind.PICTURE:
            return _of_picture(content, file, page, dpi)
        case _:
            return None


def _of_pdf(content: bytes, file: Path, page: int, dpi: float) -> PageImage:
    with opened(content, file) as document:
        if not 1 <= page <= len(document):
            raise _no_page(file, page, len(document))
        try:
            with closing(document[page - 1]) as sheet:
                return PageImage(_png(picture(sheet, dpi)), sheet.get_width(), sheet.get_height())
        except pdfium.PdfiumError as error:
            raise ReadError(f"{file.name}: page {page} can't be drawn ({error}). Ask for the file again.") from error


def _of_picture(content: bytes, file: Path, page: int, dpi: float) -> PageImage:
    count = 0
    for count, (frame, own_dpi) in enumerate(frames(content, file), start=1):
        if count == page:
            points = _POINTS_PER_INCH / own_dpi
            size = round(frame.width * dpi / own_dpi), round(frame.height * dpi / own_dpi)
            return PageImage(_png(frame.resize(size)), frame.width * points, frame.height * points)
    raise _no_page(file, page, count)


def _no_page(file: Path, page: int, count: int) -> ReadError:
    return ReadError(f"{file.name}: there is no page {page}; it has {count}. Build the index again.")


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
