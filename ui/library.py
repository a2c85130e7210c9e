"""The open index: one engine for everybody who uses the app, replaced when a new generation goes live."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import IndexProblem
from search.access import AccessRules, Visitor, lies_in, restricted_files
from search.types import Answer
from ui.wording import VIETNAMESE

if TYPE_CHECKING:
    from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Place:
    """Where the index lies, the folder of documents that it was built from, the file of the office's records where it
    doesn't lie beside the index, and the embedding model where it isn't the embedded one."""

    index: Path
    corpus: Path
    office: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Types with their counts, most frequent first and "" for no type last; issuers; years, newest first."""

    kinds: tuple[tuple[str, int], ...]
    issuers: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The engine, what it holds, and the sample questions that it can answer: an office's own documents may hold
    nothing of what the samples ask."""

    engine: Engine
    holdings: Holdings
    examples: tuple[str, ...]


def open_library(place: Place, visitor: Visitor, rules: AccessRules) -> Library:
    """What a visitor may see of the live generation. Raises what open_engine raises."""
    index, generation = str(place.index.resolve()), live_generation(place.index)
    return (
        _open(index, generation, place.model)
        if visitor.cleared
        else _open_part(index, generation, place.model, rules.folders)
    )


def hidden_files(place: Place, visitor: Visitor, rules: AccessRules) -> frozenset[str]:
    """Files that a visitor may not know of; none where there is no index."""
    if visitor.cleared:
        return frozenset()
    try:
        whole = _open(str(place.index.resolve()), live_generation(place.index), place.model)
    except IndexProblem:
        return frozenset()
    return _restricted(str(place.index.resolve()), live_generation(place.index), rules.folders, whole.engine)


@st.cache_data(show_spinner=False, max_entries=2)
def _restricted(index: str, generation: str, folders: tuple[str, ...], _engine: Engine) -> frozenset[str]:
    failed = (failure.file for failure in _engine.summary().failures if lies_in(failure.file, folders))
    return restricted_files(_engine.documents(), folders).union(failed)


def live_generation(index: Path) -> str:
    """The content of CURRENT; empty where there is none, and opening then says what is wrong."""
    try:
        return (index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


# The generation is not used inside: it is the key of the cache.
@st.cache_resource(show_spinner=False, max_entries=2)
def _open(index: str, generation: str, model: str | None) -> Library:
    # Imported here because it takes seconds: the page shows its waiting sentence first.
    from search.engine import open_engine

    library = _library(open_engine(Path(index), model))
    # The toolkit collects garbage after every run of a page; it need not walk through the index each time. What was
    # frozen with an earlier generation is looked at once more first.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return library


@st.cache_resource(show_spinner=False, max_entries=2)
def _open_part(index: str, generation: str, model: str | None, folders: tuple[str, ...]) -> Library:
    return _library(_open(index, generation, model).engine.open_to_all(folders))


def _library(engine: Engine) -> Library:
    return Library(engine, holdings_of(engine), answerable(engine, VIETNAMESE.examples))


def answerable(engine: Engine, questions: Sequence[str]) -> tuple[str, ...]:
    """Those with an answer. Asking them also loads what the first question would otherwise wait for."""
    return tuple(question for question in questions if isinstance(engine.ask(question), Answer))


def holdings_of(engine: Engine) -> Holdings:
    """One pass over all documents, once per generation."""
    forms = [document.form for document in engine.documents()]
    kinds = Counter(form.kind or "" for form in forms)
    return Holdings(
        kinds=tuple(sorted(kinds.items(), key=lambda entry: (not entry[0], -entry[1], entry[0]))),
        issuers=tuple(sorted({form.issuer for form in forms if form.issuer})),
        years=tuple(sorted({form.issued_on.year for form in forms if form.issued_on}, reverse=True)),
    )
