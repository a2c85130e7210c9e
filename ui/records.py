"""The office's own records, opened once for everybody who uses the app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from office.audit import Action, AuditLog, LogEntry
from office.database import Database, office_path
from office.feedback import FeedbackRecords
from office.status import DutyRecords, now
from search.access import Visitor


@dataclass(frozen=True, slots=True)
class Records:
    duties: DutyRecords
    feedback: FeedbackRecords
    log: AuditLog

    def note(self, visitor: Visitor, action: Action, subject: str, *files: str) -> None:
        """Writes into the log what a visitor has just done."""
        self.log.add(LogEntry(now(), visitor.name, action, subject, files))


def open_records(index: Path, named: str | None, *, questions: bool) -> Records:
    """Raises OfficeProblem where the records can't be used."""
    return _open(str(office_path(index.resolve(), named)), questions)


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(path: str, questions: bool) -> Records:
    database = Database(Path(path))
    return Records(DutyRecords(database), FeedbackRecords(database), AuditLog(database, questions=questions))
