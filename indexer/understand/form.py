"""Thể thức: what the head and the foot of one document say. A field that is not there stays None or ()."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile

from indexer.analyze import fold
from indexer.letters import UPPER
from indexer.lexicon import ISSUER_CODES, KIND_CODES, PLACED_CODES
from indexer.numbers import codes
from indexer.types import Form, Known, Signer, Span
from indexer.understand.evidence import evidence
from indexer.understand.lines import Cell, plain
from indexer.understand.marks import (
    authority_of,
    full_name_of,
    is_motto,
    is_office,
    kind_of,
    name_of,
    number_of,
    opens_recipients,
    place_and_date,
)
from indexer.understand.names import full_name, joined_names, natural_case, sentence_case
from indexer.understand.reading import Reading
from indexer.understand.stamps import SECRECY, URGENCY, is_stamp, mark_of, received_stamp

_HEAD_CELLS = 40
_SUMMARY_CHARS = 700
_RECIPIENT_CHARS = 240
_RECIPIENT_LIST = re.compile(r"^[^:]{3,120}[;,.]$")
# Decree 30/2020, annex III: letters of introduction, leave slips and forwarding slips have no line of their subject.
_WITHOUT_SUMMARY = frozenset(
    {"giấy giới thiệu", "giấy nghỉ phép", "giấy ủy quyền", "phiếu gửi", "phiếu chuyển", "phiếu báo"}
)
_WITHOUT_RECIPIENTS = frozenset({"biên bản", "hợp đồng", "điều lệ", "bản ghi nhớ", "bản thỏa thuận"})
_RECIPIENTS_MARK = re.compile(r"^\w{3}\s+(?:\w{4}|g\w{2})\b\s*:?\s*", re.IGNORECASE)
_BODY_STARTS = re.compile(
    r"(?:[-+•]\s*)?(?:Căn cứ|Xét |Theo đề nghị|Kính gửi|Hôm nay|[IVX]+\.\s|\d+\.\s|Điều \d|Phần |PHẦN |Chương |CHƯƠNG )"
)
_ADDRESSEE = re.compile(rf"^(?:(?i:Kính (?:gửi|trình|mời))\s*:?|[{UPPER}][{UPPER}\s,-]{{3,120}}\s(?:điện|ĐIỆN)\s*:)\s*")
_BULLET = re.compile(r"^[-–+•]\s*")
_BRACE = re.compile(r"\s*[;,.]?\s*\}.*$")
_SIGNED = re.compile(r"^\(?\s*(?:đã ký|đã kí|ký tên)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"^CỦA [^a-z]*$")
_APPENDIX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|BIỂU|DANH SÁCH|MẪU)\b")
_FOOT_CELLS = 60
_TITLE_LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where the fixed marks stand among the cells of a document; None for a mark that is missing."""

    number: int | None
    title: int | None
    addressee: int | None
    recipients: int | None
    authority: int | None


def read_form(reading: Reading) -> Form:
    """The form fields of one document; every span is a range of its text."""
    text, found = reading.text, reading.cells
    marks = _find_marks(found)
    number = number_of(found[marks.number].text) if marks.number is not None else None
    place, issued_on, date_span = _place_and_date(found)
    superior, issuer = _letterhead(found, marks, text)
    summary = _summary(found, marks)
    recipients, recipients_span = _recipients(found, marks)
    form = Form(
        number=_with_code(number, found, marks) or None,
        kind=_kind(found, marks, number),
        issuer=full_name(issuer, superior, number, place) if issuer else _issuer_of_number(number, place),
        superior=superior,
        place=place,
        issued_on=issued_on,
        issued_on_source="dòng địa danh, ngày tháng" if issued_on else None,
        summary=" ".join(text[line.span.start : line.span.end] for line in summary).strip() or None,
        addressee=_addressee(found, marks),
        signer=_signer(found, marks),
        recipients=recipients,
        recipients_span=recipients_span,
        number_span=found[marks.number].span if marks.number is not None and number else None,
        issued_on_span=date_span,
        summary_span=_joined(summary),
        secrecy=mark_of(found, SECRECY),
        urgency=mark_of(found, URGENCY),
        received=received_stamp(found),
    )
    form = replace(form, summary=plain(form.summary) if form.summary else None)
    known = evidence(form, found, marks.title, marks.addressee)
    if form.number != (number or None):
        known = tuple(replace(one, known=Known.MENDED) if one.field == "number" else one for one in known)
    return _with_missing(replace(form, evidence=known))


