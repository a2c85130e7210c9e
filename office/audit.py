"""Who asked and changed what, and when. Entries are only ever added."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from office.database import Database


class Action(StrEnum):
    ASKED = "asked"
    DUTY = "duty"
    FEEDBACK = "feedback"
    ADDED = "added"
    REMOVED = "removed"
    RESTORED = "restored"
    UPDATED = "updated"
    DOWNLOADED = "downloaded"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing done. `subject` is the question, the duty or the file; `files` are those that it shows or changes."""

    at: datetime
    who: str
    action: Action
    subject: str
    files: tuple[str, ...] = ()


class AuditLog:
    """The log in one file of records; safe to share between threads. With `questions` off none is written down."""

    def __init__(self, database: Database, *, questions: bool = True) -> None:
        self._database, self._questions = database, questions

    def add(self, entry: LogEntry) -> None:
        if entry.action is Action.ASKED and not self._questions:
            return
        row = (entry.at.isoformat(), entry.who, entry.action.value, entry.subject, json.dumps(entry.files))
        with self._database.write() as connection:
            connection.execute("INSERT INTO audit (at, who, action, subject, files) VALUES (?, ?, ?, ?, ?)", row)

    def latest(self, count: int, hidden: Collection[str] = ()) -> list[LogEntry]:
        """The last entries, newest first, without those that show or change one of the hidden files."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM audit ORDER BY id DESC").fetchall()
        entries = (
            LogEntry(datetime.fromisoformat(row["at"]), row["who"], Action(row["action"]), row["subject"],
                     tuple(json.loads(row["files"])))
            for row in rows
        )  # fmt: skip
        shown = [entry for entry in entries if not set(entry.files) & set(hidden)]
        return shown[:count]


def as_csv(entries: Iterable[LogEntry], heads: Sequence[str]) -> bytes:
    """The log for a spreadsheet, with a byte order mark; text that it would take for a formula is marked as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    for entry in entries:
        cells = (entry.at.isoformat(" ", "seconds"), entry.who, entry.action.value, entry.subject)
        writer.writerow([f"'{cell}" if cell.lstrip()[:1] in tuple("=+-@") else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")
