"""PDF files with text of their own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from eval.pages import as_pdf, bare
from eval.writers import legacy_characters
from indexer.errors import ReadError
from indexer.layout import boxes
from indexer.read import read
from indexer.read.legacy import Encoding
from indexer.read.limits import Limits, within
from indexer.types import Span
from indexer.understand import understand
from tests.conftest import CORPUS, ROOT

PLAN = ROOT / "tests" / "files" / "ke-hoach.pdf"


def letters(text: str) -> str:
    return "".join(text.replace("|", "").split())


def saved(document: pdfium.PdfDocument) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_the_form_is_understood_through_columns_and_table() -> None:
    raw = read(PLAN)
    [document] = understand(raw, PLAN.name, "0" * 64)
    assert (document.form.number, document.form.place) == ("47/KH-LĐLĐ", "Ninh Thuận")
    assert document.form.signer is not None
    assert document.form.signer.name == "Chế Thị Mẫu Đơn"
    assert "| 2 | Mời ngành y tế cùng kiểm tra | Văn phòng |" in document.text
    assert (
        document.form.recipients[-2:] == ("Các đồng chí Ủy viên Ban Chấp hành", "Lưu: VT") or document.form.recipients
    )
    assert document.page_starts == (0,)


def test_lines_of_a_paragraph_are_joined_and_that_is_listed() -> None:
    raw = read(PLAN)
    assert "bữa ăn ca của đoàn viên có giá trị từ 25.000 đồng trở lên. Nơi nào chưa đạt thì" in raw.text
    assert any(change.startswith("lines of a paragraph joined: ") for change in raw.changes)


@pytest.mark.parametrize("name", ["tinh-uy-ninh-thuan_cv-2917_va_kh-71-bkttw.txt", "dang-uy-xa-phuoc-hai_qc-01.md"])
def test_a_sample_set_as_pdf_gives_back_every_letter_in_order(tmp_path: Path, name: str) -> None:
    text = read(CORPUS / name).text
    (tmp_path / "a.pdf").write_bytes(as_pdf(bare(text)))
    raw = read(tmp_path / "a.pdf")
    assert letters(raw.text) == letters(bare(text))
    assert len(raw.page_starts) > 1
    assert "page numbers removed: " + str(len(raw.page_starts) - 1) in raw.changes


def test_a_quote_is_found_at_its_place_on_the_page() -> None:
    [document] = understand(read(PLAN), PLAN.name, "0" * 64)
    quote = "trước ngày 30/9/2024"
    start = document.text.index(quote)
    [box] = boxes(document.layout, Span(start, start + len(quote)))
    with pdfium.PdfDocument(PLAN) as file:
        page = file[0]
        inside = page.get_textpage().get_text_bounded(
            box.left - 1, page.get_height() - box.bottom, box.right + 1, page.get_height() - box.top
        )
    assert inside.strip().rstrip(".") == quote


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(tmp_path: Path, quarters: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    canvas.setPageRotation(90 * quarters)
    canvas.translate(*[(0, 0), (600, 0), (400, 600), (0, 400)][quarters])
    canvas.rotate(90 * quarters)
    canvas.drawString(50, 300, "first line of the page as it is shown")
    canvas.drawString(50, 280, "second line of it, with enough letters")
    canvas.save()
    raw = read(tmp_path / "a.pdf")
    assert raw.text.splitlines()[0] == "first line of the page as it is shown"
    [box] = boxes(raw.layout, Span(0, 1))
    assert box.left == pytest.approx(50, abs=1)
    assert box.top == pytest.approx(600 - 300 - 10, abs=4)


def test_a_password_is_named_as_the_reason(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption("bí mật"))
    canvas.drawString(100, 700, "secret")
    canvas.save()
    with pytest.raises(ReadError, match=r"a\.pdf: the file is protected by a password\. Open it, remove"):
        read(tmp_path / "a.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\x00" * 500, PLAN.read_bytes()[:2000]])
def test_a_cut_off_file_is_refused_with_its_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(ReadError, match=r"a\.pdf: .*(damaged|no words)"):
        read(tmp_path / "a.pdf")


def test_blank_pages_cost_no_recognition_and_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.read.pdf.recognise", lambda *_: pytest.fail("a blank page was recognised"))
    with pdfium.PdfDocument.new() as document:
        document.new_page(595, 842)
        (tmp_path / "a.pdf").write_bytes(saved(document))
    with pytest.raises(ReadError, match=r"no words were found on 1 pages"):
        read(tmp_path / "a.pdf")


def test_too_many_pages_are_refused_by_their_number(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf("một dòng\n" * 300))
    with within(Limits(pages=3)), pytest.raises(ReadError, match=r"pages, more than the 3 that are read\. Split"):
        read(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("encoding", "format_name"), [(Encoding.TCVN3, "TCVN3 (ABC)"), (Encoding.VNI, "VNI")], ids=["TCVN3", "VNI"]
)
def test_text_in_a_font_of_the_1990s_becomes_unicode_and_keeps_its_places(
    tmp_path: Path, encoding: Encoding, format_name: str
) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    lines = (
        "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy",
        "báo cáo theo Chỉ thị 31-CT/TW trước ngày 15/11 hằng năm",
        "Thư ký, cơ quan tư pháp; ưu tiên phát triển kinh tế-xã hội.",
    )
    for number, line in enumerate(lines):
        canvas.drawString(70, 700 - 20 * number, legacy_characters(line, encoding))
    canvas.save()
    raw = read(tmp_path / "a.pdf")
    assert raw.text.split() == " ".join(lines).split()
    assert any(change.startswith(f"{format_name} made Unicode") for change in raw.changes)
    start = raw.text.index("15/11")
    [box] = boxes(raw.layout, Span(start, start + 5))
    assert 70 + 150 < box.left < box.right < 450
    assert box.top == pytest.approx(842 - 680 - 11, abs=4)
