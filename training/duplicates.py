"""Training texts that are near copies of what is measured on, to be left out.

Two texts are near copies when they share at least half of the shorter one's shingles (runs of words, without
diacritics and case): of eight words for passages, of three for questions, where the share is 0.6.
"""

import csv
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import fold
from training.sources import SourceError, Sources
from training.words import Words

QUESTION_KEYS = frozenset({"question", "title"})
PASSAGE_KEYS = frozenset({"context", "answer", "text", "evidence"})
LEAST_SHARED = 3
CORPUS_WORDS = 150
"""The sample documents are compared in pieces of this many words."""
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured on."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]


def read_measured(shared: Path) -> Measured:
    """Questions and passages of every evaluation set, the gold questions and the sample documents."""
    found: list[tuple[str, str]] = []
    paths = sorted(path for name in ("evalsets", "gold") for path in (shared / name).rglob("*") if path.is_file())
    if not paths:
        raise SourceError(f"{shared}: no evaluation sets, so near copies of them can't be left out of the training.")
    for path in paths:
        found += _strings(_values(path))
    pieces = [piece for path in sorted((shared / "corpus").glob("*.txt")) for piece in _pieces(path)]
    questions = [text for key, text in found if key in QUESTION_KEYS or len(text.split()) <= 40]
    passages = [text for key, text in found if key in PASSAGE_KEYS]
    return Measured(tuple(dict.fromkeys(questions)), tuple(dict.fromkeys([*passages, *pieces])))


def without_copies(sources: Sources, measured: Measured) -> Sources:
    """The sources less every text that is a near copy of a measured one."""
    words = Words(fold)
    questions = NearCopies([words.numbers(text) for text in measured.questions], 3, 0.6)
    passages = NearCopies([words.numbers(text) for text in measured.passages], 8, 0.5)

    def copied(asked: Sequence[str], passage: str) -> bool:
        return any(questions.holds(words.numbers(text)) for text in asked) or passages.holds(words.numbers(passage))

    return Sources(
        tuple(news for news in sources.news if not copied((), f"{news.abstract} {news.body}")),
        tuple(article for article in sources.articles if not copied((), article.text)),
        tuple(each for each in sources.questions if not copied((each.question, each.page), each.answer)),
    )


class NearCopies:
    """The shingles of some texts, and which of the texts hold each."""

    def __init__(self, rows: Sequence[NDArray[np.int32]], words: int, share: float) -> None:
        self._words = words
        self._share = share
        own = [np.unique(shingles(row, words)) for row in rows]
        self._sizes = [len(each) for each in own]
        self._holders: dict[int, list[int]] = defaultdict(list)
        for holder, each in enumerate(own):
            for shingle in each.tolist():
                self._holders[shingle].append(holder)
        self._known = np.array(sorted(self._holders), dtype=np.uint64)

    def holds(self, row: NDArray[np.int32]) -> bool:
        """Whether the row is a near copy of one of the texts."""
        own = np.unique(shingles(row, self._words))
        hits = own[self._among_known(own)]
        if len(hits) < LEAST_SHARED:
            return False
        shared = Counter(holder for hit in hits.tolist() for holder in self._holders[hit])
        return any(
            count >= max(LEAST_SHARED, self._share * min(len(own), self._sizes[holder]))
            for holder, count in shared.items()
        )

    def _among_known(self, own: NDArray[np.uint64]) -> NDArray[np.bool_]:
        if len(self._known) == 0:
            return np.zeros(len(own), dtype=bool)
        nearest = np.minimum(np.searchsorted(self._known, own), len(self._known) - 1)
        return np.asarray(self._known[nearest] == own)


def shingles(row: NDArray[np.int32], words: int) -> NDArray[np.uint64]:
    """A hash of each run of so many words."""
    if len(row) < words:
        return np.empty(0, dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(row.astype(np.uint64) + np.uint64(1), words)
    powers = np.cumprod(np.full(words, _BASE, dtype=np.uint64))
    return np.asarray((runs * powers).sum(axis=1, dtype=np.uint64))


def _values(path: Path) -> Iterator[Any]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)
    elif path.suffix == ".json":
        yield json.loads(path.read_text(encoding="utf-8"))
    elif path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    elif path.suffix == ".jsonl":
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _strings(values: Iterable[Any], key: str = "") -> Iterator[tuple[str, str]]:
    for value in values:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from _strings([inner], name)
        elif isinstance(value, list):
            yield from _strings(value, key)
        elif isinstance(value, str) and key in QUESTION_KEYS | PASSAGE_KEYS:
            yield key, value


def _pieces(path: Path) -> Iterator[str]:
    words = path.read_text(encoding="utf-8").split()
    for start in range(0, len(words), CORPUS_WORDS):
        yield " ".join(words[start : start + CORPUS_WORDS])
