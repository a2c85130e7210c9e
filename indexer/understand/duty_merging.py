"""Rows that state the same duty, brought together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.types import Trigger
from indexer.understand.duty_slots import Row
from indexer.understand.reading import Reading
from indexer.understand.sentences import shadow

# The share of the words of the shorter action that stand in the longer one, of duties of the same days and bearers.
SAME_ACTION = 0.6
_REVIEWS = ("sơ kết", "tổng kết")
_UNTELLING = re.compile(r"\b(?:các|những|toàn thể|trực thuộc trung ương|tỉnh|có liên quan|liên quan)\b")


def groups(reading: Reading, rows: Iterator[Row]) -> list[list[Row]]:
    """Rows that say the same duty: the same words, bearers and days; or the same days, mostly the same bearers, and
    the same recipients or mostly the same words. Compared only with rows of the same days, so that long documents
    stay cheap.
    """
    found: list[list[Row]] = []
    by_words: dict[tuple[object, ...], list[Row]] = {}
    by_days: dict[tuple[object, ...], list[list[Row]]] = {}
    for row in rows:
        when = (row.deadline.dates, row.deadline.recurrence) if row.deadline else ((), None)
        words = (when, row.bearers, folded(reading.plain(row.action)))
        near = by_days.setdefault(when, []) if when != ((), None) else []
        group = by_words.get(words) or next((one for one in near if _same(reading, one[0], row)), None)
        if group is None:
            group = []
            found.append(group)
            near.append(group)
        group.append(row)
        by_words.setdefault(words, group)
    return found


def tied(reading: Reading, found: list[list[Row]]) -> list[list[Row]]:
    """ "báo cáo sơ kết … gửi về Ban" without a day is the review that the document dates elsewhere, of the same bodies
    to the same recipients.
    """
    dated = [group for group in found if group[0].deadline and group[0].deadline.trigger is Trigger.AFTER_DOCUMENT]
    kept: list[list[Row]] = []
    for group in found:
        review = _review(reading, group[0]) if not group[0].deadline else None
        same = [
            one for one in dated if review and _review(reading, one[0]) == review and _go_together(one[0], group[0])
        ]
        if len(same) == 1:
            same[0].extend(group)
        else:
            kept.append(group)
    return kept


def folded(name: str) -> str:
    return " ".join(_UNTELLING.sub(" ", shadow(name).lower()).split())


def _same(reading: Reading, one: Row, other: Row) -> bool:
    if not _overlap(one.bearers, other.bearers):
        return False
    return _overlap(one.recipients, other.recipients) or _same_words(reading, one, other)


def _same_words(reading: Reading, one: Row, other: Row) -> bool:
    if one.recipients and other.recipients:
        return False
    mine, theirs = (set(folded(reading.plain(row.action)).split()) for row in (one, other))
    return len(mine & theirs) >= SAME_ACTION * max(min(len(mine), len(theirs)), 1)


def _go_together(one: Row, other: Row) -> bool:
    return _overlap(one.recipients, other.recipients) and _overlap(one.bearers, other.bearers)


def _review(reading: Reading, row: Row) -> str | None:
    """Which of the two reviews an action is about, None where none or both."""
    words = reading.content(row.action).lower()
    named = [review for review in _REVIEWS if review in words]
    return named[0] if len(named) == 1 else None


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    mine, theirs = ({folded(name) for name in names} for names in (left, right))
    return bool(mine & theirs) and 2 * len(mine & theirs) >= min(len(mine), len(theirs))
