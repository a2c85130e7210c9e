"""Mails with what they carry."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from eval.writers import docx
from indexer.read import read_content
from indexer.read.parts import joined
from indexer.types import RawText
from indexer.understand import understand
from tests.conftest import CORPUS

NAME = Path("a.eml")


def mail(body: str = "Kính gửi đồng chí kế hoạch kèm theo.", subject: str = "Gửi kế hoạch") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Văn phòng Tỉnh ủy <vanphong@example.invalid>"
    message["To"] = "Liên đoàn Lao động tỉnh <ldld@example.invalid>"
    message["Date"] = "Fri, 14 Mar 2025 08:30:00 +0700"
    message["Subject"] = subject
    message.set_content(body)
    return message


def read_message(message: EmailMessage) -> RawText:
    return read_content(message.as_bytes(), NAME)


def attach(message: EmailMessage, content: bytes, name: str) -> None:
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)


def test_a_mail_says_who_wrote_what_to_whom_and_when() -> None:
    raw = read_message(mail())
    assert raw.format == "eml"
    assert raw.text == (
        "Từ: Văn phòng Tỉnh ủy <vanphong@example.invalid>\nGửi: Liên đoàn Lao động tỉnh <ldld@example.invalid>\n"
        "Ngày gửi: Fri, 14 Mar 2025 08:30:00 +0700\nChủ đề: Gửi kế hoạch\n\nKính gửi đồng chí kế hoạch kèm theo."
    )


def test_attachments_are_read_by_their_own_readers_in_order() -> None:
    message = mail()
    attach(message, docx("Báo cáo quý I"), "báo cáo.docx")
    attach(message, "Danh sách".encode("utf-16"), "danh sách.txt")
    text = read_message(message).text
    assert text.endswith("Tệp đính kèm: báo cáo.docx\n\nBáo cáo quý I\n\nTệp đính kèm: danh sách.txt\n\nDanh sách")


def test_an_attachment_that_can_not_be_read_is_named_and_the_rest_is_read() -> None:
    message = mail()
    attach(message, b"PK\x03\x04 cut off", "hỏng.docx")
    attach(message, "Danh sách".encode(), "a.txt")
    raw = read_message(message)
    assert raw.text.endswith("Tệp đính kèm: a.txt\n\nDanh sách")
    assert len(raw.warnings) == 1
    assert raw.warnings[0].startswith("attachment not read: hỏng.docx: the file is damaged or cut off")


def test_pages_are_counted_through_from_the_mail_to_its_attachments() -> None:
    message = mail()
    attach(message, docx("một\fhai"), "a.docx")
    raw = read_message(message)
    assert [raw.text[start:].split()[0] for start in raw.page_starts] == ["Từ:", "Tệp", "hai"]


def test_how_sure_recognised_pages_are_is_kept_page_by_page() -> None:
    letter, scan = RawText("một", "eml"), RawText("haiba", "pdf", (0, 3), confidence=(90.0, 60.5))
    raw = joined([letter, RawText("", "eml", warnings=("không đọc được",)), scan], "eml")
    assert (raw.text, raw.page_starts) == ("một\n\nhaiba", (0, 5, 8))
    assert (raw.confidence, raw.warnings) == ((None, 90.0, 60.5), ("không đọc được",))


def test_the_body_in_html_is_read_where_there_is_no_plain_one() -> None:
    message = mail()
    message.set_content("<p>Kính gửi <b>đồng chí</b></p>", subtype="html")
    assert read_message(message).text.endswith("\n\nKính gửi đồng chí")


def test_the_second_wording_of_a_body_and_pictures_of_the_letterhead_are_no_attachments() -> None:
    message = mail("Kính gửi")
    message.add_alternative("<p>Kính gửi <img src='cid:x'></p>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n", "image", "png", cid="<x>", filename="logo.png")  # type: ignore
    raw = read_message(message)
    assert raw.text.endswith("\n\nKính gửi")
    assert raw.warnings == ()


def test_a_mail_within_a_mail_is_read_and_the_depth_is_limited() -> None:
    message = mail("trong cùng")
    for depth in range(7):
        outer = mail(f"lớp {depth}")
        outer.add_attachment(message)
        message = outer
    raw = read_message(message)
    assert raw.text.count("Chủ đề: ") == 6
    assert "more than the 5 mails within mails" in " ".join(raw.warnings)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_bodies_are_read_in_the_charset_that_they_name(charset: str) -> None:
    body = "a\u0323" if charset == "windows-1258" else "Kính gửi đồng chí"
    message = mail("x")
    message.set_payload(body.encode(charset) if charset != "windows-1258" else "Kính".encode(charset))
    message.set_param("charset", charset)
    message.replace_header("Content-Transfer-Encoding", "8bit")
    assert "Kính" in read_message(message).text


def test_folders_in_the_name_of_an_attachment_are_dropped() -> None:
    message = mail()
    attach(message, b"Danh muc", "..\\..\\x/../a.txt")
    assert read_message(message).text.endswith("Tệp đính kèm: a.txt\n\nDanh muc")


def test_an_enclosed_plan_is_a_document_of_its_own() -> None:
    message = mail()
    attach(message, (CORPUS / "ldld-tuyen-quang_tb-44.txt").read_bytes(), "tb.txt")
    documents = understand(read_message(message), "a.eml", "0" * 64)
    assert "44/TB-LĐLĐ" in [document.form.number for document in documents]
