"""python -m eval.scans [FOLDER]: each text of a folder set as pages, scanned, recognised, and compared.

Prints the share of wrong characters (edit distance without white space) and of document numbers and dates that came
back, over all files and for the worst. 200 dpi, turned by 0.7 degrees, blurred and with noise: eval/pages.py.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from eval.pages import as_pdf, as_scan, as_scanned_pdf, bare
from eval.report import table
from eval.roundtrip import CORPUS
from indexer.errors import ProjectError
from indexer.numbers import find_numbers
from indexer.read import SKIPPED, read_content
from indexer.understand.clean import clean

MOST_WRONG = 0.03
LEAST_RIGHT = 0.98
_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2}/\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came back of one text: wrong characters of all, numbers and dates found of those that stand there."""

    file: str
    pages: int
    characters: int
    wrong: int
    named: int
    right: int
    corrected: int
    seconds: float

    @property
    def wrong_share(self) -> float:
        return self.wrong / max(self.characters, 1)


def main(argv: Sequence[str] | None = None) -> int:
    """0: few enough characters are wrong in each file, and enough numbers and dates right; 1: not; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.scans", description="What is lost in a scan.")
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS, help="texts (.txt, .md); corpus/ without it")
    folder = parser.parse_args(argv).folder
    paths = sorted(path for path in folder.glob("*.*") if path.suffix in (".txt", ".md"))
    try:
        found = [scanned(path) for path in paths if path.name.lower() not in SKIPPED]
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    worst = max(found, key=lambda one: one.wrong_share)
    wrong = sum(one.wrong for one in found) / sum(one.characters for one in found)
    right = sum(one.right for one in found) / max(sum(one.named for one in found), 1)
    pages = sum(one.pages for one in found)
    rows = [
        ["wrong characters", f"{wrong:.2%}", f"worst {worst.wrong_share:.2%}: {worst.file}"],
        ["numbers and dates right", f"{right:.2%}", f"{sum(one.corrected for one in found)} put right"],
        ["pages", str(pages), f"{60 * pages / sum(one.seconds for one in found):.1f} a minute"],
    ]
    print(table([f"{len(found)} texts as scans", "", ""], rows))
    return 0 if worst.wrong_share <= MOST_WRONG and right >= LEAST_RIGHT else 1


def scanned(path: Path) -> Scanned:
    """One text written, scanned and read back; raises ReadError where it can't be."""
    text = bare(clean(read_content(path.read_bytes(), path)).text)
    content = as_scanned_pdf(as_scan(as_pdf(text)))
    started = perf_counter()
    raw = read_content(content, path.with_suffix(".pdf"))
    seconds = perf_counter() - started
    found, wanted = clean(raw).text, named(text)
    return Scanned(
        file=path.name,
        pages=len(raw.page_starts),
        characters=len(_squeezed(text)),
        wrong=edit_distance(_squeezed(text), _squeezed(found)),
        named=wanted.total(),
        right=(wanted & named(found)).total(),
        corrected=sum(change.startswith("read again") for change in raw.changes),
        seconds=seconds,
    )


def named(text: str) -> Counter[str]:
    """Document numbers in their one spelling, and dates as written."""
    dates = (" ".join(match[0].split()) for match in _DATE.finditer(text))
    return Counter([*(number for _, number in find_numbers(text)), *dates])


def edit_distance(one: str, other: str) -> int:
    """Insertions, deletions and exchanges of letters (Levenshtein, 1966); a row of the table at a time.

    >>> edit_distance("tổng kết", "tống két"), edit_distance("", "ab"), edit_distance("LĐLĐ", "LĐLĐĐ")
    (2, 2, 1)
    """
    letters, places = np.array(list(map(ord, other)), dtype=np.int64), np.arange(len(other) + 1)
    row = places.copy()
    for number, letter in enumerate(map(ord, one), start=1):
        best = np.concatenate(([number], np.minimum(row[1:] + 1, row[:-1] + (letters != letter))))
        row = np.minimum.accumulate(best - places) + places
    return int(row[-1])


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]+", "", unicodedata.normalize("NFC", text))


if __name__ == "__main__":
    sys.exit(main())
