"""Names of bodies, brought from the capitals of a letterhead to running spelling."""

from __future__ import annotations

import re

_PLACE_LEVELS = ("thành phố", "thị xã", "thị trấn", "tỉnh", "huyện", "quận", "phường", "xã", "đặc khu")
_PROPER = (
    "Liên đoàn Lao động", "Tổng Liên đoàn", "Việt Nam", "Trung ương", "Đảng", "Quốc hội", "Chính phủ", "Mặt trận Tổ quốc",
    "Hội đồng nhân dân", "Ủy ban nhân dân", "Ủy ban Kiểm tra", "Ban Chấp hành", "Ban Thường vụ", "Ban Kinh tế", "Ban Tổ chức",
    "Ban Tuyên giáo", "Ban Dân vận", "Ban Nội chính", "Ban Chỉ đạo", "Bộ Chính trị", "Ban Bí thư", "Đoàn Thanh niên",
    "Cộng sản", "Hồ Chí Minh", "Công đoàn", "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh",
)  # fmt: skip
_HEADS_BEFORE_PLACE = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy")


def natural_case(capitals: str, text: str) -> str:
    """A name in capitals as the document itself spells it in running text, else by the rules of official spelling.

    >>> natural_case("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "")
    'Liên đoàn Lao động tỉnh Lai Châu'
    """
    if not capitals.isupper():
        return capitals
    for match in re.finditer(re.escape(capitals), text, re.IGNORECASE):
        if not match[0].isupper() and match[0][0].isupper():
            return " ".join(match[0].split())
    return _by_rule(capitals)


def sentence_case(capitals: str) -> str:
    """PHÓ TRƯỞNG BAN THƯỜNG TRỰC -> Phó trưởng ban thường trực; other spellings stay."""
    return capitals.capitalize() if capitals.isupper() else capitals


def _by_rule(capitals: str) -> str:
    name = capitals.capitalize()
    for phrase in _PROPER:
        name = re.sub(rf"\b{phrase}\b", phrase, name, flags=re.IGNORECASE)
    for level in _PLACE_LEVELS:
        name = re.sub(rf"(?<=\s){level}\s+(.+)$", lambda m, level=level: f"{level} {_title(m[1])}", name, flags=re.IGNORECASE)
    for head in _HEADS_BEFORE_PLACE:
        name = re.sub(rf"\b{head}\s+(.+)$", lambda m, head=head: f"{head} {_title(m[1])}", name, flags=re.IGNORECASE)
    return name[0].upper() + name[1:]


def _title(words: str) -> str:
    return " ".join(word if any(map(str.isupper, word[1:])) else word[:1].upper() + word[1:] for word in words.split())
