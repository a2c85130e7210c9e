"""Duties: who owes what to whom by when, each row with the verbatim places that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.numbers import key
from indexer.types import Deadline, Duty, Reference, Section, Span, Trigger
from indexer.understand.bodies import assigned, begins_with_verb, is_list, list_at, recipients, split_bodies, subject
from indexer.understand.dates import find_deadlines, rank, read_deadline, resolve
from indexer.understand.sentences import Block, blocks, clauses, headings, own_part, plain, sentences, shadow, table_rows, trimmed

_TIME_HEAD = re.compile(r"(?:thời gian|thời hạn|tiến độ|hạn|hoàn thành|lộ trình)(?:\s+(?:thực hiện|hoàn thành|báo cáo|gửi|nộp)){0,2}", re.IGNORECASE)
_LEAD_HEAD = re.compile(
    r"(?:(?:cơ quan|đơn vị|bộ phận|người|cán bộ)\s+)?(?:chủ trì|thực hiện|phụ trách|đầu mối|tham mưu)(?:\s+(?:thực hiện|tham mưu))?|phân công(?:\s+thực hiện)?",
    re.IGNORECASE,
)
_RESULT_HEAD = re.compile(r"(?:kết quả|sản phẩm|yêu cầu sản phẩm)(?:\s+(?:đầu ra|đạt được|dự kiến|cần đạt))?", re.IGNORECASE)
_COOPERATING_HEAD = re.compile(r"(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+thực hiện)?", re.IGNORECASE)
_REPORTED = re.compile(
    r"(?:một số\s+)?(?:tình hình|kết quả (?:đạt được|thực hiện|công tác|triển khai)|đánh giá|thực trạng|hạn chế|tồn tại|nguyên nhân|ưu điểm"
    r"|bài học|khó khăn|bối cảnh|giải thích từ ngữ|khái niệm|căn cứ pháp lý|thành phần|thời gian, địa điểm|nơi nhận)(?!\w)",
    re.IGNORECASE,
)
_AIMS = re.compile(r"mục đích|đối tượng|phạm vi|quan điểm|mục tiêu|chỉ tiêu", re.IGNORECASE)
_DEMANDS = re.compile(r"yêu cầu|nguyên tắc", re.IGNORECASE)
_TASKS = re.compile(r"nhiệm vụ|tổ chức thực hiện|giải pháp|phân công|trách nhiệm|triển khai thực hiện", re.IGNORECASE)
_CONTENTS = re.compile(r"nội dung|gồm|thông qua|như|với các|sau đây là|cụ thể(?: là)?:|tiêu chí|thành phần", re.IGNORECASE)
_OF = re.compile(r"(?:trách nhiệm|nhiệm vụ)\s+(?:của|đối với)\s+|(?:đối với|giao|đề nghị|yêu cầu)\s+", re.IGNORECASE)
_NOT_OWED = re.compile(r"\s*(?:đã|được|bị|đang|là|việc|công tác|đây|trên đây|nội dung|có(?! trách nhiệm| nhiệm vụ))(?!\w)", re.IGNORECASE)
_NARRATED = re.compile(r"(?<!\w)(?:đã|vừa qua|được)\s+(?:chủ trì|phối hợp|tổ chức|triển khai|thực hiện|ban hành|đạt)", re.IGNORECASE)
_REPORTS = re.compile(r"(?<!các )(?<!\w)(?:báo cáo|gửi|nộp|trình|cung cấp số liệu)(?!\s+(?:của|viên))(?!\w)", re.IGNORECASE)
_NEXT_REPORT = re.compile(
    r"\s*(?:,|(?<!\w)và(?!\w))\s*(?=báo cáo\s+(?:định kỳ|đột xuất|sơ kết|tổng kết|chuyên đề|tháng|quý|năm|6 tháng|nhanh|hằng|hàng|thường xuyên|giữa kỳ))",
    re.IGNORECASE,
)
_NOUNS = r"báo cáo|kế hoạch|chương trình|văn bản|danh sách|hồ sơ|đề án|tờ trình|dự thảo|đề cương|phương án|dự toán|biểu mẫu|quy chế|tài liệu|danh mục|số liệu|kết quả|ý kiến"
_PRODUCT = re.compile(
    rf"(?<!\w)(?:(?:xây dựng|gửi|lập|nộp|hoàn thành|hoàn thiện|ban hành|(?<!chương )(?<!quá )trình|thực hiện việc|cung cấp|cụ thể hóa thành|soạn thảo)"
    rf"\s+(?:các\s+)?(?P<made>(?:{_NOUNS})(?!\w))|(?<!các )(?<!của )(?<!cứu )(?<!sung )(?<!trong )(?<!với )(?<!những )(?P<report>báo cáo)(?!\w)(?!\s+của))",
    re.IGNORECASE,
)
_PRODUCT_END = re.compile(
    r"[;()]|\.(?:\s|$)|,(?!\s*(?:kết quả|tiến độ|khó khăn|chương trình|kế hoạch|tổng kết)\s)|\s+(?:gửi|(?<!quá )(?<!chương )(?<!quy )trình|nộp|trước|để|khi|chậm nhất|gắn với|phù hợp"
    r"|cho phù hợp|đảm bảo|bảo đảm|nhằm|theo yêu cầu|theo quy định|trong tháng|trong quý|thông qua|qua|và(?=\s+(?:báo cáo|gửi|chỉ đạo|tổ chức|trình))"
    r"|về(?=\s+(?:LĐLĐ|UBND|Ban|Văn phòng|Sở|Bộ|Ủy ban|Tỉnh ủy|Thành ủy|Công đoàn|công đoàn|Tổng|Huyện ủy|Đảng ủy|Liên đoàn|cơ quan|Phòng|Hội)))(?!\w)",
)
_COLUMNS = (
    ("deadline", re.compile(r"thời hạn|thời gian|tiến độ|hoàn thành", re.IGNORECASE)),
    ("cooperating", re.compile(r"phối hợp", re.IGNORECASE)),
    ("product", re.compile(r"sản phẩm|kết quả", re.IGNORECASE)),
    ("bearer", re.compile(r"chủ trì|đơn vị thực hiện|cơ quan thực hiện|phụ trách|người thực hiện|phân công", re.IGNORECASE)),
    ("action", re.compile(r"nội dung|nhiệm vụ|công việc|tên", re.IGNORECASE)),
)
_FOOT = re.compile(r"^[ \t*_]*Nơi\s+nhận\s*:?", re.MULTILINE | re.IGNORECASE)
_ADDRESSED = re.compile(r"^[ \t*_]*Kính\s+gửi\s*:[^\n]*(?:\n(?!\s*\n)[^\n]*)*", re.MULTILINE | re.IGNORECASE)
_SAME_WORDS = re.compile(r"\b(?:các|những|toàn thể|trực thuộc trung ương|tỉnh|có liên quan|liên quan)\b")

# How far into a clause a bare "hằng năm" still dates it; beyond, it mostly belongs to a noun (looked at on four plans).
_PERIOD_REACH = 110


@dataclass(frozen=True, slots=True)
class _Part:
    """The text of one section before its first subsection. `strict`: only tasks given by name count here."""

    span: Span
    heading: str
    bearers: tuple[str, ...]
    strict: bool
    named_only: bool
    numbered: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A duty in the making; `named` where the text itself says who, `span` the place that says it."""

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
    text: str, sections: Sequence[Section], issued_on: date | None, issuer: str | None, references: Sequence[Reference]
) -> tuple[Duty, ...]:
    """One row for each duty in reading order, deadlines resolved from the issue dates in `references`.

    Bearers come from the sentence, the words that assign, the heading, the sentence before, else `issuer`. The same
    duty said again is one row with all its places, the most complete first. Narration, aims and lists are no duties.
    """
    known = {key(reference.number): reference.issued_on for reference in references if reference.issued_on}
    rows: list[_Row] = []
    for part in _parts(text, sections):
        rows += _of_part(text, part, issuer)
    rows += _of_tables(text)
    dated = (replace(row, deadline=resolve(row.deadline, issued_on, known)) if row.deadline else row for row in rows)
    return tuple(_merged(text, dated))


