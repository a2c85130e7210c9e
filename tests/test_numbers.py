"""Document numbers: found however they are written, compared by what they share."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.numbers import canonical, codes, find_numbers, find_typed_numbers, key, serial

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("written", "expected"), CASES["canonical"])
def test_a_number_has_one_spelling(written: str, expected: str) -> None:
    assert canonical(written) == expected
    assert canonical(canonical(written)) == expected


@pytest.mark.parametrize(("one", "other"), CASES["same"])
def test_spellings_of_one_number_share_their_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), CASES["different"])
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(("text", "expected"), CASES["find"])
def test_numbers_are_found_in_running_text(text: str, expected: list[str]) -> None:
    assert [number for _, number in find_numbers(text)] == expected
    assert [canonical(span.of(text)) for span, _ in find_numbers(text)] == expected


@pytest.mark.parametrize("text", CASES["find_negative"])
def test_years_fractions_dates_and_sums_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


@pytest.mark.parametrize(("text", "expected"), CASES["find_known_failures"])
@pytest.mark.xfail(strict=True, reason="not recognised yet")
def test_known_failures_of_finding_numbers(text: str, expected: list[str]) -> None:
    assert [number for _, number in find_numbers(text)] == expected


@pytest.mark.parametrize(("text", "expected"), CASES["typed"])
def test_numbers_typed_in_a_hurry_are_found(text: str, expected: list[str]) -> None:
    assert [number for _, number in find_typed_numbers(text)] == expected


@pytest.mark.parametrize("text", CASES["typed_negative"])
def test_other_words_of_a_question_are_no_numbers(text: str) -> None:
    assert list(find_typed_numbers(text)) == []


@pytest.mark.parametrize(("number", "expected"), CASES["codes"])
def test_the_letter_groups_come_in_order(number: str, expected: list[str]) -> None:
    assert list(codes(number)) == expected


@pytest.mark.parametrize(("number", "expected"), CASES["serial"])
def test_the_serial_has_no_leading_zero(number: str, expected: str) -> None:
    assert serial(number) == expected


@pytest.mark.parametrize(
    "text", ["1-" + "A" * 100_000 + "_", "1-AA/" * 20_000, "12 - " * 20_000, "1/2020/" * 14_000, "1-" + "ABab" * 25_000]
)
def test_a_hostile_line_costs_no_more_than_its_length(text: str) -> None:
    start = time.process_time()
    list(find_numbers(text))
    list(find_typed_numbers(text))
    assert time.process_time() - start < 2
