"""The file that a document was read from, as long as it is the same file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.store import file_sha256
from indexer.types import Document


def original(document: Document, folders: Sequence[str]) -> Path | None:
    """Where the file lies under the indexed folders; None where it is gone, or not what was indexed."""
    for path in _places(document.file, folders):
        try:
            if file_sha256(path) == document.sha256:
                return path
        except OSError:
            continue
    return None


def _places(file: str, folders: Sequence[str]) -> Iterator[Path]:
    """With several folders the name in the index begins with that of its folder; a folder may be the file itself."""
    for folder in map(Path, folders):
        below = file.removeprefix(f"{folder.resolve().name}/") if len(folders) > 1 else file
        for form in ("NFC", "NFD"):
            yield folder / unicodedata.normalize(form, below)
        if folder.name == file:
            yield folder
