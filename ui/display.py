"""Document text as HTML: escaped, with its paragraphs, emphasis and one highlighted span. Pure.

Documents are data. Emphasis asterisks, heading hashes and tables of bars, as OCR and converters leave them, are shown
as what they mean; everything else, links and HTML among it, shows as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape

from indexer.types import Document, Span

PARAGRAPH = re.compile(r"\S.*?(?=\n[ \t]*\n|\s*\Z)", re.DOTALL)
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1(?![\w*])", re.DOTALL)
NEWLINE = re.compile(r"\n")
LIST_ITEM = re.compile(r"\s*(?:[-+•–|*]|(?:\d+\.)*\d+[.)]|[a-zđ][.)]|[IVX]+\.|\([a-z\d]+\))(?:\s|$)")
HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
TABLE = re.compile(r"\|[^\n]*\|[ \t]*\n[ \t]*\|[ \t:|-]+\|[ \t]*(?:\n[ \t]*\|[^\n]*\|[ \t]*)*")
CELL = re.compile(r"\|[ \t]*([^|\n]*[^|\s])?[ \t]*(?=\|)")
# A line of running text in a scan; shorter lines are headings, signatures or recipients, whose breaks matter.
RUNNING_LINE_CHARS = 50


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike."""

    start: int
    end: int
    strong: bool = False
    emphasised: bool = False


def render_document(document: Document, highlight: Span | None, page_label: str) -> str:
    """The whole text as paragraphs, the highlight in <mark>. `page_label` holds {page}; headings become bold."""
    headings = {section.span.start for section in document.sections if section.heading}
    pages = list(enumerate(document.page_starts, document.first_page))[1:]
    html: list[str] = []
    for paragraph in paragraphs(document.text):
        while pages and pages[0][1] <= paragraph.start:
            label = escape(page_label.format(page=pages.pop(0)[0]))
            html.append(f'<div class="page-break"><span>{label}</span></div>')
        html.append(_anchors(document, paragraph) + _block(document, paragraph, headings, highlight))
    return "".join(html)


def render_quote(text: str, quote: Span) -> str:
    """The quote alone, read in the paragraphs that hold it, so that emphasis begun before it is understood."""
    inside = [paragraph for paragraph in paragraphs(text) if paragraph.overlaps(quote)]
    return "".join(
        f"<p>{_table_quote(text, paragraph, quote)}</p>"
        if TABLE.fullmatch(text, paragraph.start, paragraph.end)
        else f"<p>{_inline(text, paragraph, quote, None)}</p>"
        for paragraph in inside
    )


def paragraphs(text: str) -> Iterator[Span]:
    """The blocks between blank lines, without outer blanks."""
    for found in PARAGRAPH.finditer(text):
        yield Span(*found.span())


def section_anchor(number: int) -> str:
    """Where the text of a document can be jumped to: the beginning of its section of that position."""
    return f"muc-{number}"


def _anchors(document: Document, paragraph: Span) -> str:
    begun = (n for n, section in enumerate(document.sections) if paragraph.start <= section.span.start < paragraph.end)
    return "".join(f'<span class="anchor" id="{section_anchor(number)}"></span>' for number in begun)


def _block(document: Document, paragraph: Span, headings: Collection[int], highlight: Span | None) -> str:
    text = document.text
    if TABLE.fullmatch(text, paragraph.start, paragraph.end):
        return _table(text, paragraph, highlight)
    hashes = HASHES.match(text, paragraph.start, paragraph.end)
    if hashes and "\n" not in paragraph.of(text):
        return f'<p class="heading">{_inline(text, paragraph, Span(hashes.end(), paragraph.end), highlight)}</p>'
    kind = ' class="heading"' if _is_heading(document, paragraph, headings) else ""
    return f"<p{kind}>{_inline(text, paragraph, paragraph, highlight)}</p>"


