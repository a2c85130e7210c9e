"""Slips of the keyboard: telex keys left on the page, and words one letter away from known ones. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from indexer.analyze import fold, is_syllable, normalize

_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VOWEL = re.compile("[aeiouyăâêôơư]")
_KEYS: tuple[tuple[str, str], ...] = (
    ("dd", "đ"),
    ("uwow", "ươ"),
    ("uow", "ươ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=1 << 14)
def telex(word: str) -> str | None:
    """The syllable that telex keys in lower case spell; None where they spell none, or no key is among them.

    >>> telex("ddangr"), telex("coong"), telex("truwowcs"), telex("truowngf"), telex("ban"), telex("report")
    ('đảng', 'công', 'trước', 'trường', None, None)
    """
    if not word.isascii() or not word.isalpha() or len(word) > 10:
        return None
    keys = word
    for typed, letter in _KEYS:
        keys = keys.replace(typed, letter)
    spelled = _toned(keys)
    return spelled if spelled is not None and spelled != word and is_syllable(spelled) else None


def _toned(keys: str) -> str | None:
    """With the tone key, which no Vietnamese syllable has after its vowel otherwise, as the mark on that vowel."""
    vowel = _VOWEL.search(keys)
    if vowel is None:
        return None
    tones = [place for place in range(vowel.end(), len(keys)) if keys[place] in _TONES]
    if not tones:
        return keys
    if len(tones) > 1:
        return None
    [place] = tones
    marked = keys[: vowel.end()] + _TONES[keys[place]] + keys[vowel.end() : place] + keys[place + 1 :]
    return normalize(unicodedata.normalize("NFC", marked))


def one_letter_away(word: str) -> Iterator[str]:
    """Every word without marks that differs from a word, its marks taken off, in one letter.

    One left out, one too many, a wrong one, or two in the wrong order; some come twice.
    """
    bare = fold(word)
    for place in range(len(bare) + 1):
        head, tail = bare[:place], bare[place:]
        yield from (f"{head}{letter}{tail}" for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (f"{head}{letter}{tail[1:]}" for letter in _LETTERS if letter != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def lost_marks(typed: str, meant: str) -> int | None:
    """How many marks of what was meant are missing in what was typed, but for one slip; None where marks differ.

    Both begin and end alike but for the slip, so letters are compared from both ends.

    >>> lost_marks("bap", "báo"), lost_marks("đang", "đảng"), lost_marks("báp", "bào"), lost_marks("tháng", "thắng")
    (1, 1, None, None)
    """
    middle = abs(len(typed) - len(meant)) != 0 or fold(typed) != fold(meant)
    head = _common(fold(typed), fold(meant))
    tail = min(len(typed), len(meant)) - head
    while tail and fold(typed[len(typed) - tail :]) != fold(meant[len(meant) - tail :]):
        tail -= 1
    pairs = [*zip(typed[:head], meant[:head], strict=True)]
    if middle and tail:
        pairs += zip(typed[len(typed) - tail :], meant[len(meant) - tail :], strict=True)
    lost = 0
    for letter, wanted in pairs:
        if letter != wanted:
            if fold(letter) != letter:
                return None
            lost += 1
    return lost


def _common(one: str, other: str) -> int:
    length = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        length += 1
    return length
