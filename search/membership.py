"""Whether a unit is meant by a phrase of a document ("các cấp công đoàn"), and why. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from search.places import covers
from search.units import EVERY, Body, Branch, Level, is_whole, read_bodies, read_unit, spelled

_LEVEL_NAMES = {
    Level.CENTRAL: "cấp Trung ương",
    Level.PROVINCE: "cấp tỉnh",
    Level.DISTRICT: "cấp huyện và tương đương",
    Level.COMMUNE: "cấp xã",
    Level.BASE: "cấp cơ sở",
}

_BASE = frozenset({Level.BASE})


class Unit:
    """A unit asked about: the name as given, and what it is read as (None where it is of no known kind)."""

    def __init__(self, name: str) -> None:
        self.name = " ".join(name.split())
        self.body = read_unit(name)
        self._named: dict[str, bool] = {}
        self._words = re.compile(rf"(?<!\w){re.escape(spelled(name))}(?!\w)") if spelled(name) else None

    def is_named(self, phrase: str) -> bool:
        """Whether the phrase holds the unit's own name, abbreviated or in full, with its marks or without."""
        if phrase not in self._named:
            self._named[phrase] = self._words is not None and self._words.search(spelled(phrase)) is not None
        return self._named[phrase]


def membership(unit: Unit, phrase: str, issuer: Body | None, on: date | None) -> str | None:
    """Why a phrase of a document means the unit, None where it doesn't.

    `issuer` is who speaks and `on` the day: "LĐLĐ tỉnh" is that of the issuer's province, and a class reaches no
    further than that province, and never above its issuer.
    """
    if unit.body is None:
        return f"Nêu đích danh “{phrase}”." if unit.is_named(phrase) else None
    for body in read_bodies(phrase):
        meant = _in_context(body, issuer)
        if meant and _is_meant(unit.body, meant, issuer, on):
            return _reason(unit, meant, phrase, issuer)
    named = unit.is_named(phrase) and not unit.body.places and not unit.body.many
    return f"Nêu đích danh “{phrase}”." if named and not _other_place(unit.body, issuer) else None


def may_mean(unit: Unit, phrase: str) -> bool:
    """Whether a phrase can mean the unit in any document; much cheaper than asking for each."""
    if unit.body is None or unit.is_named(phrase):
        return True
    body = unit.body
    return any(
        (one.part != "" and not one.kinds)
        or (_same_branch(body, one, None) and bool(body.levels & one.levels) and _same_part(body, one))
        for one in read_bodies(phrase)
    )


def _in_context(body: Body, issuer: Body | None) -> Body | None:
    """A bare "Văn phòng" is the issuer's, and so is "ban đảng"."""
    if not body.part or body.kinds or body.levels != EVERY:
        return body
    if issuer is None or body.branch not in (Branch.ANY, issuer.branch):
        return None
    return replace(issuer, part=body.part, many=body.many)


def _is_meant(unit: Body, body: Body, issuer: Body | None, on: date | None) -> bool:
    return (
        _same_branch(unit, body, issuer)
        and bool(unit.levels & body.levels)
        and _same_part(unit, body)
        and _same_name(unit, body, issuer)
        and _same_place(unit, body, issuer, on)
        and not (_is_class(body) and _is_above(unit, issuer))
    )


def _same_branch(unit: Body, body: Body, issuer: Body | None) -> bool:
    if body.branch is Branch.ANY and body.part:
        return unit.branch is Branch.ANY and unit.part == body.part
    if body.branch is Branch.ANY:
        return issuer is None or issuer.branch in (unit.branch, Branch.PARTY, Branch.STATE, Branch.ANY)
    if body.branch is Branch.MASS and not body.kinds:
        return unit.branch in (Branch.MASS, Branch.UNION, Branch.FRONT)
    alike = not unit.kinds or not body.kinds or bool(unit.kinds & body.kinds)
    return unit.branch is body.branch and alike


def _same_part(unit: Body, body: Body) -> bool:
    """A department is meant by its name or as one of all; the whole body also by each of its parts."""
    if not unit.part:
        return not body.part or not body.many or body.part == "*"
    if body.part == "*":
        return not is_whole(unit.part)
    return unit.part == body.part or (is_whole(unit.part) and is_whole(body.part) and not body.many)


def _same_name(unit: Body, body: Body, issuer: Body | None) -> bool:
    """The names agree; "chi bộ" in a letter of one base is that base's own."""
    own = issuer is not None and issuer.levels == body.levels == _BASE and not body.many
    name = issuer.name if issuer and own and not body.name else body.name
    if not name:
        return True
    mine, theirs = set(unit.name.split()), set(name.split())
    return bool(mine) and (mine <= theirs or theirs <= mine)


def _same_place(unit: Body, body: Body, issuer: Body | None, on: date | None) -> bool:
    if body.places:
        return not unit.places or (bool(unit.places & body.places) and _within(unit, body.provinces, on))
    scope = body.provinces or (issuer.provinces if issuer and not _is_central(issuer) else frozenset())
    if not _within(unit, scope, on):
        return False
    return not (issuer and not body.provinces and _other_place(unit, issuer))


def _within(unit: Body, provinces: frozenset[str], on: date | None) -> bool:
    if not provinces or not unit.provinces:
        return True
    return any(covers(one, other, on) for one in provinces for other in unit.provinces)


def _other_place(unit: Body, issuer: Body | None) -> bool:
    """Whether the issuer is a body of a district, and the unit stands in another one or above."""
    if issuer is None or not issuer.places or issuer.levels & {Level.PROVINCE, Level.CENTRAL}:
        return False
    return bool(unit.places) and not unit.places & issuer.places and bool(unit.levels & issuer.levels)


def _is_central(body: Body) -> bool:
    return body.levels == frozenset({Level.CENTRAL})


def _is_class(body: Body) -> bool:
    return body.many or (not body.places and not body.name)


def _is_above(unit: Body, issuer: Body | None) -> bool:
    if issuer is None or issuer.levels == EVERY:
        return False
    return max(unit.levels) < min(issuer.levels)


def _reason(unit: Unit, body: Body, phrase: str, issuer: Body | None) -> str:
    own = unit.body
    if own and body.part and not own.part and not is_whole(body.part):
        return f"“{phrase}” là bộ phận của {unit.name}."
    if body.branch is Branch.ANY:
        return f"Thuộc diện chung “{phrase}”."
    if body.many or body.above or not (body.kinds or body.part):
        level = f", {_LEVEL_NAMES[min(body.levels)]}" if len(body.levels) == 1 else ""
        return f"{unit.name} thuộc nhóm “{phrase}” ({body.branch.value}{level})."
    if body.places or unit.is_named(phrase) or (own and not own.places):
        return f"Nêu đích danh “{phrase}”."
    if _is_class(body) and body.levels != (issuer.levels if issuer else None):
        return f"{unit.name} thuộc nhóm “{phrase}” ({body.branch.value}, {_LEVEL_NAMES[min(body.levels)]})."
    return f"“{phrase}” của cơ quan ban hành là {unit.name}."
