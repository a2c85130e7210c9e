"""python -m eval.numbers_check: document numbers as people and scanners write them, looked up in minimal documents.

300 numbers of held documents, each written in ten ways, alone and in a question: the document has to come first. 100
numbers that nothing holds or names, written in the same ways: the search has to say so.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.report import table
from indexer.build import build
from indexer.lexicon import KIND_CODES
from indexer.numbers import key
from search.engine import Engine, open_engine
from search.types import NoAnswer, Reason

HELD = 300
UNKNOWN = 100
_PARTY_BODIES = ("TU", "TW", "HU", "BKTTW", "BTGTU", "UBKTTU", "ĐĐTLĐ", "ĐUK", "BDVTU")
_UNION_BODIES = ("LĐLĐ", "TLĐ", "CĐVC", "UBND", "HĐND", "ANN")
_KINDS = ("KH", "CV", "QĐ", "CT", "NQ", "KL", "BC", "TB", "HD", "CTr", "TTr", "HĐ")
_STATE_CODES = ("NĐ-CP", "TT-BTC", "QĐ-TTg", "NQ-HĐND", "QĐ-UBND", "NQ-CP")
_SUBJECTS = (
    "công tác an toàn, vệ sinh lao động",
    "chăm lo đoàn viên công đoàn dịp Tết",
    "kiểm tra tài chính công đoàn cơ sở",
    "đối thoại tại nơi làm việc",
    "tuyên truyền cuộc bầu cử đại biểu Quốc hội",
    "phát triển đảng viên trong doanh nghiệp",
    "hỗ trợ nhà ở cho người lao động",
    "phòng, chống thiên tai và tìm kiếm cứu nạn",
)
_QUESTIONS = ("{}", "{} nói gì", "nội dung chính của văn bản số {} là gì?")

WAYS: dict[str, Callable[[str], str]] = {
    "as documents do": str,
    "blanks around separators": lambda number: number.replace("-", " - ").replace("/", " / "),
    "D for Đ": lambda number: number.replace("Đ", "D").replace("Ư", "U"),
    "lower case": str.lower,
    "lower case without diacritics": lambda number: number.lower().replace("đ", "d").replace("ư", "u"),
    "leading zeros": lambda number: f"00{number}",
    "after số": lambda number: f"Số: {number}",
    "dashes and full-width letters": lambda number: number.replace("-", "–").replace("/", "／"),
    "a separator lost": lambda number: "".join(number.rsplit("-", 1)),
    "blanks for separators, lower case": lambda number: number.replace("-", " ").replace("/", " ").lower(),
}


def main(argv: Sequence[str] | None = None) -> int:
    """0: every number found or said to be unknown; 1: not; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.numbers_check", description=__doc__)
    parser.add_argument("--seed", type=int, default=4, help="which numbers are drawn (default: %(default)s)")
    options = parser.parse_args(argv)
    held, unknown = drawn(options.seed)
    with TemporaryDirectory() as folder:
        engine = engine_of(held, Path(folder))
        not_first, not_said = missed_first(engine, held), missed_unknown(engine, unknown)
    print(table(["", f"first, of {HELD}", f"said to be unknown, of {UNKNOWN}"], _rows(not_first, not_said)))
    print(*(f"not first: {question}" for _, question in not_first), sep="\n")
    print(*(f"not said to be unknown: {question}" for _, question in not_said), sep="\n")
    return 1 if not_first or not_said else 0


def drawn(seed: int) -> tuple[list[str], list[str]]:
    """(held, unknown) numbers, all different."""
    chance = random.Random(seed)
    numbers: dict[str, str] = {}
    while len(numbers) < HELD + UNKNOWN:
        number = _number(chance)
        numbers.setdefault(key(number), number)
    every = list(numbers.values())
    return every[:HELD], every[HELD:]


def _number(chance: random.Random) -> str:
    serial, kind = chance.randint(1, 5400), chance.choice(_KINDS)
    written = f"{serial:02d}"
    match chance.randrange(4):
        case 0:
            return f"{written}-{kind}/{chance.choice(_PARTY_BODIES)}"
        case 1:
            return f"{written}/{kind}-{chance.choice(_UNION_BODIES)}"
        case 2:
            return f"{written}/{chance.randint(2005, 2025)}/{chance.choice(_STATE_CODES)}"
        case _:
            return f"{written}/{kind}-{chance.choice(_PARTY_BODIES)}"


def document_text(number: str, subject: str) -> str:
    """The least that makes a document: its number, type, summary and a paragraph."""
    kind = next((name for code, name in KIND_CODES.items() if f"{code}-" in number or f"{code}/" in number), "công văn")
    return (
        f"TỈNH ỦY AN SƠN\nSố: {number}\n\n{kind.upper()}\nVề {subject}\n\n"
        f"1. Các cấp công đoàn thực hiện {subject}, báo cáo kết quả trước ngày 15/12 hằng năm.\n"
    )


def engine_of(numbers: Sequence[str], folder: Path) -> Engine:
    """An engine over one minimal document for each number."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for place, number in enumerate(numbers):
        text = document_text(number, _SUBJECTS[place % len(_SUBJECTS)])
        (corpus / f"{place:03d}.txt").write_text(text, encoding="utf-8")
    build([corpus], folder / "index")
    return open_engine(folder / "index")


def typed(number: str) -> Iterator[tuple[str, str]]:
    """(way, question) for each way of writing, in a question of each form in turn."""
    for place, (way, write) in enumerate(WAYS.items()):
        yield way, _QUESTIONS[(place + len(number)) % len(_QUESTIONS)].format(write(number))


def missed_first(engine: Engine, held: Sequence[str]) -> list[tuple[str, str]]:
    """(way, question) of those whose document doesn't come first."""
    return [
        (way, question) for number in held for way, question in typed(number) if not _is_first(engine, question, number)
    ]


def _is_first(engine: Engine, question: str, number: str) -> bool:
    hits = engine.search(question, 1)
    return bool(hits) and key(hits[0].document.form.number or "") == key(number)


def missed_unknown(engine: Engine, unknown: Sequence[str]) -> list[tuple[str, str]]:
    return [(way, question) for number in unknown for way, question in typed(number) if not _is_said(engine, question)]


def _is_said(engine: Engine, question: str) -> bool:
    answer = engine.ask(question)
    return isinstance(answer, NoAnswer) and answer.reason is Reason.NO_SUCH_DOCUMENT


def _rows(not_first: Sequence[tuple[str, str]], not_said: Sequence[tuple[str, str]]) -> list[list[str]]:
    first, said = (Counter(way for way, _ in missed) for missed in (not_first, not_said))
    return [[way, str(HELD - first[way]), str(UNKNOWN - said[way])] for way in WAYS]


if __name__ == "__main__":
    sys.exit(main())
