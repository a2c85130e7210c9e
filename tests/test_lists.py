"""Answers that are more than a sentence: the items of a list, and a section whose heading is asked for."""

from __future__ import annotations

import pytest

from indexer.build import build
from search.engine import Engine, open_engine
from search.types import Answer

TEXT = """LIÊN ĐOÀN LAO ĐỘNG TỈNH AN SƠN
Số: 12/QC-LĐLĐ

An Sơn, ngày 06 tháng 3 năm 2024

QUY CHẾ
Về quản lý nhà văn hóa công nhân

I. NGUYÊN TẮC QUẢN LÝ

Nhà văn hóa mở cửa hằng ngày. Không thu tiền của đoàn viên.

II. THÀNH PHẦN BAN QUẢN LÝ NHÀ VĂN HÓA

Ban Quản lý nhà văn hóa gồm các thành viên sau:

- Phó Chủ tịch phụ trách tài chính;

- Trưởng ban Tuyên giáo;

- Kế toán cơ quan.

Ban Quản lý họp mỗi quý một lần.

III. ĐIỀU KHOẢN THI HÀNH

Quy chế có hiệu lực từ ngày 01/4/2024.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "quy-che.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "corpus"], folder / "index")
    return open_engine(folder / "index")


@pytest.mark.parametrize(
    "question",
    [
        "Ban Quản lý nhà văn hóa gồm những ai?",
        "ban quan ly nha van hoa gom nhung ai",
        "Thành phần Ban Quản lý nhà văn hóa gồm những thành viên nào?",
    ],
)
def test_every_member_of_a_list_is_answered_and_nothing_behind_it(engine: Engine, question: str) -> None:
    result = engine.ask(question)
    assert isinstance(result, Answer)
    for member in ("Phó Chủ tịch phụ trách tài chính", "Trưởng ban Tuyên giáo", "Kế toán cơ quan"):
        assert member in result.text
    assert "họp mỗi quý" not in result.text


def test_a_list_is_quoted_in_one_piece(engine: Engine) -> None:
    result = engine.ask("Ban Quản lý nhà văn hóa gồm những ai?")
    assert isinstance(result, Answer)
    quoted = " ".join(citation.quote for citation in result.citations)
    assert "Phó Chủ tịch phụ trách tài chính;" in quoted
    assert "Kế toán cơ quan." in quoted


def test_what_stands_under_a_heading_answers_a_question_in_its_words(engine: Engine) -> None:
    result = engine.ask("Nguyên tắc quản lý nhà văn hóa là gì?")
    assert isinstance(result, Answer)
    assert "Nhà văn hóa mở cửa hằng ngày" in result.text
    assert "Phó Chủ tịch" not in result.text
