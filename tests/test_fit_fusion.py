"""The fusion's weights by coordinate ascent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eval.fit_fusion import Looked, candidates, fitted
from indexer.analyze import syllables, terms
from indexer.lexical import LexicalIndex
from indexer.vectors import VectorIndex
from search.fuse import FusionSettings

TEXTS = ("báo cáo quý của công đoàn", "báo cáo năm của huyện ủy", "kế hoạch năm", "họp chi bộ")


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build([terms(text, " ".join(syllables(text))) for text in TEXTS])


@pytest.fixture(scope="module")
def vectors() -> VectorIndex:
    return VectorIndex.build(np.eye(len(TEXTS), dtype=np.float32))


def looked(text: str, near: int, relevant: int) -> Looked:
    vector = np.eye(len(TEXTS), dtype=np.float32)[near]
    return Looked(
        dict(terms(text)), vector, 1.0, frozenset({relevant}), lambda places: np.zeros(len(places), np.float32)
    )


def test_the_gain_is_that_of_the_ranking(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    first = candidates(lexical, vectors, [looked("báo cáo năm của huyện ủy", near=1, relevant=1)])
    second = candidates(lexical, vectors, [looked("báo cáo năm của huyện ủy", near=1, relevant=0)])
    assert first.gain(FusionSettings()) == pytest.approx(1.0)
    assert second.gain(FusionSettings()) == pytest.approx(1 / np.log2(3))


def test_a_relevant_passage_that_is_no_candidate_counts_as_missed(lexical: LexicalIndex, vectors: VectorIndex) -> None:
    lost = replace(looked("họp chi bộ", near=3, relevant=3), relevant=frozenset({3, 99}))
    assert candidates(lexical, vectors, [lost]).gain(FusionSettings()) == pytest.approx(1 / (1 + 1 / np.log2(3)))


def test_the_ascent_raises_the_weight_that_brings_the_relevant_passage_up(
    lexical: LexicalIndex, vectors: VectorIndex
) -> None:
    held = candidates(lexical, vectors, [looked("báo cáo quý của công đoàn", near=2, relevant=2)])
    begun = replace(FusionSettings(), dense=4.5)
    found = fitted(held.gain, begun, rounds=8)
    assert held.gain(found) > held.gain(begun)
    assert found.dense > begun.dense
