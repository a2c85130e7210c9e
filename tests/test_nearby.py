"""The rows of sentences, embedded once."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from search.nearby import SentenceRows, sentences_of

TEXTS = ("Công đoàn cơ sở báo cáo năm. Tỉnh ủy nhận báo cáo năm.", "ngắn", "Kế hoạch kiểm tra tài chính\nKinh phí")


class CountingEmbedder:
    """One number for each text, its length, and how many texts were embedded."""

    name, dimension = "lengths", 1

    def __init__(self) -> None:
        self.embedded = 0

    def embed_passages(self, texts: object) -> NDArray[np.float32]:
        assert isinstance(texts, list)
        self.embedded += len(texts)
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    embed_queries = embed_passages


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


def test_every_sentence_of_a_passage_has_its_row(embedder: CountingEmbedder) -> None:
    rows = SentenceRows(embedder, TEXTS.__getitem__).of([2, 0, 1])
    assert [found.ravel().tolist() for found in rows] == [[27], [28, 25], [4]]


def test_a_passage_is_embedded_once(embedder: CountingEmbedder) -> None:
    rows = SentenceRows(embedder, TEXTS.__getitem__)
    first = rows.of([0, 1])
    again = rows.of([1, 0])
    assert embedder.embedded == 3
    assert [found.tolist() for found in again] == [found.tolist() for found in reversed(first)]


def test_no_passages_have_no_rows(embedder: CountingEmbedder) -> None:
    assert SentenceRows(embedder, TEXTS.__getitem__).of([]) == []


@pytest.mark.parametrize("text", ["", "?", "a. b. c.", "\n\n"])
def test_a_text_without_a_long_sentence_is_one(text: str) -> None:
    assert sentences_of(text) == [text]
