"""Judge the duties that were found in a document by its key. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.counts import OR, Found, Share, bare, touch
from eval.key_format import Key, KeyDuty, places
from eval.text import Squeezed, plain
from indexer.fields import duty_fields
from indexer.types import Document, Duty, Span

_JOINTS = re.compile(r"[,;]|\s+và\s+")
_LAST_DAYS = {str(month): str(monthrange(2023, month)[1]) for month in range(1, 13)}
_LEADING = re.compile(r"^(?:các|những|mỗi|từng|toàn thể|đồng chí|đ/c)\s+")


@dataclass(frozen=True, slots=True)
class _Row:
    """A duty that was found, as values and places."""

    values: dict[str, Any]
    spans: tuple[Span, ...]


def judge_duties(
    key: Key, document: Document | None, text: Squeezed, misses: list[str]
) -> tuple[dict[str, Found], dict[str, Share]]:
    """Rows are paired with duties whose quotes they overlap; a row over a tolerated place alone is left out."""
    rows = [_row(duty, document) for duty in document.duties] if document else []
    spans = [[span for quote in duty.quotes for span in places(quote, text)[:1]] for duty in key.duties]
    pairs = _paired(key.duties, spans, rows)
    tolerated = [span for quote in key.tolerated_duties for span in places(quote, text)[:1]]
    known = [span for group in spans for span in group]
    no_duty = [row for row in rows if not touch(row.spans, known) and not touch(row.spans, tolerated)]
    loose = [row for row in rows if all(row is not one for _, one in pairs) and not touch(row.spans, tolerated)]
    matched = {id(duty) for duty, _ in pairs}
    misses += [f'duty "{duty.quotes[0]}" is missing' for duty in key.duties if id(duty) not in matched]
    misses += [f'duty "{row.values["quotes"][0]}" is none' for row in no_duty]
    judged_rows = [row for _, row in pairs] + loose
    founds = {"duties": Found(len(pairs), len(key.duties), len(judged_rows))}
    founds |= {f"duty.{name}": _slot(name, read, key.duties, pairs, loose, misses) for name, read in _SLOTS.items()}
    shares = {
        "duty.no_duty": Share(len(no_duty), len(rows)),
        "duty.dates": _dates(pairs, misses),
        "duty.trigger": Share(sum(duty.trigger == _trigger(row) for duty, row in pairs), len(pairs)),
        "duty.merged": _merged(key.duties, spans, pairs, misses),
    }
    return founds, shares


def _row(duty: Duty, document: Document) -> _Row:
    return _Row(duty_fields(duty, document), duty.spans)


def _paired(
    duties: Sequence[KeyDuty], spans: Sequence[Sequence[Span]], rows: Sequence[_Row]
) -> list[tuple[KeyDuty, _Row]]:
    """One row for a duty: best agreement first, then the order of the key and of the rows."""
    overlapping = [
        (-_agreement(duty, group, row), number, place)
        for number, (duty, group) in enumerate(zip(duties, spans, strict=True))
        for place, row in enumerate(rows)
        if touch(row.spans, group)
    ]
    pairs: dict[int, int] = {}
    for _, number, place in sorted(overlapping):
        if number not in pairs and place not in pairs.values():
            pairs[number] = place
    return [(duties[number], rows[place]) for number, place in sorted(pairs.items())]


def _agreement(duty: KeyDuty, spans: Sequence[Span], row: _Row) -> float:
    who, to = _names(duty.bearers, row.values["who"]), _names(duty.recipients, row.values["to"])
    by = 2.0 * _same_deadline(duty.deadline, row.values["by_when"])
    shared = max((_shared(one, other) for one in spans for other in row.spans), default=0.0)
    return by + _jaccard(who, atoms(row.values["who"])) + _jaccard(to, atoms(row.values["to"])) + shared


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _shared(one: Span, other: Span) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))


def atoms(names: Iterable[str]) -> set[str]:
    """The single names of a list, however they were grouped.

    >>> sorted(atoms(["Các tỉnh ủy, thành ủy", "đảng đoàn"])) == sorted(atoms(["tỉnh ủy", "thành uỷ và đảng đoàn"]))
    True
    """
    parts = (bare(part) for name in names for part in _JOINTS.split(plain(name)))
    return {_LEADING.sub("", part) for part in parts if part}


def _names(wanted: Iterable[str], found: Iterable[str]) -> set[str]:
    """The names of the key; of names that are as good as each other the one that was found, else the first."""
    read = atoms(found)
    chosen: set[str] = set()
    for name in wanted:
        ways = [atoms([way]) for way in name.split(OR)]
        chosen |= next((way for way in ways if way <= read), ways[0])
    return chosen


def _bearers(values: dict[str, Any]) -> list[str]:
    return list(values["who"])


def _recipients(values: dict[str, Any]) -> list[str]:
    return list(values["to"])


def _via(values: dict[str, Any]) -> list[str]:
    return [values["via"]] if values["via"] else []


def _cooperating(values: dict[str, Any]) -> list[str]:
    return list(values.get("cooperating") or ())


def _deadline(values: dict[str, Any]) -> list[str]:
    return [values["by_when"]] if values["by_when"] else []


_SLOTS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "bearers": _bearers,
    "recipients": _recipients,
    "via": _via,
    "cooperating": _cooperating,
    "deadline": _deadline,
}


def _slot(
    name: str,
    read: Callable[[dict[str, Any]], list[str]],
    duties: Sequence[KeyDuty],
    pairs: Sequence[tuple[KeyDuty, _Row]],
    loose: Sequence[_Row],
    misses: list[str],
) -> Found:
    """Over all duties of the key and all rows: a missed duty's names are missed, a loose row's names are wrong."""
    matched = {id(duty) for duty, _ in pairs}
    total = Found(0, sum(len(_wanted(name, duty, ())) for duty in duties if id(duty) not in matched), 0)
    total += Found(0, 0, sum(len(_given(name, read(row.values))) for row in loose))
    for duty, row in pairs:
        found = read(row.values)
        one = _compared(name, duty, found)
        total += one
        if not one.right == one.key == one.found:
            misses.append(f'duty "{duty.quotes[0]}" {name}: {_slot_of(name, duty)} was read as {found}')
    return total


def _slot_of(name: str, duty: KeyDuty) -> tuple[str, ...]:
    value = getattr(duty, name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _wanted(name: str, duty: KeyDuty, found: Sequence[str]) -> set[str]:
    names = _slot_of(name, duty)
    return set(names) if name == "deadline" else _names(names, found)


def _given(name: str, found: Sequence[str]) -> set[str]:
    return set(found) if name == "deadline" else atoms(found)


def _compared(name: str, duty: KeyDuty, found: Sequence[str]) -> Found:
    wanted, given = _wanted(name, duty, found), _given(name, found)
    if name == "deadline":
        right = int(bool(wanted and given) and _same_deadline(duty.deadline, found[0]))
        return Found(right, len(wanted), len(given))
    return Found(len(wanted & given), len(wanted), len(given))


def _same_deadline(wanted: str | None, found: str | None) -> bool:
    """The same figures, and at least half of the words in common: readers differ in where a deadline begins."""
    one, other = plain(wanted or ""), plain(found or "")
    if not one or not other:
        return one == other
    words, others = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    common = 2 * len(words & others) / (len(words) + len(others))
    return common >= 0.5 and re.findall(r"\d+", one) == re.findall(r"\d+", other)


def _dates(pairs: Sequence[tuple[KeyDuty, _Row]], misses: list[str]) -> Share:
    """Over paired duties whose days are judged and where either side has a day or a recurrence."""
    total = Share()
    for duty, row in pairs:
        dates, rule = row.values["dates"], row.values["recurrence"]
        if not (duty.dates or duty.recurrence or dates or rule):
            continue
        right = _same_rule(duty.recurrence, rule) and _same_dates(duty, dates)
        total += Share(int(right), 1)
        if not right:
            wanted = [duty.dates, duty.recurrence]
            misses.append(f'duty "{duty.quotes[0]}" dates: {wanted} was read as {[dates, rule]}')
    return total


def _same_rule(wanted: str | None, found: str | None) -> bool:
    return _rule(wanted) == _rule(found)


def _rule(rule: str | None) -> dict[str, str]:
    """The parts of a recurrence in one way of writing: the last day of a month as -1, the first Saturday as 1SA.

    >>> _rule("RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30") == _rule("FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=9")
    True
    """
    parts = dict(part.split("=", 1) for part in (rule or "").upper().removeprefix("RRULE:").split(";") if "=" in part)
    if "BYMONTHDAY" in parts and parts["BYMONTHDAY"] == _LAST_DAYS.get(parts.get("BYMONTH", "")):
        parts["BYMONTHDAY"] = "-1"
    if "BYSETPOS" in parts:
        parts["BYDAY"] = parts.pop("BYSETPOS") + parts.get("BYDAY", "")
    if "UNTIL" in parts:
        parts["UNTIL"] = parts["UNTIL"][:8]
    return parts


def _same_dates(duty: KeyDuty, found: Sequence[str]) -> bool:
    """Of what recurs the key's days must be among those found."""
    if duty.dates is None:
        return True
    return set(duty.dates) <= set(found) if duty.recurrence else set(duty.dates) == set(found)


def _trigger(row: _Row) -> str:
    return str(row.values["trigger"] or "none_stated")


def _merged(
    duties: Sequence[KeyDuty],
    spans: Sequence[Sequence[Span]],
    pairs: Sequence[tuple[KeyDuty, _Row]],
    misses: list[str],
) -> Share:
    """Of duties that are said several times: those whose one row holds at least two of the places."""
    rows = {id(duty): row for duty, row in pairs}
    total = Share()
    for duty, group in zip(duties, spans, strict=True):
        if len(duty.quotes) < 2:
            continue
        row = rows.get(id(duty))
        held = sum(touch(row.spans, [span]) for span in group) if row else 0
        total += Share(int(held > 1), 1)
        if held < 2:
            misses.append(f'duty "{duty.quotes[0]}" is said {len(duty.quotes)} times, its row holds {held}')
    return total
