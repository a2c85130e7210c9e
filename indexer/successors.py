"""Names through time: provinces, ministries and Party bodies merged in 2025, from what they were called before.

The facts stand in data/successors.json: "provinces" gives each province of July 2025 with those that it took in,
"bodies" each body with those that it took over, wholly or in its main part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from indexer.analyze import normalize

# A leader's name, in the name of the youth union too, before it is that of a city.
_AS_CITY = r"(?:(?<=phố )|(?<=ủy )|(?<=TP )|(?<=TP\. )|(?<=TP\.))"
_DATA = Path(__file__).parent / "data" / "successors.json"


def province_in(text: str | None) -> str | None:
    """The province of today that a text names last, by its name of any time.

    >>> province_in("Tỉnh ủy Ninh Thuận"), province_in("Thành phố Huế"), province_in("phường Ninh Chử")
    ('Khánh Hòa', 'Huế', None)
    """
    found = list(_provinces().finditer(normalize(text or "")))
    return _today()[found[-1][0]] if found else None


def other_names(text: str) -> tuple[str, ...]:
    """The text with a body or province in it by another of its names, one text for each; () where it names none.

    A province by the name of one that it took in is a guess worth searching, not the same place.

    >>> other_names("Báo cáo gửi Sở Nội vụ")
    ('Báo cáo gửi Sở Lao động - Thương binh và Xã hội',)
    """
    plain = normalize(text)
    found = (_standing(name).sub(other, plain) for name, other in _pairs_in(plain))
    return tuple(dict.fromkeys(one for one in found if one != plain))


def _pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """Names in the text with their other names, none inside a longer one that is named too."""
    held = [name for name in _others() if name in text and _standing(name).search(text)]
    for name in held:
        if not any(name != longer and name in longer for longer in held):
            yield from ((name, other) for other in _others()[name])


@cache
def _standing(name: str) -> re.Pattern[str]:
    return re.compile(_pattern(name))


def _pattern(name: str) -> str:
    return rf"(?<!\w){_AS_CITY if name == 'Hồ Chí Minh' else ''}{re.escape(name)}(?!\w)"


@cache
def _facts() -> tuple[dict[str, list[str]], list[tuple[str, list[str]]]]:
    facts = json.loads(_DATA.read_text(encoding="utf-8"))
    return facts["provinces"], [(body["name"], body["before"]) for body in facts["bodies"]]


@cache
def _today() -> dict[str, str]:
    """Every province of before and after July 2025 with the one of today."""
    provinces, _ = _facts()
    return {name: today for today, before in provinces.items() for name in (today, *before)}


@cache
def _provinces() -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, sorted(_today(), key=len, reverse=True))))


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """Each name with the others, from either side; the new one has all that it took in."""
    provinces, bodies = _facts()
    found: dict[str, tuple[str, ...]] = {}
    for name, before in (*bodies, *provinces.items()):
        for one, others in ((name, tuple(before)), *((old, (name,)) for old in before)):
            found[one] = (*found.get(one, ()), *others)
    return {name: others for name, others in found.items() if others}
