"""Duties: who owes what to whom by when, each row with the verbatim places that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from indexer.numbers import key
from indexer.types import Deadline, Duty, Reference, Section, Span, Trigger
from indexer.understand.bodies import assigned, begins_with_verb, is_list, list_at, recipients, split_bodies, subject
from indexer.understand.dates import find_deadlines, rank, read_deadline
from indexer.understand.phrases import Phrases
from indexer.understand.reading import Reading
from indexer.understand.resolve import resolve
from indexer.understand.sentences import Block, headings, named_columns, own_part, shadow, trimmed

# How far into a clause a bare "hằng năm" still dates it; beyond, it mostly belongs to a noun (looked at on four plans).
PERIOD_REACH = 110
# How far into a sentence "giao X" may stand and still name the subject of the sentences that follow.
ASSIGNMENT_REACH = 120

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
_SLOT_HEADS = (_TIME_HEAD, _LEAD_HEAD, _RESULT_HEAD, _COOPERATING_HEAD)
_REPORTED = re.compile(
    r"(?:về\s+)?(?:một số\s+|những\s+)?(?:tình hình|kết quả (?:đạt được|thực hiện|công tác|triển khai)"
    r"|đánh giá|thực trạng|hạn chế|tồn tại"
    r"|nguyên nhân|ưu điểm|bài học|khó khăn|bối cảnh|giải thích từ ngữ|khái niệm|căn cứ pháp lý"
    r"|thành phần|nơi nhận)(?!\w)",
    re.IGNORECASE,
)
_AIMS = re.compile(r"mục đích|đối tượng|phạm vi|quan điểm|mục tiêu|chỉ tiêu", re.IGNORECASE)
_DEMANDS = re.compile(r"yêu cầu|nguyên tắc", re.IGNORECASE)
_TASKS = re.compile(r"nhiệm vụ|tổ chức thực hiện|giải pháp|phân công|trách nhiệm|triển khai thực hiện", re.IGNORECASE)
_HEADING_OF = re.compile(
    r"(?:trách nhiệm|nhiệm vụ)\s+(?:của|đối với)\s+|(?:đối với|giao|đề nghị|yêu cầu|phân công)\s+"
    r"(?:cho\s+)?",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\s*(?:đã|được|bị|đang|là|trình bày|phát biểu|cho biết|khẳng định|nhấn mạnh|nhận định|việc"
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
_NOUNS = (
    "báo cáo|kế hoạch|chương trình|văn bản|danh sách|hồ sơ|đề án|tờ trình|dự thảo|đề cương|phương án"
    "|dự toán|biểu mẫu|quy chế"
    "|tài liệu|danh mục|số liệu|kết quả|ý kiến|quy định|hướng dẫn|nghị quyết|quyết định"
)
_PRODUCT = re.compile(
    r"(?<!\w)(?:(?:xây dựng|gửi|lập|nộp|hoàn thành|hoàn thiện|ban hành|(?<!chương )(?<!quá )trình"
    r"|thực hiện việc|cung cấp"
    rf"|cụ thể hóa thành|soạn thảo)\s+(?:các\s+)?(?P<made>(?:{_NOUNS})(?!\w))"
    r"|(?<!các )(?<!của )(?<!cứu )(?<!sung )(?<!trong )(?<!với )(?<!những )(?P<report>báo cáo)(?!\w)(?!\s+của))",
    re.IGNORECASE,
)
_PRODUCT_END = re.compile(
    r"[;()]|\.(?:\s|$)|,(?!\s*(?:kết quả|tiến độ|khó khăn|chương trình|kế hoạch|tổng kết)\s)"
    r"|\s+(?:gửi|(?<!quá )(?<!chương )(?<!quy )trình|nộp|trước|để|khi|chậm nhất|gắn với|phù hợp"
    r"|cho phù hợp|đảm bảo|bảo đảm|nhằm"
    r"|theo yêu cầu|theo quy định|trong tháng|trong quý|thông qua|qua|tại|và(?=\s+(?:báo cáo|gửi"
    r"|chỉ đạo|tổ chức|trình)))(?!\w)"
)
_NO_THING = re.compile(
    r"(?:hằng|hàng|định kỳ|theo|tại|vào|trong|mỗi|trước|khi|để|xem xét|cho ý kiến)(?!\w)", re.IGNORECASE
)
_NEXT_STEP = re.compile(
    r"\s*(?:,|(?<!\w)và(?!\w))\s*(?=(?:báo cáo|gửi|nộp|trình|xây dựng|tổng hợp|hoàn thành|ban hành"
    r"|tổ chức|lập)\s)",
    re.IGNORECASE,
)
_REPORTS_OF = re.compile(r"báo cáo(?:\s+\w+){0,4}?\s+của\s+", re.IGNORECASE)
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
_FOOT = re.compile(r"^[ \t*_]*Nơi\s+nhận\s*:?", re.MULTILINE | re.IGNORECASE)
_ADDRESSED = re.compile(r"^[ \t*_]*Kính\s+gửi\s*:[^\n]*(?:\n(?!\s*\n)[^\n]*)*", re.MULTILINE | re.IGNORECASE)
_UNTELLING = re.compile(r"\b(?:các|những|toàn thể|trực thuộc trung ương|tỉnh|có liên quan|liên quan)\b")

_Said = tuple[tuple[str, ...], int, bool]


@dataclass(frozen=True, slots=True)
class _Part:
    """The own text of one section. `strict`: only tasks given by name count; `demands`: named subjects too."""

    span: Span
    heading: str
    bearers: tuple[str, ...]
    strict: bool
    demands: bool = False
    letter: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A duty in the making; `named` where the text itself says who, `span` the place that says it, `more` others."""

    bearers: tuple[str, ...]
    named: bool
    action: Span
    span: Span
    product: Span | None = None
    recipients: tuple[str, ...] = ()
    via: str | None = None
    deadline: Deadline | None = None
    more: tuple[Span, ...] = ()


