"""Which document replaces which."""

from __future__ import annotations

import pytest

from indexer.types import Document, Form, Reference, Relation, Span
from search.by_reference import reference_findings
from search.findings import Material
from search.match import WordReader, wanted
from search.query import parse
from tests.test_match import Even

TEXT = "Quy chế 12/QĐ-TU hết hiệu lực từ ngày Quy chế này có hiệu lực. Thực hiện Chỉ thị 9-CT/TU, thay Quy chế 7/QĐ-TU."


def leads(*relations: tuple[str, Relation]) -> list[str]:
    spans = {number: Span(TEXT.index(number), TEXT.index(number) + len(number)) for number, _ in relations}
    references = tuple(Reference(number, relation, spans[number]) for number, relation in relations)
    document = Document("a", "qc.txt", "", TEXT, Form(number="20/QĐ-TU", kind="quy chế"), references=references)
    query = parse("Quy chế 20/QĐ-TU thay thế văn bản nào?")
    asked = wanted(query, False, Even(), WordReader({}))
    found = reference_findings(query, "quy che 20/qd-tu thay the van ban nao", Material((), (document,), (), ()), asked)
    return [finding.lead for finding in found]


@pytest.mark.parametrize(
    ("relations", "found"),
    [
        ([("12/QĐ-TU", Relation.REPEALS), ("9-CT/TU", Relation.CARRIES_OUT)], ["12/QĐ-TU"]),
        ([("12/QĐ-TU", Relation.REPEALS), ("7/QĐ-TU", Relation.REPLACES)], ["7/QĐ-TU"]),
        ([("9-CT/TU", Relation.CARRIES_OUT)], []),
    ],
)
def test_what_ends_with_a_document_is_replaced_by_it_unless_it_says_what_it_replaces(
    relations: list[tuple[str, Relation]], found: list[str]
) -> None:
    assert leads(*relations) == found
