"""References: other documents named by their number, with what this document says it does with each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.letters import LOWER
from indexer.numbers import codes, find_numbers, key, serial
from indexer.types import Reference, Relation, Span
from indexer.understand.bodies import list_at
from indexer.understand.dates import find_dates
from indexer.understand.names import place_in
from indexer.understand.reading import Reading

_KINDS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "quy định": "QĐ",
    "chỉ thị": "CT",
    "kết luận": "KL",
    "quy chế": "QC",
    "thông tri": "TT",
    "hướng dẫn": "HD",
    "thông báo": "TB",
    "báo cáo": "BC",
    "kế hoạch": "KH",
    "chương trình": "CTR",
    "chương trình hành động": "CTR",
    "đề án": "ĐA",
    "tờ trình": "TTR",
    "công văn": "CV",
    "thông tư": "TT",
    "thông tư liên tịch": "TTLT",
    "nghị định": "NĐ",
    "luật": "QH",
    "bộ luật": "QH",
    "pháp lệnh": "UBTVQH",
    "công điện": "CĐ",
    "điều lệ": "ĐL",
    "hiến pháp": "HP",
    "lệnh": "L",
    "phương án": "PA",
    "dự án": "DA",
    "thông cáo": "TC",
    "biên bản": "BB",
    "giấy mời": "GM",
    "văn bản": "",
    "nghị quyết liên tịch": "NQLT",
}
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_KIND_BEFORE = re.compile(rf"(?<!\w)(?P<kind>{_KIND})(?:\s+liên tịch)?\s*(?:,?\s*số\s*:?)?\s*$", re.IGNORECASE)
_KIND_AND_ISSUER = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND})\s+của\s(?:(?!\svề\s)[^,;.]){{2,60}}\ssố\s*:?\s*$", re.IGNORECASE
)
_LAW = re.compile(r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh)\s[^,;.\d]{3,90}\ssố\s*:?\s*$")
_PROPOSED = re.compile(r"(?:xét|theo)\s+đề\s+nghị\s[^;]*\stại\s*$", re.IGNORECASE)
# How far before a number its line may begin, and the proposal that names it.
_HEAD_CHARS = 24
_PROPOSAL_CHARS = 400
_HEAD_OF_LINE = re.compile(r"\s*(?:Số|SỐ|số)\s*:?\s*")
_NUMBER_SAID = re.compile(r"(?<!\w)[Ss]ố\s*:?\s*$")
_FIGURES = re.compile(r"\d(?<=\s\d)\d{0,3}(?:\s*(?:,|và)\s*\d{1,4})*(?![\w%./-])")
_KIND_OF_FIGURES = re.compile(rf"(?<!\w)(?P<kind>{_KIND})\s+(?:số\s+)?$", re.IGNORECASE)
_DATE_AFTER = re.compile(r"\s*[,(]?\s*(?:(?:được\s+)?(?:ban hành|ký)\s+)?(?:ngày\s+)(?=\d)", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+|\s?/\s?)"
    r"(?:19|20)\d\d",
    re.IGNORECASE,
)
_OF = re.compile(r"\s*[,)]?\s*(?:của|do)\s+(?=\S)", re.IGNORECASE)
_ISSUES = re.compile(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:khóa\s+[IVX]+\s*)?(?:\([^)]{0,40}\)\s*)?,?\s*(?:đã\s+|vừa\s+)?"
    r"(?:ban hành|có|ra|ký)\s+$"
)
_ISSUING_VERB = re.compile(r"(?:ban hành|có|ra|ký)\s+$")
_FIRST_SECTION = re.compile(
    r"^[ \t*]*(?:I|A|1)[ \t]*[.)]\s|^[ \t*]*(?:Điều|Phần|Chương)[ \t]+(?:1|I|thứ)\b", re.MULTILINE
)
_LEAD = (
    (re.compile(r"(?:căn cứ|xét|theo đề nghị|trên cơ sở)(?!\w)", re.IGNORECASE), Relation.BASED_ON),
    (
        re.compile(
            r"(?:về\s+(?:việc\s+)?|để\s+|nhằm\s+|tiếp tục\s+|tổ chức\s+|quán triệt(?:,| và)?\s+(?:và\s+)?"
            r"|học tập(?:,| và)?\s+)*"
            r"(?:triển khai|thực hiện|thi hành|chấp hành|cụ thể hóa|phúc đáp|trả lời)(?!\w)",
            re.IGNORECASE,
        ),
        Relation.CARRIES_OUT,
    ),
)
_CUES = (
    (re.compile(r"thay thế(?:\s+cho)?(?:\s+(?:các|toàn bộ))?\s*$", re.IGNORECASE), Relation.REPLACES),
    (re.compile(r"(?:bãi bỏ|hủy bỏ)(?:\s+(?:các|toàn bộ|một phần))?\s*$", re.IGNORECASE), Relation.REPEALS),
    (
        re.compile(r"(?:thay thế|bãi bỏ|hủy bỏ)\s[^.;]{0,90}?\s(?:của|tại|kèm theo|theo)\s*$", re.IGNORECASE),
        Relation.AMENDS,
    ),
    (
        re.compile(
            r"(?:sửa đổi|bổ sung|điều chỉnh)(?:,\s*bổ sung)?(?:\s[^.;]{0,90}?(?:của|tại|kèm theo|theo"
            r"|trong))?\s*$",
            re.IGNORECASE,
        ),
        Relation.AMENDS,
    ),
    (
        re.compile(r"(?:sao gửi|sao lục|gửi kèm(?: theo)?|chuyển đến|chuyển)(?:\s+(?:các|bản))?\s*$", re.IGNORECASE),
        Relation.FORWARDS,
    ),
    (
        re.compile(
            r"(?:ban hành|xây dựng|là)\s+(?:kế hoạch|chương trình|chương trình hành động|hướng dẫn|chỉ thị"
            r"|quyết định|nghị quyết)"
            r"(?:\s+của\s[^,;.]{2,50}?)?\s+(?:triển khai\s+)?(?:tổ chức\s+)?(?:thực hiện|thi hành)\s*$",
            re.IGNORECASE,
        ),
        Relation.CARRIES_OUT,
    ),
)
_PASSIVE = re.compile(r"(?:được|bị|đã|nay là|bởi|bằng)(?:\s+\S+){0,3}\s*$|(?:theo|bởi|bằng|tại)\s*$", re.IGNORECASE)
_FORWARDED_AFTER = re.compile(r"\((?:có\s+)?(?:bản\s+)?(?:sao gửi|sao lục|gửi kèm|kèm theo)[^)]{0,40}\)", re.IGNORECASE)
_ENDED_AFTER = re.compile(r"[^.;]{0,80}?(?<!có )(?:hết hiệu lực|bị bãi bỏ|chấm dứt hiệu lực)", re.IGNORECASE)
_GOVERNED = re.compile(
    r"(?:thực hiện|thi hành|triển khai|theo|tại|trong|của|hướng dẫn|sửa đổi|bổ sung|với|quán triệt"
    r"|nay là|từ|về|nêu|so với"
    r"|quy định|ban hành|thay thế|bãi bỏ)(?:\s+(?:các|nội dung|một số|số|việc|nghiêm|nghiêm túc))*\s*$",
    re.IGNORECASE,
)
_CARRIED_OUT = re.compile(
    r"(?<!\w)(?:về|để|nhằm)\s+(?:việc\s+)?(?:[^;.]{0,40}\s)?(?:triển khai|thực hiện|thi hành|cụ thể hóa)(?!\w)"
    r"[^;.]{0,240}(?<!\svà)(?<!\shoặc)\s$",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"[^{LOWER}\d.;:]{{4,60}}\s(?=\S)")
_STRENGTH = (
    Relation.REPLACES,
    Relation.REPEALS,
    Relation.AMENDS,
    Relation.FORWARDS,
    Relation.BASED_ON,
    Relation.CARRIES_OUT,
    Relation.MENTIONS,
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place that names a document. `bare` spans the number alone, `span` also the type word and the date."""

    number: str
    bare: Span
    span: Span
    issued_on: date | None
    issuer: str | None
    relation: Relation = Relation.MENTIONS
    carried_out_by: str | None = None


