"""Duties: who owes what to whom by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indexer.types import Duty, Reference, Section


def duties(
    text: str, sections: Sequence[Section], issued_on: date | None, issuer: str | None, references: Sequence[Reference]
) -> tuple[Duty, ...]:
    return ()
