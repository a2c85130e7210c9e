"""Marks put on a document beside its own words: secrecy, urgency, and the stamp of the office that received it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.analyze import fold
from indexer.types import Received
from indexer.understand.lines import Cell

_HEAD_CELLS = 40
SECRECY = {"tuyet mat": "TUYỆT MẬT", "toi mat": "TỐI MẬT", "mat": "MẬT"}
URGENCY = {"hoa toc hen gio": "HỎA TỐC HẸN GIỜ", "hoa toc": "HỎA TỐC", "thuong khan": "THƯỢNG KHẨN", "khan": "KHẨN"}
_STAMP = re.compile(r"^(?:(?:CÔNG VĂN|VĂN BẢN) )?ĐẾN\b(?!\s+[a-zà-ỹ])(?:[^\d]{0,12}?(?P<number>\d{1,6})(?![\d/.-]))?")
_STAMP_CHARS = 60


def mark_of(found: Sequence[Cell], marks: dict[str, str]) -> str | None:
    """A mark of secrecy or urgency standing alone in the head."""
    lines = (fold(cell.text).strip(" .()") for cell in found[:_HEAD_CELLS] if cell.is_capitals)
    return next((marks[line] for line in lines if line in marks), None)


def is_stamp(line: str) -> bool:
    return len(line) <= _STAMP_CHARS and _STAMP.match(line) is not None


def received_stamp(found: Sequence[Cell]) -> Received | None:
    """The stamp ĐẾN of the office that received the document: its number may stand in the next cell."""
    head = found[:_HEAD_CELLS]
    for position, cell in enumerate(head):
        stamp = _STAMP.match(cell.text) if is_stamp(cell.text) else None
        if stamp:
            near = [c.text for c in head[position : position + 6]]
            number = stamp["number"] or next((t for t in near[1:3] if re.fullmatch(r"(?:Số\s*:?\s*)?\d{1,6}", t)), None)
            return Received(re.sub(r"\D", "", number) if number else None, _stamp_date(near))
    return None


def _stamp_date(lines: list[str]) -> date | None:
    joined = " ".join(lines)
    match = re.search(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})", joined)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
