"""Thể thức: what the head and the foot of one document say. A field that is not there stays None or ()."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from indexer.analyze import fold
from indexer.lexicon import ISSUER_CODES, KIND_CODES, PLACED_CODES
from indexer.numbers import codes
from indexer.types import Form, Received, Signer, Span
from indexer.understand.lines import Cell, cells, plain
from indexer.understand.marks import (
    authority_of,
    is_motto,
    is_office,
    kind_of,
    name_of,
    number_of,
    opens_recipients,
    place_and_date,
)
from indexer.understand.names import natural_case, sentence_case

_HEAD_CELLS = 40
_SUMMARY_CHARS = 700
_RECIPIENT_CHARS = 240
_SECRECY = {"tuyet mat": "TUYỆT MẬT", "toi mat": "TỐI MẬT", "mat": "MẬT"}
_URGENCY = {"hoa toc": "HỎA TỐC", "thuong khan": "THƯỢNG KHẨN", "khan": "KHẨN"}
_BODY_STARTS = re.compile(
    r"(?:[-+•]\s*)?(?:Căn cứ|Xét |Theo đề nghị|Kính gửi|Hôm nay|[IVX]+\.\s|\d+\.\s|Điều \d|Phần |PHẦN |Chương |CHƯƠNG )"
)
_ADDRESSEE = re.compile(r"^Kính (?:gửi|trình|mời)\s*:?\s*", re.IGNORECASE)
_STAMP_NUMBER = re.compile(r"^(?:CÔNG VĂN )?ĐẾN\b(?:\D{0,12}?(?P<number>\d{1,6}))?\s*$")
_BULLET = re.compile(r"^[-–+•]\s*")
_BODY_HEAD = re.compile(
    r"(?:ĐẢNG|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG|BAN|LIÊN ĐOÀN|TỔNG|ỦY BAN|UỶ BAN|SỞ|BỘ|CÔNG|VĂN PHÒNG|HỘI|CHI|ĐOÀN|TRƯỜNG"
    r"|MẶT TRẬN|CỤC|TRUNG TÂM|NGÂN HÀNG|BÁO|BCH|LĐLĐ|UBND|HĐND|CĐCS|PHÒNG|VIỆN|CHÍNH PHỦ|QUỐC HỘI|TÒA|VIỆN KIỂM SÁT|BỆNH VIỆN)\b"
)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where the fixed marks stand among the cells of a document; None for a mark that is missing."""

    number: int | None
    title: int | None
    addressee: int | None
    recipients: int | None
    authority: int | None


def read_form(text: str) -> Form:
    """The form fields of one document; every span is a range of `text`."""
    found = cells(text)
    marks = _find_marks(found)
    number = number_of(found[marks.number].text) if marks.number is not None else None
    placed = _place_and_date(found)
    place, issued_on, date_span = placed if placed else (None, None, None)
    kind = _kind(found, marks, number)
    superior, issuer = _letterhead(found, marks, text)
    summary = _summary(found, marks, text)
    recipients, recipients_span = _recipients(found, marks)
    form = Form(
        number=number or None,
        kind=kind,
        issuer=issuer or _issuer_of_number(number, place),
        superior=superior,
        place=place,
        issued_on=issued_on,
        issued_on_source="dòng địa danh, ngày tháng" if issued_on else None,
        summary=plain(summary.of(text)) if summary else None,
        addressee=_addressee(found, marks),
        signer=_signer(found, marks),
        recipients=recipients,
        recipients_span=recipients_span,
        number_span=found[marks.number].span if marks.number is not None and number else None,
        issued_on_span=date_span,
        summary_span=summary,
        secrecy=_stamped(found, _SECRECY),
        urgency=_stamped(found, _URGENCY),
        received=_received(found),
    )
    return _with_missing(form)


def is_administrative(form: Form) -> bool:
    """Whether a text has the form of an office's document at all (a newspaper page has not)."""
    return form.number is not None or form.kind is not None or form.signer is not None


