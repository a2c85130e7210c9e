"""Targets (chỉ tiêu): figures that a document wants reached, with what they count and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.types import Section, Span, Target
from indexer.understand.reading import Reading
from indexer.understand.sentences import headings, own_part

_UNITS = (
    "%|‰|phần trăm|đoàn viên|đảng viên|hội viên|người|lao động|doanh nghiệp|cơ quan|đơn vị|CĐCS"
    "|công đoàn cơ sở|hộ|xã|phường|thôn"
    "|lớp|cuộc|(?:nghìn |triệu |tỷ )?đồng|(?:triệu |tỷ )?USD|ha|km|tấn|m2|m²|lượt(?: người)?|buổi"
    "|công trình|mô hình|phiên"
    "|điểm(?: phần trăm)?|đồng chí|quần chúng|suất(?: quà)?|căn(?: nhà| hộ)?|nhà|giường bệnh|bác sĩ"
    "|sản phẩm|sáng kiến|đề tài"
    "|chi bộ|tổ chức|tập thể|cá nhân|gia đình|học sinh|cán bộ|hồ sơ|thủ tục|tiêu chí|hợp tác xã|tổ"
    "|hội nghị|lần|dự án|trường|bản"
    "|tuổi|cây|vụ|văn bản|bài|tin|cuộc thi|đợt|chỉ tiêu|việc làm|máy|thiết chế|khu|cơ sở|CNVCLĐ"
    "|công nhân|lao động nữ|trạm|ngày"
)
_COMPARISONS = {
    "at least": r"trên|hơn|ít nhất|tối thiểu|không dưới|không thấp hơn|lớn hơn|cao hơn|từ|≥|>",
    "at most": r"dưới|không quá|không vượt quá|tối đa|không cao hơn|thấp hơn|nhỏ hơn|còn dưới|≤|<",
    "about": r"khoảng|gần|xấp xỉ|chừng|ước",
}
_COMPARED = "|".join(_COMPARISONS.values())
_ONE = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,7}(?:,\d{1,3})?(?!\d)"
_FIGURE = re.compile(
    rf"(?<![\w/.,-])(?:(?P<compared>{_COMPARED})\s*(?:đạt\s+)?)?(?P<figure>(?:{_ONE})(?:\s?[-–]\s?(?:{_ONE}))?)\s*"
    rf"(?P<unit>(?:{_UNITS})(?!\w))(?:\s*/\s*(?:năm|tháng|quý))?(?:\s*(?P<onward>trở lên|trở xuống))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_AIM = re.compile(
    r"giữ (?:vững )?tỷ lệ|phấn đấu|chỉ tiêu|mục tiêu|tối thiểu|ít nhất|trở lên|bảo đảm|đảm bảo", re.IGNORECASE
)
_ALREADY = re.compile(
    r"(?<!\w)(?:đã|đạt được kết quả|hiện có|hiện nay|so với cùng kỳ|trong thời gian qua"
    r"|6 tháng đầu năm|ước đạt|kỳ họp)(?!\w)|(?:bằng|đạt)\s[\d.,]+\s?%\s(?:chỉ tiêu|kế hoạch)",
    re.IGNORECASE,
)
# "có từ 50 lao động trở lên" says which ones are counted; "mới đạt 61%" what was reached.
_THRESHOLD = re.compile(r"(?:^|\s)có\s*$", re.IGNORECASE)
_REACHED = re.compile(r"(?:mới|chỉ|đã|hiện)\s+đạt(?:\s+được)?\s*$|(?:đã|mới)\s+\w+\s*$", re.IGNORECASE)
_OF_A_PLAN = re.compile(r"(?:chỉ tiêu|kế hoạch)(?!\w)", re.IGNORECASE)
_TO_REACH = re.compile(
    r"(?<!\w)(?:kết nạp|phát triển|giới thiệu|thành lập(?: mới)?|bồi dưỡng|đào tạo|xây dựng|tạo)\s*$", re.IGNORECASE
)
_OF_TARGETS = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
_PERIOD = re.compile(
    r"từ nay đến (?:hết|cuối) (?:năm|nhiệm kỳ|tháng)(?:\s+\d{1,4}(?:/\d{4})?)?"
    r"|(?:đến|trong|hết|cuối)?\s*(?:hết\s+)?(?<!so với )(?<!so với cùng kỳ )(?:năm|nhiệm kỳ|giai đoạn)"
    r"\s+(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?"
    r"|(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng)|/\s?(?:năm|quý|tháng)|quý\s+[IV]+/\d{4}|cả nhiệm kỳ|cuối nhiệm kỳ",
    re.IGNORECASE,
)
_JOIN = re.compile(r"^(?:\s*(?:và|,|;|có|số|là|của))+\s*|^\s*trở\s+\w+\s*", re.IGNORECASE)
_LEADS_NOWHERE = re.compile(r"^(?:\W|và|có|đạt|được|từ|là|phấn đấu|bảo đảm|đảm bảo|hoàn thành)*$", re.IGNORECASE)
_RESULT = re.compile(r"(?:^|\s)(?:đạt|là|lên|xuống|còn|bằng)(?:\s+(?:tỷ lệ|mức))?\s*$", re.IGNORECASE)
_END_OF_SUBJECT = re.compile(r";|,\s*(?:trong đó|phấn đấu)|\.(?:\s|$)|\s+trong đó(?!\w)")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, and whether it stands in a part that sets targets; `period` is what its headings say."""

    span: Span
    aims: bool
    period: str | None


