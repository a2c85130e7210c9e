"""python -m eval.bench_reading: how fast files are read, format by format, on one core of this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

from eval.pages import as_pdf, as_scan, as_scanned_pdf
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
    print("\n" + table(["pages", "", ""], _page_rows(texts)))
    return 0


def _page_rows(texts: Sequence[str]) -> list[list[str]]:
    """Pages of born-digital PDF files a second on one core, of scans a minute by the clock, and the most memory."""
    digital = [as_pdf(text) for text in texts]
    pages = sum(len(read_content(content, Path("a")).page_starts) for content in digital)
    speed = pages / min(_seconds(digital, process_time) for _ in range(REPEATS))
    rows = [[f"PDF, {pages} pages, a second", f"{speed:.0f}", f"60 wanted: {'reached' if speed >= 60 else 'MISSED'}"]]
    scan = [as_scanned_pdf(as_scan(digital[0]))]
    scanned = len(read_content(scan[0], Path("a")).page_starts)
    rows.append(
        ["scan, 200 dpi, pages a minute", f"{60 * scanned / _seconds(scan, perf_counter):.1f}", "one Tesseract"]
    )
    return rows + [[f"most memory, {name}", f"{megabytes:.0f} MB", ""] for name, megabytes in _memory()]


def _memory() -> list[tuple[str, float]]:
    """What this process and the largest program that it started held at most; not known on Windows."""
    try:
        import resource
    except ImportError:
        return []
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    of = (("reading", resource.RUSAGE_SELF), ("Tesseract or LibreOffice", resource.RUSAGE_CHILDREN))
    return [(name, resource.getrusage(who).ru_maxrss / unit) for name, who in of]


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
