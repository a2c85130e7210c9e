"""Candidates and their fusion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.analyze import FIELDS, fold, syllables, terms
from indexer.lexical import LexicalIndex
from indexer.vectors import VectorIndex
from search.fuse import Fused, FusionSettings, field_weights, fuse
from search.proximity import OPENING, in_order, nearness, opening
from search.retrieve import accented_share, dense_candidates, retrieve

TEXTS = (
    "Các huyện ủy gửi báo cáo về Ban Kinh tế Trung ương trước ngày 15/01 năm sau",
    "Ban Kinh tế Trung ương ban hành kế hoạch số 284-KH/BKTTW",
    "Công đoàn cơ sở tổ chức hội nghị người lao động",
    "Báo chí đưa tin về tình hình kinh tế của các huyện",
    "Cán bộ bàn bạc về bảo hiểm",
)


def analyzed(text: str) -> dict[str, list[str]]:
    return terms(text, " ".join(syllables(text)))


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build([analyzed(text) for text in TEXTS])


@pytest.fixture(scope="module")
def vectors() -> VectorIndex:
    return VectorIndex.build(np.eye(len(TEXTS), dtype=np.float32))


def towards(position: int) -> NDArray[np.float32]:
    row: NDArray[np.float32] = np.eye(len(TEXTS), dtype=np.float32)[position]
    return row


def positions(found: list[Fused]) -> list[int]:
    return [hit.position for hit in found]


def test_the_passage_with_the_words_is_first(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    found = retrieve(lexical, vectors, analyzed("Gửi báo cáo về Ban Kinh tế Trung ương khi nào?"), towards(0), k=3)
    assert positions(found)[0] == 0
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_the_evidence_adds_up_to_the_score_and_names_each_part(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    [best, *_] = retrieve(lexical, vectors, analyzed("báo cáo về Ban Kinh tế Trung ương"), towards(0), k=3)
    assert sum(best.evidence.values()) == pytest.approx(best.score, rel=1e-5)
    assert {"words", "syllables", "bigrams", "dense", "clause", "sentences", "opening", "in_order"} == set(
        best.evidence
    )


def test_each_retriever_works_alone(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    asked = analyzed("công đoàn cơ sở")
    assert positions(retrieve(lexical, None, asked, None, k=1)) == [2]
    assert positions(retrieve(lexical, vectors, {}, towards(3), k=1)) == [3]
    assert retrieve(lexical, None, {}, None, k=5) == []


def test_a_passage_is_found_by_its_vector_alone(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    found = retrieve(lexical, vectors, analyzed("xyz"), towards(4), k=1)
    assert positions(found) == [4]
    assert set(found[0].evidence) == {"dense"}


def test_filters_hold_before_ranking(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    allowed = np.array([False, True, False, False, True])
    settings = FusionSettings(candidates=1)
    asked = analyzed("gửi báo cáo về Ban Kinh tế Trung ương")
    found = retrieve(lexical, vectors, asked, towards(0), k=5, allowed=allowed, settings=settings)
    assert found
    assert set(positions(found)) <= {1, 4}
    assert positions(found)[0] == 1


def test_nothing_allowed_finds_nothing(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    asked = analyzed("báo cáo")
    assert retrieve(lexical, vectors, asked, towards(0), k=5, allowed=np.zeros(5, dtype=np.bool_)) == []


def test_an_empty_index_finds_nothing() -> None:
    empty = VectorIndex.build(np.zeros((0, 3), dtype=np.float32))
    assert retrieve(LexicalIndex.build([]), empty, analyzed("báo cáo"), np.ones(3, dtype=np.float32), k=5) == []


def test_a_question_without_diacritics_finds_the_same_passage(lexical: LexicalIndex) -> None:
    for question, position in (("gui bao cao ve Ban Kinh te", 0), ("hoi nghi nguoi lao dong", 2), ("bao hiem", 4)):
        assert positions(retrieve(lexical, None, analyzed(question), None, k=1)) == [position], question


def test_a_question_with_diacritics_is_held_to_them() -> None:
    index = LexicalIndex.build(
        [analyzed("cán bộ bán bảo hiểm bao la"), analyzed("đoàn viên dự đại hội"), analyzed("canh bo ban")]
    )
    [first, *rest] = retrieve(index, None, analyzed("bán bảo hiểm"), None, k=3)
    assert first.position == 0
    assert not rest


def test_half_the_diacritics_use_both_kinds_of_fields(lexical: LexicalIndex) -> None:
    [first, *_] = retrieve(lexical, None, analyzed("gui bao cao ve ban Kinh tế trung uong"), None, k=1)
    assert first.position == 0
    assert {"syllables", "folded"} <= set(first.evidence)


@pytest.mark.parametrize(
    ("typed", "share"),
    [("bao cao ve ban", 0.0), ("báo cáo về bạn", 1.0), ("báo cao", 1.0), ("284 15/01", 1.0), ("", 1.0)],
)
def test_the_share_of_marks_says_how_a_question_was_typed(typed: str, share: float) -> None:
    assert accented_share(syllables(typed)) == pytest.approx(share)


def test_field_weights_go_over_from_one_kind_to_the_other() -> None:
    settings = FusionSettings()
    assert field_weights(1.0, settings) == settings.accented.as_mapping()
    assert field_weights(0.0, settings) == settings.bare.as_mapping()
    middle = field_weights(0.5, settings)
    assert all(
        min(a, b) <= middle[f] <= max(a, b)
        for f in FIELDS
        for a, b in [(settings.accented.as_mapping()[f], settings.bare.as_mapping()[f])]
    )


def test_candidates_are_best_first_with_ties_by_position(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    found = retrieve(lexical, None, analyzed("Ban Kinh tế"), None, k=2)
    assert [hit.position for hit in found][:1] in ([0], [1])
    assert found[0].score >= found[1].score
    assert [hit.position for hit in dense_candidates(vectors, towards(2), None, 3)] == [2, 0, 1]
    assert retrieve(lexical, None, analyzed("xyz"), None, k=5) == []


def test_passages_that_score_the_same_are_in_the_order_of_positions_also_at_the_cut() -> None:
    index = LexicalIndex.build([analyzed("kế hoạch")] * 30)
    settings = FusionSettings(candidates=7, reranked=3)
    assert positions(retrieve(index, None, analyzed("kế hoạch"), None, k=5, settings=settings)) == [0, 1, 2, 3, 4]


def test_words_near_each_other_outrank_the_same_words_apart() -> None:
    apart = "giám sát " + "về một việc khác hẳn mà ai cũng biết " * 9 + "phản biện"
    near = "về một việc khác hẳn mà ai cũng biết " * 9 + "giám sát phản biện"
    index = LexicalIndex.build([analyzed(apart), analyzed(near)])
    assert positions(retrieve(index, None, analyzed("giám sát phản biện"), None, k=2)) == [1, 0]
    alone = replace(FusionSettings(), clause=0.0, sentences=0.0, in_order=0.0)
    assert positions(retrieve(index, None, analyzed("giám sát phản biện"), None, k=2, settings=alone)) == [0, 1]


def test_nearness_is_the_best_share_of_weight_within_a_span() -> None:
    index = LexicalIndex.build([analyzed("a x x b x c"), analyzed("c"), analyzed("x")])
    seen = index.sightings(["a", "b", "c"], np.array([0, 1, 2]))
    near, far = nearness(seen, np.array([1.0, 2.0, 1.0]), (3, 4), 3)
    assert near.tolist() == [0.75, 0.25, 0]
    assert far.tolist() == [0.75, 0.25, 0]
    [all_of_it] = nearness(seen, np.array([1.0, 2.0, 1.0]), (6,), 3)
    assert all_of_it.tolist() == [1, 0.25, 0]


def test_opening_counts_only_the_first_syllables() -> None:
    index = LexicalIndex.build([analyzed("x " * OPENING + "a"), analyzed("x " * (OPENING - 1) + "a")])
    seen = index.sightings(["a"], np.array([0, 1]))
    assert opening(seen, np.array([2.0]), 2).tolist() == [0, 1]


def test_in_order_counts_runs_of_three_once() -> None:
    index = LexicalIndex.build([analyzed("a b c a b c"), analyzed("c b a"), analyzed("a b c d"), analyzed("a b x c d")])
    seen = index.sightings(["a", "b", "c", "d"], np.arange(4))
    assert in_order(seen, [0, 1, 2, 3], [1.0, 1.0, 1.0], 4).tolist() == [0.5, 0, 1, 0]


def test_short_questions_have_no_order() -> None:
    index = LexicalIndex.build([analyzed("a b c")])
    assert in_order(index.sightings(["a", "b"], np.arange(1)), [0, 1], [1.0], 1).tolist() == [0]


def test_fusing_sums_the_shares_and_keeps_them() -> None:
    shares = {"one": np.array([0.5, 0.25, 0], dtype=np.float32), "two": np.array([0, 0.5, 0.5], dtype=np.float32)}
    assert fuse(shares, [7, 3, 5], 3) == [
        Fused(3, 0.75, {"one": 0.25, "two": 0.5}),
        Fused(5, 0.5, {"two": 0.5}),
        Fused(7, 0.5, {"one": 0.5}),
    ]


def test_fusing_no_candidates_gives_nothing() -> None:
    assert fuse({}, [], 3) == []


def test_folding_the_question_never_loses_the_answer_that_folded_words_share(lexical: LexicalIndex) -> None:
    for position, text in enumerate(TEXTS):
        assert positions(retrieve(lexical, None, analyzed(fold(text)), None, k=1)) == [position]


def test_a_passage_is_scored_in_the_wording_that_suits_it_best(lexical: LexicalIndex) -> None:
    asked, in_full = analyzed("CĐCS hội nghị"), analyzed("công đoàn cơ sở hội nghị")
    [in_short] = retrieve(lexical, None, asked, None, k=1)
    [both] = retrieve(lexical, None, asked, None, k=1, other_wordings=[in_full])
    [spelled_out] = retrieve(lexical, None, in_full, None, k=1)
    assert both.score == pytest.approx(spelled_out.score)
    assert both.score > in_short.score
    assert positions([both]) == [2]


def test_another_wording_takes_nothing_from_the_first(lexical: LexicalIndex) -> None:
    asked = analyzed("báo cáo về Ban Kinh tế Trung ương")
    alone = retrieve(lexical, None, asked, None, k=1)
    assert retrieve(lexical, None, asked, None, k=1, other_wordings=[analyzed("họp")]) == alone


def test_more_passages_than_candidates_are_found_where_they_are_asked_for(
    lexical: LexicalIndex, vectors: VectorIndex
) -> None:
    few = FusionSettings(candidates=1)
    assert len(retrieve(lexical, vectors, analyzed("báo cáo kinh tế"), towards(0), k=5, settings=few)) == 5
