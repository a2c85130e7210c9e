"""How much a word of a question says."""

from __future__ import annotations

import pytest

from indexer.analyze import syllables, terms
from indexer.lexical import LexicalIndex
from search.rarity import Rarity

TEXTS = (
    "Báo cáo của tỉnh gửi trước ngày 15/01",
    "Báo cáo của huyện gửi Liên đoàn Lao động",
    "Kế hoạch phản biện của tỉnh",
    "Phản biện là việc đặt ra một vấn đề",
)


@pytest.fixture(scope="module")
def rarity() -> Rarity:
    return Rarity(LexicalIndex.build([terms(text, " ".join(syllables(text))) for text in TEXTS]))


@pytest.mark.parametrize("word", ["báo", "của", "15/1", "xyzzy", "nghiêng", "284-KH-BKTTW", "a", ""])
@pytest.mark.parametrize("folded", [True, False])
def test_every_word_weighs_something(rarity: Rarity, word: str, folded: bool) -> None:
    assert rarity.weight(word, folded) > 0


@pytest.mark.parametrize(
    ("rare", "common"),
    [("hoạch", "báo"), ("liên", "báo"), ("phản", "là"), ("nghiêng", "báo")],
)
def test_a_rarer_word_weighs_more(rarity: Rarity, rare: str, common: str) -> None:
    assert rarity.weight(rare, False) > rarity.weight(common, False)


def test_an_everyday_word_weighs_little_even_where_the_index_hardly_holds_it(rarity: Rarity) -> None:
    assert rarity.weight("một", False) < rarity.weight("huyện", False)


def test_words_side_by_side_weigh_nothing_where_no_passage_holds_them_so(rarity: Rarity) -> None:
    assert rarity.pair_weight("báo", "cáo", False) > 0
    assert rarity.pair_weight("bao", "cao", True) > 0
    assert rarity.pair_weight("cáo", "báo", False) == 0
    assert rarity.pair_weight("phản", "biện", False) == rarity.pair_weight("báo", "cáo", False)
    assert rarity.pair_weight("liên", "đoàn", False) > rarity.pair_weight("báo", "cáo", False)
