"""The register of duties: who owes what to whom by when, over all documents, read once and filtered. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from indexer.analyze import fold
from indexer.fields import duty_values
from indexer.numbers import key
from indexer.types import Document, Duty, Form, Span
from office.status import DutyName, State, Status, duty_name
from search.due import days_of, due_dates
from search.membership import Unit, may_mean, membership
from search.places import MERGED_ON
from search.units import Body, read_bodies, read_unit, spelled


class Role(StrEnum):
    """What a unit has to do with a duty."""

    OWES = "owes"
    COOPERATES = "cooperates"
    OWED = "owed"
    PASSES_ON = "passes_on"


@dataclass(frozen=True, slots=True)
class Source:
    """What a row needs of the document that states it."""

    id: str
    file: str
    form: Form
    title: str
    body: Body | None


@dataclass(frozen=True, slots=True)
class Place:
    """A verbatim place that states a duty; `page` is None where the file knows no pages."""

    document: Source
    start: int
    end: int
    quote: str
    page: int | None
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a duty, the document that states it best, all places that state it.

    `dates` are the days it falls due within the period asked for; `role` and `why` say what the unit asked for has to
    do with it. `stated` holds, for each document that states it, the duty as read there and its best quote; `state`
    is what the office's records say of it.
    """

    duty: Duty
    document: Source
    places: tuple[Place, ...]
    stated: tuple[tuple[Source, Duty, str], ...]
    dates: tuple[date, ...] = ()
    role: Role | None = None
    why: str | None = None
    state: State | None = None

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(place.quote for place in self.places)

    @property
    def names(self) -> tuple[DutyName, ...]:
        """What the office's records know it by, one for each document that states it."""
        return tuple(_name(source, duty, quote) for source, duty, quote in self.stated)

    @property
    def key(self) -> str:
        return _name(*self.stated[0]).key

    def on_days(self, dates: tuple[date, ...]) -> Entry:
        """Built outright, which takes a tenth of the time of dataclasses.replace: a period holds thousands."""
        return Entry(self.duty, self.document, self.places, self.stated, dates, self.role, self.why, self.state)

    def of_unit(self, role: Role, why: str) -> Entry:
        return Entry(self.duty, self.document, self.places, self.stated, self.dates, role, why, self.state)

    @property
    def status(self) -> Status:
        return self.state.status if self.state else Status.OPEN


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """What rows are asked for; what is None leaves open. `unit` is a body with all classes that mean it; `bearer`,
    `recipient` and `document` are words of a name or number.
    """

    unit: str | None = None
    bearer: str | None = None
    recipient: str | None = None
    document: str | None = None
    start: date | None = None
    end: date | None = None


