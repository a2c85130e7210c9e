"""Names of persons in running text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analyze import is_syllable
from indexer.letters import LOWER, UPPER
from indexer.types import Span
from indexer.understand.bodies import bodies

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Tô|Lương|Đoàn|Hà|Cao|Thái|Lưu|Tạ"
    "|Chu|Quách|Triệu|Vương|La|Lò|Vàng|Giàng|Sùng|Nông|Ma|Hứa|Khổng|Châu|Kiều|Tống|Đào|Thạch|Vi|Quàng|Cầm|Bế|Lục|Mã|Chẩu|Phùng"
    "|Doãn|Nghiêm|Khuất|Tôn|Âu|Diệp|Lâm|Trương|Tăng|Từ|Đàm|Bàn|Lộc|Hầu|Thào|Vừ|Mùa|Lầu|Đường|Phí|Cù|Đồng|Ông|Viên|Ninh|Khúc|Mạc|Lại"
    "|Cấn|Quan|Tạ|Lộ|Giáp|Thân|Hán|Kim|Văn|Trang|Trà|Tiêu|Từ|Sầm|Linh|Lèng|Hoàng|Đậu|Nhâm|Ngụy|Thiều|Uông|Vòng|Ứng"
)
_NAME = rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+){{1,4}}"
_PERSON = re.compile(
    rf"(?:[Đđ]/c:?|[Đđ]ồng chí:?|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ll]uật sư|[Bb]ác sĩ)\s+(?P<titled>{_NAME})"
    rf"|(?P<plain>(?:{_SURNAMES})(?:\s+[{UPPER}][{LOWER}]+){{1,4}})"
)
# Provinces and centrally run cities, before July 2025 and since, of those that begin like a surname.
_PLACES = frozenset(
    (
        "Hà Nội|Hà Nam|Hà Giang|Hà Tĩnh|Hồ Chí Minh|Cao Bằng|Thái Bình|Thái Nguyên|Ninh Bình|Ninh Thuận|Lâm Đồng"
        "|Đồng Nai|Đồng Tháp|Châu Á|Châu Âu"
    ).split("|")
)
_AT_A_PLACE = re.compile(
    r"(?:huyện|tỉnh|thành phố|thị xã|thị trấn|xã|phường|quận|thôn|ấp|đường|phố|khu|cụm|ngành|công ty|trường|tại|ở|TNHH"
    r"|cổ phần)\s+$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(rf"[{UPPER}][{LOWER}\w'’-]*(?:\s+(?:de |da |van |von |của )?[{UPPER}][{LOWER}\w'’-]*)*")
_OF_PERSONS = re.compile(r"(?:đồng chí|chủ tịch|phó|bí thư|trưởng|giám đốc|chánh|người|thủ)", re.IGNORECASE)


def persons(text: str, within: Span) -> Iterator[Span]:
    """Every person by name, without title; a place or a part of a body's name is none."""
    named = [span for span in bodies(text, within) if not _OF_PERSONS.match(span.of(text))]
    for match in _PERSON.finditer(text, within.start, within.end):
        group = match.lastgroup or "plain"
        span = Span(*match.span(group))
        if group == "titled" or not _is_place(text, span, within, named):
            yield span


def _is_place(text: str, span: Span, within: Span, named: list[Span]) -> bool:
    words = span.of(text).split()
    return (
        " ".join(words[:2]) in _PLACES
        or " ".join(words) in _PLACES
        or bool(_AT_A_PLACE.search(text[max(within.start, span.start - 12) : span.start]))
        or any(body.start <= span.start < body.end for body in named)
    )


def foreign_names(text: str, within: Span) -> Iterator[Span]:
    """Every run of words with a capital of which one can't be a Vietnamese syllable: "Peyton Manning", no "VNPT"."""
    for match in _CAPITALS.finditer(text, within.start, within.end):
        words = match[0].split()
        if any(word.isascii() and not word.isupper() and not is_syllable(word.lower()) for word in words):
            yield Span(*match.span())
