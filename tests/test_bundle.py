"""One file, several documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.types import Document, RawText
from indexer.understand import understand
from indexer.understand.bundle import split_bundle
from indexer.understand.reading import Reading

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "bundle.json").read_text(encoding="utf-8"))
BUNDLES = pytest.mark.parametrize("case", CASES["bundles"], ids=lambda case: case["name"])


def documents_of(text: str) -> tuple[Document, ...]:
    return understand(RawText(text, "txt"), "a.txt", "0" * 64)


@BUNDLES
def test_a_bundle_becomes_its_documents(case: dict[str, Any]) -> None:
    assert [document.form.number for document in documents_of(case["text"])] == case["numbers"]


@BUNDLES
def test_an_enclosure_names_its_letter_and_is_dated_by_it(case: dict[str, Any]) -> None:
    found = documents_of(case["text"])
    numbers = {document.id: document.form.number for document in found}
    dates = [document.form.issued_on.isoformat() if document.form.issued_on else None for document in found]
    assert dates == case["dates"]
    assert [document.form.issued_on_source for document in found] == case["sources"]
    assert [numbers.get(document.enclosed_in or "") for document in found] == case["enclosed"]


@BUNDLES
def test_no_letter_is_lost_between_the_documents(case: dict[str, Any]) -> None:
    joined = "".join(span.of(case["text"]) for span in split_bundle(Reading(case["text"])))
    assert "".join(joined.split()) == "".join(case["text"].split())


def test_a_received_stamp_belongs_to_the_document_that_bears_it() -> None:
    letter, plan = documents_of(CASES["bundles"][0]["text"])
    assert letter.form.received is None
    assert plan.form.received is not None
    assert (plan.form.received.number, str(plan.form.received.date)) == ("3301", "2024-04-08")
    assert plan.form.issuer == "Ban Nội chính Trung ương"


@pytest.mark.parametrize(("name", "text"), CASES["single"])
def test_one_document_stays_one(name: str, text: str) -> None:
    assert len(split_bundle(Reading(text))) == 1, name


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_a_text_without_words_holds_no_document(text: str) -> None:
    assert split_bundle(Reading(text)) == []


def test_the_pages_of_an_enclosure_go_on_where_the_letter_ended() -> None:
    text = CASES["bundles"][2]["text"]
    second = text.index("HUYỆN ỦY A LƯỚI", 10)
    letter, other = understand(RawText(text, "txt", page_starts=(0, second)), "a.txt", "0" * 64)
    assert (letter.page(0), other.page(0), other.page(len(other.text) - 1)) == (1, 2, 2)
