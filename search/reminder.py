"""A letter of reminder (công văn đôn đốc) listing what is due, in the form of the body that sends it. Pure.

Form: Quyết định 933/QĐ-TLĐ and Nghị định 30/2020/NĐ-CP for unions and the State, Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from indexer.analyze import fold
from indexer.errors import BadInput
from indexer.lexicon import ABBREVIATIONS, ISSUER_CODES
from search.exports import vietnamese_day
from search.register import Entry
from search.units import Branch, read_unit

HEAD = ("STT", "Đơn vị thực hiện", "Nội dung", "Thời hạn", "Văn bản giao nhiệm vụ")
_WIDTHS_CM = (1.0, 4.0, 6.0, 2.7, 3.3)
_CENTRE, _BOTH, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the letter. What is None is left blank, to be filled in by hand."""

    issuer: str
    superior: str | None = None
    place: str | None = None
    number: str | None = None
    authority: str | None = None
    office: str | None = None
    signer: str | None = None

    @property
    def is_party(self) -> bool:
        body = read_unit(self.issuer)
        return body is not None and body.branch is Branch.PARTY


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter in words: each part as it stands on the page."""

    sender: Sender
    number: str
    place_and_day: str
    summary: str
    addressees: tuple[str, ...]
    opening: str
    rows: tuple[tuple[str, ...], ...]
    closing: str
    copies: tuple[str, ...]


def reminder(rows: Sequence[Entry], sender: Sender, day: date, start: date | None, end: date | None) -> Letter:
    """The letter about rows that are due; raises BadInput where nothing is."""
    if not rows:
        raise BadInput(
            "No duty is due in this period, so there is nothing to remind of. Choose another period or unit."
        )
    sender = replace(sender, issuer=_in_full(sender.issuer))
    party = sender.is_party
    return Letter(
        sender,
        _number(sender),
        f"{sender.place or '…………'}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        "Đôn đốc thực hiện nhiệm vụ, chế độ báo cáo" if party else "V/v đôn đốc thực hiện nhiệm vụ, chế độ báo cáo",
        tuple(_distinct(name for row in rows for name in row.duty.bearers)),
        f"Qua theo dõi việc thực hiện các nhiệm vụ, chế độ báo cáo được giao tại các văn bản, {sender.issuer} đề nghị"
        f" các đơn vị thực hiện đầy đủ, đúng hạn các nội dung đến hạn {_period(start, end)} sau đây:",
        tuple(_cells(number, row) for number, row in enumerate(rows, start=1)),
        f"{sender.issuer} đề nghị các đơn vị nghiêm túc thực hiện; nội dung nào chưa thể hoàn thành đúng hạn, báo cáo"
        f" rõ lý do và thời gian hoàn thành{'.' if party else './.'}",
        ("Như trên,", "Lưu Văn phòng.") if party else ("Như trên;", "Lưu: VT."),
    )


def as_text(letter: Letter) -> str:
    """The letter as plain text, the table as numbered lines."""
    sender = letter.sender
    lines = [*_issuer_lines(sender), letter.number, letter.summary, "", *_motto(sender), letter.place_and_day, ""]
    lines += ["Kính gửi:", *(f"- {name}{mark}" for name, mark in _marked(letter.addressees)), "", letter.opening, ""]
    lines += [
        f"{number}. {who}: {what}. Thời hạn: {when}. ({source})" for number, who, what, when, source in letter.rows
    ]
    lines += ["", letter.closing, "", "Nơi nhận:", *(f"- {name}" for name in letter.copies), "", *_signature(sender)]
    return "\n".join(lines) + "\n"


def as_docx(letter: Letter) -> bytes:
    """The letter as a Word document: A4, Times New Roman 13, head and foot in two columns."""
    document = docx.Document()
    _page(document)
    _head(document, letter)
    addressed = document.add_paragraph("Kính gửi:")
    addressed.alignment = _CENTRE
    for name, mark in _marked(letter.addressees):
        document.add_paragraph(f"- {name}{mark}").paragraph_format.left_indent = Cm(5)
    _prose(document, letter.opening)
    _table(document, letter.rows)
    _prose(document, letter.closing)
    _foot(document, letter)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _in_full(name: str) -> str:
    """A name as the head of a letter has it: "LĐLĐ tỉnh A" is "Liên đoàn Lao động tỉnh A"."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in name.split())


