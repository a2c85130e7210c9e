"""Answers that are more than a sentence: the items of a list, and the section that is asked for. Pure."""

from __future__ import annotations

import re

from indexer.types import Document, Section, Span
from search.extract import Sentence
from search.findings import Finding

_ITEM = re.compile(r"^[ \t]*\*{0,2}(?:[-+•–]|\(?[a-zđ0-9]{1,2}[).]|\d{1,2}\.\d{1,2}\.?)[ \t]+\S", re.MULTILINE)
_MAX_ITEMS = 40
_MAX_SECTION_CHARS = 1800
_HEADING_SHARE = 0.6


def list_finding(sentence: Sentence) -> Finding | None:
    """The items that follow a sentence ending with a colon, or the siblings of an item under the heading asked for."""
    document = sentence.document
    section = _innermost(document, sentence.span.start)
    end = section.span.end if section else len(document.text)
    if sentence.text.rstrip(" *").endswith(":"):
        listed = items(document.text, sentence.span.end, end)
    elif section and sentence.evidence.heading >= _HEADING_SHARE:
        listed = items(document.text, section.span.start + 1, end)
    else:
        return None
    if len(listed) < 2 or listed[-1].end - listed[0].start > 2 * _MAX_SECTION_CHARS:
        return None
    entries = tuple(item.of(document.text) for item in listed)
    return Finding("", document, (Span(listed[0].start, listed[-1].end),), sentence.evidence.support, entries=entries)


def section_finding(sentence: Sentence) -> Finding | None:
    """What stands under a heading that carries most of the question, where its sentences carry little of it."""
    document = sentence.document
    section = _innermost(document, sentence.span.start)
    if section is None or not section.heading or sentence.evidence.heading < _HEADING_SHARE:
        return None
    body = _after_heading(document.text, section)
    if body is None or body.end - body.start > _MAX_SECTION_CHARS:
        return None
    return Finding("", document, (body,), sentence.evidence.support)


def _innermost(document: Document, position: int) -> Section | None:
    around = [section for section in document.sections if section.span.start <= position < section.span.end]
    return around[-1] if around else None


def _after_heading(text: str, section: Section) -> Span | None:
    first_line = text.find("\n", section.span.start, section.span.end)
    if first_line < 0:
        return None
    body = text[first_line : section.span.end]
    if not body.strip():
        return None
    start = first_line + len(body) - len(body.lstrip())
    return Span(start, start + len(body.strip()))


def items(text: str, start: int, end: int) -> list[Span]:
    """The list items from `start` on, up to the first paragraph that is none."""
    found: list[Span] = []
    for block in re.finditer(
        r"[^\n]+(?:\n(?![ \t]*\n)(?![ \t]*[-+•–*|]\s|[ \t]*\(?\w{1,2}[).]\s)[^\n]+)*", text[start:end]
    ):
        if not _ITEM.match(block[0]):
            if found:
                break
            continue
        lead = len(block[0]) - len(block[0].lstrip())
        found.append(Span(start + block.start() + lead, start + block.start() + len(block[0].rstrip())))
    return found[:_MAX_ITEMS]