def _parts(text: str, sections: Sequence[Section]) -> Iterator[_Part]:
    foot = _FOOT.search(text)
    end = foot.start() if foot else len(text)
    addressed = _ADDRESSED.search(text, 0, end)
    first = min((section.span.start for section in sections), default=end)
    opening = trimmed(text, addressed.end() if addressed and addressed.end() < first else 0, min(first, end))
    if opening:
        yield _Part(opening, "", (), True, False, False)
    default = _default_bearers(text, opening) if opening and sections else ()
    for place in range(len(sections)):
        own = own_part(sections, place)
        if own:
            part = _part(sections, place, own)
            yield part if part.bearers else replace(part, bearers=default)


def _default_bearers(text: str, opening: Span) -> tuple[str, ...]:
    """ "… yêu cầu các sở, ban, ngành thực hiện các nội dung sau:" before the first section names who owes them all."""
    last = sentences(text, opening)[-1:]
    given = [said for span in last if text[span.end - 1] == ":" for one in clauses(text, span) if (said := _said(text, one)) and said[2]]
    return given[-1][0] if given else ()


def _part(sections: Sequence[Section], place: int, span: Span) -> _Part:
    path = headings(sections, place)
    named = next((names for heading in reversed(path) if (names := _bearers_in(heading))), ())
    aims = [heading for heading in path if not _TASKS.search(heading)]
    strict = any(_REPORTED.match(heading) for heading in path) or any(
        _AIMS.search(heading) and not _DEMANDS.search(heading) for heading in aims
    )
    demands = any(_DEMANDS.search(heading) for heading in aims[-2:])
    return _Part(span, sections[place].heading, named, strict or not sections[place].label, demands, True)