def duties(
    reading: Reading,
    sections: Sequence[Section],
    issued_on: date | None,
    issuer: str | None,
    references: Sequence[Reference],
) -> tuple[Duty, ...]:
    """One row for each duty in reading order, deadlines resolved from the issue dates in `references`.

    Bearers come from the sentence, the words that assign, the heading, the sentence before, else `issuer`. The same
    duty said again is one row with all its places, the most complete first. Narration, aims and lists are no duties.
    """
    known = {key(reference.number): reference.issued_on for reference in references if reference.issued_on}
    rows = [row for part in _parts(reading, sections) for row in _of_part(reading, part, issuer)]
    rows += _of_tables(reading)
    dated = (replace(row, deadline=resolve(row.deadline, issued_on, known)) if row.deadline else row for row in rows)
    return tuple(_duty(reading, group) for group in _groups(reading, dated))


def _parts(reading: Reading, sections: Sequence[Section]) -> Iterator[_Part]:
    foot = _FOOT.search(reading.text)
    end = min((section.span.start for section in sections), default=foot.start() if foot else len(reading.text))
    addressed = _ADDRESSED.search(reading.text, 0, end)
    opening = trimmed(reading.text, addressed.end() if addressed else 0, end)
    if opening:
        yield _Part(opening, "", (), strict=True, letter=addressed is not None)
    default = _announced(reading, opening) if opening and sections else ()
    for place in range(len(sections)):
        own = own_part(sections, place)
        if own:
            part = _part(sections, place, own)
            yield part if part.bearers else replace(part, bearers=default)


def _part(sections: Sequence[Section], place: int, span: Span) -> _Part:
    path = headings(sections, place)
    named = next((names for heading in reversed(path) if (names := _bearers_in(heading))), ())
    other = [heading for heading in path if not _TASKS.search(heading)]
    strict = any(_REPORTED.match(heading) for heading in path) or any(
        _AIMS.search(heading) and not _DEMANDS.search(heading) for heading in other
    )
    demands = any(_DEMANDS.search(heading) and not _bearers_in(heading) for heading in other[-2:])
    return _Part(span, sections[place].heading, named, strict or not sections[place].label, demands)


