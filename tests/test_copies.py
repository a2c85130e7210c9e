"""The same content under two names, and near copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.copies import Copies, copies
from indexer.read import read
from indexer.types import Document
from indexer.understand import understand
from tests.conftest import CORPUS


@pytest.fixture(scope="module")
def samples() -> list[Document]:
    paths = sorted(path for path in CORPUS.iterdir() if path.name != "README.md")
    return [document for path in paths for document in understand(read(path), path.name, path.name)]


def test_no_two_samples_are_copies_of_each_other(samples: list[Document]) -> None:
    assert copies(samples) == ()


@pytest.mark.parametrize("file", ["tinh-uy-ninh-thuan_ct-27-tu.txt", "tong-lien-doan_hd-38.txt"])
def test_a_copy_with_another_date_and_addressee_is_near(samples: list[Document], file: str) -> None:
    first = next(document for document in samples if document.file == file)
    second = replace(
        first, file="b.txt", sha256="b", text=first.text.replace("2024", "2023").replace("2022", "2021", 1)
    )
    assert copies([*samples, second]) == (Copies(("b.txt", file), near=True),)


def test_files_of_one_content_are_one_group_and_no_near_copies(samples: list[Document]) -> None:
    first = samples[0]
    found = copies([*samples, replace(first, file="a.txt"), replace(first, file="b/c.txt")])
    assert found == (Copies(("a.txt", "b/c.txt", first.file), near=False),)
