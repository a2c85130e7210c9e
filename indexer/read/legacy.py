"""Vietnamese text in the encodings before Unicode: TCVN3 (ABC, the .Vn fonts), VNI and Windows-1258.

Files in TCVN3 and VNI are bytes of Windows-1252 that only the right font shows as Vietnamese. Which encoding it is
shows in the syllables: decoded rightly, nearly every word with marks is one that Vietnamese has.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np

from indexer.edits import Edit, moved
from indexer.layout import after_edits
from indexer.types import RawText


class Encoding(StrEnum):
    """Named as people know them; the value is shown among the changes of a file."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    WINDOWS_1258 = "Windows-1258"


SYLLABLES = Path(__file__).parents[1] / "data" / "syllables.txt.xz"
_COMMON_COUNT = 20
"""A syllable seen more rarely in 2.8 million sentences is more often a slip than Vietnamese."""
_KNOWN_SHARE = 0.8
"""Of the words with marks. Samples and ../shared/corpus: 0.94 and more decoded rightly, 0.33 at most wrongly."""
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT, _HAT, _BREVE = map(chr, (0x300, 0x301, 0x303, 0x309, 0x323, 0x302, 0x306))

# TCVN 5712:1993, VN3: one byte for each letter; capitals with a tone are the small letter in a font of capitals.
_TCVN3_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3 = {chr(first + place): letter for first, row in _TCVN3_ROWS.items() for place, letter in enumerate(row)}
"""Characters of Windows-1252 to letters."""
_TCVN3_CODES = str.maketrans(TCVN3)

# VNI for Windows: a vowel and a second byte for its marks.
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_HATS = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVES = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_SINGLES = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_HORNED = {"ô": "ơ", "ö": "ư"}


def _vni_small() -> Iterator[tuple[str, str]]:
    yield from _VNI_SINGLES.items()
    for (mark, tone), vowel in product(_VNI_TONES.items(), "aeouy"):
        yield vowel + mark, vowel + tone
    for (mark, tone), (vowel, horned) in product(_VNI_TONES.items(), _VNI_HORNED.items()):
        yield vowel + mark, horned + tone
    for (mark, tone), vowel in product(_VNI_HATS.items(), "aeo"):
        yield vowel + mark, vowel + _HAT + tone
    for mark, tone in _VNI_BREVES.items():
        yield "a" + mark, "a" + _BREVE + tone


def _vni() -> dict[str, str]:
    small = {written: unicodedata.normalize("NFC", letter) for written, letter in _vni_small()}
    capital = {written.upper(): letter.upper() for written, letter in small.items()}
    mixed = {w[0].upper() + w[1:]: letter.upper() for w, letter in small.items() if len(w) == 2}
    return small | mixed | capital


VNI = _vni()
"""Characters of Windows-1252, one or two, to letters."""
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

_WORD = re.compile(r"[^\W\d_]+")
_ODD_SYMBOL = re.compile(r"[^\x00-\x7f\w\s“”‘’–—…•·«»°×½¼²³\u0300-\u0323]")
_WESTERN = re.compile("[\u00a1-\u00ff]")
_UNICODE_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_AMBIGUOUS = frozenset(letter for letter in TCVN3.values() if letter.upper() not in TCVN3.values())
_CODE_NEIGHBOURS = frozenset("0123456789/-")
_COMMITTEE = re.compile(r"\bủy(?= ban\b(?! hành))")
# Behind the end of a sentence or a blank line, or behind a bullet or a label at the start of a line.
_SENTENCE_START = re.compile(
    r"(?:^[ \t]*(?:[-+*•]|\w{1,2}[).]|\d{1,2}/)[ \t]+|\A|(?<=[.!?]\s)|(?<=[.!?:;/]\n)|(?<=\n\n))[^\w\n]*([^\W\d_])",
    re.MULTILINE,
)
_LOWER_IN_NAMES = frozenset({"ủy", "ở"})


@dataclass(frozen=True, slots=True)
class Converted:
    """Text brought to Unicode, and what it was in."""

    text: str
    encoding: Encoding

    @property
    def change(self) -> str:
        """As RawText.changes lists it, with the number of letters that were read anew."""
        return f"{self.encoding.value} made Unicode: {sum(not letter.isascii() for letter in self.text)}"


def from_bytes(content: bytes) -> Converted | None:
    """Bytes that are not UTF-8, in the encoding that makes them Vietnamese; None where none does."""
    return _best({encoding: _decoded(content, encoding) for encoding in Encoding}, least_words=2)


def from_characters(text: str) -> Converted | None:
    """Text whose bytes were taken for Windows-1252 on the way ("§¶ng uû"); None where it is as it should be."""
    if _UNICODE_VIETNAMESE.search(text) or not _WESTERN.search(text) or _known_share(text) > 1 - _KNOWN_SHARE:
        return None
    return _best({encoding: convert(text, encoding) for encoding in (Encoding.TCVN3, Encoding.VNI)}, least_words=5)


def repaired(raw: RawText) -> RawText:
    """The text as Unicode where its bytes were taken for Windows-1252, its page starts and words moved along."""
    found = from_characters(raw.text)
    if found is None:
        return raw
    changes = (*raw.changes, found.change)
    if found.encoding is Encoding.TCVN3:
        return replace(raw, text=found.text, changes=changes)
    edits = [Edit(*match.span(), VNI[match[0]]) for match in _VNI_PATTERN.finditer(raw.text)]
    starts = tuple(moved(np.array(raw.page_starts, dtype=np.int64), edits).tolist())
    return replace(raw, text=found.text, page_starts=starts, changes=changes, layout=after_edits(raw.layout, edits))


