"""The stretches of a document that may state duties, and whom their headings name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.types import Section, Span
from indexer.understand.bodies import is_list, split_bodies
from indexer.understand.duty_slots import said_in
from indexer.understand.reading import Reading
from indexer.understand.sentences import headings, own_part, shadow, trimmed

REPORTED = re.compile(
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
_ORDERING = frozenset(
    {"kế hoạch", "chỉ thị", "hướng dẫn", "thông báo", "công điện", "quyết định", "quy chế", "kết luận"}
)
_TELLING = frozenset({"báo cáo"})
_AHEAD = re.compile(
    r"nhiệm vụ|phương hướng|giải pháp|kiến nghị|đề xuất|đề nghị|thời gian tới|chương trình công tác|kế hoạch|trọng tâm"
    r"|tổ chức thực hiện|phân công",
    re.IGNORECASE,
)
_FOOT = re.compile(r"^[ \t*_]*Nơi\s+nhận\s*:?", re.MULTILINE | re.IGNORECASE)
_ADDRESSED = re.compile(r"^[ \t*_]*Kính\s+gửi\s*:[^\n]*(?:\n(?!\s*\n)[^\n]*)*", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """The own text of one section. `strict`: only tasks given by name count; `demands`: named subjects too."""

    span: Span
    heading: str
    bearers: tuple[str, ...]
    strict: bool
    demands: bool = False
    letter: bool = False


def parts(reading: Reading, sections: Sequence[Section], kind: str | None = None) -> Iterator[Part]:
    """The opening, then each section. What a report or minutes tell was done; only what they plan or ask is owed."""
    foot = _FOOT.search(reading.text)
    end = min((section.span.start for section in sections), default=foot.start() if foot else len(reading.text))
    addressed = _ADDRESSED.search(reading.text, 0, end)
    opening = trimmed(reading.text, addressed.end() if addressed else 0, end)
    if opening:
        yield Part(opening, "", (), strict=True, letter=addressed is not None or (not sections and kind in _ORDERING))
    default = _announced(reading, opening) if opening and sections else ()
    for place in range(len(sections)):
        own = own_part(sections, place)
        if own:
            part = _part(sections, place, own)
            told = kind in _TELLING and not any(_AHEAD.search(heading) for heading in headings(sections, place))
            part = replace(part, strict=True) if told else part
            yield part if part.bearers else replace(part, bearers=default)


def _part(sections: Sequence[Section], place: int, span: Span) -> Part:
    path = headings(sections, place)
    named = next((names for heading in reversed(path) if (names := _bearers_in(heading))), ())
    other = [heading for heading in path if not _TASKS.search(heading)]
    strict = any(REPORTED.match(heading) for heading in path) or any(
        _AIMS.search(heading) and not _DEMANDS.search(heading) for heading in other
    )
    tasks = any(_TASKS.search(heading) for heading in path)
    demands = any(_DEMANDS.search(heading) and not _bearers_in(heading) for heading in other[-2:])
    return Part(span, sections[place].heading, named, strict or not (sections[place].label or tasks), demands)


def _bearers_in(heading: str) -> tuple[str, ...]:
    """The bodies that a heading names: "1. Các tỉnh ủy, thành ủy", "Trách nhiệm của Sở Nội vụ"."""
    lead = _HEADING_OF.match(shadow(heading))
    bare = heading[lead.end() :] if lead else heading
    return split_bodies(bare.rstrip(" .:;")) if is_list(bare) else ()


def _announced(reading: Reading, opening: Span) -> tuple[str, ...]:
    """ "… yêu cầu các sở, ban, ngành thực hiện các nội dung sau:" before the first section names who owes them all."""
    last = [span for span in reading.sentences(opening)[-1:] if reading.text[span.end - 1] == ":"]
    given = [said for span in last for one in reading.clauses(span) if (said := said_in(reading, one)) and said.given]
    return given[-1].bearers if given else ()
