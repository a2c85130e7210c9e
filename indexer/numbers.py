"""Document numbers (số, ký hiệu): found in running text however they are written, and brought to one form.

Party: 284-KH/BKTTW, 5304-CV/TU. State and unions: 410/KH-LĐLĐ, 1234/TLĐ-ToC, 30/2020/NĐ-CP, 59/2020/QH14.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from indexer.analyze import is_syllable
from indexer.lexicon import ABBREVIATIONS, ISSUER_CODES, KIND_CODES
from indexer.types import Span

_GAP = r"[ \t\u00a0]{0,2}"
# Every repetition is bounded, so that no line, however long, costs more than its length.
_CODE = r"(?:[A-ZĐƯ]{2,16}(?:[a-zđ]{1,3}[A-ZĐƯ]{0,8})?|[A-ZĐ][a-zđ]{1,2}[A-ZĐ]{1,8}[a-zđ]?)(?:\d{1,2})?"
_NUMBER = re.compile(
    rf"(?<![\w./-])(?P<serial>0{{0,3}}\d{{1,5}}[a-zA-Z]?){_GAP}"
    rf"(?:/{_GAP}(?P<year>(?:19|20)\d\d){_GAP})?"
    rf"(?P<first>[-–‑/]){_GAP}(?P<code>{_CODE})"
    rf"(?P<rest>(?:{_GAP}[-–‑/&.]{_GAP}{_CODE})*)(?![\wĐđ])"
)
_TYPED = re.compile(
    r"(?<![\w./-])(?P<serial>0{0,3}\d{1,5})(?:\s*/\s*(?P<year>(?:19|20)\d\d))?(?P<first>\s*[-–/]\s*|\s+|)"
    r"(?P<kind>[a-zđ]{2,4})(?P<second>\s*[-–/]\s*|\s+)(?P<body>[a-zđ]{2,12})(?![\w-])",
    re.IGNORECASE,
)
_KNOWN_KINDS = frozenset(code.upper().replace("Đ", "D") for code in KIND_CODES)


_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣⁃"), "-"),
    **dict.fromkeys(map(ord, "⁄∕"), "/"),
    **dict.fromkeys(map(ord, "ÐƉ"), "Đ"),
    **dict.fromkeys(map(ord, "ðɖ"), "đ"),
}


def plain(text: str) -> str:
    """NFC with one hyphen, one slash, one Đ and no full-width letters; positions of NFC text stay.

    >>> plain("２８４－KH／BKTTW, 5304 – CV")
    '284-KH/BKTTW, 5304 - CV'
    """
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def canonical(written: str) -> str:
    """One spelling: no blanks, plain hyphens, NFC.

    >>> canonical("5304 - CV/TU"), canonical("Số: 410 /KH-LĐLĐ")
    ('5304-CV/TU', '410/KH-LĐLĐ')
    """
    text = plain(written)
    return re.sub(r"\s+", "", re.sub(r"^\W*[Ss]ố\s*:?", "", text))


def key(written: str) -> str:
    """What two spellings of one number share: Đ and D alike, separators alike, the serial without leading zeros.

    >>> key("05/2024/NĐ-CP") == key("5 - 2024/ND-CP")
    True
    """
    folded = canonical(written).upper().replace("Đ", "D").replace("Ư", "U")
    return re.sub(r"^0+(?=\d)", "", re.sub(r"[-/&.]+", "-", folded))


def squeezed(written: str) -> str:
    """The letters and figures of a number alone: what is left when its separators are misread.

    >>> squeezed("0123/HĐ-ANN"), squeezed("123/HDANN")
    ('123HDANN', '123HDANN')
    """
    return key(written).replace("-", "")


def from_key(number_key: str) -> str:
    """A number in one of the spellings that documents use, of its key.

    >>> from_key("284-KH-BKTTW"), from_key("5-2024-ND-CP"), from_key("7-KHTU")
    ('284-KH/BKTTW', '5/2024/ND-CP', '7/KHTU')
    """
    serial, *rest = number_key.split("-")
    if rest and re.fullmatch(r"(?:19|20)\d\d", rest[0]):
        return "/".join([serial, rest[0], "-".join(rest[1:])])
    return "/".join(filter(None, ("-".join([serial, *rest[:-1]]), *rest[-1:])))


_KNOWN_BODIES = frozenset(map(key, (*ABBREVIATIONS, *ISSUER_CODES)))


def find_numbers(text: str) -> Iterator[tuple[Span, str]]:
    """Every full number in reading order: where it stands and its canonical form."""
    for match in _NUMBER.finditer(text) if "/" in text else ():
        if match["year"] or "/" in match[0]:
            yield Span(*match.span()), canonical(match[0])


def find_typed_numbers(text: str) -> Iterator[tuple[Span, str]]:
    """Numbers as people type them in a hurry, in any case and with blanks for separators: "31 ct/tw", "410 kh-ldld".

    Only for questions: in running text the pattern is too loose.
    """
    for match in _TYPED.finditer(text):
        separators = sum(bool(match[gap].strip()) for gap in ("first", "second"))
        known = match["kind"].upper().replace("Đ", "D") in _KNOWN_KINDS
        if separators == 2 or (known and (separators == 1 or _is_body(match["body"]))):
            yield Span(*match.span()), _typed(match)


def _is_body(letters: str) -> bool:
    """Whether letters after the code of a type are a body's, and not a word of the question."""
    return key(letters) in _KNOWN_BODIES or not is_syllable(letters)


def _typed(match: re.Match[str]) -> str:
    serial, year, kind, body = match.group("serial", "year", "kind", "body")
    return (f"{serial}/{year}/{kind}-{body}" if year else f"{serial}-{kind}/{body}").upper()


def serial(number: str) -> str:
    """The leading figure: "284" of 284-KH/BKTTW.

    >>> serial("05-NQ/ĐU")
    '5'
    """
    digits = re.match(r"0*(\d+)", number)
    return digits[1] if digits else ""


def codes(number: str) -> tuple[str, ...]:
    """The letter groups in order: ("KH", "BKTTW") of 284-KH/BKTTW, ("NĐ", "CP") of 30/2020/NĐ-CP."""
    return tuple(part for part in re.split(r"[-/&.]", canonical(number)) if part and not part[0].isdigit())