def is_administrative(form: Form) -> bool:
    """Whether a text has the form of an office's document at all (a newspaper page has not)."""
    return form.number is not None or form.kind is not None or form.signer is not None


def _find_marks(found: list[Cell]) -> _Marks:
    head = range(min(len(found), _HEAD_CELLS))
    number = next((i for i in head if number_of(found[i].text) is not None), None)
    addressee = next((i for i in head if _ADDRESSEE.match(found[i].text)), None)
    recipients = _last(found, opens_recipients)
    authority = _last(found, lambda line: authority_of(line) is not None)
    return _Marks(number, _title(found, number, addressee), addressee, recipients, authority)


def _title(found: list[Cell], number: int | None, addressee: int | None) -> int | None:
    """The line in capitals that begins with a type; else one that is nearly the type that the number's code names."""
    head = range(min(len(found), _HEAD_CELLS))
    capitals = [i for i in head if found[i].is_capitals and not is_motto(found[i].text)]
    if (exact := next((i for i in capitals if kind_of(found[i].text)), None)) is not None:
        return exact
    written = number_of(found[number].text) if number is not None else None
    coded = next((KIND_CODES[code] for code in codes(written or "") if code in KIND_CODES), None)
    if coded is None or addressee is not None:
        return None
    return next((i for i in capitals if _is_nearly(found[i].text, coded)), None)


def _is_nearly(line: str, kind: str) -> bool:
    return SequenceMatcher(None, fold(line), fold(kind)).ratio() >= _TITLE_LIKENESS


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


def _with_code(number: str | None, found: list[Cell], marks: _Marks) -> str | None:
    """The number with the code of its title's type where one letter of its own was misread: 415-BE of a report."""
    titled = kind_of(found[marks.title].text) if marks.title is not None else None
    written = next(iter(codes(number or "")), "")
    if not number or titled is None or len(written) < 2 or written in KIND_CODES:
        return number
    own = [code for code, kind in KIND_CODES.items() if kind == titled[0] and len(code) == len(written)]
    meant = [code for code in own if sum(one != other for one, other in zip(code, written, strict=True)) == 1]
    return number.replace(written, meant[0], 1) if meant else number


def _place_and_date(found: list[Cell]) -> tuple[str | None, date | None, Span | None]:
    for cell in found[:_HEAD_CELLS]:
        if placed := place_and_date(cell.text):
            return *placed, cell.span
    return None, None, None


def _letterhead(found: list[Cell], marks: _Marks, text: str) -> tuple[str | None, str | None]:
    """Superior and issuing body from the lines in capitals above the number; above the title where there are none."""
    ends = [end for end in (marks.number, marks.title, marks.addressee) if end is not None]
    lines = next(filter(None, (_letterhead_lines(found, end) for end in ends)), [])
    spelled = [natural_case(name, text) for name in joined_names(lines)]
    if not spelled:
        return None, None
    return spelled[-2] if len(spelled) > 1 else None, spelled[-1]


def _letterhead_lines(found: list[Cell], end: int) -> list[str]:
    return [found[i].text.strip("-–_ ") for i in range(end) if _is_letterhead(found, i)]


def _is_letterhead(found: list[Cell], position: int) -> bool:
    """Not the motto, a mark, a title, nor the name of the office in a received stamp."""
    line, folded = found[position].text, fold(found[position].text)
    if not found[position].is_capitals or len(line) <= 3 or is_motto(line) or kind_of(line):
        return False
    following = found[position + 1].text if position + 1 < len(found) else ""
    return not (folded in SECRECY or folded in URGENCY or is_stamp(line) or is_stamp(following))


