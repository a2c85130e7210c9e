"""BM25 over named fields, compiled: what each term adds to each passage is worked out once, when the index is built.

A query reads one column per term and field, so its cost grows with how often its terms occur, not with the vocabulary.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi
from scipy.sparse import csc_array

from indexer.errors import IndexDamaged

# rank_bm25 keeps a dict for every passage; counting in parts of this many passages bounds the memory of a build.
PASSAGES_AT_ONCE = 8192
# rank_bm25's own defaults; 0.9 and 0.4 are worse on all of XQuAD-vi, ALQAC 2023 and legal_qa_dev.
K1 = 1.5
B = 0.75
# tf · (K1 + 1) / (tf + K1 · …) stays below K1 + 1, so 16 bits hold it to 2e-5: half the bytes of float32.
STEP = (K1 + 1) / np.iinfo(np.uint16).max
# The field whose terms are also kept in their order, so that a ranking can see which words stand together.
ORDERED_FIELD = "syllables"
_ARRAYS = ("hashes", "starts", "columns", "positions", "impacts")


class PositiveBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """BM25Okapi with the idf of Lucene, ln(1 + (N - n + 0.5) / (n + 0.5)), which is above 0 for every term.

    Okapi's own ln((N - n + 0.5) / (n + 0.5)) is 0 for a term in half of the passages and below 0 for one in most of
    them, so that on a handful of documents a match would rank under a passage that lacks the term.
    """

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        for term, passages in nd.items():
            self.idf[term] = positive_idf(self.corpus_size, passages)


def positive_idf(passages: int, holding: int) -> float:
    """How rare a term is that stands in `holding` of `passages` passages; above 0."""
    return math.log1p((passages - holding + 0.5) / (holding + 0.5))


@dataclass(frozen=True, slots=True)
class _Field:
    """One compiled field. Terms are in the order of their hashes; term i owns columns[i]:columns[i + 1]."""

    hashes: NDArray[np.uint64]  # (terms,) ascending
    starts: NDArray[np.int64]  # (terms + 1,) byte positions in `text`
    text: bytes  # the terms in UTF-8, one after the other
    columns: NDArray[np.int64]  # (terms + 1,)
    positions: NDArray[np.int32]  # (postings,) passages, ascending within a term
    impacts: NDArray[np.uint16]  # (postings,) what the term adds to the passage's score, over its idf, in steps of STEP

    def find(self, terms: Sequence[str]) -> list[int | None]:
        """The place of each term, None for unknown ones."""
        hashes = np.array([_hash(term) for term in terms], dtype=np.uint64)
        found: list[int | None] = [None] * len(terms)
        if not len(self.hashes):
            return found
        places = np.searchsorted(self.hashes, hashes)
        # Most pairs that are asked for stand nowhere: they are told in one comparison of all.
        met = np.flatnonzero(self.hashes[np.minimum(places, len(self.hashes) - 1)] == hashes)
        for at in met.tolist():
            found[at] = self._check(int(places[at]), terms[at])
        return found

    def _check(self, place: int, term: str) -> int | None:
        """The place of a term at or after the first one of its hash."""
        encoded, hash_ = term.encode("utf-8", "surrogatepass"), self.hashes[place]
        while place < len(self.hashes) and self.hashes[place] == hash_:
            if self.text[self.starts[place] : self.starts[place + 1]] == encoded:
                return place
            place += 1
        return None

    def holding(self, place: int) -> int:
        return int(self.columns[place + 1] - self.columns[place])

    def terms(self) -> Iterator[str]:
        for start, end in pairwise(self.starts.tolist()):
            yield self.text[start:end].decode("utf-8", "surrogatepass")

    def scores(self, terms: Sequence[str], passages: int) -> NDArray[np.float32]:
        counts = Counter(terms)
        places = self.find(list(counts))
        found = [(place, count) for place, count in zip(places, counts.values(), strict=True) if place is not None]
        slices = [slice(int(self.columns[place]), int(self.columns[place + 1])) for place, _ in found]
        if not slices:
            return np.zeros(passages, dtype=np.float32)
        bounds = np.cumsum([0, *(part.stop - part.start for part in slices)], dtype=np.int32)
        positions = np.concatenate([self.positions[part] for part in slices])
        impacts = np.concatenate([self.impacts[part] for part in slices]).astype(np.float32)
        idfs = (positive_idf(passages, self.holding(place)) for place, _ in found)
        weights = np.array([c * idf * STEP for (_, c), idf in zip(found, idfs, strict=True)], dtype=np.float32)
        matrix = csc_array((impacts, positions, bounds), shape=(passages, len(slices)))
        scored: NDArray[np.float32] = matrix @ weights
        return scored


@dataclass(frozen=True, slots=True)
class Sightings:
    """Where some terms stand in some passages, sorted by row, then offset.

    A row is a place in the list of passages asked for, an offset counts terms from the passage's start, a term is a
    place in the list of terms asked for.
    """

    rows: NDArray[np.int64]
    offsets: NDArray[np.int64]
    terms: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Order:
    """The terms of ORDERED_FIELD in running order; passage p is terms[bounds[p]:bounds[p + 1]]."""

    bounds: NDArray[np.int64]
    terms: NDArray[np.int32]

    @classmethod
    def empty(cls, passages: int) -> _Order:
        return cls(np.zeros(passages + 1, dtype=np.int64), np.empty(0, dtype=np.int32))

    def sightings(self, places: Sequence[int | None], passages: NDArray[np.int64]) -> Sightings:
        known = np.array(sorted((place, at) for at, place in enumerate(places) if place is not None), dtype=np.int64)
        if not len(known) or not len(passages):
            return Sightings(*(np.empty(0, dtype=np.int64) for _ in range(3)))
        starts, ends = self.bounds[passages], self.bounds[passages + 1]
        running = np.concatenate([self.terms[start:end] for start, end in zip(starts, ends, strict=True)])
        nearest = np.minimum(np.searchsorted(known[:, 0], running), len(known) - 1)
        seen = np.flatnonzero(known[nearest, 0] == running)
        firsts = np.cumsum(ends - starts) - (ends - starts)
        rows = np.searchsorted(firsts, seen, side="right") - 1
        return Sightings(rows, seen - firsts[rows], known[nearest[seen], 1])


class LexicalIndex:
    """Fields of BM25 scores over the same passages. Read-only once built, so threads may share it."""

    def __init__(self, passages: int, fields: Mapping[str, _Field], order: _Order) -> None:
        self._passages = passages
        self._fields = dict(fields)
        self._order = order

    @classmethod
    def build(cls, passages: Sequence[Mapping[str, Sequence[str]]]) -> LexicalIndex:
        """`passages` are what `analyze.terms` gives. Every passage needs the same fields, else ValueError."""
        fields = tuple(passages[0]) if passages else ()
        for place, passage in enumerate(passages):
            if tuple(passage) != fields:
                raise ValueError(f"passage {place} has the fields {tuple(passage)}, passage 0 has {fields}")
        compiled = {name: _compile(passage[name] for passage in passages) for name in fields}
        if ORDERED_FIELD not in compiled:
            return cls(len(passages), compiled, _Order.empty(len(passages)))
        order = _in_order(compiled[ORDERED_FIELD], [passage[ORDERED_FIELD] for passage in passages])
        return cls(len(passages), compiled, order)

    def __len__(self) -> int:
        return self._passages

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def scores(self, terms: Mapping[str, Sequence[str]]) -> dict[str, NDArray[np.float32]]:
        """The BM25 score of every passage in each field of `terms`, shape (passages,); a repeated term counts again.

        A field that the index lacks scores 0 everywhere: an index without passages has no fields.
        """
        return {name: self._score(name, asked) for name, asked in terms.items()}

    def _score(self, name: str, terms: Sequence[str]) -> NDArray[np.float32]:
        field = self._fields.get(name)
        return np.zeros(self._passages, dtype=np.float32) if field is None else field.scores(terms, self._passages)

    def holding(self, field: str, terms: Sequence[str]) -> list[int]:
        """In how many passages each term stands; 0 for a term or field that the index doesn't know."""
        compiled = self._fields.get(field)
        if compiled is None:
            return [0] * len(terms)
        return [0 if place is None else compiled.holding(place) for place in compiled.find(terms)]

    def idf(self, field: str, term: str) -> float:
        """How rare a term is in the passages; 0 for a term or field that the index doesn't know."""
        return self.idfs(field, [term])[0]

    def idfs(self, field: str, terms: Sequence[str]) -> list[float]:
        """`idf` of each term."""
        return [positive_idf(self._passages, held) if held else 0.0 for held in self.holding(field, terms)]

    def vocabulary(self, field: str) -> Iterator[str]:
        """Every term of a field, in no particular order that means anything; nothing for an unknown field."""
        compiled = self._fields.get(field)
        return iter(()) if compiled is None else compiled.terms()

    def sightings(self, terms: Sequence[str], passages: NDArray[np.int64]) -> Sightings:
        """Where terms of ORDERED_FIELD stand in the passages at these positions."""
        compiled = self._fields.get(ORDERED_FIELD)
        return self._order.sightings(compiled.find(terms) if compiled else [], passages)

    def save(self, folder: Path) -> None:
        """Write lexical.json, lexical.order.*.npy and, for each field, lexical.FIELD.terms and lexical.FIELD.*.npy.

        The same passages give the same bytes.
        """
        folder.mkdir(parents=True, exist_ok=True)
        header = {"passages": self._passages, "fields": list(self._fields)}
        (folder / "lexical.json").write_text(json.dumps(header, indent=1) + "\n", encoding="utf-8")
        for name, field in self._fields.items():
            (folder / f"lexical.{name}.terms").write_bytes(field.text)
            for array in _ARRAYS:
                np.save(folder / f"lexical.{name}.{array}.npy", getattr(field, array), allow_pickle=False)
        np.save(folder / "lexical.order.bounds.npy", self._order.bounds, allow_pickle=False)
        np.save(folder / "lexical.order.terms.npy", self._order.terms, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote; the arrays stay on disk and are mapped. IndexDamaged where a file is missing."""
        try:
            header = json.loads((folder / "lexical.json").read_text(encoding="utf-8"))
            fields = {name: _open_field(folder, name) for name in header["fields"]}
            order = _Order(*(_open_array(folder / f"lexical.order.{array}.npy") for array in ("bounds", "terms")))
            return cls(int(header["passages"]), fields, order)
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamaged(
                f"{folder}: the lexical index can't be read ({error}). Build the index again."
            ) from error


def _open_field(folder: Path, name: str) -> _Field:
    arrays: dict[str, Any] = {array: _open_array(folder / f"lexical.{name}.{array}.npy") for array in _ARRAYS}
    return _Field(text=(folder / f"lexical.{name}.terms").read_bytes(), **arrays)


def _open_array(path: Path) -> NDArray[Any]:
    mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    # A plain view of the same mapped pages: slicing np.memmap itself costs ten times as much.
    return np.asarray(mapped)


@lru_cache(maxsize=1 << 16)
def _hash(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


# --- compiling --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counts:
    """The postings of a field in the order of passages, and the length of each passage in terms."""

    vocabulary: Mapping[str, int]
    terms: NDArray[np.int32]
    frequencies: NDArray[np.int32]
    distinct: NDArray[np.int64]
    lengths: NDArray[np.int64]


def _compile(passages: Iterable[Sequence[str]]) -> _Field:
    counts = _count(passages)
    size, rows = len(counts.vocabulary), len(counts.lengths)
    holding = np.bincount(counts.terms, minlength=size)
    ranked = sorted((_hash(term), term, number) for term, number in counts.vocabulary.items())
    numbers = np.array([number for _, _, number in ranked], dtype=np.int64)
    rank = np.empty(size, dtype=np.int32)
    rank[numbers] = np.arange(size, dtype=np.int32)
    order = np.argsort(rank[counts.terms], kind="stable")
    encoded = [term.encode("utf-8", "surrogatepass") for _, term, _ in ranked]
    return _Field(
        hashes=np.array([hash_ for hash_, _, _ in ranked], dtype=np.uint64),
        starts=np.cumsum([0, *map(len, encoded)], dtype=np.int64),
        text=b"".join(encoded),
        columns=np.concatenate([[0], np.cumsum(holding[numbers])]).astype(np.int64),
        positions=np.repeat(np.arange(rows, dtype=np.int32), counts.distinct)[order],
        impacts=_impacts(counts)[order],
    )


def _in_order(field: _Field, passages: Sequence[Sequence[str]]) -> _Order:
    place = {term: at for at, term in enumerate(field.terms())}
    lengths = np.fromiter(map(len, passages), dtype=np.int64, count=len(passages))
    running = np.fromiter((place[term] for passage in passages for term in passage), np.int32, count=int(lengths.sum()))
    return _Order(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), running)


def _count(passages: Iterable[Sequence[str]]) -> _Counts:
    """What rank_bm25 counts, part by part."""
    vocabulary: dict[str, int] = {}
    terms, frequencies, distinct, lengths = [], [], [], []
    for part in _parts(passages):
        counted = PositiveBM25(part, k1=K1, b=B)
        rows: list[dict[str, int]] = counted.doc_freqs
        terms.append(_numbers((term for row in rows for term in row), vocabulary))
        frequencies.append(np.fromiter((count for row in rows for count in row.values()), dtype=np.int32))
        distinct.append(np.fromiter(map(len, rows), dtype=np.int64))
        lengths.append(np.array(counted.doc_len, dtype=np.int64))
    return _Counts(
        vocabulary=vocabulary,
        terms=np.concatenate(terms),
        frequencies=np.concatenate(frequencies),
        distinct=np.concatenate(distinct),
        lengths=np.concatenate(lengths),
    )


def _parts(passages: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    remaining = iter(passages)
    while part := list(islice(remaining, PASSAGES_AT_ONCE)):
        yield part


def _numbers(terms: Iterable[str], vocabulary: dict[str, int]) -> NDArray[np.int32]:
    """The number of each term; a new term gets the next one."""
    return np.fromiter((vocabulary.setdefault(term, len(vocabulary)) for term in terms), dtype=np.int32)


def _impacts(counts: _Counts) -> NDArray[np.uint16]:
    """The summand of BM25Okapi.get_scores for each posting, over the idf of its term, in steps of STEP."""
    average = counts.lengths.sum() / len(counts.lengths)
    length = np.repeat(counts.lengths, counts.distinct)
    damping = K1 * (1 - B + B * length / average)
    impacts: NDArray[np.float64] = counts.frequencies * (K1 + 1) / (counts.frequencies + damping)
    return np.maximum(np.rint(impacts / STEP), 1).astype(np.uint16)
