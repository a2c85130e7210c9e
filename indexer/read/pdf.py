"""PDF files: their own text where they have one, page by page; recognised (indexer/read/ocr.py) where they have none.

pdfium gives the characters and their boxes; the order of reading, paragraphs and tables are worked out here, since a
PDF knows nothing of them. pdfium is not thread-safe: whoever calls it holds PDFIUM.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import byref, c_double, c_float
from dataclasses import dataclass, replace
from math import hypot, sqrt
from pathlib import Path
from threading import RLock

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from indexer.analyze import is_syllable
from indexer.errors import ReadError
from indexer.read.compose import Page, compose
from indexer.read.corrections import correct
from indexer.read.flow import Word, rows_of
from indexer.read.furniture import without_furniture
from indexer.read.legacy import Encoding, convert, from_characters, repaired
from indexer.read.limits import check_pages
from indexer.read.ocr import recognise, recognised_change, weak_pages
from indexer.read.tables import Rule, find_tables
from indexer.types import RawText

OCR_DPI = 250
PDFIUM = RLock()

_POINTS_PER_INCH = 72
_MOST_PIXELS = 60_000_000
_PICTURE_SHARE = 0.5
"""Of a page's area: a picture larger than this is the page."""
_LEAST_LETTERS = 20
_LEAST_SYLLABLES = 0.7
_LEAST_MARKED = 0.3
"""Of the words of a text layer under a picture; in Vietnamese about nine and seven of ten."""
_MOST_UNMAPPED = 0.05
_LEAST_OUTLINES = 100
"""Paths on a page without text: more than a frame and some rules are letters drawn as outlines."""
_THIN = 3.0
"""Points: a path thinner than this is a rule."""
_ASCENT, _DESCENT = 0.9, 0.25
"""Of the size of a font, from the baseline up and down: marks over capitals and hooks below."""
_HYPHEN = "\x02"
"""What pdfium makes of a hyphen at a line end, where it leaves out the line end itself."""
_WORD = re.compile(r"[^\s\x00\x02]+\x02?")
_UNMAPPED = re.compile(r"[\ufffd\ufffe\uffff\ue000-\uf8ff\x00\x01\x03-\x08\x0e-\x1f]")
_HYPHENATED = re.compile("(?:[A-Za-z\xa1-\xff]+-[A-Za-z\xa1-\xff]*|-[A-Za-z\xa1-\xff]+)(?![\\w-])")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a page lies: its box in the coordinates of its content, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def seen(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """left, top, right, bottom of a box as it is seen, from the top left corner."""
        match self.quarters:
            case 0:
                return left - self.left, self.top - top, right - self.left, self.top - bottom
            case 1:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case _:
                return self.top - top, self.right - right, self.top - bottom, self.right - left


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn on a page beside text."""

    rules: tuple[Rule, ...]
    picture_share: float
    outlines: int


def read_pdf(content: bytes, path: Path) -> RawText:
    """Text with its pages; pages without text of their own are recognised. Raises ReadError, ToolMissing."""
    with opened(content, path) as document:
        count = len(document)
        check_pages(count, path)
        read = [_page(document, index, path) for index in range(count)]
    confidence = tuple(percent for _, percent in read)
    kept, changes = without_furniture([page for page, _ in read])
    composed = compose(kept)
    recognised = [number for number, percent in enumerate(confidence, start=1) if percent is not None]
    if recognised:
        composed, corrected = correct(composed, recognised)
        changes = [recognised_change(confidence), *changes, *corrected]
    if composed.joined:
        changes.append(f"lines of a paragraph joined: {composed.joined}")
    if not any(map(str.isalnum, composed.text)):
        raise ReadError(f"{path.name}: no words were found on {count} pages. Check it, or take it out of the folder.")
    raw = RawText(
        text=composed.text,
        format="pdf",
        page_starts=composed.page_starts,
        changes=tuple(changes),
        warnings=tuple(weak_pages(confidence)),
        confidence=confidence if recognised else (),
        layout=composed.layout,
    )
    return repaired(_with_soft_hyphens(raw))


def _with_soft_hyphens(raw: RawText) -> RawText:
    """pdfium shows a soft hyphen as a hyphen; in TCVN3 it is the letter ư: "Th-êng", "T- ph¸p", "-u tiªn"."""
    found = from_characters(raw.text)
    if found is None or found.encoding is not Encoding.TCVN3:
        return raw
    return replace(raw, text=_HYPHENATED.sub(_with_u, raw.text))


def _with_u(match: re.Match[str]) -> str:
    """The word with ư for its hyphen, where that makes a syllable: not in "tÕ-x·" and not in a number."""
    word = match[0].replace("-", "\u00ad")
    return word if is_syllable(convert(word, Encoding.TCVN3)) else match[0]


@contextmanager
def opened(content: bytes, path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document, with PDFIUM held; raises ReadError where it is damaged or needs a password."""
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise ReadError(_why_not(error, path)) from error
        with closing(document):
            yield document


def _why_not(error: pdfium.PdfiumError, path: Path) -> str:
    if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
        return f"{path.name}: the file is protected by a password. Open it, remove the password and save it."
    if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
        return f"{path.name}: the file is encrypted in a way that is not read. Open it and print it into a new PDF."
    return f"{path.name}: the PDF is damaged or cut off. Ask for it again."


def _page(document: pdfium.PdfDocument, index: int, path: Path) -> tuple[Page, float | None]:
    """A page, and how sure its letters are where it had to be recognised."""
    try:
        page = document[index]
        with closing(page):
            found, text, drawn = _own_text(page, index + 1)
            if not _is_readable(text, drawn):
                dpi = resolution(page)
                recognised = recognise(picture(page, dpi, grey=True), dpi, index + 1)
                return recognised.page, round(recognised.confidence, 1)
            return found, None
    except pdfium.PdfiumError as error:
        raise ReadError(f"{path.name}: page {index + 1} is damaged ({error}). Ask for it again.") from error
    except ReadError as error:
        raise type(error)(f"{path.name}: page {index + 1}: {error}") from error


def picture(page: pdfium.PdfPage, dpi: float, grey: bool = False) -> Image.Image:
    """The page as it is printed."""
    image: Image.Image = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=grey).to_pil()
    return image


