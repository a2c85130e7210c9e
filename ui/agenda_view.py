"""The register of duties as HTML: a row, a month, the points of a timeline. Pure: values in, escaped HTML out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from office.status import Change, Status
from search.agenda import Item, Standing, day_standing, month_weeks
from ui.pieces import capitalised, recurrence, written_date, written_time
from ui.wording import Words

STATE_CLASS = {
    Standing.OVERDUE: "late",
    Standing.SOON: "soon",
    Standing.LATER: "later",
    Standing.UNDATED: "undated",
    Standing.SENT: "done",
    Standing.DISMISSED: "dismissed",
}
SHOWN_A_DAY = 3
TIMELINE_BODIES = 12
TIMELINE_NAME_CHARS = 34


def duty_row(item: Item, today: date, words: Words) -> str:
    """Who does what, to whom, by when; where it is stated; what people said of it."""
    named, row = words.duties, item.row
    duty = row.duty
    who = ", ".join(map(capitalised, duty.bearers)) or "–"
    lines = [
        f'<p class="duty-what" lang="vi"><strong>{escape(who)}</strong>: {escape(duty.product or duty.action)}</p>',
        f'<p class="duty-when">{_state(item, today, words)} {_written(item, words)}</p>',
    ]
    if duty.recipients or duty.via:
        lines.append(f"<p>{_recipients(item, words)}</p>")
    if duty.cooperating:
        lines.append(
            f'<p>{escape(named.cooperating)}: <span lang="vi">{escape(", ".join(duty.cooperating))}</span></p>'
        )
    lines.append(f'<p class="place" lang="vi">{escape(named.stated_in)} {escape(_source(item))}</p>')
    if row.why:
        lines.append(f'<p class="place">{escape(named.why)}: <span lang="vi">{escape(row.why)}</span></p>')
    if row.state and row.state.note:
        lines.append(f'<p class="place">{escape(named.note)}: {escape(row.state.note)}</p>')
    return f'<article class="duty">{"".join(lines)}</article>'


def _state(item: Item, today: date, words: Words) -> str:
    named = words.duties
    said = named.standings[item.standing]
    if item.standing is Standing.SENT and item.sent_on:
        said = capitalised(named.sent_on.format(date=written_date(item.sent_on)))
    elif item.day:
        said = f"{named.due} {written_date(item.day)}, {_distance(item.day, today, words)}"
    chips = f'<span class="state {STATE_CLASS[item.standing]}">{escape(said)}</span>'
    review = item.row.state.review.value if item.row.state else ""
    if review in named.reviewed:
        chips += f'<span class="state done">{escape(named.reviewed[review])}</span>'
    return chips


def _distance(day: date, today: date, words: Words) -> str:
    days = (day - today).days
    if days == 0:
        return words.duties.today
    pattern = words.duties.in_days if days > 0 else words.duties.late_by
    return pattern.format(days=words.number(abs(days)))


def _written(item: Item, words: Words) -> str:
    deadline = item.row.duty.deadline
    if deadline is None:
        return ""
    every = recurrence(deadline.recurrence, words.facts)
    said = f'<span lang="vi">{escape(deadline.written)}</span>' if deadline.written else ""
    told = not every or every in deadline.written.lower().replace("hàng", "hằng")
    return said if told else f'{said} <span class="small-note">({escape(every)})</span>'


def _recipients(item: Item, words: Words) -> str:
    duty, named = item.row.duty, words.duties
    to = escape(", ".join(duty.recipients))
    via = f" {escape(named.via)} {escape(duty.via)}" if duty.via else ""
    return f'{escape(named.to)}: <span lang="vi">{to}{via}</span>'


def _source(item: Item) -> str:
    source = item.row.document
    name = " ".join(filter(None, (capitalised((source.form.kind or "").lower()), source.form.number))) or source.file
    return f"{name}, {source.form.issuer}" if source.form.issuer else name


def history(changes: Sequence[Change], words: Words) -> str:
    rows = "".join(f"<li>{_change(change, words)}</li>" for change in reversed(changes))
    return f'<p class="small-note">{escape(words.duties.history)}:</p><ul class="results">{rows}</ul>'


def _change(change: Change, words: Words) -> str:
    named = words.duties
    said = [named.actions[change.status.value]]
    if change.status is Status.SENT and change.sent_on:
        said.append(written_date(change.sent_on))
    if change.note:
        said.append(change.note)
    return escape(f"{written_time(change.at.isoformat())} · {change.who}: {', '.join(said)}")


def month_table(year: int, month: int, due: Mapping[date, Sequence[Item]], today: date, words: Words) -> str:
    """A month as a table of weeks; on a narrow screen only the days on which something is due."""
    named = words.duties
    heads = "".join(f'<th scope="col">{escape(day)}</th>' for day in named.weekdays)
    weeks = "".join(
        f"<tr>{''.join(_day_cell(day, month, due.get(day, ()), today, words) for day in week)}</tr>"
        for week in month_weeks(year, month)
    )
    caption = escape(named.month.format(month=month, year=year))
    empty = "" if due else f'<p class="small-note">{escape(named.nothing_this_month)}</p>'
    return (
        f'<div class="month" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table></div>{empty}"
    )


def _day_cell(day: date, month: int, items: Sequence[Item], today: date, words: Words) -> str:
    marks = [
        name for name, holds in (("outside", day.month != month), ("today", day == today), ("busy", items)) if holds
    ]
    shown = "".join(_day_item(item, day, today) for item in items[:SHOWN_A_DAY])
    left = len(items) - SHOWN_A_DAY
    more = f"<li>{escape(words.duties.more.format(count=words.number(left)))}</li>" if left > 0 else ""
    listed = f'<ul lang="vi">{shown}{more}</ul>' if items else ""
    weekday = escape(words.duties.weekdays[day.weekday()])
    number = f'<span class="day"><span class="weekday">{weekday} </span>{day.day}</span>'
    return f'<td class="{" ".join(marks)}">{number}{listed}</td>'


def _day_item(item: Item, day: date, today: date) -> str:
    duty = item.row.duty
    standing = STATE_CLASS[day_standing(item, day, today)]
    who = ", ".join(map(capitalised, duty.bearers))
    said = f"{who}: {duty.product or duty.action}"
    return f'<li class="{standing}" title="{escape(said)}">{escape(said)}</li>'


def timeline_points(due: Mapping[date, Sequence[Item]], today: date, words: Words) -> list[dict[str, Any]]:
    """One point a due day of a row, under the body that bears it; bodies beyond the busiest stand together."""
    pairs = [(day, item) for day, items in due.items() for item in items]
    busiest = Counter(_bearer(item) for _, item in pairs).most_common(TIMELINE_BODIES)
    shown = {name for name, _ in busiest}
    return [_point(day, item, shown, today, words) for day, item in pairs]


def _bearer(item: Item) -> str:
    return capitalised(next(iter(item.row.duty.bearers), "–"))


def _point(day: date, item: Item, shown: set[str], today: date, words: Words) -> dict[str, Any]:
    name, duty = _bearer(item), item.row.duty
    return {
        "day": day.isoformat(),
        "body": _short(name) if name in shown else words.duties.others,
        "standing": words.duties.standings[day_standing(item, day, today)],
        "what": capitalised(duty.product or duty.action),
        "document": _source(item),
    }


def _short(name: str) -> str:
    return name if len(name) <= TIMELINE_NAME_CHARS else f"{name[: TIMELINE_NAME_CHARS - 1].rstrip()}…"
