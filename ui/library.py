"""The open index: one engine for everybody who uses the app, replaced when a new generation goes live."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Place:
    """Where the index lies, and the folder of documents that it was built from."""

    index: Path
    corpus: Path


def live_generation(index: Path) -> str:
    """The content of CURRENT; empty where there is none, and opening then says what is wrong."""
    try:
        return (index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def open_library(place: Place) -> Engine:
    """The engine on the live generation. Raises what open_engine raises."""
    return _open(str(place.index.resolve()), live_generation(place.index))


# The generation is not used inside: it is the key of the cache.
@st.cache_resource(show_spinner=False, max_entries=2)
def _open(index: str, generation: str) -> Engine:
    # Imported here because it takes seconds: the page shows its waiting sentence first.
    from search.engine import open_engine

    return open_engine(Path(index))
