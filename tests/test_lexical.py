"""BM25, compiled."""

from __future__ import annotations

import math
import threading
from pathlib import Path

import numpy as np
import pytest

from indexer.analyze import syllables, terms
from indexer.errors import IndexDamaged
from indexer.lexical import K1, B, LexicalIndex, PositiveBM25, positive_idf

SHARED = Path(__file__).parents[2] / "shared"
TEXTS = (
    "Ban Kinh tế Trung ương nhận báo cáo trước ngày 15/01.",
    "Liên đoàn Lao động tỉnh gửi báo cáo, báo cáo gửi qua ban Chính sách.",
    "Kế hoạch số 284-KH/BKTTW của Ban Kinh tế.",
    "",
)


def build(*texts: str) -> LexicalIndex:
    return LexicalIndex.build([terms(text, " ".join(syllables(text))) for text in texts])


IMPACT_PRECISION = 1e-4
"""Impacts are kept in 16 bits."""


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return build(*TEXTS)


def reference(texts: list[list[str]], query: list[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    scores: np.ndarray[tuple[int], np.dtype[np.float64]] = PositiveBM25(texts, k1=K1, b=B).get_scores(query)
    return scores


@pytest.mark.parametrize("query", ["báo cáo gửi ban Kinh tế", "báo báo báo cáo", "284-KH/BKTTW", "của và những"])
@pytest.mark.parametrize("field", ["syllables", "bigrams", "folded"])
def test_scores_are_those_of_rank_bm25(index: LexicalIndex, query: str, field: str) -> None:
    asked = terms(query)[field]
    expected = reference([terms(text)[field] for text in TEXTS], asked)
    np.testing.assert_allclose(index.scores({field: asked})[field], expected, rtol=IMPACT_PRECISION)


def test_scores_are_those_of_rank_bm25_on_real_documents() -> None:
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("../shared/corpus is not there")
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    analyzed = [syllables(line) for line in lines]
    real = LexicalIndex.build([{"syllables": line} for line in analyzed])
    counted = PositiveBM25(analyzed, k1=K1, b=B)
    for line in analyzed[::40]:
        np.testing.assert_allclose(
            real.scores({"syllables": line})["syllables"], counted.get_scores(line), rtol=IMPACT_PRECISION
        )


def test_parts_of_a_build_give_the_scores_of_the_whole(monkeypatch: pytest.MonkeyPatch, index: LexicalIndex) -> None:
    monkeypatch.setattr("indexer.lexical.PASSAGES_AT_ONCE", 1)
    asked = terms("báo cáo của Ban Kinh tế")
    for field, scores in build(*TEXTS).scores(asked).items():
        np.testing.assert_array_equal(scores, index.scores(asked)[field])


def test_a_term_in_every_passage_still_counts() -> None:
    scores = build("báo cáo quý", "báo cáo năm", "báo cáo").scores({"syllables": ["báo"]})["syllables"]
    assert (scores > 0).all()


def test_a_match_ranks_over_a_passage_without_it_even_among_two() -> None:
    match, other = build("báo cáo", "kế hoạch").scores({"syllables": ["báo"]})["syllables"]
    assert match > other == 0


def test_one_passage_can_be_found() -> None:
    assert build("báo cáo").scores({"syllables": ["báo"]})["syllables"][0] > 0


def test_an_empty_index_answers_with_no_scores(tmp_path: Path) -> None:
    empty = LexicalIndex.build([])
    empty.save(tmp_path)
    for index in (empty, LexicalIndex.load(tmp_path)):
        assert len(index) == 0
        assert index.scores(terms("báo cáo"))["words"].shape == (0,)
        assert index.idf("syllables", "báo") == 0


def test_passages_without_a_term_are_kept_and_score_nothing(tmp_path: Path) -> None:
    build("", "").save(tmp_path)
    index = LexicalIndex.load(tmp_path)
    assert index.scores({"syllables": ["báo"]})["syllables"].tolist() == [0, 0]


def test_unknown_terms_and_fields_score_nothing(index: LexicalIndex) -> None:
    assert not index.scores({"syllables": ["xyz"]})["syllables"].any()
    assert not index.scores({"syllables": []})["syllables"].any()
    assert not index.scores({"no such field": ["báo"]})["no such field"].any()


def test_a_repeated_term_counts_again(index: LexicalIndex) -> None:
    once, twice = (index.scores({"syllables": ["báo"] * times})["syllables"] for times in (1, 2))
    np.testing.assert_allclose(twice, 2 * once, rtol=1e-6)


def test_idf_falls_with_the_passages_that_hold_the_term(index: LexicalIndex) -> None:
    assert index.idf("syllables", "báo") == pytest.approx(math.log(1 + 2.5 / 2.5))
    assert index.idf("syllables", "liên") > index.idf("syllables", "báo") > 0
    assert index.idf("syllables", "xyz") == 0
    assert positive_idf(10, 10) > 0


def test_terms_with_the_same_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = build(*TEXTS).scores({"syllables": ["báo", "tế"]})["syllables"]
    monkeypatch.setattr("indexer.lexical._hash", lambda term: len(term) % 2)
    np.testing.assert_array_equal(build(*TEXTS).scores({"syllables": ["báo", "tế"]})["syllables"], expected)


def test_saved_and_opened_it_is_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    opened = LexicalIndex.load(tmp_path)
    asked = terms("báo cáo của Ban Kinh tế")
    for field, scores in index.scores(asked).items():
        np.testing.assert_array_equal(opened.scores(asked)[field], scores)
    assert sorted(opened.vocabulary("words")) == sorted(index.vocabulary("words"))
    assert opened.fields == index.fields


def test_the_same_passages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        build(*TEXTS).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert all(name.startswith("lexical.") for name in files)
    for name in files:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes(), name


@pytest.mark.parametrize("missing", ["lexical.json", "lexical.words.terms", "lexical.bigrams.impacts.npy"])
def test_a_missing_file_is_named(index: LexicalIndex, tmp_path: Path, missing: str) -> None:
    index.save(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(IndexDamaged, match=r"Build the index again") as raised:
        LexicalIndex.load(tmp_path)
    assert missing in str(raised.value)


def test_passages_with_different_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="passage 1"):
        LexicalIndex.build([{"words": ["a"]}, {"syllables": ["a"]}])


def test_sightings_tell_where_terms_stand(index: LexicalIndex) -> None:
    seen = index.sightings(["cáo", "xyz", "báo"], np.array([1, 3, 0]))
    assert [*zip(seen.rows.tolist(), seen.offsets.tolist(), seen.terms.tolist(), strict=True)] == [
        (0, 6, 2), (0, 7, 0), (0, 8, 2), (0, 9, 0), (2, 6, 2), (2, 7, 0),
    ]  # fmt: skip


def test_threads_may_share_an_index(index: LexicalIndex) -> None:
    asked = terms("báo cáo của Ban Kinh tế")
    expected = index.scores(asked)["syllables"].tolist()
    answers: list[list[float]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(index.scores(asked)["syllables"].tolist())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8
