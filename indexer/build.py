"""The pipeline: folders of files in, one new generation of the index out. Unchanged files are taken over."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import ANALYZER_VERSION, segment, terms
from indexer.copies import Copies, copies
from indexer.embed import Embedder, open_embedder
from indexer.errors import BadInput, IndexProblem, NothingToIndex
from indexer.lexical import LexicalIndex
from indexer.lock import writing
from indexer.passages import PassageSettings, passages
from indexer.read import READING_VERSION, SKIPPED
from indexer.read.limits import Limits
from indexer.read.pool import read_all
from indexer.read.worker import Outcome
from indexer.store import (
    FORMAT_VERSION,
    Catalog,
    IndexedPassage,
    Manifest,
    file_sha256,
    live_generation,
    new_generation,
    publish,
    read_manifest,
    verify,
    write_catalog,
)
from indexer.types import Document, Failure, Passage
from indexer.understand import UNDERSTANDING_VERSION, understand
from indexer.vectors import VectorIndex

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, by counts of files; `changed` is False where the live generation already says it all.

    `warnings` are those of the files read now, each with the file's name; `copies` are of all files.
    """

    generation: str
    documents: int
    passages: int
    read: int
    reused: int
    removed: int
    failures: tuple[Failure, ...]
    changed: bool
    warnings: tuple[str, ...] = ()
    copies: tuple[Copies, ...] = ()


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


@dataclass(frozen=True, slots=True)
class _Previous:
    """What the live generation holds of each file: its documents, or why it could not be read."""

    entries: dict[str, list[_Entry]]
    failures: dict[str, Failure]

    @property
    def files(self) -> set[str]:
        return {*self.entries, *self.failures}


@dataclass(slots=True)
class _Work:
    """What comes together while the files are gone through."""

    embedder: Embedder
    settings: PassageSettings
    previous: _Previous
    entries: list[_Entry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reused: int = 0

    def take_all(self, sources: Sequence[_Source], limits: Limits, jobs: int, progress: Progress) -> None:
        new = [source.path for source in sources if not self._is_known(source)]
        with closing(read_all(new, limits, jobs)) as outcomes:
            for done, source in enumerate(sources):
                progress(done, len(sources), source.file)
                self._take_over(source) if self._is_known(source) else self._add(source, next(outcomes))
        self.failures.sort(key=lambda failure: failure.file)

    def _is_known(self, source: _Source) -> bool:
        """Whether the file is unchanged since it was read, or failed for good."""
        known, failed = self.previous.entries.get(source.file), self.previous.failures.get(source.file)
        if known:
            return known[0].document.sha256 == source.sha256
        return failed is not None and failed.sha256 == source.sha256 and not failed.retry

    def _take_over(self, source: _Source) -> None:
        self.entries += self.previous.entries.get(source.file, ())
        if failed := self.previous.failures.get(source.file):
            self.failures.append(failed)
        self.reused += 1

    def _add(self, source: _Source, found: Outcome) -> None:
        if found.raw is None:
            self.failures.append(Failure(source.file, source.sha256, found.reason, found.retry))
            return
        try:
            documents = understand(found.raw, source.file, source.sha256)
            entries = [_entry(document, passages(document, self.settings), self.embedder) for document in documents]
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A defect of ours that one odd file brings out must not cost the other files their index.
            reason = (
                f"{source.file}: could not be understood ({type(error).__name__}: {error}). Report it with the file."
            )
            self.failures.append(Failure(source.file, source.sha256, reason))
        else:
            self.entries += entries
            self.warnings += (f"{source.file}: {warning}" for warning in found.raw.warnings)


def build(
    folders: Sequence[Path],
    index: Path,
    model: str | Path | None = None,
    settings: PassageSettings | None = None,
    progress: Progress = lambda done, total, file: None,
    retry: bool = False,
    limits: Limits | None = None,
    jobs: int | None = None,
) -> BuildReport:
    """Indexes every file under `folders` into `index`; the generation before stays live until the new one is whole.

    `jobs` files are read at one time, as many as there are processors unless it is said; `limits` are for each file.
    With `retry` files that could not be read before are read again although they have not changed.
    Raises BadInput for a folder that is not there, NothingToIndex where no file could be read, IndexLocked.
    """
    with writing(index):
        sources, left_out = _sources(folders, index)
        embedder = open_embedder(model)
        chosen, allowed = settings or PassageSettings(), limits or Limits()
        plan = _manifest(embedder, chosen, allowed, folders)
        previous = _previous(index, plan, retry)
        work = _Work(embedder, chosen, previous, failures=left_out)
        work.take_all(sources, allowed, jobs or processors(), progress)
        if not any(entry.passages for entry in work.entries):
            raise NothingToIndex(_nothing(folders, work.failures))
        before = _live_name(index)
        with new_generation(index) as staging:
            manifest = _write(staging, plan, work)
            generation = publish(index, staging, manifest)
    return BuildReport(
        generation=generation.name,
        documents=manifest.documents,
        passages=manifest.passages,
        read=len(sources) - work.reused,
        reused=work.reused,
        removed=len(previous.files - {source.file for source in sources}),
        failures=tuple(work.failures),
        changed=generation.name != before,
        warnings=tuple(work.warnings),
        copies=copies([entry.document for entry in work.entries]),
    )


def processors() -> int:
    """How many this process may use; a container may have been given fewer than the machine has."""
    usable: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _sources(folders: Sequence[Path], index: Path) -> tuple[list[_Source], list[Failure]]:
    """Every file to index, sorted by name, and those that can't be had. Hidden files and README.md are left out."""
    roots = _roots(folders)
    sources: dict[str, _Source] = {}
    failures: list[Failure] = []
    for root, prefix in roots.items():
        for path in _files(root, index.resolve()):
            found = _source(path, root, prefix)
            if isinstance(found, _Source) and found.file in sources:
                found = Failure(found.file, "", f"{found.file}: two files have this name. Rename one of them.")
            if isinstance(found, Failure):
                failures.append(found)
            else:
                sources[found.file] = found
    return [sources[file] for file in sorted(sources)], failures


def _roots(folders: Sequence[Path]) -> dict[Path, str]:
    """Each folder once, with what its files' names begin with: nothing for one folder, else the folder's own name."""
    roots = dict.fromkeys(folder.resolve() for folder in folders)
    names = [root.name for root in roots if root.is_dir()]
    if same := next((name for name in names if names.count(name) > 1), None):
        raise BadInput(f"{same}: two of the folders have this name, so their files can't be told apart. Rename one.")
    return {root: f"{root.name}/" if len(roots) > 1 and root.is_dir() else "" for root in roots}


def _files(root: Path, index: Path) -> Iterator[Path]:
    if root.is_file():
        return iter((root,))
    if not root.is_dir():
        raise BadInput(f"{root}: there is no such folder. Name a folder with documents.")
    found = (path for path in sorted(root.rglob("*")) if path.is_symlink() or path.is_file())
    return (path for path in found if not _is_skipped(path.relative_to(root)) and index not in path.parents)


def _is_skipped(relative: Path) -> bool:
    return relative.name.lower() in SKIPPED or any(part.startswith((".", "~$")) for part in relative.parts)


def _source(path: Path, root: Path, prefix: str) -> _Source | Failure:
    """The file with its digest; a link that leads out of the folder is never followed."""
    written = path.name if path == root else path.relative_to(root).as_posix()
    printable = written.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    file = prefix + unicodedata.normalize("NFC", printable)
    if path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(root)):
        return Failure(
            file, "", f"{file}: a link that leads out of the folder, not followed. Put the file itself here."
        )
    try:
        return _Source(file, path, file_sha256(path))
    except OSError as error:
        reason = f"{file}: can't be opened ({error.strerror}). Check that it exists and may be read."
        return Failure(file, "", reason)


