"""What comes back of a text that was written in another format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval import roundtrip
from eval.roundtrip import TARGET, compared, round_trip
from eval.writers import OFFICE_WRITERS, WRITERS, docx
from indexer.read import office, read, read_content
from indexer.types import Document
from indexer.understand import understand
from indexer.understand.clean import clean
from tests.conftest import CORPUS

SAMPLES = [CORPUS / "tinh-uy-ninh-thuan_kh-186-tu.md", CORPUS / "ldld-ninh-thuan_kh-53.txt"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", sorted(set(WRITERS) - OFFICE_WRITERS))
def test_a_sample_comes_back_from_every_format(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By our own readers; LibreOffice is measured by python -m eval.roundtrip."""
    monkeypatch.setattr(office, "program", lambda: None)
    assert round_trip(path, name).share >= TARGET


UNDERSTOOD = ["ldld-ninh-thuan_kh-53.txt", "huyen-uy-thuan-nam_kh-64.txt", "tong-lien-doan_hd-38.txt"]


@pytest.mark.parametrize("name", UNDERSTOOD)
@pytest.mark.parametrize("by_lines", [True, False])
def test_a_sample_as_a_word_file_is_understood_as_the_text_is(name: str, by_lines: bool) -> None:
    """Line by line as it was scanned, or one paragraph of Word for each paragraph and none that is empty."""
    raw = read(CORPUS / name)
    written = raw.text if by_lines else re.sub(r"\n+", "\n", clean(raw).text)
    found = understand(read_content(docx(written), Path(name)), name, "0" * 64)
    expected = understand(raw, name, "0" * 64)
    assert [_understood(document) for document in found] == [_understood(document) for document in expected]


def _understood(document: Document) -> object:
    form = document.form
    duties = [(duty.bearers, duty.action.split(), duty.deadline) for duty in document.duties]
    sections = [(section.label, section.heading.split()) for section in document.sections]
    signer = form.signer.name if form.signer else None
    return form.number, form.issuer, form.issued_on, form.summary, signer, form.recipients, duties, sections


def test_words_lost_made_or_moved_are_counted_against_a_text() -> None:
    assert compared("a", "một hai ba", "một hai ba").share == 1
    assert compared("a", "một hai ba", "một hai").share == 6 / 8
    assert compared("a", "một hai", "một hai ba").share == 6 / 8
    assert compared("a", "một hai ba", "ba một hai").share == 6 / 8
    assert compared("a", "| một | hai |\n|---|---|", "một hai").share == 1


def test_the_figures_are_printed_and_a_format_that_loses_text_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Ban Thường vụ Tỉnh ủy giao Văn phòng theo dõi.", encoding="utf-8")
    assert roundtrip.main([str(tmp_path), "--formats", "docx", "NFD"]) == 0
    assert "docx    100.00%  100.00%" in capsys.readouterr().out
    monkeypatch.setitem(WRITERS, "docx", lambda text: WRITERS["NFD"](text.replace("Tỉnh", "")))
    assert roundtrip.main([str(tmp_path), "--formats", "docx"]) == 1
    assert "MISSED: a.txt" in capsys.readouterr().out
