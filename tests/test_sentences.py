"""Sentences, clauses, blocks and the names of bodies in them."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.types import Span
from indexer.understand.bodies import bodies, is_list, split_bodies
from indexer.understand.sentences import blocks, clauses, named_columns, sentences, shadow, table_rows

CASES = Path(__file__).parent / "cases"
HOSTILE = (" ", "\n", ".", "“", "(", "- ", "các sở, ", "Các Sở: ", "| ", "1.", "a", "\t", "của ", "; ")


def cases(name: str) -> list[Any]:
    """The cases of a file, known failures as strict expected failures."""
    return [
        pytest.param(case, id=case.get("name", case["text"][:50]), marks=_marks(case))
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    ]


def _marks(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    reason = case.get("known_failure")
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences_and_clauses_are_cut_where_they_end(case: dict[str, Any]) -> None:
    text = case["text"]
    whole = Span(0, len(text))
    if "sentences" in case:
        assert [span.of(text) for span in sentences(text, whole)] == case["sentences"]
    if "clauses" in case:
        assert [span.of(text) for span in clauses(text, whole)] == case["clauses"]


@pytest.mark.parametrize("case", cases("bodies"))
def test_lists_of_bodies_are_split_into_members(case: dict[str, Any]) -> None:
    text = case["text"]
    if "members" in case:
        assert list(split_bodies(text)) == case["members"]
    if "found" in case:
        assert [span.of(text) for span in bodies(text, Span(0, len(text)))] == case["found"]


def test_a_shadow_keeps_every_position() -> None:
    text = "*Uỷ* ban\nhoà giải,\n\nquý IV; THUỶ LỢI; toàn quyền"
    assert len(shadow(text)) == len(text)
    assert shadow(text) == " Ủy  ban hòa giải,\n\nquý IV; THỦY LỢI; toàn quyền"


def test_spans_stay_inside_the_stretch_that_was_asked_for() -> None:
    text = "Một câu. Hai câu; ba câu.\n\n- Bốn câu."
    within = Span(9, 26)
    assert [span.of(text) for span in sentences(text, within)] == ["Hai câu; ba câu."]


def test_a_run_in_head_is_told_from_its_content() -> None:
    text = "- *Thời gian:* trong quý II.\n- Sở Y tế chủ trì."
    found = [(block.label, block.head, block.span.of(text)) for block in blocks(text, Span(0, len(text)))]
    assert found == [("-", "Thời gian", "trong quý II."), ("-", "", "Sở Y tế chủ trì.")]


def test_a_heading_is_a_list_of_bodies_only_if_nothing_else_stands_in_it() -> None:
    assert is_list("Các sở, ban, ngành và UBND các huyện")
    assert not is_list("Sở Nội vụ chủ trì xây dựng đề án")
    assert not is_list("Nhiệm vụ và giải pháp")


def test_rows_of_both_kinds_of_tables_are_read_and_rules_skipped() -> None:
    markdown = "| STT | Nội dung |\n| --- | --- |\n| 1 | Lập dự toán |\n"
    tabs = "STT\tNội dung\n1\tLập dự toán\n"
    for text in (markdown, tabs):
        rows = [[cell.of(text) for cell in row if cell] for row in table_rows(text, Span(0, len(text)))]
        assert rows == [["STT", "Nội dung"], ["1", "Lập dự toán"]]


def test_columns_are_found_by_their_header() -> None:
    text = "| TT | Việc | Hạn |\n|---|---|---|\n| 1 | Họp | 3/5/2024 |\n| 2 | Ghi | |\n"
    columns = (("task", re.compile("Việc")), ("due", re.compile("Hạn")))
    rows = [
        {name: cell.of(text) for name, cell in row.items()} for row in named_columns(text, Span(0, len(text)), columns)
    ]
    assert rows == [{"task": "Họp", "due": "3/5/2024"}, {"task": "Ghi"}]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_cost_no_more_than_their_length(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    sentences(text, Span(0, len(text)))
    clauses(text, Span(0, len(text)))
    bodies(text, Span(0, len(text)))
    assert time.process_time() - began < 8
