"""Stretches of the type asked for: figures, dates and terms, persons and bodies."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.analyze import fold
from indexer.types import Span
from search.match import WordReader, wanted
from search.query import parse
from search.typed import lacks_digits, typed_spans
from tests.test_match import Even
from tests.test_sentences import cases


def found(question: str, text: str, within: Span | None = None) -> list[str]:
    query = parse(question)
    asked = wanted(query, False, Even(), WordReader({}))
    spans = typed_spans(text, within or Span(0, len(text)), query.kind, fold(query.text), asked)
    return [one.span.of(text) for one in spans]


@pytest.mark.parametrize("case", cases("typed"))
def test_what_could_answer_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    spans = found(case["question"], case["text"])
    if "found" in case:
        assert spans == case["found"]
    if "best" in case:
        assert spans[:1] == [case["best"]]
    for wrong in case.get("never", ()):
        assert wrong not in spans


def test_only_the_sentence_is_looked_at() -> None:
    text = "Kết nạp 780 đoàn viên. Giảm 12 người. Còn 30 nơi."
    assert found("Giảm bao nhiêu?", text, Span(23, 37)) == ["12 người"]


def test_a_body_that_the_question_names_is_no_answer_to_it() -> None:
    text = "Huyện ủy Thuận Nam gửi báo cáo Tỉnh ủy Ninh Thuận."
    assert "Huyện ủy Thuận Nam" not in found("Huyện ủy Thuận Nam gửi cơ quan nào?", text)


@pytest.mark.parametrize("question", ["Mục đích là gì?", "Họp ở đâu?", "Gồm những ai?"])
def test_kinds_without_a_type_find_nothing(question: str) -> None:
    assert found(question, "Ngày 15/01, ông Nguyễn Văn An cấp 780 suất.") == []


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("số điện thoại của LĐLĐ tỉnh", "Điện thoại: 0207 382 2345", False),
        ("số điện thoại của LĐLĐ tỉnh", "Báo cáo trước ngày 15/01/2025, chi 190.000.000 đồng", True),
        ("số tài khoản", "Tài khoản 1120000123456", False),
        ("email của phòng", "Thư điện tử: phong@tinh.vn", False),
        ("email của phòng", "Gửi bằng đường bưu điện", True),
        ("số lượng đoàn viên", "Không có", False),
    ],
)
def test_who_asks_for_a_telephone_number_wants_its_digits(question: str, text: str, lacking: bool) -> None:
    assert lacks_digits(text, fold(question)) == lacking