def _number(sender: Sender) -> str:
    if sender.number:
        return f"Số {sender.number}" if sender.is_party else f"Số: {sender.number}"
    code = _code(sender.issuer)
    return f"Số        -CV/{code}" if sender.is_party else f"Số:        /{code}"


def _code(issuer: str) -> str:
    """The code of a body at the end of its numbers, "…" where it is not known."""
    folded = fold(issuer)
    known = [(len(name), code) for code, name in ISSUER_CODES.items() if folded.startswith(fold(name))]
    return max(known, default=(0, "…"))[1]


def _period(start: date | None, end: date | None) -> str:
    since = f"từ ngày {vietnamese_day(start)}" if start else ""
    until = f"đến ngày {vietnamese_day(end)}" if end else ""
    return " ".join(filter(None, (since, until))) or "theo quy định"


def _cells(number: int, row: Entry) -> tuple[str, ...]:
    duty, form = row.duty, row.document.form
    what = duty.product or duty.action
    sent = f", gửi {'; '.join(duty.recipients)}" if duty.recipients else ""
    via = f" (qua {duty.via})" if duty.via else ""
    when = ", ".join(map(vietnamese_day, row.dates[:1])) or (duty.deadline.written if duty.deadline else "")
    source = f"{form.kind.capitalize() if form.kind else 'Văn bản'} {form.number or row.document.file}"
    issued = f", ngày {vietnamese_day(form.issued_on)}" if form.issued_on else ""
    return str(number), "; ".join(duty.bearers), f"{what[:1].upper()}{what[1:]}{sent}{via}", when, source + issued


def _distinct(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if fold(name) not in seen:
            seen.add(fold(name))
            yield f"{name[:1].upper()}{name[1:]}"


def _marked(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, name in enumerate(names, start=1):
        yield name, "." if place == len(names) else ";"


def _issuer_lines(sender: Sender) -> list[str]:
    return [
        *([sender.superior.upper()] if sender.superior else []),
        sender.issuer.upper(),
        *(["*"] if sender.is_party else []),
    ]


def _motto(sender: Sender) -> list[str]:
    if sender.is_party:
        return ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    return ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def _signature(sender: Sender) -> list[str]:
    return [*filter(None, (sender.authority, sender.office)), "", "", sender.signer or ""]


def _page(document: WordDocument) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)


def _head(document: WordDocument, letter: Letter) -> None:
    left, right = _columns(document)
    *above, issuer = [line for line in _issuer_lines(letter.sender) if line != "*"]
    _lines(left, above)
    _lines(left, [issuer], bold=True)
    _lines(left, [*(["*"] if letter.sender.is_party else []), letter.number, letter.summary])
    _lines(right, _motto(letter.sender), bold=True)
    _lines(right, ["", letter.place_and_day], italic=True)
    document.add_paragraph()


def _foot(document: WordDocument, letter: Letter) -> None:
    left, right = _columns(document)
    _lines(left, ["Nơi nhận:"], bold=True, italic=True, centred=False)
    _lines(left, [f"- {name}" for name in letter.copies], centred=False)
    _lines(right, _signature(letter.sender), bold=True)


def _columns(document: WordDocument) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.width, right.width = Cm(7), Cm(9)
    return left, right


def _lines(cell: _Cell, lines: Iterable[str], bold: bool = False, italic: bool = False, centred: bool = True) -> None:
    for line in lines:
        empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        paragraph = cell.paragraphs[0] if empty else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold, run.italic = bold, italic
        if centred:
            paragraph.alignment = _CENTRE


def _prose(document: WordDocument, words: str) -> None:
    paragraph = document.add_paragraph(words)
    paragraph.alignment = _BOTH
    paragraph.paragraph_format.first_line_indent = Cm(1.27)


def _table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table: Table = document.add_table(rows=len(rows) + 1, cols=len(HEAD), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, HEAD, strict=True):
        _lines(cell, [name], bold=True)
    for line, row in zip(table.rows[1:], rows, strict=True):
        for cell, words in zip(line.cells, row, strict=True):
            cell.text = words
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)
    document.add_paragraph()
