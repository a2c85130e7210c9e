"""What became of each file of the folder: read, failed, waiting for an update, changed, gone. Pure but `check`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.errors import IndexProblem
from indexer.numbers import key
from indexer.store import live_generation, verify
from indexer.types import Document, Failure


class FileState(StrEnum):
    """In the order of what needs attention first."""

    FAILED = "failed"
    WAITING = "waiting"
    CHANGED = "changed"
    GONE = "gone"
    READ = "read"


@dataclass(frozen=True, slots=True)
class StockFile:
    """A file with what is known of it. `reason` says why it failed; `documents` are those that were read from it."""

    file: str
    state: FileState
    documents: tuple[Document, ...] = ()
    reason: str | None = None


def stock(documents: Iterable[Document], failures: Iterable[Failure], folder: Mapping[str, str]) -> list[StockFile]:
    """Every file of the folder (name -> sha256) and of the index, what needs attention first, then by name."""
    read: dict[str, list[Document]] = {}
    for document in documents:
        read.setdefault(document.file, []).append(document)
    failed = {failure.file: failure for failure in failures}
    files = [_stock_file(file, read.get(file, []), failed.get(file), folder) for file in {*read, *failed, *folder}]
    order = list(FileState)
    return sorted(files, key=lambda one: (order.index(one.state), one.file))


def _stock_file(
    file: str, documents: Collection[Document], failure: Failure | None, folder: Mapping[str, str]
) -> StockFile:
    known = {document.sha256 for document in documents} | ({failure.sha256} if failure else set())
    found = tuple(documents)
    if file not in folder:
        # A link that is not followed is no file of the folder, and has failed all the same.
        return StockFile(
            file, FileState.FAILED if failure else FileState.GONE, found, failure.reason if failure else None
        )
    if not known:
        return StockFile(file, FileState.WAITING)
    if folder[file] not in known:
        return StockFile(file, FileState.CHANGED, found)
    return StockFile(file, FileState.FAILED, (), failure.reason) if failure else StockFile(file, FileState.READ, found)


def same_document(documents: Iterable[Document]) -> list[tuple[Document, ...]]:
    """Documents of different files that bear one number, issuer and day: copies of one document, in index order."""
    groups: dict[tuple[object, ...], list[Document]] = {}
    for document in documents:
        form = document.form
        if form.number and form.issued_on:
            groups.setdefault((key(form.number), form.issuer, form.issued_on), []).append(document)
    return [tuple(group) for group in groups.values() if len({document.file for document in group}) > 1]


def check(index: Path) -> str | None:
    """None where every file of the live generation is as it was written, else what is wrong, for technical staff."""
    try:
        verify(live_generation(index))
    except IndexProblem as error:
        return str(error)
    return None
