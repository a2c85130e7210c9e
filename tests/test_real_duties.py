"""The register over the real documents: eight duties, each one row with its slots and places, and nine targets."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.analyze import fold
from indexer.read import read
from indexer.types import Document, Duty, Trigger
from indexer.understand import understand
from search.due import next_days
from search.register import DutyFilter, Entry, Register, Role
from tests.conftest import SHARED

CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    paths = sorted(CORPUS.glob("*.txt"))
    return [document for path in paths for document in understand(read(path), path.name, "0" * 64)]


@pytest.fixture(scope="module")
def register(documents: list[Document]) -> Register:
    return Register(documents)


def rows(register: Register, number: str, **slots: object) -> list[Entry]:
    """The rows of one document whose slots hold what is asked for."""
    of_number = [row for row in register.rows if row.document.form.number == number]
    return [row for row in of_number if all(_holds(row.duty, name, wanted) for name, wanted in slots.items())]


def _holds(duty: Duty, name: str, wanted: object) -> bool:
    deadline = duty.deadline
    value = {
        "to": "; ".join(duty.recipients),
        "who": "; ".join(duty.bearers),
        "what": f"{duty.action} {duty.product or ''}",
        "dates": deadline.dates if deadline else (),
        "rule": deadline.recurrence if deadline else None,
        "trigger": deadline.trigger if deadline else Trigger.NONE,
    }[name]
    return fold(wanted) in fold(value) if isinstance(wanted, str) and isinstance(value, str) else value == wanted


def one(found: list[Entry]) -> Entry:
    assert len(found) == 1, [(row.duty.bearers, row.duty.action) for row in found]
    return found[0]


def test_a_yearly_report_before_15_january_with_both_quotes(register: Register) -> None:
    yearly = "RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15"
    row = one(rows(register, "284-KH/BKTTW", rule=yearly))
    assert row.duty.recipients == ("Ban Kinh tế Trung ương",)
    assert "ban cán sự đảng" in row.duty.bearers
    assert any("tỉnh ủy" in name for name in row.duty.bearers)
    assert row.duty.deadline
    assert row.duty.deadline.dates[0] == date(2025, 1, 15)
    assert len(row.quotes) == 2
    assert "trước ngày 15/01 năm sau" in row.quotes[0]
    assert "15/1 của năm sau" in row.quotes[1]


@pytest.mark.parametrize(
    ("review", "day"), [("sơ kết 5 năm", date(2029, 3, 19)), ("tổng kết 10 năm", date(2034, 3, 19))]
)
def test_b_c_reviews_five_and_ten_years_after_the_directive(register: Register, review: str, day: date) -> None:
    row = one(rows(register, "284-KH/BKTTW", what=f"Tổ chức {review}"))
    assert row.duty.bearers == ("Ban Kinh tế Trung ương",)
    assert row.duty.deadline
    assert row.duty.deadline.dates == (day,)
    assert "19/03/2024" in row.duty.deadline.trace
    assert "31-CT/TW" in row.duty.deadline.trace
    sent = one(rows(register, "284-KH/BKTTW", dates=(day,), to="Ban Kinh tế Trung ương"))
    assert len(sent.quotes) == 2


def test_d_an_ad_hoc_report_when_required(register: Register) -> None:
    row = one(rows(register, "284-KH/BKTTW", what="báo cáo đột xuất (nếu có)"))
    assert row.duty.recipients == ("Ban Kinh tế Trung ương",)
    assert row.duty.condition == "nếu có"
    assert row.duty.deadline
    assert (row.duty.deadline.trigger, row.duty.deadline.dates) == (Trigger.ON_REQUEST, ())


def test_e_districts_unions_report_yearly_through_the_department(register: Register) -> None:
    row = one(rows(register, "410/KH-LĐLĐ", rule="RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"))
    assert row.duty.bearers[0] == "Các LĐLĐ huyện, thành phố"
    assert row.duty.recipients == ("LĐLĐ tỉnh",)
    assert fold(row.duty.via or "") == "ban chinh sach phap luat va quan he lao dong"
    assert next_days(row.duty, date(2026, 5, 1), count=2) == (date(2026, 11, 15), date(2027, 11, 15))


def test_f_every_six_months_and_yearly_to_the_superior_union_without_a_day(register: Register) -> None:
    row = one(rows(register, "410/KH-LĐLĐ", to="công đoàn cấp trên"))
    assert row.duty.deadline
    assert row.duty.deadline.written == "Định kỳ 6 tháng và hàng năm"
    assert (row.duty.deadline.dates, row.duty.deadline.recurrence) == ((), "RRULE:FREQ=MONTHLY;INTERVAL=6")
    assert "không nêu ngày" in row.duty.deadline.trace


def test_g_a_fixed_day_to_the_provincial_union(register: Register) -> None:
    row = one(rows(register, "234/KH-LĐLĐ", to="LĐLĐ tỉnh"))
    assert row.duty.deadline
    assert row.duty.deadline.dates == (date(2021, 12, 10),)


def test_h_advising_on_the_plan_is_given_by_the_standing_committee(register: Register) -> None:
    row = one(rows(register, "5304-CV/TU"))
    assert row.duty.bearers == ("Ban cán sự đảng Ủy ban nhân dân tỉnh",)
    assert row.duty.assigned_by == "Thường trực Tỉnh ủy"
    assert row.duty.deadline is None
    assert row.duty.action.startswith("tham mưu thực hiện")


def test_the_nine_targets_of_the_plan_with_their_figures(documents: list[Document]) -> None:
    plan = next(document for document in documents if document.form.number == "234/KH-LĐLĐ")
    found = [(one.figure, one.unit, one.comparison) for one in plan.targets]
    assert found == [
        ("98", "%", "at least"),
        ("100", "%", "exactly"), ("75", "%", "at least"), ("75", "%", "exactly"),
        ("100", "%", "exactly"),
        ("780", "đoàn viên", "exactly"), ("01", "đoàn viên", "at least"),
        ("100", "%", "exactly"), ("90", "%", "at least"),
        ("95", "%", "at least"), ("85", "%", "exactly"), ("85", "%", "exactly"),
        ("50", "%", "exactly"), ("15", "%", "exactly"), ("100", "%", "exactly"), ("80", "%", "at least"),
        ("95", "%", "at least"), ("98", "%", "at least"),
        ("90", "%", "at least"),
    ]  # fmt: skip
    items = [plan.text[max(plan.text.rfind("\n", 0, one.span.start), 0) : one.span.start] for one in plan.targets]
    assert len({item.split()[0] for item in items if item.strip()}) == 9


def test_a_districts_union_owes_what_its_classes_owe_and_nothing_of_other_provinces(register: Register) -> None:
    found = register.find(DutyFilter("LĐLĐ huyện Tam Đường"))
    assert "5304-CV/TU" not in {row.document.form.number for row in found}
    owed = {name for row in found if row.role is Role.OWES for name in row.duty.bearers}
    assert {"Các LĐLĐ huyện, thành phố", "Các cấp công đoàn", "công đoàn cấp trên trực tiếp cơ sở"} <= owed
    assert any(row.duty.deadline and row.duty.deadline.written == "trước ngày 15/11" for row in found)
    assert all(row.why for row in found)
    city = register.find(DutyFilter("Thành ủy Đà Lạt"))
    assert not [row for row in city if "tỉnh ủy" in (row.why or "") or "LĐLĐ" in (row.why or "")]
