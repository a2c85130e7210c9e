"""Folders of files to generations of an index."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import indexer.build
from indexer.build import BuildReport, build
from indexer.errors import BadInput, IndexProblem, ModelProblem, NothingToIndex, ToolMissing
from indexer.passages import PassageSettings
from indexer.read import read
from indexer.read.limits import Limits
from indexer.store import Catalog, file_sha256, live_generation, read_manifest, verify
from indexer.types import Document, RawText
from indexer.understand import understand
from tests.conftest import CORPUS

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH BẮC KẠN

Số: {number}/KH-LĐLĐ

Bắc Kạn, ngày 04 tháng 3 năm 2024

KẾ HOẠCH
Tổ chức Tháng Công nhân

1. Công đoàn ngành báo cáo Liên đoàn Lao động tỉnh trước ngày 20/6/2024.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Hà Văn Mẫu
"""


@dataclass
class CountingEmbedder:
    """Remembers the texts that it was given; rows depend on the text alone."""

    name: str = "counting-1"
    texts: list[str] = field(default_factory=list)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 4), dtype=np.float32)
        rows[np.arange(len(texts)), [len(text) % 4 for text in texts]] = 1
        return rows


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> CountingEmbedder:
    counting = CountingEmbedder()
    monkeypatch.setattr(indexer.build, "open_embedder", lambda model=None: counting)
    return counting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "văn bản"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"kh-{number}.txt").write_text(PLAN.format(number=number), encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, embedder: CountingEmbedder) -> Path:
    return tmp_path / "index"


def files_of(index: Path) -> list[str]:
    return [document.file for document in documents_of(index)]


def documents_of(index: Path) -> list[Document]:
    catalog = Catalog(live_generation(index) / "catalog.sqlite")
    try:
        return list(catalog.documents())
    finally:
        catalog.close()


def bytes_of(index: Path) -> dict[str, bytes]:
    generation = live_generation(index)
    return {path.name: path.read_bytes() for path in generation.iterdir()}


def reasons(report: BuildReport) -> dict[str, str]:
    return {failure.file: failure.reason for failure in report.failures}


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    assert build([CORPUS], first).generation == build([CORPUS], second).generation
    assert bytes_of(first) == bytes_of(second)
    assert (first / "CURRENT").read_bytes() == (second / "CURRENT").read_bytes()


def test_an_index_brought_up_to_date_equals_one_built_anew(index: Path, folder: Path, tmp_path: Path) -> None:
    build([folder], index)
    (folder / "kh-1.txt").unlink()
    (folder / "kh-2.txt").write_text(PLAN.format(number=22), encoding="utf-8")
    (folder / "kh-0.txt").write_text(PLAN.format(number=40), encoding="utf-8")
    build([folder], index)
    build([folder], tmp_path / "new")
    assert bytes_of(index) == bytes_of(tmp_path / "new")


def test_a_second_build_of_the_same_files_reads_nothing(index: Path, folder: Path, embedder: CountingEmbedder) -> None:
    first = build([folder], index)
    embedder.texts.clear()
    second = build([folder], index)
    assert (first.read, first.reused, first.changed) == (3, 0, True)
    assert (second.read, second.reused, second.changed) == (0, 3, False)
    assert embedder.texts == []
    assert second.generation == first.generation


def test_only_a_changed_file_is_embedded_again(index: Path, folder: Path, embedder: CountingEmbedder) -> None:
    build([folder], index)
    embedder.texts.clear()
    (folder / "kh-2.txt").write_text(PLAN.format(number=99), encoding="utf-8")
    report = build([folder], index)
    assert (report.read, report.reused, report.removed) == (1, 2, 0)
    assert embedder.texts
    assert all("99/KH-LĐLĐ" in text for text in embedder.texts)


def test_a_file_that_is_gone_leaves_the_index(index: Path, folder: Path) -> None:
    build([folder], index)
    (folder / "kh-1.txt").unlink()
    report = build([folder], index)
    assert (report.removed, report.reused) == (1, 2)
    assert files_of(index) == ["kh-2.txt", "kh-3.txt"]


