"""Duties that sentences state: each block with those who have it from before, each clause with its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.types import Span
from indexer.understand.bodies import begins_with_verb, is_list, recipients, split_bodies
from indexer.understand.dates import find_deadlines, rank
from indexer.understand.duty_heads import SLOT_HEADS
from indexer.understand.duty_parts import REPORTED, Part
from indexer.understand.duty_slots import (
    Row,
    Said,
    asked_by,
    condition_in,
    cooperating_in,
    deadlines_in,
    product_in,
    said_in,
    senders_in,
    sent_in,
)
from indexer.understand.phrases import Phrases
from indexer.understand.reading import Reading
from indexer.understand.sentences import Block, trimmed

# How far into a sentence "giao X" may stand and still name the subject of the sentences that follow.
ASSIGNMENT_REACH = 120
_DESCRIBED = re.compile(
    r"\s*(?:(?:quyết định|quy định|quy chế|nghị quyết|kế hoạch|hướng dẫn|chỉ thị|chương trình|thông báo) này"
    r"(?= (?:có hiệu lực|thay thế|gồm|được|áp dụng|quy định|là))|quyết định có hiệu lực|ban hành kèm theo"
    r"|đã|được|bị|đang|là(?! (?:cơ quan |đơn vị )?(?:đầu mối|thường trực))"
    r"|trình bày|phát biểu|cho biết|khẳng định|nhấn mạnh|nhận định|việc"
    r"|công tác|đây|trên đây|nội dung|sau khi|có(?! trách nhiệm| nhiệm vụ))(?!\w)"
    r"|\s*(?:trân trọng\s+)?(?:thông báo|kính báo)\s.{0,200}\sđể\s.{0,120}biết",
    re.IGNORECASE | re.DOTALL,
)
_NARRATED = Phrases(
    re.compile(
        r"(?<!\w)(?:đã|vừa qua|được)\s+(?:chủ trì|phối hợp|tổ chức|triển khai|thực hiện|ban hành|đạt)", re.IGNORECASE
    ),
    "đã|vừa|được",
)
_CONTENTS = re.compile(r"nội dung|gồm|thông qua|như|với các|cụ thể(?: là)?:|tiêu chí|thành phần", re.IGNORECASE)
_NEXT_REPORT = re.compile(
    r"\s*(?:,|(?<!\w)và(?!\w))\s*(?=báo cáo\s+(?:định kỳ|đột xuất|sơ kết|tổng kết|chuyên đề|tháng|quý"
    r"|năm|6 tháng|nhanh|hằng|hàng"
    r"|thường xuyên|giữa kỳ))",
    re.IGNORECASE,
)
_SENDING = Phrases(
    re.compile(
        r"(?<!các )(?<!\w)(?:báo cáo|gửi|nộp|cung cấp|(?<!chương )(?<!quá )(?<!quy )trình)(?!\w)", re.IGNORECASE
    ),
    "báo|gửi|nộp|cung|trình",
)
_COLON = re.compile(r":\s")
_BY_A_DAY = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|muộn nhất|xong trước|hạn cuối)\s+(?:vào\s+)?ngày\s+\d", re.IGNORECASE
)
_MUST = re.compile(r"\s*(?:phải|cần|có trách nhiệm|chịu trách nhiệm|chủ trì)(?!\w)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:trong|chậm nhất|sau|\d)")
_NEXT_STEP = re.compile(
    r"\s*(?:,|(?<!\w)và(?!\w))\s*(?=(?:báo cáo|gửi|nộp|trình|xây dựng|tổng hợp|hoàn thành|ban hành"
    r"|tổ chức|lập|sơ kết|tổng kết)\s)",
    re.IGNORECASE,
)


def with_doers(
    reading: Reading, content: Sequence[Block], first: tuple[str, ...]
) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """The items that can hold duties, each with the bearers it has from before: a run-in head, the item it continues,
    the line with a colon above it. Items that list the contents of another are left out.
    """
    carried, opener = first, None
    for block in content:
        opener = None if opener and (block.label == opener.label or block.head) else opener
        if any(pattern.fullmatch(block.head) for pattern in SLOT_HEADS) or (opener and not _grants(reading, opener)):
            continue
        own = split_bodies(block.head) if is_list(block.head) else ()
        doers = own or (carried if opener or not block.label else first)
        if not REPORTED.match(block.head):
            yield block, doers
        said = [said for span in reading.sentences(block.span) if (said := said_in(reading, span))]
        carried = said[-1].bearers if said and _carries(said[-1], block) else doers
        opener = block if reading.text[block.span.end - 1] == ":" and not opener else opener


def _carries(said: Said, block: Block) -> bool:
    return not said.given or said.task - block.span.start < ASSIGNMENT_REACH


def _grants(reading: Reading, block: Block) -> bool:
    """Whether the items below a colon are duties ("có trách nhiệm:", a heading), not the contents of one."""
    written = reading.content(block.span)
    return not _CONTENTS.search(written) and len(written.split()) < 45


def of_block(
    reading: Reading,
    part: Part,
    block: Block,
    carried: tuple[str, ...],
    issuer: str | None,
    taken: Sequence[Span | None],
) -> Iterator[Row]:
    bearers = carried
    for sentence in reading.sentences(block.span):
        described = bool(_DESCRIBED.match(reading.content(sentence)))
        doers = bearers
        for clause in _independent(reading, sentence) if sentence not in taken else ():
            said = said_in(reading, clause)
            doers = said.bearers if said else doers
            bearers = doers if said and _carries(said, block) else bearers
            if said or not described:
                task = Span(said.task if said else clause.start, clause.end)
                yield from _of_clause(
                    reading, part, clause, task, doers or ((issuer,) if issuer else ()), bool(doers), said
                )


def _independent(reading: Reading, sentence: Span) -> Sequence[Span]:
    """The clauses of a sentence; one whole where a colon makes the later ones its items ("thông qua: …; …") or where
    semicolons part the names of one subject. Items of which the first names its own subject stand for themselves.
    """
    parts = reading.clauses(sentence)
    said = said_in(reading, sentence)
    if len(parts) > 1 and said and said.task > parts[0].end:
        return [Span(sentence.start, next(part.end for part in parts if part.end > said.task))]
    colon = _COLON.search(reading.content(parts[0])) if len(parts) > 1 else None
    if colon is None or (said and sentence.start + colon.end() <= said.task):
        return parts
    first = trimmed(reading.text, parts[0].start + colon.end(), parts[0].end)
    items = [first, *parts[1:]] if first else parts[1:]
    return items if items and said_in(reading, items[0]) else [sentence]


def _of_clause(
    reading: Reading, part: Part, clause: Span, task: Span, who: tuple[str, ...], named: bool, said: Said | None
) -> Iterator[Row]:
    content = reading.content(task)
    if not _is_owed(content, part, said):
        return
    pieces = _pieces(task, content)
    sent = [sent_in(reading, piece) for piece in pieces]
    default = next((pair for pair in sent if pair[0]), ((), None))
    helpers, giver = cooperating_in(reading, clause), said.giver if said else None
    for piece, own in zip(pieces, sent, strict=True):
        inherited = default if _SENDING.search(reading.content(piece)) else ((), None)
        to, via = own[0] or inherited[0] or asked_by(reading, piece), own[1] or inherited[1]
        doers = senders_in(reading, piece) if to and to == who else ()
        searched = Span(clause.start, piece.end) if piece is pieces[0] else piece
        row = Row(
            doers or who,
            named,
            piece,
            clause,
            product_in(reading, piece),
            () if to == who and not doers else to,
            via,
            cooperating=tuple(name for name in helpers if name not in who),
            giver=giver,
            condition=condition_in(reading, searched),
        )
        dated = [replace(row, deadline=deadline) for deadline in deadlines_in(reading, searched)]
        yield from dated or [row]


def _is_owed(content: str, part: Part, said: Said | None) -> bool:
    if _DESCRIBED.match(content) or _NARRATED.search(content[:120]) or len(content.split()) < 3:
        return False
    if said and said.given:
        return True
    reports = bool(_SENDING.search(content)) and bool(recipients(content)[0])
    if part.strict:
        ordered = bool(said) and (reports or _BY_A_DAY.search(content) is not None or _MUST.match(content) is not None)
        return (part.letter and ordered) or (bool(said) and _BY_A_DAY.search(content) is not None)
    if part.demands:
        return bool(said) or reports
    return bool(said) or begins_with_verb(content)


def _pieces(task: Span, content: str) -> list[Span]:
    """ "báo cáo định kỳ …, báo cáo đột xuất … và báo cáo sơ kết …" are duties of their own, and so are steps with a day
    each ("xây dựng kế hoạch trước ngày … và báo cáo trước ngày …").
    """
    inner = {match.end() for match in _NEXT_REPORT.finditer(content) if match.start() > 12}
    dated = find_deadlines(content, Span(0, len(content))) if _NEXT_STEP.search(content) else []
    days = [where for where, one in dated if rank(one) < 2 or _COUNTED.match(one.written)]
    for one, other in pairwise(days):
        steps = list(_NEXT_STEP.finditer(content, one.end, other.start))
        inner |= {steps[-1].end()} if steps and not inner & set(range(one.end, other.start)) else set()
    edges = [0, *sorted(inner), len(content)]
    starts = pairwise(edges)
    found = [trimmed(content, left, right - len(_joint(content[left:right]))) for left, right in starts]
    return [span.shift(task.start) for span in found if span]


def _joint(piece: str) -> str:
    tail = re.search(r"[\s,]*(?:,|\svà)\s*$", piece)
    return tail[0] if tail else ""
