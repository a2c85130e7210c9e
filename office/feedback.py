"""What people say of answers: right or wrong, and what would have been right. Exported as candidates for gold sets."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from indexer.errors import BadInput
from office.database import Database


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person says of one answer. `kind` is the kind of the question as it was understood; `answer` what was
    said, empty where nothing was; the right answer and its source are what the person knows better, or None.
    """

    at: datetime
    who: str
    question: str
    kind: str
    good: bool
    answer: str
    files: tuple[str, ...]
    quotes: tuple[str, ...]
    right_answer: str | None = None
    right_file: str | None = None
    right_quote: str | None = None

    def __post_init__(self) -> None:
        if not self.question.strip():
            raise BadInput("A judgement of an answer needs its question. Ask a question first.")


class FeedbackRecords:
    """All judgements in one file of records; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, said: Feedback) -> None:
        row = (
            said.at.isoformat(), said.who, said.question, said.kind, int(said.good), said.answer,
            json.dumps(said.files), json.dumps(said.quotes, ensure_ascii=False),
            said.right_answer, said.right_file, said.right_quote,
        )  # fmt: skip
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO feedback (at, who, question, kind, good, answer, files, quotes,"
                " right_answer, right_file, right_quote) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def all(self, hidden: Collection[str] = ()) -> list[Feedback]:
        """Oldest first, without judgements of answers that rest on one of the hidden files."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM feedback ORDER BY id").fetchall()
        found = [
            Feedback(
                datetime.fromisoformat(row["at"]), row["who"], row["question"], row["kind"], bool(row["good"]),
                row["answer"], tuple(json.loads(row["files"])), tuple(json.loads(row["quotes"])),
                row["right_answer"], row["right_file"], row["right_quote"],
            )
            for row in rows
        ]  # fmt: skip
        return [said for said in found if not {*said.files, said.right_file} & set(hidden)]


def gold_candidates(judgements: Iterable[Feedback]) -> bytes:
    """JSON lines in the form of eval/gold, the last judgement of a question counting; a person still checks each.

    A good answer gives its quotes as evidence; of a wrong one what was said to be right counts. Where nobody said what
    would be right, evidence and answers stay empty, and the slot `note` says so.
    """
    last = {" ".join(said.question.split()): said for said in judgements}
    rows = (_candidate(place, said) for place, said in enumerate(last.values(), start=1))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")


def _candidate(place: int, said: Feedback) -> dict[str, object]:
    if said.good:
        files, evidence, answers, note = said.files, list(said.quotes), [said.answer], "answered, judged right"
    else:
        files = (said.right_file,) if said.right_file else ()
        evidence = [said.right_quote] if said.right_quote else []
        answers = [said.right_answer] if said.right_answer else []
        note = "judged wrong" + ("" if answers or evidence else "; the right answer is not known yet")
    return {
        "id": f"candidate-{place}",
        "question": said.question,
        "kind": said.kind,
        "doc": files[0] if len(files) == 1 else list(files) or None,
        "evidence": evidence,
        "answers": answers,
        "slots": {"note": f"{note}; by {said.who} on {said.at:%Y-%m-%d}"},
    }