def _bearers_in(heading: str) -> tuple[str, ...]:
    """The bodies that a heading names: "1. Các tỉnh ủy, thành ủy", "Trách nhiệm của Sở Nội vụ"."""
    lead = _HEADING_OF.match(shadow(heading))
    bare = heading[lead.end() :] if lead else heading
    return split_bodies(bare.rstrip(" .:;")) if is_list(bare) else ()


def _announced(reading: Reading, opening: Span) -> tuple[str, ...]:
    """ "… yêu cầu các sở, ban, ngành thực hiện các nội dung sau:" before the first section names who owes them all."""
    last = [span for span in reading.sentences(opening)[-1:] if reading.text[span.end - 1] == ":"]
    given = [said for span in last for one in reading.clauses(span) if (said := _said(reading, one)) and said[2]]
    return given[-1][0] if given else ()


def _of_part(reading: Reading, part: _Part, issuer: str | None) -> Iterator[_Row]:
    content = [
        block
        for block in reading.blocks(part.span)
        if not _is_table(reading, block) and not _is_heading(reading, block, part)
    ]
    whole = _by_run_in_heads(reading, part, content, issuer)
    yield from [whole] if whole else []
    shared = whole.deadline if whole and whole.deadline and rank(whole.deadline) == 0 else None
    first = whole.bearers if whole and whole.named else part.bearers
    for block, doers in _with_doers(reading, content, first):
        for row in _of_block(reading, part, block, doers, issuer, whole.more if whole else ()):
            row = _with_head(row, block)
            yield replace(row, deadline=shared) if shared and row.recipients and not row.deadline else row


def _with_head(row: _Row, block: Block) -> _Row:
    """The quote of a duty whose bearers stand in the run-in head begins there."""
    if row.span.start != block.span.start or not is_list(block.head):
        return row
    return replace(row, span=Span(block.whole.start, row.span.end))


def _with_doers(
    reading: Reading, content: Sequence[Block], first: tuple[str, ...]
) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """The items that can hold duties, each with the bearers it has from before: a run-in head, the item it continues,
    the line with a colon above it. Items that list the contents of another are left out.
    """
    carried, opener = first, None
    for block in content:
        opener = None if opener and (block.label == opener.label or block.head) else opener
        if any(pattern.fullmatch(block.head) for pattern in _SLOT_HEADS) or (opener and not _grants(reading, opener)):
            continue
        own = split_bodies(block.head) if is_list(block.head) else ()
        doers = own or (carried if opener or not block.label else first)
        if not _REPORTED.match(block.head):
            yield block, doers
        said = [said for span in reading.sentences(block.span) if (said := _said(reading, span))]
        carried = said[-1][0] if said and _carries(said[-1], block) else doers
        opener = block if reading.text[block.span.end - 1] == ":" and not opener else opener


def _carries(said: _Said, block: Block) -> bool:
    return not said[2] or said[1] - block.span.start < ASSIGNMENT_REACH


def _grants(reading: Reading, block: Block) -> bool:
    """Whether the items below a colon are duties ("có trách nhiệm:", a heading), not the contents of one."""
    written = reading.content(block.span)
    return not _CONTENTS.search(written) and len(written.split()) < 45


def _is_table(reading: Reading, block: Block) -> bool:
    written = block.whole.of(reading.text)
    return written.startswith("|") or "\t" in written


def _is_heading(reading: Reading, block: Block, part: _Part) -> bool:
    """The block of the section's heading; a heading that is itself a sentence with a bearer stays."""
    written = reading.plain(block.whole).rstrip(".;: ")
    if not part.heading or block.whole.start > part.span.start + 4 or not written.endswith(part.heading.rstrip(".;: ")):
        return False
    return not (reading.text[block.whole.end - 1] in ".;/" and _said(reading, block.span))


