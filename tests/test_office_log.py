"""The log of what was asked and changed, and what people say of answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.gold import load
from indexer.errors import BadInput
from office.audit import Action, AuditLog, LogEntry, as_csv
from office.database import Database
from office.feedback import Feedback, FeedbackRecords, gold_candidates

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "office.sqlite")


def entry(action: Action, subject: str, *files: str) -> LogEntry:
    return LogEntry(AT, "an", action, subject, files)


def said(question: str, *, good: bool = True, **more: str | None) -> Feedback:
    return Feedback(AT, "an", question, "when", good, "15/01", ("a.txt",), ("trước ngày 15/01",), **more)


def test_the_log_gives_the_last_entries_first_and_keeps_them(database: Database) -> None:
    log = AuditLog(database)
    log.add(entry(Action.ASKED, "Ai ký?", "a.txt"))
    log.add(entry(Action.REMOVED, "b.txt", "b.txt"))
    assert [one.subject for one in AuditLog(Database(database.path)).latest(10)] == ["b.txt", "Ai ký?"]
    assert [one.subject for one in log.latest(1)] == ["b.txt"]


def test_questions_are_not_written_down_where_that_is_switched_off(database: Database) -> None:
    log = AuditLog(database, questions=False)
    log.add(entry(Action.ASKED, "Ai ký?"))
    log.add(entry(Action.ADDED, "b.txt", "b.txt"))
    assert [one.action for one in log.latest(10)] == [Action.ADDED]


def test_entries_that_show_a_hidden_file_are_left_out_before_they_are_counted(database: Database) -> None:
    log = AuditLog(database)
    log.add(entry(Action.ASKED, "mở", "a.txt"))
    log.add(entry(Action.ASKED, "kín", "a.txt", "mat.txt"))
    assert [one.subject for one in log.latest(1, hidden={"mat.txt"})] == ["mở"]


def test_the_exported_log_holds_no_formula() -> None:
    lines = as_csv([entry(Action.ASKED, '=HYPERLINK("http://x")')], ["Lúc", "Ai", "Việc", "Nội dung"])
    assert lines.decode("utf-8-sig").splitlines()[1].endswith('"\'=HYPERLINK(""http://x"")"')


def test_judgements_are_kept_and_those_on_hidden_files_left_out(database: Database) -> None:
    records = FeedbackRecords(database)
    records.add(said("Trước ngày nào?"))
    records.add(said("Ai?", good=False, right_file="mat.txt"))
    assert [one.question for one in FeedbackRecords(database).all()] == ["Trước ngày nào?", "Ai?"]
    assert [one.question for one in records.all(hidden={"mat.txt"})] == ["Trước ngày nào?"]
    assert records.all(hidden={"a.txt"}) == []


def test_a_judgement_needs_a_question() -> None:
    with pytest.raises(BadInput):
        said(" ")


def test_candidates_are_read_as_gold_and_the_last_judgement_counts(tmp_path: Path) -> None:
    judged = [
        said("Trước ngày nào?"),
        said("Ai ký?"),
        said("Ai  ký?", good=False, right_answer="Ông A", right_file="b.txt", right_quote="Ông A"),
        said("Ở đâu?", good=False),
    ]
    path = tmp_path / "candidates.jsonl"
    path.write_bytes(gold_candidates(judged))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(row["question"], row["doc"], row["evidence"], row["answers"]) for row in rows] == [
        ("Trước ngày nào?", "a.txt", ["trước ngày 15/01"], ["15/01"]),
        ("Ai  ký?", "b.txt", ["Ông A"], ["Ông A"]),
        ("Ở đâu?", None, [], []),
    ]
    assert "not known yet" in rows[2]["slots"]["note"]
    path.write_bytes(gold_candidates(judged[:3]))
    assert len(load([path])) == 2
