"""Thể thức: the head and the foot of a document."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.types import Form, Known, RawText
from indexer.understand.clean import clean
from indexer.understand.form import read_form
from indexer.understand.marks import place_and_date
from indexer.understand.names import joined_names, natural_case, sentence_case
from indexer.understand.reading import Reading

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "form.json").read_text(encoding="utf-8"))
FIELDS = [(case["name"], field) for case in CASES["documents"] for field in case["form"]]


def form_of(text: str) -> Form:
    return read_form(Reading(clean(RawText(text, "txt")).text))


def plain_values(form: Form) -> dict[str, Any]:
    signer, received = form.signer, form.received
    return {
        "issued_on": form.issued_on.isoformat() if form.issued_on else None,
        "signer": [signer.name, signer.authority, signer.office] if signer else None,
        "received": [received.number, received.date.isoformat() if received.date else None] if received else None,
        "addressee": list(form.addressee),
        "recipients": list(form.recipients),
        "missing": list(form.missing),
    }


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_field_is_read(name: str, field: str) -> None:
    case = next(case for case in CASES["documents"] if case["name"] == name)
    form = form_of(case["text"])
    values = plain_values(form)
    assert values.get(field, getattr(form, field)) == case["form"][field]


@pytest.mark.parametrize("case", CASES["documents"], ids=lambda case: case["name"])
def test_every_span_holds_its_field(case: dict[str, Any]) -> None:
    text = clean(RawText(case["text"], "txt")).text
    form = read_form(Reading(text))
    if form.summary and form.summary_span:
        assert form.summary.split()[0] in form.summary_span.of(text)
        assert form.summary.split()[-1] in form.summary_span.of(text)
    if form.signer:
        assert form.signer.span.of(text).lower().endswith(form.signer.name.lower())
    if form.number_span:
        assert str(form.number).split("-", maxsplit=1)[0].split("/")[0] in form.number_span.of(text)
    assert (form.number_span is None) == (form.number is None)
    assert (form.summary_span is None) == (form.summary is None)
    assert (form.recipients_span is None) == (form.recipients == ())


@pytest.mark.parametrize(("line", "place", "day"), CASES["place_and_date"])
def test_place_and_date_are_read(line: str, place: str, day: str | None) -> None:
    found = place_and_date(line)
    assert found is not None
    assert (found[0], found[1].isoformat() if found[1] else None) == (place, day)


@pytest.mark.parametrize("line", CASES["place_and_date_negative"])
def test_a_sentence_that_names_a_day_is_no_place_and_date(line: str) -> None:
    assert place_and_date(line) is None


@pytest.mark.parametrize(("capitals", "expected"), CASES["names"])
def test_a_body_is_spelled_as_in_running_text(capitals: str, expected: str) -> None:
    assert natural_case(capitals, "") == expected


def test_a_body_is_spelled_as_the_document_spells_it() -> None:
    assert natural_case("BAN QUẢN LÝ CHỢ MỚI", "do Ban quản lý chợ Mới trình") == "Ban quản lý chợ Mới"


@pytest.mark.parametrize(("capitals", "expected"), CASES["offices"])
def test_an_office_is_spelled_as_in_running_text(capitals: str, expected: str) -> None:
    assert sentence_case(capitals) == expected


def test_a_new_body_begins_with_a_word_for_one() -> None:
    lines = ["TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG", "TỈNH HÀ NAM"]
    assert joined_names(lines) == ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ NAM"]
    assert joined_names(["ĐẢNG BỘ TỈNH HÀ NAM", "TỈNH ỦY HÀ NAM"]) == ["ĐẢNG BỘ TỈNH HÀ NAM", "TỈNH ỦY HÀ NAM"]


@pytest.mark.parametrize(("field", "text", "expected"), CASES["known_failures"])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failures_of_fields(field: str, text: str, expected: str) -> None:
    assert getattr(form_of(text), field) == expected


@pytest.mark.parametrize(
    "text", ["A " * 50_000, "A" * 100_000, "Số " * 33_000, "KẾ HOẠCH\n" * 11_000, "- x\n" * 25_000]
)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    start = time.process_time()
    read_form(Reading(text))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("Kính gửi: Các huyện ủy; Đảng ủy Khối.", ("Các huyện ủy", "Đảng ủy Khối")),
        ("Kính gửi: Các huyện ủy;\nĐảng ủy Khối.", ("Các huyện ủy", "Đảng ủy Khối")),
        ("Kính gửi: Ban Thường vụ Liên đoàn\nLao động tỉnh", ("Ban Thường vụ Liên đoàn Lao động tỉnh",)),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Giám đốc Sở;\n- Các xã.", ("Giám đốc Sở", "Các xã")),
        ("Kính gửi: Các huyện ủy.\nTỉnh ủy nhận được đề nghị.", ("Các huyện ủy",)),
        ("Kính gửi: Các huyện ủy\n\nTỉnh ủy nhận được đề nghị.", ("Các huyện ủy",)),
        ("Công ty Điện: các chi nhánh.", ()),
    ],
)
def test_addressees_stand_in_a_list_in_one_line_or_below_each_other(lines: str, names: tuple[str, ...]) -> None:
    text = f"TỈNH ỦY MẪU\n*\nSố 5-CV/TU\nvề việc thu\n\n{lines}\n\nĐề nghị báo cáo trước ngày 15/8/2022.\n"
    assert form_of(text).addressee == names


NOISY = """TỈNH ỦY GIA LAI\tĐẢNG CỘNG SẢN VIỆT NAN
*
Số 12-BE/TU\tGia Lai, ngày 1 tháng 2 năm 2023

BÁO CÁO
kết quả thực hiện Đề án giai đoạn
2020 - 2025

Ban Thường vụ báo cáo như sau.

Nơi uhận:
- Ban Bí thư;
- Lưu Văn phòng.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Lê Văn Mẫu
"""


def test_marks_and_codes_that_were_misread_are_still_known() -> None:
    form = form_of(NOISY)
    assert (form.number, form.kind, form.issuer, form.superior) == ("12-BC/TU", "báo cáo", "Tỉnh ủy Gia Lai", None)
    assert form.summary == "kết quả thực hiện Đề án giai đoạn 2020 - 2025"
    assert form.recipients == ("Ban Bí thư", "Lưu Văn phòng")
    known = {one.field: one.known for one in form.evidence}
    assert (known["number"], known["kind"], known["issuer"]) == (Known.MENDED, Known.STATED, Known.STATED)


@pytest.mark.parametrize(
    ("text", "field", "known"),
    [
        ("TỈNH ỦY MẪU\nSố 5-KH/TU\n\nKẾ HOẠGH\nthi đua", "kind", Known.MENDED),
        ("TỈNH ỦY MẪU\nSố 5-KH/TU\n\nKính gửi: Các huyện ủy.", "kind", Known.DERIVED),
        ("Số 5-KH/TU\n\nKẾ HOẠCH\nthi đua", "issuer", Known.DERIVED),
    ],
)
def test_a_field_says_how_it_is_known(text: str, field: str, known: Known) -> None:
    assert [one.known for one in form_of(text).evidence if one.field == field] == [known]
