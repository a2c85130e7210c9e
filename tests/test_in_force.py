"""The rule in force before the one it replaced, and a note where an answer rests on the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.types import Document, Form, Reference, Relation, Span
from search.engine import Engine
from search.in_force import successors
from search.types import Answer

OLD = Document("old", "old.txt", "", "Cũ.", Form(number="88/QĐ-LĐLĐ", issued_on=date(2019, 5, 14)))
SAYS = Reference("88/QĐ-LĐLĐ", Relation.REPLACES, Span(0, 3))
NEW = replace(OLD, id="new", form=Form(number="205/QĐ-LĐLĐ", issued_on=date(2024, 7, 18)), references=(SAYS,))


def answered(engine: Engine, question: str) -> Answer:
    result = engine.ask(question)
    assert isinstance(result, Answer), result.message
    return result


def test_who_says_that_it_replaces_a_document_is_its_successor() -> None:
    assert [found.document.id for found in successors(OLD, [NEW, OLD])] == ["new"]


@pytest.mark.parametrize(
    "other",
    [
        replace(NEW, references=(replace(SAYS, relation=Relation.BASED_ON),)),
        replace(NEW, references=(replace(SAYS, number="89/QĐ-LĐLĐ"),)),
        replace(NEW, references=(replace(SAYS, issued_on=date(2018, 1, 1)),)),
        replace(NEW, form=replace(NEW.form, issued_on=date(2018, 7, 18))),
    ],
    ids=["rests on it", "another number", "another day", "issued before it"],
)
def test_whoever_only_names_it_or_came_before_it_is_none(other: Document) -> None:
    assert successors(OLD, [other]) == ()


def test_the_rule_in_force_answers_where_none_is_named(engine: Engine) -> None:
    assert answered(engine, "Hỗ trợ xây nhà Mái ấm công đoàn bao nhiêu tiền").lead == "60.000.000 đồng/nhà"


def test_the_old_rule_answers_where_it_is_named_and_the_new_one_is_said_with_its_day(engine: Engine) -> None:
    result = answered(engine, "Theo QĐ 88 năm 2019, hỗ trợ nhà sập bao nhiêu tiền?")
    assert result.citations[0].document == "88/QĐ-LĐLĐ"
    assert "Lưu ý: Quyết định số 88/QĐ-LĐLĐ đã được thay thế bởi Quyết định số 205/QĐ-LĐLĐ [2]" in result.text
    assert "18/07/2024 [3]" in result.text
    assert {citation.document for citation in result.citations[1:]} == {"205/QĐ-LĐLĐ"}
    assert "88" in result.citations[1].quote


def test_who_signed_the_old_rule_needs_no_note(engine: Engine) -> None:
    assert "Lưu ý" not in answered(engine, "Ai ký Quyết định 88/QĐ-LĐLĐ?").text
