"""Scans. Tesseract runs for real; where it is missing these tests fail and say what to install."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eval.pages import as_scan, as_scanned_pdf
from indexer.errors import ReadError, ToolMissing
from indexer.layout import Box, boxes
from indexer.read import read
from indexer.read.flow import Word
from indexer.read.ocr import _program, weak_pages
from indexer.read.pdf import OCR_DPI, resolution
from indexer.read.scan import Turn, skew_of
from indexer.types import RawText, Span
from tests.test_read_pdf import PLAN


@cache
def scan() -> Image.Image:
    return as_scan(PLAN.read_bytes())[0]


@cache
def recognised() -> tuple[RawText, RawText]:
    """The page as a scan, and the same page as a PDF with text."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(as_scanned_pdf([scan()]))
        return read(path), read(PLAN)


def place(raw: RawText, quote: str) -> Box:
    start = raw.text.index(quote)
    return boxes(raw.layout, Span(start, start + len(quote)))[0]


def test_a_turned_and_noisy_scan_is_read_with_its_table_and_columns() -> None:
    raw, _ = recognised()
    for words in (
        "47/KH-LĐLĐ", "ngày 12 tháng 5 năm 2024", "trước ngày 30/9/2024", "Chế Thị Mẫu Đơn",
        "| Mời ngành y tế cùng kiểm tra | Văn phòng |",
    ):  # fmt: skip
        assert words in raw.text, words
    assert raw.text.index("Nơi nhận") < raw.text.index("Lưu: VT") < raw.text.index("TM. BAN THƯỜNG VỤ")


def test_the_confidence_of_every_recognised_page_is_kept() -> None:
    raw, born_digital = recognised()
    assert len(raw.confidence) == 1
    assert raw.confidence[0] is not None
    assert 80 < raw.confidence[0] <= 100
    percent = f"{raw.confidence[0]:.0f}"
    assert f"recognised from a picture (Tesseract): 1 pages, confidence {percent} to {percent} %" in raw.changes
    assert born_digital.confidence == ()


def test_a_word_of_a_turned_scan_is_marked_where_it_stands_on_the_page() -> None:
    scanned, born_digital = recognised()
    for quote in ("Ninh Thuận, ngày 12", "30/9/2024", "Chế Thị Mẫu Đơn"):
        found, expected = place(scanned, quote), place(born_digital, quote)
        middle, wanted = ((box.left + box.right, box.top + box.bottom) for box in (found, expected))
        # The scan is turned about its centre by 0.7 degrees: up to 5 points at the edge of the page.
        assert abs(middle[0] - wanted[0]) / 2 < 6, quote
        assert abs(middle[1] - wanted[1]) / 2 < 6, quote


def test_a_low_confidence_is_a_warning_that_names_the_page() -> None:
    assert list(weak_pages((96.0, None, 51.6))) == [
        "page 3: recognised with 52 % confidence; compare it with the original"
    ]


@pytest.mark.parametrize("degrees", [-2.3, -0.4, 0.0, 1.5])
def test_the_turn_of_a_page_is_found(degrees: float) -> None:
    level = as_scan(PLAN.read_bytes(), dpi=100, turn=0.0)[0]
    turned = level.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(turned) == pytest.approx(-degrees, abs=0.15)


def test_a_box_of_a_picture_set_upright_lies_where_it_was() -> None:
    # A page of 200 x 100 that was scanned lying: set upright it is 100 x 200.
    back = Turn(1, 0.0, 100, 200).back(Word("a", 10, 20, 30, 40), 1)
    assert back == Box(1, 160, 10, 180, 30)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0rest", b"II*\x00" + b"\x00" * 30])
def test_a_damaged_picture_is_refused_with_its_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(ReadError, match=r"a\.png: the picture is damaged or cut off"):
        read(tmp_path / "a.png")


def test_a_picture_beyond_all_measure_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.read.ocr.MAX_PIXELS", 99)
    buffer = BytesIO()
    Image.new("L", (10, 10), 255).save(buffer, "PNG")
    (tmp_path / "a.png").write_bytes(buffer.getvalue())
    with pytest.raises(ReadError, match=r"10 x 10 pixels, more than the 99"):
        read(tmp_path / "a.png")


def test_without_tesseract_a_scan_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = BytesIO()
    Image.new("L", (60, 60), 255).save(buffer, "PNG")
    (tmp_path / "a.png").write_bytes(buffer.getvalue())
    monkeypatch.setenv("PATH", "")
    _program.cache_clear()
    try:
        with pytest.raises(ToolMissing, match=r"Tesseract is not installed.*apt-get install tesseract-ocr"):
            read(tmp_path / "a.png")
    finally:
        _program.cache_clear()


def test_a_mixed_file_is_recognised_page_by_page(tmp_path: Path) -> None:
    with pdfium.PdfDocument.new() as mixed:
        for content in (PLAN.read_bytes(), as_scanned_pdf([scan()])):
            with pdfium.PdfDocument(content) as part:
                mixed.import_pages(part)
        mixed.save(tmp_path / "mixed.pdf")
    raw = read(tmp_path / "mixed.pdf")
    own, percent = raw.confidence
    assert own is None
    assert percent is not None
    assert percent > 80
    assert raw.text[: raw.page_starts[1]].count("47/KH-LĐLĐ") == raw.text[raw.page_starts[1] :].count("47/KH-LĐLĐ") == 1


def test_a_text_layer_without_vietnamese_marks_is_not_believed(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawImage(ImageReader(scan()), 0, 0, *A4)
    layer = canvas.beginText(70, 700)
    layer.setTextRenderMode(3)
    layer.textLines("CONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc\nKe hoach kiem tra bua an ca")
    canvas.drawText(layer)
    canvas.save()
    raw = read(tmp_path / "a.pdf")
    assert "Kiểm tra bữa ăn ca của người lao động" in raw.text
    assert "Ke hoach" not in raw.text


def test_a_page_that_was_scanned_lying_is_set_upright(tmp_path: Path) -> None:
    scan().rotate(90, expand=True).save(tmp_path / "a.png", dpi=(200, 200))
    raw = read(tmp_path / "a.png")
    assert "trước ngày 30/9/2024" in raw.text
    lying, upright = place(raw, "Chế Thị Mẫu Đơn"), place(recognised()[0], "Chế Thị Mẫu Đơn")
    assert lying.left == pytest.approx(upright.top, abs=8)
    assert lying.bottom - lying.top > lying.right - lying.left


def test_a_poster_is_drawn_small_enough_for_memory_and_a_letter_sharp() -> None:
    with pdfium.PdfDocument.new() as document:
        poster, letter = document.new_page(14_000, 14_000), document.new_page(595, 842)
        assert (14_000 / 72 * resolution(poster)) ** 2 <= 60_000_001
        assert resolution(letter) == OCR_DPI