def _bearers_in(heading: str) -> tuple[str, ...]:
    """The bodies that a heading names: "1. Các tỉnh ủy, thành ủy", "Trách nhiệm của Sở Nội vụ"."""
    lead = _OF.match(shadow(heading))
    bare = heading[lead.end() :] if lead else heading
    return split_bodies(bare.rstrip(" .:;")) if is_list(bare) else ()


def _of_part(text: str, part: _Part, issuer: str | None) -> Iterator[_Row]:
    content = [block for block in blocks(text, part.span) if not _is_table(text, block) and not _is_heading(text, block, part)]
    head_row = _by_run_in_heads(text, part, content, issuer)
    if head_row:
        yield head_row
    shared = head_row.deadline if head_row and head_row.deadline and rank(head_row.deadline) == 0 else None
    taken = head_row.more if head_row else ()
    carried = head_row.bearers if head_row and head_row.named else part.bearers
    listed: Block | None = None
    for block in content:
        listed = None if listed and (block.label == listed.label or block.head) else listed
        opens = text[block.span.end - 1] == ":"
        if _is_slot(block) or (listed and not _grants(text, listed)):
            listed = block if opens and not listed else listed
            continue
        doers = carried if listed or block.label == "" else head_row.bearers if head_row and head_row.named else part.bearers
        for row in _of_block(text, part, block, doers, issuer, taken):
            carried = row.bearers if row.named else carried
            yield replace(row, deadline=shared) if shared and row.recipients and not row.deadline else row
        carried, listed = _opened(text, block, carried, listed if not opens else block)


def _opened(text: str, block: Block, carried: tuple[str, ...], listed: Block | None) -> tuple[tuple[str, ...], Block | None]:
    """ "Sở Nội vụ có trách nhiệm:" gives its bearers to the items below."""
    said = _said(text, block.span) if listed is block else None
    return (said[0] if said else carried), listed


def _is_slot(block: Block) -> bool:
    """Whether an item only says when, who or what of its section's duty."""
    return any(pattern.fullmatch(block.head) for pattern in (_TIME_HEAD, _LEAD_HEAD, _RESULT_HEAD, _COOPERATING_HEAD))


def _grants(text: str, block: Block) -> bool:
    """Whether the items below a colon are duties ("có trách nhiệm:", a heading), not the contents of one."""
    written = shadow(block.span.of(text))
    return not _CONTENTS.search(written) and len(written.split()) < 45


def _is_table(text: str, block: Block) -> bool:
    written = block.whole.of(text)
    return written.startswith("|") or "\t" in written