def _issuer_of_number(number: str | None, place: str | None) -> str | None:
    """The body that the last code of a number stands for, with the place where the code leaves it open."""
    last = next((code for code in reversed(codes(number or "")) if code in ISSUER_CODES), None)
    if last is None:
        return None
    body = ISSUER_CODES[last]
    if last not in PLACED_CODES or place is None:
        return body
    return f"{body} tỉnh {place}" if last in {"LĐLĐ", "UBND", "HĐND"} else f"{body} {place}"


def _summary(found: list[Cell], marks: _Marks) -> list[Cell]:
    """Under the title; under the number for a công văn, before its addressee."""
    if marks.title is not None:
        return _summary_under_title(found, marks.title)
    if marks.number is None:
        return []
    end = marks.addressee if marks.addressee is not None else min(len(found), marks.number + 8)
    lines = _running(found[marks.number + 1 : end])
    return lines if marks.addressee is not None or not _reads_like_body(lines) else []


def _summary_under_title(found: list[Cell], title: int) -> list[Cell]:
    titled = kind_of(found[title].text)
    rest = titled[1] if titled else ""
    if rest and not rest.isupper():
        span = found[title].span
        return [Cell(rest, Span(span.end - len(rest), span.end), found[title].line)]
    lines = _running(found[title + 1 :])
    return [] if _reads_like_body(lines) else lines


def _running(found: list[Cell]) -> list[Cell]:
    """The first lines that follow each other without a gap, but for what another column holds between them."""
    lines: list[Cell] = []
    for cell in found:
        gap = bool(lines) and cell.line > lines[-1].line + 1
        chars = sum(len(line.text) for line in lines)
        if gap or _BODY_STARTS.match(cell.text) or _APPENDIX.match(cell.text) or chars > _SUMMARY_CHARS:
            break
        alike = not lines or cell.is_capitals == lines[0].is_capitals
        if (_is_summary_line(cell) and alike) or (lines and _is_period(cell, lines[-1])):
            lines.append(cell)
    return lines


def _is_period(cell: Cell, before: Cell) -> bool:
    """A line of figures alone, that the line before ran into: "2026 - 2030"."""
    follows = cell.line == before.line + 1
    return follows and cell.text[0].isdigit() and not any(map(str.isalpha, cell.text))


def _is_summary_line(cell: Cell) -> bool:
    line = cell.text
    if not any(map(str.isalpha, line)) or is_motto(line) or place_and_date(line) or number_of(line) is not None:
        return False
    return not (_AUTHOR.match(line) or fold(line) in SECRECY or fold(line) in URGENCY or line.startswith("("))


def _reads_like_body(lines: list[Cell]) -> bool:
    chars = sum(len(line.text) for line in lines)
    return not lines or lines[-1].text.endswith((":", ";")) or chars > _SUMMARY_CHARS


def _joined(lines: list[Cell]) -> Span | None:
    return Span(lines[0].span.start, lines[-1].span.end) if lines else None


def _addressee(found: list[Cell], marks: _Marks) -> tuple[str, ...]:
    """What stands behind "Kính gửi:", and the items or open lines below it; one line may name several."""
    if marks.addressee is None:
        return ()
    last = found[marks.addressee]
    named = _ADDRESSEE.sub("", last.text)
    entries = [named] if named else []
    for cell in found[marks.addressee + 1 : marks.addressee + 13]:
        goes_on = cell.line == last.line + 1 and entries and not _BODY_STARTS.match(cell.text)
        if _BULLET.match(cell.text) or (goes_on and entries[-1].endswith((";", ","))):
            entries.append(cell.text)
        elif goes_on and not entries[-1].endswith((".", ":")) and not cell.is_capitals:
            entries[-1] += f" {cell.text}"
        else:
            break
        last = cell
    return tuple(name for entry in entries for part in entry.split(";") if (name := _entry(part)))


def _entry(line: str) -> str:
    return " ".join(_BULLET.sub("", line).split()).rstrip(" ,;.")