def convert(text: str, encoding: Encoding) -> str:
    """Characters of Windows-1252 as a font of the encoding shows them; other characters stay."""
    match encoding:
        case Encoding.TCVN3:
            return text.translate(_TCVN3_CODES)
        case Encoding.VNI:
            return _VNI_PATTERN.sub(lambda found: VNI[found[0]], text)
        case Encoding.WINDOWS_1258:
            return unicodedata.normalize("NFC", text)


def of_font(font: str) -> Encoding | None:
    """The encoding that a font stands for; None for fonts of Unicode."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni-") else None


def shown(text: str, font: str) -> str:
    """What a font shows of characters of Windows-1252: fonts of capitals (.VnTimeH) show capitals."""
    encoding = of_font(font)
    if encoding is None or _UNICODE_VIETNAMESE.search(text):
        return text
    letters = convert(text, encoding)
    return letters.upper() if encoding is Encoding.TCVN3 and font.strip().lower().endswith("h") else letters


def _best(candidates: dict[Encoding, str | None], least_words: int) -> Converted | None:
    """The candidate with the greatest share of known words; None where that is too small or they are too few."""
    found = {encoding: text for encoding, text in candidates.items() if text is not None}
    if not found:
        return None
    encoding = max(found, key=lambda name: _known_share(found[name]))
    text = found[encoding]
    if _known_share(text) < _KNOWN_SHARE or len(_marked(text)) < least_words:
        return None
    return Converted(_recased(text) if encoding is Encoding.TCVN3 else text, encoding)


def _decoded(content: bytes, encoding: Encoding) -> str | None:
    page = "cp1258" if encoding is Encoding.WINDOWS_1258 else "cp1252"
    try:
        return convert(content.decode(page), encoding)
    except UnicodeDecodeError:
        return None


def _known_share(text: str) -> float:
    """The share of words with marks that Vietnamese has; a symbol that no office types counts as an unknown word."""
    marked = _marked(text)
    known = sum(word in _syllables() for word in marked)
    return known / max(len(marked) + len(_ODD_SYMBOL.findall(text)), 1)


def _marked(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text) if not word.isascii()]


@cache
def _syllables() -> frozenset[str]:
    with lzma.open(SYLLABLES, "rt", encoding="utf-8") as file:
        words = file.readline().split()
    return frozenset(word for word, count in zip(words[::2], words[1::2], strict=True) if int(count) >= _COMMON_COUNT)


def _recased(text: str) -> str:
    """Capitals with a tone, which TCVN3 can't write, put back from the letters around: §¶NG is ĐẢNG, not ĐảNG.

    Cell by cell where a line is a row of a table.
    """
    lines = ("|".join(map(_recased_line, line.split("|"))) for line in text.split("\n"))
    return _COMMITTEE.sub("Ủy", _SENTENCE_START.sub(_capital_start, "\n".join(lines)))


def _recased_line(line: str) -> str:
    words = list(_WORD.finditer(line))
    if len(words) > 2 and all(_may_be_capitals(word[0]) and not _in_code(line, word) for word in words):
        return line.upper()
    sure = [_is_capitals(word[0]) if not _in_code(line, word) else None for word in words]
    pieces, at = [], 0
    for place, word in enumerate(words):
        capitals = sure[place] if sure[place] is not None else _among_capitals(line, word, sure, place)
        written = word[0].upper() if capitals else _in_name(words, place)
        pieces += [line[at : word.start()], written]
        at = word.end()
    return "".join([*pieces, line[at:]])


def _in_code(line: str, word: re.Match[str]) -> bool:
    """Whether a word is a piece of a document number, whose capitals say nothing of the words around."""
    return any(line[place : place + 1] in _CODE_NEIGHBOURS for place in (word.start() - 1, word.end()) if place >= 0)


def _is_capitals(word: str) -> bool | None:
    """Whether a word is in capitals, by its letters that can be written in both cases; None where they don't tell."""
    sure = [(place, letter.isupper()) for place, letter in enumerate(word) if letter not in _AMBIGUOUS]
    if not all(is_capital for _, is_capital in sure):
        return False
    return True if any(place for place, _ in sure) else None


def _may_be_capitals(word: str) -> bool:
    """Whether a word begins with a capital and no letter of it is surely small."""
    return word[0].isupper() and _is_capitals(word) is not False


def _in_name(words: list[re.Match[str]], place: int) -> str:
    """A word between two with a capital is part of their name and has one too: Võ Thị Ánh Tuyết."""
    word = words[place][0]
    around = (words[place - 1][0], words[place + 1][0]) if 0 < place < len(words) - 1 else ("", "")
    within = word[0] in _AMBIGUOUS and word not in _LOWER_IN_NAMES and all(map(str.istitle, around))
    return word[0].upper() + word[1:] if within else word


def _among_capitals(line: str, word: re.Match[str], sure: list[bool | None], place: int) -> bool:
    """Whether the nearest words that tell are in capitals, on both sides, or on one side of a line all in capitals."""
    if line[word.end() : word.end() + 1] == ":":
        return False
    before = next((known for known in reversed(sure[:place]) if known is not None), None)
    after = next((known for known in sure[place + 1 :] if known is not None), None)
    if before is None or after is None:
        return any(sure) and False not in sure
    return before and after


def _capital_start(match: re.Match[str]) -> str:
    return match[0][:-1] + match[1].upper() if match[1] in _AMBIGUOUS else match[0]
