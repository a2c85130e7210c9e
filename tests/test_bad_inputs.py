"""A folder with everything that goes wrong: the good files are indexed, every other one is told in one line."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.__main__ import main
from indexer.store import Catalog, live_generation
from tests.test_build import PLAN as PLAN_TEXT
from tests.test_read_pdf import PLAN

NFD_NAME = unicodedata.normalize("NFD", "kế hoạch số 3  (bản cuối).txt")
GOOD = ["bản sao.pdf", "khác đuôi.txt", "kế hoạch số 3  (bản cuối).txt", "kế hoạch.pdf"]
BAD = {
    "cắt ngang.pdf": "damaged",
    "hỏng.png": "the picture is damaged",
    "mật khẩu.pdf": "by a password",
    "nghìn trang.pdf": "50 pages, more than the 40",
    "nén.docx": "zip bomb",
    "rỗng.pdf": "the file is empty",
    "rỗng.txt": "the file is empty",
    "ra ngoài.txt": "a link that leads out of the folder",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "công văn đến"
    folder.mkdir()
    shutil.copy(PLAN, folder / "kế hoạch.pdf")
    shutil.copy(PLAN, folder / "bản sao.pdf")
    (folder / NFD_NAME).write_text(PLAN_TEXT.format(number=3), encoding="utf-8")
    shutil.copy(PLAN, folder / "khác đuôi.txt")
    (folder / "rỗng.txt").write_bytes(b"")
    (folder / "rỗng.pdf").write_bytes(b"")
    (folder / "cắt ngang.pdf").write_bytes(PLAN.read_bytes()[:3000])
    (folder / "hỏng.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)
    (folder / "mật khẩu.pdf").write_bytes(locked())
    (folder / "nghìn trang.pdf").write_bytes(pages(50))
    (folder / "nén.docx").write_bytes(bomb())
    (tmp_path / "ngoài.txt").write_text(PLAN_TEXT.format(number=66), encoding="utf-8")
    (folder / "ra ngoài.txt").symlink_to(tmp_path / "ngoài.txt")
    return folder


def locked() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("khóa"))
    canvas.drawString(100, 700, "secret")
    canvas.save()
    return buffer.getvalue()


def pages(count: int) -> bytes:
    buffer = BytesIO()
    with pdfium.PdfDocument.new() as document:
        for _ in range(count):
            document.new_page(595, 842)
        document.save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    """A kilobyte or two that unpack to more than is allowed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b"\x00" * 1024 * 1024)
    content = bytearray(buffer.getvalue())
    # What the archive says of itself: 3 GB. No reader may believe that, nor unpack it.
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (3 * 1024**3).to_bytes(4, "little")
    return bytes(content)


def run(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> tuple[int, str, str]:
    index = str(folder.parent / "index")
    code = main(["build", str(folder), "--index", index, "--pages-per-file", "40", *options])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_the_good_files_are_indexed_and_every_bad_one_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, folder, "--json")
    assert code == 1
    report = json.loads(out)
    failures = {failure["file"]: failure["reason"] for failure in report["failures"]}
    assert sorted(failures) == sorted(BAD)
    for file, words in BAD.items():
        assert words in failures[file], file
    told = [line for line in err.splitlines() if line.startswith("not read: ")]
    assert sorted(told) == sorted(f"not read: {reason}" for reason in failures.values())
    catalog = Catalog(live_generation(folder.parent / "index") / "catalog.sqlite")
    assert sorted({document.file for document in catalog.documents()}) == GOOD
    catalog.close()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_copies_and_a_wrong_suffix_are_told_and_nothing_is_dropped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, folder, "--json", "--skip-unreadable")
    assert code == 0
    report = json.loads(out)
    assert report["copies"] == [{"files": ["bản sao.pdf", "khác đuôi.txt", "kế hoạch.pdf"], "near": False}]
    assert "the same content: bản sao.pdf, khác đuôi.txt, kế hoạch.pdf" in err
    assert [warning for warning in report["warnings"] if warning.startswith("khác đuôi.txt: the name ends in .txt")]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_what_failed_is_remembered_until_it_or_the_limits_change(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, folder)
    _, out, err = run(capsys, folder, "--json")
    assert json.loads(out)["read"] == 0
    assert "nghìn trang.pdf: 50 pages" in err
    index = str(folder.parent / "index")
    main(["build", str(folder), "--index", index, "--json", "--pages-per-file", "60"])
    out, err = capsys.readouterr()
    assert "no words were found on 50 pages" in err
