"""Each measure against figures worked out by hand."""

import math
import unicodedata

import pytest

from eval.measures import (
    Place,
    Ranking,
    citation_precision,
    citation_recall,
    hit_at,
    is_right,
    is_verbatim,
    mean,
    quotes_found,
    ranking_measures,
)
from eval.text import contains_words, squeeze
from indexer.types import Span


def place(start: int, end: int, document: str = "a") -> Place:
    return Place(document, Span(start, end))


def ranking(quotes: int, *found: set[int]) -> Ranking:
    return Ranking(quotes, tuple(frozenset(numbers) for numbers in found))


def test_a_hit_finds_the_quotes_it_overlaps_in_the_same_document_only() -> None:
    quotes = [(place(10, 20), place(90, 99)), (place(15, 30, "b"),), ()]
    hits = [place(0, 10), place(19, 40), place(95, 96), place(15, 30, "b")]
    assert quotes_found(hits, quotes) == (frozenset(), frozenset({0}), frozenset({0}), frozenset({1}))


def test_ranking_measures_equal_the_figures_worked_out_by_hand() -> None:
    measured = ranking_measures(
        {"second": ranking(1, set(), {0}), "first": ranking(1, {0}), "never": ranking(1, set())}
    )
    assert measured["R@1"] == pytest.approx(1 / 3)
    assert measured["R@3"] == pytest.approx(2 / 3)
    assert measured["RR@10"] == pytest.approx((1 / 2 + 1) / 3)
    assert measured["nDCG@10"] == pytest.approx((1 / math.log2(3) + 1) / 3)


def test_a_question_without_any_hit_counts_zero_instead_of_being_left_out() -> None:
    measured = ranking_measures({"first": ranking(1, {0}), "empty": ranking(1)})
    assert measured["R@10"] == measured["RR@10"] == measured["nDCG@10"] == 0.5


def test_a_passage_that_holds_two_quotes_finds_both_at_its_rank() -> None:
    assert ranking_measures({"q": ranking(2, {0, 1})})["R@1"] == 1.0


def test_two_passages_over_one_quote_do_not_count_it_twice() -> None:
    measured = ranking_measures({"q": ranking(2, {0}, {0}, {1})})
    assert measured["R@1"] == 0.5
    assert measured["R@3"] == 1.0
    assert measured["nDCG@10"] == pytest.approx((1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3)))


def test_evidence_beyond_the_tenth_hit_is_not_found() -> None:
    late = {"q": ranking(1, *([set()] * 10), {0})}
    assert set(ranking_measures(late).values()) == {0.0}


def test_nothing_to_rank_gives_no_figures() -> None:
    assert ranking_measures({}) == {}
    assert hit_at([], 3) == 0.0


def test_evidence_hit_looks_at_the_first_k_hits() -> None:
    rankings = [ranking(1, set(), set(), {0}), ranking(1, set(), set(), set(), {0})]
    assert [hit_at(rankings, k) for k in (1, 3, 5)] == [0.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Gửi về Ban Kinh tế TRƯỚC NGÀY\n15/01 năm sau.", "trước ngày 15/01 năm sau"),
        ("Uỷ ban hoà giải", "Ủy ban hòa giải"),
        (unicodedata.normalize("NFD", "đoàn viên ưu tú"), "đoàn viên ưu tú"),
        ("trước ngày 15/11/2023", "15/11"),
        ("đạt 85%.", "85%"),
        ("(780)", "780"),
    ],
)
def test_an_answer_is_right_however_the_accepted_words_are_typed(text: str, accepted: str) -> None:
    assert is_right(["điều khác", accepted], ["", text])


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("trước 15/11", "15/1"),
        ("1.780 đoàn viên", "780"),
        ("7801", "780"),
        ("1.595.000 trường hợp", "1.595"),
        ("ban hành", "bàn hành"),
        ("Ban Bí thư", "Ban B"),
        ("", "780"),
    ],
)
def test_an_answer_is_wrong_when_the_accepted_words_are_only_part_of_others(text: str, accepted: str) -> None:
    assert not is_right([accepted], [text])


def test_nothing_accepted_is_never_right() -> None:
    assert not is_right([], ["trước ngày 15/11"])
    assert not contains_words("trước ngày 15/11", " ")


def test_a_quote_is_found_across_line_breaks_spelling_and_decomposed_letters() -> None:
    text = "Tỉnh uỷ\n  giao Ban  cán sự đảng. Tỉnh ủy giao ban."
    (span,) = squeeze(text).find("Tỉnh ủy giao Ban cán sự")
    assert span.of(text) == "Tỉnh uỷ\n  giao Ban  cán sự"
    decomposed = unicodedata.normalize("NFD", text)
    (span,) = squeeze(decomposed).find("giao Ban cán sự")
    assert unicodedata.normalize("NFC", span.of(decomposed)) == "giao Ban  cán sự"


def test_every_place_of_a_quote_is_found() -> None:
    assert squeeze("LĐLĐ tỉnh, LĐLĐ\ntỉnh").find("LĐLĐ tỉnh") == (Span(0, 9), Span(11, 20))


@pytest.mark.parametrize("quote", ["ban cán sự", "Ban can sự", "Ban cán sự đoàn", ""])
def test_a_quote_with_other_letters_is_not_found(quote: str) -> None:
    assert squeeze("Ban cán sự đảng").find(quote) == ()


def test_a_quote_is_verbatim_only_as_the_characters_of_its_span_and_of_the_source() -> None:
    text = "giao cho Ban Tuyên giáo"
    assert is_verbatim("Ban Tuyên giáo", Span(9, 23), text, None)
    assert is_verbatim("Ban Tuyên giáo", Span(9, 23), text, "giao cho Ban\nTuyên giáo")
    assert not is_verbatim("Ban Tuyên giáo", Span(8, 23), text, None)
    assert not is_verbatim("Ban tuyên giáo", Span(9, 23), text, None)
    assert not is_verbatim("Ban Tuyên giáo", Span(9, 23), text, "giao cho Ban Tổ chức")


def test_citation_precision_counts_the_citations_that_share_half_with_a_quote() -> None:
    quotes = [(place(100, 200),)]
    inside, around, touching, elsewhere = place(120, 140), place(90, 260), place(195, 400), place(100, 200, "b")
    half, less = place(150, 300), place(151, 300)
    assert citation_precision([inside, around, half], quotes) == 1.0
    assert citation_precision([less], quotes) == 0.0
    assert citation_precision([inside, touching, elsewhere, around], quotes) == 0.5
    assert citation_precision([], quotes) == 0.0


def test_citation_recall_counts_the_quotes_that_citations_together_cover_by_half() -> None:
    quotes = [(place(0, 100),), (place(300, 400), place(0, 10, "b")), ()]
    assert citation_recall([place(0, 30), place(20, 50)], quotes) == pytest.approx(1 / 3)
    assert citation_recall([place(0, 30), place(20, 49)], quotes) == 0.0
    assert citation_recall([place(0, 100), place(0, 10, "b")], quotes) == pytest.approx(2 / 3)
    assert citation_recall([], quotes) == 0.0


def test_the_mean_of_nothing_is_zero() -> None:
    assert mean([]) == 0.0
    assert mean([1.0, 0.0]) == 0.5
