"""Formats that LibreOffice reads, with it and without it.

`ke-hoach.doc` is a plan with a head in two columns, automatic numbers, a table of tasks, a footnote and a text box,
saved as Word 97. `mat-khau.docx` is a Word file with a password.
"""

from __future__ import annotations

import io
import re
import time
from difflib import SequenceMatcher
from pathlib import Path

import openpyxl
import pytest

from eval.writers import odt, rtf
from indexer.errors import ReadError
from indexer.read import office, read, read_content
from indexer.types import RawText

FILES = Path(__file__).parent / "files"
PLAN = FILES / "ke-hoach.doc"
MISSING = "LibreOffice is not installed (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui)"
TEXT = "KẾ HOẠCH\n\nBan Thường vụ Tỉnh ủy giao Văn phòng.\n| STT | Nội dung | Thời hạn |\n| 1 | Rà soát | Quý I |\nHết."


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)


def words(raw: RawText) -> list[str]:
    return re.findall(r"\w+", raw.text)


@pytest.mark.usefixtures("without_office")
def test_an_old_word_file_is_read_without_libreoffice_and_says_what_is_missing() -> None:
    raw = read(PLAN)
    assert raw.format == "doc"
    assert "| 1 | Rà soát mỏ đá đang khai thác | Ủy ban nhân dân tỉnh | 30/4/2025 |" in raw.text
    assert raw.text.index("TỈNH ỦY NINH THUẬN") < raw.text.index("KẾ HOẠCH") < raw.text.index("PHÓ BÍ THƯ")
    assert {"Kể", "cả", "năm", "2025"} <= set(words(raw))
    assert "automatic numbers" in raw.warnings[0]


@pytest.mark.skipif(office.program() is None, reason=MISSING)
def test_an_old_word_file_keeps_its_numbers_notes_and_boxes() -> None:
    lines = read(PLAN).text.split("\n")
    for line in (
        "I. Mục đích",
        "1. Giúp cán bộ biết việc, biết quyền.",
        "II. Nhiệm vụ",
        "| 2 | Tập huấn cho lao động tự do | Liên đoàn Lao động tỉnh | Quý II/2025 |",
        "[1] Kể cả năm 2025.",
        "ĐẾN Số: 118",
    ):
        assert line in lines


@pytest.mark.parametrize(("content", "expected"), [(odt(TEXT), "odt"), (rtf(TEXT), "rtf")])
@pytest.mark.parametrize("installed", [True, False])
def test_other_texts_are_read_with_libreoffice_and_without(
    content: bytes, expected: str, installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not installed:
        monkeypatch.setattr(office, "program", lambda: None)
    raw = read_content(content, Path(f"a.{expected}"))
    assert raw.format == expected
    assert "| 1 | Rà soát | Quý I |" in raw.text
    assert " ".join(words(raw)) == " ".join(re.findall(r"\w+", TEXT))
    assert bool(raw.warnings) == (not installed or office.program() is None)


@pytest.mark.skipif(office.program() is None, reason=MISSING)
def test_an_old_workbook_is_read_by_way_of_a_new_one() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["STT", "Thời hạn"])
    book.active.append([1, "Quý I"])
    book.save(file)
    old = office.converted(file.getvalue(), Path("a.xlsx"), "xlsx", "xls")
    raw = read_content(old, Path("a.xls"))
    assert (raw.format, raw.text) == ("xls", "| STT | Thời hạn |\n| 1 | Quý I |")


@pytest.mark.usefixtures("without_office")
def test_without_libreoffice_an_old_workbook_is_refused_with_what_to_do() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\x00" * 512
    with pytest.raises(ReadError, match=r"needs LibreOffice, which is not installed\. Install it"):
        read_content(content, Path("a.xls"))


def test_a_converter_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "alive"
    hanging = tmp_path / "soffice"
    hanging.write_text(f"#!/bin/sh\n(sleep 3; touch {mark}) &\nsleep 60\n", encoding="utf-8")
    hanging.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: hanging)
    monkeypatch.setattr(office, "TIMEOUT_SECONDS", 1)
    started = time.process_time()
    with pytest.raises(ReadError, match="LibreOffice took over 1 seconds"):
        read_content(rtf(TEXT), Path("a.rtf"))
    assert time.process_time() - started < 3
    time.sleep(3)
    assert not mark.exists()


def test_a_converter_that_makes_nothing_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "soffice"
    failing.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    failing.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: failing)
    with pytest.raises(ReadError, match="LibreOffice can't read this file; it may be damaged"):
        read_content(rtf(TEXT), Path("a.rtf"))


def test_a_word_file_with_a_password_is_refused() -> None:
    with pytest.raises(ReadError, match=r"mat-khau\.docx: the file is protected by a password\. Open it, remove"):
        read(FILES / "mat-khau.docx")


def test_an_old_word_file_with_a_password_is_refused() -> None:
    content = bytearray(PLAN.read_bytes())
    content[content.index(b"\xec\xa5") + 0x0B] |= 0x01
    with pytest.raises(ReadError, match="the file is protected by a password"):
        read_content(bytes(content), Path("a.doc"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_an_old_word_file_cut_off_is_refused(share: float) -> None:
    content = PLAN.read_bytes()
    with pytest.raises(ReadError, match=r"damaged|cut off|neither Word nor Excel"):
        read_content(content[: int(share * len(content))], Path("a.doc"))


def test_a_rich_text_cut_off_is_refused() -> None:
    with pytest.raises(ReadError, match="its last bracket is missing"):
        read_content(rtf(TEXT)[:-40], Path("a.rtf"))


@pytest.mark.usefixtures("without_office")
def test_the_old_and_the_new_form_of_a_real_file_agree_without_libreoffice(shared: Path) -> None:
    old, new = (words(read(shared / "documents" / f"Phuluc1.{suffix}")) for suffix in ("doc", "docx"))
    assert _agreement(old, new) >= 0.97


@pytest.mark.skipif(office.program() is None, reason=MISSING)
def test_the_old_and_the_new_form_of_a_real_file_agree(shared: Path) -> None:
    old, new = (words(read(shared / "documents" / f"Phuluc1.{suffix}")) for suffix in ("doc", "docx"))
    assert _agreement(old, new) >= 0.98


def test_a_real_old_file_is_read(shared: Path) -> None:
    raw = read(shared / "documents" / "Phuluc3.doc")
    assert len(words(raw)) > 3000
    assert "| " in raw.text


def _agreement(ours: list[str], theirs: list[str]) -> float:
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(ours), len(theirs))
