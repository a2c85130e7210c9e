"""Which held document a reference means: the same number is used again in every term and by every province."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.lexicon import PLACED_CODES
from indexer.numbers import codes, key
from indexer.successors import province_in
from indexer.types import Document, Reference


def held(reference: Reference, source: Document, candidates: Iterable[Document]) -> Document | None:
    """The candidate that `source` means; None where none bears the number, or date or place tell that it is another.

    Of several that may be meant, those of the same day come first, then those of the same place, then the first.
    """
    fitting = [one for one in candidates if one.id != source.id and may_mean(reference, source, one)]
    return min(
        fitting, key=lambda one: (one.form.issued_on != reference.issued_on, not _near(source, one)), default=None
    )


def may_mean(reference: Reference, source: Document, document: Document) -> bool:
    """Whether nothing speaks against it: number, date and, for numbers that every place gives out, the place."""
    form = document.form
    if form.number is None or key(form.number) != key(reference.number):
        return False
    if reference.issued_on and form.issued_on:
        return reference.issued_on == form.issued_on
    named = province_in(reference.issuer)
    if named and (own := _province(document)):
        return named == own
    return not PLACED_CODES & set(codes(reference.number)) or _near(source, document)


def _near(one: Document, other: Document) -> bool:
    """Whether two documents are of one province, or one of them doesn't say of which."""
    here, there = _province(one), _province(other)
    return here is None or there is None or here == there


def _province(document: Document) -> str | None:
    """Of the body, else of the place of issue: a ward or district that bears no province's name says nothing."""
    form = document.form
    return province_in(form.issuer) or province_in(form.superior) or province_in(form.place)
