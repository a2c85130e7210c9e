"""How much of what a question asks about stands in a stretch of text, each word counted by how rare it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from indexer.analyze import fold, syllables
from indexer.lexicon import ABBREVIATIONS
from indexer.numbers import key, serial
from search.query import is_question_word

_EXPANSIONS = {short.lower(): tuple(syllables(long)) for short, long in ABBREVIATIONS.items()}
_SKIPPED = frozenset("và hoặc của các những với số ngày ở tại thuộc".split())
_LONG_DATE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?", re.IGNORECASE)
_DATE = re.compile(r"0?(\d{1,2})/0?(\d{1,2})(?:/(\d{4}))?")


@dataclass(frozen=True)
class Words:
    """Text as comparable words: lower case, abbreviations spelled out, numbers by their key; folded for bare questions."""

    sequence: tuple[str, ...]

    @cached_property
    def all(self) -> frozenset[str]:
        return frozenset(self.sequence)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self.sequence))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks about: the weight of each content word and of each pair of neighbours, and its names."""

    weights: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    names: tuple[tuple[str, ...], ...]
    folded: bool
    abbreviations: Mapping[str, tuple[str, ...]]

    def words(self, text: str) -> Words:
        return words(text, self.folded, self.abbreviations)

    def coverage(self, levels: Sequence[tuple[frozenset[str], float]]) -> float:
        """Share of the weight found, each word at the best level of those sets that hold it; 0..1."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        found = sum(
            weight * max((level for held, level in levels if word in held), default=0.0) for word, weight in self.weights.items()
        )
        return found / total

    def pair_coverage(self, held: frozenset[tuple[str, str]]) -> float:
        """Share of the neighbouring words of the question that are neighbours in the text too; 0..1."""
        total = sum(self.pairs.values())
        return sum(weight for pair, weight in self.pairs.items() if pair in held) / total if total else 0.0

    def lacks_name(self, near: Iterable[Words], document: Words, enough: float = 0.55) -> bool:
        """Whether a name of the question stands in none of the near texts: too few of its neighbouring words do.

        A pair that stands only elsewhere in the document (the province, say) counts half.
        """
        held = frozenset[tuple[str, str]]().union(*(scope.pairs for scope in near))
        return any(_held(name, held, document.pairs) < enough for name in self.names)


def _held(name: tuple[str, ...], near: frozenset[tuple[str, str]], document: frozenset[tuple[str, str]]) -> float:
    neighbours = list(pairwise(name))
    return sum(1.0 if pair in near else 0.5 * (pair in document) for pair in neighbours) / len(neighbours)


def words(text: str, folded: bool, abbreviations: Mapping[str, tuple[str, ...]]) -> Words:
    """The comparable words of a text in order, without the smallest joining words."""
    found: list[str] = []
    for token in syllables(_LONG_DATE.sub(_short_date, text)):
        found += _spelled(token, abbreviations)
    kept = (token for token in found if token not in _SKIPPED)
    return Words(tuple(fold(token) for token in kept) if folded else tuple(kept))


def _short_date(match: re.Match[str]) -> str:
    return "/".join(filter(None, match.groups()))


def _spelled(token: str, abbreviations: Mapping[str, tuple[str, ...]]) -> Sequence[str]:
    if day := _DATE.fullmatch(token):
        return tuple(filter(None, (f"{int(day[1])}/{int(day[2])}", day[3])))
    if "/" in token and not token.replace("/", "").isdigit():
        return serial(token), key(token)
    return abbreviations.get(token) or _EXPANSIONS.get(token) or (token,)


def wanted(
    text: str,
    folded: bool,
    names: Sequence[str],
    weigh: Callable[[str], float],
    abbreviations: Mapping[str, tuple[str, ...]],
) -> Wanted:
    """What `text` (a question in Vietnamese) asks about; `weigh` gives the rarity of a word in the index."""
    sequence = words(text, folded, abbreviations).sequence
    content = [word for word in sequence if not is_question_word(word)]
    weights = {word: weigh(word) for word in content}
    pairs = {
        pair: weights[pair[0]] + weights[pair[1]] for pair in pairwise(sequence) if pair[0] in weights and pair[1] in weights
    }
    named = tuple(words(name, folded, abbreviations).sequence for name in names)
    return Wanted(weights, pairs, tuple(name for name in named if len(name) > 1), folded, abbreviations)
