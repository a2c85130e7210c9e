"""The index directory: what is live, what is sound, who may write."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged, IndexFormat, IndexLocked, IndexMissing
from indexer.lock import writing
from indexer.store import (
    FORMAT_VERSION,
    Catalog,
    IndexedPassage,
    Manifest,
    check_sizes,
    live_generation,
    new_generation,
    publish,
    read_manifest,
    verify,
    write_catalog,
)
from indexer.types import Document, Failure, Form, Passage, Reference, Relation, Span

MANIFEST = Manifest(
    FORMAT_VERSION, "1", "1", "1", "model", 4, {"target_chars": 900}, {"pages": 5000}, ("corpus",), 1, 1
)


def document(number: str | None, position: int = 0, **fields: object) -> Document:
    form = Form(number=number, kind="kế hoạch", issuer="Tỉnh ủy Cao Bằng")
    name = f"{position}.txt"
    return replace(Document(f"id{position}", name, "0" * 64, "Văn bản mẫu.", form), **fields)  # type: ignore[arg-type]


def published(index: Path, number: str) -> Path:
    """A generation with one document."""
    with writing(index), new_generation(index) as staging:
        passage = IndexedPassage(Passage("id0-0", "id0", Span(0, 7), ("I. Mục",)), "văn_bản")
        failures = [Failure("b.txt", "1" * 64, "b.txt: the file is empty.")]
        write_catalog(staging / "catalog.sqlite", [document(number)], [(0, passage)], failures)
        return publish(index, staging, MANIFEST)


def number_in(catalog: Catalog) -> str | None:
    return catalog.document(0).form.number


def test_a_published_generation_is_live_and_sound(tmp_path: Path) -> None:
    generation = published(tmp_path, "12-KH/TU")
    assert live_generation(tmp_path) == generation
    assert verify(generation).files["catalog.sqlite"][0] == (generation / "catalog.sqlite").stat().st_size
    check_sizes(generation, read_manifest(generation))


def test_the_same_content_keeps_the_generation_and_its_files(tmp_path: Path) -> None:
    generation = published(tmp_path, "12-KH/TU")
    before = (generation / "catalog.sqlite").stat()
    assert published(tmp_path, "12-KH/TU") == generation
    after = (generation / "catalog.sqlite").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_reader_keeps_its_generation_while_a_new_one_is_published(tmp_path: Path) -> None:
    reader = Catalog(published(tmp_path, "12-KH/TU") / "catalog.sqlite")
    published(tmp_path, "13-KH/TU")
    assert number_in(reader) == "12-KH/TU"
    assert [passage.passage.span for _, passage in reader.indexed_passages()] == [Span(0, 7)]
    reader.close()
    assert number_in(Catalog(live_generation(tmp_path) / "catalog.sqlite")) == "13-KH/TU"


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    generations = [published(tmp_path, f"{n}-KH/TU") for n in range(4)]
    assert [generation.exists() for generation in generations] == [False, False, True, True]


def test_what_a_crash_left_behind_goes_and_costs_no_kept_generation(tmp_path: Path) -> None:
    first = published(tmp_path, "1-KH/TU")
    (tmp_path / "generations" / ".new-1").mkdir()
    (tmp_path / "generations" / ".gone-1").mkdir()
    second = published(tmp_path, "2-KH/TU")
    assert sorted(path for path in (tmp_path / "generations").iterdir()) == sorted([first, second])


def test_going_back_to_an_older_content_makes_it_live_again(tmp_path: Path) -> None:
    first, second = published(tmp_path, "1-KH/TU"), published(tmp_path, "2-KH/TU")
    assert published(tmp_path, "1-KH/TU") == first == live_generation(tmp_path)
    assert second.exists()


def fail_half_way(staging: Path) -> None:
    (staging / "catalog.sqlite").write_bytes(b"half")
    raise ValueError("half")


def test_a_generation_that_fails_to_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half"), new_generation(tmp_path) as staging:
        fail_half_way(staging)
    assert list((tmp_path / "generations").iterdir()) == []


def test_the_manifest_is_written_after_every_other_file(tmp_path: Path) -> None:
    generation = published(tmp_path, "1-KH/TU")
    manifest = (generation / "manifest.json").stat().st_mtime_ns
    assert all(path.stat().st_mtime_ns <= manifest for path in generation.iterdir())


def test_everything_is_made_durable_before_current_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = os.replace

    def noted(source: Path, target: Path) -> None:
        order.append("current")
        real(source, target)

    monkeypatch.setattr("indexer.store._sync", lambda path: order.append(path.resolve().name))
    monkeypatch.setattr("os.replace", noted)
    with new_generation(tmp_path) as staging:
        (staging / "a.bin").write_bytes(b"1")
        generation = publish(tmp_path, staging, MANIFEST)
    assert order == ["a.bin", "manifest.json", staging.name, "generations", "CURRENT.new", "current", tmp_path.name]
    assert generation.is_dir()


def cut(generation: Path) -> None:
    path = generation / "catalog.sqlite"
    path.write_bytes(path.read_bytes()[:-1])


def flip(generation: Path) -> None:
    path = generation / "catalog.sqlite"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def lose(generation: Path) -> None:
    (generation / "catalog.sqlite").unlink()


@pytest.mark.parametrize(
    ("harm", "words"), [(cut, "bytes, the manifest says"), (flip, "sha256"), (lose, "the file is missing")]
)
def test_a_damaged_file_is_found_and_named(tmp_path: Path, harm: Callable[[Path], None], words: str) -> None:
    generation = published(tmp_path, "1-KH/TU")
    harm(generation)
    with pytest.raises(IndexDamaged, match=rf"catalog\.sqlite.*{words}.*Rebuild the index"):
        verify(generation)


@pytest.mark.parametrize("harm", [cut, lose])
def test_a_file_of_another_size_is_found_when_the_index_is_opened(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    generation = published(tmp_path, "1-KH/TU")
    harm(generation)
    with pytest.raises(IndexDamaged, match=r"catalog\.sqlite"):
        check_sizes(generation, read_manifest(generation))


def test_a_changed_byte_of_a_catalog_header_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = published(tmp_path, "1-KH/TU") / "catalog.sqlite"
    path.write_bytes(b"X" + path.read_bytes()[1:])
    with pytest.raises(IndexDamaged, match="the catalog can't be read"):
        Catalog(path)


def test_a_missing_catalog_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        Catalog(tmp_path / "catalog.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_an_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"there is no index here. Build one: python -m indexer build"):
        live_generation(tmp_path)


@pytest.mark.parametrize("content", [b"", b"0123456789abcdef\n", b"../..\n", b".\n", b"\xff\xfe", b"a/b"])
def test_a_current_that_names_nothing_is_damage(tmp_path: Path, content: bytes) -> None:
    published(tmp_path, "1-KH/TU")
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"CURRENT.*Rebuild"):
        live_generation(tmp_path)


def test_another_format_says_both_versions_and_what_to_do(tmp_path: Path) -> None:
    generation = published(tmp_path, "1-KH/TU")
    path = generation / "manifest.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f'"format": {FORMAT_VERSION}', '"format": 7'), encoding="utf-8"
    )
    with pytest.raises(IndexFormat, match=rf"format 7, this program reads {FORMAT_VERSION}. Rebuild it: python -m"):
        verify(generation)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": %d}' % FORMAT_VERSION, b"\xff"])
def test_a_broken_manifest_is_damage(tmp_path: Path, content: bytes) -> None:
    generation = published(tmp_path, "1-KH/TU")
    (generation / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"manifest\.json: can't be read"):
        read_manifest(generation)


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.lock._LOCK_SECONDS", 0.05)
    holding = f"process {os.getpid()} is building this index. Wait"
    with writing(tmp_path), pytest.raises(IndexLocked, match=holding), writing(tmp_path):
        pytest.fail("two writers at once")


def test_a_writer_that_failed_leaves_the_index_free(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writing(tmp_path):
        raise RuntimeError
    with writing(tmp_path):
        assert (tmp_path / ".lock-holder").is_file()
    assert not (tmp_path / ".lock-holder").exists()


def test_a_folder_with_odd_characters_in_its_name_holds_an_index(tmp_path: Path) -> None:
    generation = published(tmp_path / "chỉ mục #1 100%?", "5-KH/TU")
    catalog = Catalog(generation / "catalog.sqlite")
    assert number_in(catalog) == "5-KH/TU"
    catalog.close()


def test_the_catalog_gives_back_what_was_written(tmp_path: Path) -> None:
    reference = Reference("31-CT/TW", Relation.CARRIES_OUT, Span(0, 3))
    letter = document("05-CV/TU", 0, references=(reference,), abbreviations=(("TU", "Tỉnh ủy"),))
    enclosed = document(None, 1, enclosed_in="id0")
    passages = [IndexedPassage(Passage(f"id{n}-0", f"id{n}", Span(0, 3), ("I",)), "văn") for n in range(2)]
    failure = Failure("hỏng.txt", "2" * 64, "hỏng.txt: the file is empty.")
    write_catalog(tmp_path / "c.sqlite", [letter, enclosed], [(0, passages[0]), (1, passages[1])], [failure])
    catalog = Catalog(tmp_path / "c.sqlite")
    assert list(catalog.documents()) == [letter, enclosed]
    assert catalog.find_document("id1") == enclosed
    assert catalog.find_document("nope") is None
    assert catalog.documents_numbered("5 - CV/TU") == (0,)
    assert catalog.documents_citing("31/CT-TW") == (0,)
    assert catalog.unnumbered_enclosures(0) == (1,)
    assert catalog.number_keys() == ("31-CT-TW", "5-CV-TU")
    assert catalog.numbered() == [(0, "kế hoạch", "5-CV-TU")]
    assert catalog.abbreviations() == [("TU", "Tỉnh ủy")]
    assert catalog.owners() == [0, 1]
    assert catalog.passage(1) == (passages[1].passage, enclosed)
    assert [passage for _, passage in catalog.indexed_passages()] == passages
    assert catalog.failures() == (failure,)
    catalog.close()


def test_a_catalog_can_not_be_written_through_a_reader(tmp_path: Path) -> None:
    catalog = Catalog(published(tmp_path, "1-KH/TU") / "catalog.sqlite")
    with pytest.raises(sqlite3.OperationalError):
        catalog._rows("DELETE FROM documents")
    catalog.close()
