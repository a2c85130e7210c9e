"""Documents as a poor scan would give them, and what was read of them put back into the words that stood there.

Each way is a pure function of the text, the same every time. Letters are misread one for one, so that a place in the
spoiled text is a place in the sound one; digits are left alone, since nobody could tell which they were.
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import Any, TypeVar, assert_never

from eval.text import Squeezed
from indexer.types import Document

MISREAD_SHARE = 0.01
COLUMNS = 58
_ALIKE = {"c": "e", "e": "c", "h": "b", "n": "u", "u": "n", "đ": "d", "t": "l", "i": "l", "g": "q", "o": "c", "a": "o"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NATIONAL = re.compile(r"\W*(?:ĐẢNG CỘNG SẢN|CỘNG H[ÒO][ÀA] XÃ HỘI)")
_EDGES = " \t\n.,;:()*_\"'|/"
_T = TypeVar("_T")


class Spoil(StrEnum):
    """misread: one letter of a hundred. wrapped: other line ends. moved: parts of head and foot in another order."""

    MISREAD = "misread"
    WRAPPED = "wrapped"
    MOVED = "moved"


def spoiled(text: str, way: Spoil) -> str:
    match way:
        case Spoil.MISREAD:
            return misread(unicodedata.normalize("NFC", text))
        case Spoil.WRAPPED:
            return wrapped(text)
        case Spoil.MOVED:
            return moved(text)
        case _:
            assert_never(way)


def misread(text: str, share: float = MISREAD_SHARE) -> str:
    """`share` of the letters read as others like them, chosen by the text itself; the length stays."""
    letters = list(text)
    places = [place for place, letter in enumerate(letters) if letter.isalpha() and _unlike(letter) != letter]
    chance = random.Random(zlib.crc32(text.encode()))
    for place in chance.sample(places, round(share * len(places))):
        letters[place] = _unlike(letters[place])
    return "".join(letters)


def _unlike(letter: str) -> str:
    """Another tone on a toned vowel, else a letter of like shape; the same letter where there is none."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _TONES), None)
    if tone:
        other = _TONES[(_TONES.index(tone) + 1) % len(_TONES)]
        return unicodedata.normalize("NFC", parts.replace(tone, "") + other)
    alike = _ALIKE.get(letter.lower(), letter.lower())
    return alike.upper() if letter.isupper() else alike


def wrapped(text: str) -> str:
    """Running text in lines of COLUMNS characters; tables and columns keep their lines."""
    return "\n".join(_wrapped_line(line) for line in _running(text).split("\n"))


def _running(text: str) -> str:
    """Lines that went on in the next are one again: long ones, before a line that begins in the middle."""
    return re.sub(r"(?<=[^\n|\t]{50})\n(?=[^\W\d_])", _joint, text)


def _joint(match: re.Match[str]) -> str:
    return " " if match.string[match.end()].islower() else match[0]


def _wrapped_line(line: str) -> str:
    if len(line) <= COLUMNS or "|" in line or "\t" in line or "   " in line.strip():
        return line
    return textwrap.fill(line, COLUMNS, break_long_words=False, break_on_hyphens=False)


def moved(text: str) -> str:
    """The national heading first, and the recipients last, where these are blocks of their own."""
    blocks = text.split("\n\n")
    heading = next((place for place, block in enumerate(blocks[:6]) if _NATIONAL.match(block)), None)
    if heading and "\t" not in blocks[heading] and "|" not in blocks[heading]:
        blocks.insert(0, blocks.pop(heading))
    return "\n\n".join(_recipients_last(blocks))


def _recipients_last(blocks: list[str]) -> list[str]:
    opens = [place for place, block in enumerate(blocks) if block.lstrip("*_ ").startswith("Nơi nhận")]
    if len(opens) != 1 or len(blocks) - opens[0] > 5 or "   " in blocks[opens[0]]:
        return blocks
    end = opens[0] + (2 if blocks[opens[0]].rstrip("*_ ").endswith(":") else 1)
    last = blocks[-1].rstrip("\n")
    return [*blocks[: opens[0]], *blocks[end:-1], last, *blocks[opens[0] : end]] if end < len(blocks) else blocks


def aligned(sound: Squeezed, spoilt: Squeezed) -> Squeezed:
    """The sound letters at the places of the spoilt text where letter stands for letter, else the spoilt text."""
    if len(sound.letters) != len(spoilt.letters):
        return spoilt
    return Squeezed(sound.letters, spoilt.starts, spoilt.ends)


def mended(document: Document, sound: str) -> Document:
    """What was read of a misread document in the words of the sound text; its text and places stay as they are."""
    words = _misread_words(sound, document.text)
    if not words:
        return document
    put_back = _mender(words)
    parts = ("form", "references", "duties", "targets")
    return replace(document, **{part: _mapped(getattr(document, part), put_back) for part in parts})


def _misread_words(sound: str, spoilt: str) -> dict[str, str]:
    """Misread words that the sound text does not hold, by their letters in lower case."""
    words, others = sound.split(), spoilt.split()
    pairs = list(zip(words, others, strict=True)) if len(words) == len(others) else []
    held = {word.strip(_EDGES).lower() for word, _ in pairs}
    bare = ((read.strip(_EDGES).lower(), word.strip(_EDGES)) for word, read in pairs if word != read)
    return {read: word for read, word in bare if read not in held}


def _mender(words: Mapping[str, str]) -> Callable[[str], str]:
    def put_back(text: str) -> str:
        return re.sub(r"[^\s]+", lambda match: _mended_word(match[0], words), text)

    return put_back


def _mended_word(word: str, words: Mapping[str, str]) -> str:
    bare = word.strip(_EDGES)
    sound = words.get(bare.lower())
    return word.replace(bare, sound) if sound else word


def _mapped(value: _T, change: Callable[[str], str]) -> _T:
    """Every text within a value changed; enums are no texts."""
    changed: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        changed = change(value)
    elif isinstance(value, tuple):
        changed = tuple(_mapped(one, change) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(value, **{field.name: _mapped(getattr(value, field.name), change) for field in fields(value)})
    return changed  # type: ignore[no-any-return]
