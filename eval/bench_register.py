"""How quickly the register answers over many documents, and what its extraction adds to a build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

from indexer.analyze import terms
from indexer.embed import Embedder
from indexer.passages import PassageSettings, passages
from indexer.read import read
from indexer.types import Document
from indexer.understand import understand
from indexer.understand.duties import duties
from indexer.understand.reading import Reading
from search.places import gazetteer
from search.register import DutyFilter, Register

PASSAGES = 100_000
TARGET_SECONDS = 0.02
TARGET_SHARE = 0.3
REPEATS = 5
_UNITS = ("LĐLĐ huyện Na Hang", "LĐLĐ tỉnh Tuyên Quang", "Tỉnh ủy Ninh Thuận", "các cấp công đoàn")


def register_rows(documents: Sequence[Document]) -> Iterator[list[str]]:
    """Name, time and whether the target is reached; the documents repeated under other provinces and numbers."""
    grown = list(_grown(documents))
    started = perf_counter()
    register = Register(grown)
    yield [f"read {len(register.rows)} duties of {len(grown)} documents ({PASSAGES} passages)", _shown(started), ""]
    for unit in _UNITS:
        yield _timed(f"a unit asked for the first time: {unit}", register, DutyFilter(unit), repeats=1)
    yield _timed("a unit asked for again", register, DutyFilter(_UNITS[0]))
    month = DutyFilter(start=date(2025, 11, 1), end=date(2025, 11, 30))
    yield _timed("a unit and a month", register, replace(month, unit=_UNITS[0]))
    yield _timed("all that is due in a month", register, month)
    yield _timed("by recipient", register, DutyFilter(recipient="Ban Kinh tế Trung ương"))
    yield _timed("by document", register, DutyFilter(document=grown[-1].form.number))


def extraction_row(folder: Path, embedder: Embedder) -> list[str]:
    """The share of the duties in the time that building takes for each document, reading to embedding."""
    paths = [path for path in sorted(folder.rglob("*.txt")) if path.name.lower() != "readme.md"]
    whole = median(_seconds(partial(_built, paths, embedder)) for _ in range(REPEATS))
    held = [document for path in paths for document in understand(read(path), path.name, "0" * 64)]
    alone = median(_seconds(partial(_duties_of, held)) for _ in range(REPEATS))
    share = alone / whole
    reached = "reached" if share <= TARGET_SHARE else "MISSED"
    return ["duties, share of a build", f"{share:.1%}", f"at most {TARGET_SHARE:.0%}: {reached}"]


def _grown(documents: Sequence[Document]) -> Iterator[Document]:
    """Copies until there are enough passages, each copy of another province, so that few answers can be reused."""
    provinces = cycle(sorted(gazetteer().provinces))
    counts = [len(passages(document, PassageSettings())) for document in documents]
    total = 0
    for turn in range(PASSAGES):
        province = next(provinces)
        for document, count in zip(documents, counts, strict=True):
            if total >= PASSAGES:
                return
            total += count
            yield _copy(document, turn, province)


def _copy(document: Document, turn: int, province: str) -> Document:
    form = document.form
    issuer = f"Liên đoàn Lao động tỉnh {province}" if turn and form.issuer and "tỉnh" in form.issuer else form.issuer
    number = f"{turn}{form.number}" if turn and form.number else form.number
    name = f"{turn}/{document.file}"
    return replace(document, id=f"{turn}-{document.id}", file=name, form=replace(form, issuer=issuer, number=number))


def _timed(name: str, register: Register, wanted: DutyFilter, repeats: int = REPEATS) -> list[str]:
    times = []
    for _ in range(repeats):
        started = perf_counter()
        found = register.find(wanted)
        times.append(perf_counter() - started)
    reached = "reached" if median(times) < TARGET_SECONDS else "MISSED"
    return [f"{name} ({len(found)} rows)", f"{median(times) * 1000:.1f} ms", f"under 20 ms: {reached}"]


def _built(paths: Sequence[Path], embedder: Embedder) -> None:
    for path in paths:
        for document in understand(read(path), path.name, "0" * 64):
            texts = [passage.span.of(document.text) for passage in passages(document, PassageSettings())]
            for text in texts:
                terms(text)
            embedder.embed_passages(texts)


def _duties_of(documents: Sequence[Document]) -> None:
    for document in documents:
        form = document.form
        duties(Reading(document.text), document.sections, form.issued_on, form.issuer, document.references, form.kind)


def _seconds(action: partial[None]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started


def _shown(started: float) -> str:
    return f"{perf_counter() - started:.2f} s"
