"""Targets."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.types import Section, Target


def targets(text: str, sections: Sequence[Section]) -> tuple[Target, ...]:
    return ()
