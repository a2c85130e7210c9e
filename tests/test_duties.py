"""Duties: bearers, product, recipients, way and deadline of each, once."""

import time
from datetime import date
from typing import Any

import pytest

from indexer.types import Duty, Reference, Relation, Section, Span, Trigger
from indexer.understand.duties import duties
from indexer.understand.reading import Reading
from indexer.understand.references import references
from tests.conftest import SHARED
from tests.test_sentences import HOSTILE, cases

REAL = SHARED / "corpus" / "lam-dong_5304-CV-TU_va_284-KH-BKTTW.txt"


@pytest.mark.parametrize("case", cases("duties"))
def test_duties_are_read_with_all_their_slots(case: dict[str, Any]) -> None:
    label = case.get("label", "1")
    text = f"{label}. {case['heading']}\n\n{case['text']}" if label else f"{case['heading']}\n\n{case['text']}"
    cited = [
        Reference(number, Relation.MENTIONS, Span(0, 1), date.fromisoformat(day))
        for number, day in case.get("known", {}).items()
    ]
    issued = date.fromisoformat(case["issued"]) if "issued" in case else None
    section = Section(label, case["heading"], 1, Span(0, len(text)))
    found = duties(Reading(text), [section], issued, case.get("issuer"), cited)
    assert [_slots(duty) for duty in found] == case["found"]


@pytest.mark.parametrize("case", cases("duty_slots"))
def test_who_helps_who_gives_and_what_limits_a_duty_is_read(case: dict[str, Any]) -> None:
    text = f"1. {case['heading']}\n\n{case['text']}"
    section = Section("1", case["heading"], 1, Span(0, len(text)))
    found = [_all_slots(duty) for duty in duties(Reading(text), [section], date(2025, 1, 2), None, ())]
    expected = case["found"]
    assert [{name: slots[name] for name in wanted} for slots, wanted in zip(found, expected, strict=True)] == expected


def test_a_letter_without_sections() -> None:
    text = (
        "Số: 12/SNV\n\nKính gửi: Các sở, ban, ngành\n\nSở Nội vụ đề nghị các sở, ban, ngành gửi danh sách về Sở Nội vụ "
        "trước ngày 05/7/2024 để tổng hợp./.\n\nNơi nhận:\n- Như trên;\n- Sở Tài chính chủ trì lưu."
    )
    (duty,) = duties(Reading(text), [], date(2024, 6, 1), "Sở Nội vụ", ())
    assert duty.bearers == ("các sở, ban, ngành",)
    assert duty.recipients == ("Sở Nội vụ",)
    assert duty.deadline
    assert duty.deadline.dates == (date(2024, 7, 5),)
    assert duty.confidence >= 0.9


def test_the_same_duty_said_twice_is_one_row_with_both_places() -> None:
    first = "1. Sở Y tế xây dựng báo cáo kết quả gửi Ủy ban nhân dân tỉnh trước ngày 15/01 năm sau."
    second = "2. Sở Y tế\n\nHằng năm lập báo cáo (trước 15/1 của năm sau) gửi Ủy ban nhân dân tỉnh."
    text = f"{first}\n\n{second}"
    sections = [
        Section("1", "", 1, Span(0, len(first))),
        Section("2", "Sở Y tế", 1, Span(len(first) + 2, len(text))),
    ]
    (duty,) = duties(Reading(text), sections, date(2024, 11, 6), None, ())
    assert [span.of(text)[:8] for span in duty.spans] == ["Sở Y tế ", "Hằng năm"]
    assert duty.deadline
    assert duty.deadline.recurrence == "RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15"


def test_what_is_not_named_comes_from_the_issuer_and_is_trusted_less() -> None:
    text = "1. Nhiệm vụ\n\nTăng cường kiểm tra việc thực hiện tại cơ sở."
    section = Section("1", "Nhiệm vụ", 1, Span(0, len(text)))
    (issued,) = duties(Reading(text), [section], None, "Tỉnh đoàn", ())
    (unsaid,) = duties(Reading(text), [section], None, None, ())
    assert issued.bearers == ("Tỉnh đoàn",)
    assert unsaid.bearers == ()
    assert unsaid.confidence < issued.confidence < 0.5


@pytest.mark.skipif(not REAL.exists(), reason="../shared/corpus is not here")
def test_who_reports_yearly_to_the_central_economic_commission() -> None:
    bundle = REAL.read_text(encoding="utf-8")
    text = (
        bundle[bundle.index("Số 284-KH/BKTTW") :].replace("31-\n\nCT/TW", "31-CT/TW").replace("31-\nCT/TW", "31-CT/TW")
    )
    cuts = [text.index(mark) for mark in ("1. Theo dõi", "2. Giám sát", "3. Tổ chức sơ kết", "4. Tổ chức tổng kết")]
    third = text.index("III. TỔ CHỨC THỰC HIỆN")
    cuts += [text.index(mark, third) for mark in ("1. Các tỉnh ủy", "2. Đảng đoàn Quốc hội", "3. Ban cán sự")]
    headings = [text[cut : text.index("\n", cut)].split(". ", 1)[1] for cut in cuts]
    ends = [*cuts[1:4], third, *cuts[5:], text.index("4. Đảng đoàn Mặt trận")]
    sections = [
        Section(str(place), heading, 1, Span(start, end))
        for place, (heading, start, end) in enumerate(zip(headings, cuts, ends, strict=True), 1)
    ]
    found = duties(
        Reading(text), sections, date(2024, 11, 6), "Ban Kinh tế Trung ương", references(Reading(text), "284-KH/BKTTW")
    )
    yearly = [one for one in found if one.deadline and one.deadline.written == "trước ngày 15/01 năm sau"]
    assert [one.product for one in yearly] == ["báo cáo tình hình thực hiện Chỉ thị số 31-CT/TW"]
    assert yearly[0].recipients == ("Ban Kinh tế Trung ương",)
    assert {"Các ban đảng", "ban cán sự đảng", "đảng đoàn", "đảng ủy trực thuộc Trung ương"} <= set(yearly[0].bearers)
    assert len(yearly[0].spans) == 2
    reviews = [one.deadline.dates for one in found if one.deadline and one.deadline.trigger is Trigger.AFTER_DOCUMENT]
    assert {(date(2029, 3, 19),), (date(2034, 3, 19),)} == set(reviews)


@pytest.mark.parametrize("piece", [*HOSTILE, "trước ngày 15/1 và ", "báo cáo; ", "gửi về ", "giao Sở ", "căn cứ, "])
def test_hostile_lines_cost_no_more_than_their_length(piece: str) -> None:
    text = (piece * 60_000)[:60_000]
    began = time.process_time()
    duties(Reading(text), [], None, None, ())
    duties(Reading(text), [Section("1", "Nhiệm vụ", 1, Span(0, len(text)))], date(2024, 1, 1), None, ())
    assert time.process_time() - began < 10


def _all_slots(duty: Duty) -> dict[str, Any]:
    more = {"action": duty.action, "cooperating": list(duty.cooperating), "giver": duty.assigned_by}
    return _slots(duty) | more | {"condition": duty.condition}


def _slots(duty: Duty) -> dict[str, Any]:
    return {
        "bearers": list(duty.bearers),
        "product": duty.product,
        "recipients": list(duty.recipients),
        "via": duty.via,
        "by": duty.deadline.written if duty.deadline else None,
        "dates": [day.isoformat() for day in duty.deadline.dates] if duty.deadline else [],
    }
