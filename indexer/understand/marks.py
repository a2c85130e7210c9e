"""What single lines of a document's head and foot are: motto, number, title, place and date, recipients, authority."""

from __future__ import annotations

import re
from datetime import date

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.lexicon import KINDS
from indexer.numbers import find_numbers

_MOTTOS = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam", "doc lap - tu do - hanh phuc")
_MISREAD_SHARE = 0.15
_NUMBER_LINE = re.compile(r"^(?:[^\W\d]+ ){0,2}[Ss][ốôoỐ]\s*[:.]?\s*(?=[\d.…_/ -])")
_EMPTY_NUMBER = re.compile(r"^[Ss]ố\s*[:.]?\s*[.…_ ]*[-/]\s*[A-ZĐ]{2,}")
_BLANK_OR = r"(?P<{0}>\d{{1,2}}|[.…_]+)"
_LEVEL = r"(?:(?i:thành phố|thị xã|thị trấn|tỉnh|huyện|quận|phường|xã|đặc khu)\s+)?"
_PLACE_WORD = rf"[{UPPER}][{UPPER}{LOWER}.’']{{0,12}}"
_PLACE = rf"{_LEVEL}{_PLACE_WORD}(?:(?:\s?-\s?|\s{{1,2}}){_PLACE_WORD}){{0,6}}"
_PLACE_DATE = re.compile(
    rf"^(?P<place>{_PLACE})\s?[,.]?\s*(?i:ngày)\s+{_BLANK_OR.format('day')}\s*(?:(?i:tháng)|[-/.])"
    rf"\s*{_BLANK_OR.format('month')}\s*(?:(?i:năm)|[-/.])\s*(?P<year>\d{{4}})\s*[.,;]?$"
)
_WEEKDAYS = ("Thứ ", "Chủ nhật", "Chủ Nhật")
_AUTHORITY = re.compile(r"^(T/M|K/T|T/L|T/UQ|TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.)(?=[\s./:]|[A-ZĐ])")
_FULL_NAME = re.compile(rf"^[{UPPER}]+(?:\s[{UPPER}]+){{1,4}}$")
# Folded: a mark misread ("Nơi nhân") leaves the words as they are.
_RECIPIENTS = re.compile(r"noi\s+(?:nhan|gui)\b")
_NAME = re.compile(rf"^(?:[{UPPER}][{LOWER}]+|[{UPPER}])(?:\s+(?:[{UPPER}][{LOWER}]*)){{1,5}}$")
_DEGREE = re.compile(r"^(?:(?:TS|ThS|PGS|GS|BS|CN|KS)\.\s*)+")
_OFFICES = (
    "bi thu", "pho bi thu", "chu tich", "pho chu tich", "truong ban", "pho truong ban", "chanh van phong",
    "pho chanh van phong", "giam doc", "pho giam doc", "bo truong", "thu truong", "chu nhiem", "pho chu nhiem",
    "hieu truong", "truong phong", "tong giam doc", "thuong truc", "uy vien", "cuc truong", "thu ky", "truong doan",
    "chu tri", "chu toa", "pho hieu truong", "pho tong giam doc", "pho cuc truong", "pho truong phong", "vu truong",
    "pho vu truong", "vien truong", "chu tich hoi nghi", "to truong", "doan chu tich", "thu truong co quan",
)  # fmt: skip
_FOLDED_KINDS = {fold(kind): kind for kind in KINDS}


def is_motto(line: str) -> bool:
    folded = re.sub(r"\s*[-–]\s*", " - ", fold(line))
    return any(motto in folded or _is_misread(folded, motto, _MISREAD_SHARE * len(motto)) for motto in _MOTTOS)


def _is_misread(line: str, mark: str, most: float) -> bool:
    """Whether at most so many letters stand for others, as OCR reads them: the length stays."""
    if len(line) != len(mark):
        return False
    return sum(one != other for one, other in zip(line, mark, strict=True)) <= most


def number_of(line: str) -> str | None:
    """The canonical number of a line "Số: 410 /KH-LĐLĐ"; "" where the serial is left blank; None for other lines."""
    match = _NUMBER_LINE.match(line)
    if match is None:
        return None
    for span, number in find_numbers(line):
        rest = line[span.end :].strip(" .*")
        if span.start - match.end() <= 1 and (not rest or _PLACE_DATE.match(rest)):
            return number
    return "" if _EMPTY_NUMBER.match(line) else None


def kind_of(line: str) -> tuple[str, str] | None:
    """The type that a title line in capitals begins with, and what follows it on the line."""
    head = re.match(r"[A-ZĐ" + UPPER.replace("A-Z", "") + r"\s]+", line)
    if head is None or len(head[0].strip()) < 4:
        return None
    folded = " ".join(fold(head[0]).split())
    for name, kind in _FOLDED_KINDS.items():
        if folded == name or folded.startswith(name + " "):
            words = len(name.split())
            rest = line.split(maxsplit=words)[words:]
            return kind, rest[0] if rest else ""
    return None


def place_and_date(line: str) -> tuple[str, date | None] | None:
    """Place and date of a line "Lai Châu, ngày 02 tháng 2 năm 2023", which may stand behind the number.

    The date is None where it is left blank or impossible. A sentence that names a day is no such line, nor is the
    weekday of a newspaper.
    """
    match = _PLACE_DATE.match(_behind_number(line))
    if match is None:
        return None
    place = " ".join(match["place"].split()).strip(" ,-")
    if place.startswith(_WEEKDAYS):
        return None
    try:
        return place, date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return place, None


def _behind_number(line: str) -> str:
    opened = _NUMBER_LINE.match(line)
    if opened is None:
        return line
    number = next(find_numbers(line), None)
    return line[number[0].end :].strip(" .*") if number and number[0].start - opened.end() <= 1 else line


def authority_of(line: str) -> str | None:
    """The mark T/M, K/T, T/L, TM., KT. … that a signature begins with."""
    match = _AUTHORITY.match(line)
    return match[1] if match and line[match.end() :].strip(" ./").isupper() else None


def opens_recipients(line: str) -> bool:
    if line[:1] not in ("N", "n", "H", "U"):
        return False
    written = fold(line[:20])
    return bool(_RECIPIENTS.match(written)) or _is_misread(written.rstrip(" :."), "noi nhan", 2)


def is_office(line: str) -> bool:
    """A line in capitals that names an office: CHỦ TỊCH, PHÓ TRƯỞNG BAN THƯỜNG TRỰC …"""
    return line.isupper() and any(fold(line).startswith(office) for office in _OFFICES)


def full_name_of(line: str) -> str | None:
    """A name in capitals, as older documents print it under the signature: NGUYỄN VĂN AN -> Nguyễn Văn An."""
    bare = line.strip()
    return bare.title() if _FULL_NAME.match(bare) and not is_office(bare) and len(bare) <= 30 else None


def name_of(line: str) -> str | None:
    """A person's name standing alone on a line, without academic degrees."""
    bare = _DEGREE.sub("", line.strip())
    return bare if _NAME.match(bare) and len(bare) <= 40 else None
