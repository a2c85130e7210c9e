"""How much of what a question asks about stands in a stretch of text, each word counted by how rare it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Protocol

from indexer.analyze import fold, syllables
from indexer.letters import LOWER, UPPER
from indexer.lexicon import ABBREVIATIONS
from indexer.numbers import key, serial
from search.query import is_question_word
from search.types import Query

_EXPANSIONS = {short.lower(): tuple(syllables(long)) for short, long in ABBREVIATIONS.items()}
_SKIPPED = frozenset("và hoặc của các những với số ngày ở tại thuộc".split())
_LONG_DATE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?", re.IGNORECASE)
_DATE = re.compile(r"0?(\d{1,2})/0?(\d{1,2})(?:/(\d{4}))?")
_MONTH = re.compile(r"0?(\d{1,2})/(\d{4})")
_QUARTER = re.compile(r"(?<=quý\s)(IV|III|II|I)(?=\W)", re.IGNORECASE)
_QUARTERS = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_KEY_SHARE = 0.75
_ASKING = frozenset("ai gì nào đâu sao nhiêu mấy lâu gi nao dau may nhieu lau".split())
_FOCUS_WORDS = 3
# The least name_share at which no name of the question is missing.
ENOUGH_OF_A_NAME = 0.55
_CAPITALS = re.compile(rf"(?<!\w)[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+(?!\w)")
_CACHED_TEXTS = 1 << 14


@dataclass(frozen=True)
class Words:
    """Text as comparable words: lower case, abbreviations in full, numbers by their key; bare where folded."""

    sequence: tuple[str, ...]

    @cached_property
    def all(self) -> frozenset[str]:
        return frozenset(self.sequence)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self.sequence))


class WordReader:
    """Reads texts into comparable words, and remembers those read last. Safe to share between threads.

    `abbreviations` are those that the documents define, by their lower-case short form.
    """

    def __init__(self, abbreviations: Mapping[str, tuple[str, ...]]) -> None:
        self._abbreviations = abbreviations
        self._cached = lru_cache(maxsize=_CACHED_TEXTS)(self._read)

    def __call__(self, text: str, folded: bool) -> Words:
        """The words of a text in order, without the smallest joining words; bare of diacritics where `folded`."""
        return self._cached(text, folded)

    def _read(self, text: str, folded: bool) -> Words:
        plain = _LONG_DATE.sub(_short_date, _QUARTER.sub(lambda match: _QUARTERS[match[0].upper()], text))
        found = (word for token in syllables(plain) for word in _spelled(token, self._abbreviations))
        kept = (word for word in found if word not in _SKIPPED)
        return Words(tuple(fold(word) for word in kept) if folded else tuple(kept))


@dataclass(frozen=True)
class Wanted:
    """What a question asks about: the weight of each content word and of each pair of neighbours, and its names.

    `sequence` are all its words in order; `folded` where it was typed without diacritics. `rarity` is the plain idf of
    every word, those that only help to ask too. `tails` are the last two words with a capital of each name that has
    them: whose body it is ("Ninh Thuận" of "Tỉnh ủy Ninh Thuận"), or who.
    """

    sequence: tuple[str, ...]
    weights: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    names: tuple[tuple[str, ...], ...]
    years: tuple[str, ...]
    folded: bool
    reader: WordReader
    rarity: Mapping[str, float]
    tails: tuple[tuple[str, str], ...] = ()

    def words(self, text: str) -> Words:
        return self.reader(text, self.folded)

    def coverage(self, levels: Sequence[tuple[frozenset[str], float]], given: frozenset[str] = frozenset()) -> float:
        """Share of the weight found, each word at the best level of those sets that hold it; 0..1.

        Words that are `given` are not asked for; 1 where nothing else is.
        """
        asked = {word: weight for word, weight in self.weights.items() if word not in given}
        total = sum(asked.values())
        if not total:
            return 1.0 if self.weights else 0.0
        found = sum(
            weight * max((level for held, level in levels if word in held), default=0.0)
            for word, weight in asked.items()
        )
        return found / total

    @cached_property
    def focus(self) -> frozenset[str]:
        """The content words nearest to the words that ask, a few on either side: what is asked of the rest."""
        places = [n for n, word in enumerate(self.sequence) if word in _ASKING]
        near = (word for n in places for word in self.sequence[max(n - _FOCUS_WORDS, 0) : n + _FOCUS_WORDS + 1])
        return frozenset(word for word in near if word in self.weights)

    def focus_share(self, held: frozenset[str]) -> float:
        """Share of the weight of the focus among words; 1 where there is no focus."""
        total = sum(self.weights[word] for word in self.focus)
        return sum(self.weights[word] for word in self.focus & held) / total if total else 1.0

    def plain_coverage(self, held: frozenset[str]) -> float:
        """Share of the question's plain idf found among words; 0..1."""
        total = sum(self.rarity.values())
        return sum(rarity for word, rarity in self.rarity.items() if word in held) / total if total else 0.0

    def key_words(self, given: frozenset[str]) -> frozenset[str]:
        """The rarest words of the question: an answer that lacks most of them speaks of something else."""
        asked = {word: weight for word, weight in self.weights.items() if word not in given}
        highest = max(asked.values(), default=0.0)
        return frozenset(word for word, weight in asked.items() if weight >= _KEY_SHARE * highest)

    def pair_coverage(self, held: frozenset[tuple[str, str]]) -> float:
        """Share of the neighbouring words of the question that are neighbours in the text too; 0..1."""
        total = sum(self.pairs.values())
        return sum(weight for pair, weight in self.pairs.items() if pair in held) / total if total else 0.0

    def name_share(self, near: frozenset[tuple[str, str]], document: str) -> float:
        """The least share of a name's neighbouring words among `near`; those elsewhere in `document` count half."""
        return min((_held(name, near, self.words(document).pairs) for name in self.names), default=1.0)

    def tail_share(self, near: frozenset[tuple[str, str]], document: str) -> float:
        """Whether the tails of all names are `near`; 0.5 where one stands only elsewhere in `document`, 0 nowhere."""
        elsewhere = self.words(document).pairs if self.tails else frozenset[tuple[str, str]]()
        return min((1.0 if tail in near else 0.5 * (tail in elsewhere) for tail in self.tails), default=1.0)

    def heaviest_missing(self, held: frozenset[str], given: frozenset[str]) -> float:
        """Weight of the heaviest word that is not held, as a share of the heaviest word asked for; 0 where none is."""
        asked = {word: weight for word, weight in self.weights.items() if word not in given}
        lacking = max((weight for word, weight in asked.items() if word not in held), default=0.0)
        return lacking / max(asked.values()) if lacking else 0.0

    def lacks_name(self, near: Iterable[Words], document: str) -> bool:
        """Whether a name of the question stands in none of the near texts.

        A pair that stands only elsewhere in the document (the province, say) counts half.
        """
        pairs = frozenset[tuple[str, str]]().union(*(scope.pairs for scope in near))
        return self.name_share(pairs, document) < ENOUGH_OF_A_NAME


