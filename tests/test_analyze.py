"""Text to terms."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexer.analyze import FIELDS, fold, normalize, segment, syllables, terms, words

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "analyze.json").read_text(encoding="utf-8"))
TYPED = "Căn cứ Công văn số 5304 - CV/TU, Ban Kinh tế Trung ương báo cáo 7,77% trước ngày 15/01/2024."


@pytest.mark.parametrize(("written", "expected"), CASES["normalize"])
def test_text_is_brought_to_one_spelling(written: str, expected: str) -> None:
    assert normalize(written) == expected


@pytest.mark.parametrize("written", CASES["normalize_negative"])
def test_text_that_is_spelled_right_stays(written: str) -> None:
    assert normalize(written) == written


@pytest.mark.parametrize("written", [case[0] for case in CASES["normalize"]] + CASES["normalize_negative"])
def test_normalizing_twice_or_from_loose_marks_changes_nothing_more(written: str) -> None:
    assert normalize(normalize(written)) == normalize(written)
    assert normalize(unicodedata.normalize("NFD", written)) == normalize(written)


@pytest.mark.parametrize(("written", "expected"), CASES["fold"])
def test_folding_drops_every_mark_and_keeps_positions(written: str, expected: str) -> None:
    assert fold(written) == expected
    assert len(fold(written)) == len(unicodedata.normalize("NFC", written))


def test_every_vietnamese_letter_folds_to_one_ascii_letter() -> None:
    vowels = "aăâeêioôơuưy"
    letters = "đĐ" + "".join(
        unicodedata.normalize("NFC", v + tone) for v in vowels for tone in "\u0300\u0301\u0303\u0309\u0323"
    )
    for letter in letters + letters.upper():
        assert fold(letter).isascii(), letter
        assert len(fold(letter)) == 1, letter


@pytest.mark.parametrize(("text", "expected"), CASES["syllables"] + CASES["syllables_negative"])
def test_numbers_are_one_token_and_nothing_else_becomes_one(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES["syllables_known_failures"])
@pytest.mark.xfail(strict=True, reason="not recognised yet")
def test_known_failures_of_tokens(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES["words"])
def test_words_join_their_syllables_and_keep_numbers_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_are_pyvis_own_on_text_without_numbers() -> None:
    from pyvi import ViTokenizer

    text = "Liên đoàn Lao động tỉnh Lai Châu triển khai Chỉ thị của Ban Bí thư về công tác giám sát, phản biện xã hội"
    assert words(text) == [word.lower() for word in ViTokenizer.tokenize(text).split() if word != ","]


def test_words_hold_the_same_syllables_in_the_same_order() -> None:
    assert "_".join(words(TYPED)).split("_") == syllables(TYPED)


def test_terms_from_a_kept_segmentation_are_those_of_the_text() -> None:
    assert terms(TYPED, segment(TYPED)) == terms(TYPED)


def test_every_field_has_its_terms() -> None:
    found = terms("Ban Kinh tế nhận")
    assert tuple(found) == FIELDS
    assert found["syllables"] == ["ban", "kinh", "tế", "nhận"]
    assert found["bigrams"] == ["ban_kinh", "kinh_tế", "tế_nhận"]
    assert found["folded"] == ["ban", "kinh", "te", "nhan"]
    assert found["folded_bigrams"] == ["ban_kinh", "kinh_te", "te_nhan"]


def test_an_empty_text_has_every_field_and_no_term() -> None:
    assert terms("") == {field: [] for field in FIELDS}


@pytest.mark.parametrize(("number", "expected"), CASES["extra_terms"])
def test_a_number_is_found_by_its_parts(number: str, expected: list[str]) -> None:
    assert terms(number)["syllables"] == expected


def test_parts_of_numbers_stay_out_of_the_pairs() -> None:
    assert terms(TYPED)["bigrams"] == [f"{a}_{b}" for a, b in pairwise(syllables(TYPED))]


@pytest.mark.parametrize("typed", [unicodedata.normalize("NFD", TYPED), TYPED.replace("Công văn", "Công\u00a0văn")])
def test_spelling_variants_have_the_same_terms(typed: str) -> None:
    assert terms(typed) == terms(TYPED)


def test_pyvi_is_not_loaded_before_words_are_asked_for() -> None:
    program = "import sys, indexer.analyze as a; a.syllables('Ban Kinh tế'); sys.exit('pyvi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
