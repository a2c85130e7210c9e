"""Answers to when and where a meeting or event is held: the line "Thời gian:" or "Địa điểm:" of its document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analyze import fold
from indexer.types import Document, Span
from search.extract import context_of
from search.findings import Finding, Material
from search.match import Wanted
from search.types import Query, QuestionKind

_LINE = (
    r"^[ \t]*(?:[-+*•]|\d{{1,2}}[.)]|[a-zđ][.)])?[ \t*_]*{label}(?: tổ chức| họp| diễn ra)?:[*_ \t]*"
    r"(?P<said>\S[^\n]*?)[ \t.;*_]*$"
)
_LINES = {
    QuestionKind.WHEN: re.compile(_LINE.format(label="Thời gian"), re.MULTILINE),
    QuestionKind.WHERE: re.compile(_LINE.format(label="Địa điểm"), re.MULTILINE),
}
_HELD = re.compile(r"\b(?:hop|dien ra|to chuc|khai mac|be mac|hoi nghi|hoi thao|hoi thi|dai hoi|le|tap huan|toa dam)\b")
_TERM = re.compile(r"\b(?:truoc ngay|han|thoi han|cham nhat|gui|nop|bao cao|hoan thanh|ban hanh|ky)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What says that something is held, which the document's subject needn't repeat.
_SAYING_HELD = frozenset(
    "cuộc buổi diễn ra tổ chức họp thời gian địa điểm cuoc buoi dien to chuc hop thoi dia diem".split()
)
_MOST_CHARS = 240


def occasion_findings(query: Query, material: Material, wanted: Wanted) -> Iterator[Finding]:
    """For each document whose subject is the event asked about, the one line that says when or where it is held."""
    asked, line = fold(query.text), _LINES.get(query.kind)
    if line is None or not _HELD.search(asked) or _TERM.search(asked):
        return
    for document in material.documents:
        lines = list(line.finditer(document.text))
        if len(lines) == 1 and len(lines[0]["said"]) <= _MOST_CHARS and _of_the_year(document, lines[0], asked):
            yield _finding(document, lines[0], material, wanted)


def _of_the_year(document: Document, line: re.Match[str], asked: str) -> bool:
    """Whether every year of the question is that of the document or of the line: events come again each year."""
    return set(_YEAR.findall(asked)) <= set(_YEAR.findall(f"{context_of(document)} {line[0]}"))


def _finding(document: Document, line: re.Match[str], material: Material, wanted: Wanted) -> Finding:
    about = wanted.words(context_of(document)).all | wanted.words(line[0]).all | _SAYING_HELD
    given = material.given if document.id in material.named_ids else frozenset()
    label = line[0].lstrip(" \t-+*•")
    start = line.start() + len(line[0]) - len(label)
    return Finding(line["said"], document, (Span(start, line.end("said")),), wanted.coverage(((about, 1.0),), given))
