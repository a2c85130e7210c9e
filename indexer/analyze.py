"""Text to terms: the one analysis of documents and of queries.

Numbers, dates and document numbers are recognised first and stay whole; pyvi then sees each of them as one plain
number, on the text as it was typed, because capitals are a feature of its model. Lower case comes after that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from sys import intern
from typing import Any

ANALYZER_VERSION = "1"

FIELDS: tuple[str, ...] = ("words", "syllables", "bigrams", "folded", "folded_bigrams")

# --- one spelling -----------------------------------------------------------------------------------------------------

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_QUALITY = "ăâêôơư"
_VOWELS = "aăâeêioôơuưy"
_SYLLABLE = re.compile(
    rf"(qu(?=[{_VOWELS}])|gi(?=[{_VOWELS}])|ngh|ng|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnpqrstvx])?"
    rf"([{_VOWELS}]{{1,3}})"
    r"(ch|nh|ng|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+")
# D with a stroke has three look-alikes, and OCR and old fonts mix them.
_ODD = str.maketrans(
    {
        "Ð": "Đ",
        "ð": "đ",
        "Ɖ": "Đ",
        "ɖ": "đ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def normalize(text: str) -> str:
    """NFC, one placement of tone marks, one Đ, plain blanks; case stays. Idempotent; the length may change.

    >>> normalize("Uỷ ban hoà giải, quý giá, thuở hòan")
    'Ủy ban hòa giải, quý giá, thuở hoàn'
    """
    plain = unicodedata.normalize("NFC", text).translate(_ODD)
    return plain if plain.isascii() else _WORD.sub(_one_placement, plain)


def _one_placement(match: re.Match[str]) -> str:
    word = match.group()
    return word if len(word) > 7 or word.isascii() else _placed(word)


@lru_cache(maxsize=1 << 16)
def _placed(word: str) -> str:
    """A syllable with its tone mark where the dictionary puts it; any other word as it is."""
    bare, tone = _without_tone(word)
    syllable = _SYLLABLE.fullmatch(bare.lower()) if tone else None
    if syllable is None:
        return word
    seat = _seat(syllable[2], closed=bool(syllable[3])) + syllable.start(2)
    return unicodedata.normalize("NFC", bare[: seat + 1] + tone + bare[seat + 1 :])


def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable by its letters, with its marks or without.

    >>> is_syllable("thưởng"), is_syllable("thuong"), is_syllable("ddangr"), is_syllable("ldld")
    (True, True, False, False)
    """
    bare, _ = _without_tone(word.lower())
    return _SYLLABLE.fullmatch(bare) is not None


def _without_tone(word: str) -> tuple[str, str]:
    """The word without its one tone mark, and the mark; the mark is empty where there is none, or more than one."""
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) != 1:
        return word, ""
    return unicodedata.normalize("NFC", letters.replace(tones[0], "")), tones[0]


def _seat(vowels: str, closed: bool) -> int:
    """Which vowel carries the tone: the last with a hook, horn or roof, else as in hòa, hoàn, ngoái."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in _QUALITY]
    if marked:
        return marked[-1]
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = base if len(base) == 1 else chr(code)
    return table | {ord(letter): "d" for letter in "đĐðÐƉɖ"}


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d. One code point in, one out for NFC text without loose combining marks,
    so a position in the folded text is a position in the text.

    >>> fold("Đoàn viên Ủy ban")
    'doan vien uy ban'
    """
    return unicodedata.normalize("NFC", text).translate(_FOLD).lower()


# --- tokens -----------------------------------------------------------------------------------------------------------

_DASH = r"[-–—]"
# 284-KH/BKTTW, 410/KH-LĐLĐ, 30/2020/NĐ-CP, 45/2019/QH14: two separators make a document number certain in any case, as
# long as nothing stands between ("năm 2021 - nam/nữ"). Blanks around them (5304 - CV/TU, 410 /KH-LĐLĐ) need two
# capitals or a symbol of a kind of document; a single separator (45-KH, 12/UBND) needs capitals ("24-bài").
_HEAD = r"\d{1,6}[a-zA-Z]?"
_YEAR = r"\s?/\s?\d{4}"
_SYMBOL = r"[A-Za-zĐđƯư]{1,8}\d{0,2}"
_KIND = (
    r"(?:[A-ZĐ]{2}|(?i:kh|cv|q[đd]|nq|ct|ctr|tb|bc|hd|tt|ttr|tr|n[đd]|kl|h[đd]|tl[đd]|[đd]a)(?=\s?[-–—/]))"
    r"[A-Za-zĐđƯư]*\d{0,2}"
)
_MORE = rf"(?:\s?{_DASH}\s?|\s?/\s?|&)"
_DOCUMENT_NUMBER = (
    rf"(?:{_HEAD}(?:/\d{{4}})?(?:/|{_DASH}){_SYMBOL}(?:(?:{_DASH}|/|&){_SYMBOL}){{1,3}}"
    rf"|{_HEAD}(?:{_YEAR})?\s?(?:/|{_DASH})\s?{_KIND}(?:{_MORE}{_SYMBOL}){{1,3}}"
    rf"|{_HEAD}{_YEAR}\s?(?:/|{_DASH})\s?{_SYMBOL}"
    rf"|{_HEAD}(?:/|{_DASH})[A-ZĐ]{{2,8}})(?!\w)"
)
_DATE = (
    r"\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}|\d{1,2}(?P<point>[-.])\d{1,2}(?P=point)\d{4}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2})?|\d{1,2}/\d{4}"
)
_AMOUNT = r"\d+(?:[.,]\d+)*(?:\s?%)?"
_TOKEN = re.compile(
    rf"(?P<number>(?<![\w/]){_DOCUMENT_NUMBER})"
    rf"|(?P<date>(?<![\w/])(?:{_DATE})(?![\w/]))"
    rf"|(?P<amount>(?<!\w){_AMOUNT}(?!\w))"
    r"|(?P<word>[^\W_]+)"
    r"|(?P<mark>[^\w\s])"
)
_BLANKS = re.compile(r"\s+")
_DASHES = re.compile(_DASH)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PLACEHOLDER = "1"  # What pyvi is shown in place of a number: it never joins a token that begins with a digit.


