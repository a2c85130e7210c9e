"""The letter of reminder: its parts stand where the form wants them, as text and in Word."""

import io
from datetime import date

import docx
import pytest

from indexer.errors import BadInput
from indexer.types import Deadline, Document, Duty, Form, Span, Trigger
from search.register import Entry, entries
from search.reminder import HEAD, Letter, Sender, as_docx, as_text, reminder

TEXT = "Các LĐLĐ huyện, thành phố gửi báo cáo năm về LĐLĐ tỉnh trước ngày 15/11/2024."
UNION = Sender(
    "Liên đoàn Lao động tỉnh An Sơn", "Tổng Liên đoàn Lao động Việt Nam", "An Sơn", "21/LĐLĐ", "TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH", "Hoàng Thị Mây",
)  # fmt: skip
PARTY = Sender("Tỉnh ủy An Sơn", place="An Sơn", authority="T/L BAN THƯỜNG VỤ", office="CHÁNH VĂN PHÒNG")
DAY = date(2024, 11, 1)


def rows(*bearers: str) -> list[Entry]:
    due = Deadline("trước ngày 15/11/2024", Trigger.FIXED, (date(2024, 11, 15),))
    span = Span(0, len(TEXT))
    duty = Duty(bearers, "gửi báo cáo", "báo cáo năm", ("LĐLĐ tỉnh",), "Văn phòng", due, (span,), 0.9)
    form = Form(number="12/KH-LĐLĐ", kind="kế hoạch", issued_on=date(2024, 2, 1))
    return entries([Document("d", "kh.txt", "0", TEXT, form, duties=(duty,))])


def letter(sender: Sender, *bearers: str) -> Letter:
    return reminder(rows(*(bearers or ("các LĐLĐ huyện, thành phố",))), sender, DAY, None, date(2024, 11, 30))


def in_word(written: bytes) -> tuple[str, list[list[list[str]]]]:
    """The running text, and the cells of each table."""
    document = docx.Document(io.BytesIO(written))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables


def test_a_letter_of_a_union_has_its_parts_in_place() -> None:
    prose, [head, listed, foot] = in_word(as_docx(letter(UNION)))
    left, right = head[0]
    assert left.splitlines() == [
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN SƠN", "Số: 21/LĐLĐ",
        "V/v đôn đốc thực hiện nhiệm vụ, chế độ báo cáo",
    ]  # fmt: skip
    assert right.splitlines()[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert "An Sơn, ngày 01 tháng 11 năm 2024" in right
    assert "Kính gửi:\n- Các LĐLĐ huyện, thành phố." in prose
    assert listed[0] == list(HEAD)
    assert listed[1] == [
        "1", "các LĐLĐ huyện, thành phố", "Báo cáo năm, gửi LĐLĐ tỉnh (qua Văn phòng)", "15/11/2024",
        "Kế hoạch 12/KH-LĐLĐ, ngày 01/02/2024",
    ]  # fmt: skip
    assert prose.rstrip().endswith("./.")
    assert foot[0][0].splitlines() == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert [line for line in foot[0][1].splitlines() if line] == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Hoàng Thị Mây"]


def test_a_letter_of_a_party_body_has_the_partys_form() -> None:
    written = as_text(letter(PARTY))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in written
    assert "-CV/TU" in written
    assert "V/v" not in written
    assert "./." not in written
    assert "- Lưu Văn phòng." in written
    assert "CỘNG HÒA" not in written


def test_the_text_holds_number_summary_addressees_rows_and_recipients_in_this_order() -> None:
    written = as_text(letter(UNION, "LĐLĐ huyện A", "LĐLĐ huyện B", "ldld huyện a"))
    parts = [
        "Số: 21/LĐLĐ", "V/v đôn đốc", "ngày 01 tháng 11 năm 2024", "Kính gửi:", "- LĐLĐ huyện A;", "- LĐLĐ huyện B.",
        "đến ngày 30/11/2024", "1. LĐLĐ huyện A; LĐLĐ huyện B", "15/11/2024", "Nơi nhận:", "TM. BAN THƯỜNG VỤ",
    ]  # fmt: skip
    places = [written.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_what_is_not_known_stays_blank_to_be_filled_in() -> None:
    written = as_text(letter(Sender("Liên đoàn Lao động tỉnh An Sơn")))
    assert "Số:        /LĐLĐ" in written
    assert "…………, ngày 01 tháng 11 năm 2024" in written


def test_an_abbreviated_issuer_is_written_in_full_and_gives_the_code() -> None:
    written = as_text(letter(Sender("LĐLĐ tỉnh An Sơn")))
    assert written.startswith("LIÊN ĐOÀN LAO ĐỘNG TỈNH AN SƠN\nSố:        /LĐLĐ\n")


def test_no_letter_is_written_about_nothing() -> None:
    with pytest.raises(BadInput, match="nothing to remind of"):
        reminder([], UNION, DAY, None, None)
