"""Nearest neighbours by inner product; rows of unit length, so the score is the cosine."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged


class VectorIndex:
    """Rows of float32 in the order of the passages. Read-only once built, so threads may share it."""

    def __init__(self, rows: NDArray[np.float32]) -> None:
        self._rows = rows
        self._flat = faiss.IndexFlatIP(rows.shape[1])
        if len(rows):
            self._flat.add(rows)

    @classmethod
    def build(cls, rows: NDArray[np.float32]) -> VectorIndex:
        """`rows` has the shape (passages, dimension), float32, finite; else ValueError."""
        if rows.ndim != 2 or rows.shape[1] == 0 or rows.dtype != np.float32:
            raise ValueError(f"rows must be float32 of shape (passages, dimension), not {rows.dtype} of {rows.shape}")
        if not np.isfinite(rows).all():
            raise ValueError("rows hold values that are not finite")
        return cls(np.ascontiguousarray(rows))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dimension(self) -> int:
        return int(self._rows.shape[1])

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """(position, score) of the k nearest rows among the allowed ones, best first, ties by position."""
        self._check_query(query)
        choice = np.arange(len(self)) if allowed is None else np.flatnonzero(self._check_allowed(allowed))
        wanted = min(k, len(choice))
        if wanted <= 0:
            return []
        return self._nearest(query, wanted, len(choice), None if allowed is None else choice)

    def _nearest(
        self, query: NDArray[np.float32], wanted: int, available: int, choice: NDArray[np.int64] | None
    ) -> list[tuple[int, float]]:
        """faiss breaks ties as it likes: ask for more until the last score is no longer that of the last wanted."""
        asked = wanted
        while True:
            asked = min(asked + 1, available)
            scores, positions = self._ask(query, asked, choice)
            if asked == available or scores[-1] < scores[wanted - 1]:
                order = np.lexsort((positions, -scores))[:wanted]
                return [(int(positions[place]), float(scores[place])) for place in order]
            asked *= 2

    def _ask(
        self, query: NDArray[np.float32], k: int, choice: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        parameters = faiss.SearchParameters()
        selector = None if choice is None else faiss.IDSelectorBatch(choice)
        parameters.sel = selector
        scores, positions = self._flat.search(query[None, :], k, params=parameters)
        held = positions[0] >= 0
        return scores[0][held], positions[0][held]

    def rows(self, start: int, stop: int) -> NDArray[np.float32]:
        """The rows start..stop, shape (stop - start, dimension)."""
        return self._rows[start:stop]

    def similarities(self, query: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The score of each of the given rows, in their order."""
        self._check_query(query)
        scores: NDArray[np.float32] = self._rows[positions] @ query
        return scores

    def _check_query(self, query: NDArray[np.float32]) -> None:
        if query.shape != (self.dimension,):
            raise ValueError(f"the query has the shape {query.shape}, the index has rows of {self.dimension} numbers")

    def _check_allowed(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        if allowed.shape != (len(self),) or allowed.dtype != np.bool_:
            raise ValueError(f"the mask is {allowed.dtype} of {allowed.shape}, the index has {len(self)} rows")
        return allowed

    def save(self, folder: Path) -> None:
        """Write vectors.npy; the same rows give the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "vectors.npy", self._rows, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Open what `save` wrote. IndexDamaged where the file is missing or not what `save` writes."""
        try:
            return cls.build(np.load(folder / "vectors.npy", allow_pickle=False))
        except (OSError, ValueError) as error:
            raise IndexDamaged(f"{folder}: the vectors can't be read ({error}). Build the index again.") from error