class Register:
    """The rows of all documents, those said by several documents joined, those with the nearest day first; safe to
    share between threads.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        found = _joined(row for document in documents for row in _rows(document))
        self.rows: tuple[Entry, ...] = tuple(sorted(found, key=_by_day))
        self._found_by_unit: dict[str, tuple[Entry, ...]] = {}
        # Names are read once and for all here, so that the first unit asked for doesn't wait for it.
        for phrase in self._by_phrase:
            read_bodies(phrase)

    def find(self, wanted: DutyFilter) -> list[Entry]:
        """The rows asked for, those with the nearest day first."""
        rows = self._of_unit(wanted.unit) if wanted.unit else self.rows
        for kept in self._kept(wanted):
            rows = tuple(row for row in rows if id(row.places) in kept)
        if not (wanted.start or wanted.end):
            return list(rows)
        placed = self._calendar.between(wanted.start, wanted.end) if rows is self.rows else _dated(rows, wanted)
        return sorted(placed, key=_by_day)

    @cached_property
    def _calendar(self) -> _Calendar:
        return _Calendar(self.rows)

    @cached_property
    def _by_phrase(self) -> dict[str, dict[tuple[Body | None, date | None], list[tuple[int, Role]]]]:
        """Where each phrase stands: by the issuer and the day of its document, the rows and the role in them."""
        found: dict[str, dict[tuple[Body | None, date | None], list[tuple[int, Role]]]] = {}
        for place, row in enumerate(self.rows):
            issued_on = row.document.form.issued_on
            setting = (row.document.body, MERGED_ON if issued_on and issued_on >= MERGED_ON else None)
            for role, phrase in _phrases(row.duty):
                found.setdefault(phrase, {}).setdefault(setting, []).append((place, role))
        return found

    @cached_property
    def _by_document(self) -> dict[str, set[int]]:
        """The rows of each document, by the key of its number and by its file."""
        found: dict[str, set[int]] = {}
        for row in self.rows:
            for source, _, _ in row.stated:
                names = (key(source.form.number) if source.form.number else "", fold(source.file))
                for name in filter(None, names):
                    found.setdefault(name, set()).add(id(row.places))
        return found

    def _kept(self, wanted: DutyFilter) -> Iterator[set[int]]:
        """For each filter by words the rows that pass, by the identity of their places, which copies of a row share."""
        if wanted.bearer:
            yield self._naming(wanted.bearer, Role.OWES)
        if wanted.recipient:
            yield self._naming(wanted.recipient, Role.OWED)
        if wanted.document:
            names = (key(wanted.document), fold(wanted.document))
            yield next((self._by_document[name] for name in names if name in self._by_document), set())

    def _naming(self, name: str, role: Role) -> set[int]:
        words = f" {spelled(name)} "
        return {
            id(self.rows[place].places)
            for phrase, settings in self._by_phrase.items()
            if words in f" {spelled(phrase)} "
            for places in settings.values()
            for place, own in places
            if own is role
        }

    def _of_unit(self, name: str) -> tuple[Entry, ...]:
        """Kept for the next question; a unit asks often. Of several roles in a row the first of `Role` counts."""
        known = self._found_by_unit.get(name)
        if known is None:
            known = tuple(self._roles(Unit(name)))
            self._found_by_unit = {**dict(list(self._found_by_unit.items())[-31:]), name: known}
        return known

    def _roles(self, unit: Unit) -> Iterator[Entry]:
        met: dict[int, tuple[Role, str]] = {}
        for phrase, settings in self._by_phrase.items():
            if not may_mean(unit, phrase):
                continue
            for (body, issued_on), places in settings.items():
                why = membership(unit, phrase, body, issued_on)
                for place, role in places if why else ():
                    if place not in met or _ROLES.index(role) < _ROLES.index(met[place][0]):
                        met[place] = (role, why or "")
        for place in sorted(met):
            role, why = met[place]
            yield self.rows[place].of_unit(role, why)


class _Calendar:
    """The rows by day: fixed days in order, recurring rows by their rule, so that a period looks at few of them."""

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._rows = rows
        fixed = [(day, place) for place, row in enumerate(rows) if not _recurs(row) for day in row.dates]
        self._days = sorted(fixed)
        self._rules: dict[str, list[tuple[date, int]]] = {}
        for place, row in enumerate(rows):
            if row.duty.deadline and _recurs(row):
                first = next(iter(row.duty.deadline.dates), row.document.form.issued_on) or date.min
                self._rules.setdefault(row.duty.deadline.recurrence or "", []).append((first, place))

    def between(self, start: date | None, end: date | None) -> Iterator[Entry]:
        low = bisect_left(self._days, (start or date.min, -1))
        high = bisect_left(self._days, (end or date.max, len(self._rows)))
        by_place: dict[int, list[date]] = {}
        for day, place in self._days[low:high]:
            by_place.setdefault(place, []).append(day)
        for place, days in by_place.items():
            yield self._rows[place].on_days(tuple(days))
        for rule, placed in self._rules.items():
            shared = days_of(rule, start, end) if start and end and end >= start else None
            for first, place in placed if shared != () else ():
                row = self._rows[place]
                if shared is None:
                    due = due_dates(row.duty, start, end, row.document.form.issued_on)
                else:
                    due = shared[bisect_left(shared, first) :]
                if due:
                    yield row.on_days(due)


def _recurs(row: Entry) -> bool:
    return row.duty.deadline is not None and row.duty.deadline.names_day


def entries(
    documents: Iterable[Document], unit: str | None = None, start: date | None = None, end: date | None = None
) -> list[Entry]:
    """The rows of some documents, as `Register.find` gives them."""
    return Register(documents).find(DutyFilter(unit, start=start, end=end))


def with_states(rows: Sequence[Entry], states: Sequence[State]) -> list[Entry]:
    """The rows with what the office's records say of each."""
    return [replace(row, state=state) for row, state in zip(rows, states, strict=True)]