def _find_marks(found: list[Cell]) -> _Marks:
    head = range(min(len(found), _HEAD_CELLS))
    number = next((i for i in head if number_of(found[i].text) is not None), None)
    title = next((i for i in head if found[i].is_capitals and kind_of(found[i].text)), None)
    if title is None:
        title = next((i for i in head if kind_of(found[i].text) and not is_motto(found[i].text)), None)
    addressee = next((i for i in head if _ADDRESSEE.match(found[i].text)), None)
    recipients = _last(found, opens_recipients)
    authority = _last(found, lambda line: authority_of(line) is not None)
    return _Marks(number, title, addressee, recipients, authority)


def _last(found: list[Cell], holds: Callable[[str], object]) -> int | None:
    return next((i for i in range(len(found) - 1, -1, -1) if holds(found[i].text)), None)


def _kind(found: list[Cell], marks: _Marks, number: str | None) -> str | None:
    """The title line decides; then the code in the number; a letter without title is a công văn."""
    if marks.title is not None and (titled := kind_of(found[marks.title].text)):
        return titled[0]
    for code in codes(number or ""):
        if code in KIND_CODES:
            return KIND_CODES[code]
    return "công văn" if marks.number is not None and marks.addressee is not None else None


def _place_and_date(found: list[Cell]) -> tuple[str, date | None, Span] | None:
    for cell in found[:_HEAD_CELLS]:
        if len(cell.text) <= 160 and (placed := place_and_date(cell.text)):
            return *placed, cell.span
    return None


def _letterhead(found: list[Cell], marks: _Marks, text: str) -> tuple[str | None, str | None]:
    """Superior and issuing body from the lines in capitals above the number (above the title where there is none)."""
    end = marks.number if marks.number is not None else marks.title
    lines = [cell.text for cell in found[: end or 0] if _is_letterhead(cell)]
    names: list[str] = []
    for line in lines:
        if names and not _BODY_HEAD.match(line):
            names[-1] += " " + line
        else:
            names.append(line)
    spelled = [natural_case(name, text) for name in names]
    if not spelled:
        return None, None
    return spelled[-2] if len(spelled) > 1 else None, spelled[-1]


def _is_letterhead(cell: Cell) -> bool:
    line = cell.text
    return (
        cell.is_capitals
        and len(line) > 3
        and not (is_motto(line) or fold(line) in _SECRECY or fold(line) in _URGENCY or _STAMP_NUMBER.match(line))
    )


def _issuer_of_number(number: str | None, place: str | None) -> str | None:
    """The body that the last code of a number stands for, with the place where the code leaves it open."""
    last = next((code for code in reversed(codes(number or "")) if code in ISSUER_CODES), None)
    if last is None:
        return None
    body = ISSUER_CODES[last]
    if last not in PLACED_CODES or place is None:
        return body
    return f"{body} tỉnh {place}" if last in {"LĐLĐ", "UBND", "HĐND"} else f"{body} {place}"


def _summary(found: list[Cell], marks: _Marks, text: str) -> Span | None:
    """Under the title; under the number for a công văn, before its addressee."""
    if marks.title is not None:
        return _summary_under_title(found, marks.title)
    if marks.number is None:
        return None
    end = marks.addressee if marks.addressee is not None else min(len(found), marks.number + 8)
    lines = [cell for cell in found[marks.number + 1 : end] if _is_summary_line(cell)]
    return _joined(lines)


def _summary_under_title(found: list[Cell], title: int) -> Span | None:
    titled = kind_of(found[title].text)
    rest = titled[1] if titled else ""
    if rest and not rest.isupper():
        span = found[title].span
        return Span(span.end - len(rest), span.end)
    lines: list[Cell] = []
    for cell in found[title + 1 :]:
        gap = bool(lines) and cell.line > lines[-1].line + 1
        if gap or _BODY_STARTS.match(cell.text) or sum(len(line.text) for line in lines) > _SUMMARY_CHARS:
            break
        if _is_summary_line(cell):
            lines.append(cell)
    span = _joined(lines)
    return span if span and not _reads_like_body(lines) else None


