"""Pictures of pages -> words, by Tesseract and its Vietnamese model: scans in PDF files, .png, .jpg, .tif.

Tesseract runs as a program of its own, one page at a time, on one core: pages and files are what is read in parallel.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageSequence, UnidentifiedImageError

from indexer.errors import ReadError, ToolMissing
from indexer.read.compose import Page, compose
from indexer.read.corrections import correct
from indexer.read.flow import Word, rows_of
from indexer.read.furniture import without_furniture
from indexer.read.limits import check_pages
from indexer.read.scan import Turn, rules_of, skew_of
from indexer.read.tables import find_tables
from indexer.types import RawText

SECONDS_PER_PAGE = 120
LOW_CONFIDENCE = 75.0
"""Per cent, a mean over the letters of a page: see docs/decisions/0009."""
MAX_PIXELS = 200_000_000
_SIDEWAYS_CONFIDENCE = 60.0
_SMALLEST_SKEW_DEGREES = 0.2
_POINTS_PER_INCH = 72.0
_USUAL_DPI = 200.0
_NOISE_CONFIDENCE = 30.0
_FRAMES = "|¦[]{}_—–=~"
_USUAL_PLACES = (r"C:\Program Files\Tesseract-OCR\tesseract.exe", "/opt/homebrew/bin/tesseract")
_INSTALL = (
    "Install Tesseract with its Vietnamese model (Debian: apt-get install tesseract-ocr tesseract-ocr-vie; "
    "Windows: docs/windows.md) and build again."
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """One page, and how sure Tesseract is of its letters, 0..100."""

    page: Page
    confidence: float


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word as Tesseract gives it, in pixels, with the height of its line."""

    word: Word
    confidence: float


def read_picture(content: bytes, path: Path) -> RawText:
    """A scan in one picture, or in one of several pages. Raises ReadError, ToolMissing."""
    pages = [recognise(frame, dpi, number) for number, (frame, dpi) in enumerate(frames(content, path), start=1)]
    kept, changes = without_furniture([found.page for found in pages])
    numbers = range(1, len(pages) + 1)
    composed, corrected = correct(compose(kept), numbers)
    if not any(map(str.isalnum, composed.text)):
        raise ReadError(f"{path.name}: the picture shows no words. Scan it again, or take it out of the folder.")
    confidence = tuple(round(found.confidence, 1) for found in pages)
    return RawText(
        text=composed.text,
        format=path.suffix.lower().lstrip(".") or "picture",
        page_starts=composed.page_starts,
        changes=(recognised_change(confidence), *changes, *corrected),
        warnings=tuple(weak_pages(confidence)),
        confidence=confidence,
        layout=composed.layout,
    )


def recognised_change(confidence: Sequence[float | None]) -> str:
    """How many pages were recognised, and how surely from the least to the most."""
    sure = [percent for percent in confidence if percent is not None]
    return f"recognised from a picture (Tesseract): {len(sure)} pages, confidence {min(sure):.0f} to {max(sure):.0f} %"


def weak_pages(confidence: Sequence[float | None]) -> Iterator[str]:
    """A warning for each page whose letters are unsure."""
    for number, percent in enumerate(confidence, start=1):
        if percent is not None and percent < LOW_CONFIDENCE:
            yield f"page {number}: recognised with {percent:.0f} % confidence; compare it with the original"


def frames(content: bytes, path: Path) -> Iterator[tuple[Image.Image, float]]:
    """The pages of a picture with their dots per inch."""
    try:
        with Image.open(BytesIO(content)) as picture:
            check_pages(getattr(picture, "n_frames", 1), path)
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > MAX_PIXELS:
                    raise ReadError(
                        f"{path.name}: a page of {frame.width} x {frame.height} pixels, more than the {MAX_PIXELS} "
                        "that are read. Scan it again at 300 dpi."
                    )
                dpi = float(frame.info.get("dpi", (_USUAL_DPI,))[0])
                yield frame.convert("L"), dpi if dpi > 1 else _USUAL_DPI
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ReadError(f"{path.name}: the picture is damaged or cut off. Scan it again.") from error


