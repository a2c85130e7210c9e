"""Slips of the keyboard: telex keys, and words one letter away."""

from __future__ import annotations

import pytest

from eval.typings import telex as typed_in_telex
from search.spelling import lost_marks, one_letter_away, telex


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("ddangr", "đảng"),
        ("coong", "công"),
        ("ddoanf", "đoàn"),
        ("baos", "báo"),
        ("caos", "cáo"),
        ("truwowcs", "trước"),
        ("truowcs", "trước"),
        ("nguwowif", "người"),
        ("quyeets", "quyết"),
        ("uyr", "ủy"),
        ("hoaf", "hòa"),
        ("dduwowcj", "được"),
    ],
)
def test_telex_keys_spell_a_syllable(keys: str, syllable: str) -> None:
    assert telex(keys) == syllable


@pytest.mark.parametrize("word", ["ban", "report", "tss", "đảng", "284", "", "s", "basr", "covid", "a" * 30])
def test_other_words_are_no_telex(word: str) -> None:
    assert telex(word) is None


@pytest.mark.parametrize("syllable", "nghị quyết liên đoàn lao động tỉnh ủy trước thường giữa khuỷu xoong".split())
def test_what_the_method_types_is_read_back(syllable: str) -> None:
    assert (telex(typed_in_telex(syllable)) or typed_in_telex(syllable)) in {syllable, "xông"}


def test_words_one_letter_away_hold_each_kind_of_slip() -> None:
    found = set(one_letter_away("đoàn"))
    assert {"oan", "doa", "doang", "doah", "daon", "doaan"} <= found
    assert "doan" not in found - {"doan"}


@pytest.mark.parametrize(
    ("typed", "meant", "lost"),
    [("bap", "báo", 1), ("cônng", "công", 0), ("đoann", "đoàn", 1), ("báp", "bào", None), ("báp", "bao", None)],
)
def test_marks_lost_beside_a_slip_are_counted(typed: str, meant: str, lost: int | None) -> None:
    assert lost_marks(typed, meant) == lost