def targets(reading: Reading, sections: Sequence[Section]) -> tuple[Target, ...]:
    """One target for each figure, in reading order: all under a heading of targets, elsewhere only where one aims.

    Results reached already, dates, document numbers and numbers of a congress are none. `period` is None where
    neither sentence nor headings name one.
    """
    found: list[Target] = []
    for clause in _clauses(reading, sections):
        found += _in_clause(reading, clause)
    return tuple(dict.fromkeys(found))


def _clauses(reading: Reading, sections: Sequence[Section]) -> Iterator[_Clause]:
    numbered = [(place, section) for place, section in enumerate(sections) if section.label]
    for place, section in numbered:
        path = headings(sections, place)
        aims = any(_OF_TARGETS.search(heading) and not re.search("nhiệm vụ", heading, re.I) for heading in path[-2:])
        own = own_part(sections, place)
        lead: str | None = None
        for sentence in reading.sentences(own) if own else []:
            written = reading.content(sentence)
            if written.rstrip().endswith(":"):
                lead = _period(written)
            if not _DIGIT.search(written) or reading.plain(sentence) == section.heading:
                continue
            if aims or (_AIM.search(written) and not _ALREADY.search(written)):
                above = next((_period(heading) for heading in reversed(path) if _period(heading)), None)
                period = lead or _period(written) or above
                for clause in reading.clauses(sentence):
                    yield _Clause(clause, aims, period)


def _in_clause(reading: Reading, clause: _Clause) -> Iterator[Target]:
    content = reading.content(clause.span)
    figures = [match for match in _FIGURE.finditer(content) if not _is_threshold(content, match)]
    for place, match in enumerate(figures):
        start = figures[place - 1].end() if place else 0
        end = figures[place + 1].start() if place + 1 < len(figures) else len(content)
        subject = _subject(content, start, match, end)
        if subject is None or not _is_aimed(content, match, subject, clause):
            continue
        yield Target(
            reading.plain(subject.shift(clause.span.start)),
            " ".join(match["figure"].split()),
            " ".join(match["unit"].split()),
            _comparison(match),
            clause.period,
            clause.span,
        )


def _is_threshold(content: str, match: re.Match[str]) -> bool:
    since = (match["compared"] or "").lower() == "từ"
    before = _before(content, match)
    named = (since or _THRESHOLD.search(before) is not None) and _TO_REACH.search(before) is None
    return match["onward"] is not None and match["unit"] != "%" and named


def _before(content: str, match: re.Match[str]) -> str:
    """The few words before a figure; no more, so that a line of figures costs no more than its length."""
    return content[max(match.start() - 40, 0) : match.start()]


def _is_aimed(content: str, match: re.Match[str], subject: Span, clause: _Clause) -> bool:
    """Outside the parts that set targets a figure is one where it is compared or a share, or is to be reached by a
    period; what was reached already is none anywhere.
    """
    before = _before(content, match)
    if _REACHED.search(before) or (match["unit"].lower() == "ngày" and not (clause.aims and match["compared"])):
        return False
    if clause.aims:
        return True
    if "%" in match["unit"]:
        return not _OF_A_PLAN.match(content, subject.start)
    return match["compared"] is not None or (clause.period is not None and _TO_REACH.search(before) is not None)


def _subject(content: str, start: int, match: re.Match[str], end: int) -> Span | None:
    """What the figure counts: the words after it; those before it where it is a result ("tỷ lệ … đạt 85%")."""
    share = match["unit"].lower() in {"%", "‰", "phần trăm", "ngày"}
    begin = match.end() if share else match.start("unit")
    stop = _END_OF_SUBJECT.search(content, begin, end)
    after = _trim(content, begin, stop.start() if stop else end)
    before = _trim(content, start, match.start())
    if before is None or _LEADS_NOWHERE.match(before.of(content)) or not share:
        return after
    begin, result = _past_period(content, before), _RESULT.search(before.of(content))
    if result:
        return _trim(content, begin, before.start + result.start()) or after
    return after or Span(begin, before.end)


def _past_period(content: str, before: Span) -> int:
    """Behind "Đến năm 2030, "."""
    period = re.compile(r"(?:" + _PERIOD.pattern + r")\s*,\s*", re.IGNORECASE).match(
        content, before.start, before.end - 1
    )
    return period.end() if period else before.start


def _trim(content: str, start: int, end: int) -> Span | None:
    join = _JOIN.match(content[start:end])
    start += join.end() if join else 0
    stretch = content[start:end].rstrip(" ,;:.(\n")
    stretch = re.sub(r"[ ,](?:và|có|hoàn thành)$", "", stretch).rstrip(" ,")
    if stretch.count("(") > stretch.count(")"):
        stretch = stretch[: stretch.index("(")].rstrip()
    stretch = stretch if "(" in stretch else stretch.rstrip(" )")
    return Span(start, start + len(stretch)) if stretch.strip() else None


def _comparison(match: re.Match[str]) -> str:
    if match["onward"]:
        return "at least" if match["onward"].lower() == "trở lên" else "at most"
    for name, words in _COMPARISONS.items():
        if match["compared"] and re.fullmatch(words, match["compared"], re.IGNORECASE):
            return name
    return "exactly"


def _period(written: str) -> str | None:
    match = _PERIOD.search(written)
    return " ".join(match[0].split()) if match else None
