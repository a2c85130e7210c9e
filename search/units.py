"""Bodies of the Party, the trade union and the State: a name read as branch, kind, level, place and part.

"LĐLĐ huyện Tam Đường" is one union of a district; "Các LĐLĐ huyện, thành phố" is a class of them. What a class means
follows the charters: a union of a trade or of an industrial zone stands with those of districts, directly above bases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache

from indexer.analyze import fold
from indexer.lexicon import ABBREVIATIONS
from search.places import is_central_city, is_province, provinces_of, provinces_written


class Branch(StrEnum):
    UNION = "công đoàn"
    PARTY = "tổ chức đảng"
    STATE = "cơ quan nhà nước"
    COUNCIL = "hội đồng nhân dân"
    FRONT = "Mặt trận Tổ quốc"
    MASS = "đoàn thể"
    WORK = "doanh nghiệp, đơn vị sự nghiệp"
    ANY = "cơ quan, đơn vị"


class Level(IntEnum):
    """How far a body stands from the centre."""

    CENTRAL = 0
    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3
    BASE = 4


C, P, D, X, B = (frozenset({level}) for level in Level)
EVERY = frozenset(Level)


@dataclass(frozen=True, slots=True)
class Body:
    """What a name says; an empty slot leaves open.

    `kinds` of the branch (none: any of it); `places` are folded names without their type; `provinces` those that hold
    them; `name` what tells apart the bodies of one kind ("noi vu" of Sở Nội vụ); `part` of the body ("ban to chuc",
    "*" any); `many`: a class ("các …"); `above`: a superior one ("cấp trên").
    """

    branch: Branch
    kinds: frozenset[str]
    levels: frozenset[Level]
    places: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    name: str = ""
    part: str = ""
    many: bool = False
    above: bool = False


# Heads, as folded text with abbreviations in full: pattern, branch, kinds, levels where the words after name none. The
# first that matches counts, so the longer stand first.
_HEADS: tuple[tuple[str, Branch, str, frozenset[Level]], ...] = (
    (r"tong lien doan(?: lao dong)?(?: viet nam)?", Branch.UNION, "tlđ", C),
    (r"lien doan lao dong", Branch.UNION, "lđlđ", P | D),
    (r"cong doan co so|nghiep doan(?: co so)?|cong doan bo phan|to cong doan", Branch.UNION, "cđcs", B),
    (r"cong doan cap tren truc tiep(?: cua)?(?: cong doan)?(?: co so)?", Branch.UNION, "", D),
    (r"cong doan cap tren co so", Branch.UNION, "", D),
    (r"cong doan cap tren", Branch.UNION, "", C | P | D),
    (r"cong doan cap tinh", Branch.UNION, "", P),
    (r"cong doan cap huyen", Branch.UNION, "", D),
    (r"cong doan nganh_tuong_duong", Branch.UNION, "cđ ngành|cđvc|cđ khu|cđ tổng công ty", D),
    (r"cong doan nganh trung uong", Branch.UNION, "cđ ngành trung ương", P),
    (r"cong doan nganh|cong doan (?=(?:giao duc|y te|xay dung|giao thong van tai|cong thuong|nong nghiep)(?!\w))",
     Branch.UNION, "cđ ngành", D),
    (r"cong doan vien chuc", Branch.UNION, "cđvc", D),
    (r"cong doan (?:cac )?khu (?:cong nghiep|kinh te|che xuat)", Branch.UNION, "cđ khu", D),
    (r"cong doan (?:cac )?(?:tong cong ty|tap doan)", Branch.UNION, "cđ tổng công ty", P | D),
    (r"(?:cac )?cap cong doan|cong doan (?:cac|moi) cap|to chuc cong doan", Branch.UNION, "", EVERY),
    (r"cong doan(?! viet nam)", Branch.UNION, "", EVERY),
    (r"ban chap hanh trung uong(?: dang)?|bo chinh tri|ban bi thu|trung uong dang", Branch.PARTY, "trung ương", C),
    (r"tinh uy", Branch.PARTY, "tỉnh ủy", P),
    (r"thanh uy", Branch.PARTY, "thành ủy", P | D),
    (r"(?:huyen|quan|thi) uy", Branch.PARTY, "huyện ủy", D),
    (r"ban can su(?: dang)?|dang doan", Branch.PARTY, "đảng đoàn", C | P),
    (r"dang uy|ban chap hanh dang bo", Branch.PARTY, "đảng ủy", P | D | X | B),
    (r"dang bo(?: co so| bo phan)?", Branch.PARTY, "đảng bộ|đảng ủy", P | D | X | B),
    (r"chi bo(?: co so| truc thuoc)?|chi uy", Branch.PARTY, "chi bộ", B),
    (r"to chuc co so dang|to chuc dang co so", Branch.PARTY, "đảng ủy|đảng bộ|chi bộ", X | B),
    (r"(?:cac )?cap uy(?: dang)?(?: (?:cac|moi) cap)?|to chuc dang|cac cap bo dang", Branch.PARTY, "", EVERY),
    (r"uy ban nhan dan|chinh quyen", Branch.STATE, "ubnd", P | D | X),
    (r"hoi dong nhan dan", Branch.COUNCIL, "hđnd", P | D | X),
    (r"thu tuong chinh phu|chinh phu", Branch.STATE, "chính phủ", C),
    (r"bo(?! (?:phan|may|luat|chi huy|doi))|co quan trung uong", Branch.STATE, "bộ", C),
    (r"so", Branch.STATE, "sở", P),
    (r"chi cuc|cuc|kho bac(?: nha nuoc)?|toa an(?: nhan dan)?|vien kiem sat(?: nhan dan)?|bao hiem xa hoi",
     Branch.STATE, "cơ quan ngành dọc", P | D),
    (r"cong an|bo chi huy quan su|ban chi huy quan su|bo doi bien phong", Branch.STATE, "vũ trang", P | D | X),
    (r"phong(?= (?:giao duc|noi vu|tai chinh|lao dong|y te|van hoa|tu phap|kinh te|nong nghiep|tai nguyen))",
     Branch.STATE, "phòng", D),
    (r"nganh|ban nganh", Branch.STATE, "", P | D),
    (r"(?:uy ban )?mat tran(?: to quoc)?(?: viet nam)?", Branch.FRONT, "mttq", C | P | D | X),
    (r"to chuc chinh tri\W+xa hoi|(?:to chuc )?doan the(?: chinh tri\W+xa hoi)?", Branch.MASS, "", C | P | D | X),
    (r"hoi (?:nong dan|lien hiep phu nu|phu nu|cuu chien binh)|hoi quan chung", Branch.MASS, "hội", C | P | D | X),
    (r"(?:tinh|thanh|huyen|quan|thi) doan|doan thanh nien|doan tncs", Branch.MASS, "đoàn", C | P | D | X),
    (r"doanh nghiep|cong ty|don vi su nghiep|truong|benh vien|hop tac xa", Branch.WORK, "", B),
    (r"co quan|don vi|dia phuong|to chuc|tap the|cap|khoi|cum", Branch.ANY, "", EVERY),
)  # fmt: skip
_HEAD = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<h{n}>{head[0]})" for n, head in enumerate(_HEADS)) + r")(?!\w)")
_PART = re.compile(
    r"(?:ban|van phong|uy ban kiem tra|phong|trung tam|thuong truc|thuong vu|doan chu tich|lanh dao|chu tich"
    r"|pho chu tich|bi thu|pho bi thu|thu truong|nguoi dung dau|vu|hoi dong|to|quy|bo phan|ke toan)(?!\w)"
)
_PARTED_HEADS = frozenset({"lđlđ", "tlđ", "tỉnh ủy", "thành ủy", "huyện ủy", "trung ương", "đảng ủy", "ubnd", "hđnd"})
# Parts that stand for the whole body: what they are told, it is told.
_WHOLE = re.compile(r"(?:ban thuong vu|ban chap hanh|thuong truc|doan chu tich|lanh dao|thu truong|nguoi dung dau)")
_LEVEL_OF = {
    "trung uong": C, "tinh": P, "huyen": D, "quan": D, "thi xa": D, "xa": X, "phuong": X, "thi tran": X,
    "dac khu": X, "co so": B, "thanh pho": P | D,
}  # fmt: skip
_TYPE = re.compile(
    r"(?<!\w)(?:truc thuoc (?P<under>trung uong)|(?:cap )?(?P<type>trung uong|tinh|thanh pho|huyen|quan(?! su| he)"
    r"|thi xa|xa(?! hoi)|phuong|thi tran|dac khu|co so))(?!\w)"
)
_MANY = re.compile(r"(?:(?:tat ca )?cac|nhung|toan the|tat ca|moi|tung|mot so)(?!\w)\s*")
_PLURAL_INSIDE = re.compile(r"(?<!\w)(?:cac|moi) (?!cap)|cac cap|truc thuoc")
_ABOVE = re.compile(r"(?<!\w)cap tren(?! truc tiep| co so)(?!\w)")
_NOISE = re.compile(
    r"(?<!\w)(?:cac|nhung|va|hoac|cua|thuoc|tai|o|tren dia ban|dia ban|trong|truc thuoc|truc tiep|cung cap|cap tren"
    r"|co lien quan|lien quan|co so|cap|toan|viet nam|khac|nay|cap minh|noi tren|duoi)(?!\w)"
)
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:va\s+)?|\s+(?:va|hoac)\s+")
_ONLY_TYPES = re.compile(rf"(?:{_TYPE.pattern}|{_NOISE.pattern}|\s)+".replace("?P<type>", "").replace("?P<under>", ""))
_SECTOR_KINDS = frozenset({"lđlđ", "ubnd", "hđnd", "tỉnh ủy", "thành ủy", "huyện ủy", "mttq", "hội", "đoàn"})
_TYPED = frozenset({"ldld", "cdcs", "cdvc", "cdn", "ubnd", "hdnd", "mttq", "tld", "bcsd", "btv", "bch", "tp", "ubkt"})
_FULL = {short: fold(long) for short, long in ABBREVIATIONS.items()}
_FULL_TYPED = {fold(short): fold(long) for short, long in ABBREVIATIONS.items() if fold(short) in _TYPED}


def spelled(name: str) -> str:
    """A name folded, with its abbreviations in full: "LĐLĐ TP" and "ldld tp" are "lien doan lao dong thanh pho"."""
    words = re.findall(r"[\w–-]+|[,;:/]", name)
    return " ".join(_FULL.get(word) or _FULL_TYPED.get(fold(word)) or fold(word) for word in words).replace(" ,", ",")


@lru_cache(maxsize=1 << 15)
def read_bodies(phrase: str) -> tuple[Body, ...]:
    """The bodies or classes that a phrase names; none where it begins with no known kind of body."""
    folded = spelled(phrase).replace(" va tuong duong", "_tuong_duong")
    segments = _segments(folded)
    read = [body for segment in segments if (body := _body(segment))]
    return tuple(_levelled(read))


def _segments(folded: str) -> list[str]:
    """The members of a list; a member without a head of its own belongs to the one before it."""
    found: list[str] = []
    for part in _SEPARATOR.split(folded):
        bare_part = _MANY.sub("", part, count=1)
        own = _HEAD.match(bare_part) or _PART.match(bare_part)
        if found and (not own or _ONLY_TYPES.fullmatch(part)):
            found[-1] += f", {part}"
        elif part:
            found.append(part)
    return found


def _body(segment: str) -> Body | None:
    many = _MANY.match(segment)
    words = segment[many.end() :] if many else segment
    head = _HEAD.match(words)
    part = None if head else _PART.match(words)
    if head:
        body = _whole(words, head)
    elif part:
        body = _part(words, bool(many))
    else:
        return None
    plural = many is not None or bool(_PLURAL_INSIDE.search(words))
    return replace(body, many=plural or body.many, above=bool(_ABOVE.search(words)))


def _part(words: str, many: bool) -> Body:
    """ "Ban Tổ chức Tỉnh ủy": a part and its body; a bare "Văn phòng" is one of a body that is not named."""
    owner = next((head for head in _HEAD.finditer(words) if _is_owner(head)), None)
    own = words[: owner.start()] if owner else re.split(r" (?=trung uong)", words)[0]
    own = " ".join(_NOISE.sub(" ", own).replace(",", " ").split())
    name = "*" if many or own in {"ban", "phong", "ban dang"} else own
    if owner:
        return replace(_whole(words[owner.start() :], owner, owner.start()), part=name)
    central = bool(re.search(r"(?<!\w)trung uong(?!\w)", words))
    return Body(
        Branch.PARTY if central or own == "ban dang" else Branch.ANY, frozenset(), C if central else EVERY, part=name
    )


def _is_owner(head: re.Match[str]) -> bool:
    place = int((head.lastgroup or "h0")[1:])
    return _HEADS[place][2] in _PARTED_HEADS and head.start() > 0


def _whole(words: str, head: re.Match[str], offset: int = 0) -> Body:
    _, branch, kinds, levels = _HEADS[int((head.lastgroup or "h0")[1:])]
    rest = words[head.end() - offset :]
    body = Body(branch, frozenset(filter(None, kinds.split("|"))), levels)
    if "đảng đoàn" in body.kinds:
        central = re.search(r"viet nam|trung uong|quoc hoi|chinh phu|^\s*(?:bo|tong lien doan)(?!\w)", rest)
        return replace(body, name=_name(rest), levels=C if central else P if "tinh" in rest.split() else levels)
    return _placed(body, rest)


def _placed(body: Body, rest: str) -> Body:
    """The levels and places that the words after a head name."""
    types = list(_TYPE.finditer(rest))
    ends = [*(kind.start() for kind in types), len(rest)][1:]
    named = [(kind, _place_name(kind, rest[kind.end() : end])) for kind, end in zip(types, ends, strict=True)]
    lead = _name(rest[: types[0].start()] if types else rest)
    levels = EVERY
    places: set[str] = set()
    provinces: set[str] = set()
    for kind, name in named:
        level = _level(kind, name)
        if name and level == P and (named[0][0] is not kind or lead):
            provinces.add(name)
        else:
            places |= {one for one in re.split(r"\s*,\s*", name) if one and kind["type"] != "trung uong"}
            levels = levels & level or levels | level
    if body.branch is Branch.ANY and levels == P and any(kind["under"] for kind, _ in named):
        levels = C
    body = replace(body, name=lead)
    if lead and body.kinds & _SECTOR_KINDS and (is_province(lead) or provinces_of(lead)):
        places.add(lead)
        province = is_central_city(lead) if "thành ủy" in body.kinds else is_province(lead)
        body = replace(body, name="", levels=body.levels & (P if province else D | X) or body.levels)
    fixed = body.levels & levels
    named_union = body.branch is Branch.UNION and not body.kinds and lead and body.levels == EVERY
    if named_union:
        body, fixed = replace(body, kinds=frozenset({"cđcs"})), B
    return _in_provinces(replace(body, levels=fixed or body.levels, places=frozenset(places)), provinces)


def _place_name(kind: re.Match[str], words: str) -> str:
    """ "quận 1" keeps its type, as in the list of places."""
    name = _name(words)
    return f"{kind['type']} {name}" if name.isdigit() else name


def _level(kind: re.Match[str], name: str) -> frozenset[Level]:
    if kind["under"]:
        return P
    if kind["type"] == "thanh pho" and name:
        return P if is_central_city(name) else D
    return _LEVEL_OF[kind["type"]]


def _in_provinces(body: Body, provinces: set[str]) -> Body:
    held = provinces or {
        province
        for place in body.places
        for province in (
            [place] if body.levels == P or (is_province(place) and body.levels != D) else provinces_of(place)
        )
    }
    return replace(body, provinces=frozenset(held))


def _name(words: str) -> str:
    return re.sub(r"\s*,[\s,]*", ", ", " ".join(_NOISE.sub(" ", words).split())).strip(" ,:-–/")


def _levelled(read: list[Body]) -> list[Body]:
    """ "tỉnh ủy, thành ủy" are of one level, and so are "huyện ủy, thành ủy". The level at the end of "các sở, ban,
    ngành, đoàn thể tỉnh" is that of all, and the body at the end of "các ban, văn phòng LĐLĐ tỉnh" that of both.
    """
    levels = [body.levels for body in read if body.levels != EVERY]
    shared = frozenset.intersection(*levels) if levels else frozenset()
    last = read[-1] if read else None
    found = []
    for body in read:
        if last and last.part and body.part and body.branch is Branch.ANY:
            body = replace(last, part=body.part, many=body.many)
        elif body.part == "*" and body.branch is Branch.ANY and read[0].branch is Branch.STATE:
            body = replace(body, branch=Branch.STATE, part="")
        alike = "thành ủy" in body.kinds or body.branch in (Branch.STATE, Branch.MASS)
        found.append(replace(body, levels=shared & body.levels or body.levels) if alike else body)
    return found


@lru_cache(maxsize=1 << 12)
def read_unit(name: str) -> Body | None:
    """The one body that a person means by a name; None where it is of no known kind.

    A name typed with its marks tells Tam Đường of Lai Châu from Tam Dương of Vĩnh Phúc.
    """
    bodies = read_bodies(name)
    if not bodies:
        return None
    body = replace(bodies[0], many=False)
    written = provinces_written(name)
    return replace(body, provinces=body.provinces & written or body.provinces)


def is_whole(part: str) -> bool:
    """Whether a part speaks for its body: the standing committee does, an office doesn't."""
    return not part or bool(_WHOLE.match(part))
