"""A question that leans on the one before it, put in full: "còn năm 2021?", "ai ký?", "kế hoạch đó gửi ai?". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from indexer.types import Span
from search.mentions import mentions
from search.names import names_in
from search.query import KIND_WORDS
from search.types import Answer, NoAnswer


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked last, in full, and the name of the document that its answer rests on first."""

    question: str
    document: str | None = None


_OPENS = re.compile(
    r"^(?:(?:the |vay |va )?con(?! bao nhieu| may\b| lai\b| no\b| thieu\b)|(?:the|vay) (?:doi voi|o|tai)"
    r"|(?:and |so )?(?:what|how) about|and(?: in| for| on)?)\s+"
)
_CLOSES = re.compile(
    r"\s*,?\s*(?:\b(?:thì sao|thi sao|thế nào|the nao|ra sao|thì thế nào|then|ạ|nhỉ|nhé))?\s*[?.!]*\s*$", re.IGNORECASE
)
_THAT_DOCUMENT = re.compile(
    rf"\b(?:{KIND_WORDS}) (?:do|nay|ay|noi tren)\b(?! (?:ai|co quan|don vi))"
    r"|\b(?:that|this|the same) (?:document|plan|directive|decision|letter|guideline|resolution|notice|report)\b|\bit\b"
)
_THAT_BODY = re.compile(r"\b(?:co quan|don vi|ban|noi|to chuc) (?:do|nay|ay)\b(?! (?:ai|co quan|don vi))")
_ASKS = re.compile(
    r"(?:,? ?(?:va )?)?\b(?:(?:vao |truoc |tu |den )?(?:ngay|thang|nam|luc|thoi gian|han) (?:nao|may)|khi nao|bao gio"
    r"|\b(?:cho |voi |toi |den |boi |do |la )?"
    r"(?:ai|co quan nao|don vi nao|nhung noi nao|nhung ai|cap nao|noi nao|dau)\b"
    r"|(?:la )?bao nhieu(?: tien)?|o dau|tai dau|the nao|nhu the nao|la gi|gi)\b\s*\??"
)
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/])")
_ONLY_YEAR = re.compile(r"(?:(?:o |trong )?nam |in |for )?(?P<year>(?:19|20)\d\d)")
_PLACE = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)+")
_WORD = re.compile(r"[^\W_]+")
# Words that ask for a field of a document or a side of a task; a question of these alone says nothing of which one.
_FIELDS = frozenset(
    """ky ban hanh gui nop bao cao nhan noi nguoi co quan don vi ngay thang nam han cuoi chot thoi diem hieu luc bat dau
    ket thuc thay the sua doi can cu dua tren thuc hien trien khai chu tri phu trach phoi hop chiu trach nhiem qua kinh
    phi muc dich yeu cau noi dung nhiem vu chi tieu giai phap dia diem so hieu chuc danh chuc ten trich yeu van
    who signed sign signs issued it when was where is the by date whom to deadline what number how many does do
    are there recipients signer due""".split()
)
_ASKING = frozenset(
    """ai gi nao dau sao bao nhieu may khi luc the nhu la duoc do boi cho ve va tu truoc sau vao cua co phai vay thi a
    nhung cac o tai bang con theo nhe xin hoi""".split()
)
_EMPTY = frozenset("con the vay thi a nhe va co xin hoi".split())
_REST_OF_A_THING = re.compile(
    r"(?: (?!(?:ve|cua|cho|gui|nop|truoc|sau|phai|can|do|la|nao|gi|o|tai|trong|theo|co|duoc|thi|bao|khi|ai|den|toi)\b)"
    r"[^\W_]+){0,3}"
)
_OF_A_DOCUMENT = re.compile(
    r"\bky\b|\bsign|ban hanh|\bissued?\b|hieu luc|thay the|can cu|noi nhan|gui (?:cho |den )?nhung (?:noi|ai)|recipient"
    r"|so hieu|trich yeu|noi dung|chi tieu|nhiem vu|giai phap|muc dich|kinh phi"
)


def turn_of(result: Answer | NoAnswer) -> Turn:
    """A question that was asked, as the one after it leans on it."""
    question = result.query.completed or result.query.typed
    first = result.citations[0] if isinstance(result, Answer) else None
    return Turn(question, first.document if first else None)


