"""Signs taken for others, put right in the numbers, dates and headings of recognised pages.

Only where the form of an administrative document leaves one reading: the serial and the codes of a document number
("Số: l2/KH-LĐIĐ"), "ngày … tháng … năm …" and dd/mm/yyyy, the Roman figures of headings in capitals, which count on
from one to the next. Each correction is listed with what stood there before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from indexer.edits import Edit, edited, moved
from indexer.layout import after_edits
from indexer.letters import LOWER, UPPER
from indexer.lexicon import ABBREVIATIONS, ISSUER_CODES, KIND_CODES
from indexer.read.compose import Composed

_AS_FIGURE = str.maketrans({**dict.fromkeys("lI|i!", "1"), **dict.fromkeys("OoQD", "0"), "S": "5", "B": "8", "Z": "2"})
_FIGURE = r"[\dlI|i!OoQSBZ]"
_LABEL = re.compile(
    rf"^[Ss5](?:[oòóỏõọôồốổỗộơờớởỡợ0OÔỐ6]{{1,2}})(?P<mark>\s?[:;.,]|)(?=\s?{_FIGURE}{{1,5}}\s?[-/])", re.MULTILINE
)
_NUMBER = re.compile(
    rf"(?<![\w./-])(?P<serial>{_FIGURE}{{1,5}})(?P<gap>\s?)(?P<year>/[12l][09Oo]{_FIGURE}{{2}})?"
    r"(?P<codes>(?:\s?[-–/]\s?[A-ZĐÐƯÔIl10][A-ZĐÐƯÔIl10a-z]{0,9}){1,3})(?![\w])"
)
_CODE = re.compile(r"[A-ZĐÐƯÔIl10][A-ZĐÐƯÔIl10a-z]*")
_IN_WORDS = re.compile(
    rf"(?P<before>\b[nN]gày\s+)(?P<day>{_FIGURE}{{1,2}})(?P<a>\s+tháng\s+)(?P<month>{_FIGURE}{{1,2}})"
    rf"(?P<b>\s+năm\s+)(?P<year>{_FIGURE}{{4}})(?!\w)"
)
_IN_FIGURES = re.compile(
    rf"(?<![\w/.-])(?P<day>{_FIGURE}{{1,2}})(?P<a>/)(?P<month>{_FIGURE}{{1,2}})(?P<b>/)(?P<year>{_FIGURE}{{4}})(?![\w/])"
)
_KNOWN = frozenset({*KIND_CODES, *ISSUER_CODES, *(short for short in ABBREVIATIONS if short.isupper())})
# Not D and Đ: documents do write one for the other, and the search holds them equal.
_ALIKE = ("IL1l", "O0ÔQ", "S5", "B8", "Z2", "T7", "CG")


_HEADING = re.compile(
    rf"^(?P<figure>[IVXLHỊl1|]{{1,6}})(?P<dot>\s?[.,:]|)(?=\s+[{UPPER}]{{2}}[^{LOWER}\n]*$)", re.MULTILINE
)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_AS_ROMAN = str.maketrans({**dict.fromkeys("lL1|Ị", "I"), "H": "II"})


def correct(composed: Composed, pages: Collection[int]) -> tuple[Composed, list[str]]:
    """The text with the numbers and dates of some pages (counted from 1) put right, and what was changed."""
    edits = [edit for edit in _edits(composed.text) if _page(composed, edit.start) in pages]
    if not edits:
        return composed, []
    starts = moved(np.array(composed.page_starts, dtype=np.int64), edits)
    changed = replace(
        composed,
        text=edited(composed.text, edits),
        page_starts=tuple(starts.tolist()),
        layout=after_edits(composed.layout, edits),
    )
    return changed, [f"read again: “{composed.text[edit.start : edit.end]}” as “{edit.by}”" for edit in edits]


def _page(composed: Composed, position: int) -> int:
    return sum(start <= position for start in composed.page_starts)


def _edits(text: str) -> list[Edit]:
    """In order and apart from each other."""
    found: list[Edit] = []
    for edit in sorted(_proposed(text), key=lambda edit: (edit.start, -edit.end)):
        if text[edit.start : edit.end] != edit.by and (not found or edit.start >= found[-1].end):
            found.append(edit)
    return found


def _proposed(text: str) -> Iterator[Edit]:
    for match in _LABEL.finditer(text):
        yield Edit(*match.span(), "Số" + re.sub("[;,]", ":", match["mark"]))
    for pattern in (_IN_WORDS, _IN_FIGURES):
        for match in pattern.finditer(text):
            yield from _date(match)
    for match in _NUMBER.finditer(text):
        yield from _document_number(match)
    yield from _headings(text)


def _headings(text: str) -> Iterator[Edit]:
    """Roman figures that stand for the next of their row: a look-alike, a stroke too few, or without the full stop."""
    last = 0
    for match in _HEADING.finditer(text):
        figure, expected = match["figure"].translate(_AS_ROMAN), _ROMAN[min(last + 1, len(_ROMAN) - 1)]
        if figure == "I" and expected != "II":
            expected = "I"
        if figure == expected or (figure + "I" == expected and figure == _ROMAN[last]):
            yield Edit(*match.span(), f"{expected}.")
            last = _ROMAN.index(expected)
        else:
            last = _ROMAN.index(figure) if figure in _ROMAN else 0


def _date(match: re.Match[str]) -> Iterator[Edit]:
    """The parts of a date that are figures but for look-alikes; nothing where they make no date."""
    parts = {part: match[part].translate(_AS_FIGURE) for part in ("day", "month", "year")}
    if not sum(map(str.isdigit, match[0])):
        return
    try:
        date(*(int(parts[part]) for part in ("year", "month", "day")))
    except ValueError:
        return
    yield from (Edit(*match.span(part), figures) for part, figures in parts.items())


def _document_number(match: re.Match[str]) -> Iterator[Edit]:
    """Serial and codes of a number of which one code at least is known, as it stands or put right."""
    at = match.start("codes")
    codes = [(found.start() + at, found[0]) for found in _CODE.finditer(match["codes"])]
    right = [(start, code, _code(code)) for start, code in codes]
    if not any(code in _KNOWN for *_, code in right) or not any(map(str.isdigit, match["serial"] + match["codes"])):
        return
    yield Edit(*match.span("serial"), match["serial"].translate(_AS_FIGURE))
    if match["year"]:
        yield Edit(*match.span("year"), match["year"].translate(_AS_FIGURE))
    yield from (Edit(start, start + len(code), put_right) for start, code, put_right in right)


def _code(written: str) -> str:
    """The one known code that differs by look-alikes, or by a letter seen twice; else the code as it stands."""
    if written in _KNOWN:
        return written
    found = {known for known in _KNOWN if _looks_like(written, known)}
    return found.pop() if len(found) == 1 else written


def _looks_like(written: str, known: str) -> bool:
    if len(written) == len(known):
        pairs = zip(written, known, strict=True)
        return all(a == b or any(a in alike and b in alike for alike in _ALIKE) for a, b in pairs)
    doubled = (written[:at] + written[at + 1 :] for at in range(1, len(written)) if written[at] == written[at - 1])
    return len(written) == len(known) + 1 and known in doubled
