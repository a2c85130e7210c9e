"""A document number in a question pins its document, however it is written; one that nobody knows is said to be so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.numbers_check import WAYS, drawn, engine_of
from indexer.numbers import canonical, key
from search.engine import Engine
from search.numbered import NumberReader
from search.types import NoAnswer, Reason

HELD = ("284-KH/BKTTW", "410/KH-LĐLĐ", "30/2020/NĐ-CP", "59/2020/QH14", "815/TLĐ-ToC", "123/HĐ-ANN", "77a-QĐ/ĐUK")
READER = NumberReader(map(key, HELD), {key(number): number for number in HELD}.get)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_of(HELD, tmp_path_factory.mktemp("numbers"))


@pytest.mark.parametrize("number", HELD)
@pytest.mark.parametrize("write", WAYS.values(), ids=list(WAYS))
def test_a_number_is_spelled_as_its_document_spells_it(number: str, write: Callable[[str], str]) -> None:
    assert canonical(READER.respelled(write(number))) == number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("văn bản 123/HDANN nói gì", "văn bản 123/HĐ-ANN nói gì"),
        ("284khbkttw?", "284-KH/BKTTW?"),
        ("số 284.KH.BKTTW", "số 284-KH/BKTTW"),
        ("284－KH／BKTTW", "284-KH/BKTTW"),
        ("28４‑KH∕BKTTW", "284-KH/BKTTW"),
        ("4lO/KH-LĐLĐ", "410/KH-LĐLĐ"),
        ("so 77A qd duk", "so 77a-QĐ/ĐUK"),
        ("410/KH-LĐLĐ và 284 – KH/BKTTW", "410/KH-LĐLĐ và 284-KH/BKTTW"),
        ("999khbkttw", "999-KH/BKTTW"),
    ],
)
def test_numbers_in_odd_writing_are_recognised(typed: str, expected: str) -> None:
    assert READER.respelled(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "năm 2021 có bao nhiêu đoàn viên",
        "KH 284 nói gì",
        "báo cáo trước 15/01",
        "5284-KH/BKTTX",
        "284-KH/BKTTW-VP",
        "1-284-KH/BKTTW",
        "kế hoạch 5 năm 2021-2025",
        "",
    ],
)
def test_what_names_no_known_number_stays_as_typed(typed: str) -> None:
    assert READER.respelled(typed) == typed


@pytest.mark.parametrize("write", WAYS.values(), ids=list(WAYS))
def test_the_document_of_a_number_comes_first(engine: Engine, write: Callable[[str], str]) -> None:
    first = [engine.search(f"văn bản {write(number)} nói gì", 1)[0].document.form.number for number in HELD]
    assert list(map(key, map(str, first))) == list(map(key, HELD))


@pytest.mark.parametrize("write", WAYS.values(), ids=list(WAYS))
def test_an_unknown_number_is_said_to_be_unknown(engine: Engine, write: Callable[[str], str]) -> None:
    for number in ("999-KH/BKTTW", "412/KH-LĐLĐ", "31/2021/NĐ-CP", *drawn(seed=1)[1][:7]):
        answer = engine.ask(f"{write(number)} quy định gì")
        assert isinstance(answer, NoAnswer)
        assert answer.reason is Reason.NO_SUCH_DOCUMENT, number


def test_parts_of_a_pinned_document_stand_together_at_the_head(tmp_path: Path) -> None:
    engine = engine_of(("12-KH/TU", "13-KH/TU", "14-KH/TU"), tmp_path)
    hits = engine.search("13 kh tu", 10)
    numbers = [hit.document.form.number for hit in hits]
    assert numbers[0] == "13-KH/TU"
    assert numbers == sorted(numbers, key=lambda number: number != "13-KH/TU")
