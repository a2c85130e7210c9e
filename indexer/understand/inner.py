"""Sections inside the numbered ones: run-in heads ("Thời gian: …"), items (i), (ii), and captioned tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.types import Section, Span
from indexer.understand.outline import body_of
from indexer.understand.reading import Reading
from indexer.understand.sentences import Block

_Waiting = tuple[str, str, str, int]
"""Mark, label, heading and start of a section whose end is not known yet."""

_HEAD_CHARS = 60
_KNOWN = re.compile(
    r"(?:thời gian|thời hạn|thời điểm|địa điểm|địa bàn|nội dung|hình thức|phương thức|phương pháp|cách thức|cách làm"
    r"|kết quả|sản phẩm|thành phần|thành viên|đối tượng|số lượng|chủ trì|chủ tọa|thư ký|đại biểu|kinh phí"
    r"|nguồn kinh phí|quy mô|phạm vi|mục đích|mục tiêu|yêu cầu|điều kiện|tiêu chuẩn|tiêu chí|hồ sơ|quy trình|tiến độ"
    r"|lộ trình|hạn nộp|(?:cơ quan|đơn vị|người|bộ phận)\s(?:chủ trì|phối hợp|thực hiện|phụ trách|tham mưu))"
    r"(?:\s(?:thực hiện|tổ chức|tiến hành|hoàn thành|báo cáo|tham dự|dự họp|giám sát|kiểm tra|đầu ra|cần đạt|đạt được"
    r"|triệu tập|tham gia|áp dụng|hỗ trợ)){0,2}",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\([ivx]{1,5}\)")
_TABLE = re.compile(
    r"(?P<label>(?:Biểu|Bảng|Mẫu|BIỂU|BẢNG|MẪU)\s(?:(?:số|SỐ)\s)?\d{1,2}[a-z]?)\s*(?:[.:–-]\s*(?P<rest>.*))?$"
)
_BULLETS = {"-": "-", "–": "-", "•": "-", "+": "+"}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A section inside a numbered one, or inside another of its kind."""

    label: str
    heading: str
    span: Span


def with_inner(sections: Sequence[Section], reading: Reading) -> tuple[Section, ...]:
    """The numbered sections and those inside them, in reading order, each as a child of the smallest around it."""
    end = body_of(reading.cells, len(reading.text.rstrip())).foot
    parts = list(_own_parts(sections, end))
    opened = [inner for own, headed in parts for inner in (*_run_in(reading, own, headed), *_tables(reading, own))]
    return _nested(sections, sorted(_apart(opened), key=lambda one: one.span))


def _own_parts(sections: Sequence[Section], end: int) -> Iterator[tuple[Span, bool]]:
    """The text before the first section and that of each section before its first subsection, and which it is."""
    starts = [section.span.start for section in sections]
    if (first := min(starts, default=end)) > 0:
        yield Span(0, min(first, end) or first), False
    for place, section in enumerate(sections):
        following = starts[place + 1] if place + 1 < len(starts) else section.span.end
        stop = min(following, section.span.end)
        if stop > section.span.start:
            yield Span(section.span.start, stop), True


def _run_in(reading: Reading, own: Span, headed: bool) -> Iterator[_Opened]:
    """Sections nest in the order in which their marks first appear: "-", under it "(i)", under that "+"."""
    waiting: list[_Waiting] = []
    for block in reading.blocks(own)[headed:]:
        mark, label = _mark(block)
        head = _head(reading, block)
        marks = [one[0] for one in waiting]
        if mark in marks and (mark or head or _is_prose_behind(reading, waiting, block)):
            place = marks.index(mark)
            yield from _closed(reading, waiting[place:], block.whole.start)
            del waiting[place:]
        if head or label:
            waiting.append((mark, label, head, block.whole.start))
    yield from _closed(reading, waiting, own.end)


def _is_prose_behind(reading: Reading, waiting: Sequence[_Waiting], block: Block) -> bool:
    """Whether a paragraph without a mark ends an unmarked head: one that had words of its own before."""
    return bool(reading.text[waiting[0][3] : block.whole.start].rstrip(" \t\n*")[-1:] != ":")


def _closed(reading: Reading, waiting: Iterable[_Waiting], end: int) -> Iterator[_Opened]:
    for _, label, head, start in waiting:
        yield _Opened(label, head, _stripped(reading.text, start, end))


def _mark(block: Block) -> tuple[str, str]:
    """The kind of mark that a block begins with, and the label of an item (i)."""
    if _ITEM.fullmatch(block.label):
        return "(i)", block.label
    return _BULLETS.get(block.label[-1:], block.label and "1"), ""


def _head(reading: Reading, block: Block) -> str:
    """The run-in head of a block: a known one, or any that the source emphasises; "" without one."""
    if block.label and not (block.label[:1] in _BULLETS or _ITEM.fullmatch(block.label)):
        return ""
    written = block.head or _standing_alone(reading, block)
    emphasised = "*" in reading.text[block.whole.start : block.whole.start + 8]
    return written if written and (emphasised or _KNOWN.fullmatch(written)) else ""


def _standing_alone(reading: Reading, block: Block) -> str:
    """A head with nothing behind its colon: "Hình thức:"."""
    if len(block.span) > _HEAD_CHARS:
        return ""
    written = reading.plain(block.span)
    return written[:-1].rstrip() if written.endswith(":") and ":" not in written[:-1] else ""


def _tables(reading: Reading, own: Span) -> Iterator[_Opened]:
    """A caption "Biểu 1. …" with the table below it."""
    kept = [cell for cell in reading.cells if own.start <= cell.span.start < own.end]
    for cell, following in pairwise(kept):
        caption = _TABLE.match(cell.text)
        if caption and cell.line < following.line <= cell.line + 2 and _is_row(reading.text, following.span.start):
            end = _end_of_table(reading.text, following.span.start, own.end)
            yield _Opened(caption["label"], caption["rest"] or "", _stripped(reading.text, cell.span.start, end))


def _end_of_table(text: str, start: int, end: int) -> int:
    while start < end:
        stop = text.find("\n", start, end)
        stop = stop if stop >= 0 else end
        if not _is_row(text, start):
            return start
        start = stop + 1
    return end


def _is_row(text: str, position: int) -> bool:
    start, stop = text.rfind("\n", 0, position) + 1, text.find("\n", position)
    line = text[start : stop if stop >= 0 else len(text)]
    return "|" in line or "\t" in line


def _apart(opened: Iterable[_Opened]) -> list[_Opened]:
    """Without those that cross another one's border."""
    kept: list[_Opened] = []
    for one in opened:
        crossing = (other.span for other in kept if other.span.overlaps(one.span))
        if all(span.contains(one.span) or one.span.contains(span) for span in crossing):
            kept.append(one)
    return kept


def _stripped(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip(" \t\n*_#>|")) or end)


def _nested(sections: Sequence[Section], opened: Sequence[_Opened]) -> tuple[Section, ...]:
    """Both in one reading order, each with its parent's new place and its level below it."""
    everything = sorted(
        [(section.span, section.label, section.heading) for section in sections]
        + [(one.span, one.label, one.heading) for one in opened],
        key=lambda one: (one[0].start, -one[0].end),
    )
    found: list[Section] = []
    around: list[int] = []
    for span, label, heading in everything:
        while around and found[around[-1]].span.end <= span.start:
            around.pop()
        parent = around[-1] if around else None
        around.append(len(found))
        found.append(Section(label, heading, len(around), span, parent))
    return tuple(found)