def _tokens(text: str) -> list[tuple[str, str]]:
    """(class, token) over the normalised text, case kept; classes are the groups of _TOKEN."""
    return [(match.lastgroup or "date", _canonical(match)) for match in _TOKEN.finditer(normalize(text))]


def _canonical(match: re.Match[str]) -> str:
    token = match.group()
    if match.group("number"):
        return _DASHES.sub("-", _BLANKS.sub("", token))
    if match.group("date"):
        return re.sub(r"[-.]", "/", _BLANKS.sub("", token))
    return _BLANKS.sub("", token)


def syllables(text: str) -> list[str]:
    """Lower-case syllables in order, without punctuation. Numbers, dates and document numbers are one token each.

    >>> syllables("Uỷ ban gửi số 5304 - CV/TU trước 15/01")
    ['ủy', 'ban', 'gửi', 'số', '5304-cv/tu', 'trước', '15/01']
    """
    return [token.lower() for kind, token in _tokens(text) if kind != "mark"]


def words(text: str) -> list[str]:
    """Lower-case words of pyvi in order, syllables joined by "_", without punctuation; numbers as in `syllables`."""
    tokens = _tokens(text)
    if not tokens:
        return []
    begins = _word_begins([token if kind in ("word", "mark") else _PLACEHOLDER for kind, token in tokens])
    found: list[str] = []
    for (kind, token), begin in zip(tokens, begins, strict=True):
        if kind == "mark":
            continue
        if begin or not found:
            found.append(token.lower())
        else:
            found[-1] += "_" + token.lower()
    return found


@cache
def _tokenizer() -> Any:
    # Imported on first use: pyvi unpickles its model at import, 1.8 s that a reader of numbers need not wait for.
    from pyvi.ViTokenizer import ViTokenizer

    return ViTokenizer


def _word_begins(tokens: Sequence[str]) -> list[bool]:
    """Whether a word begins at each token: pyvi's model and its own rules for joining, on our tokens.

    pyvi's tokenize() splits 15/01 into three pieces and gives back a string without positions; its model doesn't.
    """
    tokenizer = _tokenizer()
    [labels] = tokenizer.model.predict([tokenizer.sent2features(tokens, False)])
    inside = (label == "I_W" for label in labels[1:])
    return [True, *(not (join and _may_join(*pair)) for join, pair in zip(inside, pairwise(tokens), strict=True))]


def _may_join(before: str, token: str) -> bool:
    if not (before[0].isalpha() and token[0].isalpha()):
        return False
    return before[0].istitle() or not token[0].istitle()


def segment(text: str) -> str:
    """The words of a text as one string, from which `terms` needs no pyvi: what a catalog keeps.

    >>> segment("Ban Kinh tế báo cáo.")
    'ban kinh_tế báo_cáo'
    """
    return " ".join(words(text))


# --- terms ------------------------------------------------------------------------------------------------------------


def terms(text: str, segmented: str | None = None) -> dict[str, list[str]]:
    """The terms of each field of FIELDS, for documents and queries alike. `segmented` is what `segment(text)` gave."""
    spoken = syllables(text)
    bare = [_folded(token) for token in spoken]
    return {
        "words": [intern(word) for word in (words(text) if segmented is None else segmented.split())],
        "syllables": _with_parts(spoken),
        "bigrams": _bigrams(spoken),
        "folded": _with_parts(bare),
        "folded_bigrams": _bigrams(bare),
    }


_folded = lru_cache(maxsize=1 << 16)(fold)


# Terms are interned: a large build holds those of all passages at once, and most of them are the same few thousand.
def _bigrams(tokens: Sequence[str]) -> list[str]:
    return [intern(f"{first}_{second}") for first, second in pairwise(tokens)]


def _with_parts(tokens: Sequence[str]) -> list[str]:
    return [intern(term) for token in tokens for term in (token, *_parts(token))]


def _parts(token: str) -> tuple[str, ...]:
    """What else a number may be asked for as: 284 and KH for 284-KH/BKTTW, 15/1 for 15/01, 7,77 for 7,77%."""
    if not token[0].isdigit() or token.isdigit():
        return ()
    if token[-1] == "%":
        return (token[:-1],)
    if _THOUSANDS.fullmatch(token):
        return (re.sub(r"[.,]", "", token),)
    pieces = re.split(r"[-/&]", token)
    if len(pieces) == 1:
        return ()
    if all(piece.isdigit() for piece in pieces):
        short = "/".join(piece.lstrip("0") or "0" for piece in pieces[:2])
        return tuple(part for part in (short, *pieces[2:]) if part != token)
    return tuple(pieces)
