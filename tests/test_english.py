"""English questions around Vietnamese names."""

import re
from typing import Any

import pytest

from indexer.analyze import syllables
from search.english import is_english, to_vietnamese
from search.query import parse
from tests.test_sentences import cases


@pytest.mark.parametrize("case", cases("english"))
def test_english_is_brought_to_vietnamese_around_names(case: dict[str, Any]) -> None:
    if "english" in case:
        assert is_english(case["text"]) == case["english"]
    if "vietnamese" in case:
        assert to_vietnamese(case["text"]) == case["vietnamese"]
    for name in case.get("kept", ()):
        assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", to_vietnamese(case["text"]))


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("who reports to Ban Kinh tế by when", "ai báo cáo Ban Kinh tế trước ngày nào"),
        ("who signed Kế hoạch 71-KH/BKTTW?", "ai ký Kế hoạch 71-KH/BKTTW?"),
        ("which document replaces 88/QĐ-LĐLĐ?", "văn bản nào thay thế 88/QĐ-LĐLĐ?"),
    ],
)
def test_an_english_question_is_searched_like_its_vietnamese_twin(english: str, vietnamese: str) -> None:
    one, other = parse(english), parse(vietnamese)
    assert one.text == other.text
    assert (one.kind, one.numbers, one.short_numbers, one.years, one.names) == (
        other.kind, other.numbers, other.short_numbers, other.years, other.names,
    )  # fmt: skip


@pytest.mark.parametrize("case", [case for case in cases("english") if case.values[0].get("english") is False])
def test_a_vietnamese_question_is_searched_as_typed(case: dict[str, Any]) -> None:
    assert syllables(parse(case["text"]).text) == syllables(case["text"])


def test_nothing_of_an_english_sentence_is_left_over() -> None:
    text = to_vietnamese(
        "who must report to the provincial party committee, and by when are the reports due each year?"
    )
    assert not {"who", "must", "to", "the", "and", "by", "when", "are", "each", "year"} & set(syllables(text))
