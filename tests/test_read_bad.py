"""What no reader may stumble over: each bad file is refused in one sentence, or read with a note."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from eval.writers import docx, docx_of, html, odt, rtf
from indexer.build import build
from indexer.errors import ReadError
from indexer.read import archive, office, read, read_content
from indexer.read.sniff import Kind, sniff

TEXT = "KẾ HOẠCH\nBan Thường vụ Tỉnh ủy giao Văn phòng theo dõi."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def xlsx(text: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([text])
    book.save(file)
    return file.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def eml(text: str) -> bytes:
    return f"From: a@example.invalid\r\nSubject: b\r\nMIME-Version: 1.0\r\n\r\n{text}".encode()


WRITTEN: dict[str, tuple[Callable[[str], bytes], Kind]] = {
    "docx": (docx, Kind.DOCX),
    "xlsx": (xlsx, Kind.XLSX),
    "odt": (odt, Kind.ODT),
    "rtf": (rtf, Kind.RTF),
    "html": (html, Kind.HTML),
    "eml": (eml, Kind.MAIL),
    "txt": (str.encode, Kind.TEXT),
}


@pytest.mark.parametrize("written", list(WRITTEN))
@pytest.mark.parametrize("named", ["a.docx", "a.pdf", "a", "a.doc.txt"])
def test_the_content_tells_the_format_whatever_the_name_says(written: str, named: str) -> None:
    write, kind = WRITTEN[written]
    assert sniff(write(TEXT), Path(named)) is kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", Kind.PDF),
        (b"\xff\xd8\xff\xe0", Kind.PICTURE),
        (OLE + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (OLE + "Workbook".encode("utf-16-le"), Kind.XLS),
        (b"\xef\xbb\xbf<!doctype html>", Kind.HTML),
        ("<html>".encode("utf-16"), Kind.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", Kind.HTML),
        (b"Subject: vi\xc3\xaac\nFrom: a\n\nb", Kind.MAIL),
        ("Kính gửi: Ban Thường vụ\nNơi nhận: như trên".encode(), Kind.TEXT),
        (b"To: a\n\nb", Kind.TEXT),
        (b"5 < 7 <html>", Kind.TEXT),
    ],
)
def test_formats_are_told_by_their_first_bytes(content: bytes, kind: Kind) -> None:
    assert sniff(content, Path("a")) is kind


def test_a_wrong_suffix_is_noted_and_the_file_is_read() -> None:
    raw = read_content(docx(TEXT), Path("a.doc"))
    assert raw.format == "docx"
    assert raw.warnings == ("the name ends in .doc, the content is docx; read as docx",)
    assert read_content(docx(TEXT), Path("a.DOCX")).warnings == ()
    assert read_content(TEXT.encode(), Path("a.log")).warnings == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (packed({"a.txt": b"a"}), "a zip file that holds no Word, Excel or OpenDocument text, which is not read"),
        (OLE + bytes(600), "an old Office file that is neither Word nor Excel, which is not read"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "a mail in Outlook's own format, which is not read"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "an XML file that is no web page, which is not read"),
        (packed({"word/document.xml": b""}), r"its part word/document\.xml is damaged"),
        (packed({"word/document.xml": b"<a/>"}), "the file is damaged: it has no body"),
        (packed({"word/document.xml": b"<a><b></a>"}), r"its part word/document\.xml is damaged"),
        (packed({"xl/workbook.xml": b"<a/>"}), "the file is damaged"),
        (packed({"content.xml": b"<a/>"}), r"its part META-INF/manifest\.xml is damaged"),
        (docx(""), "the file is empty"),
        (html(""), "the file is empty"),
        (docx(TEXT)[:-30], "the file is damaged or cut off"),
        (docx(TEXT)[: len(docx(TEXT)) // 2], "the file is damaged or cut off"),
        (xlsx(TEXT)[:2000], "the file is damaged or cut off"),
    ],
)
def test_what_can_not_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=f"^a: .*{message}"):
        read_content(content, Path("a"))


def test_a_mail_without_a_body_is_its_head() -> None:
    assert read_content(eml(""), Path("a.eml")).text == "Từ: a@example.invalid\nChủ đề: b"


def test_a_flipped_byte_within_a_part_is_damage() -> None:
    content = bytearray(docx(TEXT * 50))
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        start = made.getinfo("word/document.xml").header_offset
    content[start + 120] ^= 0xFF
    with pytest.raises(ReadError, match="is damaged"):
        read_content(bytes(content), Path("a.docx"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({"word/document.xml": b"<a/>", "word/media/a.bin": bytes(3_000_000)})
    assert len(bomb) < 10_000
    monkeypatch.setattr(archive, "MAX_EXPANDED_BYTES", 2_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    with pytest.raises(ReadError, match=r"2 packed parts of 3000004 bytes, more than the 10000 and 2000000"):
        read_content(bomb, Path("a.docx"))


def test_a_zip_with_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 20)
    with pytest.raises(ReadError, match="30 packed parts"):
        read_content(packed({f"{number}": b"" for number in range(30)}), Path("a.docx"))


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    content = docx(TEXT * 1000)
    real = len(TEXT.encode()) * 1000
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        size = made.getinfo("word/document.xml").file_size
    assert size > real / 2
    lied = content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(ReadError, match=r"its part word/document\.xml is damaged"):
        read_content(lied, Path("a.docx"))


def test_entities_that_grow_without_end_are_refused() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    document = f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]>{body}<w:t>một&e11;</w:t></w:r></w:p></w:body></w:document>'
    with pytest.raises(ReadError, match="is damaged"):
        read_content(packed({"word/document.xml": document.encode()}), Path("a.docx"))


def test_a_file_of_the_machine_is_not_read_by_way_of_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("bí mật", encoding="utf-8")
    link = (tmp_path / "secret.txt").as_uri()
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    document = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{link}">]>{body}<w:t>một &e;</w:t></w:r></w:p></w:body></w:document>'
    assert "bí mật" not in read_content(packed({"word/document.xml": document.encode()}), Path("a.docx")).text


def test_an_open_document_with_a_password_is_refused() -> None:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"\x8a\x91"}
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(ReadError, match="protected by a password"):
        read_content(packed(parts | {"META-INF/manifest.xml": manifest}), Path("a.odt"))


@pytest.mark.parametrize("depth", [100, 5000])
def test_deeply_nested_content_is_read_or_refused_and_never_overflows(depth: int) -> None:
    controls = (
        f"{'<w:sdt><w:sdtContent>' * depth}<w:p><w:r><w:t>sâu</w:t></w:r></w:p>{'</w:sdtContent></w:sdt>' * depth}"
    )
    page = f"<html>{'<div>' * depth}sâu{'</div>' * depth}</html>".encode()
    for content in (docx_of(controls), page):
        if depth == 100:
            assert read_content(content, Path("a")).text == "sâu"
        else:
            with pytest.raises(ReadError, match="is damaged"):
                read_content(content, Path("a"))


@pytest.mark.parametrize("name", [unicodedata.normalize("NFD", "Kế hoạch số 5.docx"), "  a  b .docx", "ủy\u200b.docx"])
def test_names_in_loose_letters_or_with_blanks_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(docx(TEXT))
    assert read(tmp_path / name).text.startswith("KẾ HOẠCH")


def test_a_folder_with_good_and_bad_files_is_indexed_and_each_failure_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    folder = tmp_path / "in"
    folder.mkdir()
    good = {
        "a.docx": docx(TEXT),
        "b.odt": odt(TEXT + " Hai."),
        "c.rtf": rtf(TEXT + " Ba."),
        "d.html": html(TEXT + " Bốn."),
    }
    bad = {
        "e.docx": b"PK\x03\x04",
        "f.xlsx": xlsx(""),
        "g.doc": OLE,
        "h.rtf": b"{\\rtf1",
        "i.txt": b"\x00",
        "k.html": b"",
    }
    for name, content in (good | bad).items():
        (folder / name).write_bytes(content)
    report = build([folder], tmp_path / "index")
    assert [failure.file for failure in report.failures] == sorted(bad)
    assert all("\n" not in failure.reason and failure.reason.startswith(failure.file) for failure in report.failures)
    assert report.documents == len(good)