def _recipients(found: list[Cell], marks: _Marks) -> tuple[tuple[str, ...], Span | None]:
    """The entries under Nơi nhận, down to the signer's name; a signature beside them in a second column is passed over.

    An entry may run over two lines; entries without a bullet end in a comma, semicolon or full stop.
    """
    if marks.recipients is None:
        return (), None
    opening = found[marks.recipients]
    inline = _RECIPIENTS_MARK.sub("", opening.text)
    entries: list[list[Cell]] = []
    for cell in found[marks.recipients + 1 : marks.recipients + _FOOT_CELLS]:
        if authority_of(cell.text) or cell.is_capitals:
            continue
        if name_of(cell.text) or not _takes_entry(entries, cell):
            break
    names = [*inline.split(";"), *(" ".join(part.text for part in entry) for entry in entries)]
    places = [opening] if inline else []
    written = tuple(entry for entry in (_entry(_BRACE.sub("", name)) for name in names) if entry)
    return written, _joined([*places, *(part for entry in entries for part in entry)]) if written else None


def _takes_entry(entries: list[list[Cell]], cell: Cell) -> bool:
    """Adds the cell as an entry, or to the entry before it; False where it is neither."""
    if len(cell.text) > _RECIPIENT_CHARS or _APPENDIX.match(cell.text):
        return False
    if not any(map(str.isalpha, cell.text)):
        return True
    last = entries[-1][-1] if entries else None
    bulleted = bool(entries) and bool(_BULLET.match(entries[0][0].text))
    if _BULLET.match(cell.text):
        entries.append([cell])
    elif last and not last.text.endswith((";", ",", ".")) and cell.line == last.line + 1:
        entries[-1].append(cell)
    elif not bulleted and _RECIPIENT_LIST.match(cell.text):
        entries.append([cell])
    else:
        return False
    return True


def _signer(found: list[Cell], marks: _Marks) -> Signer | None:
    """The name under the authority mark, else under an office in the foot: the chair's before the secretary's."""
    if marks.authority is not None:
        return _signed(found, marks.authority)
    starts = [i for i in range(max(len(found) // 2, len(found) - 14), len(found)) if is_office(found[i].text)]
    signed = [signer for start in starts if (signer := _signed(found, start))]
    return next((signer for signer in signed if signer.office != "Thư ký"), signed[0] if signed else None)


def _signed(found: list[Cell], start: int) -> Signer | None:
    """Offices in capitals, then names: the first office goes with the first name where two columns stand abreast."""
    foot = [cell for cell in found[start : start + 24] if not _BULLET.match(cell.text) and not _SIGNED.match(cell.text)]
    mark = authority_of(foot[0].text)
    capitals: list[Cell] = []
    for cell in takewhile(lambda cell: not _APPENDIX.match(cell.text), foot[:10]):
        if name := name_of(cell.text):
            return Signer(name, mark, _office(capitals[:1] if _abreast(capitals) else capitals), cell.span)
        if cell.is_capitals:
            capitals.append(cell)
    last = capitals[-1] if len(capitals) > 1 else None
    if last and (name := full_name_of(last.text)):
        return Signer(name, mark, _office(capitals[:-1]), last.span)
    return None


def _abreast(offices: list[Cell]) -> bool:
    return len(offices) > 1 and offices[0].line == offices[-1].line


def _office(capitals: list[Cell]) -> str | None:
    """The last line: "PHÓ TRƯỞNG BAN" under "K/T TRƯỞNG BAN"; of a single line what stands behind the mark."""
    if not capitals:
        return None
    authority = authority_of(capitals[-1].text)
    written = capitals[-1].text[len(authority) :].strip(" ./") if authority else capitals[-1].text
    return sentence_case(written)


def _with_missing(form: Form) -> Form:
    """Names what the form demands and the document lacks; a text without any form lacks nothing."""
    if not is_administrative(form):
        return form
    demanded = {
        "số, ký hiệu": form.number,
        "tên loại": form.kind,
        "cơ quan ban hành": form.issuer,
        "địa danh, ngày tháng": form.issued_on,
        "trích yếu": form.summary or form.kind in _WITHOUT_SUMMARY,
        "người ký": form.signer,
        "nơi nhận": form.recipients or form.kind in _WITHOUT_RECIPIENTS,
    }
    return replace(form, missing=tuple(name for name, value in demanded.items() if not value))
