"""Names through time: either name finds the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.successors import other_names, province_in
from tests.conftest import SHARED

LEXICON = SHARED / "lexicon" / "provinces_34_since_2025-07.json"
FACTS = Path(__file__).parents[1] / "indexer" / "data" / "successors.json"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Kế hoạch của Ban Kinh tế Trung ương", "Kế hoạch của Ban Chính sách, chiến lược Trung ương"),
        ("Ban Chính sách, chiến lược Trung ương", "Ban Kinh tế Trung ương"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Dân vận Tỉnh ủy"),
        ("Ban Dân vận Tỉnh uỷ", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        ("Sở Tài nguyên và Môi trường báo cáo gì", "Sở Nông nghiệp và Môi trường báo cáo gì"),
        ("chỉ tiêu của tỉnh Thái Bình", "chỉ tiêu của tỉnh Hưng Yên"),
        ("chỉ tiêu của tỉnh Hưng Yên", "chỉ tiêu của tỉnh Thái Bình"),
    ],
)
def test_a_body_is_also_searched_by_its_other_names(text: str, other: str) -> None:
    assert other in other_names(text)


@pytest.mark.parametrize(
    "text", ["", "Ban Thường vụ Tỉnh ủy Lai Châu", "Bộ Nội vụ tỉnh", "bình dương cao", "Đoàn TNCS Hồ Chí Minh"]
)
def test_what_has_no_other_name_stays_alone(text: str) -> None:
    assert [one for one in other_names(text) if "Lao động" not in one] == []


def test_a_body_inside_a_longer_name_is_not_exchanged() -> None:
    assert all("và Dân vận và Dân vận" not in one for one in other_names("Ban Tuyên giáo và Dân vận Trung ương"))


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Liên đoàn Lao động tỉnh Đắk Nông", "Lâm Đồng"),
        ("Tỉnh uỷ Hoà Bình", "Phú Thọ"),
        ("xã Tân Trào", None),
        ("Thành ủy Hồ Chí Minh", "Hồ Chí Minh"),
    ],
)
def test_a_province_of_any_time_is_known_as_that_of_today(text: str, province: str | None) -> None:
    assert province_in(text) == province


@pytest.mark.skipif(not LEXICON.exists(), reason="../shared/lexicon is not here")
def test_the_provinces_are_those_of_the_lexicon() -> None:
    wanted = json.loads(LEXICON.read_text(encoding="utf-8"))["new_to_old"]
    held = json.loads(FACTS.read_text(encoding="utf-8"))["provinces"]
    assert {name: {name, *before} for name, before in held.items()} == {
        name: {name, *before} for name, before in wanted.items()
    }
