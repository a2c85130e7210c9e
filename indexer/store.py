"""The index directory: generations side by side, CURRENT naming the live one. All SQL stands here.

index/CURRENT                      the name of the live generation, replaced last
index/generations/<id>/            catalog.sqlite, lexical.*, vectors.*, manifest.json (sizes and sha256 of the others)

A generation is never changed once CURRENT names it, so a reader keeps what it opened until it chooses to move.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import msgspec

from indexer.errors import IndexDamaged, IndexFormat, IndexMissing, IndexProblem
from indexer.mined import mined_abbreviations
from indexer.numbers import key
from indexer.types import Document, Failure, Passage, Span

FORMAT_VERSION = 3
KEPT_GENERATIONS = 2
_NAME = re.compile(r"[0-9a-f]{16}")
_DOCUMENT_CACHE = 512

_SCHEMA = """
CREATE TABLE documents (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    number_key TEXT, kind TEXT, issuer TEXT, issued_on TEXT, enclosed_in TEXT, body BLOB NOT NULL
) STRICT;
CREATE INDEX documents_by_number ON documents (number_key);
CREATE INDEX documents_by_letter ON documents (enclosed_in);
CREATE TABLE passages (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL REFERENCES documents (position),
    start INTEGER NOT NULL, stop INTEGER NOT NULL, heading BLOB NOT NULL, segmented TEXT NOT NULL
) STRICT;
CREATE TABLE layouts (
    document INTEGER PRIMARY KEY REFERENCES documents (position), words BLOB NOT NULL
) STRICT;
CREATE TABLE cited (document INTEGER NOT NULL REFERENCES documents (position), number_key TEXT NOT NULL) STRICT;
CREATE INDEX cited_by_number ON cited (number_key);
CREATE TABLE abbreviations (
    short TEXT NOT NULL, long TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents (position)
) STRICT;
CREATE TABLE failures (
    file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, reason TEXT NOT NULL, retry INTEGER NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made with. Two builds of the same input have the same manifest, byte for byte."""

    format: int
    analyzer: str
    reading: str
    understanding: str
    embedder: str
    dimension: int
    settings: dict[str, int | float | str]
    limits: dict[str, int]
    folders: tuple[str, ...]
    documents: int
    passages: int
    files: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with the segmentation of its text, which an unchanged file brings along."""

    passage: Passage
    segmented: str


class Catalog:
    """Read access to the documents and passages of one generation. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Raises IndexDamaged where there is no catalog. The first read, here, holds the file open from now on."""
        try:
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connection.execute("SELECT count(*) FROM documents").fetchone()
        except sqlite3.Error as error:
            raise IndexDamaged(f"{path}: the catalog can't be read ({error}). Rebuild the index.") from error
        self._cached = lru_cache(maxsize=_DOCUMENT_CACHE)(self._read_document)

    def close(self) -> None:
        self._connection.close()

    def documents(self) -> Iterator[Document]:
        """All documents in index order."""
        for (position,) in self._rows("SELECT position FROM documents ORDER BY position"):
            yield self.document(position)

    def document(self, position: int) -> Document:
        return self._cached(position)

    def find_document(self, document_id: str) -> Document | None:
        rows = self._rows("SELECT position FROM documents WHERE id = ?", document_id)
        return self.document(rows[0][0]) if rows else None

    def layout(self, document_id: str) -> bytes:
        """Where the words of a document stand on its pages (indexer/layout.py); b"" where that is not known."""
        rows = self._rows(
            "SELECT words FROM layouts JOIN documents ON documents.position = layouts.document WHERE id = ?",
            document_id,
        )
        return zlib.decompress(rows[0][0]) if rows else b""

    def documents_numbered(self, number: str) -> tuple[int, ...]:
        """Positions of the documents that bear a number, however it is written."""
        rows = self._rows("SELECT position FROM documents WHERE number_key = ? ORDER BY position", key(number))
        return tuple(p for (p,) in rows)

    def unnumbered_enclosures(self, position: int) -> tuple[int, ...]:
        """Positions of the documents without a number of their own that a document carries with it."""
        rows = self._rows(
            "SELECT e.position FROM documents e JOIN documents d ON e.enclosed_in = d.id"
            " WHERE d.position = ? AND e.number_key IS NULL ORDER BY e.position",
            position,
        )
        return tuple(p for (p,) in rows)

    def documents_citing(self, number: str) -> tuple[int, ...]:
        """Positions of the documents that name a number."""
        rows = self._rows("SELECT DISTINCT document FROM cited WHERE number_key = ? ORDER BY document", key(number))
        return tuple(p for (p,) in rows)

    def number_keys(self) -> tuple[str, ...]:
        """Keys of all numbers borne or cited, sorted."""
        rows = self._rows(
            "SELECT number_key FROM documents WHERE number_key IS NOT NULL"
            " UNION SELECT number_key FROM cited ORDER BY 1"
        )
        return tuple(k for (k,) in rows)

    def numbered(self) -> list[tuple[int, str | None, str]]:
        """(position, kind, number key) of every document that bears a number."""
        return self._rows(
            "SELECT position, kind, number_key FROM documents WHERE number_key IS NOT NULL ORDER BY position"
        )

    def abbreviations(self) -> list[tuple[str, str]]:
        """(short, long) as the documents define them, in index order."""
        return self._rows("SELECT short, long FROM abbreviations ORDER BY document, rowid")

    def facets(self) -> list[tuple[str | None, str | None, str | None]]:
        """(kind, issuer, issue date in ISO form) of every document, in index order."""
        return self._rows("SELECT kind, issuer, issued_on FROM documents ORDER BY position")

    def owners(self) -> list[int]:
        """For every passage the position of its document."""
        return [p for (p,) in self._rows("SELECT document FROM passages ORDER BY position")]

    def passage(self, position: int) -> tuple[Passage, Document]:
        [row] = self._rows("SELECT id, document, start, stop, heading FROM passages WHERE position = ?", position)
        document = self.document(row[1])
        return Passage(row[0], document.id, Span(row[2], row[3]), _heading(row[4])), document

    def indexed_passages(self) -> Iterator[tuple[int, IndexedPassage]]:
        """(document position, passage with its segmentation) in index order."""
        rows = self._rows(
            "SELECT document, p.id, d.id, start, stop, heading, segmented"
            " FROM passages p JOIN documents d ON d.position = p.document ORDER BY p.position"
        )
        for owner, id_, document, start, stop, heading, segmented in rows:
            yield owner, IndexedPassage(Passage(id_, document, Span(start, stop), _heading(heading)), segmented)

    def failures(self) -> tuple[Failure, ...]:
        rows = self._rows("SELECT file, sha256, reason, retry FROM failures ORDER BY file")
        return tuple(Failure(file, sha256, reason, bool(retry)) for file, sha256, reason, retry in rows)

    def _read_document(self, position: int) -> Document:
        [(body,)] = self._rows("SELECT body FROM documents WHERE position = ?", position)
        return msgspec.json.decode(body, type=Document)

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with closing(self._connection.cursor()) as cursor:
            return cursor.execute(query, values).fetchall()


def _heading(encoded: bytes) -> tuple[str, ...]:
    return msgspec.json.decode(encoded, type=tuple[str, ...])


def write_catalog(
    path: Path,
    documents: Sequence[Document],
    passages: Iterable[tuple[int, IndexedPassage]],
    failures: Sequence[Failure],
) -> None:
    """A new catalog; `passages` name the position of their document. The same input gives the same bytes."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        document_rows = (_document_row(n, document) for n, document in enumerate(documents))
        connection.executemany("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?)", document_rows)
        layouts = ((n, zlib.compress(one.layout)) for n, one in enumerate(documents) if one.layout)
        connection.executemany("INSERT INTO layouts VALUES (?,?)", layouts)
        connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?)", _passage_rows(passages))
        cited = ((n, key(r.number)) for n, document in enumerate(documents) for r in document.references)
        connection.executemany("INSERT INTO cited VALUES (?,?)", cited)
        defined = ((short, long, n) for n, document in enumerate(documents) for short, long in document.abbreviations)
        connection.executemany("INSERT INTO abbreviations VALUES (?,?,?)", [*defined, *mined_abbreviations(documents)])
        failed = ((f.file, f.sha256, f.reason, f.retry) for f in failures)
        connection.executemany("INSERT INTO failures VALUES (?,?,?,?)", failed)


def _document_row(position: int, document: Document) -> tuple[object, ...]:
    form = document.form
    issued_on = form.issued_on.isoformat() if form.issued_on else None
    facets = key(form.number) if form.number else None, form.kind, form.issuer, issued_on, document.enclosed_in
    return (
        position,
        document.id,
        document.file,
        document.sha256,
        *facets,
        msgspec.json.encode(replace(document, layout=b"")),
    )


def _passage_rows(passages: Iterable[tuple[int, IndexedPassage]]) -> Iterator[tuple[object, ...]]:
    for position, (owner, indexed) in enumerate(passages):
        passage = indexed.passage
        heading = msgspec.json.encode(passage.heading)
        yield position, passage.id, owner, passage.span.start, passage.span.end, heading, indexed.segmented


def read_manifest(generation: Path) -> Manifest:
    """Raises IndexDamaged where there is none to be read, IndexFormat where another version wrote it."""
    path = generation / "manifest.json"
    try:
        version = msgspec.json.decode(path.read_bytes(), type=dict[str, object]).get("format")
        if version != FORMAT_VERSION:
            raise IndexFormat(
                f"{generation.parent.parent}: format {version}, this program reads {FORMAT_VERSION}. "
                f"Rebuild it: python -m indexer build corpus --index {generation.parent.parent}"
            )
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(f"{path}: can't be read ({error}). Rebuild the index.") from error


def live_generation(index: Path) -> Path:
    """The folder that CURRENT names; raises IndexMissing where there is no index, IndexDamaged where it is gone."""
    try:
        name = (index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexMissing(
            f"{index}: there is no index here. Build one: python -m indexer build corpus --index {index}"
        ) from error
    except UnicodeDecodeError as error:
        raise IndexDamaged(f"{index}: CURRENT is no text. Rebuild the index.") from error
    generation = index / "generations" / name
    if not _NAME.fullmatch(name) or not generation.is_dir():
        raise IndexDamaged(f"{index}: CURRENT names generation {name!r}, which is not there. Rebuild the index.")
    return generation


def verify(generation: Path) -> Manifest:
    """The manifest, after every file was compared with it; raises IndexDamaged naming the first that differs."""
    manifest = read_manifest(generation)
    for name, (size, digest) in sorted(manifest.files.items()):
        path = generation / name
        if not path.is_file():
            raise IndexDamaged(f"{path}: the file is missing. Rebuild the index.")
        if (found := path.stat().st_size) != size:
            raise IndexDamaged(f"{path}: {found} bytes, the manifest says {size}. Rebuild the index.")
        if (found_digest := file_sha256(path)) != digest:
            raise IndexDamaged(
                f"{path}: sha256 {found_digest[:12]}…, the manifest says {digest[:12]}…. Rebuild the index."
            )
    return manifest


def check_sizes(generation: Path, manifest: Manifest) -> None:
    """The quick part of `verify`, done whenever an index is opened."""
    for name, (size, _) in manifest.files.items():
        path = generation / name
        if not path.is_file() or path.stat().st_size != size:
            raise IndexDamaged(f"{path}: missing or not of {size} bytes. Rebuild the index.")


def file_sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _told(index: Path) -> Iterator[None]:
    """Turns what the system says about a full disk or a forbidden folder into IndexProblem."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise IndexProblem(
            f"{index}: the index can't be written ({reason}). Name a folder that you may write to, with room left."
        ) from error


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """A folder to write a generation into; it is thrown away unless `publish` has made it live.

    Raises IndexProblem where it can't be written.
    """
    staging = index / "generations" / f".new-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        with _told(index):
            staging.mkdir(parents=True)
            yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish(index: Path, staging: Path, manifest: Manifest) -> Path:
    """Writes the manifest last, moves the folder to its name, and lets CURRENT name it; then drops old generations.

    The name is the digest of the manifest, so the same input gives the same generation. A generation of that name that
    is there already is left as it is, for its readers, unless it is damaged.
    """
    generation = index / "generations" / _sealed(staging, manifest)
    before = _current_name(index)
    if not _is_sound(generation):
        _move_away(generation)
        staging.rename(generation)
        _sync(generation.parent)
    if before != generation.name:
        _name_current(index, generation.name)
    _drop_old(index, {generation.name, before})
    return generation


