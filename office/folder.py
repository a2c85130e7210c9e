"""The folder of documents that is indexed: what lies in it, what comes in, what is taken out."""

from __future__ import annotations

import hashlib
from pathlib import Path

# Hidden, so that the indexer leaves it out; what is taken out of the folder is kept here.
REMOVED = ".da-bo-ra"


def original(corpus: Path, file: str, sha256: str) -> Path | None:
    """The file that a document was read from; None where it is gone, has changed or lies outside the folder."""
    path = (corpus / file).resolve()
    if not path.is_relative_to(corpus.resolve()) or not path.is_file():
        return None
    return path if digest(path) == sha256 else None


def digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
