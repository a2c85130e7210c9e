"""Spoilt copies of documents: what changes, what stays, and what is put back before keys judge."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from eval.key_format import load
from eval.keys import judge_file, main
from eval.spoil import COLUMNS, Spoil, aligned, mended, misread, moved, spoiled, wrapped
from eval.text import squeeze
from indexer.types import Document, Form, Signer, Span

ROOT = Path(__file__).parents[1]
CORPUS, DEV = ROOT / "corpus", ROOT / "eval" / "gold" / "understanding_dev.jsonl"
TEXT = (CORPUS / "tong-lien-doan_cv-1026.txt").read_text(encoding="utf-8")


def test_one_letter_of_a_hundred_is_misread_and_nothing_else() -> None:
    spoilt = misread(TEXT)
    changed = [(old, new) for old, new in zip(TEXT, spoilt, strict=True) if old != new]
    letters = sum(letter.isalpha() for letter in TEXT)
    assert 0.005 * letters < len(changed) <= 0.01 * letters + 1
    assert all(old.isalpha() and new.isalpha() for old, new in changed)
    assert misread(TEXT) == spoilt
    assert unicodedata.is_normalized("NFC", misread(TEXT, 1.0))
    assert misread(TEXT, 0.0) == TEXT


def test_other_line_ends_keep_every_word_and_the_lines_of_tables() -> None:
    table = "| STT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn hoàn thành |"
    text = f"{TEXT}\n{table}\nCác đơn vị gửi báo cáo về Liên đoàn Lao động tỉnh trước ngày\nmười lăm."
    spoilt = wrapped(text)
    assert spoilt.split() == text.split()
    assert table in spoilt.split("\n")
    assert max(len(line) for line in spoilt.split("\n") if line != table) <= COLUMNS
    assert "trước ngày\nmười" not in spoilt


def test_the_national_heading_moves_to_the_front_and_the_recipients_to_the_end() -> None:
    spoilt = moved(TEXT)
    assert sorted(spoilt.split()) == sorted(TEXT.split())
    assert spoilt.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert spoilt.rstrip().endswith("- Lưu: VT, QHLĐ.")
    assert "Tăng Bá Lộc\n\nNơi nhận" in spoilt


def test_a_bundle_and_a_head_in_columns_keep_their_order() -> None:
    bundle = "TỈNH ỦY\n\nNơi nhận:\n- A.\n\nBÍ THƯ\n\nKẾ HOẠCH\n\nNơi nhận:\n- B.\n\nBÍ THƯ"
    columns = "TỈNH ỦY\n\nĐẢNG CỘNG SẢN VIỆT NAM\tSố 1\n\nMột.\n\nHai.\n\nBa.\n\nBốn."
    assert moved(bundle) == bundle
    assert moved(columns) == columns


def test_misread_words_are_put_back_in_what_was_read() -> None:
    sound, spoilt = "Kính gửi: Ban Tổ chức\n\nNguyễn Văn Mẫu ký.", "Kính gửi: Ban Tố chức\n\nNguyễn Vạn Mẫu ký."
    form = Form(addressee=("Ban Tố chức",), signer=Signer("Nguyễn Vạn Mẫu", "T/M", None, Span(0, 1)))
    put_back = mended(Document("d", "a.txt", "0", spoilt, form), sound)
    assert put_back.form.addressee == ("Ban Tổ chức",)
    assert put_back.form.signer == replace(form.signer or Signer("", None, None, Span(0, 1)), name="Nguyễn Văn Mẫu")
    assert put_back.text == spoilt


def test_a_word_that_was_read_wrong_by_the_parser_alone_is_not_put_back() -> None:
    form = Form(addressee=("Ban Nội chính",))
    assert mended(Document("d", "a.txt", "0", "Ban Tổ chức", form), "Ban Tổ chức").form == form


def test_a_sound_quote_is_found_at_its_place_in_the_misread_text() -> None:
    sound, spoilt = "Gửi báo cáo trước ngày 15/11", "Gửi bác cáo\ntrước ngày 15/11"
    (place,) = aligned(squeeze(sound), squeeze(spoilt)).find("báo cáo trước")
    assert place.of(spoilt) == "bác cáo\ntrước"
    assert aligned(squeeze("Một"), squeeze(spoilt)).find("Một") == ()


@pytest.mark.parametrize("way", list(Spoil))
def test_a_spoilt_file_is_judged_by_the_keys_of_the_sound_one(way: Spoil) -> None:
    keys = [key for key in load([DEV]) if key.file == "tong-lien-doan_cv-1026.txt"]
    assert spoiled(TEXT, way) != TEXT
    (judged,) = judge_file(CORPUS / keys[0].file, keys, way)
    assert judged.shares["issued_on"].right == 1
    assert judged.founds["sections"].key == 3


def test_the_command_takes_a_way_of_spoiling(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = next(line for line in DEV.read_text(encoding="utf-8").splitlines() if "tong-lien-doan_cv-1026" in line)
    (tmp_path / "k.jsonl").write_text(line, encoding="utf-8")
    command = [str(tmp_path / "k.jsonl"), "--corpus", str(CORPUS), "--spoil"]
    assert main([*command, "wrapped"]) == 0
    assert "1 documents" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*command, "burnt"])
