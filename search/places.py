"""Provinces and districts of Viet Nam, before July 2025 and since: what lies in what. Names are folded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from indexer.analyze import fold

MERGED_ON = date(2025, 7, 1)
_TYPE = re.compile(r"(?:tinh|thanh pho|huyen|quan|thi xa)\s+")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`holders`: the provinces that have a district of a name; `made_of`: the older provinces of one of the 34;
    `written`: the holders of a district by its name in small letters with its marks.
    """

    provinces: frozenset[str]
    cities: frozenset[str]
    holders: dict[str, frozenset[str]]
    made_of: dict[str, frozenset[str]]
    written: dict[str, frozenset[str]]


def is_province(name: str) -> bool:
    return name in gazetteer().provinces or name in gazetteer().made_of


def is_central_city(name: str) -> bool:
    """Whether a city stands beside the provinces (Hà Nội, Cần Thơ), not within one (Đà Lạt)."""
    return name in gazetteer().cities


def provinces_of(district: str) -> frozenset[str]:
    """The provinces that a district of this name may lie in; empty where none is known."""
    return gazetteer().holders.get(district, frozenset())


def provinces_written(text: str) -> frozenset[str]:
    """The provinces of all districts that stand in a text with their marks."""
    words = text.casefold()
    return frozenset(province for name, found in gazetteer().written.items() if name in words for province in found)


def covers(province: str, other: str, on: date | None) -> bool:
    """Whether a province holds what was another: the same one, or one merged into it by the day asked for."""
    return province == other or (
        on is not None and on >= MERGED_ON and other in gazetteer().made_of.get(province, frozenset())
    )


@cache
def gazetteer() -> Gazetteer:
    held = json.loads((Path(__file__).parent / "places.json").read_text(encoding="utf-8"))
    districts = [(bare(name), one) for name, ones in held["provinces"].items() for one in ones]
    return Gazetteer(
        frozenset(bare(name) for name in held["provinces"]),
        frozenset(bare(name) for name in held["provinces"] if fold(name).startswith("thanh pho")),
        _grouped((bare(district), province) for province, district in districts),
        {fold(new): frozenset(map(fold, old)) for new, old in held["since_2025_07"].items()},
        _grouped((unmarked(district), province) for province, district in districts),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, province in pairs:
        found.setdefault(name, set()).add(province)
    return {name: frozenset(provinces) for name, provinces in found.items()}


def unmarked(district: str) -> str:
    """ "Huyện Tam Đường" is "tam đường": without its type, with its marks."""
    return district.split(" ", 2 if district.startswith(("Thành phố", "Thị xã")) else 1)[-1].casefold()


def bare(name: str) -> str:
    """A place without its type, folded: "Huyện Tam Đường" is "tam duong"; "Quận 1" stays "quan 1"."""
    folded = fold(name)
    rest = _TYPE.sub("", folded, count=1)
    return rest if not rest.isdigit() else folded