def _manifest(embedder: Embedder, settings: PassageSettings, limits: Limits, folders: Sequence[Path]) -> Manifest:
    return Manifest(
        format=FORMAT_VERSION,
        analyzer=ANALYZER_VERSION,
        reading=READING_VERSION,
        understanding=UNDERSTANDING_VERSION,
        embedder=embedder.name,
        dimension=embedder.embed_queries(["văn bản"]).shape[1],
        settings=asdict(settings),
        limits=asdict(limits),
        folders=tuple(folder.as_posix() for folder in folders),
        documents=0,
        passages=0,
    )


def _previous(index: Path, plan: Manifest, retry: bool) -> _Previous:
    """What the live generation holds; nothing where it was made in another way or is not sound. What failed within
    other limits is not held against a file.

    All documents and vectors are held until the new generation is written: about 3 KB and one row for each passage,
    and faiss's own copy of the rows.
    """
    try:
        generation = live_generation(index)
        manifest = verify(generation)
        if _recipe(manifest) != _recipe(plan):
            return _Previous({}, {})
        with closing(Catalog(generation / "catalog.sqlite")) as catalog:
            forgotten = retry or manifest.limits != plan.limits
            failures = {} if forgotten else {failure.file: failure for failure in catalog.failures()}
            return _Previous(_grouped(catalog, VectorIndex.load(generation)), failures)
    except IndexProblem:
        return _Previous({}, {})


def _recipe(manifest: Manifest) -> tuple[object, ...]:
    understood = manifest.analyzer, manifest.reading, manifest.understanding
    return *understood, manifest.embedder, manifest.dimension, manifest.settings


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
        document = replace(document, layout=catalog.layout(document.id))
        grouped.setdefault(document.file, []).append(_Entry(document, mine, vectors.rows(start, start + len(mine))))
    return grouped


def _entry(document: Document, found: tuple[Passage, ...], embedder: Embedder) -> _Entry:
    texts = [indexed_text(document, passage) for passage in found]
    indexed = tuple(IndexedPassage(p, segment(t)) for p, t in zip(found, texts, strict=True))
    return _Entry(document, indexed, embedder.embed_passages(texts))


def indexed_text(document: Document, passage: Passage) -> str:
    """What is indexed of a passage: what document it is of, its heading path, and its own text."""
    form = document.form
    context = " ".join(filter(None, (form.kind, form.number, form.summary)))
    return "\n".join(filter(None, (context, *passage.heading, passage.span.of(document.text))))


def _write(staging: Path, plan: Manifest, work: _Work) -> Manifest:
    """Memory grows with the corpus: the terms of all passages, and the rows twice (joined here, copied by faiss)."""
    entries = work.entries
    owned = [(owner, indexed) for owner, entry in enumerate(entries) for indexed in entry.passages]
    documents = [entry.document for entry in entries]
    write_catalog(staging / "catalog.sqlite", documents, owned, work.failures)
    texts = ((indexed_text(documents[owner], indexed.passage), indexed.segmented) for owner, indexed in owned)
    LexicalIndex.build([terms(text, segmented) for text, segmented in texts]).save(staging)
    VectorIndex.build(np.concatenate([entry.rows for entry in entries])).save(staging)
    return replace(plan, documents=len(entries), passages=len(owned))


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
        return f"{named}: there is no document with words here. Put .txt or .md files into the folder."
    reasons = " ".join(failure.reason for failure in failures[:3])
    return f"{named}: none of the {len(failures)} files could be read. {reasons}"
