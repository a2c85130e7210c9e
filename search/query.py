"""Text -> Query: language, kind of question, document numbers, years, and the words that carry its content. Pure."""

from __future__ import annotations

import re
import unicodedata

from indexer.analyze import fold
from indexer.lexicon import KIND_CODES, KINDS
from indexer.numbers import find_numbers, find_typed_numbers, plain
from search.english import is_english, to_vietnamese
from search.names import names_in
from search.types import Language, Query, QuestionKind, ShortNumber

KIND_WORDS = "|".join(sorted((re.escape(fold(kind)) for kind in (*KINDS, "văn bản")), key=len, reverse=True))
_BODY_WORDS = (
    "co quan|don vi|ban|to chuc|cap|nguoi|dong chi|bo phan|vu|so|phong|cong doan|doi tuong|nhung ai|can bo|tap the"
    "|ca nhan"
    "|uy ban|chi bo|dang uy|dang vien|chu tich|bi thu|truong ban|hoi|dia phuong|benh vien|truong|doanh nghiep"
)
_DEADLINE = (
    r"khi nao|ngay nao|bao gio|thoi han|thoi gian nao|luc nao|cham nhat|den han"
    r"|han (?:chot|nop|bao cao|gui|cuoi|la|hoan thanh)"
)
_WHO = rf"\bai\b|(?:{_BODY_WORDS})(?: \w+){{0,3}}? nao\b"
_KIND_PATTERNS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (QuestionKind.LIST, r"\bgom (?:nhung )?(?:ai|gi|phan|muc|noi dung|co quan|don vi)\b"),
        (QuestionKind.DUTY, rf"(?:{_WHO}).*\b(?:bao cao|gui|nop|trinh)\b.*(?:{_DEADLINE})"),
        (
            QuestionKind.DUTY,
            r"^(?:nhung )?(?:ai|co quan nao|don vi nao) (?:phai )?(?:bao cao|gui bao cao|nop bao cao)\b",
        ),
        (
            QuestionKind.HOW_MANY,
            r"bao nhieu|(?<!ngay )(?<!hom )(?<!thang )(?<!so )\bmay (?!gio\b|ngay nua)"
            r"|(?:ty|ti) le|phan tram|so luong|muc chi|muc ho tro",
        ),
        (
            QuestionKind.WHICH_DOCUMENT,
            rf"(?:{KIND_WORDS}) (?:so )?(?:nao|gi|may)\b|so hieu|so,? ky hieu|can cu vao dau"
            rf"|nao (?:{KIND_WORDS})\b(?! (?:so )?\d)",
        ),
        (
            QuestionKind.WHEN,
            rf"{_DEADLINE}|bao lau|nam nao|thang nao|may gio|ngay may|khung gio|truoc ngay\b|vao ngay|ngay ban hanh"
            r"|(?:^|\s)han\s",
        ),
        (
            QuestionKind.LIST,
            r"nhung noi nao|(?:nhung|cac)\b.{0,60}?\bnao\b|gom (?:nhung|co)|bao gom|liet ke|ke ten|nhung gi\b|noi nhan",
        ),
        (QuestionKind.WHERE, r"o dau|tai dau|dia diem|noi nao"),
        (QuestionKind.WHO, rf"{_WHO}|ten (?:la )?gi\b"),
    )
)
_OPEN = re.compile(
    r"\b(?:ai|gi|nao|bao nhieu|bao gio|o dau|tai dau|tu dau|(?:tai|vi|ra|thi) sao|bao lau"
    r"|who|whom|when|where|what|which|why|how)\b"
)
_ENGLISH_YES_NO = re.compile(
    r"^(?:is|are|was|were|does|do|did|has|have|had|must|can|could|should|may|will)\b", re.IGNORECASE
)
_YES_NO = re.compile(
    r"\b(?:co phai|phai (?:khong|ko|k)|dung (?:khong|ko|k|chua)|co dung|phai chang|lieu)\b"
    r"|\b(?:co|duoc|phai|can|nen|da|bi)\b.*\b(?:khong|ko|hay khong|chua)\W*$"
)
_COMPARES = re.compile(
    r"\bso sanh\b|\bkhac (?:nhau|gi)\b"
    r"|\b(?:moi|cu|som|muon|truoc|sau|cao|thap|nhieu|it|lon|nho|dai|ngan) hon\b.*\b(?:hay|hoac|giua|nao|va|voi)\b"
    r"|\b(?:hay|hoac|giua|nao|va|voi)\b.*\b(?:moi|cu|som|muon|truoc|sau|cao|thap|nhieu|it|lon|nho|dai|ngan) hon\b"
    r"|\b(?:nao|cai gi) (?:duoc )?(?:ban hanh|ra doi) (?:truoc|sau)\b(?! (?:ngay|khi|nam|\d))"
)
COUNTED = (
    r"muc(?! (?:tieu|do|chi|thu|phat|luong))|phan(?! (?:tram|qua|thuong))"
    r"|dieu(?! (?:kien|tra|duong))|chuong|khoan(?! chi)|chi tieu|nhiem vu|nhom nhiem vu"
    r"|giai phap|noi dung|yeu cau|muc dich|noi nhan|buoc"
)
_COUNTS = re.compile(rf"(?:bao nhieu|\bmay) (?:{COUNTED})\b(?! (?:chi|thu|ho tro|phat|thuong|luong))")
_NO_SERIAL = r"nam\b(?! (?:19|20))|ngay\b(?!\s*\d{1,2}[/-])|thang|%|[-.]\s*\d|/(?!(?:19|20)\d\d)\s*\d"
SHORT_NUMBER = re.compile(rf"\b(?P<kind>{KIND_WORDS})(?: so)? (?P<serial>\d{{1,5}})\b(?!\s*(?:{_NO_SERIAL}))")
_CODES = {fold(code): code for code in reversed(KIND_CODES)}
_KIND_CODE = re.compile(
    rf"(?<![\w/-])({'|'.join({*_CODES, *(code.lower() for code in KIND_CODES)})})(?=\s*(?:số\s+)?\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d.-])(?:19|20)\d\d(?![\d/.-])")
