"""What one clause says of a duty: who, what, to whom, through whom and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.types import Deadline, Span
from indexer.understand.bodies import assigned, bodies, list_at, recipients, subject
from indexer.understand.dates import find_deadlines, rank
from indexer.understand.phrases import Phrases
from indexer.understand.reading import Reading
from indexer.understand.sentences import trimmed

# How far into a clause a bare "hằng năm" still dates it; beyond, it mostly belongs to a noun (looked at on four plans).
PERIOD_REACH = 110
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
_REPORTS_OF = re.compile(r"báo cáo(?:\s+\w+){0,4}?\s+của\s+", re.IGNORECASE)
_ASKED = re.compile(
    r"(?<!các )báo cáo(?=\s)[^,;]{0,120}?\s(?:theo yêu cầu|khi có (?:yêu cầu|hướng dẫn)) của\s+", re.IGNORECASE
)
_TOGETHER = Phrases(
    re.compile(
        r"(?<!\w)(?:phối hợp(?:\s+(?:chặt chẽ|thường xuyên|đồng bộ|kịp thời|công tác))?\s+(?:với|cùng|giữa)"
        r"|cùng với|cùng|với sự (?:phối hợp|tham gia) của)\s+(?=\S)",
        re.IGNORECASE,
    ),
    "phối hợp|cùng|với",
)
_GIVES = re.compile(
    r"\s+(?:giao|phân công|đề nghị|yêu cầu|ủy quyền|mời)(?:\s+(?:nhiệm vụ|trách nhiệm|cho))*\s+$", re.IGNORECASE
)
_PERSON = re.compile(r"(?:đồng chí|đ/c|ông|bà)\s", re.IGNORECASE)
_OFFICE = re.compile(r"(?:phó |ủy viên |chủ tịch|bí thư|giám đốc|trưởng |chánh )", re.IGNORECASE)
_CONDITION = re.compile(
    r"\((?P<bracketed>(?:nếu|khi)\s[^()]{2,60})\)"
    r"|(?<!\w)(?P<plain>(?:nếu|trừ trường hợp|(?:trong\s+)?trường hợp|đối với trường hợp)\s[^,;:()]{2,110})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Bearers that a clause names, where their task begins, whether somebody gives it to them, and who does."""

    bearers: tuple[str, ...]
    task: int
    given: bool
    giver: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
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
    cooperating: tuple[str, ...] = ()
    giver: str | None = None
    condition: str | None = None


def said_in(reading: Reading, clause: Span) -> Said | None:
    """Whom the clause itself says to act, None where it names nobody."""
    content = reading.content(clause)
    given = assigned(content)
    found = given or subject(content)
    if found is None:
        return None
    bearers = _without_offices(reading.plain(span.shift(clause.start)) for span in found[0])
    giver = _giver(reading, clause, found[0][0].start) if given else None
    return Said(bearers, clause.start + found[1], given is not None, giver)


def _without_offices(names: Iterable[str]) -> tuple[str, ...]:
    """ "Đồng chí A, Phó Bí thư": the office of a person is no bearer beside the person."""
    found: list[str] = []
    for name in names:
        if not (found and _PERSON.match(found[-1]) and _OFFICE.match(name)):
            found.append(name)
    return tuple(found)


def _giver(reading: Reading, clause: Span, first: int) -> str | None:
    """Who stands before the words that give: "Thường trực Tỉnh ủy giao Ban cán sự đảng …"."""
    content = reading.content(clause)
    gives = _GIVES.search(content, max(first - 60, 0), first)
    lead = trimmed(content, 0, gives.start()) if gives else None
    named = bodies(content, lead) if lead else []
    return reading.plain(named[-1].shift(clause.start)) if named and lead and named[-1].end == lead.end else None


def cooperating_in(reading: Reading, piece: Span) -> tuple[str, ...]:
    """Whom the bearers work with: "chủ trì, phối hợp với các sở, ngành liên quan …"."""
    content = reading.content(piece)
    found = (list_at(content, match.end()) for match in _TOGETHER.finditer(content))
    return tuple(reading.plain(span.shift(piece.start)) for names in found for span in names)


def condition_in(reading: Reading, piece: Span) -> str | None:
    """The words that limit what is owed: "nếu có", "trường hợp cần thiết"."""
    match = _CONDITION.search(reading.content(piece))
    return reading.plain(Span(*match.span(match.lastgroup or 0)).shift(piece.start)) if match else None


def sent_in(reading: Reading, piece: Span) -> tuple[tuple[str, ...], str | None]:
    to, through = recipients(reading.content(piece))
    names = tuple(reading.plain(span.shift(piece.start)) for span in to)
    return names, reading.plain(through[0].shift(piece.start)) if through else None


def asked_by(reading: Reading, piece: Span) -> tuple[str, ...]:
    """Who is reported to where only the one who asks is named: "báo cáo … theo yêu cầu của Ban Dân vận"."""
    content = reading.content(piece)
    match = _ASKED.search(content)
    return tuple(reading.plain(span.shift(piece.start)) for span in list_at(content, match.end())) if match else ()


def senders_in(reading: Reading, piece: Span) -> tuple[str, ...]:
    """Whose reports come in: "sử dụng báo cáo của các sở gửi về Ban" obliges the departments, not the Ban."""
    content = reading.content(piece)
    match = _REPORTS_OF.search(content)
    return tuple(reading.plain(span.shift(piece.start)) for span in list_at(content, match.end())) if match else ()


def deadlines_in(reading: Reading, span: Span) -> list[Deadline]:
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


def product_in(reading: Reading, piece: Span) -> Span | None:
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


def first_words(reading: Reading, span: Span) -> Span | None:
    content = reading.content(span)
    verb = re.match(r"(?:xây dựng|ban hành|hoàn thành|có|lập)\s+", content, re.IGNORECASE)
    stop = re.compile(r"[,;().]|\s(?:(?<!quá )(?<!chương )trình|gửi|trong đó)\s").search(content)
    return trimmed(
        reading.text, span.start + (verb.end() if verb else 0), span.start + (stop.start() if stop else len(content))
    )
