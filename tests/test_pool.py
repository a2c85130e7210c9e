"""Files read in processes of their own: order, limits, and ends that cost no other file."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

import psutil
import pytest
from PIL import Image

from eval.pages import as_scanned_pdf
from indexer.read.limits import Limits
from indexer.read.pool import read_all
from tests.test_ocr import scan
from tests.test_read_pdf import PLAN


def texts(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(f"Nội dung của {name}.", encoding="utf-8")
    return [folder / name for name in names]


def pdfs(folder: Path, *names: str) -> list[Path]:
    return [Path(shutil.copy(PLAN, folder / name)) for name in names]


Children = Callable[[], list[psutil.Process]]


@pytest.fixture
def children() -> Children:
    """The processes that the test has started; a browser of other tests may be running beside them."""
    others = {process.pid for process in psutil.Process().children(recursive=True)}
    return lambda: [one for one in psutil.Process().children(recursive=True) if one.pid not in others]


def gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=5)[1]


def test_outcomes_come_in_order_whoever_is_done_first(tmp_path: Path) -> None:
    paths = [*pdfs(tmp_path, "a.pdf"), *texts(tmp_path, "b.txt", "c.txt"), *pdfs(tmp_path, "d.pdf")]
    found = [one.raw for one in read_all(paths, Limits(), jobs=2)]
    assert [raw.format if raw else None for raw in found] == ["pdf", "txt", "txt", "pdf"]
    assert found[0] == found[3]


def test_small_texts_start_no_process(tmp_path: Path, children: Children) -> None:
    outcomes = read_all(texts(tmp_path, "a.txt", "b.txt"), Limits(), jobs=2)
    assert next(outcomes).raw is not None
    assert children() == []


def test_one_worker_reads_many_files_and_is_ended_with_the_last(tmp_path: Path, children: Children) -> None:
    outcomes = read_all(pdfs(tmp_path, "a.pdf", "b.pdf", "c.pdf"), Limits(), jobs=1)
    next(outcomes)
    workers = children()
    assert len(workers) == 1
    assert all(one.raw for one in outcomes)
    assert gone(workers)


def test_a_file_that_takes_too_long_is_ended_with_the_programs_it_started(tmp_path: Path, children: Children) -> None:
    (tmp_path / "slow.pdf").write_bytes(as_scanned_pdf([scan()] * 20))
    started = monotonic()
    paths = [tmp_path / "slow.pdf", *pdfs(tmp_path, "b.pdf")]
    slow, after = read_all(paths, Limits(seconds=2), jobs=1)
    assert monotonic() - started < 20
    assert slow.reason.startswith("slow.pdf: not read within 2 s. Split the file, or allow more")
    assert after.raw is not None
    assert gone(children())


@pytest.mark.skipif(os.name == "nt", reason="signals are a matter of Unix")
def test_a_reader_that_dies_costs_its_file_alone(tmp_path: Path, children: Children) -> None:
    (tmp_path / "a.pdf").write_bytes(as_scanned_pdf([scan()] * 20))
    paths = [tmp_path / "a.pdf", *pdfs(tmp_path, "b.pdf"), *texts(tmp_path, "c.txt")]
    killer = Timer(2, lambda: os.kill(children()[0].pid, signal.SIGKILL))
    killer.start()
    died, *others = read_all(paths, Limits(), jobs=1)
    assert died.reason.startswith("a.pdf: the reader ended without a word (exit code -9)")
    assert all(one.raw for one in others)


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no memory")
def test_a_reader_that_eats_memory_is_refused_more_of_it(tmp_path: Path) -> None:
    Image.new("L", (13_000, 13_000), 255).save(tmp_path / "large.png")
    paths = [tmp_path / "large.png", *pdfs(tmp_path, "b.pdf")]
    large, after = read_all(paths, Limits(memory_megabytes=200), jobs=1)
    assert "200 MB of memory" in large.reason or "ended without a word" in large.reason
    assert after.raw is not None


def test_whoever_stops_asking_leaves_no_process_behind(tmp_path: Path, children: Children) -> None:
    (tmp_path / "slow.pdf").write_bytes(as_scanned_pdf([scan()] * 20))
    outcomes = read_all([*pdfs(tmp_path, "a.pdf"), tmp_path / "slow.pdf"], Limits(), jobs=2)
    next(outcomes)
    sleep(0.5)
    workers = children()
    assert workers
    outcomes.close()
    assert gone(workers)


def test_a_defect_of_a_reader_is_a_reason_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("indexer.read.worker.read", broken)
    [found] = read_all(texts(tmp_path, "a.txt"), Limits(), jobs=1)
    assert found.reason == ("a.txt: could not be read (IndexError: list index out of range). Report it with the file.")
