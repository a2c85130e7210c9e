"""The folder of documents: nothing that comes in overwrites anything, nothing that goes out is lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from indexer.build import build
from indexer.errors import BadInput, ReadError
from office.folder import Arrival, digests, original, put_back, remove, removed, safe_name, same_content, take_in

NOW = datetime(2026, 11, 20, 9, 30)


def test_a_file_that_comes_in_lies_in_the_folder_under_its_own_name(tmp_path: Path) -> None:
    arrived = take_in(tmp_path / "new", "Kế hoạch 5.docx", b"a")
    assert (arrived.file, arrived.arrival) == ("Kế hoạch 5.docx", Arrival.NEW)
    assert (tmp_path / "new" / "Kế hoạch 5.docx").read_bytes() == b"a"


def test_another_file_of_the_same_name_overwrites_nothing(tmp_path: Path) -> None:
    take_in(tmp_path, "a.txt", b"first")
    again = take_in(tmp_path, "a.txt", b"second")
    assert (again.file, again.arrival) == ("a (2).txt", Arrival.RENAMED)
    assert [(tmp_path / name).read_bytes() for name in ("a.txt", "a (2).txt")] == [b"first", b"second"]


def test_the_same_content_is_not_put_in_twice(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_bytes(b"same")
    again = take_in(tmp_path, "b.txt", b"same")
    assert (again.file, again.arrival) == ("2024/a.txt", Arrival.SAME)
    assert not (tmp_path / "b.txt").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\Báo cáo.docx", "Báo cáo.docx"),
        (".hidden.txt", "hidden.txt"),
        ("~$Kế hoạch.docx", "Kế hoạch.docx"),
        ('a<b>:"|?*.txt', "a b.txt"),
        ("dòng\nmới.txt", "dòng mới.txt"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_can_not_lead_out_of_the_folder_or_hide(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["", "...", "/", "?.*"])
def test_a_name_without_letters_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        safe_name(name)


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReadError, match="can't be written"):
        take_in(tmp_path / "file", "a.txt", b"a")


def test_what_is_taken_out_can_be_put_back(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_bytes(b"a")
    remove(tmp_path, "2024/a.txt", NOW)
    assert digests(tmp_path) == {}
    [gone] = removed(tmp_path)
    assert (gone.file, gone.at) == ("2024/a.txt", NOW)
    assert put_back(tmp_path, gone) == "2024/a.txt"
    assert (tmp_path / "2024" / "a.txt").read_bytes() == b"a"
    assert removed(tmp_path) == []


def test_what_is_put_back_overwrites_nothing(tmp_path: Path) -> None:
    take_in(tmp_path, "a.txt", b"first")
    remove(tmp_path, "a.txt", NOW)
    take_in(tmp_path, "a.txt", b"second")
    assert put_back(tmp_path, removed(tmp_path)[0]) == "a (2).txt"


@pytest.mark.parametrize("file", ["b.txt", "../outside.txt", ""])
def test_only_what_lies_in_the_folder_is_taken_out(tmp_path: Path, file: str) -> None:
    (tmp_path / "outside.txt").write_text("x")
    (tmp_path / "in").mkdir()
    with pytest.raises(BadInput):
        remove(tmp_path / "in", file, NOW)
    assert (tmp_path / "outside.txt").exists()


def test_the_original_is_given_only_as_it_was_read_and_from_within(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    take_in(corpus, "a.txt", b"a")
    sha256 = digests(corpus)["a.txt"]
    assert original(corpus, "a.txt", sha256) == (corpus / "a.txt").resolve()
    (tmp_path / "secret.txt").write_bytes(b"a")
    assert original(corpus, "../secret.txt", sha256) is None
    (corpus / "a.txt").write_bytes(b"changed")
    assert original(corpus, "a.txt", sha256) is None


def test_the_folder_lists_what_the_indexer_reads(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    text = "LIÊN ĐOÀN LAO ĐỘNG\n\nSố: 1/CV-LĐLĐ\n\nKính gửi các đơn vị: đề nghị nộp báo cáo."
    for file in ("a.txt", "b/c.txt", "README.md", ".hidden/x.txt", "~$a.txt", ".da-bo-ra/y.txt", "b/empty.txt"):
        (corpus / file).parent.mkdir(parents=True, exist_ok=True)
        (corpus / file).write_text("" if "empty" in file else text + file, encoding="utf-8")
    report = build([corpus], tmp_path / "index")
    assert sorted(digests(corpus)) == ["a.txt", "b/c.txt", "b/empty.txt"]
    assert (report.read, len(report.failures)) == (3, 1)


def test_files_of_the_same_content_are_found() -> None:
    assert same_content({"a": "1", "b": "2", "c": "1"}) == [("a", "c")]
