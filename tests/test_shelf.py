"""Documents found by words, filtered and sorted."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.types import Document, Form
from search.shelf import Order, bundled_with, find_documents
from search.types import Filters


def document(id_: str, file: str | None = None, **form: object) -> Document:
    return Document(id_, file or f"{id_}.txt", "0", "Văn bản", Form(**form))  # type: ignore[arg-type]


PLAN = document("plan", number="10-KH/TU", kind="kế hoạch", issuer="Tỉnh ủy Sơn Hà", issued_on=date(2024, 5, 2))
OLD = document("old", number="9-KH/TU", kind="kế hoạch", issuer="Huyện ủy Kỳ Lộ", issued_on=date(2019, 1, 8))
LETTER = document("letter", number="12/CV-LĐLĐ", kind="công văn", summary="về việc kiểm kê tài sản")
PAGE = document("page", "bao.txt")
ALL = (PLAN, OLD, LETTER, PAGE)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["plan", "old", "letter", "page"]),
        ("kế hoạch", ["plan", "old"]),
        ("ke hoach tinh uy", ["plan"]),
        ("10 - KH/TU", ["plan"]),
        ("10-kh/tu", ["plan"]),
        ("kiểm kê", ["letter"]),
        ("bao", ["page"]),
        ("oạch", []),
        ("kế hoạch kiểm kê", []),
    ],
)
def test_every_word_must_begin_a_word_of_the_head(words: str, found: list[str]) -> None:
    assert [one.id for one in find_documents(ALL, words, Filters(), Order.NEWEST)] == found


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order.NEWEST, ["plan", "old", "letter", "page"]),
        (Order.OLDEST, ["old", "plan", "letter", "page"]),
        (Order.NUMBER, ["old", "plan", "letter", "page"]),
        (Order.ISSUER, ["old", "plan", "letter", "page"]),
    ],
)
def test_what_is_not_known_comes_last_in_every_order(order: Order, ids: list[str]) -> None:
    assert [one.id for one in find_documents(ALL, "", Filters(), order)] == ids


def test_filters_and_words_both_hold() -> None:
    only_2024 = Filters(years=frozenset({2024}))
    assert find_documents(ALL, "kế hoạch", only_2024, Order.NEWEST) == [PLAN]


def test_documents_of_one_file_belong_together() -> None:
    enclosed = document("enclosed", "plan.txt")
    assert bundled_with(PLAN, (*ALL, enclosed)) == [enclosed]
