"""What a question is understood to ask, before anything is looked up."""

import time
import unicodedata
from typing import Any

import pytest

from indexer.analyze import fold
from indexer.numbers import key
from search.query import is_question_word, parse
from search.types import Language, Query, QuestionKind
from tests.test_sentences import cases

# What nobody means as a question, and everybody pastes into a box one day.
ODD = (
    "?",
    "...!!!???",
    "-/-/-",
    "\x00\x01\x02\x1f\x7f",
    "báo\x00cáo\x08",
    "😀",
    "báo cáo 😀🇻🇳👩‍👩‍👧",
    "' OR 1=1; DROP TABLE documents; --",
    '"; SELECT * FROM passages WHERE "1"="1',
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "%s %d {0} {} \\ \\n $(ls) `ls`",
    "(((((",
    "[a-z]+(?P<x>",
    "\u200b\u200d\ufeff",
    "\u202e oác oáb",
    "１５／０１／２０２４",
    "٣١-CT/TW",
    "Ⅳ ² ½",
    "…“”‘’–—",
    "NULL",
    "0",
    "-1",
)
LONG = (
    "a" * 20_000,
    "báo cáo " * 2_500,
    "9" * 20_000,
    "31-" * 6_000,
    "a/b-" * 1_500,
    "Kế hoạch " * 2_000,
    "12 ct " * 600,
    "?" * 20_000,
    " nào" * 5_000,
    "Ban " * 5_000,
    "những cơ quan " * 1_400,
)


def shorts(query: Query) -> list[str]:
    return [f"{short.kind} {short.serial}" for short in query.short_numbers]


@pytest.mark.parametrize("case", cases("query"))
def test_a_question_is_understood(case: dict[str, Any]) -> None:
    query = parse(case["text"])
    if "kind" in case:
        assert query.kind == QuestionKind(case["kind"])
    if "language" in case:
        assert query.language == Language(case["language"])
    if "numbers" in case:
        assert list(map(key, query.numbers)) == list(map(key, case["numbers"]))
    if "short" in case:
        assert shorts(query) == case["short"]
    if "years" in case:
        assert list(query.years) == case["years"]
    if "names" in case:
        assert list(query.names) == case["names"]


@pytest.mark.parametrize("case", [case for case in cases("query") if not case.marks])
def test_blanks_case_of_marks_and_question_marks_change_nothing(case: dict[str, Any]) -> None:
    query = parse(case["text"])
    loose = unicodedata.normalize("NFD", case["text"].replace(" ", " \t\n "))
    assert parse(f"  {loose} ") == query


@pytest.mark.parametrize("typed", ["", " ", "\n\t ", "\u00a0"])
def test_an_empty_question_has_no_text_and_asks_for_nothing(typed: str) -> None:
    query = parse(typed)
    assert query.typed == query.text == ""
    assert (query.numbers, query.short_numbers, query.years, query.names) == ((), (), (), ())


@pytest.mark.parametrize("typed", ODD)
def test_odd_input_is_a_question_like_any_other(typed: str) -> None:
    query = parse(typed)
    assert query.typed == " ".join(unicodedata.normalize("NFC", typed).split())
    assert query.short_numbers == ()


@pytest.mark.parametrize("typed", LONG, ids=lambda typed: typed[:12])
def test_a_very_long_question_is_read_in_time(typed: str) -> None:
    started = time.process_time()
    parse(typed)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("repeated", ["who reports to ", "ai báo cáo ", "cơ quan nào gửi "])
def test_time_grows_with_the_length_of_a_question_alone(repeated: str) -> None:
    typed = repeated * (3_000 // len(repeated))
    started = time.process_time()
    parse(typed)
    assert time.process_time() - started < 0.1


def test_numbers_are_put_into_the_text_that_is_searched() -> None:
    assert parse("31 ct/tw nói gì").text == "31-CT/TW nói gì"
    assert parse("QĐ 88 nói gì").text == "quyết định 88 nói gì"
    assert parse("cv 2917 cv/tu").text == "công văn 2917-CV/TU"


def test_the_typed_question_is_kept_as_typed() -> None:
    typed = "Nội dung  CV 2917 cv/tu ?"
    assert parse(typed).typed == "Nội dung CV 2917 cv/tu ?"
    assert parse("who signed 205/QĐ-LĐLĐ").typed == "who signed 205/QĐ-LĐLĐ"


@pytest.mark.parametrize("word", "ai gì nào bao nhiêu khi của và là".split())
def test_words_that_only_help_to_ask_are_told_from_content(word: str) -> None:
    assert is_question_word(word)
    assert is_question_word(fold(word))


@pytest.mark.parametrize("word", ["báo", "cáo", "tỉnh", "ủy", "15/1", "hàn", "đầu", "máy"])
def test_words_of_content_are_none_that_only_help_to_ask(word: str) -> None:
    assert not is_question_word(word)
