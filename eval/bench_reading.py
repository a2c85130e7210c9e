"""python -m eval.bench_reading: how fast files are read, format by format, on one core of this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

from eval.report import table
from eval.writers import OFFICE_WRITERS, WRITERS
from indexer.read import SKIPPED, office, read_content

CORPUS = Path(__file__).parents[1] / "corpus"
REAL = Path(__file__).parents[2] / "shared" / "documents"
TARGETS = {"docx": 20.0}
"""Files a second."""
REPEATS = 3
_BY_OFFICE = frozenset({"doc", "odt", "rtf"})


def main() -> int:
    """0: measured, whatever the times."""
    texts = [path.read_text(encoding="utf-8") for path in _samples()]
    rows = [_row(name, [WRITERS[name](text) for text in texts]) for name in WRITERS if name not in _BY_OFFICE]
    real = [path.read_bytes() for path in sorted(REAL.glob("*.docx"))]
    rows += [_row("docx", real, f"docx, {len(real)} real ones of {sum(map(len, real)) // 1024} KB")] if real else []
    if office.program():
        rows += [_row(name, [WRITERS[name](texts[0])], f"{name}, by LibreOffice", 1) for name in sorted(_BY_OFFICE)]
    else:
        print(f"not measured, LibreOffice is not installed: {', '.join(sorted(OFFICE_WRITERS | _BY_OFFICE))}")
    print(table([f"reading, {len(texts)} samples in each format", "files/s", ""], rows))
    return 0


def _samples() -> list[Path]:
    paths = sorted(path for path in CORPUS.glob("*.*") if path.suffix in (".txt", ".md"))
    return [path for path in paths if path.name.lower() not in SKIPPED]


def _row(name: str, files: Sequence[bytes], shown: str = "", repeats: int = REPEATS) -> list[str]:
    """Time of the processor for our own readers, so that other work on the machine doesn't count; else of the clock."""
    clock = perf_counter if shown.endswith("LibreOffice") else process_time
    best = min(_seconds(files, clock) for _ in range(repeats))
    speed = len(files) / max(best, 1e-9)
    target = TARGETS.get(name)
    reached = f"{target:.0f} wanted: {'reached' if speed >= target else 'MISSED'}" if target else ""
    return [shown or name, f"{speed:.1f}" if speed < 100 else f"{speed:.0f}", reached]


def _seconds(files: Sequence[bytes], clock: Callable[[], float]) -> float:
    started = clock()
    for content in files:
        read_content(content, Path("a"))
    return clock() - started


if __name__ == "__main__":
    sys.exit(main())
