"""Newspaper pages: when they appeared, captions, authors, what goes on elsewhere and what stands twice."""

from __future__ import annotations

import time

import pytest

from indexer.passages import PassageSettings, passages
from indexer.types import Document, NoteKind, RawText
from indexer.understand import understand
from tests.test_sentences import HOSTILE

LONG = (
    "Đồng chí Bí thư đề nghị các cấp, các ngành khẩn trương hoàn thiện hồ sơ, trình cơ quan có thẩm quyền xem xét,"
    " sớm ban hành và triển khai thực hiện trên toàn tỉnh."
)
PAGE = f"""BÁO MẪU\tThứ Sáu, ngày 05/01/2024\t3

HỌP BAN CHỈ ĐẠO PHÒNG CHỐNG LỤT BÃO TỈNH

Sáng 04/01, Ban Chỉ đạo họp. {LONG}

AN BÌNH

HỌP BAN CHỈ ĐẠO PHÒNG CHỐNG...

(Tiếp theo trang 1)

Cuối ngày 28/12, mực nước xuống. {LONG} Cuộc họp thống nhất giao các

TIN NGẮN TRONG NGÀY HÔM NAY

Công nhân nhận quà tại buổi lễ.

Ảnh: M.K

Tỉnh tặng 50 suất quà.

huyện rà soát các điểm xung yếu trước mùa mưa."""


def page(text: str, file: str = "a.txt") -> Document:
    [document] = understand(RawText(text, "txt"), file, "0" * 64)
    return document


def of(kind: NoteKind, document: Document) -> list[tuple[str, str | None]]:
    return [(note.span.of(document.text), note.value) for note in document.notes if note.kind is kind]


def test_the_day_of_the_head_dates_the_page_and_the_days_without_a_year() -> None:
    document = page(PAGE)
    assert (str(document.form.issued_on), document.form.issued_on_source) == ("2024-01-05", "đầu trang báo")
    assert of(NoteKind.INFERRED_DATE, document) == [("04/01", "2024-01-04"), ("28/12", "2023-12-28")]


@pytest.mark.parametrize(
    ("file", "day"), [("bao_2024-01-05.txt", "2024-01-05"), ("trang_20240105.txt", "2024-01-05"), ("bao_3.txt", "None")]
)
def test_without_a_head_the_name_of_the_file_dates_the_page(file: str, day: str) -> None:
    document = page(PAGE.split("\n", 1)[1], file)
    assert str(document.form.issued_on) == day
    assert document.form.issued_on_source == ("suy ra từ tên tệp" if day != "None" else None)


def test_captions_and_authors_are_known() -> None:
    document = page(PAGE)
    assert of(NoteKind.CAPTION, document) == [("Công nhân nhận quà tại buổi lễ.", None), ("Ảnh: M.K", None)]
    assert of(NoteKind.BYLINE, document) == [("AN BÌNH", None)]


def test_what_goes_on_names_the_title_where_it_began() -> None:
    document = page(PAGE)
    assert of(NoteKind.CONTINUED, document) == [
        ("(Tiếp theo trang 1)", "HỌP BAN CHỈ ĐẠO PHÒNG CHỐNG LỤT BÃO TỈNH"),
        ("huyện rà soát các điểm xung yếu trước mùa mưa.", "HỌP BAN CHỈ ĐẠO PHÒNG CHỐNG..."),
    ]
    assert document.warnings == ("đoạn lặp lại trong trang, không lập chỉ mục: 1",)


def test_a_part_that_is_not_held_is_said_in_a_warning() -> None:
    document = page(PAGE.replace("PHÒNG CHỐNG...", "KHÁC VÀ KHÁC..."))
    assert of(NoteKind.CONTINUED, document)[0] == ("(Tiếp theo trang 1)", "trang 1")
    assert document.warnings[-1] == "bài có phần đầu ở trang khác, không có trong tệp này: 1"


def test_a_repeated_paragraph_stands_in_one_passage_only() -> None:
    document = page(PAGE)
    [(repeated, _)] = of(NoteKind.REPEATED, document)
    assert repeated == LONG
    found = [passage.span.of(document.text) for passage in passages(document, PassageSettings())]
    assert sum(repeated in text for text in found) == 1


def test_an_office_document_may_say_a_thing_twice() -> None:
    text = f"Số: 5/KH-LĐLĐ\n\nKẾ HOẠCH\nthi đua\n\n1. Một. {LONG}\n\n2. Hai. {LONG}"
    assert page(text).notes == ()


@pytest.mark.parametrize("piece", [*HOSTILE, "(Tiếp theo trang 1)\n", "Ảnh: A\n", "AN BÌNH\n", "29/6 "])
def test_hostile_pages_cost_no_more_than_their_length(piece: str) -> None:
    began = time.process_time()
    understand(RawText("TIN NGẮN TRONG NGÀY\n\n" + (piece * 100_000)[:100_000], "txt"), "a.txt", "0" * 64)
    assert time.process_time() - began < 20
