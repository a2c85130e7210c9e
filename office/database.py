"""The office's own records: one SQLite file beside the index, never inside a generation, so that no build touches it.

Every use opens a connection of its own, so that the threads and processes of an app can share one `Database`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import OfficeProblem

BUSY_SECONDS = 10.0

# Migration n brings a file from version n - 1 to n. One that has been released is never changed; a new one is added.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE duty_changes (
            id INTEGER PRIMARY KEY,
            duty TEXT NOT NULL,
            document TEXT NOT NULL,
            quote TEXT NOT NULL,
            what TEXT NOT NULL,
            status TEXT NOT NULL,
            due_on TEXT,
            sent_on TEXT,
            note TEXT NOT NULL,
            correction TEXT,
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX duty_changes_of ON duty_changes (duty, id)",
    ),
    (
        """CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            files TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            question TEXT NOT NULL,
            kind TEXT NOT NULL,
            good INTEGER NOT NULL,
            answer TEXT NOT NULL,
            files TEXT NOT NULL,
            quotes TEXT NOT NULL,
            right_answer TEXT,
            right_file TEXT,
            right_quote TEXT
        ) STRICT""",
    ),
)


def office_path(index: Path, named: str | None = None) -> Path:
    """Where the records of an index lie: the file named, else INDEX.office.sqlite beside the index directory."""
    return Path(named) if named else index.parent / f"{index.name}.office.sqlite"


class Database:
    """The file of records, made or brought up to date on construction.

    Raises OfficeProblem where it can't be: no database, damaged, written by a newer program, or not writable.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OfficeProblem(f"{path}: its folder can't be made ({error}). Name another place.") from error
        with self._opened() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection, path)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for queries; it sees one state of the records."""
        with self._opened() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection for changes: all of them are kept, or none where an error leaves the block."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise OfficeProblem(_problem(self.path, error)) from error
        try:
            connection.row_factory = sqlite3.Row
            yield connection
        except sqlite3.Error as error:
            raise OfficeProblem(_problem(self.path, error)) from error
        finally:
            connection.close()


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file up to date; two programs that start together do it once."""
    connection.execute("BEGIN IMMEDIATE")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise OfficeProblem(
            f"{path}: records of version {version}, from a newer program; this one reads {len(MIGRATIONS)}. Update it."
        )
    for statement in (statement for migration in MIGRATIONS[version:] for statement in migration):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")


def _problem(path: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_BUSY"):
        return f"{path}: another program is writing to it for more than {BUSY_SECONDS:.0f} s. Try again."
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"{path}: no database of records, or damaged ({error}). Put back a copy, or name another file."
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL")):
        return f"{path}: can't be written ({error}). Name a file in a folder with room that you may write to."
    return f"{path}: the office's records can't be used ({error})."
