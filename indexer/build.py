"""The pipeline: folders of files in, one new generation of the index out. Unchanged files are taken over as they are."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import ANALYZER_VERSION, segment, terms
from indexer.embed import Embedder, open_embedder
from indexer.errors import BadInput, IndexProblem, NothingToIndex, ReadError
from indexer.lexical import LexicalIndex
from indexer.passages import PassageSettings, passages
from indexer.read import SKIPPED, read
from indexer.store import (
    FORMAT_VERSION,
    Catalog,
    IndexedPassage,
    Manifest,
    live_generation,
    new_generation,
    publish,
    read_manifest,
    verify,
    write_catalog,
    writing,
)
from indexer.types import Document, Failure, Passage
from indexer.understand import UNDERSTANDING_VERSION, understand
from indexer.vectors import VectorIndex

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, by counts of files; `changed` is False where the live generation already says it all."""

    generation: str
    documents: int
    passages: int
    read: int
    reused: int
    removed: int
    failures: tuple[Failure, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class _Source:
    """A file of the corpus: its name in the index, where it lies, and the digest of its content."""

    file: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document with its passages and their rows (passages, dimension)."""

    document: Document
    passages: tuple[IndexedPassage, ...]
    rows: NDArray[np.float32]


def build(
    folders: Sequence[Path],
    index: Path,
    model: str | Path | None = None,
    settings: PassageSettings | None = None,
    progress: Progress = lambda done, total, file: None,
) -> BuildReport:
    """Indexes every file under `folders` into `index`; the generation before stays live until the new one is whole.

    Raises BadInput for a folder that is not there, NothingToIndex where no file could be read, IndexLocked.
    """
    sources = _sources(folders)
    chosen = settings or PassageSettings()
    with writing(index):
        embedder = open_embedder(model)
        plan = _manifest(embedder, chosen, folders)
        previous = _previous(index, plan)
        entries, failures, reused = _entries(sources, previous, embedder, chosen, progress)
        if not entries:
            raise NothingToIndex(_nothing(folders, failures))
        with new_generation(index) as staging:
            manifest = _write(staging, plan, entries, failures)
            before = _live_name(index)
            generation = publish(index, staging, manifest)
    gone = len(set(previous) - {source.file for source in sources})
    return BuildReport(
        generation=generation.name,
        documents=manifest.documents,
        passages=manifest.passages,
        read=len(sources) - reused,
        reused=reused,
        removed=gone,
        failures=tuple(failures),
        changed=generation.name != before,
    )


def _sources(folders: Sequence[Path]) -> list[_Source]:
    """Every file to index, sorted by name; hidden files and README.md are left out."""
    several = len(folders) > 1
    found = [
        _Source(_file_name(path, folder, several), path, hashlib.sha256(path.read_bytes()).hexdigest())
        for folder in folders
        for path in _files(folder)
    ]
    return sorted(found, key=lambda source: source.file)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        return iter((folder,))
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder. Name a folder with documents.")
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_skipped(path.relative_to(folder)))


def _is_skipped(relative: Path) -> bool:
    return relative.name.lower() in SKIPPED or any(part.startswith((".", "~$")) for part in relative.parts)


def _file_name(path: Path, folder: Path, several: bool) -> str:
    root = folder.parent if folder.is_file() or several else folder
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def _manifest(embedder: Embedder, settings: PassageSettings, folders: Sequence[Path]) -> Manifest:
    return Manifest(
        format=FORMAT_VERSION,
        analyzer=ANALYZER_VERSION,
        understanding=UNDERSTANDING_VERSION,
        embedder=embedder.name,
        dimension=embedder.embed_queries(["văn bản"]).shape[1],
        settings=asdict(settings),
        folders=tuple(folder.as_posix() for folder in folders),
        documents=0,
        passages=0,
    )


def _previous(index: Path, plan: Manifest) -> dict[str, list[_Entry]]:
    """What the live generation holds, by file; empty where it was made in another way or is not sound."""
    try:
        generation = live_generation(index)
        manifest = verify(generation)
    except IndexProblem:
        return {}
    if _recipe(manifest) != _recipe(plan):
        return {}
    catalog = Catalog(generation / "catalog.sqlite")
    try:
        return _grouped(catalog, VectorIndex.load(generation))
    finally:
        catalog.close()


def _recipe(manifest: Manifest) -> tuple[object, ...]:
    return manifest.analyzer, manifest.understanding, manifest.embedder, manifest.dimension, manifest.settings


def _grouped(catalog: Catalog, vectors: VectorIndex) -> dict[str, list[_Entry]]:
    owned: dict[int, list[IndexedPassage]] = {}
    first: dict[int, int] = {}
    for position, (owner, passage) in enumerate(catalog.indexed_passages()):
        owned.setdefault(owner, []).append(passage)
        first.setdefault(owner, position)
    grouped: dict[str, list[_Entry]] = {}
    for position, document in enumerate(catalog.documents()):
        mine = tuple(owned.get(position, ()))
        start = first.get(position, 0)
        grouped.setdefault(document.file, []).append(_Entry(document, mine, vectors.rows(start, start + len(mine))))
    return grouped


def _entries(
    sources: Sequence[_Source],
    previous: dict[str, list[_Entry]],
    embedder: Embedder,
    settings: PassageSettings,
    progress: Progress,
) -> tuple[list[_Entry], list[Failure], int]:
    entries: list[_Entry] = []
    failures: list[Failure] = []
    reused = 0
    for done, source in enumerate(sources):
        progress(done, len(sources), source.file)
        known = previous.get(source.file)
        if known and known[0].document.sha256 == source.sha256:
            entries += known
            reused += 1
        else:
            _read_one(source, embedder, settings, entries, failures)
    return entries, failures, reused


def _read_one(
    source: _Source, embedder: Embedder, settings: PassageSettings, entries: list[_Entry], failures: list[Failure]
) -> None:
    try:
        documents = understand(read(source.path), source.file, source.sha256)
    except ReadError as error:
        failures.append(Failure(source.file, source.sha256, str(error)))
        return
    entries += [_entry(document, passages(document, settings), embedder) for document in documents]


def _entry(document: Document, found: tuple[Passage, ...], embedder: Embedder) -> _Entry:
    texts = [indexed_text(document, passage) for passage in found]
    indexed = tuple(IndexedPassage(p, segment(t)) for p, t in zip(found, texts, strict=True))
    return _Entry(document, indexed, embedder.embed_passages(texts))


def indexed_text(document: Document, passage: Passage) -> str:
    """What is indexed of a passage: what document it is of, its heading path, and its own text."""
    form = document.form
    context = " ".join(filter(None, (form.kind, form.number, form.summary)))
    return "\n".join(filter(None, (context, *passage.heading, passage.span.of(document.text))))


def _write(staging: Path, plan: Manifest, entries: Sequence[_Entry], failures: Sequence[Failure]) -> Manifest:
    owned = [(owner, indexed) for owner, entry in enumerate(entries) for indexed in entry.passages]
    write_catalog(staging / "catalog.sqlite", [entry.document for entry in entries], owned, failures)
    LexicalIndex.build(
        [
            terms(indexed_text(entry.document, indexed.passage), indexed.segmented)
            for entry in entries
            for indexed in entry.passages
        ]
    ).save(staging)
    VectorIndex.build(np.concatenate([entry.rows for entry in entries])).save(staging)
    counts = asdict(plan) | {"documents": len(entries), "passages": len(owned)}
    return Manifest(**counts)


def _live_name(index: Path) -> str | None:
    try:
        generation = live_generation(index)
        read_manifest(generation)
        return generation.name
    except IndexProblem:
        return None


def _nothing(folders: Sequence[Path], failures: Sequence[Failure]) -> str:
    named = ", ".join(folder.as_posix() for folder in folders)
    if not failures:
        return f"{named}: there is no document here. Put .txt or .md files into the folder."
    reasons = " ".join(failure.reason for failure in failures[:3])
    return f"{named}: none of the {len(failures)} files could be read. {reasons}"
