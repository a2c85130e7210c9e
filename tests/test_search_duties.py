"""Who owes what to whom by when, answered from the register of two small documents."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.analyze import fold
from indexer.build import build
from search.engine import Engine, open_engine
from search.types import Answer, Fact, NoAnswer, QuestionKind

PLAN = """TỈNH ỦY AN SƠN
*
Số 12-KH/TU

ĐẢNG CỘNG SẢN VIỆT NAM
An Sơn, ngày 06 tháng 3 năm 2024

KẾ HOẠCH
thực hiện công tác an toàn, vệ sinh lao động

I. MỤC ĐÍCH

Nâng cao nhận thức của cán bộ, đảng viên về an toàn lao động.

II. TỔ CHỨC THỰC HIỆN

1. Các huyện ủy, thành ủy báo cáo kết quả thực hiện về Ban Thường vụ Tỉnh ủy
(qua Văn phòng Tỉnh ủy) trước ngày 15/11 hằng năm.

2. Ban Tuyên giáo Tỉnh ủy gửi báo cáo tuyên truyền về Sở Thông tin trước ngày 20 hằng tháng.

3. Đảng đoàn Liên đoàn Lao động tỉnh gửi dự thảo quy chế phối hợp đến Ban Thường vụ Tỉnh ủy chậm nhất ngày 30/6/2024.
"""
OTHER = """HUYỆN ỦY BÌNH HÒA
*
Số 7-KH/HU

ĐẢNG CỘNG SẢN VIỆT NAM
Bình Hòa, ngày 10 tháng 4 năm 2024

KẾ HOẠCH
chăm lo đời sống công nhân mùa khô

1. Đảng ủy các xã báo cáo số hộ thiếu nước về Huyện ủy Bình Hòa trước ngày 05 hằng tháng.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("duties")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "ke-hoach-12.txt").write_text(PLAN, encoding="utf-8")
    (folder / "corpus" / "ke-hoach-7.txt").write_text(OTHER, encoding="utf-8")
    build([folder / "corpus"], folder / "index")
    return open_engine(folder / "index")


def first_fact(engine: Engine, question: str) -> Fact:
    result = engine.ask(question)
    assert isinstance(result, Answer)
    assert result.facts
    return result.facts[0]


@pytest.mark.parametrize(
    "question",
    [
        "Ai báo cáo Ban Thường vụ Tỉnh ủy về kết quả thực hiện, trước ngày nào?",
        "ai bao cao ban thuong vu tinh uy ve ket qua thuc hien truoc ngay nao",
        "who reports to Ban Thường vụ Tỉnh ủy on kết quả thực hiện, by when?",
        "Các huyện ủy báo cáo kết quả thực hiện khi nào?",
        "Huyện ủy báo cáo Ban Thường vụ Tỉnh ủy trước ngày nào?",
    ],
)
def test_a_duty_is_answered_whichever_part_is_asked_for(engine: Engine, question: str) -> None:
    fact = first_fact(engine, question)
    assert "huyen uy" in fold(" ".join(fact.who))
    assert fact.to == ("Ban Thường vụ Tỉnh ủy",)
    assert fact.via == "Văn phòng Tỉnh ủy"
    assert fact.by_when == "trước ngày 15/11 hằng năm"
    assert fact.recurrence == "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"
    assert date(2024, 11, 15) in fact.dates


def test_the_answer_quotes_the_sentence_that_says_so(engine: Engine) -> None:
    result = engine.ask("Các huyện ủy báo cáo kết quả thực hiện khi nào?")
    assert isinstance(result, Answer)
    quoted = " ".join(" ".join(citation.quote.split()) for citation in result.citations)
    assert "trước ngày 15/11 hằng năm" in quoted
    assert {citation.file for citation in result.citations} == {"ke-hoach-12.txt"}


@pytest.mark.parametrize(
    ("question", "by_when"),
    [
        ("Ban Tuyên giáo Tỉnh ủy gửi báo cáo tuyên truyền trước ngày nào?", "trước ngày 20 hằng tháng"),
        ("Ai gửi báo cáo cho Sở Thông tin, khi nào?", "trước ngày 20 hằng tháng"),
        ("Liên đoàn Lao động tỉnh gửi dự thảo quy chế phối hợp khi nào?", "chậm nhất ngày 30/6/2024"),
        ("Đảng ủy các xã báo cáo số hộ thiếu nước trước ngày nào?", "trước ngày 05 hằng tháng"),
    ],
)
def test_of_several_duties_the_one_asked_for_answers(engine: Engine, question: str, by_when: str) -> None:
    assert first_fact(engine, question).by_when == by_when


@pytest.mark.parametrize(
    "question",
    [
        "Huyện ủy Thạch Sơn báo cáo Tỉnh ủy Lạng Giang trước ngày nào?",
        "Ai báo cáo Ban Kinh tế Trung ương, trước ngày nào?",
    ],
)
def test_a_duty_of_other_bodies_is_no_answer(engine: Engine, question: str) -> None:
    assert isinstance(engine.ask(question), NoAnswer)


def test_a_question_about_a_duty_is_of_its_kind(engine: Engine) -> None:
    assert engine.ask("who reports to Ban Thường vụ Tỉnh ủy by when").query.kind is QuestionKind.DUTY


def test_a_body_named_in_short_as_the_one_who_receives_is_not_answered_as_the_one_who_sends(engine: Engine) -> None:
    result = engine.ask("Ai gửi báo cáo cho Ban Tuyên giáo, trước ngày nào?")
    facts = result.facts if isinstance(result, Answer) else ()
    assert not [fact for fact in facts if "Ban Tuyên giáo Tỉnh ủy" in fact.who]
