"""How much of a question stands in a text."""

from __future__ import annotations

import threading

import pytest

from search.match import Wanted, WordReader, wanted
from search.query import parse


class Even:
    """Every word says the same, and so do two of them side by side."""

    def weight(self, word: str, folded: bool) -> float:
        return 1.0

    def pair_weight(self, first: str, second: str, folded: bool) -> float:
        return 1.0

    def idf(self, word: str, folded: bool) -> float:
        return 1.0


class Weighed(Even):
    def __init__(self, **weights: float) -> None:
        self._weights = weights

    def weight(self, word: str, folded: bool) -> float:
        return self._weights.get(word, 1.0)


READER = WordReader({"bqlq": ("ban", "quản", "lý", "quỹ")})


def of(question: str, folded: bool = False, weights: Even | None = None) -> Wanted:
    return wanted(parse(question), folded, weights or Even(), READER)


def coverage(question: str, text: str, folded: bool = False) -> float:
    asked = of(question, folded)
    return asked.coverage(((asked.words(text).all, 1.0),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LĐLĐ tỉnh", "Liên đoàn Lao động tỉnh"),
        ("TLĐ", "Tổng Liên đoàn Lao động Việt Nam"),
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("UBKT Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"),
        ("CĐCS", "công đoàn cơ sở"),
        ("BQLQ", "Ban Quản lý Quỹ"),
        ("ngày 15 tháng 01", "15/1"),
        ("ngày 07 tháng 10 năm 2024", "7/10/2024"),
        ("ngày 07/10/2024", "7/10/2024"),
        ("quý IV/2024", "quý 4/2024"),
        ("BÁO CÁO", "báo cáo"),
        ("uỷ ban", "ủy ban"),
        ("205/QĐ-LĐLĐ", "205/QD-LDLD"),
        ("Số 0205/QĐ-LĐLĐ", "205/QĐ - LĐLĐ"),
    ],
)
def test_two_spellings_give_the_same_words(one: str, other: str) -> None:
    assert READER(one, False).all == READER(other, False).all
    assert READER(one, True).all == READER(other, True).all


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("15/01", "16/01"),
        ("ngày 15/01", "ngày 15/10"),
        ("31-CT/TW", "32-CT/TW"),
        ("bàn", "bán"),
        ("LĐLĐ", "Liên đoàn Bóng đá"),
        ("quý IV", "quý III"),
    ],
)
def test_what_differs_gives_different_words(one: str, other: str) -> None:
    assert READER(one, False).all != READER(other, False).all


def test_words_without_diacritics_match_only_where_they_are_asked_so() -> None:
    assert READER("Báo cáo", True).sequence == READER("bao cao", True).sequence == ("bao", "cao")
    assert READER("Báo cáo", False).sequence == ("báo", "cáo")
    assert coverage("bao cao ban kinh te", "Báo cáo Ban Kinh tế", folded=True) == 1
    assert coverage("bao cao ban kinh te", "Báo cáo Ban Kinh tế") < 1


def test_abbreviations_match_both_ways() -> None:
    assert coverage("LĐLĐ tỉnh", "Liên đoàn Lao động tỉnh gửi") == 1
    assert coverage("Liên đoàn Lao động tỉnh", "LĐLĐ tỉnh gửi") == 1
    assert coverage("ubnd xa", "Ủy ban nhân dân xã gửi", folded=True) == 1


@pytest.mark.xfail(strict=True, reason="an abbreviation with Đ is only known with its marks")
@pytest.mark.parametrize("question", ["ldld tinh", "cdcs", "tld"])
def test_abbreviations_match_without_diacritics(question: str) -> None:
    text = "Liên đoàn Lao động tỉnh, công đoàn cơ sở, Tổng Liên đoàn Lao động Việt Nam"
    assert coverage(question, text, folded=True) == 1


def test_an_abbreviation_that_a_document_defines_counts_over_the_usual_meaning() -> None:
    own = WordReader({"tw": ("thường", "vụ")})
    assert own("TW", False).sequence == ("thường", "vụ")
    assert READER("TW", False).sequence == ("trung", "ương")


def test_coverage_is_the_share_of_weight_found() -> None:
    asked = of("sơ kết nghị quyết", weights=Weighed(sơ=3.0, kết=1.0, nghị=0.5, quyết=0.5))
    assert asked.coverage(((frozenset({"sơ"}), 1.0),)) == pytest.approx(0.6)
    assert asked.coverage(((frozenset({"kết"}), 1.0), (frozenset({"sơ", "kết"}), 0.5))) == pytest.approx(2.5 / 5)
    assert asked.coverage(()) == 0
    assert asked.coverage(((frozenset({"khác"}), 1.0),)) == 0


def test_words_that_name_the_document_need_not_be_found_again() -> None:
    asked = of("sơ kết nghị quyết")
    assert asked.coverage(((frozenset({"sơ"}), 1.0),), given=frozenset({"nghị", "quyết", "kết"})) == 1
    assert asked.coverage((), given=frozenset({"sơ", "kết", "nghị", "quyết"})) == 1


def test_a_question_without_content_is_covered_by_nothing() -> None:
    asked = of("ai là gì?")
    assert not asked.weights
    assert asked.coverage(((frozenset({"ai", "là", "gì"}), 1.0),)) == 0
    assert asked.pair_coverage(frozenset({("ai", "là")})) == 0
    assert asked.key_words(frozenset()) == frozenset()


def test_key_words_are_the_rarest_ones() -> None:
    asked = of("sơ kết nghị quyết", weights=Weighed(sơ=4.0, kết=3.5, nghị=1.0, quyết=1.0))
    assert asked.key_words(frozenset()) == {"sơ", "kết"}
    assert asked.key_words(frozenset({"sơ", "kết"})) == {"nghị", "quyết"}


def test_neighbours_count_as_neighbours_only_in_order() -> None:
    asked = of("sơ kết nghị quyết")
    assert asked.pair_coverage(asked.words("sơ kết nghị quyết").pairs) == 1
    assert asked.pair_coverage(asked.words("quyết nghị kết sơ").pairs) == 0
    assert 0 < asked.pair_coverage(asked.words("sơ kết chỉ thị").pairs) < 1


def test_a_name_that_stands_nowhere_near_is_lacking() -> None:
    asked = of("Huyện ủy Sơn Dương báo cáo khi nào?")
    assert asked.names
    assert asked.lacks_name([asked.words("Huyện ủy Thuận Nam báo cáo hằng tháng")], "")
    assert not asked.lacks_name([asked.words("Huyện ủy Sơn Dương báo cáo hằng tháng")], "")


def test_a_name_may_be_spread_over_the_texts_around() -> None:
    asked = of("LĐLĐ tỉnh Tuyên Quang nhận báo cáo khi nào?")
    near = [asked.words("Liên đoàn Lao động tỉnh nhận báo cáo"), asked.words("tỉnh Tuyên Quang")]
    assert not asked.lacks_name(near, "")


def test_a_question_without_names_lacks_none() -> None:
    assert not of("cơ quan nào báo cáo").lacks_name([], "")


def test_years_of_the_question_are_wanted() -> None:
    assert of("Năm 2021 có bao nhiêu đoàn viên?").years == ("2021",)


def test_threads_may_share_a_reader() -> None:
    texts = [f"Liên đoàn Lao động tỉnh báo cáo số {n} trước ngày {n % 28 + 1}/10/2024" for n in range(200)]
    expected = [WordReader({})(text, False).sequence for text in texts]
    reader, read = WordReader({}), []
    threads = [
        threading.Thread(target=lambda: read.append([reader(t, False).sequence for t in texts])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [expected] * 8
