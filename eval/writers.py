"""Sample texts written as the files that an office receives, to see what comes back when they are read.

Each line becomes a paragraph, rows of a Markdown table become a table, a form feed becomes a page break.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from eval.pages import as_pdf
from indexer.read.legacy import TCVN3, VNI, Encoding
from indexer.read.office import converted

Writer = Callable[[str], bytes]
_RULE = re.compile(r"\|[\s|:-]+\|")
_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STAMP = (2020, 1, 1, 0, 0, 0)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODT = "application/vnd.oasis.opendocument.text"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def docx(text: str) -> bytes:
    return docx_of(_word_body(text))


def docx_of(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word file with a body in XML, and further parts by their kind: {"numbering": "<w:numbering>…"}."""
    further = parts or {}
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind.rstrip("123456789")}" Target="{kind}.xml"/>'
        for kind in further
    )
    document = f'<w:document {_WORD} xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>'
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{_override('document', 'document.main')}{''.join(_override(kind, kind) for kind in further)}</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": document,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_LINKS}">{links}</Relationships>',
            **{f"word/{kind}.xml": written for kind, written in further.items()},
        }
    )


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/word/{part}.xml" ContentType="{_WORD_TYPE}{kind.rstrip("123456789")}+xml"/>'


def odt(text: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    body = f"<office:body><office:text>{_odt_body(text)}</office:text></office:body>"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    return _zipped(
        {
            "mimetype": _ODT,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.2">'
            f"{entry.format('/', _ODT)}{entry.format('content.xml', 'text/xml')}</manifest:manifest>",
            "content.xml": f'<office:document-content {names} office:version="1.2">{body}</office:document-content>',
        }
    )


def rtf(text: str) -> bytes:
    body = "".join(_rtf_table(rows) if rows else _rtf_line(line) for line, rows in _pieces(text))
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}" + "\n" + body + "}").encode("ascii")


def html(text: str) -> bytes:
    body = "\n".join(_html_table(rows) if rows else f"<p>{escape(line)}</p>" for line, rows in _pieces(text))
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>'.encode()


def doc(text: str) -> bytes:
    """By LibreOffice; raises ReadError where it is not installed."""
    return converted(docx(text), Path("sample.docx"), "docx", "doc")


def tcvn3(text: str) -> bytes:
    return legacy_bytes(text, Encoding.TCVN3)


def vni(text: str) -> bytes:
    return legacy_bytes(text, Encoding.VNI)


def windows_1258(text: str) -> bytes:
    return legacy_bytes(text, Encoding.WINDOWS_1258)


def nfd(text: str) -> bytes:
    return unicodedata.normalize("NFD", text).encode("utf-8")


def utf16(text: str) -> bytes:
    return text.encode("utf-16")


def utf16_unmarked(text: str) -> bytes:
    return text.encode("utf-16-be")


WRITERS: dict[str, Writer] = {
    "docx": docx,
    "doc": doc,
    "odt": odt,
    "rtf": rtf,
    "html": html,
    "pdf": as_pdf,
    "TCVN3": tcvn3,
    "VNI": vni,
    "Windows-1258": windows_1258,
    "NFD": nfd,
    "UTF-16": utf16,
    "UTF-16, no mark": utf16_unmarked,
}
OFFICE_WRITERS = frozenset({"doc"})
"""Written by LibreOffice."""


def legacy_bytes(text: str, encoding: Encoding) -> bytes:
    """Text in an old encoding, as the converters of its time wrote it; what it doesn't know becomes a question mark."""
    composed = unicodedata.normalize("NFC", text)
    if encoding is Encoding.WINDOWS_1258:
        return "".join(map(_loosened, composed)).encode("cp1258", "replace")
    return legacy_characters(composed, encoding).encode("cp1252", "replace")


def legacy_characters(text: str, encoding: Encoding) -> str:
    """The characters of Windows-1252 that a font of the encoding shows as this text."""
    table = TCVN3 if encoding is Encoding.TCVN3 else VNI
    codes = {letter.upper(): written for written, letter in table.items() if encoding is Encoding.TCVN3}
    codes |= {letter: written for written, letter in table.items()}
    return "".join(codes.get(letter, letter) for letter in text)


def _loosened(letter: str) -> str:
    """The letter with its tone apart, where the code page has no letter of its own."""
    try:
        letter.encode("cp1258")
        return letter
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in _TONES)
        return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES)) + tones


def _pieces(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each line by itself, and the lines of one table as rows."""
    for is_row, lines in groupby(text.split("\n"), key=lambda line: line.startswith("|") and line.endswith("|")):
        if not is_row:
            yield from ((line, []) for line in lines)
        elif rows := [_cells(line) for line in lines if not _RULE.fullmatch(line)]:
            yield "", rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _word_body(text: str) -> str:
    return "".join(_word_table(rows) if rows else _word_paragraph(line) for line, rows in _pieces(text))


def _word_paragraph(line: str) -> str:
    page, tab = '<w:br w:type="page"/>', "<w:tab/>"
    text = escape(line).replace("\t", f'</w:t>{tab}<w:t xml:space="preserve">')
    text = text.replace("\f", f'</w:t>{page}<w:t xml:space="preserve">')
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _word_table(rows: list[list[str]]) -> str:
    grid = "".join("<w:gridCol/>" for _ in rows[0])
    body = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{_word_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    look = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _odt_body(text: str) -> str:
    return "".join(_odt_table(rows) if rows else _odt_paragraph(line) for line, rows in _pieces(text))


def _odt_paragraph(line: str) -> str:
    blanks = re.sub(r" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', escape(line).replace("\f", ""))
    return f"<text:p>{blanks.replace(chr(9), '<text:tab/>')}</text:p>"


def _odt_table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<table:table-cell>{_odt_paragraph(cell)}</table:table-cell>" for cell in row) for row in rows)
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{body}</table:table>'


def _rtf_line(line: str) -> str:
    return f"{_rtf_text(line)}\\par\n"


def _rtf_text(line: str) -> str:
    return "".join(_rtf_letter(letter) for letter in line)


def _rtf_letter(letter: str) -> str:
    match letter:
        case "\\" | "{" | "}":
            return f"\\{letter}"
        case "\t":
            return "\\tab "
        case "\f":
            return "\\page "
    if letter.isascii():
        return letter
    code = ord(letter)
    return f"\\u{code - 65536 if code > 32767 else code}?"


def _rtf_table(rows: list[list[str]]) -> str:
    width = 9000 // len(rows[0])
    border = "".join(f"\\clbrdr{side}\\brdrs" for side in "tlbr")
    edges = "".join(f"{border}\\cellx{width * (place + 1)}" for place in range(len(rows[0])))
    return "".join(f"\\trowd{edges}\n{''.join(map(_rtf_cell, row))}\\row\n" for row in rows) + "\\pard\n"


def _rtf_cell(cell: str) -> str:
    return f"\\pard\\intbl {_rtf_text(cell)}\\cell "


def _html_table(rows: list[list[str]]) -> str:
    body = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table border="1">\n{body}\n</table>'


def _zipped(parts: dict[str, str]) -> bytes:
    """The same bytes every time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