def _table(text: str, paragraph: Span, highlight: Span | None) -> str:
    html = ""
    for number, row in enumerate(_rows(text, paragraph)):
        kind = "td" if number else "th"
        cells = (_inline(text, cell, cell, highlight) if cell else "" for cell in row)
        html += f"<tr>{''.join(f'<{kind}>{cell}</{kind}>' for cell in cells)}</tr>"
    return f'<div class="rows"><table>{html}</table></div>'


def _table_quote(text: str, paragraph: Span, quote: Span) -> str:
    """The quoted cells, a row a line."""
    rows = ([cell for cell in row if cell and cell.overlaps(quote)] for row in _rows(text, paragraph))
    return "<br>".join(" · ".join(_inline(text, cell, quote, None) for cell in row) for row in rows if row)


def _rows(text: str, paragraph: Span) -> Iterator[list[Span | None]]:
    """The cells of each row, None for an empty one; the second line is the rule under the heads and is left out."""
    position = paragraph.start
    for number, line in enumerate(paragraph.of(text).split("\n")):
        if number != 1:
            cells = CELL.finditer(text, position, position + len(line))
            yield [Span(*cell.span(1)) if cell[1] else None for cell in cells]
        position += len(line) + 1


def _is_heading(document: Document, paragraph: Span, starts: Collection[int]) -> bool:
    if paragraph.start not in starts:
        return False
    lengths = (
        len(section.label) + len(section.heading)
        for section in document.sections
        if section.span.start == paragraph.start
    )
    # The label's full stop, blanks and emphasis asterisks stand between label and heading.
    return paragraph.end - paragraph.start <= max(lengths) + 10


def _inline(text: str, paragraph: Span, window: Span, highlight: Span | None) -> str:
    """The part of a paragraph that lies in the window."""
    return "".join(
        _dress(text, piece, marked)
        for run in _runs(text, paragraph.start, paragraph.end)
        for piece, marked in _pieces(run, window, highlight)
    )


def _runs(text: str, start: int, end: int, strong: bool = False, emphasised: bool = False) -> Iterator[Run]:
    """The characters between emphasis asterisks; the asterisks themselves are left out."""
    position = start
    for found in EMPHASIS.finditer(text, start, end):
        stars = len(found[1])
        yield Run(position, found.start(), strong, emphasised)
        yield from _runs(text, found.start(2), found.end(2), strong or stars > 1, emphasised or stars != 2)
        position = found.end()
    yield Run(position, end, strong, emphasised)


def _pieces(run: Run, window: Span, highlight: Span | None) -> Iterator[tuple[Run, bool]]:
    """The run cut to the window and at the ends of the highlight; each piece with whether it is highlighted."""
    start, end = max(run.start, window.start), min(run.end, window.end)
    inner = (highlight.start, highlight.end) if highlight else (end, end)
    first, last = (min(max(edge, start), max(end, start)) for edge in inner)
    for left, right, marked in ((start, first, False), (first, last, True), (last, end, False)):
        if left < right:
            yield Run(left, right, run.strong, run.emphasised), marked


def _dress(text: str, run: Run, marked: bool) -> str:
    html = ""
    position = run.start
    for newline in NEWLINE.finditer(text, run.start, run.end):
        html += escape(text[position : newline.start()]) + _line_break(text, newline.start())
        position = newline.end()
    html += escape(text[position : run.end])
    if run.emphasised:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    return f"<mark>{html}</mark>" if marked else html


def _line_break(text: str, position: int) -> str:
    """A line that runs on is joined; a line of a list, a heading or a signature keeps its break."""
    before = text[text.rfind("\n", 0, position) + 1 : position].strip()
    end = text.find("\n", position + 1)
    after = text[position + 1 : end if end >= 0 else len(text)]
    if LIST_ITEM.match(after):
        return "<br>"
    runs_on = len(before) >= RUNNING_LINE_CHARS and before[-1] not in ".;:!?"
    return " " if after.lstrip()[:1].islower() or runs_on else "<br>"
