"""Document numbers (số, ký hiệu): found in running text however they are written, and brought to one form.

Party: 284-KH/BKTTW, 5304-CV/TU. State and unions: 410/KH-LĐLĐ, 1234/TLĐ-ToC, 30/2020/NĐ-CP, 59/2020/QH14.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from indexer.lexicon import ABBREVIATIONS, ISSUER_CODES, KIND_CODES
from indexer.types import Span

_GAP = r"[ \t\u00a0]{0,2}"
# Every repetition is bounded, so that no line, however long, costs more than its length.
_CODE = r"(?:[A-ZĐƯ]{2,16}(?:[a-zđ]{1,3}[A-ZĐƯ]{0,8})?|[A-ZĐ][a-zđ]{1,2}[A-ZĐ]{1,8}[a-zđ]?)(?:\d{1,2})?"
_NUMBER = re.compile(
    rf"(?<![\w./-])(?P<serial>\d{{1,5}}[a-zA-Z]?){_GAP}"
    rf"(?:/{_GAP}(?P<year>(?:19|20)\d\d){_GAP})?"
    rf"(?P<first>[-–/]){_GAP}(?P<code>{_CODE})"
    rf"(?P<rest>(?:{_GAP}[-–/&.]{_GAP}{_CODE})*)(?![\wĐđ])"
)
_TYPED = re.compile(
    r"(?<![\w./-])(?P<serial>\d{1,5})(?P<first>\s*[-–/]\s*|\s+)(?P<kind>[a-zđ]{2,4})(?P<second>\s*[-–/]\s*|\s+)(?P<body>[a-zđ]{2,12})(?![\w-])",
    re.IGNORECASE,
)
_KNOWN_KINDS = frozenset(code.upper().replace("Đ", "D") for code in KIND_CODES)


def canonical(written: str) -> str:
    """One spelling: no blanks, plain hyphens, NFC.

    >>> canonical("5304 - CV/TU"), canonical("Số: 410 /KH-LĐLĐ")
    ('5304-CV/TU', '410/KH-LĐLĐ')
    """
    text = unicodedata.normalize("NFC", written).replace("–", "-").replace("Ð", "Đ")
    return re.sub(r"\s+", "", re.sub(r"^\W*[Ss]ố\s*:?", "", text))


def key(written: str) -> str:
    """What two spellings of one number share: Đ and D alike, separators alike, the serial without leading zeros.

    >>> key("05/2024/NĐ-CP") == key("5 - 2024/ND-CP")
    True
    """
    folded = canonical(written).upper().replace("Đ", "D").replace("Ư", "U")
    return re.sub(r"^0+(?=\d)", "", re.sub(r"[-/&.]+", "-", folded))


_KNOWN_BODIES = frozenset(map(key, (*ABBREVIATIONS, *ISSUER_CODES)))


def find_numbers(text: str) -> Iterator[tuple[Span, str]]:
    """Every full number in reading order: where it stands and its canonical form."""
    for match in _NUMBER.finditer(text):
        if match["year"] or "/" in match[0]:
            yield Span(*match.span()), canonical(match[0])


def find_typed_numbers(text: str) -> Iterator[tuple[Span, str]]:
    """Numbers as people type them in a hurry, in any case and with blanks for separators: "31 ct/tw", "410 kh-ldld".

    Only for questions: in running text the pattern is too loose.
    """
    for match in _TYPED.finditer(text):
        separators = sum(bool(match[gap].strip()) for gap in ("first", "second"))
        known = match["kind"].upper().replace("Đ", "D") in _KNOWN_KINDS
        if separators == 2 or (known and (separators == 1 or key(match["body"]) in _KNOWN_BODIES)):
            yield Span(*match.span()), f"{match['serial']}-{match['kind']}/{match['body']}".upper()


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