def references(reading: Reading, own: str | None = None) -> tuple[Reference, ...]:
    """Other documents in the order of their first mention, one for each number (and date, where a number has several).

    A short form ("Chỉ thị 31") counts for the full number that the text gives elsewhere; without one it is kept by its
    bare figure where issuer or date stand beside it ("Quyết định 217 của Bộ Chính trị"), else dropped. The document's
    own number, in its head or as `own`, is none.
    """
    content = reading.shadow
    preamble = _FIRST_SECTION.search(reading.text)
    body_start = preamble.start() if preamble else len(reading.text)
    found: list[_Mention] = []
    for sentence in reading.sentences(Span(0, len(reading.text))) if reading.text.strip() else ():
        found += _in_sentence(reading, content, sentence, sentence.start < body_start)
    found = [mention for mention in found if own is None or key(mention.number) != key(own)]
    return tuple(_merged(_groups(found + _shorts(content, reading, found, own))))


def _in_sentence(reading: Reading, content: str, sentence: Span, preamble: bool) -> Iterator[_Mention]:
    stretch = sentence.of(content)
    lead = _lead(stretch, preamble)
    previous, before = 0, ""
    for where, number in find_numbers(stretch):
        if not _is_head(content, sentence, where):
            mention = _mention(reading, content, sentence, where, number)
            first = previous == 0
            relation = _relation(stretch, mention.span.shift(-sentence.start), previous, lead, first)
            place = mention.span.start - sentence.start
            if preamble and _PROPOSED.search(stretch, max(place - _PROPOSAL_CHARS, 0), place):
                relation = Relation.BASED_ON
            between = stretch[previous:place]
            by = before if before and _CARRIED_OUT.search(between) else None
            yield replace(mention, relation=relation, carried_out_by=by)
            previous, before = mention.span.end - sentence.start, mention.number


