"""Abbreviations learned from documents that use them beside their long form."""

from __future__ import annotations

import pytest

from indexer.mined import mined_abbreviations
from indexer.types import Document, Form


def document(text: str, *defined: tuple[str, str]) -> Document:
    return Document("d", "a.txt", "0" * 64, text, Form(), abbreviations=defined)


TWICE = "Công tác vệ sinh môi trường tốt.\nNgành vệ sinh môi trường họp. Việc VSMT được giao."


def test_a_short_form_is_learned_from_the_words_that_spell_it() -> None:
    assert mined_abbreviations([document("Khác."), document(TWICE)]) == [("VSMT", "vệ sinh môi trường", 1)]


def test_a_comma_or_hyphen_may_join_the_words() -> None:
    text = "Ban Phòng chống lụt, bão trực. Ban Phòng chống lụt, bão báo cáo. PCLB đã họp."
    assert mined_abbreviations([document(text)]) == [("PCLB", "Phòng chống lụt, bão", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Vệ sinh môi trường tốt. Việc VSMT được giao.",
        "Vệ sinh môi trường. Vệ sinh môi trường.\nVSMT HÔM NAY",
        "Vệ sinh môi trường. Vệ sinh môi trường. Số 5/KH-VSMT.",
        "Vệ sinh. Môi trường. Vệ sinh. Môi trường. VSMT.",
        "vui sướng mong trở, vui sướng mong trở, vệ sinh môi trường, vệ sinh môi trường: VSMT.",
        "",
    ],
    ids=["once", "in a heading", "in a number", "over a sentence", "two long forms", "nothing"],
)
def test_what_is_not_clear_is_not_learned(text: str) -> None:
    assert mined_abbreviations([document(text)]) == []


def test_what_a_document_defines_or_the_lexicon_knows_is_not_learned_again() -> None:
    assert mined_abbreviations([document(TWICE, ("VSMT", "vệ sinh môi trường"))]) == []
    known = "Ủy ban nhân dân xã. Ủy ban nhân dân huyện. UBND tỉnh."
    assert mined_abbreviations([document(known)]) == []
