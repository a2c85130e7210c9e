"""Abbreviations that a document defines itself: "X (viết tắt là Y)", "X (sau đây gọi tắt là Y)", "X (Y)"."""

from __future__ import annotations

import re

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.understand.lines import plain

_NAMED = re.compile(
    r"\(\s?(?:sau đây,?\s)?(?:(?:gọi|viết)\s(?:tắt|chung)|gọi)\s(?:là|:)\s?:?\s?"
    r"[\"“]?(?P<short>[^)\"”\n]{2,60}?)[\"”]?\s?\)"
)
_INITIALS = re.compile(rf"\((?P<short>[{UPPER}]{{2,10}})\)")
_WORD = re.compile(rf"[{UPPER}{LOWER}]+")
_SENTENCE_END = re.compile(r"[.;:()\n]\s|\n")
_BEFORE_CHARS = 320
_NAME_WORDS = 14
_QUOTED = re.compile(r"[\"“]([^\"“”]{4,160})[\"”]\s*$")
# Where nothing fits better, the long form begins at the last of these words.
_BODY = re.compile(
    r"(?:Ban|Bộ|Quỹ|Liên đoàn|Tổng Liên đoàn|Ủy ban|Uỷ ban|Hội đồng|Công đoàn|Tỉnh ủy|Đảng ủy|Đoàn|Hội|Sở|Cục"
    r"|Trung tâm|Quy chế|Quy định|Chỉ thị|Nghị quyết|Kế hoạch|Kết luận|Quyết định|Chương trình|Hướng dẫn|Thông báo"
    r"|Nghị định|Thông tư|Luật|Dự án|Đề án)(?=\s)"
)


def abbreviations(text: str) -> tuple[tuple[str, str], ...]:
    """(short, long) pairs those said to be short forms first, each once; none where no long form is likely."""
    found: dict[str, str] = {}
    for match in _NAMED.finditer(text):
        short = plain(match["short"])
        found.setdefault(short, _long_form(_before(text, match.start()), short))
    for match in _INITIALS.finditer(text):
        found.setdefault(match["short"], _with_initials(_before(text, match.start()), match["short"]) or "")
    return tuple((short, long) for short, long in found.items() if short and long and short != long)


def _before(text: str, end: int) -> str:
    """The clause that stands before a bracket, on one line."""
    piece = text[max(0, end - _BEFORE_CHARS) : end]
    borders = [match.end() for match in _SENTENCE_END.finditer(piece.rstrip())]
    return plain(piece[borders[-1] if borders else 0 :])


def _long_form(before: str, short: str) -> str:
    """The words whose initials fit; else the name that begins like the short form; else what stands in quotes."""
    fitting = _with_initials(before, short) or _begun_by_initials(before, short)
    return fitting or _named_alike(before, short) or _quoted(before) or _last_name(before)


def _quoted(before: str) -> str:
    match = _QUOTED.search(before)
    return match[1] if match else ""


def _named_alike(before: str, short: str) -> str:
    """From the last place where the short form's first word stands: "Nghị quyết số 14-NQ/TU …" of "Nghị quyết 14"."""
    words = short.split()
    for count in (2, 1):
        start = before.rfind(" ".join(words[:count]))
        if start >= 0 and (words[0][0].isupper() or count == len(words[:2]) == 2):
            return before[start:].rstrip(" ,")
    return ""


def _last_name(before: str) -> str:
    names = [match.start() for match in _BODY.finditer(before)]
    long = before[names[-1] :].rstrip(" ,") if names else ""
    return long if len(long.split()) <= _NAME_WORDS else ""


def _with_initials(before: str, short: str) -> str | None:
    """The last words of `before` whose initials spell `short`, or all of it but a last word; None where they don't.

    A small word ("và", "của", "các") may have no letter of its own: "Ban Tuyên giáo và Dân vận Trung ương (BTGDVTW)".
    """
    words = list(_WORD.finditer(before))
    initials = _initials(short)
    at = len(words)
    for letter in reversed(initials):
        at -= 1
        while at >= 0 and fold(words[at][0])[0] != letter and words[at][0].lower() in _SMALL:
            at -= 1
        if at < 0 or fold(words[at][0])[0] != letter:
            return None
    return before[words[at].start() : words[-1].end()] if initials else None


def _begun_by_initials(before: str, short: str) -> str | None:
    """The name whose first words spell `short`: "Tổng Liên đoàn Lao động Việt Nam" of TLĐ."""
    words = list(_WORD.finditer(before))
    initials = _initials(short)
    letters = "".join(fold(word[0])[0] for word in words)
    at = letters.rfind(initials) if len(initials) > 1 else -1
    return before[words[at].start() :].rstrip(" ,") if at >= 0 and words[at][0][0].isupper() else None


def _initials(short: str) -> str:
    """Folded letters, W of TW (Trung ương) as u; "" for a short form that is no abbreviation by initials."""
    return fold(short).replace("w", "u") if short.isupper() and short.isalpha() else ""


_SMALL = frozenset({"và", "của", "các", "về"})