def resolution(page: pdfium.PdfPage) -> float:
    """The dots per inch at which a page is recognised: fewer for a poster, whose letters are large, to save memory."""
    width, height = page.get_size()
    return min(OCR_DPI, _POINTS_PER_INCH * sqrt(_MOST_PIXELS / (width * height)))


def _own_text(page: pdfium.PdfPage, number: int) -> tuple[Page, str, _Drawn]:
    """What the page says of itself: its words and tables, its text in the order of the file, what is drawn."""
    left, bottom, right, top = page.get_bbox()
    frame = _Frame(left, bottom, right, top, page.get_rotation() // 90)
    with closing(page.get_textpage()) as textpage:
        text = textpage.get_text_range()
        words = _words(textpage, text, frame)
    drawn = _drawn(page, frame)
    tables, free = find_tables(drawn.rules, words)
    return Page(number, *frame.size, tuple(rows_of(free)), tables), text, drawn


def _is_readable(text: str, drawn: _Drawn) -> bool:
    """Whether the text of a page is the whole of it, and is text. An empty page is readable, too."""
    letters = sum(map(str.isalpha, text))
    if letters < _LEAST_LETTERS:
        return not (drawn.picture_share >= _PICTURE_SHARE or (letters == 0 and drawn.outlines >= _LEAST_OUTLINES))
    if len(_UNMAPPED.findall(text)) > _MOST_UNMAPPED * len(text):
        return False
    return drawn.picture_share < _PICTURE_SHARE or _is_vietnamese(text)


def _is_vietnamese(text: str) -> bool:
    """Whether a text layer under a picture was made with a Vietnamese model: copiers often leave out the marks."""
    words = _LETTERS.findall(text)
    syllables = sum(map(is_syllable, words))
    marked = sum(not word.isascii() for word in words)
    return syllables >= _LEAST_SYLLABLES * len(words) and marked >= _LEAST_MARKED * len(words)


def _words(textpage: pdfium.PdfTextPage, text: str, frame: _Frame) -> list[Word]:
    """Words with their boxes, from the first and the last character of each; those off the page are left out."""
    if len(text) != textpage.count_chars():
        # Some characters have no text, or two: positions hold character by character only.
        text = "".join(chr(pdfium_c.FPDFText_GetUnicode(textpage, n) or 0x20) for n in range(textpage.count_chars()))
    found = (_word(textpage, match, frame) for match in _WORD.finditer(text))
    width, height = frame.size
    return [word for word in found if word.right > 0 and word.left < width and word.bottom > 0 and word.top < height]


def _word(textpage: pdfium.PdfTextPage, match: re.Match[str], frame: _Frame) -> Word:
    """A word as wide as its letters and, where it stands upright, as high as its font on its baseline."""
    first, last = match.start(), match.end() - 1
    left, bottom, right, top = _box(textpage, first)
    if last > first:
        ends = _box(textpage, last)
        left, bottom, right, top = min(left, ends[0]), min(bottom, ends[1]), max(right, ends[2]), max(top, ends[3])
    seen_left, seen_top, seen_right, seen_bottom = frame.seen(left, bottom, right, top)
    matrix, x, y = pdfium_c.FS_MATRIX(), c_double(), c_double()
    pdfium_c.FPDFText_GetMatrix(textpage, first, byref(matrix))
    pdfium_c.FPDFText_GetCharOrigin(textpage, first, byref(x), byref(y))
    if frame.quarters == 0 and matrix.a > abs(matrix.b):
        size = pdfium_c.FPDFText_GetFontSize(textpage, first) * hypot(matrix.c, matrix.d)
        baseline = frame.top - y.value
        seen_top, seen_bottom = baseline - _ASCENT * size, baseline + _DESCENT * size
    return Word(match[0].replace(_HYPHEN, "-"), seen_left, seen_top, seen_right, seen_bottom)


def _box(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """left, bottom, right, top of a character."""
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage, index, byref(box))
    return box.left, box.bottom, box.right, box.top


def _drawn(page: pdfium.PdfPage, frame: _Frame) -> _Drawn:
    width, height = frame.size
    rules: list[Rule] = []
    covered, outlines = 0.0, 0
    for n in range(pdfium_c.FPDFPage_CountObjects(page)):
        shape = pdfium_c.FPDFPage_GetObject(page, n)
        kind = pdfium_c.FPDFPageObj_GetType(shape)
        if kind not in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH):
            continue
        left, top, right, bottom = frame.seen(*_bounds(shape))
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            covered += max(min(right, width) - max(left, 0), 0) * max(min(bottom, height) - max(top, 0), 0)
        else:
            outlines += 1
            rules += _rules(Rule(left, top, right, bottom))
    return _Drawn(tuple(rules), covered / (width * height), outlines)


def _bounds(shape: pdfium_c.FPDF_PAGEOBJECT) -> tuple[float, float, float, float]:
    left, bottom, right, top = (c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(shape, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def _rules(path: Rule) -> list[Rule]:
    """A thin path is a rule; one with an inside is taken for its four sides: the border of a cell."""
    width, height = path.right - path.left, path.bottom - path.top
    if min(width, height) <= _THIN:
        return [path] if max(width, height) > 2 * _THIN else []
    return [
        Rule(path.left, path.top, path.right, path.top),
        Rule(path.left, path.bottom, path.right, path.bottom),
        Rule(path.left, path.top, path.left, path.bottom),
        Rule(path.right, path.top, path.right, path.bottom),
    ]
