"""Blocks, sentences and clauses of administrative prose, as spans; rows of tables as spans of their cells.

A block is what stands between blank lines or between the marks of list items. Nothing here crosses a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.types import Section, Span

LABEL = (
    r"(?:[-+•–](?:[ \t]+[-+•])?|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}"
    r"|[a-zđA-HĐ]\)|\([a-zđ0-9]{1,2}\)|\([ivx]{2,4}\)|[IVX]{1,5}\.|(?:Điều|Khoản|Mục)\s\d{1,3}[.:])"
)
# Patterns begin with a letter or mark wherever they can, so that the engine skips to it instead of trying every place.
_BREAK = re.compile(rf"\n(?:[ \t]*\n\s*|(?=[ \t]*\**{LABEL}\**[ \t])|(?=[ \t]*\|)|(?=\*[ \t])|(?<=\|\n))")
_LEADING = re.compile(rf"\s*(?P<label>{LABEL})?(?(label)(?:\s+|$)|)")
_RUN_IN = re.compile(r"(?P<head>[A-ZĐÀ-Ỹ](?:(?![:.;,()])\S){1,12}(?:[ \t](?:(?![:.;,()])\S){1,12}){0,5})[ \t]{0,3}:\s*")
_END = re.compile(r"[.!?…](?:(?<=\.)(?:/\.|\.+))?[\"”’)\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:(?<![\w/])(?:TM|KT|TL|TUQ|Q|TP|Tp|TX|TT|PGS|GS|TS|ThS|Ths|BS|KS|CN|Tr|tr|St|P|Đ/c|đ/c|Đc|ĐT|Fax|[A-ZĐ])"
    r"|(?:Điều|Khoản|Mục|Chương|Phần|điểm|khoản)\s[\dIVX]{1,5})\.$"
)
_LAST_WORD = re.compile(r"[\w/]+\.$")
_BRACKET_OR_SEMICOLON = re.compile(r"[();]")
_QUOTED = re.compile(r'“[^“”]{0,600}”|"[^"\n]{0,600}"')
_SINGLE_BREAK = re.compile(r"\n(?<!\n\n)(?![ \t]*\n)")
_LONG_GAP = re.compile(r"\s{40,}")
_TONES = re.compile(r"[oOuU](?<![qQ].)(?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ])(?!\w)")
_VOWELS = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ", "o": "òóỏõọ", "u": "ùúủũụ"}


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or list item. `head` is its run-in head without the colon ("Thời gian"), else "".

    `span` covers the content after label and head; `whole` begins at the label.
    """

    label: str
    head: str
    span: Span
    whole: Span


def shadow(text: str) -> str:
    """A copy of the same length to parse on: no emphasis marks, no single line breaks, one way to place tones. A long
    run of blanks becomes a mark that no pattern crosses, so that none can be made to search it again and again.

    >>> shadow("*Uỷ* ban\\nhoà giải")
    ' Ủy  ban hòa giải'
    """
    plain = text.replace("*", " ").replace("\u00a0", " ").replace("Ð", "Đ")
    plain = _SINGLE_BREAK.sub(" ", plain) if "\n" in plain else plain
    plain = _LONG_GAP.sub(lambda gap: "\x01" * len(gap[0]), plain)
    return _TONES.sub(lambda match: _moved(match[0]), plain)


def blocks(text: str, within: Span) -> Iterator[Block]:
    """The non-empty blocks of a stretch in reading order."""
    for start, end in stretches(text, within):
        if (found := block(text, start, end)) is not None:
            yield found


def stretches(text: str, within: Span) -> Iterator[tuple[int, int]]:
    """What stands between the breaks of a stretch, empty pieces too."""
    start = within.start
    for match in _BREAK.finditer(text, within.start, within.end):
        yield start, match.start()
        start = match.end()
    yield start, within.end


def sentences(text: str, within: Span) -> list[Span]:
    """Sentences without the marks of their list items; a dot in a number, an abbreviation or a quotation ends none."""
    return [sentence for block in blocks(text, within) for sentence in sentences_of(text, block)]


def sentences_of(text: str, block: Block) -> list[Span]:
    """The sentences of one block, its run-in head with the first."""
    begin = block.whole.start + len(_label(text, block.whole)) if block.label else block.whole.start
    return _split(text, begin, block.whole.end, _sentence_ends(text[begin : block.whole.end]))


def clauses(text: str, within: Span) -> list[Span]:
    """The parts of each sentence between semicolons outside brackets and quotations, without the semicolon."""
    return [clause for sentence in sentences(text, within) for clause in clauses_of(text, sentence)]


def clauses_of(text: str, sentence: Span) -> list[Span]:
    """The clauses of one sentence."""
    parts = _split(text, sentence.start, sentence.end, _semicolons(sentence.of(text)))
    return [span for span in (trimmed(text, part.start, part.end, " \t\n;*") for part in parts) if span]


def table_rows(text: str, within: Span) -> Iterator[list[Span | None]]:
    """Rows of Markdown tables and of lines with tabs: the spans of the cells, None for an empty cell.

    The line under a Markdown header (| --- | --- |) is no row; a line with one cell is no row.
    """
    position = within.start
    for line in text[within.start : within.end].splitlines(keepends=True):
        separator = "|" if line.lstrip().startswith("|") else "\t"
        cells = _cells(text, position, line.rstrip("\n"), separator)
        if len(cells) > 1 and not re.fullmatch(r"[\s|:-]+", line):
            yield cells
        position += len(line)


