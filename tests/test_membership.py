"""My unit: whether a phrase of a document means a unit, as itself or as one of a class, and why."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search.membership import Unit, membership
from search.places import covers, provinces_of
from search.units import Branch, Level, read_bodies, read_unit

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "membership.json").read_text("utf-8"))


def pairs(which: str) -> list[Any]:
    return [
        pytest.param(case, phrase, id=f"{case['unit']} / {phrase} / {case['issuer']}")
        for case in CASES
        for phrase in case[which]
    ]


def why(case: dict[str, Any], phrase: str) -> str | None:
    issuer = read_unit(case["issuer"]) if case["issuer"] else None
    return membership(Unit(case["unit"]), phrase, issuer, date.fromisoformat(case.get("issued", "2024-01-01")))


@pytest.mark.parametrize(("case", "phrase"), pairs("meant"))
def test_a_unit_is_meant_by_its_name_and_by_its_class_with_the_reason(case: dict[str, Any], phrase: str) -> None:
    reason = why(case, phrase)
    assert reason is not None
    assert phrase in reason


@pytest.mark.parametrize(("case", "phrase"), pairs("negative"))
def test_a_unit_is_not_meant_by_other_levels_kinds_and_places(case: dict[str, Any], phrase: str) -> None:
    assert why(case, phrase) is None


def test_a_reason_says_whether_a_class_or_the_unit_itself_is_named() -> None:
    issuer = read_unit("Liên đoàn Lao động tỉnh Lai Châu")
    unit = Unit("LĐLĐ huyện Tam Đường")
    assert "thuộc nhóm" in (membership(unit, "Các LĐLĐ huyện, thành phố", issuer, None) or "")
    assert "đích danh" in (membership(unit, "LĐLĐ huyện Tam Đường", issuer, None) or "")
    assert "bộ phận" in (membership(Unit("LĐLĐ tỉnh Lai Châu"), "Các Ban LĐLĐ tỉnh", issuer, None) or "")
    assert "diện chung" in (membership(unit, "các cơ quan, đơn vị", issuer, None) or "")


@pytest.mark.parametrize(
    ("name", "branch", "level", "places"),
    [
        ("LĐLĐ huyện Tam Đường", Branch.UNION, Level.DISTRICT, {"tam duong"}),
        ("ldld tp da lat", Branch.UNION, Level.DISTRICT, {"da lat"}),
        ("LĐLĐ thành phố Hải Phòng", Branch.UNION, Level.PROVINCE, {"hai phong"}),
        ("Thành ủy Hà Nội", Branch.PARTY, Level.PROVINCE, {"ha noi"}),
        ("Thành ủy Lai Châu", Branch.PARTY, Level.DISTRICT, {"lai chau"}),
        ("UBND huyện Na Hang", Branch.STATE, Level.DISTRICT, {"na hang"}),
        ("Tổng Liên đoàn Lao động Việt Nam", Branch.UNION, Level.CENTRAL, set()),
    ],
)
def test_a_name_is_read_as_branch_level_and_place(name: str, branch: Branch, level: Level, places: set[str]) -> None:
    body = read_unit(name)
    assert body is not None
    assert (body.branch, set(body.levels), set(body.places)) == (branch, {level}, places)


def test_a_name_with_its_marks_tells_districts_apart() -> None:
    assert provinces_of("tam duong") == {"lai chau", "vinh phuc"}
    body, bare = read_unit("LĐLĐ huyện Tam Đường"), read_unit("LDLD huyen Tam Duong")
    assert body
    assert bare
    assert (set(body.provinces), set(bare.provinces)) == ({"lai chau"}, {"lai chau", "vinh phuc"})


def test_provinces_merged_since_july_2025_hold_the_older_ones() -> None:
    assert covers("lam dong", "dak nong", date(2025, 7, 1))
    assert not covers("lam dong", "dak nong", date(2025, 6, 30))
    assert not covers("dak nong", "lam dong", date(2026, 1, 1))


@pytest.mark.parametrize("phrase", ["", "   ", "nguồn kinh phí", "(", "và, ; và", "tháng", "x" * 5000, "các " * 2000])
def test_words_that_name_no_body_are_none(phrase: str) -> None:
    assert read_bodies(phrase) == ()
    assert membership(Unit("LĐLĐ tỉnh"), phrase, None, None) is None
