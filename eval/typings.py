"""How people type a question: without marks, with half of them, with wrong letters, with telex keys. Pure.

Every way is drawn from the question's own text, so the same question is always typed the same way.
"""

from __future__ import annotations

import hashlib
import random
import unicodedata
from collections.abc import Callable, Mapping

from indexer.analyze import fold
from search.wordings import Wordings, exchanged

MISTYPED_SHARE = 0.1
"""Of all letters; one mistyped letter in three is left out, the others are some other letter of the keyboard."""
_KEYS = "abcdefghijklmnopqrstuvwxyz"
_TONE_KEYS = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_ROOF, _HOOK, _BREVE = "\u0302", "\u031b", "\u0306"


def half(question: str) -> str:
    """The question with the diacritics of about every second word left out."""
    return " ".join(fold(word) if _coin(f"{question} {at}") else word for at, word in enumerate(question.split()))


def _coin(text: str) -> bool:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=1).digest()[0] % 2 == 0


def mistyped(question: str, share: float = MISTYPED_SHARE) -> str:
    """The question with about this share of its letters wrong or missing; blanks and figures stay."""
    chance = random.Random(f"mistyped {question}")
    return "".join(_struck(letter, chance) if _is_hit(letter, share, chance) else letter for letter in question)


def _is_hit(letter: str, share: float, chance: random.Random) -> bool:
    return letter.isalpha() and chance.random() < share


def _struck(letter: str, chance: random.Random) -> str:
    if chance.random() < 1 / 3:
        return ""
    return chance.choice(_KEYS.replace(fold(letter), ""))


def telex(question: str) -> str:
    """The keys of the telex method, as they stay on the page where it is switched off.

    >>> telex("Đảng báo cáo trước, thường")
    'DDangr baos caos truwowcs, thuwowngf'
    """
    return " ".join(map(_telex_word, question.split(" ")))


def _telex_word(word: str) -> str:
    keys: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONE_KEYS:
            tones.append(_TONE_KEYS[letter])
        elif letter in (_ROOF, _HOOK, _BREVE):
            keys.append(keys[-1].lower() if letter == _ROOF else "w")
        else:
            keys.append({"đ": "dd", "Đ": "DD"}.get(letter, letter))
    end = len(keys)
    while end and not keys[end - 1][-1].isalpha():
        end -= 1
    return "".join([*keys[:end], *tones, *keys[end:]])


def abbreviated(question: str) -> str:
    """The question with the names that the general lexicon knows in short.

    >>> abbreviated("Liên đoàn Lao động tỉnh gửi Ban Kinh tế Trung ương")
    'LĐLĐ tỉnh gửi BKTTW'
    """
    return exchanged(question, (each for each in Wordings().exchanges(question) if not each.in_full))


def spelled_out(question: str) -> str:
    """The question with the abbreviations that the general lexicon knows in full."""
    return exchanged(question, (each for each in Wordings().exchanges(question) if each.in_full))


TYPINGS: Mapping[str, Callable[[str], str]] = {
    "full": str,
    "half": half,
    "none": fold,
    "mistyped": mistyped,
    "telex": telex,
    "abbreviated": abbreviated,
    "spelled out": spelled_out,
    "decomposed": lambda question: unicodedata.normalize("NFD", question),
}
