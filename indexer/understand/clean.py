"""RawText -> RawText: the canonical text. Letters stay as the source has them; every change is counted and listed.

Repairs are about what can't be seen (composition, invisible characters, odd blanks) and about lines and sentences
that a page or column break has cut. Tone placement (hoà, hòa) is left to the analyzer, so quotes stay verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from indexer.edits import Edit, edited, moved
from indexer.layout import after_edits
from indexer.letters import LOWER, UPPER
from indexer.types import RawText

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_ODD_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_ODD_HYPHENS = re.compile("[\u2010-\u2012\ufe63\uff0d]")
# Bullets, a hyphen and a plus that only Symbol and Wingdings show.
_SYMBOL_SIGNS = {"\uf02d": "-", "\uf02b": "+", "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf076": "•"}
_ETH = re.compile("[Ðð]")
_TRAILING = re.compile(r"[ \t](?<![ \t]{2})[ \t]*(?=\n|\Z)")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_MARKER = (
    r"(?:[-+•*–—|>#]|\(?[a-zđ]{1,2}[).]\s|\(?[ivx]+\)|\d{1,3}(?:\.\d{1,3})*[.)]\s|[IVX]+[.\-]\s|Điều\s\d|Khoản\s\d"
    r"|(?:Chương|Mục|Phần|Phụ lục)\s(?:thứ|[IVX\d])|Căn cứ\s|Xét\s|Kính gửi|Nơi nhận|Ảnh:"
    r"|(?:T/M|K/T|T/L|TM|KT|TL|TUQ|Q)[.\s])"
)
_LETTER = r"[^\W\d_]"
_CUT_NUMBER = re.compile(r"\n(?<=\d-\n)\n*(?=[A-ZĐ]{2,8}[a-z]{0,3}/)")
# Each begins with the line end, to which the engine skips; what stands before is looked at from there.
_CUT_LINE = re.compile(rf"\n(?<=[^\s.;:!?|*/”\"…)]\n)(?!{_MARKER})(?=[“\"(]?[{LOWER}])")
_CUT_PARAGRAPH = re.compile(rf"\n(?<=[^\s.;:!?|*/”\"…)]\n)\n(?!{_MARKER})(?=[“\"(]?[{LOWER}])")
_WRAPPED = re.compile(rf"\n(?<=[^\s.;:!?|*/”\"…]\n)(?!{_MARKER})(?=(?:[{UPPER}]{_LETTER}*|\d[\d./,%]*)[\s,.;)])")
_PAGE_NUMBER = re.compile(rf"\n(?<=[^\s.;:!?|*/”\"…)]\n)\n?(?:[-–] ?)?\d{{1,3}}(?: ?[-–])?\n{{1,2}}(?=[{LOWER}])")
_PROSE_CHARS = 45
_RAGGED_CHARS = 16


def clean(raw: RawText) -> RawText:
    """The canonical text of a file, its page starts and words moved along, and the list of what was changed."""
    text, layout, changes = raw.text, raw.layout, list(raw.changes)
    starts = np.array(raw.page_starts, dtype=np.int64)
    for name, find in _STEPS:
        edits = find(text)
        if edits:
            text, starts, layout = edited(text, edits), moved(starts, edits), after_edits(layout, edits)
            changes.append(f"{name}: {len(edits)}")
    return replace(raw, text=text, page_starts=tuple(starts.tolist()), layout=layout, changes=tuple(changes))


def _substitute(pattern: re.Pattern[str], by: str) -> Callable[[str], list[Edit]]:
    return lambda text: [Edit(*match.span(), by) for match in pattern.finditer(text)]


def _compose(text: str) -> list[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return []
    return [
        Edit(*match.span(), composed)
        for match in re.finditer(r"\S+", text)
        if (composed := unicodedata.normalize("NFC", match[0])) != match[0]
    ]


def _eth(text: str) -> list[Edit]:
    return [Edit(m.start(), m.end(), "Đ" if m[0] == "Ð" else "đ") for m in _ETH.finditer(text)]


def _symbol_signs(text: str) -> list[Edit]:
    return [
        Edit(m.start(), m.end(), _SYMBOL_SIGNS[m[0]])
        for m in re.finditer("[\uf000-\uf0ff]", text)
        if m[0] in _SYMBOL_SIGNS
    ]


def _join(pattern: re.Pattern[str], by: str) -> Callable[[str], list[Edit]]:
    """Joins lines where the pattern says so and the line before is running prose, not a heading or a table row."""

    def find(text: str) -> list[Edit]:
        return [
            Edit(*match.span(), by) for match in pattern.finditer(text) if _is_prose(_line_before(text, match.start()))
        ]

    return find


def _wrapped(text: str) -> list[Edit]:
    """Lines that go on with a capital or a figure: only where the line before was full, unlike a heading."""
    edits = _join(_WRAPPED, " ")(text)
    return [edit for edit in edits if _next_length(text, edit.end) <= _full_length(text, edit.start)]


def _next_length(text: str, start: int) -> int:
    end = text.find("\n", start)
    return (end if end >= 0 else len(text)) - start


def _full_length(text: str, end: int) -> int:
    return len(_line_before(text, end)) + _RAGGED_CHARS


def _line_before(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end]


def _is_prose(line: str) -> bool:
    if len(line) < _PROSE_CHARS or line.isupper():
        return False
    return not any(column in line for column in ("|", "\t", "   ")) and not line.startswith("#")


_STEPS: tuple[tuple[str, Callable[[str], list[Edit]]], ...] = (
    ("line ends", _substitute(_LINE_ENDS, "\n")),
    ("letters composed (NFC)", _compose),
    ("invisible characters removed", _substitute(_INVISIBLE, "")),
    ("odd blanks made plain", _substitute(_ODD_BLANKS, " ")),
    ("odd hyphens made plain", _substitute(_ODD_HYPHENS, "-")),
    ("signs of symbol fonts made plain", _symbol_signs),
    ("Ð made Đ", _eth),
    ("blanks at line ends removed", _substitute(_TRAILING, "")),
    ("runs of blank lines shortened", _substitute(_MANY_BLANK_LINES, "\n\n")),
    ("numbers cut by a line end joined", _substitute(_CUT_NUMBER, "")),
    ("wrapped lines joined", _wrapped),
    ("broken lines joined", _join(_CUT_LINE, " ")),
    ("page numbers within a sentence dropped", _join(_PAGE_NUMBER, " ")),
    ("sentences cut by a page or column joined", _join(_CUT_PARAGRAPH, " ")),
)