def named_columns(
    text: str, within: Span, columns: Sequence[tuple[str, re.Pattern[str]]], header_chars: int = 60
) -> Iterator[dict[str, Span]]:
    """The rows of tables under a header that names at least two of the columns, as spans by the column's name.

    A header cell gets the first name whose pattern it holds; a name goes to its first cell. Empty cells are left out.
    Rows of another width behind other text are another table's.
    """
    places: dict[str, int] = {}
    width, end = 0, within.start
    for cells in table_rows(text, within):
        spans = [cell for cell in cells if cell]
        if spans and len(cells) != width and text[end : spans[0].start].strip(" \t\r\n|:-"):
            places = {}
        width, end = len(cells), spans[-1].end if spans else end
        names: dict[str, int] = {}
        for place, cell in enumerate(cells):
            written = plain(text, cell) if cell else ""
            name = next((name for name, pattern in columns if pattern.search(written)), "")
            if name and len(written) < header_chars:
                names.setdefault(name, place)
        if len(names) > 1 and not any(character.isdigit() for cell in cells if cell for character in cell.of(text)):
            places = names
        elif places:
            found = {name: cells[place] for name, place in places.items() if place < len(cells)}
            yield {name: cell for name, cell in found.items() if cell}


def own_part(sections: Sequence[Section], place: int) -> Span | None:
    """The part of a section before its first subsection, None where the section begins with one."""
    section = sections[place]
    end = min((inner.span.start for inner in sections if inner.parent == place), default=section.span.end)
    return Span(section.span.start, end) if end > section.span.start else None


def headings(sections: Sequence[Section], place: int) -> list[str]:
    """The headings from the outermost section to this one, "" where one has none."""
    path: list[str] = []
    at: int | None = place
    while at is not None:
        path.append(sections[at].heading)
        at = sections[at].parent
    return path[::-1]


def trimmed(text: str, start: int, end: int, marks: str = " \t\n\r\u00a0*") -> Span | None:
    """The span without outer marks, None where nothing is left."""
    piece = text[start:end]
    kept = piece.lstrip(marks)
    start += len(piece) - len(kept)
    end = start + len(kept.rstrip(marks))
    return Span(start, end) if start < end else None


def plain(text: str, span: Span) -> str:
    """The words of a span: emphasis marks dropped, white space collapsed."""
    return " ".join(text[span.start : span.end].replace("*", " ").split())


def _moved(syllable: str) -> str:
    """ "oà" -> "òa": the mark goes from the second vowel to the first."""
    first, second = syllable[0], syllable[1]
    for bare, marked in _VOWELS.items():
        place = marked.find(second.lower())
        if place >= 0:
            vowel = _VOWELS[first.lower()][place]
            return (vowel.upper() if first.isupper() else vowel) + (bare.upper() if second.isupper() else bare)
    return syllable


def _label(text: str, whole: Span) -> str:
    match = _LEADING.match(text, whole.start, whole.end)
    return match[0] if match and match["label"] else ""


def block(text: str, start: int, end: int) -> Block | None:
    """The block that stands in a stretch without breaks, None where it has no words."""
    whole = trimmed(text, start, end, " \t\n\r\u00a0")
    if whole is None:
        return None
    label = _label(text, whole)
    content = trimmed(text, whole.start + len(label), whole.end)
    if content is None:
        return None
    run_in = _RUN_IN.match(text[content.start : min(whole.end, content.start + 90)].replace("*", " "))
    after = trimmed(text, content.start + run_in.end(), whole.end) if run_in else None
    head = " ".join(run_in["head"].split()) if run_in and after else ""
    return Block(label.strip(), head, after if head and after else content, whole)


def _sentence_ends(content: str) -> list[int]:
    quoted = _quotations(content)
    ends: list[int] = []
    at = 0
    for match in _END.finditer(content):
        while at < len(quoted) and quoted[at][1] < match.end():
            at += 1
        inside = at < len(quoted) and quoted[at][0] < match.start() < quoted[at][1] - 1
        if not inside and _is_end(content, match):
            ends.append(match.end())
    return ends


def _quotations(content: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(content)] if '"' in content or "“" in content else []


def _is_end(content: str, match: re.Match[str]) -> bool:
    following = content[match.end() : match.end() + 40].lstrip(" \t\n*“\"'(-+")[:1]
    if following and not (following.isupper() or following.isdigit()):
        return False
    return match[0] != "." or not _abbreviates(content, match.end())


def _abbreviates(content: str, end: int) -> bool:
    """Whether the dot before `end` belongs to an abbreviation or to the label of a section."""
    written = content[max(end - 12, 0) : end]
    word = _LAST_WORD.search(written)
    return bool(word and len(word[0]) < 7 and _ABBREVIATION.search(written))


def _semicolons(sentence: str) -> list[int]:
    if ";" not in sentence:
        return []
    quoted = {index for span in _quotations(sentence) for index in range(*span)}
    depth, places = 0, []
    for match in _BRACKET_OR_SEMICOLON.finditer(sentence):
        mark = match[0]
        depth = max(depth + (mark == "(") - (mark == ")"), 0)
        if mark == ";" and depth == 0 and match.start() not in quoted:
            places.append(match.end())
    return places


def _split(text: str, start: int, end: int, places: list[int]) -> list[Span]:
    if not places:
        whole = trimmed(text, start, end)
        return [whole] if whole else []
    edges = [start, *(start + place for place in places), end]
    spans = (trimmed(text, left, right) for left, right in pairwise(edges))
    return [span for span in spans if span]


def _cells(text: str, position: int, line: str, separator: str) -> list[Span | None]:
    if separator not in line:
        return []
    body = line.strip().strip("|") if separator == "|" else line
    offset = position + line.index(body) if body else position
    cells: list[Span | None] = []
    for cell in body.split(separator):
        cells.append(trimmed(text, offset, offset + len(cell)))
        offset += len(cell) + 1
    return cells
