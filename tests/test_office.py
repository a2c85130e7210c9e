"""The office's own records: what people say of duties, in a file that no build touches."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.errors import BadInput, OfficeProblem
from office.database import MIGRATIONS, Database, office_path
from office.status import Change, Correction, DutyName, DutyRecords, Status, duty_key, duty_name

AT = datetime(2024, 11, 14, 8, 30, tzinfo=UTC)
QUOTE = "Các đơn vị gửi báo cáo năm về Ban Thường vụ trước ngày 15/11."
NAME = duty_name("12/KH-LĐLĐ", "kehoach.txt", date(2024, 2, 1), QUOTE, "gửi báo cáo năm")
SENT = Change(Status.SENT, "Lê Thị Hạnh", AT, "qua văn thư", date(2024, 11, 15), date(2024, 11, 14))


@pytest.fixture
def records(tmp_path: Path) -> DutyRecords:
    return DutyRecords(Database(tmp_path / "index.office.sqlite"))


def test_the_records_lie_beside_the_index_unless_named() -> None:
    assert office_path(Path("a/index")) == Path("a/index.office.sqlite")
    assert office_path(Path("a/index"), "b.sqlite") == Path("b.sqlite")


def test_a_duty_nobody_spoke_of_is_open(records: DutyRecords) -> None:
    state = records.state(NAME)
    assert (state.status, state.review, state.sent, state.history) == (Status.OPEN, Status.OPEN, (), ())


def test_a_change_is_there_after_the_file_is_opened_again(records: DutyRecords, tmp_path: Path) -> None:
    records.record(NAME, SENT)
    again = DutyRecords(Database(tmp_path / "index.office.sqlite")).state(NAME)
    assert again.history == (SENT,)
    assert (again.status, again.sent_on(date(2024, 11, 15)), again.note) == (
        Status.SENT, date(2024, 11, 14), "qua văn thư",
    )  # fmt: skip


def test_a_recurring_duty_is_sent_for_one_due_day_only(records: DutyRecords) -> None:
    records.record(NAME, SENT)
    assert records.state(NAME).sent_on(date(2025, 11, 15)) is None


def test_a_sending_without_a_due_day_covers_every_day(records: DutyRecords) -> None:
    records.record(NAME, replace(SENT, due_on=None))
    assert records.state(NAME).sent_on(date(2025, 11, 15)) == date(2024, 11, 14)


def test_a_sending_leaves_the_review_as_it_was(records: DutyRecords) -> None:
    records.record(NAME, Change(Status.CONFIRMED, "Hạnh", AT))
    records.record(NAME, SENT)
    assert (records.state(NAME).review, records.state(NAME).status) == (Status.CONFIRMED, Status.SENT)


def test_open_takes_back_and_keeps_the_history(records: DutyRecords) -> None:
    records.record(NAME, SENT)
    records.record(NAME, Change(Status.DISMISSED, "Hạnh", AT))
    records.record(NAME, Change(Status.OPEN, "Hạnh", AT, due_on=date(2024, 11, 15)))
    assert (records.state(NAME).sent, records.state(NAME).status) == ((), Status.DISMISSED)
    records.record(NAME, Change(Status.OPEN, "Hạnh", AT))
    assert records.state(NAME).status is Status.OPEN
    assert [change.status for change in records.state(NAME).history] == [
        Status.SENT, Status.DISMISSED, Status.OPEN, Status.OPEN,
    ]  # fmt: skip


def test_a_correction_comes_back_as_it_was_given(records: DutyRecords) -> None:
    correction = Correction(bearers=("Văn phòng",), by_when="trước 20/11", dates=(date(2024, 11, 20),))
    records.record(NAME, Change(Status.CORRECTED, "Hạnh", AT, correction=correction))
    assert records.state(NAME).correction == correction


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        (Change(Status.CONFIRMED, "  ", AT), "name"),
        (Change(Status.SENT, "Hạnh", AT), "day"),
        (Change(Status.CORRECTED, "Hạnh", AT), "fields"),
    ],
)
def test_a_change_that_lacks_something_is_refused_and_not_kept(
    records: DutyRecords, change: Change, lacking: str
) -> None:
    with pytest.raises(BadInput, match=lacking):
        records.record(NAME, change)
    assert records.state(NAME).history == ()


def test_the_key_is_the_same_however_the_words_are_laid_out() -> None:
    laid_out = QUOTE.replace("báo cáo", "**báo\n cáo**").upper()
    assert duty_key(NAME.document, laid_out, NAME.what) == NAME.key


@pytest.mark.parametrize(
    "other",
    [
        duty_name("13/KH-LĐLĐ", "kehoach.txt", date(2024, 2, 1), QUOTE, "gửi báo cáo năm"),
        duty_name("12/KH-LĐLĐ", "kehoach.txt", date(2025, 2, 1), QUOTE, "gửi báo cáo năm"),
        duty_name("12/KH-LĐLĐ", "kehoach.txt", date(2024, 2, 1), QUOTE.replace("15", "25"), "gửi báo cáo năm"),
        duty_name("12/KH-LĐLĐ", "kehoach.txt", date(2024, 2, 1), QUOTE, "gửi danh sách"),
    ],
)
def test_another_document_year_day_or_task_has_another_key(other: DutyName) -> None:
    assert other.key != NAME.key


def test_records_follow_a_duty_whose_quote_is_read_a_little_differently(records: DutyRecords) -> None:
    records.record(NAME, SENT)
    same = duty_name("12/KH-LĐLĐ", "moi.docx", date(2024, 2, 1), f"b) {QUOTE}", "gửi báo cáo năm 2024")
    unlike = duty_name("12/KH-LĐLĐ", "moi.docx", date(2024, 2, 1), "Văn phòng in tài liệu.", "in tài liệu")
    elsewhere = duty_name("99/KH-LĐLĐ", "moi.docx", date(2024, 2, 1), QUOTE, "gửi báo cáo năm")
    states = records.states([[unlike], [elsewhere], [same]])
    assert [state.status for state in states] == [Status.OPEN, Status.OPEN, Status.SENT]


def test_of_two_duties_in_one_quote_the_record_follows_its_own(records: DutyRecords) -> None:
    records.record(NAME, SENT)
    quote = f"- {QUOTE}"
    first = duty_name("12/KH-LĐLĐ", "k.txt", date(2024, 2, 1), quote, "lập danh sách")
    second = duty_name("12/KH-LĐLĐ", "k.txt", date(2024, 2, 1), quote, "gửi báo cáo năm nay")
    assert [state.status for state in records.states([[first], [second]])] == [Status.OPEN, Status.SENT]


def test_a_duty_said_in_two_places_has_the_changes_of_both(records: DutyRecords) -> None:
    letter = duty_name("7/CV", "cv.txt", date(2024, 3, 1), "Gửi báo cáo trước 15/11", "gửi báo cáo")
    records.record(letter, Change(Status.CONFIRMED, "Hạnh", AT))
    records.record(NAME, SENT)
    assert [change.status for change in records.state(NAME, letter).history] == [Status.CONFIRMED, Status.SENT]


def test_threads_that_write_together_lose_nothing(tmp_path: Path) -> None:
    def one(n: int) -> None:
        DutyRecords(Database(tmp_path / "o.sqlite")).record(NAME, Change(Status.CONFIRMED, f"Người {n}", AT))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(40)))
    history = DutyRecords(Database(tmp_path / "o.sqlite")).state(NAME).history
    assert sorted(change.who for change in history) == sorted(f"Người {n}" for n in range(40))


def test_an_error_within_a_change_keeps_none_of_it(tmp_path: Path) -> None:
    database = Database(tmp_path / "o.sqlite")
    DutyRecords(database).record(NAME, SENT)

    def half_a_change() -> None:
        with database.write() as connection:
            connection.execute("DELETE FROM duty_changes")
            connection.execute("DELETE FROM nothing")

    with pytest.raises(OfficeProblem, match="nothing"):
        half_a_change()
    assert DutyRecords(database).state(NAME).history == (SENT,)


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    Database(path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(OfficeProblem, match=r"o\.sqlite.*newer"):
        Database(path)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    path.write_text("Kế hoạch công tác " * 200, encoding="utf-8")
    with pytest.raises(OfficeProblem, match=r"o\.sqlite.*no database"):
        Database(path)
    assert path.read_text(encoding="utf-8").startswith("Kế hoạch")


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OfficeProblem, match="file"):
        Database(tmp_path / "file" / "o.sqlite")
