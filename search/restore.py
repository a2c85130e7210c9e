"""Diacritics put back into a question: the likeliest syllables by a model of pairs, found by Viterbi's algorithm.

What was typed with marks stays. A syllable typed without marks may be meant so ("ban", "cho"); how likely that is
follows from how many of the question's syllables carry marks. A word that neither the index nor the counts know is read
as telex keys, else as a word one letter away from a known one; among several the neighbours decide.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import fold, normalize
from indexer.lexical import LexicalIndex
from search.spelling import lost_marks, one_letter_away, telex
from search.viterbi import best_path, near_paths

COUNTS = Path(__file__).parents[1] / "indexer" / "data" / "syllables.txt.xz"

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"\S*\d\S*")
_SYMBOL = re.compile(r"\S*\d\S*|[A-ZĐƯ]{2,}(?:[-/&]\w+)+")
# Of running syllables, three in four carry a mark (counted in the training texts).
MARKED_SHARE = 0.75
# How people type, and what share of the marks they then leave out: in full, half of them, none at all. An assumption:
# the three are how questions are measured, and one in full must stay what it is.
WAYS_OF_TYPING = ((0.7, 0.0), (0.1, 0.5), (0.2, 1.0))
# The least chance that marks were left out, so that one bare syllable in an accented question can still be restored.
LEAST_LEFT_OUT = 0.002
# Absolute discounting (Ney, Essen & Kneser, 1994): what each counted pair gives up to the pairs never counted.
DISCOUNT = 0.75
# What a passage of the index that holds a pair counts against one sighting in the training texts.
CORPUS_WEIGHT = 20.0
# Rarer spellings of one bare syllable, as a share of the commonest, are not tried unless the index knows them.
RARE_SPELLING = 0.0005
MOST_SPELLINGS = 10
# The likeliest words one letter away that are tried for an unknown one, and how long an unknown name has to be.
MOST_MEANT = 24
# How much less likely (in log chance) another reading may be to be offered beside the first.
NEARLY = 1.5
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class SyllableCounts:
    """Counts of the training texts. A pair's key is first * len(counts) + second; keys are ascending.

    Counts of pairs are discounted.
    """

    numbers: Mapping[str, int]
    counts: NDArray[np.float64]
    pairs: NDArray[np.int64]
    pair_counts: NDArray[np.float64]
    left: NDArray[np.float64]  # (syllables,) what the pairs that begin with a syllable leave to those never counted
    joined: NDArray[np.float64]  # (syllables,) how many different syllables come before one, as a share of all pairs

    def pair(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
        """The discounted count of each pair; -1 stands for a syllable that was never counted."""
        keys = first * len(self.counts) + second
        places = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        known = (first >= 0) & (second >= 0) & (self.pairs[places] == keys)
        return np.where(known, self.pair_counts[places], 0.0)


@cache
def shipped_counts() -> SyllableCounts:
    """What eval/count_syllables.py counted."""
    names, steps, pair_counts = lzma.decompress(COUNTS.read_bytes()).decode("utf-8").splitlines()
    parts = names.split(" ")
    return _with_rests(
        numbers={syllable: place for place, syllable in enumerate(parts[::2])},
        counts=np.array(parts[1::2], dtype=np.float64),
        pairs=np.cumsum(np.array(steps.split(" "), dtype=np.int64)),
        pair_counts=np.array(pair_counts.split(" "), dtype=np.float64),
    )


def _with_rests(
    numbers: Mapping[str, int], counts: NDArray[np.float64], pairs: NDArray[np.int64], pair_counts: NDArray[np.float64]
) -> SyllableCounts:
    size = len(counts)
    kept = np.bincount(pairs // size, weights=pair_counts - DISCOUNT, minlength=size)
    joined = np.bincount(pairs % size, minlength=size) + 1.0
    left = np.maximum(counts - kept, DISCOUNT)
    return SyllableCounts(numbers, counts, pairs, pair_counts - DISCOUNT, left, joined / joined.sum())


@dataclass(frozen=True, slots=True)
class _Spellings:
    """What one typed syllable may stand for: the number and count of each, and its log chance from the typing alone."""

    texts: tuple[str, ...]
    numbers: NDArray[np.int64]
    counts: NDArray[np.float64]
    typing: NDArray[np.float64]


class Restorer:
    """Read-only once built, so threads may share it. `corpus` adds the index's own syllables and pairs."""

    def __init__(self, counts: SyllableCounts, corpus: LexicalIndex | None = None) -> None:
        self._counts = counts
        self._corpus = corpus
        self._held = _held_syllables(corpus) if corpus is not None else {}
        self._spellings = _grouped(counts, self._held)
        self._total = float(counts.counts.sum()) + CORPUS_WEIGHT * sum(self._held.values())

    def restore(self, text: str) -> str:
        """The text with its likeliest diacritics, else normalised; case, blanks and everything but letters stay."""
        plain, runs, left_out = self._read_whole(text)
        return _written(plain, runs, [self._likeliest(run, left_out) for run in runs])

    def alternatives(self, text: str) -> tuple[str, ...]:
        """Other readings that are nearly as likely as `restore(text)`, likeliest first; none where it is sure."""
        plain, runs, left_out = self._read_whole(text)
        best = [self._likeliest(run, left_out) for run in runs]
        return tuple(
            _written(plain, runs, [*best[:at], other, *best[at + 1 :]])
            for at, run in enumerate(runs)
            for other in self._nearly_as_likely(run, left_out)
        )

    def _read_whole(self, text: str) -> tuple[str, list[list[re.Match[str]]], float]:
        plain = normalize(text)
        return plain, list(_runs(plain)), left_out_chance([self._read(word) for word in _WORD.findall(plain)])

    def _likeliest(self, run: Sequence[re.Match[str]], left_out: float) -> list[str]:
        choices = [self._choices(match[0], left_out) for match in run]
        if all(len(choice.texts) == 1 for choice in choices):
            return [choice.texts[0] for choice in choices]
        return _spelled(choices, best_path(*self._chances(choices)))

    def _nearly_as_likely(self, run: Sequence[re.Match[str]], left_out: float) -> list[list[str]]:
        choices = [self._choices(match[0], left_out) for match in run]
        return [_spelled(choices, path) for path in near_paths(*self._chances(choices), NEARLY)]

    def _chances(self, choices: Sequence[_Spellings]) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
        """The log chance of each spelling by how it was typed, and of each step to a spelling of the next syllable."""
        typing = [choices[0].typing + self._alone(choices[0]), *(choice.typing for choice in choices[1:])]
        return typing, self._steps(choices)

    def _read(self, word: str) -> str:
        """A word in lower case; the syllable that its telex keys spell, where nothing else is known of it."""
        syllable = word.lower()
        spelled = None if self._is_known(syllable) else telex(syllable)
        return spelled if spelled is not None and self._is_known(spelled) else syllable

    def _is_known(self, syllable: str) -> bool:
        if syllable in self._counts.numbers or syllable in self._spellings or syllable in self._held:
            return True
        return self._corpus is not None and self._corpus.holding("syllables", [syllable]) != [0]

    def _choices(self, typed: str, left_out: float) -> _Spellings:
        """The spellings of a syllable; only itself where it carries marks, or where nothing is known of it."""
        syllable = self._read(typed)
        if not self._is_known(syllable) and not (len(typed) > 1 and typed.isupper()):
            return self._meant(typed, left_out)
        bare = fold(syllable) == syllable
        texts = tuple(dict.fromkeys((syllable, *self._spellings.get(syllable, ())))) if bare else (syllable,)
        return self._weighed(texts, [1.0 if text == syllable else left_out for text in texts])

    def _meant(self, typed: str, left_out: float) -> _Spellings:
        """What an unknown word may have been meant as; only itself where nothing known is near.

        A name is only taken for one that the index holds.
        """
        syllable = typed.lower()
        is_name = typed != syllable
        near = dict(self._near(syllable, left_out))
        found = self._weighed(tuple(near), list(near.values())) if near else None
        if found is None or (is_name and (len(typed) < SHORTEST_NAME or not self._held.keys() & near)):
            return self._weighed((syllable,), [1.0])
        best = np.argsort(-(found.typing + np.log(found.counts + 1)), kind="stable")[:MOST_MEANT]
        kept = [place for place in best.tolist() if not is_name or found.texts[place] in self._held]
        return self._weighed(tuple(found.texts[place] for place in kept), np.exp(found.typing[kept]).tolist())

    def _near(self, syllable: str, left_out: float) -> Iterator[tuple[str, float]]:
        """Known syllables one slip away, with the chance that the marks they lost were left out."""
        own = fold(syllable)
        yield from ((text, 1.0) for text in self._spellings.get(own, ()))
        for bare in dict.fromkeys(one_letter_away(syllable)):
            for text in self._spellings.get(bare, ()):
                lost = lost_marks(syllable, text)
                if lost is not None:
                    yield text, left_out**lost

    def _weighed(self, texts: tuple[str, ...], chances: Sequence[float]) -> _Spellings:
        numbers = np.array([self._counts.numbers.get(text, -1) for text in texts])
        counted = np.where(numbers >= 0, self._counts.counts[numbers], 0.0)
        held = np.array([self._held.get(text, 0) for text in texts], dtype=np.float64)
        return _Spellings(texts, numbers, counted + CORPUS_WEIGHT * held, np.log(chances))

    def _alone(self, choice: _Spellings) -> NDArray[np.float64]:
        chance: NDArray[np.float64] = np.log((choice.counts + 0.5) / self._total)
        return chance

    def _steps(self, choices: Sequence[_Spellings]) -> list[NDArray[np.float64]]:
        """For each pair of neighbours the log chance of each second spelling after each first one.

        All pairs are looked up at once; where both have one spelling there is nothing to choose, and the step is 0.
        """
        steps = [np.zeros((len(first.texts), len(second.texts))) for first, second in pairwise(choices)]
        open_ = [at for at, step in enumerate(steps) if step.size > 1]
        if open_:
            flat = self._step_chances([(choices[at], choices[at + 1]) for at in open_])
            parts = np.split(flat, np.cumsum([steps[at].size for at in open_])[:-1])
            for at, part in zip(open_, parts, strict=True):
                steps[at] = part.reshape(steps[at].shape)
        return steps

    def _step_chances(self, pairs: Sequence[tuple[_Spellings, _Spellings]]) -> NDArray[np.float64]:
        first = np.concatenate([np.repeat(one.numbers, len(two.texts)) for one, two in pairs])
        second = np.concatenate([np.tile(two.numbers, len(one.texts)) for one, two in pairs])
        before = np.concatenate([np.repeat(one.counts, len(two.texts)) for one, two in pairs])
        seen = self._counts.pair(first, second)
        if self._corpus is not None:
            terms = [f"{one}_{two}" for ones, twos in pairs for one in ones.texts for two in twos.texts]
            seen = seen + CORPUS_WEIGHT * np.array(self._corpus.holding("bigrams", terms))
        chance: NDArray[np.float64] = np.log((seen + self._left(first) * self._joined(second)) / (before + 1))
        return chance

    def _left(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.where(numbers >= 0, self._counts.left[numbers], 1.0)

    def _joined(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """The chance of a syllable after one that it was never counted after."""
        rarest = 1.0 / len(self._counts.pairs)
        return np.where(numbers >= 0, self._counts.joined[numbers], rarest)


def left_out_chance(syllables: Sequence[str]) -> float:
    """How likely a syllable lost its marks in typing, from how many of the syllables still carry one (Bayes)."""
    marked = sum(fold(syllable) != syllable.lower() for syllable in syllables)
    bare = len(syllables) - marked
    likelihoods = [prior * _chance(marked, bare, MARKED_SHARE * (1 - left)) for prior, left in WAYS_OF_TYPING]
    total = sum(likelihoods)
    expected = sum(chance * left for chance, (_, left) in zip(likelihoods, WAYS_OF_TYPING, strict=True)) / total
    return max(expected, LEAST_LEFT_OUT)


def _chance(marked: int, bare: int, share: float) -> float:
    """In proportion to how likely so many marked and bare syllables are; scaled so that long texts don't vanish."""
    return float((share / MARKED_SHARE) ** marked * ((1 - share) / (1 - MARKED_SHARE)) ** min(bare, 100))


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of a text, in runs that no number or abbreviation interrupts: no pair was counted over those."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(_without_symbols(text)):
        if run and not _BETWEEN.fullmatch(text[run[-1].end() : match.start()]):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _without_symbols(text: str) -> str:
    """The text, of the same length, with a 0 for each letter of what isn't spoken: 284-KH/BKTTW, CV/TU."""
    masked = _FIGURES if text.isupper() else _SYMBOL
    return masked.sub(lambda match: "0" * len(match[0]), text)


def _spelled(choices: Sequence[_Spellings], path: Sequence[int]) -> list[str]:
    return [choice.texts[place] for choice, place in zip(choices, path, strict=True)]


def _written(plain: str, runs: Sequence[Sequence[re.Match[str]]], syllables: Sequence[Sequence[str]]) -> str:
    """The text with the syllables of its runs exchanged, each in the case of what was typed."""
    pieces, end = [], 0
    for run, spelled in zip(runs, syllables, strict=True):
        for match, syllable in zip(run, spelled, strict=True):
            pieces += [plain[end : match.start()], _cased(match[0], syllable)]
            end = match.end()
    return "".join([*pieces, plain[end:]])


def _held_syllables(corpus: LexicalIndex) -> dict[str, int]:
    """The syllables of the index that carry marks or could, and how many passages hold each."""
    syllables = [term for term in corpus.vocabulary("syllables") if term.isalpha() and len(term) <= 7]
    return dict(zip(syllables, corpus.holding("syllables", syllables), strict=True))


def _grouped(counts: SyllableCounts, held: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Bare syllable -> its spellings, commonest first."""
    weight = {syllable: float(counts.counts[number]) for syllable, number in counts.numbers.items()}
    for syllable, passages in held.items():
        weight[syllable] = weight.get(syllable, 0.0) + CORPUS_WEIGHT * passages
    grouped: dict[str, list[str]] = {}
    for syllable in sorted(weight, key=lambda syllable: (-weight[syllable], syllable)):
        group = grouped.setdefault(fold(syllable), [])
        if len(group) < MOST_SPELLINGS and (not group or weight[syllable] >= RARE_SPELLING * weight[group[0]]):
            group.append(syllable)
    return {bare: tuple(group) for bare, group in grouped.items()}


def _cased(typed: str, syllable: str) -> str:
    """The syllable in the case of what was typed: letter by letter, where none came or went."""
    if len(typed) == len(syllable):
        return "".join(
            letter.upper() if shape.isupper() else letter for shape, letter in zip(typed, syllable, strict=True)
        )
    if len(typed) > 1 and typed.isupper():
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable


def open_restorer(corpus: LexicalIndex | None = None) -> Restorer:
    """A restorer with the shipped counts and, where given, those of an index."""
    return Restorer(shipped_counts(), corpus)
