"""What `inspect` shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.inspect import as_text, inspect
from tests.conftest import CORPUS

FIELDS = [
    "number", "kind", "issuer", "superior", "place", "issued_on", "issued_on_source", "summary", "addressee", "signer",
    "recipients", "secrecy", "urgency", "received", "enclosed_in", "missing", "sections", "references", "duties",
    "targets", "abbreviations", "evidence", "notes", "text",
]  # fmt: skip
BUNDLE = CORPUS / "tinh-uy-ninh-thuan_cv-2917_va_kh-71-bkttw.txt"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*-*.*")), ids=lambda path: path.name)
def test_every_sample_has_every_field_and_is_json(path: Path) -> None:
    found = json.loads(json.dumps(inspect(path), ensure_ascii=False))
    assert list(found) == ["file", "format", "pages", "warnings", "changes", "documents"]
    for document in found["documents"]:
        assert list(document) == FIELDS
        for part in (*document["sections"], *document["references"]):
            assert 0 <= part["start"] < part["end"] <= len(document["text"])
        for duty in document["duties"]:
            assert all(quote in document["text"] for quote in duty["quotes"])
        for target in document["targets"]:
            assert target["quote"] in document["text"]
        for one in document["abbreviations"]:
            assert one["short"] in " ".join(document["text"][one["start"] :].split(")")[0].split())


def test_a_bundle_shows_both_documents_and_their_tie() -> None:
    letter, plan = inspect(BUNDLE)["documents"]
    assert (letter["number"], letter["enclosed_in"]) == ("2917-CV/TU", None)
    assert (plan["number"], plan["enclosed_in"]) == ("71-KH/BKTTW", "2917-CV/TU")
    assert plan["signer"] == {"name": "Đoàn Minh Trực", "authority": "K/T", "office": "Phó Trưởng Ban"}
    assert plan["received"] == {"number": "9046", "date": "2024-11-11"}
    assert plan["issued_on"] == "2024-11-05"


def test_fields_that_a_document_lacks_are_null_and_lists_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hôm qua trời mưa to.", encoding="utf-8")
    [document] = inspect(tmp_path / "a.txt")["documents"]
    lists = {
        "addressee",
        "recipients",
        "missing",
        "sections",
        "references",
        "duties",
        "targets",
        "abbreviations",
        "notes",
    }
    assert document["evidence"] == {}
    rest = [name for name in FIELDS if name not in ("text", "evidence")]
    assert all(document[name] == ([] if name in lists else None) for name in rest)


def test_changes_and_pages_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Ðảng ủy\r\nhọp.\fTrang hai.".encode())
    found = inspect(tmp_path / "a.txt")
    assert found["pages"] == 2
    assert found["changes"] == ["line ends: 1", "Ð made Đ: 1"]


def test_people_are_shown_fields_sections_and_duties() -> None:
    lines = list(as_text(inspect(BUNDLE)))
    assert lines[0].startswith(BUNDLE.name)
    for words in ("2917-CV/TU", "71-KH/BKTTW", "II.1 Theo dõi và báo cáo hằng năm", "changed: "):
        assert any(words in line for line in lines), words


def test_a_file_that_can_not_be_read_is_an_error_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00")
    with pytest.raises(ReadError, match="control bytes"):
        inspect(tmp_path / "a.txt")