def test_a_renamed_file_is_known_by_its_new_name_alone(index: Path, folder: Path) -> None:
    build([folder], index)
    (folder / "kh-1.txt").rename(folder / "a.txt")
    assert build([folder], index).removed == 1
    assert files_of(index) == ["a.txt", "kh-2.txt", "kh-3.txt"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n\t ", "empty"),
        ("\u200b\ufeff".encode(), "empty"),
        (b"\x00\x01\x02binary\xff", "not"),
        (b"ab\x00cd", "control bytes"),
        (b"\xff\xfe\x00", "utf-16"),
        ("số".encode("cp1258", "replace") + b"\xf0", "UTF-8"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Office file"),
    ],
)
def test_an_unreadable_file_is_named_with_its_reason_and_stops_nothing(
    index: Path, folder: Path, content: bytes, reason: str
) -> None:
    (folder / "kh-2.txt").write_bytes(content)
    report = build([folder], index)
    assert list(reasons(report)) == ["kh-2.txt"]
    assert reason in reasons(report)["kh-2.txt"]
    assert files_of(index) == ["kh-1.txt", "kh-3.txt"]


def test_a_failure_is_kept_and_tried_again_only_when_the_file_changes(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "kh-2.txt").write_bytes(b"")
    first = build([folder], index)
    with monkeypatch.context() as patch:
        patch.setattr("indexer.read.worker.read", lambda path: pytest.fail(f"{path} was read again"))
        second = build([folder], index)
    assert second.failures == first.failures
    assert second.reused == 3
    (folder / "kh-2.txt").write_text(PLAN.format(number=2), encoding="utf-8")
    assert build([folder], index).failures == ()


def test_a_file_that_lacked_a_program_is_tried_again_with_the_next_build(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(path: Path) -> RawText:
        if path.name == "kh-2.txt":
            raise ToolMissing("a scan can't be read: Tesseract is not installed. Install it.")
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr("indexer.read.worker.read", lacking)
        assert "Tesseract" in reasons(build([folder], index))["kh-2.txt"]
    report = build([folder], index)
    assert (report.read, report.failures) == (1, ())
    assert "kh-2.txt" in files_of(index)


def test_other_limits_give_a_failed_file_another_chance(index: Path, folder: Path) -> None:
    (folder / "kh-2.txt").write_text(PLAN.format(number=2) + " " * 1_100_000, encoding="utf-8")
    assert "more than the 1 MB" in reasons(build([folder], index, limits=Limits(megabytes=1)))["kh-2.txt"]
    assert build([folder], index, limits=Limits(megabytes=1)).read == 0
    assert build([folder], index, limits=Limits(megabytes=2)).failures == ()


def test_a_file_that_brings_out_a_defect_of_ours_costs_no_other_file(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(raw: object, file: str, sha256: str) -> object:
        if file == "kh-2.txt":
            raise ValueError("a span needs 0 <= start < end")
        return understand(raw, file, sha256)  # type: ignore[arg-type]

    monkeypatch.setattr(indexer.build, "understand", broken)
    report = build([folder], index)
    assert "could not be understood (ValueError" in reasons(report)["kh-2.txt"]
    assert files_of(index) == ["kh-1.txt", "kh-3.txt"]


def test_a_broken_model_stops_the_build(index: Path, folder: Path, embedder: CountingEmbedder) -> None:
    def fails(texts: Sequence[str]) -> NDArray[np.float32]:
        raise ModelProblem("vectors have the wrong length")

    embedder.embed_passages = fails  # type: ignore[method-assign]
    with pytest.raises(ModelProblem):
        build([folder], index)
    assert not (index / "CURRENT").exists()


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-16"),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    ],
    ids=["UTF-16", "byte order mark", "CRLF", "loose marks", "UTF-16 big endian"],
)
def test_every_encoding_of_a_document_is_understood_alike(index: Path, folder: Path, encode: object) -> None:
    build([folder], index)
    before = documents_of(index)[1]
    (folder / "kh-2.txt").write_bytes(encode(PLAN.format(number=2)))  # type: ignore[operator]
    build([folder], index)
    after = documents_of(index)[1]
    assert (after.text, after.form, after.sections) == (before.text, before.form, before.sections)


def test_names_are_composed_relative_and_may_hold_blanks(index: Path, folder: Path) -> None:
    below = folder / unicodedata.normalize("NFD", "kế hoạch") / "năm 2024"
    below.mkdir(parents=True)
    (below / unicodedata.normalize("NFD", "số 7 gửi.txt")).write_text(PLAN.format(number=7), encoding="utf-8")
    build([folder], index)
    assert "kế hoạch/năm 2024/số 7 gửi.txt" in files_of(index)


def test_two_files_whose_names_differ_only_in_composition_do_not_collide(index: Path, folder: Path) -> None:
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "gửi.txt")).write_text(PLAN.format(number=8), encoding="utf-8")
    if len(list(folder.iterdir())) != 5:
        pytest.skip("this file system keeps one of the two names only")
    report = build([folder], index)
    assert "two files have this name" in reasons(report)["gửi.txt"]
    assert files_of(index).count("gửi.txt") == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_reported_and_not_followed(index: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(PLAN.format(number=66), encoding="utf-8")
    (tmp_path / "other").mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "nowhere.txt").symlink_to(folder / "not-there.txt")
    (folder / "other").symlink_to(tmp_path / "other", target_is_directory=True)
    report = build([folder], index)
    assert sorted(reasons(report)) == ["nowhere.txt", "other", "out.txt"]
    assert all("not followed" in reason for reason in reasons(report).values())
    assert "66/KH-LĐLĐ" not in [document.form.number for document in documents_of(index)]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_within_the_folder_is_read(index: Path, folder: Path) -> None:
    (folder / "again.txt").symlink_to(folder / "kh-1.txt")
    assert build([folder], index).failures == ()
    assert "again.txt" in files_of(index)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_forbidden_file_is_reported(index: Path, folder: Path) -> None:
    (folder / "kh-2.txt").chmod(0)
    assert "can't be opened" in reasons(build([folder], index))["kh-2.txt"]


