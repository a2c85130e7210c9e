"""python -m eval.roundtrip [FOLDER]: each text of a folder written in every format, read back, and compared.

Prints the share of characters that come back, for each format over all files and for the worst of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter

from eval.report import table
from eval.writers import OFFICE_WRITERS, WRITERS
from indexer.errors import ProjectError
from indexer.read import SKIPPED, office, read_content
from indexer.understand.clean import clean

TARGET = 0.995
CORPUS = Path(__file__).parents[1] / "corpus"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the characters of one text came back in their place, and how long reading took."""

    file: str
    kept: int
    characters: int
    seconds: float = 0.0

    @property
    def share(self) -> float:
        return self.kept / self.characters if self.characters else 1.0


def main(argv: Sequence[str] | None = None) -> int:
    """0: each file in each format keeps its characters; 1: not; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.roundtrip", description="What is lost in each format.")
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS, help="texts (.txt, .md); corpus/ without it")
    parser.add_argument("--formats", nargs="*", choices=sorted(WRITERS), default=list(WRITERS), help="only these")
    options = parser.parse_args(argv)
    try:
        found = {name: round_trips(options.folder, name) for name in _writable(options.formats)}
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(["format", "kept", "worst", "", "read, files/s"], [_row(name, kept) for name, kept in found.items()]))
    return 0 if all(one.share >= TARGET for kept in found.values() for one in kept) else 1


def round_trips(folder: Path, format_name: str) -> list[Kept]:
    """Every text of a folder in one format."""
    paths = sorted(path for path in folder.glob("*.*") if path.suffix in (".txt", ".md"))
    return [round_trip(path, format_name) for path in paths if path.name.lower() not in SKIPPED]


def round_trip(path: Path, format_name: str) -> Kept:
    """One text written in a format and read back; raises ReadError where it can't be."""
    text = path.read_text(encoding="utf-8")
    written = WRITERS[format_name](text)
    started = perf_counter()
    back = read_content(written, path)
    seconds = perf_counter() - started
    expected = clean(read_content(text.encode("utf-8"), path))
    return compared(path.name, expected.text, clean(back).text, seconds)


def compared(file: str, expected: str, found: str, seconds: float = 0.0) -> Kept:
    """A word counts with its characters when it comes back whole and in its place; strokes of tables don't count."""
    ours, theirs = _words(expected), _words(found)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    kept = sum(len(word) for block in blocks for word in ours[block.a : block.a + block.size])
    most = max(sum(map(len, ours)), sum(map(len, theirs)))
    return Kept(file, kept, most, seconds)


def _words(text: str) -> list[str]:
    return [word for word in text.replace("|", " ").split() if word.strip("-")]


def _writable(formats: Iterable[str]) -> list[str]:
    """Without LibreOffice some can't be written, which is said."""
    missing = [name for name in formats if name in OFFICE_WRITERS and office.program() is None]
    if missing:
        print(f"not measured, LibreOffice is not installed: {', '.join(missing)}", file=sys.stderr)
    return [name for name in formats if name not in missing]


def _row(name: str, kept: Sequence[Kept]) -> list[str]:
    worst = min(kept, key=lambda one: one.share)
    share = sum(one.kept for one in kept) / sum(one.characters for one in kept)
    speed = len(kept) / sum(one.seconds for one in kept)
    reached = "" if worst.share >= TARGET else "MISSED: "
    return [name, f"{share:.2%}", f"{worst.share:.2%}", f"{reached}{worst.file}", f"{speed:.1f}"]


if __name__ == "__main__":
    sys.exit(main())
