"""Abbreviations in full and names in short."""

from __future__ import annotations

import pytest

from search.wordings import Wordings

DEFINED = [("BKTTW", "Ban Kinh tế Trung ương"), ("QXH", "Quỹ xã hội"), ("Quỹ", "Quỹ xã hội"), ("QXH", "Quan hệ xã hội")]


@pytest.fixture(scope="module")
def wordings() -> Wordings:
    return Wordings(DEFINED)


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("LĐLĐ tỉnh nộp gì?", ("Liên đoàn Lao động tỉnh nộp gì?",)),
        ("ldld tỉnh nộp gì?", ("Liên đoàn Lao động tỉnh nộp gì?",)),
        ("lđlđ và UBND", ("Liên đoàn Lao động và Ủy ban nhân dân",)),
        ("Liên đoàn lao động tỉnh nộp gì?", ("LĐLĐ tỉnh nộp gì?",)),
        ("LĐLĐ gửi Ban Kinh tế Trung ương", ("Liên đoàn Lao động gửi Ban Kinh tế Trung ương", "LĐLĐ gửi BKTTW")),
        ("kh giám sát", ("kế hoạch giám sát",)),
        ("QXH chi gì", ("Quỹ xã hội chi gì",)),
    ],
)
def test_a_question_has_these_other_wordings(wordings: Wordings, question: str, others: tuple[str, ...]) -> None:
    assert wordings.others(question) == others


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("gửi Ban KTTW gì?", "gửi Ban Kinh tế Trung ương gì?"),
        ("ban KTTW", "Ban Kinh tế Trung ương"),
        ("Tổ KTTW họp", "Tổ KTTW họp"),
        ("báo LĐLĐ tỉnh", "báo LĐLĐ tỉnh"),
        ("Ban KTTW-HD", "Ban KTTW-HD"),
    ],
)
def test_a_name_half_in_short_is_put_in_full(wordings: Wordings, question: str, whole: str) -> None:
    assert wordings.whole_names(question) == whole


@pytest.mark.parametrize(
    "question",
    [
        "",
        "ai ký văn bản này?",
        "284-KH/BKTTW nói gì?",  # a document's number is one thing, not its parts
        "tu bổ di tích",  # a syllable of its own, though TU is Tỉnh ủy
        "các bạn ơi",
        "Quỹ chi gì",  # defined, but no initials: every other "quỹ" would be taken for it
    ],
)
def test_nothing_is_exchanged_where_nothing_is_short_or_can_be(wordings: Wordings, question: str) -> None:
    assert wordings.others(question) == ()


def test_each_exchange_says_what_was_asked_and_what_it_is_also_looked_for_as(wordings: Wordings) -> None:
    [first, second] = wordings.exchanges("LĐLĐ gửi Ban Kinh tế Trung ương")
    assert (first.asked, first.also, first.in_full) == ("LĐLĐ", "Liên đoàn Lao động", True)
    assert (second.asked, second.also, second.in_full) == ("Ban Kinh tế Trung ương", "BKTTW", False)
    assert second.span.of("LĐLĐ gửi Ban Kinh tế Trung ương") == second.asked
