"""The measures, values in and values out. Ranking measures are those of ir-measures; the rest is defined here.

What is judged is the gold quote, not the passage, so that no figure depends on how documents were split.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

from ir_measures import RR, Qrel, R, ScoredDoc, calc_aggregate, nDCG

from eval.text import contains_words, squeeze
from indexer.types import Span

CUTOFFS = (1, 3, 5, 10)
DEPTH = max(CUTOFFS)
_NO_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one document's text."""

    document_id: str
    span: Span

    def overlaps(self, other: Place) -> bool:
        return self.document_id == other.document_id and self.span.overlaps(other.span)

    def shared(self, other: Place) -> int:
        """How many characters both have."""
        if not self.overlaps(other):
            return 0
        return min(self.span.end, other.span.end) - max(self.span.start, other.span.start)

    @property
    def length(self) -> int:
        return self.span.end - self.span.start


Quote: TypeAlias = tuple[Place, ...]
"""Every place where a gold quote stands; () where it stands nowhere, so that no hit can find it."""


def quotes_found(hits: Sequence[Place], quotes: Sequence[Quote]) -> tuple[frozenset[int], ...]:
    """For each hit, best first, which quotes it overlaps."""
    return tuple(
        frozenset(number for number, quote in enumerate(quotes) if any(hit.overlaps(place) for place in quote))
        for hit in hits
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one retriever found for one question: of `quotes` gold quotes, those that each hit overlaps, best first."""

    quotes: int
    found: tuple[frozenset[int], ...]

    @property
    def first_rank(self) -> int | None:
        """The rank, from 1, of the first hit that holds evidence."""
        return next((rank for rank, numbers in enumerate(self.found, start=1) if numbers), None)


def hit_at(rankings: Collection[Ranking], k: int) -> float:
    """Share of the questions with evidence among the first k hits."""
    return mean(float(ranking.first_rank is not None and ranking.first_rank <= k) for ranking in rankings)


def ranking_measures(rankings: Mapping[str, Ranking]) -> dict[str, float]:
    """R@k, RR@10 and nDCG@10 over questions by id. A question without hits counts 0, as in trec_eval.

    A hit counts for the quotes that no earlier hit overlapped, all of them at its rank: a passage that holds two
    quotes finds both at once, and a second passage that overlaps the same quote finds nothing new.
    """
    qrels = [Qrel(name, f"quote {n}", 1) for name, ranking in rankings.items() for n in range(ranking.quotes)]
    if not qrels:
        return {}
    values = {
        f"R@{k}": float(calc_aggregate([R @ _NO_LIMIT], qrels, _run(rankings, k))[R @ _NO_LIMIT]) for k in CUTOFFS
    }
    rest = calc_aggregate([RR, nDCG], qrels, _run(rankings, DEPTH))
    return values | {f"RR@{DEPTH}": float(rest[RR]), f"nDCG@{DEPTH}": float(rest[nDCG])}


def _run(rankings: Mapping[str, Ranking], hits: int) -> list[ScoredDoc]:
    """The first hits of each question as the rows that ir-measures takes; higher scores come first."""
    return [
        ScoredDoc(name, row, -float(position))
        for name, ranking in rankings.items()
        for position, row in enumerate(_rows(ranking.found[:hits]))
    ]


def _rows(found: Sequence[frozenset[int]]) -> Iterator[str]:
    seen: set[int] = set()
    for rank, numbers in enumerate(found, start=1):
        new = sorted(numbers - seen)
        yield from [f"quote {number}" for number in new] or [f"hit {rank}"]
        seen.update(new)


def is_right(accepted: Iterable[str], texts: Collection[str]) -> bool:
    """Whether one accepted string stands in one of the texts; case, blanks and tone placement don't matter."""
    return any(contains_words(text, words) for words in accepted for text in texts)


def is_verbatim(quote: str, span: Span, text: str, source: str | None) -> bool:
    """Whether a quote is the very characters of its span, and stands in the source file as well.

    The source may break lines elsewhere. `source` is None where the file isn't plain text or isn't at hand.
    """
    return quote == span.of(text) and (source is None or bool(squeeze(source).find(quote)))


def citation_precision(citations: Sequence[Place], quotes: Sequence[Quote]) -> float:
    """Share of the citations that support the answer: half of the citation, or half of a gold quote, is shared.

    As ALCE's citation precision (Gao, Yen, Yu & Chen, EMNLP 2023), gold spans in place of its entailment judge.
    """
    places = [place for quote in quotes for place in quote]
    return mean(float(any(_supports(citation, place) for place in places)) for citation in citations)


def _supports(citation: Place, place: Place) -> bool:
    shared = citation.shared(place)
    return shared > 0 and 2 * shared >= min(citation.length, place.length)


def citation_recall(citations: Sequence[Place], quotes: Sequence[Quote]) -> float:
    """Share of the gold quotes of which the citations together cover half the characters, at one of their places.

    As ALCE's citation recall, gold spans in place of its entailment judge.
    """
    return mean(float(any(2 * _covered(place, citations) >= place.length for place in quote)) for quote in quotes)


def _covered(place: Place, citations: Sequence[Place]) -> int:
    """How many characters of a place lie in at least one citation."""
    positions: set[int] = set()
    for citation in citations:
        if citation.overlaps(place):
            positions.update(range(max(citation.span.start, place.span.start), min(citation.span.end, place.span.end)))
    return len(positions)


def mean(values: Iterable[float]) -> float:
    """The mean; 0.0 of nothing, since what was never measured may not look good."""
    listed = list(values)
    return fmean(listed) if listed else 0.0
