"""Questions that compare two documents, years or places: one question for each side, and what comes of both. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.analyze import fold
from search.mentions import mentions
from search.parts import with_kinds
from search.types import Answer, Language

_SERIALS = re.compile(
    r"(?P<kind>[^\W\d]+(?: [^\W\d]+){0,2}?) (?:nào|nao)\b.*?"
    r"(?P<first>\d{1,4}) (?:hay|hoặc|và|hoac|va) (?P<second>\d{1,4})\b"
)
_OF_AGE = re.compile(r"\b(?:moi|cu) hon\b|ban hanh (?:truoc|sau|som|muon)|\bra doi (?:truoc|sau)")
_LATER = re.compile(r"\bmoi hon\b|\bsau\b|\bmuon hon\b")
_MEASURE = re.compile(
    r"\b(?:(?:thì|thi|là|la|có|co)\s+)?(?:cao|thấp|thap|nhiều|nhieu|ít|it|lớn|lon|nhỏ|nho)\s+(?:hơn|hon)\b",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r",?\s*(?:giữa|trong|so với|so|,)?\s*"
    r"(?:kế hoạch|chỉ thị|nghị quyết|văn bản|năm|nơi|bên|đơn vị|tỉnh|cái|bản"
    r"|ke hoach|chi thi|nghi quyet|van ban|nam|noi|ben|don vi|tinh|cai|ban)\s+(?:nào|nao)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"^\W*(?:hay|hoặc|và|với|so với|hoac|va|voi)?\b\W*|\W*\b(?:hay|hoặc|và|với|hoac|va|voi)?\W*$", re.IGNORECASE
)
_YEARS = re.compile(r"(?:năm |nam )?(?<![\d./-])(?:19|20)\d\d(?![\d/])", re.IGNORECASE)
_FIGURE = re.compile(r"(?P<figure>(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)\s?(?P<unit>%|\w+)?(?:\s(?P<more>\w+))?")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SCALE = {"trieu": 1e6, "ty": 1e9, "nghin": 1e3, "ngan": 1e3}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more sides, and the question that is put to each of them."""

    sides: tuple[str, ...]
    questions: tuple[str, ...]
    of_age: bool
    later: bool


def comparison_of(question: str) -> Comparison | None:
    """What is compared; None where no two sides are named.

    >>> comparison_of("Kế hoạch 53 và Kế hoạch 64, kế hoạch nào mới hơn?").questions
    ('Kế hoạch 53 ban hành ngày nào?', 'Kế hoạch 64 ban hành ngày nào?')
    """
    text = with_kinds(_serials_in_full(" ".join(question.split())))
    spans = mentions(text)
    named = [span.of(text) for span in spans] or [match[0] for match in _YEARS.finditer(text)]
    sides = tuple(dict.fromkeys(named))
    if len(sides) < 2:
        return None
    folded = fold(text)
    if spans and _OF_AGE.search(folded):
        asked = tuple(f"{side} ban hành ngày nào?" for side in sides)
        return Comparison(sides, asked, True, bool(_LATER.search(folded)))
    return Comparison(sides, tuple(_asked_of(side, text, sides) for side in sides), False, _wants_more(folded))


def _serials_in_full(text: str) -> str:
    """ "kế hoạch nào mới hơn, 53 hay 64" with the type before both numbers."""
    match = _SERIALS.search(text)
    if match is None or mentions(text):
        return text
    pair = f"{match['kind']} {match['first']} hay {match['kind']} {match['second']}"
    return f"{text[: match.start('first')]}{pair}{text[match.end('second') :]}"


def _asked_of(side: str, text: str, sides: Sequence[str]) -> str:
    rest = text
    for other in sides:
        rest = rest.replace(other, " ; ")
    rest = _SIDES.sub(" ", _MEASURE.sub(" bao nhiêu ", rest)).replace("?", " ")
    pieces = (_JOINS.sub("", piece) for piece in rest.split(";"))
    whole = " ".join(" ".join(filter(None, pieces)).split())
    return f"{side} {re.sub(r'^(?:so sánh|so sanh) ', '', whole, flags=re.IGNORECASE)}"


def _wants_more(folded: str) -> bool:
    return not re.search(r"\b(?:thap|it|nho|som) hon\b", folded)


def outcome(compared: Comparison, answers: Sequence[Answer], language: Language) -> str | None:
    """One sentence that says which side it is, given one answer for each; None where they can't be compared."""
    values = [_day(answer) if compared.of_age else _figure(answer) for answer in answers]
    if any(value is None for value in values) or len({unit for _, unit in filter(None, values)}) != 1:
        return None
    sizes = [value[0] for value in values if value]
    best = max(sizes) if compared.later else min(sizes)
    if sizes.count(best) != 1:
        return None
    side = compared.sides[sizes.index(best)]
    return _SAYS[language, compared.of_age, compared.later].format(side=f"{side[:1].upper()}{side[1:]}")


_SAYS = {
    (Language.VIETNAMESE, True, True): "{side} ban hành sau, mới hơn.",
    (Language.VIETNAMESE, True, False): "{side} ban hành trước, cũ hơn.",
    (Language.VIETNAMESE, False, True): "{side}: số cao hơn.",
    (Language.VIETNAMESE, False, False): "{side}: số thấp hơn.",
    (Language.ENGLISH, True, True): "{side} was issued later.",
    (Language.ENGLISH, True, False): "{side} was issued earlier.",
    (Language.ENGLISH, False, True): "{side} has the higher figure.",
    (Language.ENGLISH, False, False): "{side} has the lower figure.",
}


def _day(answer: Answer) -> tuple[float, str] | None:
    match = _DAY.search(answer.lead or "")
    return (float(date(int(match[3]), int(match[2]), int(match[1])).toordinal()), "") if match else None


def _figure(answer: Answer) -> tuple[float, str] | None:
    match = _FIGURE.search(fold(answer.lead or ""))
    if match is None:
        return None
    size = float(match["figure"].replace(".", "").replace(",", "."))
    unit = match["unit"] or ""
    return (size * _SCALE[unit], match["more"] or "") if unit in _SCALE else (size, unit)
