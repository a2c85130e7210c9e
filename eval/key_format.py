"""Answer keys of the understanding: what a person read in a document, one JSON object per line and document.

{"file", "position": place among the documents of the file, from 0,
 "fields": {"number", "kind", "issuer", "superior", "place", "issued_on", "issued_on_source", "summary", "addressee",
            "signer": [name, authority, office], "recipients", "secrecy", "urgency", "received": [number, date],
            "enclosed_in"},
 "sections": [[label, first words of its first line]], in order,
 "references": [{"number", "relation", "issued_on", "issuer"}],
 "duties": [{"quotes", "bearers", "cooperating", "recipients", "via", "deadline", "dates", "recurrence", "trigger"}],
 "targets": [{"quote", "subject", "figure", "unit", "comparison", "period"}],
 "tolerated": {"duties": [quotes], "targets": [quotes]}}

A field that is left out is null: the document does not say it. `issued_on_source` is the number of the document that
the day was taken from. A quote is verbatim but for line breaks; "A … B" reaches from A to the next B behind it.
Several quotes of one duty are places that say the same duty. A name may be given with another that is as good:
"LĐLĐ tỉnh | Liên đoàn Lao động tỉnh Ninh Thuận". `dates` null is not judged, [] means that no day can be had.
A row over a tolerated place is neither right nor wrong: readers may differ there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from eval.text import Squeezed
from indexer.errors import ProjectError
from indexer.types import Relation, Span, Trigger

FIELDS = (
    "number", "kind", "issuer", "superior", "place", "issued_on", "issued_on_source", "summary", "addressee", "signer",
    "recipients", "secrecy", "urgency", "received", "enclosed_in",
)  # fmt: skip
COMPARISONS = ("at least", "at most", "about", "exactly")
TO = " … "
_T = TypeVar("_T")
_PARTS = {"file", "position", "fields", "sections", "references", "duties", "targets", "tolerated"}


class KeyFileError(ProjectError):
    """A key can't be used: one line for each thing in it that is wrong."""


@dataclass(frozen=True, slots=True)
class KeySection:
    label: str
    first: str


@dataclass(frozen=True, slots=True)
class KeyReference:
    """`relations`: the first is meant, the others are as good."""

    number: str
    relations: tuple[str, ...]
    issued_on: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class KeyDuty:
    quotes: tuple[str, ...]
    bearers: tuple[str, ...]
    cooperating: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    via: str | None = None
    deadline: str | None = None
    dates: tuple[str, ...] | None = None
    recurrence: str | None = None
    trigger: str = Trigger.NONE.value


@dataclass(frozen=True, slots=True)
class KeyTarget:
    quote: str
    subject: str
    figure: str
    unit: str | None
    comparison: str
    period: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """What stands in one document."""

    file: str
    position: int
    fields: Mapping[str, Any]
    sections: tuple[KeySection, ...] = ()
    references: tuple[KeyReference, ...] = ()
    duties: tuple[KeyDuty, ...] = ()
    targets: tuple[KeyTarget, ...] = ()
    tolerated_duties: tuple[str, ...] = ()
    tolerated_targets: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.file}#{self.position}"


def is_for_tuning(file: str) -> bool:
    """Whether a document's key belongs to the development set: by the name alone, so that nobody chooses."""
    return hashlib.sha256(file.encode()).digest()[0] % 2 == 0