_QUESTION_WORDS = frozenset(
    """ai gì nào đâu sao bao nhiêu mấy khi lúc giờ lâu thế như nào phải cần là được bị thì mà có không và của các những
    cho về với theo trong ở tại từ đến để do bởi vào ra hay hoặc này đó kia ấy xin hỏi hãy biết nêu kể tên liệt kê một
    thuộc trên
    vậy nhé ạ em anh chị tôi chúng ta làm việc gồm ngày hạn chót thời trước sau chậm nhất hằng hàng năm nơi""".split()
)
_FOLDED_QUESTION_WORDS = frozenset(fold(word) for word in _QUESTION_WORDS)
_MOST_CHARS = 1000
_AMBIGUOUS = frozenset("may dau han nao gi ai sao khi".split())


def parse(typed: str) -> Query:
    """What a question asks, before anything is looked up. An empty question gives a Query with empty text."""
    question = one_line(typed)
    english = is_english(question)
    text = _spell_numbers(_spell_kinds(plain(to_vietnamese(question) if english else question)))
    folded = _folded(text)
    named = to_vietnamese(question, dropped=" ; ") if english else question
    return Query(
        typed=question,
        text=text,
        language=Language.ENGLISH if english else Language.VIETNAMESE,
        kind=QuestionKind.YES_NO if english and _is_english_yes_no(question) else kind_of(folded),
        numbers=_numbers(text),
        short_numbers=_short_numbers(text, folded),
        years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text))),
        names=names_in(named),
    )


def one_line(typed: str) -> str:
    """A question as it is kept: NFC, single blanks, no half characters, and no more than a question can be long."""
    whole = re.sub("[\ud800-\udfff]", "", typed[:_MOST_CHARS])
    return " ".join(unicodedata.normalize("NFC", whole).split())


def _folded(text: str) -> str:
    """Without diacritics, position by position; what only looks like a question word then (May, hàn) is masked."""
    return re.sub(r"[^\W\d_]+", _masked, text) if fold(text) != text.lower() else fold(text)


def _masked(match: re.Match[str]) -> str:
    word = match[0].lower()
    bare = fold(word)
    return (
        "_" * len(bare)
        if bare in _AMBIGUOUS and word not in _QUESTION_WORDS and match[0] not in _QUESTION_WORDS
        else bare
    )


def kind_of(folded_question: str) -> QuestionKind:
    """The kind of a question that was put into lower case without diacritics."""
    if _COMPARES.search(folded_question):
        return QuestionKind.COMPARE
    if _COUNTS.search(folded_question):
        return QuestionKind.COUNT
    if _YES_NO.search(folded_question) and not _OPEN.search(folded_question):
        return QuestionKind.YES_NO
    return open_kind_of(folded_question)


def open_kind_of(folded_question: str) -> QuestionKind:
    """The kind of a question that asks for something, not whether, how it compares, or how many entries there are."""
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(folded_question)), QuestionKind.WHAT)


def _is_english_yes_no(question: str) -> bool:
    return bool(_ENGLISH_YES_NO.search(question)) and not _OPEN.search(fold(question))


def kind_of_text(question: str) -> QuestionKind:
    """The kind of a question as it was typed."""
    return parse(question).kind


def is_question_word(syllable: str) -> bool:
    """Whether a syllable only helps to ask, and says nothing of what is asked about."""
    return syllable in _QUESTION_WORDS or (fold(syllable) == syllable and syllable in _FOLDED_QUESTION_WORDS)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for _, number in find_numbers(text)))


def _spell_kinds(text: str) -> str:
    """ "QĐ 88", "NQ 14-NQ/TU": the code of a type before a figure as the word it stands for."""
    return " ".join(_KIND_CODE.sub(lambda match: f"{KIND_CODES[_CODES[fold(match[1])]]} ", text).split())


def _spell_numbers(text: str) -> str:
    """Document numbers typed in a hurry ("31 ct/tw", "205/QD - LDLD") in the spelling that documents use."""
    taken = [span for span, _ in find_numbers(text)]
    for span, number in reversed(list(find_typed_numbers(text))):
        if not any(span.overlaps(other) for other in taken):
            text = text[: span.start] + number + text[span.end :]
    return text


def _short_numbers(text: str, folded: str) -> tuple[ShortNumber, ...]:
    """ "Kế hoạch 284": a type and a serial without the code. Serials of full numbers are left out."""
    full = [span for span, _ in find_numbers(text)]
    found = (
        ShortNumber(match["kind"], match["serial"].lstrip("0"))
        for match in SHORT_NUMBER.finditer(folded)
        if not any(span.start <= match.start("serial") < span.end for span in full)
    )
    return tuple(dict.fromkeys(found))
