"""What a file is, told by its content; the suffix decides nothing."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import Path

from indexer.errors import ReadError
from indexer.read.archive import names


class Kind(StrEnum):
    """The formats that are read. The value is what RawText.format and `inspect` call it, text and Markdown apart."""

    TEXT = "txt"
    PDF = "pdf"
    PICTURE = "picture"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    HTML = "html"
    MAIL = "eml"


SUFFIXES: dict[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({".txt", ".md"}),
    Kind.PDF: frozenset({".pdf"}),
    Kind.PICTURE: frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"}),
    Kind.DOCX: frozenset({".docx", ".docm", ".dotx"}),
    Kind.XLSX: frozenset({".xlsx", ".xlsm"}),
    Kind.ODT: frozenset({".odt"}),
    Kind.ODS: frozenset({".ods"}),
    Kind.DOC: frozenset({".doc", ".dot"}),
    Kind.XLS: frozenset({".xls"}),
    Kind.RTF: frozenset({".rtf"}),
    Kind.HTML: frozenset({".html", ".htm", ".xhtml"}),
    Kind.MAIL: frozenset({".eml", ".mht", ".mhtml"}),
}

_MAGIC = {
    b"{\\rtf": Kind.RTF,
    b"\x89PNG": Kind.PICTURE,
    b"\xff\xd8\xff": Kind.PICTURE,
    b"II*\x00": Kind.PICTURE,
    b"MM\x00*": Kind.PICTURE,
}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_ZIP = (("word/document.xml", Kind.DOCX), ("xl/workbook.xml", Kind.XLSX), ("xl/workbook.bin", Kind.XLS))
_OPEN_DOCUMENT = {b"opendocument.text": Kind.ODT, b"opendocument.spreadsheet": Kind.ODS}
# The names of the streams of an OLE file stand in its directory as UTF-16.
_IN_OLE = (("EncryptedPackage", None), ("WordDocument", Kind.DOC), ("Workbook", Kind.XLS), ("Book", Kind.XLS))
_OUTLOOK = "__properties_version1.0"
_HEAD_BYTES = 4096
_PDF_WITHIN_BYTES = 1024
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S
)
_MAIL_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]", re.M)
_MAIL_HEADERS = frozenset(
    b"from to subject date received return-path mime-version message-id delivered-to content-type cc".split()
)


def sniff(content: bytes, path: Path) -> Kind:
    """The format of a file. Raises ReadError where it is one that is known and can't be read."""
    if content.startswith(_ZIP):
        return _in_zip(content, path)
    if content.startswith(_OLE):
        return _in_ole(content, path)
    if b"%PDF-" in content[:_PDF_WITHIN_BYTES]:
        return Kind.PDF
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            return kind
    return _of_text(content, path)


def suffix_warning(kind: Kind, path: Path) -> tuple[str, ...]:
    """A note where the suffix belongs to another format than the content."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES[kind] or not any(suffix in others for others in SUFFIXES.values()):
        return ()
    return (f"the name ends in {suffix}, the content is {kind.value}; read as {kind.value}",)


def _in_zip(content: bytes, path: Path) -> Kind:
    held = names(content, path)
    for name, kind in _IN_ZIP:
        if name in held:
            return kind
    if "content.xml" in held:
        for mark, kind in _OPEN_DOCUMENT.items():
            if mark in content[:_HEAD_BYTES]:
                return kind
        return Kind.ODT
    raise ReadError(
        f"{path.name}: a zip file that holds no Word, Excel or OpenDocument text, which is not read. "
        "Unpack it and put its files in."
    )


def _in_ole(content: bytes, path: Path) -> Kind:
    if _OUTLOOK.encode("utf-16-le") in content:
        raise ReadError(f"{path.name}: a mail in Outlook's own format, which is not read. Save it as .eml.")
    for stream, kind in _IN_OLE:
        if stream.encode("utf-16-le") in content:
            if kind is None:
                raise locked(path)
            return kind
    raise ReadError(
        f"{path.name}: an old Office file that is neither Word nor Excel, which is not read. Save it as .docx or .pdf."
    )


def locked(path: Path) -> ReadError:
    """The error of a file that opens with a password only."""
    return ReadError(f"{path.name}: the file is protected by a password. Open it, remove the password and save it.")


def _of_text(content: bytes, path: Path) -> Kind:
    head = _narrow(content[:_HEAD_BYTES])
    if _HTML.match(head):
        return Kind.HTML
    if head.lstrip().startswith(b"<?xml"):
        raise ReadError(f"{path.name}: an XML file that is no web page, which is not read. Save it as .docx or .pdf.")
    return Kind.MAIL if _is_mail(head) else Kind.TEXT


def _narrow(head: bytes) -> bytes:
    """The ASCII of UTF-16, and a byte order mark dropped, so that marks of the format can be looked for."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(codecs.BOM_UTF8)


def _is_mail(head: bytes) -> bool:
    """A block of header lines before the first blank line, two of them ones that every mail has."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if not _MAIL_HEADER.match(block):
        return False
    return len({name.lower() for name in _MAIL_HEADER.findall(block)} & _MAIL_HEADERS) >= 2
