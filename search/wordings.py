"""A question's other wordings: its abbreviations in full, its names in short. Pure.

What documents define comes before the general lexicon, and of several definitions the first one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.analyze import fold, is_syllable
from indexer.letters import UPPER
from indexer.lexicon import ABBREVIATIONS, KIND_CODES
from indexer.numbers import find_numbers
from indexer.types import Span

_HALF_IN_SHORT = re.compile(rf"(?<![^\W_])(?P<head>[^\W\d_]+) (?P<initials>[{UPPER}]{{2,}})(?![\w/-])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Words of a question, and what they are also looked for as. `in_full` where an abbreviation is spelled out."""

    span: Span
    asked: str
    also: str
    in_full: bool


class Wordings:
    """Abbreviations and what they stand for, both ways. Read-only, so threads may share it."""

    def __init__(self, defined: Iterable[tuple[str, str]] = ()) -> None:
        """`defined` are the (short, long) pairs of the documents; only initials are taken from them."""
        self._long: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        self._short: dict[tuple[str, ...], str] = {}
        initials = (pair for pair in defined if _is_initials(pair[0]))
        for short, long in (*initials, *ABBREVIATIONS.items()):
            self._long.setdefault(short, long)
            self._bare.setdefault(fold(short), short)
            self._short.setdefault(_key(long), short)
        for code, kind in KIND_CODES.items():
            self._long.setdefault(code, kind)
            self._bare.setdefault(fold(code), code)
        self._longest = max(map(len, self._short), default=0)

    def exchanges(self, question: str) -> tuple[Exchange, ...]:
        """What else the words of a question are called, in its order; the longest name first where several begin."""
        numbers = [span for span, _ in find_numbers(question)]
        words = (Span(*match.span()) for match in _WORD.finditer(question))
        return tuple(self._found([w for w in words if not any(w.overlaps(n) for n in numbers)], question))

    def others(self, question: str) -> tuple[str, ...]:
        """The question with its abbreviations in full, and with its names in short, as far as it has any.

        >>> Wordings().others("LĐLĐ tỉnh gửi Ban Kinh tế Trung ương")
        ('Liên đoàn Lao động tỉnh gửi Ban Kinh tế Trung ương', 'LĐLĐ tỉnh gửi BKTTW')
        """
        exchanges = self.exchanges(question)
        in_full = exchanged(question, (exchange for exchange in exchanges if exchange.in_full))
        in_short = exchanged(question, (exchange for exchange in exchanges if not exchange.in_full))
        return tuple(text for text in (in_full, in_short) if text != question)

    def _found(self, words: list[Span], question: str) -> Iterator[Exchange]:
        place = 0
        while place < len(words):
            exchange, length = self._at(words, place, question)
            if exchange is not None:
                yield exchange
            place += length

    def _at(self, words: list[Span], place: int, question: str) -> tuple[Exchange | None, int]:
        """The exchange that begins at a word, and how many words it takes; one word where there is none."""
        if long := self._spelled_out(words[place].of(question)):
            return Exchange(words[place], words[place].of(question), long, True), 1
        for length in range(min(self._longest, len(words) - place), 1, -1):
            span = Span(words[place].start, words[place + length - 1].end)
            if short := self._short.get(_key(span.of(question))):
                return Exchange(span, span.of(question), short, False), length
        return None, 1

    def _spelled_out(self, word: str) -> str | None:
        """What an abbreviation stands for; one typed in small letters must not be a word of its own."""
        if word.isupper():
            return self._long.get(word) or self._long.get(self._bare.get(fold(word), ""))
        return None if is_syllable(word) else self._long.get(self._bare.get(fold(word), ""))

    def whole_names(self, question: str) -> str:
        """The question with names that are half in short put in full.

        >>> Wordings().whole_names("gửi Ban KTTW")
        'gửi Ban Kinh tế Trung ương'
        """
        return _HALF_IN_SHORT.sub(self._whole_name, question)

    def _whole_name(self, half: re.Match[str]) -> str:
        head, initials = half["head"], half["initials"]
        long = None if self._spelled_out(initials) else self._spelled_out(f"{head[0]}{initials}".upper())
        return long if long and _key(long)[:1] == _key(head) else half[0]


def exchanged(question: str, exchanges: Iterable[Exchange]) -> str:
    """The question with some of its words exchanged; `exchanges` in its order."""
    for exchange in reversed(tuple(exchanges)):
        question = question[: exchange.span.start] + exchange.also + question[exchange.span.end :]
    return question


def _is_initials(short: str) -> bool:
    return len(short) > 1 and short.isupper() and short.isalpha()


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))
