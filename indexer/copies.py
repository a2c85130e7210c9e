"""Files that say the same: the same bytes under two names, and near copies. They are told, never dropped.

Near copies are found by sketches (Broder, 1997): of every four syllables in a row a hash, of all hashes the lowest;
two texts share about as many of these as they share runs of four syllables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from indexer.analyze import fold
from indexer.types import Document

_RUN = 4
_KEPT = 64
_LEAST_SHARE = 0.8
"""A letter sent again to another addressee shares 0.9 of its runs, next year's plan of the same office under 0.5."""
_LEAST_RUNS = 40
_COMMON = 50
"""A run that stands in more documents than this is a formula, and points to no copy."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Files with the same content, or (`near`) with nearly the same text, sorted by name."""

    files: tuple[str, ...]
    near: bool


def copies(documents: Sequence[Document]) -> tuple[Copies, ...]:
    """Groups of equal files, then pairs of near copies, each in the order of their names."""
    digests = {document.file: document.sha256 for document in documents}
    same: dict[str, list[str]] = defaultdict(list)
    for file, digest in digests.items():
        same[digest].append(file)
    equal = [Copies(tuple(sorted(files)), near=False) for files in same.values() if len(files) > 1]
    pairs = {pair for pair in _near(_sketches(documents)) if digests[pair[0]] != digests[pair[1]]}
    near = (Copies(pair, near=True) for pair in sorted(pairs))
    return (*sorted(equal, key=lambda group: group.files), *near)


def _sketches(documents: Iterable[Document]) -> list[tuple[str, frozenset[int]]]:
    """(file, the lowest hashes) of every document that is long enough to tell."""
    found = []
    for document in documents:
        words = fold(document.text).split()
        runs = {crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1)}
        if len(runs) >= _LEAST_RUNS:
            found.append((document.file, frozenset(sorted(runs)[:_KEPT])))
    return found


def _near(sketches: Sequence[tuple[str, frozenset[int]]]) -> set[tuple[str, str]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for number, (_, sketch) in enumerate(sketches):
        for value in sketch:
            holders[value].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) <= _COMMON:
            shared.update(combinations(numbers, 2))
    near = (pair for pair, count in shared.items() if _resembles(sketches[pair[0]][1], sketches[pair[1]][1], count))
    pairs = ((sketches[one][0], sketches[other][0]) for one, other in near)
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def _resembles(one: frozenset[int], other: frozenset[int], shared: int) -> bool:
    """Whether of the lowest hashes of both together enough stand in both."""
    if shared < _LEAST_SHARE * _LEAST_RUNS / 2:
        return False
    lowest = sorted(one | other)[: min(len(one), len(other))]
    return sum(value in one and value in other for value in lowest) >= _LEAST_SHARE * len(lowest)
