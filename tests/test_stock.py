"""What became of each file, copies of one document, and the check of an index."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from indexer.types import Document, Failure, Form
from search.stock import FileState, check, same_document, stock

DAY = date(2024, 5, 2)


def document(file: str, sha256: str = "1", number: str | None = None, issuer: str | None = None) -> Document:
    return Document(f"id-{file}", file, sha256, "Văn bản", Form(number=number, issuer=issuer, issued_on=DAY))


def test_every_file_has_one_state_and_what_needs_attention_comes_first() -> None:
    found = stock(
        [document("read.txt"), document("changed.txt"), document("gone.txt")],
        [Failure("failed.txt", "7", "failed.txt: the file is empty."), Failure("link.txt", "", "link.txt: a link")],
        {"read.txt": "1", "changed.txt": "2", "failed.txt": "7", "new.txt": "9"},
    )
    assert [(one.file, one.state) for one in found] == [
        ("failed.txt", FileState.FAILED),
        ("link.txt", FileState.FAILED),
        ("new.txt", FileState.WAITING),
        ("changed.txt", FileState.CHANGED),
        ("gone.txt", FileState.GONE),
        ("read.txt", FileState.READ),
    ]
    assert found[0].reason == "failed.txt: the file is empty."


def test_a_file_that_failed_and_was_mended_since_is_changed_and_not_failed() -> None:
    [one] = stock([], [Failure("a.txt", "7", "empty")], {"a.txt": "8"})
    assert (one.state, one.reason) == (FileState.CHANGED, None)


def test_copies_of_one_document_are_found_by_number_issuer_and_day() -> None:
    first, copy = document("a.txt", "1", "10-KH/TU", "Tỉnh ủy"), document("b.txt", "2", "10 - KH/TU", "Tỉnh ủy")
    other = document("c.txt", "3", "10-KH/TU", "Tỉnh ủy Sơn Hà")
    within_one_file = document("d.txt", "4", "11-KH/TU"), document("d.txt", "4", "11-KH/TU")
    assert same_document([first, other, copy, *within_one_file]) == [(first, copy)]


def test_a_sound_index_passes_the_check_and_a_damaged_one_names_the_file(corpus_index: Path, tmp_path: Path) -> None:
    assert check(corpus_index) is None
    shutil.copytree(corpus_index, tmp_path / "index")
    catalog = next((tmp_path / "index" / "generations").glob("*/catalog.sqlite"))
    catalog.write_bytes(catalog.read_bytes()[:-1] + b"x")
    assert "catalog.sqlite" in (check(tmp_path / "index") or "")
    assert check(tmp_path / "none") is not None
