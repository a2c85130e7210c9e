"""References."""

from __future__ import annotations

from indexer.types import Reference


def references(text: str, own: str | None = None) -> tuple[Reference, ...]:
    return ()