def overdue(rows: Iterable[Entry], today: date) -> list[Entry]:
    """Rows with a day before today that nobody has sent or dismissed, with the last of those days."""
    found = []
    for row in rows:
        state = row.state or State()
        days = due_dates(row.duty, None, today - timedelta(days=1), row.document.form.issued_on)
        if days and state.sent_on(days[-1]) is None and state.status is not Status.DISMISSED:
            found.append(replace(row, dates=days[-1:]))
    return sorted(found, key=_by_day)


def duty_row(row: Entry) -> dict[str, Any]:
    """One duty as `duties --format json` prints it, with the days of the period asked for."""
    return duty_values(row.duty, row.document.form.number, row.document.file, row.quotes) | {
        "dates": [day.isoformat() for day in row.dates],
        "key": row.key,
        "role": row.role.value if row.role else None,
        "why": row.why,
        "status": row.status.value,
    }


def _rows(document: Document) -> Iterator[Entry]:
    form = document.form
    source = Source(document.id, document.file, form, document.title, read_unit(form.issuer) if form.issuer else None)
    for duty in document.duties:
        places = tuple(_place(document, source, span) for span in duty.spans)
        dates = duty.deadline.dates if duty.deadline else ()
        yield Entry(duty, source, places, ((source, duty, places[0].quote),), dates)


def _place(document: Document, source: Source, span: Span) -> Place:
    at = span.start
    return Place(source, at, span.end, span.of(document.text), document.page(at), document.heading(at))


def _name(source: Source, duty: Duty, quote: str) -> DutyName:
    by_when = duty.deadline.written if duty.deadline else ""
    form = source.form
    return duty_name(form.number, source.file, form.issued_on, quote, f"{duty.action} {by_when}")


def _by_day(row: Entry) -> tuple[date, str, Span]:
    return (row.dates[0] if row.dates else date.max, row.document.id, row.duty.spans[0])


def _joined(rows: Iterable[Entry]) -> Iterator[Entry]:
    """A duty that a letter and the plan it forwards both state, or two copies of a document, is one row."""
    found: list[Entry] = []
    near: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        groups = list(_groups(row))
        places = (place for group in groups for place in near.get(group, ()))
        same = next((place for place in places if _same(found[place], row)), None)
        if same is None:
            same = len(found)
            found.append(row)
        else:
            found[same] = _both(found[same], row)
        for group in groups:
            near.setdefault(group, []).append(same)
    yield from found


def _groups(row: Entry) -> Iterator[tuple[object, ...]]:
    """What rows of one duty share: day, recipients, and the file or the number of their documents. None without a day
    or a recipient.
    """
    deadline, form = row.duty.deadline, row.document.form
    if deadline is None or not deadline.dates or not row.duty.recipients:
        return
    owed = (deadline.dates[0], deadline.recurrence, _folded(row.duty.recipients))
    yield ("file", row.document.file, *owed)
    if form.number:
        yield ("number", key(form.number), form.issued_on, *owed)


def _same(one: Entry, other: Entry) -> bool:
    """Whether rows of two documents that go together state one duty: mostly the same bearers."""
    if one.document.id == other.document.id:
        return False
    mine, theirs = (set(_folded(row.duty.bearers)) for row in (one, other))
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0


@lru_cache(maxsize=1 << 14)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, names))


def _both(one: Entry, other: Entry) -> Entry:
    best, rest = sorted((one, other), key=lambda row: -row.duty.confidence)
    return replace(best, places=(*best.places, *rest.places), stated=(*best.stated, *rest.stated))


_ROLES = tuple(Role)


def _phrases(duty: Duty) -> Iterator[tuple[Role, str]]:
    yield from ((Role.OWES, name) for name in duty.bearers)
    yield from ((Role.COOPERATES, name) for name in duty.cooperating)
    yield from ((Role.OWED, name) for name in duty.recipients)
    yield from ((Role.PASSES_ON, name) for name in filter(None, (duty.via,)))


def _dated(rows: Iterable[Entry], wanted: DutyFilter) -> Iterator[Entry]:
    for row in rows:
        days = due_dates(row.duty, wanted.start, wanted.end, row.document.form.issued_on)
        if days:
            yield row.on_days(days)