def _held(name: tuple[str, ...], near: frozenset[tuple[str, str]], document: frozenset[tuple[str, str]]) -> float:
    neighbours = list(pairwise(name))
    return sum(1.0 if pair in near else 0.5 * (pair in document) for pair in neighbours) / len(neighbours)


def _short_date(match: re.Match[str]) -> str:
    return "/".join(filter(None, match.groups()))


def _spelled(token: str, abbreviations: Mapping[str, tuple[str, ...]]) -> Sequence[str]:
    """A token as words: a date without leading zeros and its year, a number's serial and key, a full name."""
    if day := _DATE.fullmatch(token):
        return tuple(filter(None, (f"{int(day[1])}/{int(day[2])}", day[3])))
    if month := _MONTH.fullmatch(token):
        return month[1], month[2]
    if "/" in token and not token.replace("/", "").isdecimal():
        return serial(token), key(token)
    if token.isdecimal():
        return (token.lstrip("0") or "0",)
    return abbreviations.get(token) or _EXPANSIONS.get(token) or (token,)


class Weights(Protocol):
    """How much words and neighbouring words say."""

    def weight(self, word: str, folded: bool) -> float: ...

    def pair_weight(self, first: str, second: str, folded: bool) -> float: ...

    def idf(self, word: str, folded: bool) -> float: ...


def wanted(query: Query, folded: bool, weights: Weights, reader: WordReader) -> Wanted:
    """What a question asks about: every word that is not there only to ask, and every two of them side by side."""
    sequence = reader(query.text, folded).sequence
    weighed = {word: weights.weight(word, folded) for word in sequence if not is_question_word(word)}
    pairs = {
        pair: weight
        for pair in pairwise(sequence)
        if pair[0] in weighed and pair[1] in weighed and (weight := weights.pair_weight(*pair, folded))
    }
    names = () if folded else (reader(name, folded).sequence for name in query.names)
    named = tuple(name for name in names if len(name) > 1)
    rarity = {word: weights.idf(word, folded) for word in sequence}
    tails = tuple(tail for name in query.names if (tail := _tail(name, folded, reader)))
    return Wanted(sequence, weighed, pairs, named, tuple(map(str, query.years)), folded, reader, rarity, tails)


def _tail(name: str, folded: bool, reader: WordReader) -> tuple[str, str] | None:
    capitals = _CAPITALS.findall(name)
    words = reader(capitals[-1], folded).sequence[-2:] if capitals else ()
    return (words[0], words[1]) if len(words) == 2 else None