def test_a_file_that_goes_away_while_it_is_read_is_reported(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanishing(path: Path) -> str:
        if path.name == "kh-2.txt":
            raise FileNotFoundError(2, "No such file or directory")
        return file_sha256(path)

    monkeypatch.setattr(indexer.build, "file_sha256", vanishing)
    assert "can't be opened" in reasons(build([folder], index))["kh-2.txt"]


def test_hidden_files_and_notes_for_people_are_left_out(index: Path, folder: Path) -> None:
    for name in (".hidden.txt", "~$kh-1.txt", "README.md", ".git/config.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(PLAN.format(number=5), encoding="utf-8")
    assert build([folder], index).failures == ()
    assert files_of(index) == ["kh-1.txt", "kh-2.txt", "kh-3.txt"]


def test_an_index_within_the_folder_is_not_indexed(folder: Path, embedder: CountingEmbedder) -> None:
    index = folder / "index"
    first = build([folder], index)
    second = build([folder], index)
    assert first.failures == second.failures == ()
    assert second.read == 0


def test_files_of_several_folders_begin_with_the_folder(index: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "đảng ủy"
    other.mkdir()
    (other / "kh-1.txt").write_text(PLAN.format(number=4), encoding="utf-8")
    build([folder, other], index)
    assert files_of(index) == sorted([*(f"văn bản/kh-{n}.txt" for n in (1, 2, 3)), "đảng ủy/kh-1.txt"])


def test_a_folder_named_twice_is_indexed_once(index: Path, folder: Path) -> None:
    assert build([folder, folder / "." / ""], index).documents == 3


def test_two_folders_of_one_name_are_refused(index: Path, folder: Path, tmp_path: Path) -> None:
    twin = tmp_path / "khác" / folder.name
    twin.mkdir(parents=True)
    with pytest.raises(BadInput, match=r"văn bản: two of the folders have this name.*Rename one"):
        build([folder, twin], index)


def test_a_single_file_can_be_indexed(index: Path, folder: Path) -> None:
    build([folder / "kh-3.txt"], index)
    assert files_of(index) == ["kh-3.txt"]


def test_a_missing_folder_is_refused_by_its_name(index: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nirgends: there is no such folder. Name a folder"):
        build([tmp_path / "nirgends"], index)


def test_an_empty_folder_gives_no_index_and_says_so(index: Path, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    with pytest.raises(NothingToIndex, match=r"leer: there is no document.*Put"):
        build([tmp_path / "leer"], index)
    assert not (index / "CURRENT").exists()


def test_a_folder_of_unreadable_files_says_why(index: Path, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "leer" / "a.txt").write_bytes(b"")
    with pytest.raises(NothingToIndex, match=r"none of the 1 files could be read. a.txt: the file is empty"):
        build([tmp_path / "leer"], index)


def test_an_emptied_folder_leaves_the_old_index_live(index: Path, folder: Path) -> None:
    build([folder], index)
    before = bytes_of(index)
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(NothingToIndex):
        build([folder], index)
    assert bytes_of(index) == before


@pytest.mark.parametrize("number", ["x" * 50_000, "- \n" * 20_000, "1. a\n" * 20_000])
def test_odd_texts_are_indexed_without_failure(index: Path, folder: Path, number: str) -> None:
    (folder / "odd.txt").write_text(number, encoding="utf-8")
    report = build([folder], index)
    assert set(reasons(report)) <= {"odd.txt"}
    assert "could not be understood" not in reasons(report).get("odd.txt", "")
    assert len(files_of(index)) >= 3


def test_another_model_builds_everything_anew(index: Path, folder: Path, embedder: CountingEmbedder) -> None:
    build([folder], index)
    embedder.name = "counting-2"
    report = build([folder], index)
    assert (report.read, report.reused) == (3, 0)
    assert read_manifest(live_generation(index)).embedder == "counting-2"


@pytest.mark.parametrize("constant", ["ANALYZER_VERSION", "UNDERSTANDING_VERSION"])
def test_another_way_of_understanding_builds_everything_anew(
    index: Path, folder: Path, constant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder], index)
    monkeypatch.setattr(indexer.build, constant, "another")
    assert build([folder], index).read == 3


def test_another_size_of_passages_builds_everything_anew(index: Path, folder: Path) -> None:
    build([folder], index)
    assert build([folder], index, settings=PassageSettings(target_chars=200, max_chars=400)).read == 3


def test_a_damaged_index_is_built_anew(index: Path, folder: Path) -> None:
    first = build([folder], index)
    before = bytes_of(index)
    (live_generation(index) / "vectors.numbers.npy").write_bytes(b"damaged")
    report = build([folder], index)
    assert (report.read, report.generation) == (3, first.generation)
    assert bytes_of(index) == before


def test_a_crash_before_the_index_is_live_leaves_the_old_one(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder], index)
    before = bytes_of(index)
    (folder / "kh-1.txt").unlink()
    for step in ("_sealed", "_name_current"):
        with monkeypatch.context() as patch:
            patch.setattr(f"indexer.store.{step}", lambda *arguments: (_ for _ in ()).throw(RuntimeError("crash")))
            with pytest.raises(RuntimeError, match="crash"):
                build([folder], index)
        assert bytes_of(index) == before
        assert verify(live_generation(index)).documents == 3
    assert build([folder], index).documents == 2
    left = [path.name for path in (index / "generations").iterdir() if path.name.startswith(".")]
    assert left == []


def test_a_full_disk_is_told_in_one_sentence(index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(indexer.build, "write_catalog", full)
    with pytest.raises(IndexProblem, match=r"index: the index can't be written \(No space left on device\)"):
        build([folder], index)
    assert not (index / "CURRENT").exists()


def test_an_index_path_that_is_a_file_is_told_in_one_sentence(folder: Path, embedder: CountingEmbedder) -> None:
    with pytest.raises(IndexProblem, match=r"kh-1.txt: the index can't be written"):
        build([folder], folder / "kh-1.txt")


def test_progress_names_every_file_in_order(index: Path, folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    build([folder], index, progress=lambda done, total, file: seen.append((done, total, file)))
    assert seen == [(n, 3, f"kh-{n + 1}.txt") for n in range(3)]
