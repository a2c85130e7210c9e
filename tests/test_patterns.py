"""No pattern of the understanding costs more than the length of a line, whatever stands in it.

Hostile lines of 100,000 characters go through every part that reads text, so through every pattern there is.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from indexer.numbers import find_numbers, find_typed_numbers
from indexer.successors import other_names, province_in
from indexer.types import RawText, Span
from indexer.understand import understand
from indexer.understand.abbreviations import abbreviations
from indexer.understand.bodies import assigned, bodies, recipients, split_bodies, subject
from indexer.understand.clean import clean
from indexer.understand.dates import find_dates, find_deadlines
from indexer.understand.lines import cells
from indexer.understand.marks import authority_of, kind_of, name_of, number_of, place_and_date
from indexer.understand.outline import numbered_sections
from indexer.understand.page import notes
from indexer.understand.reading import Reading

LENGTH = 100_000
SECONDS = 8.0
PIECES = (
    " ", "\t", "\n", "*", "#", "|", "-", "- ", "+ ", "_", ".", "…", ",", ";", ": ", "(", ")", "(i) ", "“", '"', "/",
    "1", "1.", "1. ", "1/", "I", "I. ", "l. ", "a", "a ", "A", "Đ", "ĐIỀU ", "Điều 1. ", "Mục 1", "PHỤ LỤC ", "Biểu 1 ",
    "và ", "của ", "Số ", "Số: ", "12/CT-", "31-CT/TW ", "Chỉ thị số ", "Căn cứ ", "về thực hiện ", "thay thế ",
    "ngày 1/1 ", "ngày 01 tháng ", "trước ngày 15/1 và ", "hằng ", "năm 20", "Thời gian: ", "Kính gửi: ", "Nơi nhận: ",
    "T/M ", "KT. CHỦ TỊCH ", "Ảnh: ", "(Tiếp theo trang 1)", "các sở, ", "Ban ", "Sở Nội vụ, ", "Liên đoàn Lao động ",
    "tỉnh ", "Lai Châu, ", "gửi ", "báo cáo ", "(viết tắt là ", "(LĐLĐ) ", "Tỉnh ủy ", "Hồ Chí Minh ", "98% ", "oà",
    "Nguyễn Văn ", "NGUYỄN VĂN ", "ĐẾN ", "điện: ",
)  # fmt: skip
READERS = (
    number_of, kind_of, place_and_date, authority_of, name_of, cells, province_in, other_names, abbreviations,
)  # fmt: skip


def whole(text: str) -> None:
    understand(RawText(text, "txt"), "a.txt", "0" * 64)


def as_page(text: str) -> None:
    reading = Reading(text)
    notes(reading, numbered_sections(reading, administrative=False), None)


def of_line(text: str) -> None:
    for read in (
        number_of,
        kind_of,
        place_and_date,
        authority_of,
        name_of,
        cells,
        province_in,
        other_names,
        abbreviations,
    ):
        read(text)
    clean(RawText(text, "txt"))
    list(find_numbers(text))
    list(find_typed_numbers(text))


def of_prose(text: str) -> None:
    span = Span(0, len(text))
    bodies(text, span)
    split_bodies(text)
    subject(text)
    assigned(text)
    recipients(text)
    find_dates(text, span)
    find_deadlines(text, span)


@pytest.mark.parametrize("read", [whole, as_page, of_line, of_prose])
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_hostile_line_costs_no_more_than_its_length(read: Callable[[str], None], piece: str) -> None:
    began = time.process_time()
    read((piece * LENGTH)[:LENGTH])
    assert time.process_time() - began < SECONDS
