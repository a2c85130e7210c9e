"""Bytes to text."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.read import read
from indexer.read.limits import Limits, within


def written(folder: Path, content: bytes, name: str = "a.txt") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(
    "content",
    [
        "Đảng ủy".encode(),
        b"\xef\xbb\xbf" + "Đảng ủy".encode(),
        "Đảng ủy".encode("utf-16"),
        b"\xfe\xff" + "Đảng ủy".encode("utf-16-be"),
    ],
)
def test_text_is_read_in_each_encoding_without_its_byte_order_mark(tmp_path: Path, content: bytes) -> None:
    assert read(written(tmp_path, content)).text == "Đảng ủy"


@pytest.mark.parametrize(("name", "expected"), [("a.md", "md"), ("a.MD", "md"), ("a.txt", "txt"), ("a", "txt")])
def test_the_suffix_tells_markdown_from_text(tmp_path: Path, name: str, expected: str) -> None:
    assert read(written(tmp_path, b"abc", name)).format == expected


def test_a_form_feed_starts_a_page_at_the_position_behind_it(tmp_path: Path) -> None:
    raw = read(written(tmp_path, "một\fhai\n\fba".encode()))
    assert raw.text == "một\nhai\n\nba"
    assert [raw.text[start:].split()[0] for start in raw.page_starts] == ["một", "hai", "ba"]


def test_a_text_without_form_feeds_knows_no_pages(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"abc\n\ndef")).page_starts == ()


def test_many_pages_are_counted_in_time(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, b"a\f" * 100_000)).page_starts) == 100_001


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"a\.txt: the file is empty\. Check it"),
        (b"\n \t\f\n", "the file is empty"),
        ("\ufeff\u200b…".encode(), "the file is empty"),
        (b"abc\x00", "control bytes"),
        (b"abc\x1b[0m", "control bytes"),
        (b"abc\xff", r"byte 3 \(0xff\) is not utf-8 text\. Save the file as UTF-8 text"),
        (b"\xff\xfea", "is not utf-16-le text"),
        (b"%PDF-1.7", "the PDF is damaged or cut off"),
        (b"PK\x03\x04", "the file is damaged or cut off"),
        (b"{\\rtf1", "its last bracket is missing"),
        (b"\x89PNG\r\n", "the picture is damaged or cut off"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(written(tmp_path, content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path):
        with pytest.raises(ReadError, match=r"can't be opened \(.*\)\. Check that it exists"):
            read(path)


def test_a_file_beyond_all_measure_is_refused_by_its_size(tmp_path: Path) -> None:
    with within(Limits(megabytes=0)), pytest.raises(ReadError, match=r"11 bytes, more than the 0 MB that are read"):
        read(written(tmp_path, b"a" * 11))
