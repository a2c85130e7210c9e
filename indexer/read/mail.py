"""Mails (.eml, .mht): who wrote what to whom, the body, then each attachment by the reader of its own format.

An attachment that can't be read is named in a warning; the mail is read without it.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from pathlib import Path, PurePosixPath, PureWindowsPath

from indexer.errors import ReadError
from indexer.read import read_content
from indexer.read.html import read_html
from indexer.read.parts import joined
from indexer.read.sniff import Kind, sniff
from indexer.read.text import not_empty, read_text
from indexer.types import RawText

MAX_DEPTH = 5
"""Mails within mails, as forwarding makes them."""
MAX_ATTACHMENTS = 200
_DECORATION_BYTES = 50_000
"""A photograph or scan of a page has more."""
_HEADERS = (("From", "Từ"), ("To", "Gửi"), ("Cc", "Đồng gửi"), ("Date", "Ngày gửi"), ("Subject", "Chủ đề"))
_ATTACHED = "Tệp đính kèm"
_LEFT_TO_THE_READER = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252", "unknown-8bit"})
"""Programs name the last ones whatever the text is in."""


def read_mail(content: bytes, path: Path, depth: int = 0) -> RawText:
    """Raises ReadError where nothing of the mail can be read."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise ReadError(f"{path.name}: this is a mail of a kind that is not read. Save it as .docx or .pdf.")
    leaves = list(_leaves(message))
    body = message.get_body(("plain", "html"))
    head = [_head(message), *([_body(body, path)] if body is not None else [])]
    pieces = [joined(head, "eml")]
    attached = [leaf for leaf in leaves if leaf is not body and _is_attachment(leaf)]
    pieces += [_attachment(leaf, place, depth) for place, leaf in enumerate(attached[:MAX_ATTACHMENTS], 1)]
    return not_empty(joined(pieces, "eml"), path)


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold something, mails within the mail as one."""
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            yield from _leaves(part)
    else:
        yield message


def _is_attachment(leaf: MIMEPart) -> bool:
    """Small pictures that a body shows (a letterhead, a signature) and the second wording of a body are not."""
    if leaf.get("Content-ID") is not None and leaf.get_content_maintype() == "image":
        return len(_content(leaf)) > _DECORATION_BYTES
    return leaf.get_content_type() == "message/rfc822" or leaf.is_attachment() or leaf.get_filename() is not None


def _head(message: MIMEPart) -> RawText:
    lines = (f"{said}: {written}" for name, said in _HEADERS if (written := _header(message, name)))
    return RawText("\n".join(lines), "eml")


def _header(message: MIMEPart, name: str) -> str:
    """A header on one line; "" where it is missing or beyond repair."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError):
        return ""


def _body(leaf: MIMEPart, path: Path) -> RawText:
    read = read_html if leaf.get_content_subtype() == "html" else read_text
    try:
        return read(_content(leaf), path)
    except ReadError as error:
        return RawText("", "eml", warnings=() if "is empty" in str(error) else (f"body not read: {error}",))


def _attachment(leaf: MIMEPart, place: int, depth: int) -> RawText:
    """Its name and its text, or a warning that says why there is none."""
    path = Path(_name(leaf, place))
    try:
        raw = _read(_content(leaf), path, depth)
    except ReadError as error:
        return RawText("", "eml", warnings=(f"attachment not read: {error}",))
    title = f"{_ATTACHED}: {path.name}\n\n"
    starts = tuple(start + len(title) if start else 0 for start in raw.page_starts)
    noted = (f"{path.name}: {warning}" for warning in raw.warnings)
    return replace(raw, text=title + raw.text, page_starts=starts, warnings=tuple(noted))


def _read(content: bytes, path: Path, depth: int) -> RawText:
    if sniff(content, path) is not Kind.MAIL:
        return read_content(content, path)
    if depth >= MAX_DEPTH:
        raise ReadError(f"{path.name}: more than the {MAX_DEPTH} mails within mails that are read. Save it by itself.")
    return read_mail(content, path, depth + 1)


def _name(leaf: MIMEPart, place: int) -> str:
    """The name without folders, as the sender's system wrote it."""
    try:
        written = leaf.get_filename() or ""
    except (email.errors.MessageError, ValueError, LookupError, TypeError):
        written = ""
    name = PurePosixPath(PureWindowsPath(written).name).name
    return unicodedata.normalize("NFC", name) or f"{place}{'.eml' if leaf.is_multipart() else ''}"


def _content(leaf: MIMEPart) -> bytes:
    """The content; text in UTF-8 where the mail says what it is in and is right."""
    if leaf.get_content_type() == "message/rfc822":
        return b"".join(part.as_bytes() for part in leaf.iter_parts())
    content = leaf.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    charset = leaf.get_content_charset() if leaf.get_content_maintype() == "text" else None
    if charset is None or charset in _LEFT_TO_THE_READER:
        return content
    try:
        return content.decode(charset).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return content
