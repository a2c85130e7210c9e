"""The register as an agenda: what is late, what comes next, what has been sent; by day and by month. Pure."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from indexer.analyze import fold
from indexer.types import Deadline, Trigger
from office.status import Correction, State, Status
from search.due import due_dates, next_days
from search.register import Entry

SOON_DAYS = 30


class Standing(StrEnum):
    """In the order in which an office looks at them."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"
    SENT = "sent"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Item:
    """A row as it stands on a day: `day` is the one that counts now, `sent_on` when that one was sent."""

    row: Entry
    standing: Standing
    day: date | None = None
    sent_on: date | None = None


def agenda(rows: Iterable[Entry], today: date) -> list[Item]:
    """Every row once, by standing and day; what was missed last comes first among the late ones."""
    items = [_item(corrected(row), today) for row in rows]
    order = list(Standing)
    return sorted(items, key=lambda item: (order.index(item.standing), _nearness(item), item.row.document.id))


def _nearness(item: Item) -> int:
    if item.day is None:
        return 0
    return -item.day.toordinal() if item.standing in (Standing.OVERDUE, Standing.SENT) else item.day.toordinal()


def _item(row: Entry, today: date) -> Item:
    """Late with the last day that passed unsent; else the next day; else when what passed was sent."""
    state = row.state or State()
    if state.status is Status.DISMISSED:
        return Item(row, Standing.DISMISSED)
    passed = due_dates(row.duty, None, today - timedelta(days=1), row.document.form.issued_on)
    if passed and state.sent_on(passed[-1]) is None:
        return Item(row, Standing.OVERDUE, passed[-1])
    coming = [d for d in next_days(row.duty, today - timedelta(days=1), row.document.form.issued_on)
              if state.sent_on(d) is None]  # fmt: skip
    if coming:
        near = coming[0] <= today + timedelta(days=SOON_DAYS)
        return Item(row, Standing.SOON if near else Standing.LATER, coming[0])
    if state.sent:
        due, sent = max(state.sent, key=lambda pair: pair[1])
        return Item(row, Standing.SENT, due or (passed[-1] if passed else None), sent)
    return Item(row, Standing.UNDATED)


def corrected(row: Entry) -> Entry:
    """The row with what a person has put in place of what was read."""
    correction = row.state.correction if row.state else None
    if correction is None:
        return row
    duty = replace(
        row.duty,
        bearers=row.duty.bearers if correction.bearers is None else correction.bearers,
        action=correction.action or row.duty.action,
        product=None if correction.action else row.duty.product,
        recipients=row.duty.recipients if correction.recipients is None else correction.recipients,
        via=row.duty.via if correction.via is None else correction.via or None,
        deadline=_corrected_deadline(row.duty.deadline, correction),
    )
    return replace(row, duty=duty, dates=duty.deadline.dates if duty.deadline else ())


def _corrected_deadline(read: Deadline | None, correction: Correction) -> Deadline | None:
    if correction.by_when is None and correction.dates is None:
        return read
    known = read or Deadline("", Trigger.FIXED)
    if correction.dates is None:
        return replace(known, written=correction.by_when or known.written)
    # A day put in by hand is that day; what recurs is what the document says, which was wrong.
    return Deadline(correction.by_when or known.written, Trigger.FIXED, correction.dates)


def by_standing(items: Iterable[Item]) -> Mapping[Standing, int]:
    """How many there are of each, none left out."""
    counted = Counter(item.standing for item in items)
    return {standing: counted[standing] for standing in Standing}


def naming(items: Iterable[Item], words: str) -> list[Item]:
    """Those whose bearers, work, recipients, document or quotes hold every word, without diacritics."""
    wanted = fold(words).split()
    return [item for item in items if all(word in _said(item.row) for word in wanted)]


def _said(row: Entry) -> str:
    duty, form = row.duty, row.document.form
    parts = (*duty.bearers, duty.action, duty.product, *duty.recipients, form.number, form.summary, *row.quotes)
    return fold(" ".join(filter(None, parts)))


def month_weeks(year: int, month: int) -> list[list[date]]:
    """The weeks of a month from Monday on, with the days of the months around it that fill them."""
    return Calendar().monthdatescalendar(year, month)


def due_in(items: Iterable[Item], first: date, last: date) -> dict[date, list[Item]]:
    """What falls due on each day of a period, recurring duties on each of their days; dismissed ones left out."""
    found: dict[date, list[Item]] = {}
    for item in items:
        if item.standing is Standing.DISMISSED:
            continue
        for day in due_dates(item.row.duty, first, last, item.row.document.form.issued_on):
            found.setdefault(day, []).append(item)
    return dict(sorted(found.items()))


def day_standing(item: Item, day: date, today: date) -> Standing:
    """How one of the days of a row stands."""
    state = item.row.state or State()
    if state.sent_on(day) is not None:
        return Standing.SENT
    if day < today:
        return Standing.OVERDUE
    return Standing.SOON if day <= today + timedelta(days=SOON_DAYS) else Standing.LATER


def known_bodies(rows: Sequence[Entry]) -> list[str]:
    """Who owes or is owed something, those named most often first."""
    named = Counter(name for row in rows for name in (*row.duty.bearers, *row.duty.recipients))
    return [name for name, _ in sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))]
