"""Text in the encodings before Unicode."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.writers import legacy_bytes, legacy_characters
from indexer.errors import ReadError
from indexer.read import legacy, read
from indexer.read.legacy import Encoding
from tests.conftest import CORPUS

SAMPLES = sorted(CORPUS.glob("*-*.txt"))
SENTENCE = "Ban Thường vụ Tỉnh ủy giao Văn phòng theo dõi, đôn đốc."
LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def written(folder: Path, content: bytes) -> Path:
    (folder / "a.txt").write_bytes(content)
    return folder / "a.txt"


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        (b"Ban Th\xad\xeang v\xf4 T\xd8nh \xf1y", "TCVN3 (ABC)", "Ban Thường vụ Tỉnh ủy"),
        (b"Ban Th\xf6\xf4\xf8ng vu\xef T\xe6nh u\xfby", "VNI", "Ban Thường vụ Tỉnh ủy"),
        (b"Ban Th\xfd\xf5\xccng vu\xf2 Ti\xd2nh u\xd2y", "Windows-1258", "Ban Thường vụ Tỉnh ủy"),
    ],
)
def test_bytes_are_read_as_the_fonts_of_their_time_show_them(
    tmp_path: Path, content: bytes, encoding: str, text: str
) -> None:
    raw = read(written(tmp_path, content))
    assert raw.text == text
    assert raw.changes == (f"{encoding} made Unicode: 5",)


@pytest.mark.parametrize("encoding", list(Encoding))
def test_every_letter_has_its_code_and_comes_back(encoding: Encoding) -> None:
    assert legacy._decoded(legacy_bytes(LETTERS, encoding), encoding) == LETTERS


@pytest.mark.parametrize("encoding", [Encoding.VNI, Encoding.WINDOWS_1258])
def test_every_capital_comes_back_where_the_encoding_has_capitals(encoding: Encoding) -> None:
    assert legacy._decoded(legacy_bytes(LETTERS.upper(), encoding), encoding) == LETTERS.upper()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", list(Encoding))
def test_the_encoding_of_a_sample_is_recognised_by_its_content(path: Path, encoding: Encoding) -> None:
    found = legacy.from_bytes(legacy_bytes(path.read_text(encoding="utf-8"), encoding))
    assert found is not None
    assert found.encoding is encoding


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_in_unicode_is_left_as_it_is(path: Path) -> None:
    assert legacy.from_characters(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_bytes_taken_for_western_letters_on_the_way_are_put_right(tmp_path: Path, encoding: Encoding) -> None:
    pasted = legacy_characters(SENTENCE, encoding)
    assert pasted != SENTENCE
    assert read(written(tmp_path, pasted.encode("utf-8"))).text == SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        "Le café est fermé à l'été, où êtes-vous déjà allés",
        "Müller und Söhne, Straßenbau, Köln, Größe, für, über",
        "nhiệt độ 37 °C, § 12, © 2024, ± 5",
        "Công ty TNHH Nestlé, Café, Société Générale",
        "AÙO AØO",
    ],
)
def test_other_text_in_western_letters_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    raw = read(written(tmp_path, text.encode("utf-8")))
    assert raw.text == text
    assert raw.changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
        "TỈNH ỦY NINH THUẬN",
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ",
        "Số: 53 /KH-LĐLĐ",
        "Số 71-KH/BKTTW",
        "LĐLĐ tỉnh Hà Giang, CĐCS Mỏ đá, UBND xã Tổ Tiên",
        "Ủy ban nhân dân tỉnh và Ủy ban Kiểm tra",
        "Ở cơ sở, các chi bộ họp. Ý kiến được ghi lại.",
        "Ban Thường vụ Tỉnh\nủy Ninh Thuận giao Huyện ủy Thuận Nam",
        "Thực hiện như sau:\na) Ít nhất một lớp;\n- Ấn phẩm tuyên truyền",
        "đồng chí Võ Thị Ánh Tuyết và bà Mang Thị Ánh Nga",
        "LĐLĐ HUYỆN THUẬN NAM\nĐẾN Số: 118",
        "| SỞ Y TẾ | Độc lập - Tự do - Hạnh phúc |",
        "Hà Mỹ",
    ],
)
def test_capitals_with_a_tone_which_tcvn3_lacks_are_told_by_the_letters_around(text: str) -> None:
    padded = f"{text}\n{SENTENCE}"
    found = legacy.from_bytes(legacy_bytes(padded, Encoding.TCVN3))
    assert found is not None
    assert found.text == padded


def test_a_font_of_capitals_shows_capitals() -> None:
    assert legacy.shown(legacy_characters("tỉnh ủy", Encoding.TCVN3), ".VnTimeH") == "TỈNH ỦY"
    assert legacy.shown(legacy_characters("Tỉnh ủy", Encoding.TCVN3), ".VnTime") == "Tỉnh ủy"
    assert legacy.shown(legacy_characters("Tỉnh ủy", Encoding.VNI), "VNI-Times") == "Tỉnh ủy"
    assert legacy.shown("café", "Times New Roman") == "café"


def test_bytes_that_are_vietnamese_in_no_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"byte 3 \(0xe9\) is not utf-8 text"):
        read(written(tmp_path, "café fermé à l'été, où êtes-vous".encode("latin-1")))


def test_text_in_utf_16_without_a_mark_is_known_by_its_zero_bytes(tmp_path: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read(written(tmp_path, SENTENCE.encode(encoding))).text == SENTENCE