def completed(turn: Turn, typed: str) -> str:
    """The question in full; as typed where it doesn't lean on the turn before.

    >>> completed(Turn("Năm 2024 giới thiệu bao nhiêu đoàn viên ưu tú?"), "còn năm 2021?")
    'Năm 2021 giới thiệu bao nhiêu đoàn viên ưu tú?'
    >>> completed(Turn("Năm 2021 kết nạp bao nhiêu đoàn viên?", "Kế hoạch số 61/KH-LĐLĐ"), "ai ký?")
    'Kế hoạch số 61/KH-LĐLĐ ai ký?'
    """
    text = " ".join(typed.split())
    folded = fold(text)
    if not turn.question or not text or len(folded) != len(text):
        return typed
    if opening := _OPENS.match(folded):
        new = _CLOSES.sub("", text[opening.end() :])
        return _exchanged(turn, new) if new else typed
    if pointed := _pointed_at(turn, text, folded):
        return pointed
    return _focused(turn, text, folded) if _says_no_subject(text, folded) else typed


def _pointed_at(turn: Turn, text: str, folded: str) -> str | None:
    """ "kế hoạch đó", "đơn vị này": what is pointed at by its name."""
    if (match := _THAT_DOCUMENT.search(folded)) and (document := _document(turn)):
        return text[: match.start()] + document + text[match.end() :]
    if (match := _THAT_BODY.search(folded)) and (names := names_in(turn.question)):
        return text[: match.start()] + names[0] + text[match.end() :]
    return None


def _document(turn: Turn) -> str | None:
    named = mentions(turn.question)
    return named[0].of(turn.question) if named else turn.document


def _says_no_subject(text: str, folded: str) -> bool:
    words = set(_WORD.findall(folded))
    return bool(words - _EMPTY) and words <= _FIELDS | _ASKING and not mentions(text) and not _YEAR.search(text)


def _focused(turn: Turn, text: str, folded: str) -> str:
    """A question of a field alone: of the document in view, or of the task that was asked about."""
    document = _document(turn)
    if _OF_A_DOCUMENT.search(folded) and document:
        return f"{document} {text[:1].lower()}{text[1:]}"
    task = without_asking(turn.question)
    return f"{task} {text[:1].lower()}{text[1:]}" if task else text


def without_asking(question: str) -> str:
    """What a question is about, without the words that ask."""
    folded = fold(question)
    pieces, end = [], 0
    for match in _ASKS.finditer(folded):
        pieces.append(question[end : match.start()])
        end = match.end()
    return " ".join("".join([*pieces, " ", question[end:]]).replace("?", " ").split()).strip(" ,;.")


def _exchanged(turn: Turn, new: str) -> str:
    """The last question with one part put in the place of its like: a year, a document, a place, a body, a thing."""
    question, year = turn.question, _ONLY_YEAR.fullmatch(fold(new))
    if year:
        new = year["year"] if _YEAR.search(question) else f"năm {year['year']}"
    for find in (_years, _documents, _places, _alike):
        if (span := find(question, new)) is not None:
            return question[: span.start] + new + question[span.end :]
    return f"{new[:1].upper()}{new[1:]}: {question}"


_Find = Callable[[str, str], Span | None]


def _years(question: str, new: str) -> Span | None:
    before = _YEAR.search(question)
    return Span(*before.span()) if before and _YEAR.fullmatch(new) else None


def _documents(question: str, new: str) -> Span | None:
    held = mentions(question)
    return held[0] if held and mentions(new) else None


def _places(question: str, new: str) -> Span | None:
    """A place or a person by the name alone: in the place of the last run of capitals."""
    runs = list(_PLACE.finditer(question))
    return Span(*runs[-1].span()) if runs and _PLACE.fullmatch(new) else None


def _alike(question: str, new: str) -> Span | None:
    """A name or a thing that begins with the same two words, or the same word, up to where its kind ends."""
    own, folded = fold(new).split(), fold(question)
    for size in (2, 1):
        head = " ".join(own[:size])
        match = re.search(rf"\b{re.escape(head)}\b", folded) if len(own) >= size else None
        if match:
            return Span(match.start(), _end_of(question, match.end()))
    return None


def _end_of(question: str, start: int) -> int:
    """Where the name ends that goes on from a position; else one or two words on, before a word that asks or joins."""
    name = next((n for n in names_in(question) if question.find(n) <= start <= question.find(n) + len(n)), None)
    if name is not None:
        return question.find(name) + len(name)
    rest = _REST_OF_A_THING.match(fold(question), start)
    return rest.end() if rest else start
