"""Filters let exactly the right documents pass, before anything is ranked; what a question names only prefers."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.types import Form
from search.engine import Engine
from search.facets import level_of, named_share, passes
from search.query import parse
from search.types import Filters, Level

PLAN = Form(
    number="12-KH/TU",
    kind="kế hoạch",
    issuer="Tỉnh ủy Tuyên Quang",
    issued_on=date(2021, 3, 25),
    addressee=("Đảng đoàn Liên đoàn Lao động tỉnh",),
    recipients=("Ban Bí thư (để báo cáo)", "Các huyện ủy, thành ủy"),
    secrecy="MẬT",
)
LETTERHEADS = {
    "Ban Kinh tế Trung ương": Level.CENTRAL,
    "Tổng Liên đoàn Lao động Việt Nam": Level.CENTRAL,
    "Chính phủ": Level.CENTRAL,
    "Bộ Tài chính": Level.CENTRAL,
    "Tỉnh ủy Lai Châu": Level.PROVINCE,
    "Thành ủy Đà Nẵng": Level.PROVINCE,
    "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh": Level.PROVINCE,
    "Huyện ủy Thuận Nam": Level.DISTRICT,
    "Liên đoàn Lao động huyện Na Hang": Level.DISTRICT,
    "Đảng ủy xã Phước Hải": Level.COMMUNE,
    "Chi bộ Công ty An Sơn": Level.GRASSROOTS,
    "Công đoàn cơ sở Trường Sơn": Level.GRASSROOTS,
}


@pytest.mark.parametrize(("issuer", "level"), LETTERHEADS.items())
def test_a_body_stands_where_its_name_says(issuer: str, level: Level) -> None:
    assert level_of(issuer) is level


@pytest.mark.parametrize("issuer", ["Công ty An Sơn", "Trường Đại học Công đoàn", "", None])
def test_a_name_without_a_level_has_none(issuer: str | None) -> None:
    assert level_of(issuer) is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(kinds=frozenset({"Ke hoach"})),
        Filters(issuers=frozenset({"tinh uy tuyen quang"})),
        Filters(years=frozenset({2021, 2024})),
        Filters(levels=frozenset({Level.PROVINCE})),
        Filters(issued_from=date(2021, 3, 25), issued_to=date(2021, 3, 25)),
        Filters(issued_to=date(2021, 3, 25)),
        Filters(recipients=frozenset({"huyện ủy"})),
        Filters(recipients=frozenset({"lien doan lao dong"})),
        Filters(secrecy=frozenset({"mật"})),
    ],
)
def test_a_document_passes_what_it_meets(filters: Filters) -> None:
    assert passes(PLAN, filters)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(kinds=frozenset({"kế"})),
        Filters(issuers=frozenset({"Tỉnh ủy"})),
        Filters(years=frozenset({2022})),
        Filters(levels=frozenset({Level.DISTRICT})),
        Filters(issued_from=date(2021, 3, 26)),
        Filters(issued_to=date(2021, 3, 24)),
        Filters(recipients=frozenset({"huyện ủ"})),
        Filters(recipients=frozenset({"Chính phủ"})),
        Filters(secrecy=frozenset({"TUYỆT MẬT"})),
        Filters(kinds=frozenset({"kế hoạch"}), years=frozenset({2022})),
    ],
)
def test_a_document_is_held_back_by_one_thing_that_it_does_not_meet(filters: Filters) -> None:
    assert not passes(PLAN, filters)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(kinds=frozenset({"kế hoạch"})),
        Filters(levels=frozenset({Level.CENTRAL})),
        Filters(issued_from=date(2020, 1, 1)),
        Filters(recipients=frozenset({"x"})),
        Filters(secrecy=frozenset({"MẬT"})),
    ],
)
def test_what_a_form_does_not_say_passes_no_filter_on_it(filters: Filters) -> None:
    assert not passes(Form(), filters)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(levels=frozenset({Level.CENTRAL})),
        Filters(issued_from=date(2024, 1, 1), issued_to=date(2024, 12, 31)),
        Filters(recipients=frozenset({"Ban Dân vận Tỉnh ủy"})),
        Filters(kinds=frozenset({"hướng dẫn"}), levels=frozenset({Level.CENTRAL, Level.PROVINCE})),
    ],
)
def test_every_passage_of_the_documents_that_pass_can_be_found_and_no_other(engine: Engine, filters: Filters) -> None:
    hits = engine.search("báo cáo công đoàn", 10_000, filters)
    allowed = {document.id for document in engine.documents() if passes(document.form, filters)}
    assert hits
    assert {hit.document.id for hit in hits} == allowed


def test_nothing_passes_a_filter_that_no_document_meets(engine: Engine) -> None:
    assert engine.search("báo cáo", 10, Filters(secrecy=frozenset({"TỐI MẬT"}))) == ()


@pytest.mark.parametrize(
    ("question", "facet", "share"),
    [
        ("kế hoạch năm 2021 của Tỉnh ủy Tuyên Quang", ("kế hoạch", "Tỉnh ủy Tuyên Quang", "2021-03-25"), 1.0),
        ("kế hoạch năm 2021 của Tỉnh ủy Tuyên Quang", ("chỉ thị", "Tỉnh ủy Tuyên Quang", "2022-03-25"), 1 / 3),
        ("kế hoạch năm 2021", (None, None, None), 0.0),
        ("chương trình hành động nào", ("chương trình", None, None), 0.0),
    ],
)
def test_what_a_question_names_is_a_share(
    question: str, facet: tuple[str | None, str | None, str | None], share: float
) -> None:
    named = named_share(parse(question))
    assert named is not None
    assert named(facet) == pytest.approx(share)


def test_a_question_that_names_nothing_prefers_nothing() -> None:
    assert named_share(parse("ai phải nộp đoàn phí")) is None


def test_a_year_and_a_type_in_the_question_bring_their_document_up(engine: Engine) -> None:
    hits = engine.search("kế hoạch năm 2021 của Liên đoàn Lao động tỉnh Tuyên Quang", 5)
    assert hits[0].document.form.number == "61/KH-LĐLĐ"
    assert hits[0].evidence["named"] > 0


def test_what_the_question_names_hides_no_other_document(engine: Engine) -> None:
    kinds = {hit.document.form.kind for hit in engine.search("kế hoạch năm 2021 kiểm tra tài chính", 300)}
    assert len(kinds) > 3
