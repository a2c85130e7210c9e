"""What an answer may rest on."""

from __future__ import annotations

from indexer.types import Document, Form, Passage, Span
from search.findings import Material
from search.types import Hit


def document(name: str) -> Document:
    return Document(name, f"{name}.txt", "0" * 64, "Văn bản.", Form())


def hit(rank: int, of: Document) -> Hit:
    return Hit(rank, of, Passage(f"{of.id}{rank}", of.id, Span(0, 3), ()), 1.0 / rank)


FOUND, NAMED, CITING = document("found"), document("named"), document("citing")


def test_documents_in_sight_stand_once_each_the_named_ones_first() -> None:
    material = Material((hit(1, FOUND), hit(2, NAMED), hit(3, FOUND), hit(4, CITING)), (NAMED,), (CITING,), ())
    assert material.documents == (NAMED, CITING, FOUND)
    assert material.named_ids == {"named"}


def test_nothing_found_is_nothing_in_sight() -> None:
    material = Material((), (), (), ("999-KH/TU",))
    assert material.documents == ()
    assert material.named_ids == frozenset()
