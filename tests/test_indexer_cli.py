"""python -m indexer: exit codes, one sentence on stderr, data on stdout."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from indexer.__main__ import main
from indexer.store import live_generation
from tests.test_build import PLAN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAN.format(number=1), encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_clean_build_exits_with_0_and_says_what_it_did(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    code, out, err = run(capsys, "build", folder, "--index", tmp_path / "i")
    assert (code, err) == (0, "")
    assert "1 documents, 3 passages; 1 files read, 0 unchanged, 0 gone, 0 not readable" in out
    assert "nothing changed" in run(capsys, "build", folder, "--index", tmp_path / "i")[1]


def test_an_unreadable_file_exits_with_1_but_the_index_is_live(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "b.txt").write_bytes(b"")
    code, _, err = run(capsys, "build", folder, "--index", tmp_path / "i")
    assert code == 1
    assert err == "not read: b.txt: the file is empty. Check it, or take it out of the folder.\n"
    assert run(capsys, "verify", "--index", tmp_path / "i")[0] == 0


def test_unreadable_files_can_be_skipped_and_are_still_named(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "b.txt").write_bytes(b"")
    code, _, err = run(capsys, "build", folder, "--index", tmp_path / "i", "--skip-unreadable")
    assert code == 0
    assert "b.txt" in err


def test_the_json_report_is_json_and_alone_on_stdout(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "hỏng.txt").write_bytes(b"")
    _, out, _ = run(capsys, "build", folder, "--index", tmp_path / "i", "--json")
    report = json.loads(out)
    assert {name: report[name] for name in ("documents", "passages", "read", "reused", "removed", "changed")} == {
        "documents": 1, "passages": 3, "read": 2, "reused": 0, "removed": 0, "changed": True,
    }  # fmt: skip
    assert [failure["file"] for failure in report["failures"]] == ["hỏng.txt"]
    assert report["generation"] == live_generation(tmp_path / "i").name


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("build", "nirgends", "--index", "i"), 2, "nirgends: there is no such folder"),
        (("build", "leer", "--index", "i"), 1, "there is no document"),
        (("build", "docs", "--index", "milvus:a.db"), 2, "milvus:a.db: this version keeps its index in a folder"),
        (("build", "docs", "--index", "milvus://host:19530/n"), 2, "Name a folder"),
        (("build", "docs", "--index", "i", "--model", "nirgends"), 1, "no such folder"),
        (("verify", "--index", "nirgends"), 1, "there is no index here"),
        (("inspect", "nirgends.txt"), 1, "can't be opened"),
        (("inspect", "docs"), 1, "can't be opened"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_an_exit_code(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    (folder.parent / "leer").mkdir()
    monkeypatch.chdir(folder.parent)
    found, out, err = run(capsys, *arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [(), ("build",), ("build", "docs"), ("verify",), ("nonsense",)])
def test_a_wrong_use_exits_with_2(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(list(arguments))
    assert exit_.value.code == 2


def test_verify_says_that_an_index_is_sound(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    run(capsys, "build", folder, "--index", tmp_path / "i")
    code, out, err = run(capsys, "verify", "--index", tmp_path / "i")
    assert (code, err) == (0, "")
    assert "sound, 1 documents, 3 passages" in out


@pytest.mark.parametrize("harm", ["cut", "flip", "lose"])
def test_verify_finds_damage_in_every_file(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, harm: str
) -> None:
    index = tmp_path / "i"
    run(capsys, "build", folder, "--index", index)
    paths = [path for path in live_generation(index).iterdir() if path.name != "manifest.json"]
    assert len(paths) > 3
    for path in paths:
        content = path.read_bytes()
        path.unlink()
        if harm != "lose":
            path.write_bytes(content[:-1] if harm == "cut" else content[:-1] + bytes([content[-1] ^ 1]))
        code, out, err = run(capsys, "verify", "--index", index)
        assert (code, out) == (1, "")
        assert path.name in err
        path.write_bytes(content)


def test_verify_finds_a_current_that_names_nothing(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    run(capsys, "build", folder, "--index", tmp_path / "i")
    (tmp_path / "i" / "CURRENT").write_text("0" * 16, encoding="utf-8")
    code, _, err = run(capsys, "verify", "--index", tmp_path / "i")
    assert code == 1
    assert "CURRENT names generation" in err


def test_inspect_prints_json_with_every_field(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, err = run(capsys, "inspect", folder / "a.txt", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert set(found) == {"file", "format", "pages", "warnings", "changes", "documents"}
    assert found["documents"][0]["number"] == "1/KH-LĐLĐ"


def test_inspect_prints_lines_for_people(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = run(capsys, "inspect", folder / "a.txt")
    assert "1/KH-LĐLĐ" in out
    assert "Hà Văn Mẫu" in out


def test_an_unreadable_file_can_not_be_inspected(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"PK\x03\x04")
    code, out, err = run(capsys, "inspect", tmp_path / "b.txt", "--json")
    assert (code, out) == (1, "")
    assert err == "b.txt: the file is damaged or cut off (File is not a zip file). Ask for it again.\n"


def test_a_locked_index_names_the_writer(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.lock import writing

    monkeypatch.setattr("indexer.lock._LOCK_SECONDS", 0.05)
    with writing(tmp_path / "i"):
        code, _, err = run(capsys, "build", folder, "--index", tmp_path / "i")
    assert code == 1
    assert f"process {os.getpid()} is building this index" in err
