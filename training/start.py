"""Where training starts: half at random, half from the singular vectors of what stands in the same texts."""

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD

from training.pairs import Pieces, Rows, Tokenized
from training.settings import Settings
from training.vocabulary import Vocabulary

Matrix = NDArray[np.float32]


def start_rows(tokenized: Tokenized, vocabulary: Vocabulary, settings: Settings, random: np.random.Generator) -> Matrix:
    """Shape (training rows, dimension), each number of about `start_deviation`.

    A word without diacritics begins as the words that it may stand for.
    """
    chance = random.standard_normal((vocabulary.rows, settings.dimension), dtype=np.float32)
    counted = singular_rows(sampled(tokenized, settings, random), vocabulary, settings.dimension, random)
    rows = np.sqrt(1 - settings.start_counted) * chance + np.sqrt(settings.start_counted) * counted
    rows *= settings.start_deviation
    for own, parts, shares in zip(range(vocabulary.words), vocabulary.parts, vocabulary.shares, strict=False):
        if parts[0] == own:
            rows[own] *= max(0.0, 1 - sum(shares[1:]))
    return np.asarray(rows, dtype=np.float32)


def sampled(tokenized: Tokenized, settings: Settings, random: np.random.Generator) -> list[Pieces]:
    """The beginnings of some texts of every source, of all where there are fewer."""
    sources = (tokenized.bodies, tokenized.articles, tokenized.answers)
    take = settings.start_texts // len(sources)
    return [
        texts[at][: settings.start_pieces]
        for texts in sources
        for at in np.sort(random.permutation(len(texts))[:take]).tolist()
    ]


def singular_rows(texts: list[Pieces], vocabulary: Vocabulary, dimension: int, random: np.random.Generator) -> Matrix:
    """Rows of shape (training rows, dimension) and length sqrt(dimension): latent semantic analysis (Deerwester et
    al., JASIS 1990) of log counts times rarity, turned at random so that no coordinate counts more than another."""
    counts = row_counts(texts, vocabulary)
    counts.data = np.log1p(counts.data)
    holders = np.bincount(counts.indices, minlength=vocabulary.rows)
    rarity = np.log((1 + counts.shape[0]) / (1 + holders)).astype(np.float32)
    weighted = counts @ scipy.sparse.diags_array(rarity)
    lengths = np.maximum(scipy.sparse.linalg.norm(weighted, axis=1), 1e-6).astype(np.float32)
    weighted = scipy.sparse.diags_array(1 / lengths) @ weighted
    size = min(dimension, *weighted.shape)
    found = TruncatedSVD(size, n_iter=1, n_oversamples=8, random_state=int(random.integers(2**31))).fit(weighted)
    latent = found.components_.T * np.sqrt(found.singular_values_)
    latent /= np.maximum(np.linalg.norm(latent, axis=1, keepdims=True), 1e-9)
    turned, _ = np.linalg.qr(random.standard_normal((dimension, dimension)))
    return np.asarray(latent @ turned[:size] * np.sqrt(dimension), dtype=np.float32)


def row_counts(texts: list[Pieces], vocabulary: Vocabulary) -> scipy.sparse.csr_array:
    """How often each text holds each training row, shape (texts, training rows)."""
    pieces, parts = Rows.of(texts), Rows.of(vocabulary.parts)
    held = scipy.sparse.csr_array(
        (np.ones(len(pieces.flat), dtype=np.float32), pieces.flat, pieces.starts), shape=(len(pieces), len(parts))
    )
    summed = scipy.sparse.csr_array(
        (np.ones(len(parts.flat), dtype=np.float32), parts.flat, parts.starts), shape=(len(parts), vocabulary.rows)
    )
    return (held @ summed).tocsr()
