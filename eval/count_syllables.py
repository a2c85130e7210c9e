"""Count syllables and pairs of syllables of the training texts: python -m eval.count_syllables ../shared/train

Writes indexer/data/syllables.txt.xz, which search.restore reads. Every twentieth text is left out, so that restoration
can be measured on text that was not counted.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import syllables

TARGET = Path(__file__).parents[1] / "indexer" / "data" / "syllables.txt.xz"
HELD_OUT_EVERY = 20
TEXTS_AT_ONCE = 4000
LONGEST_SYLLABLE = 7
# Rarer syllables are mostly foreign words and misspellings; rarer pairs cost space: the file stays under 3 MB.
LEAST_SYLLABLE = 30
LEAST_PAIR = 2


def training_texts(folder: Path) -> Iterator[str]:
    """Titles and bodies of the news and of the articles of law, in the order of the files."""
    for name, fields in (("news", ("title", "body")), ("legal_articles", ("title", "text"))):
        with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield ". ".join(record[field] for field in fields)


def spoken(text: str) -> list[str]:
    """Syllables in order; "" stands for anything that is no syllable, such as a number."""
    return [token if token.isalpha() and len(token) <= LONGEST_SYLLABLE else "" for token in syllables(text)]


def count(texts: Iterable[str]) -> tuple[list[tuple[str, int]], NDArray[np.int64]]:
    """Syllables with their counts, commonest first, and the rows (first, second, count) of pairs in that numbering."""
    counted: Counter[str] = Counter()
    numbers: dict[str, int] = {"": 0}
    pairs: Counter[int] = Counter()
    remaining = iter(texts)
    while part := list(islice(remaining, TEXTS_AT_ONCE)):
        lines = [spoken(text) for text in part]
        counted.update(syllable for line in lines for syllable in line if syllable)
        pairs.update(_pairs(lines, numbers))
    return _kept(counted, numbers, pairs)


def _pairs(lines: Sequence[Sequence[str]], numbers: dict[str, int]) -> dict[int, int]:
    """How often each pair stands in some lines; a pair is first << 32 | second."""
    flat = [numbers.setdefault(syllable, len(numbers)) for line in lines for syllable in (*line, "")]
    codes = np.array(flat, dtype=np.int64)
    both = (codes[:-1] > 0) & (codes[1:] > 0)
    keys, counts = np.unique((codes[:-1] << 32 | codes[1:])[both], return_counts=True)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))


def _kept(
    counted: Counter[str], numbers: dict[str, int], pairs: Counter[int]
) -> tuple[list[tuple[str, int]], NDArray[np.int64]]:
    known = sorted(((s, n) for s, n in counted.items() if n >= LEAST_SYLLABLE), key=lambda row: (-row[1], row[0]))
    rank = {numbers[syllable]: place for place, (syllable, _) in enumerate(known)}
    rows = [
        (rank[pair >> 32], rank[pair & 0xFFFFFFFF], n)
        for pair, n in pairs.items()
        if n >= LEAST_PAIR and pair >> 32 in rank and pair & 0xFFFFFFFF in rank
    ]
    return known, np.array(sorted(rows), dtype=np.int64)


def write(known: Sequence[tuple[str, int]], pairs: NDArray[np.int64], target: Path) -> None:
    """Three parts, one line each of "syllable count" pairs, steps between pair keys, and their counts."""
    keys = pairs[:, 0] * len(known) + pairs[:, 1]
    lines = (
        " ".join(f"{syllable} {n}" for syllable, n in known),
        " ".join(map(str, np.diff(keys, prepend=0).tolist())),
        " ".join(map(str, pairs[:, 2].tolist())),
    )
    target.write_bytes(lzma.compress("\n".join(lines).encode("utf-8") + b"\n", preset=9))


def main(argv: Sequence[str] | None = None) -> int:
    [folder] = sys.argv[1:] if argv is None else argv
    counted = (text for place, text in enumerate(training_texts(Path(folder))) if place % HELD_OUT_EVERY)
    known, pairs = count(counted)
    write(known, pairs, TARGET)
    print(f"{TARGET}: {len(known)} syllables, {len(pairs)} pairs, {TARGET.stat().st_size} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
