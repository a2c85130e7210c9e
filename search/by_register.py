"""Questions that the whole register answers: what falls due in a month, a quarter or a year. Pure given the register.

"Tháng 11 này phải nộp những báo cáo gì?" lists every row, each with its citation. A question that says anything else
besides the period, the bodies and the words of owing is left to the other ways of answering.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.analyze import fold
from indexer.types import Document, Span
from search.cite import cite
from search.compose import fact_of
from search.ranker import shipped_confidence
from search.register import DutyFilter, Entry, Register, Role
from search.types import Answer, Language, Query, Way
from search.units import read_unit

_PERIOD = re.compile(
    r"\b(?:(?:trong|vao|den) )?(?:(?:thang|month) (?P<month>1[0-2]|0?[1-9])|quy (?P<quarter>iv|i{1,3}|[1-4]))\b"
    r"(?:(?: nam |/| )(?P<year>20\d\d))?(?: nay| toi)?"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_OWED = re.compile(r"\b(?:phai|can|den han)\b")
_ASKED = re.compile(r"\b(?:gi|nao|nhung|ai|bao nhieu)\b")
_REPORTS = re.compile(r"\b(?:bao cao|nop|gui)\b")
_WORDS = frozenset(
    "phai can nop gui bao cao lam thuc hien den han nhung cac gi nao viec nhiem vu co ai don vi co quan la cho ve trong"
    " vao thi toi chung minh ta duoc nay bao nhieu hoan thanh khi ngay truoc loai".split()
)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is asked for: the months, the year where one is named, the unit, and whether only reports count."""

    months: tuple[int, ...]
    year: int | None
    unit: str | None
    reports: bool
    period: str


def agenda_of(question: str) -> Agenda | None:
    """What a question asks of the whole register, None where it asks for anything else."""
    words = " ".join(question.rstrip(" ?.!").split())
    folded = fold(words)
    period = _PERIOD.search(folded)
    if period is None or not _OWED.search(folded) or not _ASKED.search(folded):
        return None
    rest = f"{words[: period.start()]} {words[period.end() :]}"
    unit = _unit(rest)
    left = fold(rest.replace(unit, " ") if unit else rest)
    if set(re.findall(r"\w+", left)) - _WORDS:
        return None
    quarter = period["quarter"]
    last = 3 * (_QUARTERS.get(quarter) or int(quarter)) if quarter else 0
    months = (last - 2, last - 1, last) if quarter else (int(period["month"]),)
    shown = words[period.start() : period.end()].strip()
    year = int(period["year"]) if period["year"] else None
    return Agenda(months, year, unit, bool(_REPORTS.search(folded)), shown)


def agenda_answer(query: Query, register: Register, document: Callable[[str], Document | None]) -> Answer | None:
    """Every row that falls due in the period asked for, each cited; None where the question is another or none does."""
    asked = agenda_of(query.typed or query.text) if query.language is Language.VIETNAMESE else None
    rows = _rows(asked, register) if asked else []
    cited = [(row, held) for row in rows if (held := document(row.places[0].document.id))]
    if asked is None or not cited:
        return None
    spans = [(held, Span(row.places[0].start, row.places[0].end)) for row, held in cited]
    citations = tuple(cite(n, held, span) for n, (held, span) in enumerate(spans, start=1))
    facts = tuple(fact_of(row.duty, (n,)) for n, (row, _) in enumerate(cited, start=1))
    text = _text(asked, [row for row, _ in cited])
    return Answer(query, text, facts, citations, (), way=Way.DUTY, confidence=shipped_confidence().ways[Way.DUTY])


def _unit(rest: str) -> str | None:
    """The body before "phải" that the question is about, None for "ai", "đơn vị nào"."""
    before = re.split(r"\s(?:phải|cần|phai|can)\s", f" {rest} ")[0].strip(" ,")
    named = re.search(r"\b(?:nao|ai|gi)\b", fold(before)) is None
    body = read_unit(before) if before and named else None
    return before if body and (body.kinds or body.part) else None


def _rows(asked: Agenda, register: Register) -> list[Entry]:
    rows = register.find(DutyFilter(asked.unit, start=_first(asked), end=_last(asked)))
    kept = [row for row in rows if _falls(row, asked) and row.role in (None, Role.OWES)]
    return [row for row in kept if not asked.reports or row.duty.recipients or "báo cáo" in row.duty.action.lower()]


def _first(asked: Agenda) -> date | None:
    return date(asked.year, asked.months[0], 1) if asked.year else None


def _last(asked: Agenda) -> date | None:
    if asked.year is None:
        return None
    return date(asked.year, asked.months[-1], calendar.monthrange(asked.year, asked.months[-1])[1])


def _falls(row: Entry, asked: Agenda) -> bool:
    """Whether a day of the row lies in the months; of a rule the months that it names, or any where it names none."""
    deadline = row.duty.deadline
    if deadline is None:
        return False
    if asked.year or not deadline.names_day:
        return any(day.month in asked.months for day in row.dates)
    named = re.search(r"BYMONTH=([\d,]+)", deadline.recurrence or "")
    return named is None or bool({int(month) for month in named[1].split(",")} & set(asked.months))


def _text(asked: Agenda, rows: Sequence[Entry]) -> str:
    what = "việc phải báo cáo, gửi" if asked.reports else "nhiệm vụ"
    who = f" của {asked.unit}" if asked.unit else ""
    period = f"{asked.period[:1].lower()}{asked.period[1:]}".removeprefix("trong ").removeprefix("vào ")
    lines = [f"Có {len(rows)} {what}{who} đến hạn trong {period}:"]
    return "\n".join([*lines, *(_line(n, row) for n, row in enumerate(rows, start=1))])


def _line(n: int, row: Entry) -> str:
    duty = row.duty
    to = f", gửi {'; '.join(duty.recipients)}" if duty.recipients else ""
    via = f" (qua {duty.via})" if duty.via else ""
    by_when = f", {duty.deadline.written}" if duty.deadline else ""
    return f"- {'; '.join(duty.bearers)}: {duty.product or duty.action}{to}{via}{by_when} [{n}]"
