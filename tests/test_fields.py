"""Answers and hits as plain values."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np

from indexer.types import Document, Form, Passage, Span
from search.cite import cite
from search.fields import answer_fields, hit_fields
from search.types import Answer, Fact, Hit, Language, NoAnswer, Query, QuestionKind, Reason

TEXT = "Công đoàn cơ sở gửi báo cáo trước ngày 15/11."
FORM = Form(number="12/KH-LĐLĐ", issued_on=date(2024, 3, 6))
DOCUMENT = Document("a", "thư mục/a.txt", "0" * 64, TEXT, FORM)
HIT = Hit(
    1, DOCUMENT, Passage("p", "a", Span(0, 15), ()), 1.234567, {"dense": float(np.float32(0.1234567)), "words": 1.11}
)
FACT = Fact(
    ("Công đoàn cơ sở",),
    "báo cáo",
    (),
    None,
    "trước ngày 15/11",
    (date(2024, 11, 15),),
    "RRULE:FREQ=YEARLY",
    (1,),
    "Dấu vết.",
)
QUERY = Query("Hạn  nào?", "Hạn nào?", Language.VIETNAMESE, QuestionKind.DUTY)
ANSWER = Answer(QUERY, "Trước ngày 15/11.", (FACT,), (cite(1, DOCUMENT, Span(16, 45)),), (HIT,), 0.0123456)
REFUSAL = NoAnswer(QUERY, Reason.NO_MATCH, "Không tìm thấy.", (HIT,), 0.5)


def test_an_answer_and_a_refusal_have_the_same_keys() -> None:
    assert list(answer_fields(ANSWER)) == list(answer_fields(REFUSAL))


def test_values_survive_json() -> None:
    for result in (ANSWER, REFUSAL):
        fields = answer_fields(result, "q1")
        assert json.loads(json.dumps(fields, ensure_ascii=False)) == fields


def test_an_answer_says_all_it_holds() -> None:
    fields = answer_fields(ANSWER, "q1")
    assert (fields["id"], fields["question"], fields["status"], fields["kind"]) == (
        "q1",
        "Hạn  nào?",
        "answered",
        "duty",
    )
    assert (fields["answer"], fields["reason"], fields["seconds"]) == ("Trước ngày 15/11.", None, 0.0123)
    assert fields["facts"] == [
        {
            "who": ["Công đoàn cơ sở"], "what": "báo cáo", "to": [], "via": None, "by_when": "trước ngày 15/11",
            "dates": ["2024-11-15"], "recurrence": "RRULE:FREQ=YEARLY", "citations": [1],
        }
    ]  # fmt: skip
    [citation] = fields["citations"]
    assert citation["quote"] == TEXT[16:45] == TEXT[citation["start"] : citation["end"]]
    assert (citation["issued_on"], citation["page"], citation["heading"]) == ("2024-03-06", None, [])


def test_a_refusal_says_why_and_what_came_nearest() -> None:
    fields = answer_fields(REFUSAL)
    assert (fields["id"], fields["status"], fields["answer"]) == (None, "not_found", None)
    assert fields["reason"] == "Không tìm thấy."
    assert (fields["facts"], fields["citations"]) == ([], [])
    assert fields["hits"] == [hit_fields(HIT)]


def test_a_hit_says_where_it_stands_and_why_it_was_found() -> None:
    assert hit_fields(HIT) == {
        "rank": 1, "file": "thư mục/a.txt", "document": "12/KH-LĐLĐ", "start": 0, "end": 15, "text": "Công đoàn cơ sở",
        "score": 1.2346, "evidence": {"dense": 0.1235, "words": 1.11},
    }  # fmt: skip


def test_a_document_without_number_has_none() -> None:
    bare = replace(DOCUMENT, form=Form())
    assert hit_fields(replace(HIT, document=bare))["document"] is None
    assert answer_fields(replace(ANSWER, citations=(cite(1, bare, Span(0, 4)),)))["citations"][0]["issued_on"] is None
