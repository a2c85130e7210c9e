"""Duties as an iCalendar file (RFC 5545): whole days, recurring ones with their rule, each with reminders. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from search.register import Entry

# How long before the day a calendar reminds: a week to write it, a day to send it.
REMIND_DAYS = (7, 1)


def calendar_file(rows: Sequence[Entry]) -> bytes:
    """A recurring duty is one event with its rule; of several fixed days each is an event. Rows without a day are left
    out; the same rows give the same bytes, and an event the same identifier whenever it is exported.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tra cuu van ban//VI")
    calendar.add("version", "2.0")
    events = {str(event["uid"]): event for row in rows for event in _events(row)}
    for event in events.values():
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(row: Entry) -> Iterator[Event]:
    deadline = row.duty.deadline
    rule = deadline.recurrence if deadline and deadline.names_day else None
    for day in row.dates[:1] if rule else row.dates:
        yield _event(row, day, rule)


def _event(row: Entry, day: date, rule: str | None) -> Event:
    event = Event()
    duty, form = row.duty, row.document.form
    event.add("uid", f"{row.key}-{rule or day.isoformat()}@tra-cuu-van-ban".replace(";", "-").replace("=", ""))
    event.add("dtstamp", datetime.combine(form.issued_on or day, time.min, UTC))
    event.add("dtstart", day)
    event.add(
        "summary", f"{duty.product or duty.action}" + (f" gửi {'; '.join(duty.recipients)}" if duty.recipients else "")
    )
    by_when = duty.deadline.written if duty.deadline else ""
    said = ("; ".join(duty.bearers), by_when, form.number or row.document.file, " … ".join(row.quotes))
    event.add("description", "\n".join(said))
    if rule:
        parts = (part.split("=") for part in rule.removeprefix("RRULE:").split(";"))
        event.add("rrule", {name: values.split(",") for name, values in parts})
    for days in REMIND_DAYS:
        event.add_component(_alarm(str(event["summary"]), days))
    return event


def _alarm(words: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Còn {days} ngày: {words}")
    alarm.add("trigger", timedelta(days=-days))
    return alarm
