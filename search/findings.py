"""What an answer may rest on, and a possible answer, whichever way it was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.types import Document, Duty, Span
from search.types import Hit

ReplacedBy = Callable[[Document], frozenset[str]]


def nothing_replaces(document: Document) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Material:
    """The best passages, and the documents that the question names.

    named: held documents that bear a number of the question; citing: those that cite a number no held document bears.
    unknown: numbers of the question that no document bears or cites.
    replaced_by: the ids of the documents that replace or amend another one.
    given: the words that name a document in the question; they need not be found in the named document again.
    """

    hits: tuple[Hit, ...]
    named: tuple[Document, ...]
    citing: tuple[Document, ...]
    unknown: tuple[str, ...]
    given: frozenset[str] = frozenset()
    replaced_by: ReplacedBy = nothing_replaces

    @property
    def named_ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.named)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document in sight, the named ones first, then in the order of the hits."""
        everything = (*self.named, *self.citing, *(hit.document for hit in self.hits))
        return tuple({document.id: document for document in everything}.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """Direct words, the verbatim places they rest on, and how much of the question the places carry (0..1).

    entries: the members of a list, in order; duties: the rows of the table.
    score: ranks the findings of one way of answering. confidence: how likely it is right, where the way can tell.
    """

    lead: str
    document: Document
    spans: tuple[Span, ...]
    support: float
    entries: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    score: float = 0.0
    confidence: float | None = None
