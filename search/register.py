"""The register of duties: who owes what to whom by when, over all documents, read once and filtered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from indexer.analyze import fold
from indexer.fields import duty_values
from indexer.numbers import key
from indexer.types import Document, Duty, Form
from office.status import DutyName, State, Status, duty_name
from search.due import due_dates
from search.membership import Unit, membership
from search.units import Body, read_unit, spelled


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
    do with it. `names` is what the office's records know it by, `state` what they say of it.
    """

    duty: Duty
    document: Source
    places: tuple[Place, ...]
    names: tuple[DutyName, ...]
    dates: tuple[date, ...] = ()
    role: Role | None = None
    why: str | None = None
    state: State | None = None

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(place.quote for place in self.places)

    @property
    def key(self) -> str:
        return self.names[0].key

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
    """The rows of all documents, those said by several documents joined; immutable, safe to share between threads."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.rows: tuple[Entry, ...] = tuple(_joined(row for document in documents for row in _rows(document)))
        self._found_by_unit: dict[str, tuple[Entry, ...]] = {}

    def find(self, wanted: DutyFilter) -> list[Entry]:
        """The rows asked for, those with the nearest day first."""
        rows = self._of_unit(wanted.unit) if wanted.unit else self.rows
        for test in _tests(wanted):
            rows = tuple(filter(test, rows))
        dated = [_dated(row, wanted.start, wanted.end) for row in rows]
        if wanted.start or wanted.end:
            dated = [row for row in dated if row.dates]
        return sorted(
            dated, key=lambda row: (row.dates[0] if row.dates else date.max, row.document.id, row.duty.spans[0])
        )

    def _of_unit(self, name: str) -> tuple[Entry, ...]:
        """Kept for the next question; a unit asks often."""
        found = self._found_by_unit.get(name)
        if found is None:
            unit = Unit(name)
            met: dict[tuple[str, str | None], str | None] = {}
            found = tuple(row for entry in self.rows if (row := _role(entry, unit, met)))
            self._found_by_unit = {**dict(list(self._found_by_unit.items())[-31:]), name: found}
        return found


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
    return sorted(found, key=lambda row: (row.dates, row.document.id, row.duty.spans[0]))


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
        places = tuple(
            Place(
                source,
                *(span.start, span.end),
                span.of(document.text),
                document.page(span.start),
                document.heading(span.start),
            )
            for span in duty.spans
        )
        by_when = duty.deadline.written if duty.deadline else ""
        name = duty_name(form.number, document.file, form.issued_on, places[0].quote, f"{duty.action} {by_when}")
        yield Entry(duty, source, places, (name,))


def _joined(rows: Iterable[Entry]) -> Iterator[Entry]:
    """A duty that a letter and the plan it forwards both state, or two copies of a document, is one row."""
    found: list[Entry] = []
    by_days: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        deadline = row.duty.deadline
        when = (deadline.dates[:1], deadline.recurrence) if deadline and deadline.dates else None
        near = by_days.setdefault((when, fold(" ".join(row.duty.recipients))), []) if when else []
        same = next((place for place in near if _same(found[place], row)), None)
        if same is None:
            near.append(len(found))
            found.append(row)
        else:
            found[same] = _both(found[same], row)
    yield from found


def _same(one: Entry, other: Entry) -> bool:
    """Whether rows of two documents that go together state one duty: same days and recipients, mostly same bearers."""
    if one.document.id == other.document.id or not (_copies(one, other) or one.document.file == other.document.file):
        return False
    mine, theirs = ({fold(name) for name in row.duty.bearers} for row in (one, other))
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0 and bool(one.duty.recipients)


def _copies(one: Entry, other: Entry) -> bool:
    left, right = one.document.form, other.document.form
    if not left.number or not right.number:
        return False
    return (key(left.number), left.issued_on) == (key(right.number), right.issued_on)


def _both(one: Entry, other: Entry) -> Entry:
    best, rest = sorted((one, other), key=lambda row: -row.duty.confidence)
    return replace(best, places=(*best.places, *rest.places), names=(*best.names, *rest.names))


def _role(row: Entry, unit: Unit, met: dict[tuple[str, str | None], str | None]) -> Entry | None:
    """The row as the unit's, None where it has nothing to do with it; `met` keeps what each phrase gave before."""
    duty, form = row.duty, row.document.form
    parts = (
        (Role.OWES, duty.bearers),
        (Role.COOPERATES, duty.cooperating),
        (Role.OWED, duty.recipients),
        (Role.PASSES_ON, (duty.via,) if duty.via else ()),
    )
    for role, phrases in parts:
        for phrase in phrases:
            asked = (phrase, form.issuer)
            if asked not in met:
                met[asked] = membership(unit, phrase, row.document.body, form.issued_on)
            if met[asked]:
                return replace(row, role=role, why=met[asked])
    return None


def _tests(wanted: DutyFilter) -> Iterator[Callable[[Entry], bool]]:
    if wanted.bearer:
        yield _naming(wanted.bearer, lambda row: row.duty.bearers)
    if wanted.recipient:
        yield _naming(wanted.recipient, lambda row: row.duty.recipients)
    if wanted.document:
        yield _of_document(wanted.document)


def _naming(name: str, names: Callable[[Entry], Iterable[str]]) -> Callable[[Entry], bool]:
    words = f" {spelled(name)} "
    return lambda row: any(words in f" {spelled(one)} " for one in names(row))


def _of_document(number: str) -> Callable[[Entry], bool]:
    """By its number, however that is written, or by its file."""
    wanted, file = key(number), fold(number)
    return lambda row: any(
        (place.document.form.number and key(place.document.form.number) == wanted) or fold(place.document.file) == file
        for place in row.places
    )


def _dated(row: Entry, start: date | None, end: date | None) -> Entry:
    days = due_dates(row.duty, start, end, row.document.form.issued_on)
    return row if days == row.dates else replace(row, dates=days)