def _of_block(
    reading: Reading, part: _Part, block: Block, carried: tuple[str, ...], issuer: str | None, taken: tuple[Span, ...]
) -> Iterator[_Row]:
    bearers = carried
    for sentence in reading.sentences(block.span):
        described = bool(_DESCRIBED.match(reading.content(sentence)))
        doers = bearers
        for clause in _independent(reading, sentence) if sentence not in taken else ():
            said = _said(reading, clause)
            doers = said[0] if said else doers
            bearers = doers if said and _carries(said, block) else bearers
            if said or not described:
                task = Span(said[1] if said else clause.start, clause.end)
                yield from _of_clause(
                    reading, part, clause, task, doers or ((issuer,) if issuer else ()), bool(doers), said
                )


def _independent(reading: Reading, sentence: Span) -> Sequence[Span]:
    """The clauses of a sentence; one whole where a colon makes the later ones its items ("thông qua: …; …") or where
    semicolons part the names of one subject.
    """
    parts = reading.clauses(sentence)
    said = _said(reading, sentence)
    if len(parts) > 1 and said and said[1] > parts[0].end:
        return [Span(sentence.start, next(part.end for part in parts if part.end > said[1]))]
    return [sentence] if len(parts) > 1 and re.search(r":\s", parts[0].of(reading.text)) else parts


def _said(reading: Reading, clause: Span) -> _Said | None:
    """Bearers that the clause itself names, where its task begins, and whether somebody gives it to them."""
    content = reading.content(clause)
    given = assigned(content)
    found = given or subject(content)
    if found is None:
        return None
    return (
        tuple(reading.plain(span.shift(clause.start)) for span in found[0]),
        clause.start + found[1],
        given is not None,
    )


def _of_clause(
    reading: Reading, part: _Part, clause: Span, task: Span, who: tuple[str, ...], named: bool, said: _Said | None
) -> Iterator[_Row]:
    content = reading.content(task)
    if not _is_owed(content, part, said):
        return
    pieces = _pieces(task, content)
    sent = [_sent(reading, piece) for piece in pieces]
    default = next((pair for pair in sent if pair[0]), ((), None))
    for piece, own in zip(pieces, sent, strict=True):
        inherited = default if _SENDING.search(reading.content(piece)) else ((), None)
        to, via = own[0] or inherited[0], own[1] or inherited[1]
        doers = _senders(reading, piece) if to and to == who else ()
        searched = Span(clause.start, piece.end) if piece is pieces[0] else piece
        row = _Row(
            doers or who, named, piece, clause, _product(reading, piece), () if to == who and not doers else to, via
        )
        dated = [replace(row, deadline=deadline) for deadline in _deadlines(reading, searched)]
        yield from dated or [row]


def _is_owed(content: str, part: _Part, said: _Said | None) -> bool:
    if _DESCRIBED.match(content) or _NARRATED.search(content[:120]) or len(content.split()) < 3:
        return False
    if said and said[2]:
        return True
    reports = bool(_SENDING.search(content)) and bool(recipients(content)[0])
    if part.strict:
        return part.letter and bool(said) and reports
    if part.demands:
        return bool(said) or reports
    return bool(said) or begins_with_verb(content)


def _sent(reading: Reading, piece: Span) -> tuple[tuple[str, ...], str | None]:
    to, through = recipients(reading.content(piece))
    names = tuple(reading.plain(span.shift(piece.start)) for span in to)
    return names, reading.plain(through[0].shift(piece.start)) if through else None


def _senders(reading: Reading, piece: Span) -> tuple[str, ...]:
    """Whose reports come in: "sử dụng báo cáo của các sở gửi về Ban" obliges the departments, not the Ban."""
    content = reading.content(piece)
    match = _REPORTS_OF.search(content)
    return tuple(reading.plain(span.shift(piece.start)) for span in list_at(content, match.end())) if match else ()