def _is_head(content: str, sentence: Span, where: Span) -> bool:
    """Whether the number stands alone after "Số" at the start of its line, as in a document's head."""
    begin = sentence.start + where.start
    line = content[content.rfind("\n", max(begin - _HEAD_CHARS, 0), begin) + 1 : begin]
    opens = begin - len(line) == 0 or content[begin - len(line) - 1] == "\n"
    end = sentence.start + where.end
    return opens and bool(_HEAD_OF_LINE.fullmatch(line)) and content[end : end + 1] != ","


def _mention(reading: Reading, content: str, sentence: Span, where: Span, number: str) -> _Mention:
    begin, end = sentence.start + where.start, sentence.start + where.end
    left = content[max(begin - 90, sentence.start) : begin]
    kind = _KIND_BEFORE.search(left) or _KIND_AND_ISSUER.search(left) or _LAW.search(left) or _NUMBER_SAID.search(left)
    start = begin - len(left) + kind.start() if kind else begin
    issued_on, stop = _date_after(content, end)
    issuer, after = _issuer_after(reading, content, stop)
    if issued_on is None and issuer:
        issued_on, later = _date_after(content, after)
        stop = later if issued_on else stop
    before = _said_before(reading, content, sentence, start)
    span = Span(start, stop)
    return _Mention(number, Span(begin, end), span, issued_on or before[0], issuer or before[1])


def _date_after(content: str, position: int) -> tuple[date | None, int]:
    lead = _DATE_AFTER.match(content, position)
    day = _DATE.match(content, lead.end()) if lead else None
    if day is None:
        return None, position
    found = find_dates(content, Span(*day.span()))
    return (found[0][1], day.end()) if found and found[0][1] else (None, position)


def _issuer_after(reading: Reading, content: str, position: int) -> tuple[str | None, int]:
    lead = _OF.match(content, position)
    names = list_at(content[lead.end() : lead.end() + 120], 0) if lead else []
    if not lead or not names:
        return None, position
    name = names[0].shift(lead.end())
    return reading.plain(name).split(" trên địa bàn")[0].removesuffix(" khóa"), name.end


def _said_before(reading: Reading, content: str, sentence: Span, start: int) -> tuple[date | None, str | None]:
    """ "Ngày 06 tháng 11 năm 2024, Ban Kinh tế Trung ương ban hành Kế hoạch số …": date and issuer before the verb."""
    left = content[max(start - 240, sentence.start) : start]
    issues = _ISSUES.search(left) if _ISSUING_VERB.search(left[-12:]) else None
    if issues is None:
        return None, None
    offset = start - len(left)
    for begin in [match.start() for match in re.finditer(r"(?<!\w)\w", left[: issues.start()])]:
        names = list_at(left, begin)
        if names and names[-1].end >= issues.start() - 1:
            days = [day for span, day in find_dates(content, Span(offset, offset + begin)) if day] if begin else []
            return (days[-1] if days else None), reading.plain(names[0].shift(offset))
    return None, None


def _lead(stretch: str, preamble: bool) -> Relation | None:
    """What a sentence's first words say of the documents it lists; "Căn cứ" counts before the first section only."""
    words = stretch.lstrip()
    title = _TITLE.match(words)
    for pattern, relation in _LEAD:
        if (pattern.match(words) or (title and pattern.match(words, title.end()))) and (
            preamble or relation is Relation.CARRIES_OUT
        ):
            return relation
    return None