def _sealed(staging: Path, manifest: Manifest) -> str:
    """The name of the generation, once its manifest is written and everything in it is durable."""
    names = sorted(path.name for path in staging.iterdir())
    files = {name: ((staging / name).stat().st_size, file_sha256(staging / name)) for name in names}
    encoded = msgspec.json.format(msgspec.json.encode(replace(manifest, files=files)), indent=1)
    (staging / "manifest.json").write_bytes(encoded)
    for name in (*names, "manifest.json", "."):
        _sync(staging / name)
    return hashlib.sha256(encoded).hexdigest()[:16]


def _is_sound(generation: Path) -> bool:
    try:
        verify(generation)
    except IndexProblem:
        return False
    return True


def _current_name(index: Path) -> str | None:
    try:
        return live_generation(index).name
    except IndexProblem:
        return None


def _name_current(index: Path, name: str) -> None:
    new = index / "CURRENT.new"
    new.write_text(name + "\n", encoding="utf-8")
    _sync(new)
    os.replace(new, index / "CURRENT")
    _sync(index)


def _sync(path: Path) -> None:
    """Makes a file or folder durable; Windows can't open folders, and needs no sync of theirs."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop_old(index: Path, needed: set[str | None]) -> None:
    """Keeps the live generation and the one before, which readers may still hold, and the newest if that is fewer.

    What a crash has left behind begins with a dot and goes.
    """
    found = sorted((index / "generations").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    whole = [path for path in found if _NAME.fullmatch(path.name)]
    kept = sorted(whole, key=lambda path: path.name not in needed)[:KEPT_GENERATIONS]
    for path in found:
        if path not in kept:
            _move_away(path)


def _move_away(path: Path) -> None:
    """Deletes a folder in one step as seen from outside; Windows refuses while a reader holds it: it stays."""
    gone = path.with_name(f".gone-{path.name}")
    shutil.rmtree(gone, ignore_errors=True)
    try:
        path.rename(gone)
    except OSError:
        return
    shutil.rmtree(gone, ignore_errors=True)
