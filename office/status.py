"""What people say of the duties of the register: sent, confirmed, corrected, dismissed. Every change is kept.

A duty is known by a key made of words alone, so that the records follow it when its document is read again.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, assert_never

from indexer.errors import BadInput
from office.database import Database

# The share of its words that a changed quote must keep to be the same duty's.
SAME_QUOTE = 0.8


class Status(StrEnum):
    """OPEN takes back what was said before: of one due day where one is given, else of the whole duty."""

    OPEN = "open"
    SENT = "sent"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class DutyName:
    """What a duty is known by: its document's number (or file), the words that say it, and what of them it is."""

    key: str
    document: str
    quote: str
    what: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person puts in place of what was read; None leaves a slot as it was."""

    bearers: tuple[str, ...] | None = None
    action: str | None = None
    recipients: tuple[str, ...] | None = None
    via: str | None = None
    by_when: str | None = None
    dates: tuple[date, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history. `due_on` says which day of a recurring duty is meant; `sent_on` when it was sent."""

    status: Status
    who: str
    at: datetime
    note: str = ""
    due_on: date | None = None
    sent_on: date | None = None
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a duty stands. `review` is OPEN, CONFIRMED, CORRECTED or DISMISSED; `sent` pairs a due day (None: of the
    duty as a whole) with the day it was sent on; `note` is the last one written.
    """

    review: Status = Status.OPEN
    sent: tuple[tuple[date | None, date], ...] = ()
    correction: Correction | None = None
    note: str = ""
    history: tuple[Change, ...] = ()

    @property
    def status(self) -> Status:
        """The one word for it: dismissed, else sent, else how it was reviewed."""
        if self.review is Status.DISMISSED or not self.sent:
            return self.review
        return Status.SENT

    def sent_on(self, due_on: date | None) -> date | None:
        """When what fell due on a day was sent; a sending without a due day covers all."""
        days = dict(self.sent)
        return days.get(due_on, days.get(None))


def duty_name(number: str | None, file: str, issued_on: date | None, quote: str, what: str) -> DutyName:
    """The name of a duty. `what` tells apart the duties of one quote: its action and deadline as written."""
    document = f"{number} ({issued_on.year})" if number and issued_on else number or file
    return DutyName(duty_key(document, quote, what), document, quote, what)


def duty_key(document: str, quote: str, what: str) -> str:
    """16 hexadecimal digits, the same however the words are spaced, broken into lines, emphasised or capitalised.

    >>> duty_key("12/KH-LĐLĐ", "Gửi về **Ban**\\ntrước 15/11.", "Gửi") == duty_key("12/kh-lđlđ", "gửi về Ban trước 15/11", "gửi")
    True
    """  # noqa: E501
    words = "\n".join(" ".join(_words(part)) for part in (document, quote, what))
    return sha256(words.encode("utf-8")).hexdigest()[:16]


class DutyRecords:
    """The changes of all duties in one file of records; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, name: DutyName, change: Change) -> None:
        """Add a change. Raises BadInput where who is missing, or what its status needs."""
        _check(change)
        said = (change.status.value, _day(change.due_on), _day(change.sent_on), change.note.strip())
        rest = (_written(change.correction), change.who.strip(), change.at.isoformat())
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO duty_changes (duty, document, quote, what, status, due_on, sent_on, note,"
                " correction, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (name.key, name.document, name.quote, name.what, *said, *rest),
            )

    def states(self, duties: Iterable[Sequence[DutyName]]) -> list[State]:
        """Where each duty stands, in their order; a duty said in several places has several names.

        Changes under a key that no duty has any more follow the duty of the same document whose quote they share
        best, if that is nearly the same.
        """
        named = [tuple(names) for names in duties]
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM duty_changes ORDER BY id").fetchall()
        owner = {name.key: place for place, names in enumerate(named) for name in names}
        changes: list[list[Change]] = [[] for _ in named]
        for row in rows:
            place = owner.get(row["duty"])
            if place is None:
                place = owner[row["duty"]] = _follow(row, named)
            if place >= 0:
                changes[place].append(_change(row))
        return [_state(found) for found in changes]

    def state(self, *names: DutyName) -> State:
        """Where one duty stands."""
        return self.states([names])[0]


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _check(change: Change) -> None:
    if not change.who.strip():
        raise BadInput("A change of a duty needs the name of who makes it. Write your name.")
    if change.status is Status.SENT and change.sent_on is None:
        raise BadInput("A duty marked as sent needs the day it was sent on. Give that day.")
    if change.status is Status.CORRECTED and change.correction is None:
        raise BadInput("A duty marked as corrected needs what is put in place. Give the corrected fields.")


def _state(changes: Sequence[Change]) -> State:
    review, correction, note = Status.OPEN, None, ""
    sent: dict[date | None, date] = {}
    for change in changes:
        note = change.note or note
        match change.status:
            case Status.OPEN if change.due_on:
                sent.pop(change.due_on, None)
            case Status.OPEN:
                review, correction = Status.OPEN, None
                sent.clear()
            case Status.SENT if change.sent_on:
                sent[change.due_on] = change.sent_on
            case Status.CORRECTED:
                review, correction = change.status, change.correction
            case Status.CONFIRMED | Status.DISMISSED | Status.SENT:
                review = change.status if change.status is not Status.SENT else review
            case _ as never:
                assert_never(never)
    return State(review, tuple(sent.items()), correction, note, tuple(changes))


def _follow(row: sqlite3.Row, named: Sequence[Sequence[DutyName]]) -> int:
    """The place of the duty that a change without one belongs to now; -1 where there is none."""
    near = [
        (shared + _shared(row["what"], name.what), -place)
        for place, names in enumerate(named)
        for name in names
        if _words(name.document) == _words(row["document"])
        if (shared := _shared(row["quote"], name.quote)) >= SAME_QUOTE
    ]
    return -max(near, default=(0.0, 1))[1]


def _shared(one: str, other: str) -> float:
    left, right = set(_words(one)), set(_words(other))
    return len(left & right) / max(len(left | right), 1)


def _words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter if letter.isalnum() else " " for letter in letters).split()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _written(correction: Correction | None) -> str | None:
    return json.dumps(asdict(correction), ensure_ascii=False, default=date.isoformat) if correction else None


def _change(row: sqlite3.Row) -> Change:
    return Change(
        Status(row["status"]),
        row["who"],
        datetime.fromisoformat(row["at"]),
        row["note"],
        date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        date.fromisoformat(row["sent_on"]) if row["sent_on"] else None,
        _correction(json.loads(row["correction"])) if row["correction"] else None,
    )


def _correction(fields: dict[str, Any]) -> Correction:
    lists = {name: tuple(fields[name]) for name in ("bearers", "recipients") if fields[name] is not None}
    days = {"dates": tuple(map(date.fromisoformat, fields["dates"]))} if fields["dates"] is not None else {}
    return Correction(**(fields | lists | days))
