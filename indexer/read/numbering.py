"""Automatic numbers of Word: what stands before a paragraph though nobody typed it. ECMA-376, part 1, 17.9."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.read.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_TYPED_BULLETS = frozenset("-–—+*•>")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restarts_after` is the level whose next number sets this one back (0: none does)."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restarts_after: int | None = None
    legal: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A list: which counters it shares, its levels, and the levels that it sets to a new start when first used."""

    counters: str
    levels: Mapping[int, Level]
    new_starts: Mapping[int, int] = field(default_factory=dict)
    level_of_style: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counter:
    """Counts the numbered paragraphs of one document, in reading order."""

    definitions: Mapping[str, Definition]
    values: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The next number of a list with what stands behind it; "" where the list isn't defined."""
        definition = self.definitions.get(list_id)
        if definition is None or level not in definition.levels:
            return ""
        values = self.values.setdefault(definition.counters, {})
        if list_id not in self.used:
            self.used.add(list_id)
            for place, start in definition.new_starts.items():
                values[place] = start - 1
        _step(values, level, definition.levels)
        return _rendered(definition.levels, level, values)


def read_definitions(root: Element | None) -> dict[str, Definition]:
    """The lists of numbering.xml by numId."""
    if root is None:
        return {}
    abstract = {node.get(f"{W}abstractNumId"): node for node in root.findall(f"{W}abstractNum")}
    by_style = {
        link.get(f"{W}val"): node for node in abstract.values() if (link := node.find(f"{W}styleLink")) is not None
    }
    found = {}
    for number in root.findall(f"{W}num"):
        reference = number.find(f"{W}abstractNumId")
        node = abstract.get(reference.get(f"{W}val")) if reference is not None else None
        if node is not None:
            link = node.find(f"{W}numStyleLink")
            node = by_style.get(link.get(f"{W}val"), node) if link is not None else node
            found[number.get(f"{W}numId")] = _definition(node, number)
    return found


def _definition(abstract: Element, number: Element) -> Definition:
    levels, styles = {}, {}
    for node in abstract.findall(f"{W}lvl"):
        place = _integer(node.get(f"{W}ilvl"), 0)
        levels[place] = _level(node)
        if style := _value(node, "pStyle"):
            styles[style] = place
    starts = {}
    for change in number.findall(f"{W}lvlOverride"):
        place = _integer(change.get(f"{W}ilvl"), 0)
        if (node := change.find(f"{W}lvl")) is not None:
            levels[place] = _level(node)
        if start := _value(change, "startOverride"):
            starts[place] = _integer(start, 1)
    return Definition(abstract.get(f"{W}abstractNumId", ""), levels, starts, styles)


def _level(node: Element) -> Level:
    restart = _value(node, "lvlRestart")
    return Level(
        format=_value(node, "numFmt") or "decimal",
        text=_value(node, "lvlText"),
        start=_integer(_value(node, "start"), 1),
        suffix=_value(node, "suff") or "tab",
        restarts_after=_integer(restart, 0) if restart else None,
        legal=node.find(f"{W}isLgl") is not None,
    )


def _step(values: dict[int, int], level: int, levels: Mapping[int, Level]) -> None:
    values[level] = values.get(level, levels[level].start - 1) + 1
    for outer in range(level):
        values.setdefault(outer, levels[outer].start if outer in levels else 1)
    for deeper in [place for place in values if place > level]:
        after = levels[deeper].restarts_after if deeper in levels else None
        if after is None or level < after:
            del values[deeper]


def _rendered(levels: Mapping[int, Level], level: int, values: Mapping[int, int]) -> str:
    own = levels[level]
    if own.format == "bullet":
        text = _bullet(own.text)
    else:
        text = _PLACE.sub(lambda found: _number(levels, int(found[1]) - 1, values, own.legal), own.text)
    return f"{text}{'' if own.suffix == 'nothing' else ' '}" if text else ""


def _number(levels: Mapping[int, Level], place: int, values: Mapping[int, int], legal: bool) -> str:
    form = levels[place].format if place in levels else "decimal"
    return formatted(values.get(place, 1), "decimal" if legal else form)


def formatted(number: int, form: str) -> str:
    """A number in a number format of Word.

    >>> [formatted(n, f) for n, f in ((4, "upperRoman"), (27, "lowerLetter"), (3, "decimalZero"))]
    ['IV', 'aa', '03']
    """
    match form:
        case "upperRoman":
            return _roman(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerLetter":
            return _letters(number)
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """a to z, then aa, bb, as Word counts."""
    if not 0 < number <= 26 * 26:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def _bullet(text: str) -> str:
    """Bullets of symbol fonts have no character of their own; what can be typed stays."""
    return text if text.strip() in _TYPED_BULLETS else "•" if text.strip() else ""


def _value(node: Element, name: str) -> str:
    child = node.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _integer(written: str | None, otherwise: int) -> int:
    try:
        return int(written or "")
    except ValueError:
        return otherwise
