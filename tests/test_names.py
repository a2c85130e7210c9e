"""Names of bodies, persons and places in a question."""

from typing import Any

import pytest

from search.names import names_in
from tests.test_sentences import cases


@pytest.mark.parametrize("case", cases("names"))
def test_names_are_found_as_far_as_they_go(case: dict[str, Any]) -> None:
    assert list(names_in(case["text"])) == case["found"]


@pytest.mark.parametrize("case", [case for case in cases("names") if not case.marks])
def test_names_stand_in_the_question_in_their_order(case: dict[str, Any]) -> None:
    places = [case["text"].find(name) for name in names_in(case["text"])]
    assert -1 not in places
    assert places == sorted(places)
