"""The verbatim gate: what an answer says stands in what it cites, or the answer is not given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold import GoldQuestion, load
from search.engine import Engine
from search.gate import proven, unproven
from search.types import Answer, NoAnswer

GOLD = load(sorted((Path(__file__).parents[1] / "eval" / "gold").glob("dev*.jsonl")))


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    result = engine.ask("Kế hoạch 53/KH-LĐLĐ do ai ký và ngày nào?")
    assert isinstance(result, Answer)
    return result


@pytest.mark.parametrize("question", GOLD, ids=lambda question: question.id)
def test_all_that_an_answer_says_stands_in_what_it_cites(engine: Engine, question: GoldQuestion) -> None:
    result = engine.ask(question.question)
    if isinstance(result, Answer):
        assert unproven(result) == ()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Ngày 18/02/2025 [1].", "18/2"),
        ("Ngày 17 tháng 3 năm 2025 [1].", "17/3"),
        ("Ngày 17/02/2024 [1].", "2024"),
        ("Kinh phí 5,5 tỷ đồng [1].", "5,5"),
        ("Theo Kế hoạch số 54/KH-LĐLĐ [1].", "54"),
        ("Có 3 mục: (1) một; (2) hai [1].", "3"),
    ],
)
def test_a_figure_that_no_quote_holds_is_found_out(answer: Answer, said: str, wrong: str) -> None:
    changed = replace(answer, text=said, lead=None)
    assert wrong in unproven(changed)
    assert isinstance(proven(changed), NoAnswer)


@pytest.mark.parametrize("said", ["Ngày 17/2/2025 [2].", "Ngày 17 tháng 02 năm 2025.", "Kế hoạch 53/KH-LĐLĐ"])
def test_another_spelling_of_the_same_day_is_no_other_day(answer: Answer, said: str) -> None:
    assert unproven(replace(answer, text=said)) == ()


def test_a_name_that_no_quote_holds_is_found_out(answer: Answer) -> None:
    assert unproven(replace(answer, lead="Đặng Hữu Phúc")) == ("Đặng Hữu Phúc",)