def _is_summary_line(cell: Cell) -> bool:
    has_letters = any(map(str.isalpha, cell.text))
    return (
        has_letters and not is_motto(cell.text) and place_and_date(cell.text) is None and number_of(cell.text) is None
    )


def _reads_like_body(lines: list[Cell]) -> bool:
    return lines[-1].text.endswith((":", ";")) or sum(len(line.text) for line in lines) > _SUMMARY_CHARS


def _joined(lines: list[Cell]) -> Span | None:
    return Span(lines[0].span.start, lines[-1].span.end) if lines else None


def _addressee(found: list[Cell], marks: _Marks) -> tuple[str, ...]:
    if marks.addressee is None:
        return ()
    first = found[marks.addressee]
    named = _ADDRESSEE.sub("", first.text)
    entries = [named] if named else []
    for cell in found[marks.addressee + 1 :]:
        if not _BULLET.match(cell.text) or cell.line > first.line + 12:
            break
        entries.append(cell.text)
    return tuple(entry for entry in map(_entry, entries) if entry)


def _entry(line: str) -> str:
    return " ".join(_BULLET.sub("", line).split()).rstrip(" ,;.")


def _recipients(found: list[Cell], marks: _Marks) -> tuple[tuple[str, ...], Span | None]:
    """The entries under Nơi nhận, up to the signature."""
    if marks.recipients is None:
        return (), None
    entries: list[Cell] = []
    for cell in found[marks.recipients + 1 :]:
        if authority_of(cell.text) or is_office(cell.text) or name_of(cell.text):
            if entries or not _BULLET.match(cell.text):
                break
        elif _BULLET.match(cell.text) and len(cell.text) <= _RECIPIENT_CHARS:
            entries.append(cell)
        elif entries:
            break
    names = tuple(entry for entry in (_entry(cell.text) for cell in entries) if entry)
    return names, _joined(entries)


def _signer(found: list[Cell], marks: _Marks) -> Signer | None:
    """The name under the authority mark or the office in the foot; the office is the last line in capitals above it."""
    start = marks.authority
    if start is None:
        start = next(
            (i for i in range(len(found) - 1, max(len(found) // 2, len(found) - 12), -1) if is_office(found[i].text)),
            None,
        )
    if start is None:
        return None
    office = None
    for cell in found[start : start + 8]:
        if name := name_of(cell.text):
            mark = authority_of(found[start].text)
            return Signer(name, mark, sentence_case(office) if office else None, cell.span)
        if cell.is_capitals:
            authority = authority_of(cell.text)
            office = cell.text[len(authority) :].strip(" ./") if authority else cell.text
    return None


def _stamped(found: list[Cell], marks: dict[str, str]) -> str | None:
    """A mark of secrecy or urgency standing alone in the head."""
    return next((marks[fold(c.text)] for c in found[:_HEAD_CELLS] if c.is_capitals and fold(c.text) in marks), None)


def _received(found: list[Cell]) -> Received | None:
    """The stamp ĐẾN of the office that received the document: its number may stand in the next cell."""
    head = found[:_HEAD_CELLS]
    for position, cell in enumerate(head):
        stamp = _STAMP_NUMBER.match(cell.text)
        if stamp:
            near = [c.text for c in head[position + 1 : position + 6]]
            number = stamp["number"] or next((t for t in near[:2] if re.fullmatch(r"(?:Số\s*:?\s*)?\d{1,6}", t)), None)
            return Received(re.sub(r"\D", "", number) if number else None, _stamp_date(near))
    return None


def _stamp_date(lines: list[str]) -> date | None:
    joined = " ".join(lines)
    match = re.search(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", joined)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _with_missing(form: Form) -> Form:
    """Names what the form demands and the document lacks; a text without any form lacks nothing."""
    if not is_administrative(form):
        return form
    demanded = {
        "số, ký hiệu": form.number,
        "tên loại": form.kind,
        "cơ quan ban hành": form.issuer,
        "địa danh, ngày tháng": form.issued_on,
        "trích yếu": form.summary,
        "người ký": form.signer,
        "nơi nhận": form.recipients,
    }
    return replace(form, missing=tuple(name for name, value in demanded.items() if not value))
