"""Diacritics put back into a question."""

from __future__ import annotations

import json
import lzma
import re
from itertools import islice
from pathlib import Path

import pytest

from indexer.analyze import fold, normalize, syllables, terms
from indexer.lexical import LexicalIndex
from search.restore import Restorer, left_out_chance, open_restorer, shipped_counts

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return open_restorer()


@pytest.mark.parametrize(
    "text",
    [
        "kế hoạch giám sát, phản biện xã hội của Liên đoàn Lao động tỉnh Lai Châu",
        "Ai phải báo cáo Ban Kinh tế Trung ương trước ngày 15/01 năm sau?",
        "Công đoàn cơ sở tổ chức hội nghị người lao động",
        "thời hạn giải quyết khiếu nại là bao nhiêu ngày",
    ],
)
def test_a_question_without_diacritics_gets_them_back(restorer: Restorer, text: str) -> None:
    assert restorer.restore(fold(text)) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Ban Kinh tế nhận báo cáo khi nào?",
        "Bán hàng ở đâu, bạn ơi",
        "284-KH/BKTTW ngày 10/12/2021, 7,77%",
        "",
        "   ",
        "?!",
    ],
)
def test_what_was_typed_in_full_stays(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text) == text


@pytest.mark.xfail(strict=True, reason="pairs alone prefer the commoner 'bạn nào'; the index's own pairs outweigh it")
def test_a_bare_word_whose_accented_twin_is_common_stays(restorer: Restorer) -> None:
    assert restorer.restore("xin hỏi Ban nào lo việc này") == "xin hỏi Ban nào lo việc này"


def test_half_of_the_diacritics_are_completed(restorer: Restorer) -> None:
    assert (
        restorer.restore("Kế hoạch giam sat của Liên đoàn lao dong tinh Lai Chau")
        == "Kế hoạch giám sát của Liên đoàn lao động tỉnh Lai Châu"
    )


def test_known_syllables_typed_with_marks_are_never_changed(restorer: Restorer) -> None:
    typed = "kế hoãn giam sát phan biện xả hội"
    for before, after in zip(typed.split(), restorer.restore(typed).split(), strict=True):
        assert before == fold(before) or before == after


def test_only_marks_are_changed(restorer: Restorer) -> None:
    typed = "Bao cao so 12-BC/TU, 5304 - CV/TU,  Ban KINH TE\n(gui Tinh uy)"
    assert fold(restorer.restore(typed)) == fold(typed)
    assert restorer.restore(typed).startswith("Báo cáo số 12-BC/TU, 5304 - CV/TU,  Ban KINH TẾ\n")


def test_foreign_words_stay(restorer: Restorer) -> None:
    assert "Windows" in restorer.restore("cai dat phan mem Windows")


def test_the_index_teaches_its_own_names() -> None:
    name = "Ngọc Thưởm Phìn Hồ"
    corpus = LexicalIndex.build([terms(f"xã {name} báo cáo", f"xã {name.lower()} báo_cáo")] * 3)
    assert Restorer(shipped_counts(), corpus).restore(f"bao cao cua xa {fold(name)}").endswith(name.lower())
    assert not open_restorer().restore(f"bao cao cua xa {fold(name)}").endswith(name.lower())


def test_an_empty_index_teaches_nothing(restorer: Restorer) -> None:
    typed = "ke hoach giam sat"
    assert Restorer(shipped_counts(), LexicalIndex.build([])).restore(typed) == restorer.restore(typed)


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [
        ("ke hoach giam sat", 0.9, 1.0),
        ("kế hoạch giám sát", 0.0, 0.01),
        ("kế hoạch giam sat", 0.05, 0.5),
        ("", 0.1, 0.5),
    ],
)
def test_marks_left_out_are_estimated_from_those_typed(typed: str, least: float, most: float) -> None:
    assert least <= left_out_chance(typed.split()) <= most


def test_a_wrong_placement_of_the_tone_is_put_right(restorer: Restorer) -> None:
    assert restorer.restore("uỷ ban hoà giai") == "ủy ban hòa giải"


def test_texts_that_were_not_counted_are_restored_to_96_in_100_syllables(restorer: Restorer) -> None:
    news = SHARED / "train" / "news.jsonl.xz"
    if not news.is_file():
        pytest.skip("../shared/train is not there")
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        held_out = [json.loads(line) for line in islice(lines, 0, 4000, 20)]
    right = total = 0
    for record in held_out:
        sentence = normalize(re.split(r"(?<=[.!?])\s", record["abstract"])[0])
        expected, restored = syllables(sentence), syllables(restorer.restore(fold(sentence)))
        right += sum(a == b for a, b in zip(expected, restored, strict=True))
        total += len(expected)
    assert right / total > 0.96


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddangr uyr baos caos coong ddoanf", "đảng ủy báo cáo công đoàn"),
        ("báp cáo kế hoặch của công đoànn", "báo cáo kế hoạch của công đoàn"),
        ("bao cso cua cogn doan co so", "báo cáo của công đoàn cơ sở"),
        ("phan bien xa hoi va giam sta", "phản biện xã hội và giám sát"),
    ],
)
def test_telex_keys_and_slips_of_one_letter_are_mended(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    "typed", ["BKTTX báo cáo", "ông Trwng", "Facebook của công đoàn", "284-KH/BKTTW", "2132-CT/TU", "XKLĐ"]
)
def test_abbreviations_and_unknown_names_stay(restorer: Restorer, typed: str) -> None:
    assert restorer.restore(typed) == typed


def test_other_readings_are_offered_where_a_question_may_mean_several_things(restorer: Restorer) -> None:
    readings = (restorer.restore("bao cao quy"), *restorer.alternatives("bao cao quy"))
    assert set(readings) == {"báo cáo quy", "báo cáo quý"}
    assert len(readings) == 2


def test_a_question_in_full_has_no_other_reading(restorer: Restorer) -> None:
    assert restorer.alternatives("Các tỉnh ủy báo cáo Ban Kinh tế Trung ương khi nào?") == ()
    assert restorer.alternatives("") == ()
