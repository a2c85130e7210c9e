"""Names of bodies and offices, brought from the capitals of a letterhead or signature to running spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.lexicon import ABBREVIATIONS, ISSUER_CODES
from indexer.numbers import codes

_PLACE_LEVELS = ("thành phố", "thị xã", "thị trấn", "tỉnh", "huyện", "quận", "phường", "xã", "đặc khu")
_PROPER = (
    "Liên đoàn Lao động", "Tổng Liên đoàn", "Việt Nam", "Trung ương", "Đảng", "Quốc hội", "Chính phủ",
    "Mặt trận Tổ quốc", "Hội đồng nhân dân", "Ủy ban nhân dân", "Ủy ban Mặt trận", "Ủy ban Kiểm tra", "Ban Chấp hành",
    "Ban Thường vụ", "Ban Kinh tế", "Ban Tổ chức", "Ban Tuyên giáo", "Dân vận", "Ban Nội chính", "Ban Chỉ đạo",
    "Bộ Chính trị", "Ban Bí thư", "Đoàn Thanh niên", "Cộng sản", "Hồ Chí Minh", "Công đoàn", "Hội Nông dân",
    "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Đảng ủy Khối", "Thanh niên", "Công ty", "Văn phòng", "Tỉnh ủy",
    "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy", "Đảng bộ", "Đảng đoàn", "Liên đoàn", "Ban Quản lý",
    "Thương binh và Xã hội",
)  # fmt: skip
_OFFICES = (
    "Chánh Văn phòng", "Trưởng Ban", "Chủ tịch", "Bí thư", "Thường trực", "Giám đốc", "Chủ nhiệm", "Bộ trưởng",
    "Hiệu trưởng", "Trưởng phòng", "Cục trưởng", "Vụ trưởng", "Viện trưởng", "Tổng Giám đốc",
)  # fmt: skip
_COMMITTEES = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy")
_FIRMS = re.compile(
    r"(?i)\b(công ty(?: (?:cổ phần|tnhh|mtv|một thành viên|hợp danh))*|nhà máy|doanh nghiệp tư nhân) (.+)$"
)
_FIELD = re.compile(r"(^(?:Sở|Bộ|Ban|Cục)|\bngành) (?!cán sự)(\w)")
_HELPERS = re.compile(r"(?:Ban|Văn phòng|Ủy ban Kiểm tra|Uỷ ban Kiểm tra)(?:$|\s(?!Quản lý))")
_ENDS_IN_LEVEL = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$")
_VOWELS = frozenset("aeiouy")
_BODY_HEAD = re.compile(
    r"(?:ĐẢNG|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ) (?:ỦY|UỶ|ĐOÀN)|BAN|LIÊN ĐOÀN|TỔNG|ỦY BAN|UỶ BAN|SỞ|BỘ|CÔNG|VĂN PHÒNG"
    r"|HỘI|CHI|ĐOÀN|TRƯỜNG|MẶT TRẬN|CỤC|TRUNG TÂM|TRUNG ƯƠNG (?:ĐOÀN|HỘI)|NGÂN HÀNG|BÁO|BCH|LĐLĐ|UBND|HĐND|CĐCS"
    r"|PHÒNG|VIỆN|CHÍNH PHỦ|QUỐC HỘI|TÒA|TOÀ|BỆNH VIỆN|HỌC VIỆN|THỦ TƯỚNG|LIÊN HIỆP|TẠP CHÍ|ĐÀI|KHO BẠC|THANH TRA"
    r"|BẢO HIỂM)\b"
)
_UNFINISHED = re.compile(
    r"(?:\b(?:VÀ|CÁC|CỦA|CƠ SỞ|ĐẢNG BỘ|CHI BỘ|BỘ PHẬN|CĐCS|CÔNG ĐOÀN|CÔNG TY|BAN CHẤP HÀNH)|[-,])$"
)


def joined_names(lines: Iterable[str]) -> list[str]:
    """The bodies of a letterhead in capitals, a name over several lines joined: a body begins with a word for one."""
    names: list[str] = []
    for line in lines:
        if names and (not _BODY_HEAD.match(line) or _UNFINISHED.search(names[-1])):
            names[-1] += " " + line
        else:
            names.append(line)
    return names


def natural_case(capitals: str, text: str) -> str:
    """A name in capitals as the document itself spells it in running text, else by the rules of official spelling.

    >>> natural_case("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "")
    'Liên đoàn Lao động tỉnh Lai Châu'
    """
    if not capitals.isupper():
        return capitals
    words, on_one_line = capitals.split(), text.replace("\n", " ")
    lower = on_one_line.lower()
    for start in range(max(1, len(words) - 3)):
        if found := _as_written(words[start:], on_one_line, lower):
            before = _by_rule(" ".join(words[:start])) + " " if start else ""
            return before + found
    return _by_rule(capitals)


def _as_written(words: list[str], text: str, lower: str) -> str | None:
    """The words as they stand in the text in small letters, beginning with a capital."""
    sought = " ".join(words).lower()
    place = lower.find(sought) if len(lower) == len(text) else -1
    while place >= 0:
        written = text[place : place + len(sought)]
        if not written.isupper() and written[0].isupper():
            return written
        place = lower.find(sought, place + 1)
    return None


def sentence_case(capitals: str) -> str:
    """An office as it is written in running text; other spellings stay.

    >>> sentence_case("PHÓ TRƯỞNG BAN THƯỜNG TRỰC"), sentence_case("CHÁNH VĂN PHÒNG")
    ('Phó Trưởng Ban Thường trực', 'Chánh Văn phòng')
    """
    return _spelled(capitals, (*_PROPER, *_OFFICES)) if capitals.isupper() else capitals


def full_name(issuer: str, superior: str | None, number: str | None, place: str | None) -> str:
    """The issuer by the name that others call it: "Văn phòng" under "Tỉnh ủy Lai Châu" is "Văn phòng Tỉnh ủy Lai Châu".

    >>> full_name("Ban Kinh tế", "Ban Chấp hành Trung ương", "71-KH/BKTTW", "Hà Nội")
    'Ban Kinh tế Trung ương'
    """
    known = next((ISSUER_CODES[code] for code in reversed(codes(number or "")) if code in ISSUER_CODES), "")
    if "Trung ương" in known and known.startswith(issuer + " "):
        return known
    if superior and superior.startswith(_COMMITTEES) and _HELPERS.match(issuer) and not _names_place(issuer, superior):
        return f"{issuer} {superior}"
    if superior == "Ban Chấp hành Trung ương" and _HELPERS.match(issuer) and "Trung ương" not in issuer:
        return f"{issuer} Trung ương"
    where = place_in(superior) or place
    return f"{issuer} {where}" if where and _ENDS_IN_LEVEL.search(issuer) else issuer


def _names_place(issuer: str, superior: str) -> bool:
    where = place_in(superior)
    return superior in issuer or bool(where and where in issuer)


def place_in(body: str | None) -> str | None:
    """The place at the end of a body's name: "Tuyên Quang" of "Tỉnh ủy Tuyên Quang"."""
    match = re.search(rf"(?:ủy|uỷ|tỉnh|thành phố|huyện|xã|phường) ((?:[{UPPER}][{LOWER}]*[ -]*)+)$", body or "")
    return match[1].strip() if match else None


def _spelled(capitals: str, phrases: Iterable[str]) -> str:
    name = " ".join(word if _is_abbreviation(word) else word.lower() for word in capitals.split())
    for phrase in phrases:
        if phrase.lower() in name.lower():
            name = re.sub(rf"\b{phrase}\b", phrase, name, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def _by_rule(capitals: str) -> str:
    name = _FIELD.sub(lambda match: f"{match[1]} {match[2].upper()}", _spelled(capitals, _PROPER))
    for level in _PLACE_LEVELS:
        name = _titled(rf"(?<=\s)({level}) (?!hội)(.+)$", name)
    for head in _COMMITTEES[:-1]:
        name = _titled(rf"\b({head}) (.+)$", name)
    return _FIRMS.sub(lambda match: f"{match[1]} {_title(match[2])}", name)


def _titled(pattern: str, name: str) -> str:
    return re.sub(pattern, lambda match: f"{match[1]} {_title(match[2])}", name)


def _is_abbreviation(word: str) -> bool:
    """CĐCS, TNHH, UBND: a word without a vowel can't be a syllable."""
    return word in ABBREVIATIONS or (len(word) > 1 and word.isalpha() and not _VOWELS & set(fold(word)))


def _title(words: str) -> str:
    return " ".join(word if any(map(str.isupper, word[1:])) else word[:1].upper() + word[1:] for word in words.split())