def _pieces(task: Span, content: str) -> list[Span]:
    """ "báo cáo định kỳ …, báo cáo đột xuất … và báo cáo sơ kết …" are duties of their own, and so are steps with a day
    each ("xây dựng kế hoạch trước ngày … và báo cáo trước ngày …").
    """
    inner = {match.end() for match in _NEXT_REPORT.finditer(content) if match.start() > 12}
    dated = find_deadlines(content, Span(0, len(content))) if _NEXT_STEP.search(content) else []
    days = [where for where, one in dated if rank(one) < 2]
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


def _deadlines(reading: Reading, span: Span) -> list[Deadline]:
    """The days that a piece names, else the one deadline that fixes most; a bare period far inside a clause describes a
    thing ("kế hoạch công tác hằng năm").
    """
    found = [
        (rank(deadline), where.start, deadline)
        for where, deadline in find_deadlines(reading.text, span)
        if rank(deadline) != 2 or where.start - span.start < PERIOD_REACH or "kỳ" in deadline.written
    ]
    days = {deadline.recurrence: deadline for level, _, deadline in found if level == 1}
    return list(days.values()) if len(days) > 1 else [min(found, key=lambda one: one[:2])[2]] if found else []


def _product(reading: Reading, piece: Span) -> Span | None:
    """The thing to be made or handed over: "báo cáo kết quả" of "báo cáo kết quả về LĐLĐ tỉnh"."""
    content = reading.content(piece)
    to, _ = recipients(content)
    for match in _PRODUCT.finditer(content):
        begin = match.start("made") if match["made"] else match.start("report")
        names = list_at(content, match.end() + 1) if match["report"] else []
        begin = names[-1].end if names else begin
        stop = _PRODUCT_END.search(content, begin if names else match.end())
        before = min((content.rfind(" ", 0, span.start - 1) for span in to if span.start > begin), default=len(content))
        found = trimmed(content, begin, min(stop.start() if stop else len(content), before), " .,/\n")
        if found and len(found.of(content).split()) > 1 and not (names and _NO_THING.match(content, found.start)):
            return found.shift(piece.start)
    return None


def _by_run_in_heads(reading: Reading, part: _Part, content: Sequence[Block], issuer: str | None) -> _Row | None:
    """The duty of a section whose items say "Thời gian:", "Nội dung:", "Đơn vị chủ trì:", "Kết quả:"."""
    time, lead, result = (
        next((block for block in content if pattern.fullmatch(block.head)), None)
        for pattern in (_TIME_HEAD, _LEAD_HEAD, _RESULT_HEAD)
    )
    opening = next(iter(reading.blocks(part.span)), None)
    if part.strict or opening is None or opening in (time, lead) or not (time or lead):
        return None
    bearers, place = _head_bearers(reading, part, content, lead)
    sent = _sent(reading, result.span) if result else ((), None)
    to, via = sent if sent[0] else _sent(reading, opening.span)
    span = Span(opening.span.start, max(block.whole.end for block in (time, lead) if block))
    more = tuple(one for one in (place, result.span if result else None) if one and not span.contains(one))
    product = _first_words(reading, result.span) if result else _product(reading, opening.span)
    deadline = (
        read_deadline(reading.text, time.span)[1] if time else next(iter(_deadlines(reading, opening.span)), None)
    )
    who = bearers or ((issuer,) if issuer else ())
    return _Row(who, bool(bearers), opening.span, span, product, () if to == who else to, via, deadline, more)


def _head_bearers(
    reading: Reading, part: _Part, content: Sequence[Block], lead: Block | None
) -> tuple[tuple[str, ...], Span | None]:
    if lead:
        return split_bodies(reading.plain(lead.span).rstrip(" .;")), lead.span
    for block in content:
        first = reading.sentences(block.span)[0]
        said = None if _TIME_HEAD.fullmatch(block.head) else _said(reading, first)
        if said and not _owes_its_own(reading, first):
            return said[0], first
    return part.bearers, None


