"""References: number, relation, date and issuer of every other document named."""

import time
from typing import Any

import pytest

from indexer.types import Relation
from indexer.understand.reading import Reading
from indexer.understand.references import references
from tests.conftest import SHARED
from tests.test_sentences import HOSTILE, cases

REAL = SHARED / "corpus" / "lai-chau_410-KH-LDLD.txt"


@pytest.mark.parametrize("case", cases("references"))
def test_references_are_found_with_relation_date_and_issuer(case: dict[str, Any]) -> None:
    found = references(Reading(case["text"]), case.get("own"))
    issued = [one.issued_on.isoformat() if one.issued_on else None for one in found]
    assert [[one.number, one.relation.value, day, one.issuer] for one, day in zip(found, issued, strict=True)] == case[
        "found"
    ]


def test_the_span_covers_type_number_and_date() -> None:
    text = "Căn cứ Kế hoạch số 42-KH/ĐU, ngày 20 tháng 01 năm 2023 của Đảng ủy;"
    (reference,) = references(Reading(text))
    assert reference.span.of(text) == "Kế hoạch số 42-KH/ĐU, ngày 20 tháng 01 năm 2023"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Kinh tế ban hành Kế hoạch số 284-KH/BKTTW về thực hiện Chỉ thị số 31-CT/TW.", ("284-KH/BKTTW",)),
        ("Theo Chương trình số 07-CTr/TU, ngày 03/02/2021 về việc triển khai Chỉ thị số 31-CT/TW.", ("07-CTr/TU",)),
        ("Căn cứ Kế hoạch số 284-KH/BKTTW và Chỉ thị số 31-CT/TW.", ()),
        ("Căn cứ Kế hoạch số 284-KH/BKTTW; thực hiện Chỉ thị số 31-CT/TW.", ()),
        ("Kế hoạch số 284-KH/BKTTW về thực hiện Nghị quyết 5 của Đảng ủy và Chỉ thị số 31-CT/TW.", ()),
    ],
)
def test_a_cited_document_that_carries_out_another_is_kept_with_it(text: str, expected: tuple[str, ...]) -> None:
    [directive] = [one for one in references(Reading(text)) if one.number == "31-CT/TW"]
    assert directive.carried_out_by == expected


def test_the_strongest_relation_of_all_mentions_wins_and_shows_its_place() -> None:
    text = "Theo Chỉ thị số 40-CT/TW.\n\nQuyết định này thay thế Chỉ thị số 40-CT/TW."
    (reference,) = references(Reading(text))
    assert reference.relation is Relation.REPLACES
    assert reference.span.start > text.index("thay thế")


def test_an_empty_text_names_nothing() -> None:
    assert references(Reading("")) == references(Reading(" \n\n ")) == ()


@pytest.mark.skipif(not REAL.exists(), reason="../shared/corpus is not here")
def test_the_three_bases_of_a_real_plan() -> None:
    found = references(Reading(REAL.read_text(encoding="utf-8")))
    bases = [reference.number for reference in found if reference.relation is Relation.BASED_ON]
    assert bases == ["18-CT/TW", "42-KH/ĐĐTLD", "1158-CV/TU"]


@pytest.mark.parametrize("piece", [*HOSTILE, "Nghị quyết số ", "12/CT-", "căn cứ Luật Tổ chức "])
def test_hostile_lines_cost_no_more_than_their_length(piece: str) -> None:
    began = time.process_time()
    references(Reading((piece * 100_000)[:100_000]))
    assert time.process_time() - began < 8