def _relation(stretch: str, span: Span, previous: int, lead: Relation | None, first: bool) -> Relation:
    left = stretch[max(span.start - 140, 0) : span.start]
    if first and _FORWARDED_AFTER.search(stretch, span.end):
        return Relation.FORWARDS
    if _ENDED_AFTER.match(stretch, span.end):
        return Relation.REPEALS
    for pattern, relation in _CUES:
        cue = pattern.search(left)
        if cue and not _PASSIVE.search(left[: cue.start()]) and (lead is None or relation is lead):
            return relation
    return _by_lead(stretch, span, previous, lead, first)


def _by_lead(stretch: str, span: Span, previous: int, lead: Relation | None, first: bool) -> Relation:
    """The first document after "Căn cứ" or "Thực hiện" and those listed beside it; none that another one governs."""
    if lead is None:
        return Relation.MENTIONS
    between = stretch[previous : span.start]
    if first:
        near = len(between) < 90 and not re.search(r"(?<!^)\svề\s|;", between)
        return lead if near or lead is Relation.BASED_ON else Relation.MENTIONS
    if lead is Relation.CARRIES_OUT and re.search(r"\svề\s|;", between):
        return Relation.MENTIONS
    return Relation.MENTIONS if _GOVERNED.search(between) else lead


def _shorts(content: str, reading: Reading, found: Sequence[_Mention], own: str | None) -> list[_Mention]:
    """Short forms that resolve to a full number of the same type, or that stand with their issuer or date."""
    full = {(serial(mention.number), code): mention for mention in reversed(found) for code in _codes(mention.number)}
    mine = {(serial(own), code) for code in _codes(own)} if own else set()
    shorts: list[_Mention] = []
    for match, kind in _figures(content):
        code = _KINDS[" ".join(kind["kind"].lower().split())]
        issued_on, stop = _date_after(content, match.end())
        issuer, _ = _issuer_after(reading, content, stop)
        for figure in re.finditer(r"\d+", match[0]):
            same = full.get((serial(figure[0]), code))
            bare = Span(*figure.span()).shift(match.start())
            start = bare.start - len(kind[0]) if bare.start == match.start() else bare.start
            span = Span(start, max(stop, bare.end) if issued_on else bare.end)
            if same:
                shorts.append(_Mention(same.number, bare, span, same.issued_on, same.issuer))
            elif (issuer or issued_on) and code and (serial(figure[0]), code) not in mine and not _is_year(figure[0]):
                shorts.append(_Mention(figure[0], bare, span, issued_on, issuer))
    return shorts


def _figures(content: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Bare figures ("217, 218") behind the name of a type, and that name with the blank behind it."""
    for match in _FIGURES.finditer(content):
        kind = _KIND_OF_FIGURES.search(content[max(match.start() - 40, 0) : match.start()])
        if kind:
            yield match, kind


def _codes(number: str) -> tuple[str, ...]:
    return tuple(part.upper() for part in codes(number)[:1])


def _is_year(figure: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", figure))


def _groups(found: Sequence[_Mention]) -> Iterator[list[_Mention]]:
    """Mentions of one document: same number, same date; those without a date join the first dated group."""
    by_number: dict[str, list[_Mention]] = {}
    for mention in sorted(found, key=lambda one: one.bare):
        by_number.setdefault(key(mention.number), []).append(mention)
    for same in by_number.values():
        days: list[date | None] = [*dict.fromkeys(mention.issued_on for mention in same if mention.issued_on)] or [None]
        for day in days:
            yield from _by_place(
                [one for one in same if one.issued_on == day or (not one.issued_on and day == days[0])]
            )


def _by_place(same: list[_Mention]) -> Iterator[list[_Mention]]:
    """Apart where their issuers name different places; those that name none go with the first."""
    named = [place_in(mention.issuer) for mention in same]
    places: list[str | None] = [*dict.fromkeys(filter(None, named))] or [None]
    for place in places:
        yield [one for one, own in zip(same, named, strict=True) if own == place or (not own and place == places[0])]


def _merged(groups: Iterator[list[_Mention]]) -> Iterator[Reference]:
    for group in sorted(groups, key=lambda one: one[0].bare):
        relation = min((mention.relation for mention in group), key=_STRENGTH.index)
        best = min(
            group, key=lambda one: (one.relation is not relation, one.issued_on is None, one.issuer is None, one.span)
        )
        issued_on = next((mention.issued_on for mention in group if mention.issued_on), None)
        issuer = best.issuer or next((mention.issuer for mention in group if mention.issuer), None)
        by = dict.fromkeys(one.carried_out_by for one in group if one.carried_out_by)
        yield Reference(best.number, relation, best.span, issued_on, issuer, tuple(by))