def _is_heading(text: str, block: Block, part: _Part) -> bool:
    """The block of the section's heading; a heading that is itself a sentence with a bearer stays."""
    if not part.heading or block.whole.start > part.span.start + 4:
        return False
    if not plain(text, block.whole).rstrip(".: ").endswith(part.heading.rstrip(".: ")):
        return False
    return not (text[block.whole.end - 1] in ".;" and _said(text, block.span))


def _of_block(
    text: str, part: _Part, block: Block, carried: tuple[str, ...], issuer: str | None, taken: tuple[Span, ...]
) -> Iterator[_Row]:
    bearers = carried
    for sentence in sentences(text, block.span):
        if sentence in taken:
            continue
        described = bool(_NOT_OWED.match(shadow(sentence.of(text))))
        doers = bearers
        for clause in _independent(text, sentence):
            said = _said(text, clause)
            doers = said[0] if said else doers
            bearers = doers if said and (not said[2] or said[1] - sentence.start < 120) else bearers
            if said or not described:
                task = Span(said[1] if said else clause.start, clause.end)
                yield from _of_clause(text, part, clause, task, doers, said, issuer)


def _independent(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence; one whole where a colon makes the later ones its items ("thông qua: …; …")."""
    parts = clauses(text, sentence)
    return [sentence] if len(parts) > 1 and re.search(r":\s", parts[0].of(text)) else parts


def _starts_otherwise(content: str) -> bool:
    return bool(_NOT_OWED.match(content))


def _said(text: str, clause: Span) -> tuple[tuple[str, ...], int, bool] | None:
    """Bearers that the clause itself names, where its task begins, and whether they were assigned it."""
    content = shadow(clause.of(text))
    given = assigned(content)
    found = given or subject(content)
    if found is None:
        return None
    names = tuple(plain(text, span.shift(clause.start)) for span in found[0])
    return names, clause.start + found[1], given is not None


def _of_clause(
    text: str, part: _Part, clause: Span, task: Span, bearers: tuple[str, ...],
    said: tuple[tuple[str, ...], int, bool] | None, issuer: str | None,
) -> Iterator[_Row]:  # fmt: skip
    content = shadow(task.of(text))
    if not _is_owed(content, part, said):
        return
    who = bearers or ((issuer,) if issuer else ())
    pieces = _pieces(task, content)
    shared = [recipients(shadow(piece.of(text))) for piece in pieces]
    for piece, (to, through) in zip(pieces, shared, strict=True):
        offset = piece.start
        if not to and len(pieces) > 1:
            other = next((place for place, pair in enumerate(shared) if pair[0]), None)
            to, through = shared[other] if other is not None else ([], [])
            offset = pieces[other].start if other is not None else offset
        whole = Span(clause.start, piece.end) if piece is pieces[0] else piece
        yield _row(text, piece, whole, clause, who, bool(bearers), (to, through, offset))


def _row(
    text: str, piece: Span, searched: Span, clause: Span, who: tuple[str, ...], named: bool, sent: tuple[list[Span], list[Span], int]
) -> _Row:
    to, through, offset = sent
    return _Row(
        who,
        named,
        piece,
        clause,
        _product(text, piece),
        tuple(plain(text, span.shift(offset)) for span in to),
        plain(text, through[0].shift(offset)) if through else None,
        _deadline(text, searched),
    )


def _senders(text: str, piece: Span) -> tuple[str, ...]:
    """Whose reports come in: "sử dụng báo cáo của các sở gửi về Ban" obliges the departments."""
    content = shadow(piece.of(text))
    match = re.compile(r"báo cáo(?:\s+\w+){0,4}?\s+của\s+", re.IGNORECASE).search(content)
    return tuple(plain(text, span.shift(piece.start)) for span in list_at(content, match.end())) if match else ()


def _is_owed(content: str, part: _Part, said: tuple[tuple[str, ...], int, bool] | None) -> bool:
    if _NOT_OWED.match(content) or _NARRATED.search(content[:120]) or len(content.split()) < 3:
        return False
    if said and said[2]:
        return True
    reports = bool(_REPORTS.search(content)) and bool(recipients(content)[0])
    if part.strict:
        return not part.numbered and bool(said) and reports
    if part.named_only:
        return bool(said) or reports
    return bool(said) or begins_with_verb(content)


def _pieces(task: Span, content: str) -> list[Span]:
    """ "báo cáo định kỳ …, báo cáo đột xuất … và báo cáo sơ kết …" are duties of their own."""
    if not _REPORTS.search(content):
        return [task]
    edges = [0, *(match.end() for match in _NEXT_REPORT.finditer(content) if match.start() > 12), len(content)]
    found = (trimmed(content, left, right, " ,\n") for left, right in zip(edges, edges[1:], strict=False))
    return [_without_and(content, span).shift(task.start) for span in found if span]


def _without_and(content: str, span: Span) -> Span:
    tail = re.search(r"\s*,?\s+và$", span.of(content))
    return Span(span.start, span.start + tail.start()) if tail and tail.start() else span


def _deadline(text: str, span: Span) -> Deadline | None:
    """The deadline that fixes most; a bare period far inside a clause describes a thing ("kế hoạch công tác hằng năm")."""
    found = [
        (deadline, where.start)
        for where, deadline in find_deadlines(text, span)
        if rank(deadline) != 2 or where.start - span.start < _PERIOD_REACH or "kỳ" in deadline.written
    ]
    return min(found, key=lambda pair: (rank(pair[0]), pair[1]))[0] if found else None


def _product(text: str, piece: Span) -> Span | None:
    """The thing to be made or handed over: "báo cáo kết quả" of "báo cáo kết quả về LĐLĐ tỉnh"."""
    content = shadow(piece.of(text))
    for match in _PRODUCT.finditer(content):
        begin = match.start("made") if match["made"] else match.start("report")
        start = match.end() + len(content[match.end() :]) - len(content[match.end() :].lstrip())
        names = list_at(content, start) if match["report"] else []
        if names:
            begin = names[-1].end
            begin += len(content[begin:]) - len(content[begin:].lstrip(" ,"))
        stop = _PRODUCT_END.search(content, begin - 1 if names else min(begin + 7, len(content)))
        found = trimmed(content, begin, stop.start() if stop else len(content), " .,/\n")
        if found and len(found.of(content).split()) > 1:
            return found.shift(piece.start)
    return None


def _by_run_in_heads(text: str, part: _Part, content: Sequence[Block], issuer: str | None) -> _Row | None:
    """The duty of a section whose items say "Thời gian:", "Nội dung:", "Đơn vị chủ trì:", "Kết quả:"."""
    time = next((block for block in content if _TIME_HEAD.fullmatch(block.head)), None)
    lead = next((block for block in content if _LEAD_HEAD.fullmatch(block.head)), None)
    if (time is None and lead is None) or part.strict:
        return None
    result = next((block for block in content if _RESULT_HEAD.fullmatch(block.head)), None)
    heading = next(iter(blocks(text, part.span)), None)
    if heading is None or heading is time or heading is lead:
        return None
    bearers, place = _head_bearers(text, part, content, lead)
    to, through = recipients(shadow(result.span.of(text))) if result else ([], [])
    end = max(block.whole.end for block in (time, lead) if block)
    more = tuple(span for span in (place, result.span if result else None) if span and not Span(heading.span.start, end).contains(span))
    return _Row(
        bearers or ((issuer,) if issuer else ()), bool(bearers), heading.span, Span(heading.span.start, end),
        _first_words(text, result.span) if result else None,
        tuple(plain(text, span.shift(result.span.start)) for span in to) if result else (),
        plain(text, through[0].shift(result.span.start)) if through and result else None,
        read_deadline(text, time.span)[1] if time else None, more,
    )  # fmt: skip


def _head_bearers(text: str, part: _Part, content: Sequence[Block], lead: Block | None) -> tuple[tuple[str, ...], Span | None]:
    if lead:
        return split_bodies(plain(text, lead.span).rstrip(" .;")), lead.span
    for block in content:
        said = next(((said, one) for one in sentences(text, block.span)[:1] if (said := _said(text, one))), None)
        if said and not _TIME_HEAD.fullmatch(block.head):
            return said[0][0], said[1]
    return part.bearers, None


def _first_words(text: str, span: Span) -> Span | None:
    content = shadow(span.of(text))
    verb = re.match(r"(?:xây dựng|ban hành|hoàn thành|có|lập)\s+", content, re.IGNORECASE)
    stop = re.compile(r"[,;().]|\s(?:(?<!quá )(?<!chương )trình|gửi|trong đó)\s").search(content)
    return trimmed(text, span.start + (verb.end() if verb else 0), span.start + (stop.start() if stop else len(content)))


def _of_tables(text: str) -> Iterator[_Row]:
    """Rows under a header that names a task and a body or a deadline; a row without a task is none."""
    columns: dict[str, int] = {}
    for cells in table_rows(text, Span(0, len(text))) if text else ():
        header = _header(text, cells)
        if header:
            columns = header
        elif columns and max(columns.values()) < len(cells):
            yield from _of_cells(text, cells, columns)


def _header(text: str, cells: Sequence[Span | None]) -> dict[str, int]:
    names: dict[str, int] = {}
    for place, cell in enumerate(cells):
        written = plain(text, cell) if cell else ""
        name = next((name for name, pattern in _COLUMNS if pattern.search(written) and len(written) < 60), None)
        if name:
            names.setdefault(name, place)
    return names if "action" in names and ("bearer" in names or "deadline" in names) else {}


def _of_cells(text: str, cells: Sequence[Span | None], columns: dict[str, int]) -> Iterator[_Row]:
    found = {name: cells[place] for name, place in columns.items()}
    action, bearer, time, product = (found.get(name) for name in ("action", "bearer", "deadline", "product"))
    if action is None or (bearer is None and time is None):
        return
    filled = [cell for cell in found.values() if cell]
    row = Span(min(cell.start for cell in filled), max(cell.end for cell in filled))
    to, through = recipients(shadow(action.of(text)))
    yield _Row(
        split_bodies(plain(text, bearer)) if bearer else (), bearer is not None, action, row, product or _product(text, action),
        tuple(plain(text, span.shift(action.start)) for span in to),
        plain(text, through[0].shift(action.start)) if through else None,
        read_deadline(text, time)[1] if time else _deadline(text, action),
    )  # fmt: skip


def _merged(text: str, rows: Iterator[_Row]) -> Iterator[Duty]:
    groups: list[list[_Row]] = []
    for row in rows:
        same = next((group for group in groups if _same(text, group[0], row)), None)
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    for group in groups:
        yield _duty(text, group)


def _same(text: str, one: _Row, other: _Row) -> bool:
    """The same duty: the same recipients and days and mostly the same bearers; or the same words."""
    if _folded(plain(text, one.action)) == _folded(plain(text, other.action)) and one.bearers == other.bearers:
        return True
    if not one.recipients or not one.deadline or not other.deadline or one.deadline.trigger is not other.deadline.trigger:
        return False
    when = (one.deadline.dates, one.deadline.recurrence)
    if when != (other.deadline.dates, other.deadline.recurrence) or when == ((), None):
        return False
    return _overlap(one.recipients, other.recipients) and _overlap(one.bearers, other.bearers)


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    mine, theirs = ({_folded(name) for name in names} for names in (left, right))
    return bool(mine & theirs) and 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _folded(name: str) -> str:
    return " ".join(_SAME_WORDS.sub(" ", shadow(name).lower()).split())


def _duty(text: str, group: list[_Row]) -> Duty:
    best = max(group, key=lambda row: (bool(row.deadline), bool(row.recipients), bool(row.product), len(row.bearers), -row.span.start))
    names = {_folded(name): name for row in [best, *group] for name in reversed(row.bearers)}
    first = {_folded(name): name for name in best.bearers}
    bearers = (*best.bearers, *(name for fold, name in names.items() if fold not in first))
    spans = dict.fromkeys(span for row in [best, *group] for span in (row.span, *row.more))
    return Duty(
        bearers, plain(text, best.action).rstrip(" .;,/"), plain(text, best.product) if best.product else None, best.recipients,
        best.via or next((row.via for row in group if row.via), None), best.deadline, tuple(spans), _confidence(best),
    )  # fmt: skip


def _confidence(row: _Row) -> float:
    """From the slots that are filled; set by hand so that a dated report to a named body lies above 0.9."""
    dated = row.deadline is not None and row.deadline.trigger is not Trigger.NONE
    return round(0.35 + 0.2 * row.named + 0.05 * bool(row.bearers) + 0.15 * dated + 0.15 * bool(row.recipients), 2)
