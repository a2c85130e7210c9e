"""How documents name each other, and the part of it around one document."""

from __future__ import annotations

from datetime import date

from indexer.types import Document, Form, Reference, Relation, Span
from search.network import around, linked, most_linked, network


def document(id_: str, number: str | None, kind: str, *references: tuple[str, Relation], year: int = 2024) -> Document:
    named = tuple(Reference(number, relation, Span(0, 1)) for number, relation in references)
    return Document(id_, f"{id_}.txt", "0", "Văn bản", Form(number=number, kind=kind, issued_on=date(year, 1, 1)),
                    references=named)  # fmt: skip


DIRECTIVE = document("directive", "31-CT/TW", "chỉ thị")
PLAN = document("plan", "5-KH/TU", "kế hoạch", ("31 - CT/TW", Relation.CARRIES_OUT), ("9-QĐ/TW", Relation.BASED_ON))
LETTER = document("letter", "7-CV/HU", "công văn", ("5-KH/TU", Relation.FORWARDS), ("9-QĐ/TW", Relation.BASED_ON))
RESOLUTION = document("resolution", "8-NQ/TU", "nghị quyết", ("8-NQ/TU", Relation.MENTIONS), year=2025)
PAGE = document("page", None, "")
ALL = network([DIRECTIVE, PLAN, LETTER, RESOLUTION, PAGE])


def test_a_number_leads_to_the_document_that_bears_it_however_it_is_written() -> None:
    assert ("plan", "directive") in {(edge.source, edge.target) for edge in ALL.edges}
    assert len(ALL.nodes) == 6
    assert all(edge.source != edge.target for edge in ALL.edges)


def test_a_neighbourhood_grows_by_steps_and_is_cut_nearest_first() -> None:
    assert set(around(ALL, "directive", 1, 99).nodes) == {"directive", "plan"}
    two = around(ALL, "directive", 2, 99)
    assert {node.number for node in two.nodes.values()} == {"31-CT/TW", "5-KH/TU", "7-CV/HU", "9-QĐ/TW"}
    assert set(around(ALL, "directive", 3, 2).nodes) == {"directive", "plan"}
    assert all({edge.source, edge.target} <= set(two.nodes) for edge in two.edges)


def test_documents_without_links_are_left_out_of_the_picture() -> None:
    assert set(linked(ALL).nodes) == {*ALL.nodes} - {"resolution", "page"}
    assert most_linked(ALL) == "plan"
    assert most_linked(network([])) is None


def test_a_picture_of_five_hundred_documents_stays_small() -> None:
    many = [document(f"d{n}", f"{n}-KH/TU", "kế hoạch", (f"{n // 9}-KH/TU", Relation.CARRIES_OUT)) for n in range(500)]
    found = around(network(many), "d0", 3, 60)
    assert len(found.nodes) == 60
    assert set(found.nodes) >= {f"d{n}" for n in range(9)}
