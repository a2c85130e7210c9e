"""Nearest neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.errors import IndexDamaged
from indexer.vectors import VectorIndex


def unit(*rows: Sequence[float]) -> NDArray[np.float32]:
    made = np.array(rows, dtype=np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def drawn(rows: int, dimension: int) -> NDArray[np.float32]:
    return unit(*np.random.default_rng(7).normal(size=(rows, dimension)))


@pytest.fixture
def random_rows() -> NDArray[np.float32]:
    """Rows as an index gives them back, so that its scores are exactly theirs."""
    return VectorIndex.build(drawn(300, 16)).rows(0, 300)


def test_rows_of_one_byte_a_number_keep_the_cosine() -> None:
    rows = drawn(200, 384)
    index = VectorIndex.build(rows)
    found = index.similarities(rows[3], np.arange(200))
    np.testing.assert_allclose(found, rows @ rows[3], atol=0.005)
    assert [position for position, _ in index.search(rows[3], 1)] == [3]


def test_rows_read_back_are_kept_as_the_same_bytes(tmp_path: Path) -> None:
    first = VectorIndex.build(np.vstack([drawn(300, 33), np.zeros((1, 33), dtype=np.float32)]))
    VectorIndex.build(first.rows(0, 301)).save(tmp_path / "second")
    first.save(tmp_path / "first")
    for name in ("vectors.numbers.npy", "vectors.factors.npy"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_the_nearest_rows_come_first_with_their_cosine(random_rows: NDArray[np.float32]) -> None:
    query = random_rows[42]
    found = VectorIndex.build(random_rows).search(query, 10)
    expected = np.argsort(-(random_rows @ query), kind="stable")[:10]
    assert [position for position, _ in found] == expected.tolist()
    np.testing.assert_allclose([score for _, score in found], (random_rows @ query)[expected], rtol=1e-5)


def test_only_allowed_rows_are_found_and_all_of_them(random_rows: NDArray[np.float32]) -> None:
    allowed = np.zeros(300, dtype=np.bool_)
    allowed[[3, 50, 299]] = True
    found = VectorIndex.build(random_rows).search(random_rows[0], 10, allowed)
    assert sorted(position for position, _ in found) == [3, 50, 299]


def test_more_than_there_is_gives_what_there_is_and_never_minus_one() -> None:
    found = VectorIndex.build(unit([1, 0], [0, 1])).search(unit([1, 0])[0], 50)
    assert [position for position, _ in found] == [0, 1]


def test_ties_are_in_the_order_of_positions_also_at_the_cut() -> None:
    index = VectorIndex.build(unit(*[[1, 0]] * 40, [0, 1]))
    assert [position for position, _ in index.search(unit([1, 0])[0], 5)] == [0, 1, 2, 3, 4]
    allowed = np.arange(41) >= 30
    assert [position for position, _ in index.search(unit([1, 0])[0], 3, allowed)] == [30, 31, 32]


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_for_is_nothing_found(k: int) -> None:
    assert VectorIndex.build(unit([1, 0])).search(unit([1, 0])[0], k) == []


def test_nothing_allowed_is_nothing_found() -> None:
    assert VectorIndex.build(unit([1, 0])).search(unit([1, 0])[0], 3, np.array([False])) == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    VectorIndex.build(np.zeros((0, 4), dtype=np.float32)).save(tmp_path)
    index = VectorIndex.load(tmp_path)
    assert (len(index), index.dimension) == (0, 4)
    assert index.search(np.ones(4, dtype=np.float32), 5) == []


def test_a_row_of_zeros_is_kept_and_is_near_nothing() -> None:
    rows = np.array([[0, 0], [1, 0]], dtype=np.float32)
    assert VectorIndex.build(rows).search(rows[1], 2) == [(1, pytest.approx(1, abs=0.005)), (0, 0.0)]


def test_a_query_of_another_dimension_is_refused_with_both_numbers() -> None:
    with pytest.raises(ValueError, match=r"\(3,\).*2"):
        VectorIndex.build(unit([1, 0])).search(np.ones(3, dtype=np.float32), 1)


def test_a_mask_of_another_length_is_refused_with_both_numbers() -> None:
    with pytest.raises(ValueError, match=r"\(3,\).*1 rows"):
        VectorIndex.build(unit([1, 0])).search(unit([1, 0])[0], 1, np.ones(3, dtype=np.bool_))


@pytest.mark.parametrize(
    "rows",
    [
        np.ones(3, dtype=np.float32),
        np.ones((2, 2), dtype=np.float64),
        np.ones((2, 0), dtype=np.float32),
        np.full((2, 2), np.nan, dtype=np.float32),
    ],
)
def test_rows_that_are_no_finite_float32_matrix_are_refused(rows: NDArray[np.float32]) -> None:
    with pytest.raises(ValueError, match="rows"):
        VectorIndex.build(rows)


def test_similarities_are_those_of_the_rows_named_in_their_order(random_rows: NDArray[np.float32]) -> None:
    named = np.array([9, 2, 200])
    found = VectorIndex.build(random_rows).similarities(random_rows[2], named)
    np.testing.assert_allclose(found, random_rows[named] @ random_rows[2], rtol=1e-6)


def test_saved_and_opened_it_is_the_same_to_the_byte(random_rows: NDArray[np.float32], tmp_path: Path) -> None:
    index = VectorIndex.build(random_rows)
    index.save(tmp_path / "first")
    opened = VectorIndex.load(tmp_path / "first")
    opened.save(tmp_path / "second")
    assert opened.search(random_rows[5], 7) == index.search(random_rows[5], 7)
    assert {path.name for path in (tmp_path / "first").iterdir()} == {"vectors.numbers.npy", "vectors.factors.npy"}
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


@pytest.mark.parametrize("content", [None, b"not an array"])
def test_missing_or_altered_vectors_are_reported(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "vectors.numbers.npy").write_bytes(content)
    with pytest.raises(IndexDamaged, match="Build the index again"):
        VectorIndex.load(tmp_path)


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch, random_rows: NDArray[np.float32]) -> VectorIndex:
    """An index over the limit for comparing every row."""
    monkeypatch.setattr("indexer.vectors.EXACT_ROWS", 100)
    monkeypatch.setattr("indexer.vectors.CELLS", 4)
    return VectorIndex.build(random_rows)


def test_cells_give_exact_scores_and_ties_in_order(cells: VectorIndex, random_rows: NDArray[np.float32]) -> None:
    query = random_rows[42]
    expected = np.argsort(-(random_rows @ query), kind="stable")[:10]
    found = cells.search(query, 10)
    assert [position for position, _ in found] == expected.tolist()
    np.testing.assert_allclose([score for _, score in found], (random_rows @ query)[expected], rtol=1e-5)


@pytest.mark.parametrize("share", [2, 3, 50])
def test_cells_hold_to_the_mask_wide_or_narrow(
    cells: VectorIndex, random_rows: NDArray[np.float32], share: int
) -> None:
    allowed = np.arange(300) % share != 0 if share < 50 else np.arange(300) % share == 0
    found = [position for position, _ in cells.search(random_rows[0], 300, allowed)]
    assert sorted(found) == np.flatnonzero(allowed).tolist()


def test_cells_saved_and_opened_are_the_same_to_the_byte(
    cells: VectorIndex, random_rows: NDArray[np.float32], tmp_path: Path
) -> None:
    cells.save(tmp_path / "first")
    VectorIndex.build(random_rows).save(tmp_path / "second")
    opened = VectorIndex.load(tmp_path / "first")
    assert opened.search(random_rows[9], 12) == cells.search(random_rows[9], 12)
    for name in ("vectors.numbers.npy", "vectors.factors.npy", "vectors.cells"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_missing_cells_are_reported(cells: VectorIndex, tmp_path: Path) -> None:
    cells.save(tmp_path)
    (tmp_path / "vectors.cells").unlink()
    with pytest.raises(IndexDamaged, match="Build the index again"):
        VectorIndex.load(tmp_path)
