"""Which documents a filter lets pass: by type, issuer, level, year, days, recipient and secrecy. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from indexer.analyze import fold
from indexer.lexicon import KINDS
from indexer.types import Form
from search.types import Filters, Level, Query

Facet = tuple[str | None, str | None, str | None]
"""Type, issuer, day of issue in ISO form."""

_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (Level.GRASSROOTS, r"\bco so\b|\bchi bo\b|\bcdcs\b"),
        (Level.COMMUNE, r"\b(?:xa|phuong|thi tran)\b(?! hoi)"),
        (Level.DISTRICT, r"\b(?:huyen|(?<!co )quan|thi xa)\b(?! (?:doi|su|khu|uy trung uong))"),
        (Level.PROVINCE, r"\btinh\b|\bthanh (?:pho|uy)\b"),
        (
            Level.CENTRAL,
            r"\b(?:trung uong|tong lien doan|chinh phu|quoc hoi|ban bi thu)\b|\bbo\b(?! phan)",
        ),
    )
)

_WORD = re.compile(r"[^\W_]+")


def level_of(issuer: str | None) -> Level | None:
    """How high a body stands, by its name; None where the name doesn't say.

    >>> str(level_of("Huyện ủy Thuận Nam")), str(level_of("Ban Kinh tế Trung ương")), level_of("Công ty An Sơn")
    ('district', 'central', None)
    """
    name = fold(issuer or "")
    return next((level for level, pattern in _LEVELS if pattern.search(name)), None)


def passes(form: Form, filters: Filters) -> bool:
    """Whether a document of this form may be shown; what the form doesn't say passes no filter on it."""
    return (
        _is_one(form.kind, filters.kinds)
        and _is_one(form.issuer, filters.issuers)
        and (not filters.levels or level_of(form.issuer) in filters.levels)
        and (not filters.years or (form.issued_on is not None and form.issued_on.year in filters.years))
        and _is_between(form.issued_on, filters.issued_from, filters.issued_to)
        and (not filters.recipients or _is_sent_to(form, filters.recipients))
        and _is_one(form.secrecy, filters.secrecy)
    )


def _is_one(value: str | None, wanted: frozenset[str]) -> bool:
    return not wanted or fold(value or "") in set(map(fold, wanted))


def _is_between(day: date | None, first: date | None, last: date | None) -> bool:
    """Both days are inside."""
    if first is None and last is None:
        return True
    return day is not None and (first is None or first <= day) and (last is None or day <= last)


def _is_sent_to(form: Form, wanted: frozenset[str]) -> bool:
    """Whether an addressee or recipient names one of the bodies: "Các huyện ủy (để báo cáo)" names "huyện ủy"."""
    told = [f" {' '.join(_WORD.findall(fold(name)))} " for name in (*form.addressee, *form.recipients)]
    asked = [f" {' '.join(_WORD.findall(fold(name)))} " for name in wanted]
    return any(body in name for body in asked for name in told)


def named_share(query: Query) -> Callable[[Facet], float] | None:
    """How many of the type, the year and the issuer that a question names are a document's, as a share; None for none.

    A preference and no filter: "kế hoạch" may be one that another document speaks of, 2021 the year of a figure.
    """
    kinds, years, issuers = _named_kinds(query), {str(year) for year in query.years}, _named_bodies(query)
    asked = sum(map(bool, (kinds, years, issuers)))
    if not asked:
        return None

    def share(facet: Facet) -> float:
        kind, issuer, issued_on = facet
        met = (kind in kinds) + ((issued_on or "")[:4] in years) + any(_is_named(issuer, name) for name in issuers)
        return met / asked

    return share


def _named_kinds(query: Query) -> frozenset[str]:
    """Types that a question names; the longest of those that hold each other."""
    text = f" {' '.join(_WORD.findall(query.text.lower()))} "
    found = [kind for kind in KINDS if f" {kind} " in text]
    return frozenset(kind for kind in found if not any(kind != other and kind in other for other in found))


def _named_bodies(query: Query) -> Sequence[frozenset[str]]:
    return [name for name in map(_words, query.names) if len(name) > 1]


def _is_named(issuer: str | None, name: frozenset[str]) -> bool:
    return name <= _words(issuer or "")


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(name)))
