"""Nearest neighbours by inner product; rows of unit length, so the score is the cosine.

Rows are kept in one byte a number, with a factor for each row: a quarter of the memory, and the cosine changes by less
than 0.005.

Up to EXACT_ROWS rows every row is compared. Above, rows are sorted into cells around centroids (an inverted file, one
byte a number), the nearest cells are read, and what they give is scored again on the exact rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged

# Comparing 20,000 rows of 256 numbers takes about 1 ms, 100,000 take 15; cells take 0.2 ms there.
EXACT_ROWS = 20_000
CELLS = 1024
# On legal_qa_dev (24,000 rows of 384 numbers) 16, 32, 64 cells all give the true ten nearest; 64 take 3.0 ms, 32 1.7.
CELLS_READ = 32
TRAINED_ON_ROWS = 40_000
# One query is too little work to share: with two threads on busy cores the same search took 44 ms instead of 0.2. And
# with one thread the same rows always give the same cells.
faiss.omp_set_num_threads(1)


_LARGEST = 127


@dataclass(frozen=True, slots=True)
class _Rows:
    """Row r is numbers[r] * factors[r]."""

    numbers: NDArray[np.int8]  # (rows, dimension)
    factors: NDArray[np.float16]  # (rows,)

    @classmethod
    def of(cls, rows: NDArray[np.float32]) -> _Rows:
        """A factor has so few digits that its product with any byte is exact: rows read back give the same bytes."""
        exact = np.abs(rows).max(axis=1, initial=0.0) / _LARGEST
        factors = exact.astype(np.float16)
        factors = np.where(factors < exact, np.nextafter(factors, np.float16(np.inf)), factors)
        steps = np.where(factors > 0, factors, 1).astype(np.float32)
        return cls(np.rint(rows / steps[:, None]).astype(np.int8), factors)

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, places: Any) -> NDArray[np.float32]:
        """The rows at some places, shape (places, dimension)."""
        taken: NDArray[np.float32] = self.numbers[places].astype(np.float32)
        taken *= self.factors[places].astype(np.float32)[:, None]
        return taken


class VectorIndex:
    """Rows in the order of the passages. Read-only once built, so threads may share it."""

    def __init__(self, rows: _Rows, cells: Any = None) -> None:
        self._rows = rows
        self._cells = cells

    @classmethod
    def build(cls, rows: NDArray[np.float32]) -> VectorIndex:
        """`rows` has the shape (passages, dimension), float32, finite; else ValueError."""
        if rows.ndim != 2 or rows.shape[1] == 0 or rows.dtype != np.float32:
            raise ValueError(f"rows must be float32 of shape (passages, dimension), not {rows.dtype} of {rows.shape}")
        if not np.isfinite(rows).all():
            raise ValueError("rows hold values that are not finite")
        kept = _Rows.of(rows)
        held = kept.take(slice(None))
        return cls(kept, _sorted_into_cells(held) if len(held) > EXACT_ROWS else _flat(held))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dimension(self) -> int:
        return int(self._rows.numbers.shape[1])

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """(position, score) of the k nearest rows among the allowed ones, best first, ties by position.

        Exact up to EXACT_ROWS rows, or EXACT_ROWS allowed ones; above, a near row can be missed.
        """
        self._check_query(query)
        choice = np.arange(len(self)) if allowed is None else np.flatnonzero(self._check_allowed(allowed))
        wanted = min(k, len(choice))
        if wanted <= 0:
            return []
        if allowed is not None and len(choice) <= EXACT_ROWS:
            return self._best(query, choice, wanted)
        return self._best(query, self._near(query, wanted, allowed), wanted)

    def _near(self, query: NDArray[np.float32], wanted: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """At least the rows wanted, as far as faiss finds them, and those that tie with the last."""
        asked = wanted
        while True:
            asked = min(2 * asked, len(self))
            scores, positions = self._ask(query, asked, allowed)
            if len(scores) < asked or asked == len(self) or scores[-1] < scores[wanted - 1]:
                return positions

    def _ask(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        parameters = _parameters(len(self) > EXACT_ROWS, None if bits is None else _SELECTOR(bits))
        scores, positions = self._cells.search(query[None, :], k, params=parameters)
        held = positions[0] >= 0  # faiss pads with -1
        return scores[0][held], positions[0][held]

    def _best(self, query: NDArray[np.float32], positions: NDArray[np.int64], k: int) -> list[tuple[int, float]]:
        scores = self.similarities(query, positions)
        order = np.lexsort((positions, -scores))[:k]
        return [(int(positions[place]), float(scores[place])) for place in order]

    def rows(self, start: int, stop: int) -> NDArray[np.float32]:
        """The rows start..stop, shape (stop - start, dimension)."""
        return self._rows.take(slice(start, stop))

    def similarities(self, query: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The score of each of the given rows, in their order; a row's score doesn't depend on the others."""
        self._check_query(query)
        scores: NDArray[np.float32] = np.einsum("rd,d->r", self._rows.take(positions), query)
        return scores

    def _check_query(self, query: NDArray[np.float32]) -> None:
        if query.shape != (self.dimension,):
            raise ValueError(f"the query has the shape {query.shape}, the index has rows of {self.dimension} numbers")

    def _check_allowed(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        if allowed.shape != (len(self),) or allowed.dtype != np.bool_:
            raise ValueError(f"the mask is {allowed.dtype} of {allowed.shape}, the index has {len(self)} rows")
        return allowed

    def save(self, folder: Path) -> None:
        """Write vectors.*.npy and, above EXACT_ROWS rows, vectors.cells; the same rows give the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "vectors.numbers.npy", self._rows.numbers, allow_pickle=False)
        np.save(folder / "vectors.factors.npy", self._rows.factors, allow_pickle=False)
        if len(self) > EXACT_ROWS:
            faiss.write_index(self._cells, str(folder / "vectors.cells"))

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Open what `save` wrote; many rows stay on disk and are mapped. IndexDamaged where it can't be read."""
        try:
            rows = _Rows(_mapped(folder / "vectors.numbers.npy"), _mapped(folder / "vectors.factors.npy"))
            if len(rows) <= EXACT_ROWS:
                return cls(rows, _flat(rows.take(slice(None))))
            return cls(rows, faiss.read_index(str(folder / "vectors.cells")))
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexDamaged(f"{folder}: the vectors can't be read ({error}). Build the index again.") from error


def _mapped(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


# faiss's type stubs describe the C++ constructor, not the one that takes an array.
_SELECTOR: Any = faiss.IDSelectorBitmap


def _parameters(in_cells: bool, selector: Any) -> Any:
    parameters: Any = faiss.SearchParametersIVF() if in_cells else faiss.SearchParameters()
    parameters.sel = selector
    if in_cells:
        parameters.nprobe = CELLS_READ
    return parameters


def _flat(rows: NDArray[np.float32]) -> Any:
    flat = faiss.IndexFlatIP(rows.shape[1])
    if len(rows):
        flat.add(rows)
    return flat


def _sorted_into_cells(rows: NDArray[np.float32]) -> Any:
    """Trained on rows taken evenly from all of them; faiss's own seed is fixed."""
    dimension = rows.shape[1]
    centroids = faiss.IndexFlatIP(dimension)
    cells = faiss.IndexIVFScalarQuantizer(
        centroids, dimension, CELLS, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    cells.cp.niter = 8
    cells.train(rows[:: max(1, len(rows) // TRAINED_ON_ROWS)])
    cells.add(rows)
    return cells
