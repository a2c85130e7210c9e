"""What single lines of a document's head and foot are: motto, number, title, place and date, recipients, authority."""

from __future__ import annotations

import re
from datetime import date

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.lexicon import KINDS
from indexer.numbers import find_numbers

_MOTTOS = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam", "doc lap - tu do - hanh phuc")
_NUMBER_LINE = re.compile(r"^(?:[^\W\d]+ ){0,2}[Ss][ốôoỐ]\s*[:.]?\s*(?=[\d.…_/ -])")
_EMPTY_NUMBER = re.compile(r"^[Ss]ố\s*[:.]?\s*[.…_ ]*[-/]\s*[A-ZĐ]{2,}")
_PLACE_DATE = re.compile(
    rf"(?P<place>[{UPPER}][{UPPER}{LOWER}.\- ]{{1,40}}?),?\s+ngày\s+(?P<day>\d{{1,2}}|[.…_]+)\s+tháng\s+(?P<month>\d{{1,2}}|[.…_]+)"
    r"\s+năm\s+(?P<year>\d{4})",
)
_AUTHORITY = re.compile(r"^(T/M|K/T|T/L|T/UQ|TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.)(?=[\s./:]|[A-ZĐ])")
_RECIPIENTS = re.compile(r"^(?:nơi\s+(?:nhận|gửi))\b\s*:?", re.IGNORECASE)
_NAME = re.compile(rf"^(?:[{UPPER}][{LOWER}]+|[{UPPER}])(?:\s+(?:[{UPPER}][{LOWER}]*)){{1,5}}$")
_DEGREE = re.compile(r"^(?:(?:TS|ThS|PGS|GS|BS|CN|KS)\.\s*)+")
_OFFICES = (
    "bi thu", "pho bi thu", "chu tich", "pho chu tich", "truong ban", "pho truong ban", "chanh van phong",
    "pho chanh van phong", "giam doc", "pho giam doc", "bo truong", "thu truong", "chu nhiem", "pho chu nhiem",
    "hieu truong", "truong phong", "tong giam doc", "thuong truc", "uy vien", "cuc truong", "thu ky", "truong doan",
)  # fmt: skip
_FOLDED_KINDS = {fold(kind): kind for kind in KINDS}


def is_motto(line: str) -> bool:
    folded = re.sub(r"\s*[-–]\s*", " - ", fold(line))
    return any(motto in folded for motto in _MOTTOS)


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
    """Place and date of "Lai Châu, ngày 02 tháng 2 năm 2023"; the date is None where it is left blank or impossible."""
    match = _PLACE_DATE.search(line)
    if match is None:
        return None
    try:
        return match["place"].strip(), date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return match["place"].strip(), None


def authority_of(line: str) -> str | None:
    """The mark T/M, K/T, T/L, TM., KT. … that a signature begins with."""
    match = _AUTHORITY.match(line)
    return match[1] if match and line[match.end() :].strip(" ./").isupper() else None


def opens_recipients(line: str) -> bool:
    return bool(_RECIPIENTS.match(line))


def is_office(line: str) -> bool:
    """A line in capitals that names an office: CHỦ TỊCH, PHÓ TRƯỞNG BAN THƯỜNG TRỰC …"""
    return line.isupper() and any(fold(line).startswith(office) for office in _OFFICES)


def name_of(line: str) -> str | None:
    """A person's name standing alone on a line, without academic degrees."""
    bare = _DEGREE.sub("", line.strip())
    return bare if _NAME.match(bare) and len(bare) <= 40 else None


