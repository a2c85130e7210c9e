"""The days on which a duty falls due, from its days on record and its rule (RFC 5545). Pure."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

from indexer.types import Duty

LOOK_AHEAD_DAYS = 366


def due_dates(duty: Duty, start: date | None, end: date | None, issued_on: date | None = None) -> tuple[date, ...]:
    """The days on which a duty falls due from `start` to `end`, both included; without a period those on record.

    A recurring duty begins with its first day on record, else with the day its document was issued; without an end
    it is followed for a year.
    """
    deadline = duty.deadline
    if deadline is None:
        return ()
    if deadline.names_day and (start or end):
        first = next(iter(deadline.dates), issued_on) or start or end or date.min
        begin = max(first, start or first)
        days = days_of(deadline.recurrence or "", start or first, end or begin + timedelta(days=LOOK_AHEAD_DAYS))
        return days[bisect_left(days, begin) :]
    return tuple(day for day in deadline.dates if (start is None or day >= start) and (end is None or day <= end))


def next_days(duty: Duty, after: date, issued_on: date | None = None, count: int = 3) -> tuple[date, ...]:
    """The first days after a day on which a duty falls due; empty where none is known to come."""
    period = due_dates(duty, after + timedelta(days=1), after + timedelta(days=count * LOOK_AHEAD_DAYS), issued_on)
    return period[:count]


@lru_cache(maxsize=1 << 12)
def days_of(rule: str, start: date, end: date) -> tuple[date, ...]:
    """Every day of a rule from `start` to `end`, both included."""
    first, last = datetime.combine(start, time.min), datetime.combine(end, time.min)
    return tuple(moment.date() for moment in rrulestr(rule, dtstart=first).between(first, last, inc=True))