def recognise(picture: Image.Image, dpi: float, number: int) -> Recognised:
    """The words of a page, a grey picture, in reading order of its lines; turned level first. Raises ToolMissing."""
    straight = _recognise_turned(picture, dpi, number, quarters=0)
    if straight.confidence >= _SIDEWAYS_CONFIDENCE:
        return straight
    turned = (_recognise_turned(picture, dpi, number, quarters) for quarters in _quarters(picture))
    return max((straight, *turned), key=lambda found: found.confidence)


def _quarters(picture: Image.Image) -> tuple[int, ...]:
    """Quarter turns counterclockwise that may set a page upright, as Tesseract's own detector says."""
    told = _tesseract(picture, 0.0, "--psm", "0", language="osd", check=False)
    rotated = re.search(r"^Rotate: (90|180|270)$", told, re.MULTILINE)
    return (4 - int(rotated[1]) // 90,) if rotated else ()


def _recognise_turned(picture: Image.Image, dpi: float, number: int, quarters: int) -> Recognised:
    upright = picture.rotate(90 * quarters, expand=True) if quarters else picture
    degrees = skew_of(upright)
    if abs(degrees) >= _SMALLEST_SKEW_DEGREES:
        level = upright.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    else:
        level, degrees = upright, 0.0
    points = _POINTS_PER_INCH / dpi
    turn = Turn(quarters, degrees, upright.width * points, upright.height * points)
    seen = _words(_tesseract(level, dpi, "--psm", "3", "tsv"), points)
    letters = sum(len(one.word.text) for one in seen)
    confidence = sum(one.confidence * len(one.word.text) for one in seen) / letters if letters else 0.0
    tables, free = find_tables(rules_of(level, points), [one.word for one in seen])
    return Recognised(Page(number, turn.width, turn.height, tuple(rows_of(free)), tables, turn), confidence)


def _words(table: str, points: float) -> list[_Seen]:
    """The words of Tesseract's table, noise and borders left out; each as high as its line."""
    found: list[_Seen] = []
    top = bottom = 0.0
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, upper, width, height = (int(row[side]) * points for side in ("left", "top", "width", "height"))
        if row["level"] == "4":
            top, bottom = upper, upper + height
        text = row["text"].strip(_FRAMES + " ") if row["level"] == "5" and row["text"] else ""
        if text or (row["text"] or "").strip() in ("-", "–", "—"):
            word = Word(text or "-", left, top, left + width, bottom)
            found.append(_Seen(word, float(row["conf"])))
    return [one for one in found if not _is_noise(one)]


def _is_noise(seen: _Seen) -> bool:
    """Specks, stamps and strokes of a pen that were taken for signs."""
    return seen.confidence < _NOISE_CONFIDENCE and not any(map(str.isalnum, seen.word.text))


def _tesseract(picture: Image.Image, dpi: float, *options: str, language: str = "vie", check: bool = True) -> str:
    """What Tesseract says of a picture. Raises ReadError where it fails, or takes longer than a page may."""
    buffer = BytesIO()
    picture.save(buffer, "PPM")
    density = ("--dpi", str(round(dpi))) if dpi else ()
    command = [_program(), "stdin", "stdout", "-l", language, *density, *options]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command,
            input=buffer.getvalue(),
            capture_output=True,
            timeout=SECONDS_PER_PAGE,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"a page could not be recognised within {SECONDS_PER_PAGE} s. Scan it again at 300 dpi."
        ) from error
    if done.returncode and check:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ReadError(f"Tesseract failed ({' '.join(said) or done.returncode}).")
    return done.stdout.decode("utf-8", "replace")


@cache
def _program() -> str:
    """Where Tesseract lies; raises ToolMissing where it or its Vietnamese model does not."""
    program = shutil.which("tesseract") or next((path for path in _USUAL_PLACES if Path(path).is_file()), None)
    if program is None:
        raise ToolMissing(f"a scan can't be read: Tesseract is not installed. {_INSTALL}")
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout
    if "vie" not in listed.split():
        raise ToolMissing(f"a scan can't be read: Tesseract has no Vietnamese model. {_INSTALL}")
    return program
