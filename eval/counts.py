"""What right and wrong are counted with, and texts compared by, when keys judge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.text import plain
from indexer.types import Span

OR = " | "


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all are right."""

    right: int = 0
    all: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.all + other.all)

    @property
    def value(self) -> float | None:
        return self.right / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Found:
    """right: in both; key: in the key; found: in what was understood."""

    right: int = 0
    key: int = 0
    found: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.key + other.key, self.found + other.found)

    @property
    def f1(self) -> float | None:
        """van Rijsbergen 1979; None where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.key + self.found) if self.key + self.found else None


def bare(value: str | None) -> str:
    return plain(value or "").strip(" .,;:/*_")


def touch(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def same(wanted: str | None, found: str | None) -> bool:
    """`wanted` may name several ways that are as good, parted by " | "."""
    return any(bare(way) == bare(found) for way in (wanted or "").split(OR))