def load(paths: Sequence[Path]) -> tuple[Key, ...]:
    """The keys of all files, in order. Raises KeyFileError with every bad line."""
    keys: list[Key] = []
    problems: list[str] = []
    for place, line in ((f"{path}:{number}", line) for path in paths for number, line in _lines(path)):
        try:
            keys.append(parse(line))
        except ValueError as error:
            problems.append(f"{place}: {error}")
    names = [key.name for key in keys]
    problems += [f"{name} has {names.count(name)} keys" for name in sorted(set(names)) if names.count(name) > 1]
    if problems:
        raise KeyFileError("\n".join(problems))
    if not keys:
        raise KeyFileError(f"{', '.join(map(str, paths))}: no key in it; write one JSON object per line")
    return tuple(keys)


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path}: can't be read as UTF-8 text ({error}); name a file of keys") from error
    return [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def parse(line: str) -> Key:
    """Raises ValueError that says what is wrong."""
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(given, dict):
        raise ValueError("not a JSON object")
    _only(given, _PARTS, "part")
    fields = given.get("fields", {})
    _only(fields, FIELDS, "field")
    tolerated = given.get("tolerated", {})
    _only(tolerated, ("duties", "targets"), "kind of tolerated place")
    return Key(
        file=_needed(given, "file", str),
        position=_needed(given, "position", int),
        fields=fields,
        sections=tuple(KeySection(label, first) for label, first in given.get("sections", ())),
        references=_all(given, "references", _reference),
        duties=_all(given, "duties", _duty),
        targets=_all(given, "targets", _target),
        tolerated_duties=tuple(tolerated.get("duties", ())),
        tolerated_targets=tuple(tolerated.get("targets", ())),
    )


def _only(given: Iterable[str], known: Iterable[str], what: str) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise ValueError(f"unknown {what} {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def _needed(given: Mapping[str, Any], name: str, kind: type[_T]) -> _T:
    value = given.get(name)
    if not isinstance(value, kind):
        raise ValueError(f"{name} must be a {kind.__name__}, not {value!r}")
    return value


def _all(given: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any]], _T]) -> tuple[_T, ...]:
    return tuple(read(one) for one in given.get(name, ()))


def _reference(given: Mapping[str, Any]) -> KeyReference:
    _only(given, ("number", "relation", "issued_on", "issuer"), "field of a reference")
    relation = given.get("relation", Relation.MENTIONS.value)
    relations = (relation,) if isinstance(relation, str) else tuple(relation)
    _only(relations, [known.value for known in Relation], "relation")
    return KeyReference(_needed(given, "number", str), relations, given.get("issued_on"), given.get("issuer"))


def _duty(given: Mapping[str, Any]) -> KeyDuty:
    _only(given, KeyDuty.__dataclass_fields__, "field of a duty")
    trigger = given.get("trigger", Trigger.NONE.value)
    _only((trigger,), [known.value for known in Trigger], "trigger")
    dates = given.get("dates")
    duty = KeyDuty(
        quotes=tuple(given.get("quotes", ())),
        bearers=tuple(given.get("bearers", ())),
        cooperating=tuple(given.get("cooperating", ())),
        recipients=tuple(given.get("recipients", ())),
        via=given.get("via"),
        deadline=given.get("deadline"),
        dates=None if dates is None else tuple(dates),
        recurrence=given.get("recurrence"),
        trigger=trigger,
    )
    if not duty.quotes or not duty.bearers:
        raise ValueError(f"a duty needs quotes and bearers: {dict(given)}")
    return duty


def _target(given: Mapping[str, Any]) -> KeyTarget:
    _only(given, KeyTarget.__dataclass_fields__, "field of a target")
    _only((given.get("comparison", ""),), COMPARISONS, "comparison")
    texts = {name: _needed(given, name, str) for name in ("quote", "subject", "figure", "comparison")}
    return KeyTarget(**texts, unit=given.get("unit"), period=given.get("period"))


def places(quote: str, text: Squeezed) -> tuple[Span, ...]:
    """Every place of a quote, in order."""
    first, _, last = quote.partition(TO)
    found = text.find(first)
    if not last:
        return found
    ends = text.find(last)
    reached = ((start, next((end for end in ends if end.start >= start.end), None)) for start in found)
    return tuple(Span(start.start, end.end) for start, end in reached if end)


def defects(key: Key, text: Squeezed) -> list[str]:
    """Quotes that do not stand in the text of the key's file, or stand there more than once and so say no place."""
    once = [quote for duty in key.duties for quote in duty.quotes]
    once += [target.quote for target in key.targets] + [*key.tolerated_duties, *key.tolerated_targets]
    counted = [(quote, len(places(quote, text))) for quote in once]
    counted += [(section.first, min(len(text.find(section.first)), 1)) for section in key.sections]
    return [f'{key.name}: "{quote}" stands {count} times in the file' for quote, count in counted if count != 1]
