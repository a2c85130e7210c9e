"""Questions for yes or no: what is claimed, the question that would settle it, and the verdict. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from search.types import Answer, Language, Query

_FRAME = re.compile(
    r"\b(?:có phải(?: là)?|có đúng(?: là)?|phải chăng|liệu|co phai(?: la)?|co dung(?: la)?)\s+"
    r"|\s*,?\s*(?:có )?(?:phải|đúng|phai|dung)(?: vậy| thế)? (?:không|khong|ko|k|chưa|chua)\W*$"
    r"|\s*,?\s*(?:hay không|hay chưa|không|khong|ko|chưa|chua)\W*$|\s*\?+\s*$",
    re.IGNORECASE,
)
_HAS = re.compile(r"\b(?:có|co) (?=(?:được|phải|cần|bị|bắt buộc|duoc|phai|can|bi|bat buoc|thể|the)\b)", re.IGNORECASE)
_DAY = re.compile(
    r"(?:ngày |ngay )?(?<![\d/.-])\d{1,2}"
    r"(?:/\d{1,2}(?:/\d{4})?|\s+(?:tháng|thang)\s+\d{1,2}(?:(?:/|\s+(?:năm|nam)\s+)\d{4})?)"
    r"(?![\d/-])|(?:ngày|ngay) \d{1,2}(?= (?:hằng|hàng|hang|mỗi|moi))",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<![\w./-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
    r"(?:\s?%|(?:\s+(?:triệu|tỷ|trieu|ty|nghìn|nghin)\b(?:\s+(?:đồng|dong))?)?(?![\w/%-])"
    rf"(?=\s*[{LOWER}]|\s*$))",
)
_NOT_A_FIGURE = re.compile(
    r"(?:số|so|kế hoạch|chỉ thị|nghị quyết|quyết định|công văn|hướng dẫn|thông báo|quy định|quy chế|báo cáo|tờ trình"
    r"|ke hoach|chi thi|nghi quyet|quyet dinh|cong van|huong dan|thong bao|quy dinh|quy che|năm|nam|tháng|thang|quý|quy"
    r"|điều|dieu|khoản|khoan)\s*$",
    re.IGNORECASE,
)
_TITLE = r"(?:[Đđ]ồng chí\s+|[Ôô]ng\s+|[Bb]à\s+)?"
_SIGNED = re.compile(
    rf"(?:\b(?:do|bởi)\s+)?{_TITLE}(?P<name>[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+)"
    r"\s+(?:là người\s+)?(?:đã\s+)?ký"
    rf"|ký bởi\s+{_TITLE}(?P<by>[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+)"
)
_NEGATED = re.compile(
    r"\b(?:không(?! quá| dưới| ít hơn| muộn hơn| chậm hơn| gian| khí)|chưa|cấm|nghiêm cấm)\b", re.IGNORECASE
)
_EXCEPTED = re.compile(r"\b(?:trừ|ngoại trừ|không áp dụng)\s(?P<what>[^.;]+)", re.IGNORECASE)


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    OPEN = "open"


_WORDS = {
    Language.VIETNAMESE: {Verdict.YES: "Đúng. ", Verdict.NO: "Không. ", Verdict.OPEN: ""},
    Language.ENGLISH: {Verdict.YES: "Yes. ", Verdict.NO: "No. ", Verdict.OPEN: ""},
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question for yes or no states. `value` is what `question` asks for instead; None where nothing of it
    can be asked for, and `question` is the statement itself."""

    question: str
    value: str | None


def claim_of(query: Query) -> Claim:
    """The claim of a question for yes or no.

    >>> from search.query import parse
    >>> claim_of(parse("LĐLĐ huyện gửi báo cáo năm trước ngày 15/11 có phải không?"))
    Claim(question='LĐLĐ huyện gửi báo cáo năm trước ngày nào', value='15/11')
    """
    statement = " ".join(_HAS.sub("", _FRAME.sub(" ", query.text)).split())
    return _signed(statement) or _dated(statement) or _figured(statement) or Claim(statement, None)


def _signed(statement: str) -> Claim | None:
    match = _SIGNED.search(statement)
    if match is None:
        return None
    rest = f"{statement[: match.start()]} ai ký {statement[match.end() :]}"
    return Claim(" ".join(rest.split()), match["name"] or match["by"])


def _dated(statement: str) -> Claim | None:
    match = _DAY.search(statement)
    if match is None:
        return None
    question = f"{statement[: match.start()]}ngày nào{statement[match.end() :]}"
    return Claim(question, re.sub(r"^(?:ngày|ngay)\s+", "", match[0], flags=re.IGNORECASE))


def _figured(statement: str) -> Claim | None:
    for match in _FIGURE.finditer(statement):
        if not _NOT_A_FIGURE.search(statement[: match.start()]):
            asked = "tỷ lệ bao nhiêu phần trăm" if match[0].endswith("%") else "bao nhiêu"
            asked = "bao nhiêu tiền" if re.search(r"đồng|dong", match[0]) else asked
            return Claim(f"{statement[: match.start()]}{asked}{statement[match.end() :]}", match[0])
    return None


def verdict(claim: Claim, answer: Answer) -> Verdict:
    """Whether an answer bears a claim out; OPEN where the words alone don't say."""
    if claim.value is None:
        return _by_negation(claim.question, answer)
    terms = [fact.by_when for fact in answer.facts if fact.by_when]
    said = answer.lead or next(iter(terms), None)
    if said is None:
        return Verdict.OPEN
    if _holds(said, claim.value):
        return Verdict.YES
    return Verdict.OPEN if any(_holds(term, claim.value or "") for term in terms[1:]) else Verdict.NO


def worded(text: str, found: Verdict, language: Language) -> str:
    """The answer with the verdict before it."""
    return f"{_WORDS[language][found]}{text}"


def _by_negation(statement: str, answer: Answer) -> Verdict:
    quoted = answer.citations[0].quote
    if _speaks_of_exception(statement, quoted):
        return Verdict.OPEN
    if bool(_NEGATED.search(statement)) != bool(_NEGATED.search(quoted)):
        return Verdict.NO
    return Verdict.YES if _carries(quoted, statement) else Verdict.OPEN


def _speaks_of_exception(statement: str, quoted: str) -> bool:
    """Whether what is claimed uses words that a quote has in its exception alone: the rule doesn't settle it then."""
    excepted = _EXCEPTED.search(quoted)
    if excepted is None:
        return False
    outside = _words_of(quoted[: excepted.start()] + quoted[excepted.end() :])
    return bool(_words_of(statement) & (_words_of(excepted["what"]) - outside))


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) > 1)


def _carries(quoted: str, statement: str) -> bool:
    """Whether a quote says nearly everything that is claimed."""
    words = _words_of(statement)
    return len(words & _words_of(quoted)) >= 0.8 * len(words)


def _holds(said: str, value: str) -> bool:
    return _plain(value) in _plain(said)


def _plain(text: str) -> str:
    """Folded, days and months by figures alone, so that "ngày 05 tháng 6" and "5/6" are one."""
    short = re.sub(r"(\d{1,2}) thang (\d{1,2})(?:(?:/| nam )(\d{4}))?", _slashed, fold(text))
    whole = re.sub(r"(?<!\d)0+(?=\d)", "", short)
    words = " ".join(re.findall(r"[\w%/]+|(?<=\d)[.,](?=\d)", whole))
    return f" {words} "


def _slashed(match: re.Match[str]) -> str:
    return "/".join(filter(None, match.groups()))