def _owes_its_own(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence says to whom and by which day: a duty beside that of its section, not the doer of it."""
    return bool(_sent(reading, sentence)[0]) and any(rank(deadline) < 2 for deadline in _deadlines(reading, sentence))


def _first_words(reading: Reading, span: Span) -> Span | None:
    content = reading.content(span)
    verb = re.match(r"(?:xây dựng|ban hành|hoàn thành|có|lập)\s+", content, re.IGNORECASE)
    stop = re.compile(r"[,;().]|\s(?:(?<!quá )(?<!chương )trình|gửi|trong đó)\s").search(content)
    return trimmed(
        reading.text, span.start + (verb.end() if verb else 0), span.start + (stop.start() if stop else len(content))
    )


def _of_tables(reading: Reading) -> Iterator[_Row]:
    """Rows under a header that names a task and a body or a deadline; a row without either is none."""
    for cells in named_columns(reading.text, Span(0, len(reading.text)), _COLUMNS) if reading.text else ():
        action, bearer, time = (cells.get(name) for name in ("action", "bearer", "deadline"))
        if action and (bearer or time):
            row = Span(min(cell.start for cell in cells.values()), max(cell.end for cell in cells.values()))
            who = split_bodies(reading.plain(bearer)) if bearer else ()
            to, via = _sent(reading, action)
            deadline = read_deadline(reading.text, time)[1] if time else next(iter(_deadlines(reading, action)), None)
            yield _Row(
                who, bool(who), action, row, cells.get("product") or _product(reading, action), to, via, deadline
            )


def _groups(reading: Reading, rows: Iterator[_Row]) -> list[list[_Row]]:
    """Rows that say the same duty: the same words, bearers and days; or the same days and recipients and mostly the
    same bearers. Compared only with rows of the same days, so that long documents stay cheap.
    """
    groups: list[list[_Row]] = []
    by_words: dict[tuple[object, ...], list[_Row]] = {}
    by_days: dict[tuple[object, ...], list[list[_Row]]] = {}
    for row in rows:
        when = (row.deadline.dates, row.deadline.recurrence) if row.deadline else ((), None)
        words = (when, row.bearers, _folded(reading.plain(row.action)))
        near = by_days.setdefault(when, []) if row.recipients and when != ((), None) else []
        group = by_words.get(words) or next((one for one in near if _same(one[0], row)), None)
        if group is None:
            group = []
            groups.append(group)
            near.append(group)
        group.append(row)
        by_words.setdefault(words, group)
    return groups


def _same(one: _Row, other: _Row) -> bool:
    return _overlap(one.recipients, other.recipients) and _overlap(one.bearers, other.bearers)


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    mine, theirs = ({_folded(name) for name in names} for names in (left, right))
    return bool(mine & theirs) and 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _folded(name: str) -> str:
    return " ".join(_UNTELLING.sub(" ", shadow(name).lower()).split())


def _duty(reading: Reading, group: list[_Row]) -> Duty:
    best = max(
        group,
        key=lambda row: (
            bool(row.deadline),
            bool(row.recipients),
            bool(row.product),
            len(row.bearers),
            -row.span.start,
        ),
    )
    names: dict[str, str] = {}
    for name in (name for row in (best, *group) for name in row.bearers):
        names.setdefault(_folded(name), name)
    spans = dict.fromkeys(span for row in (best, *group) for span in (row.span, *row.more))
    via = best.via or next((row.via for row in group if row.via), None)
    action = reading.plain(best.action).rstrip(" .;,/")
    product = reading.plain(best.product) if best.product else None
    return Duty(
        tuple(names.values()), action, product, best.recipients, via, best.deadline, tuple(spans), _confidence(best)
    )


def _confidence(row: _Row) -> float:
    """From the slots that are filled; set by hand so that a dated report to a named body has 0.9."""
    dated = row.deadline is not None and row.deadline.trigger is not Trigger.NONE
    return round(0.35 + 0.2 * row.named + 0.05 * bool(row.bearers) + 0.15 * dated + 0.15 * bool(row.recipients), 2)
