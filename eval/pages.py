"""Texts set as pages: born-digital PDF files, and scans made of them. The same input gives the same pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from indexer.understand.lines import shadow

FONTS = tuple(
    Path(folder) / name
    for folder, name in (
        ("/usr/share/fonts/truetype/liberation2", "LiberationSerif-Regular.ttf"),
        ("/usr/share/fonts/truetype/dejavu", "DejaVuSerif.ttf"),
        ("/usr/share/fonts/truetype/dejavu", "DejaVuSans.ttf"),
        (r"C:\\Windows\\Fonts", "times.ttf"),
    )
)
DPI = 200
TURN_DEGREES = 0.7
NOISE = 12.0
"""Standard deviation of the brightness, of 255."""
_FONT = "serif"
_SIZE = 13
_BODY = ParagraphStyle("body", fontName=_FONT, fontSize=_SIZE, leading=1.25 * _SIZE, alignment=TA_JUSTIFY)
_CELL = ParagraphStyle("cell", parent=_BODY, alignment=0, fontSize=11, leading=14)
_RULE = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+")


def bare(text: str) -> str:
    """What of a text stands on the page: its letters without Markdown emphasis and rules."""
    lines = (line for line in shadow(text).split("\n") if not _RULE.fullmatch(line.strip()))
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in lines)


def as_pdf(text: str) -> bytes:
    """Justified pages with page numbers from the second on; lines that begin with | become ruled tables."""
    _register()
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=3 * cm, rightMargin=2 * cm, topMargin=2 * cm, bottomMargin=2 * cm, invariant=1
    )
    document.build(list(_flowables(text)), onLaterPages=_number)
    return buffer.getvalue()


def _register() -> None:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        font = next((path for path in FONTS if path.is_file()), None)
        if font is None:
            raise SystemExit("no font with Vietnamese letters was found (Debian: apt-get install fonts-dejavu-core)")
        pdfmetrics.registerFont(TTFont(_FONT, str(font)))


def _flowables(text: str) -> Iterator[Flowable]:
    rows: list[list[Paragraph]] = []
    for line in re.split("[\n\f]", text):
        if line.startswith("|"):
            rows.append([Paragraph(escape(cell.strip()), _CELL) for cell in line.strip("|").split("|")])
            continue
        if rows:
            yield _table(rows)
            rows = []
        yield Paragraph(escape(line), _BODY) if line else Spacer(1, 0.5 * _SIZE)
    if rows:
        yield _table(rows)


def _table(rows: Sequence[list[Paragraph]]) -> Table:
    return Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]))


def _number(canvas: Any, document: SimpleDocTemplate) -> None:
    canvas.setFont(_FONT, _SIZE)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.3 * cm, str(canvas.getPageNumber()))


def as_scan(pdf: bytes, dpi: float = DPI, turn: float = TURN_DEGREES, noise: float = NOISE) -> list[Image.Image]:
    """Grey pages as a copier makes them: turned a little, this way and that, blurred, with specks of noise."""
    pages = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            image = page.render(scale=dpi / 72).to_pil().convert("L")
            angle = turn if number % 2 else -turn
            turned = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
            blurred = turned.filter(ImageFilter.GaussianBlur(0.5))
            random = np.random.default_rng(number)
            grey = np.asarray(blurred, dtype=np.float32) + random.normal(0, noise, (blurred.height, blurred.width))
            pages.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    return pages


def as_scanned_pdf(pages: Sequence[Image.Image], dpi: float = DPI) -> bytes:
    buffer = BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return buffer.getvalue()
