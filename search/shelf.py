"""The shelf of documents: found by words, filtered, sorted; and what stands around one of them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum

from indexer.analyze import fold
from indexer.numbers import key
from indexer.types import Document
from search.facets import passes
from search.lineage import Lineage
from search.types import Filters

_WORD = re.compile(r"[^\W_]+")


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    NUMBER = "number"
    ISSUER = "issuer"


def find_documents(documents: Iterable[Document], words: str, filters: Filters, order: Order) -> list[Document]:
    """Documents that the filters let pass and whose head holds every word, by its beginning and without diacritics.

    One that bears the number asked for comes first; one without a day, number or issuer comes after those that have
    one; ties by file and place in it.
    """
    number, wanted = key(words), _WORD.findall(fold(words))
    found = [
        document
        for document in documents
        if passes(document.form, filters) and (_bears(document, number) or _names(document, wanted))
    ]
    return sorted(_sorted(found, order), key=lambda document: not _bears(document, number))


def _bears(document: Document, number: str) -> bool:
    return bool(number) and document.form.number is not None and key(document.form.number) == number


def _names(document: Document, wanted: Sequence[str]) -> bool:
    form = document.form
    signer = form.signer.name if form.signer else None
    head = " ".join(filter(None, (form.kind, form.number, form.issuer, form.summary, signer, document.file)))
    known = _WORD.findall(fold(head))
    return all(any(word.startswith(start) for word in known) for start in wanted)


def _sorted(found: list[Document], order: Order) -> list[Document]:
    """Stable sorting by the less important key first."""
    found = sorted(found, key=lambda document: document.form.issued_on or date.min, reverse=order is not Order.OLDEST)
    match order:
        case Order.NEWEST:
            return found
        case Order.OLDEST:
            return sorted(found, key=lambda document: document.form.issued_on is None)
        case Order.NUMBER:
            return sorted(found, key=lambda document: _number_order(document.form.number))
        case Order.ISSUER:
            return sorted(found, key=lambda document: (not document.form.issuer, fold(document.form.issuer or "")))


def _number_order(number: str | None) -> tuple[bool, int, str]:
    """By serial as a figure, then by the letters: 9-KH before 10-KH."""
    serial = re.match(r"\d+", number or "")
    return number is None, int(serial[0]) if serial else 0, fold(number or "")


def bundled_with(document: Document, documents: Iterable[Document]) -> list[Document]:
    """The other documents of the same file: the letter that forwards it, or what it forwards."""
    return [other for other in documents if other.file == document.file and other.id != document.id]


def related(cited: Sequence[Document], around: Callable[[Document], Lineage], count: int) -> list[Document]:
    """Held documents that the cited ones name or that name them, those most often linked first."""
    known = {document.id for document in cited}
    linked: Counter[str] = Counter()
    found: dict[str, Document] = {}
    for document in cited:
        links = around(document)
        for other in (*(link.target for link in links.outgoing), *(link.source for link in links.incoming)):
            if other is not None and other.id not in known:
                found[other.id] = other
                linked[other.id] += 1
    return [found[id_] for id_, _ in sorted(linked.items(), key=lambda pair: (-pair[1], pair[0]))][:count]
