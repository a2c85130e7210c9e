"""Questions that lean on the one before are put in full, all others stay as they were typed."""

from typing import Any

import pytest

from search.conversation import Turn, completed
from search.engine import Engine
from search.types import Answer
from tests.test_sentences import cases


@pytest.mark.parametrize("case", cases("conversation"))
def test_a_question_is_put_in_full(case: dict[str, Any]) -> None:
    assert completed(Turn(case["before"], case.get("document")), case["text"]) == case["full"]


@pytest.mark.parametrize("case", cases("conversation"))
def test_a_question_in_full_stays_as_it_is(case: dict[str, Any]) -> None:
    turn = Turn(case["before"], case.get("document"))
    full = completed(turn, case["text"])
    assert completed(turn, full) == full


def test_a_conversation_stays_with_its_document(engine: Engine) -> None:
    first = engine.ask("Ai ký Kế hoạch số 61/KH-LĐLĐ?")
    second = engine.ask("ngày nào?", previous=first)
    third = engine.ask("còn Kế hoạch 53/KH-LĐLĐ?", previous=second)
    assert isinstance(second, Answer)
    assert isinstance(third, Answer)
    assert (second.query.typed, second.citations[0].document) == ("ngày nào?", "61/KH-LĐLĐ")
    assert "25/03/2021" in second.text
    assert "17/02/2025" in third.text
    assert third.query.completed is not None


def test_without_a_previous_answer_nothing_is_added(engine: Engine) -> None:
    assert engine.ask("Ai ký Kế hoạch số 61/KH-LĐLĐ?").query.completed is None
