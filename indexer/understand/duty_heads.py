"""Duties that run-in heads ("Thời gian:", "Đơn vị chủ trì:") and tables of tasks state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.types import Span
from indexer.understand.bodies import split_bodies
from indexer.understand.dates import rank, read_deadline
from indexer.understand.duty_parts import Part
from indexer.understand.duty_slots import (
    Row,
    condition_in,
    cooperating_in,
    deadlines_in,
    first_words,
    product_in,
    said_in,
    sent_in,
)
from indexer.understand.reading import Reading
from indexer.understand.sentences import Block, named_columns

_TIME_HEAD = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|hạn|hoàn thành|lộ trình)(?:\s+(?:thực hiện|hoàn thành|báo cáo|gửi"
    r"|nộp|tổ chức)){0,2}",
    re.IGNORECASE,
)
_LEAD_HEAD = re.compile(
    r"(?:(?:cơ quan|đơn vị|bộ phận|người|cán bộ|phân công)\s+)?(?:chủ trì|thực hiện|phụ trách|đầu mối"
    r"|tham mưu|phân công)"
    r"(?:\s+(?:thực hiện|tham mưu|chủ trì))?",
    re.IGNORECASE,
)
_RESULT_HEAD = re.compile(
    r"(?:yêu cầu\s+)?(?:kết quả|sản phẩm)(?:\s+(?:đầu ra|đạt được|dự kiến|cần đạt|chủ yếu))?", re.IGNORECASE
)
_COOPERATING_HEAD = re.compile(r"(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+thực hiện)?", re.IGNORECASE)
_CONTENT_HEAD = re.compile(r"nội dung(?:\s+(?:thực hiện|công việc))?", re.IGNORECASE)
SLOT_HEADS = (_TIME_HEAD, _LEAD_HEAD, _RESULT_HEAD, _COOPERATING_HEAD)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_COLUMNS = (
    ("deadline", re.compile(r"thời hạn|thời gian|tiến độ|hoàn thành", re.IGNORECASE)),
    ("cooperating", re.compile(r"phối hợp", re.IGNORECASE)),
    ("product", re.compile(r"sản phẩm|kết quả", re.IGNORECASE)),
    (
        "bearer",
        re.compile(r"chủ trì|đơn vị thực hiện|cơ quan thực hiện|phụ trách|người thực hiện|phân công", re.IGNORECASE),
    ),
    ("action", re.compile(r"nội dung|nhiệm vụ|công việc|hoạt động|tên", re.IGNORECASE)),
)


def by_run_in_heads(reading: Reading, part: Part, content: Sequence[Block], issuer: str | None) -> Row | None:
    """The duty of a section whose items say "Thời gian:", "Nội dung:", "Đơn vị chủ trì:", "Kết quả:"."""
    time, lead, result = (
        next((block for block in content if pattern.fullmatch(block.head)), None)
        for pattern in (_TIME_HEAD, _LEAD_HEAD, _RESULT_HEAD)
    )
    opening = next(iter(reading.blocks(part.span)), None)
    if part.strict or opening is None or opening in (time, lead) or not (time or lead):
        return None
    bearers, place = _head_bearers(reading, part, content, lead)
    sent = sent_in(reading, result.span) if result else ((), None)
    to, via = sent if sent[0] else sent_in(reading, opening.span)
    span = Span(opening.span.start, max(block.whole.end for block in (time, lead) if block))
    told = content_of(reading, content)
    more = tuple(one for one in (place, told, result.span if result else None) if one and not span.contains(one))
    product = first_words(reading, result.span) if result else product_in(reading, opening.span)
    deadline = (
        read_deadline(reading.text, time.span)[1] if time else next(iter(deadlines_in(reading, opening.span)), None)
    )
    who = bearers or ((issuer,) if issuer else ())
    return Row(
        who,
        bool(bearers),
        opening.span,
        span,
        product,
        () if to == who else to,
        via,
        deadline,
        more,
        _helpers(reading, content, place),
        condition=condition_in(reading, opening.span),
    )


def content_of(reading: Reading, content: Sequence[Block]) -> Span | None:
    """The first sentence of "Nội dung:" where it names nobody: it says what the section's duty is, not one more."""
    block = next((block for block in content if _CONTENT_HEAD.fullmatch(block.head)), None)
    first = reading.sentences(block.span)[0] if block else None
    return first if first and said_in(reading, first) is None else None


def _helpers(reading: Reading, content: Sequence[Block], place: Span | None) -> tuple[str, ...]:
    """Under "Đơn vị phối hợp:", else in the sentence that names the bearers."""
    named = next((block for block in content if _COOPERATING_HEAD.fullmatch(block.head)), None)
    if named:
        return split_bodies(reading.plain(named.span).rstrip(" .;"))
    return cooperating_in(reading, place) if place else ()


def _head_bearers(
    reading: Reading, part: Part, content: Sequence[Block], lead: Block | None
) -> tuple[tuple[str, ...], Span | None]:
    if lead:
        return split_bodies(reading.plain(lead.span).rstrip(" .;")), lead.span
    for block in content:
        first = reading.sentences(block.span)[0]
        said = None if _TIME_HEAD.fullmatch(block.head) else said_in(reading, first)
        if said and not _owes_its_own(reading, first):
            return said.bearers, first
    return part.bearers, None


def _owes_its_own(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence says to whom and by which day: a duty beside that of its section, not the doer of it."""
    return bool(sent_in(reading, sentence)[0]) and any(
        rank(deadline) < 2 for deadline in deadlines_in(reading, sentence)
    )


def of_tables(reading: Reading) -> Iterator[Row]:
    """Rows under a header that names a task and a body or a deadline; a row without either is none."""
    for cells in named_columns(reading.text, Span(0, len(reading.text)), _COLUMNS) if reading.text else ():
        action, bearer, time = (cells.get(name) for name in ("action", "bearer", "deadline"))
        if action and (bearer or time) and _LETTERS.search(action.of(reading.text)):
            row = Span(min(cell.start for cell in cells.values()), max(cell.end for cell in cells.values()))
            who = split_bodies(reading.plain(bearer)) if bearer else ()
            to, via = sent_in(reading, action)
            deadline = read_deadline(reading.text, time)[1] if time else next(iter(deadlines_in(reading, action)), None)
            product = cells.get("product") or product_in(reading, action)
            helpers = split_bodies(reading.plain(cells["cooperating"])) if "cooperating" in cells else ()
            condition = condition_in(reading, action)
            yield Row(who, bool(who), action, row, product, to, via, deadline, (), helpers, None, condition)
