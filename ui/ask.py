"""The page Hỏi đáp: a question in; the answer, its facts, its citations and the open document out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import IndexDamaged
from indexer.types import Document, Span
from office.audit import Action
from search.types import Answer, Citation, Filters, NoAnswer
from ui import answer_parts, pieces
from ui.documents import open_document
from ui.filters import choose_filters
from ui.frame import show_foot
from ui.library import Library, Place
from ui.original import show_opened
from ui.pieces import Opened
from ui.visit import Visit
from ui.wording import Words

if TYPE_CHECKING:
    from search.engine import Engine

# What the address holds, so that a link brings the question back.
QUESTION = "q"
HISTORY_SHOWN = 8
# Passages shown where there is no answer; more of them stand under "Vì sao?".
NEAREST_SHOWN = 4
QUESTION_CHARS = 500
# Answers of the visit that can be looked at again without asking.
OUTCOMES_KEPT = 30


@dataclass(frozen=True, slots=True)
class Source:
    """A span of a document that can be opened beside the answer."""

    document: Document
    span: Span
    heading: tuple[str, ...]
    n: int | None


def show_page(visit: Visit) -> None:
    """Everything from top to bottom; the question box first, so that it can be typed into while the index opens."""
    words, asked = visit.words, _question_in_address()
    st.html(pieces.page_head(words.ask, words.intro if not asked else ""))
    _question_form(words)
    library = visit.library()
    engine = library.engine
    filters = choose_filters(library.holdings, words)
    outcome = _outcome(engine, asked, filters, visit) if asked else None
    match outcome:
        case None:
            _show_start(library, visit.place, words)
        case Answer():
            answer_parts.show_reading(engine, outcome, visit, _ask)
            _show_answer(engine, outcome, filters, visit)
        case NoAnswer():
            answer_parts.show_reading(engine, outcome, visit, _ask)
            _show_no_answer(engine, outcome, filters, visit)
    _show_history(words)
    show_foot(engine, visit)


def _question_in_address() -> str:
    """The question that the address asks. It fills the box when the address brought a new one."""
    asked = st.query_params.get(QUESTION, "").strip()
    if st.session_state.get("asked") != asked:
        st.session_state.asked = st.session_state.question = asked
    return asked


def _question_form(words: Words) -> None:
    with (
        st.form("question-form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="question-box"),
    ):
        st.text_input(
            words.question,
            key="question",
            placeholder=words.placeholder,
            max_chars=QUESTION_CHARS,
            autocomplete="off",
            label_visibility="collapsed",
        )
        st.form_submit_button(
            words.submit, type="primary", icon=":material/search:", on_click=lambda: _ask(st.session_state.question)
        )


def _ask(question: str) -> None:
    if question.strip():
        st.query_params[QUESTION] = question.strip()
    else:
        st.query_params.pop(QUESTION, None)


def _outcome(engine: Engine, question: str, filters: Filters, visit: Visit) -> Answer | NoAnswer:
    """Asked once in a visit; a question that leans on the one before it means the same when it is looked at again."""
    key = (engine.summary().generation, question, filters)
    told: dict[object, Answer | NoAnswer] = st.session_state.setdefault("told", {})
    if key not in told:
        with st.spinner(visit.words.searching):
            told[key] = outcome = engine.ask(question, filters, st.session_state.get("outcome"))
        _log(outcome, visit)
        while len(told) > OUTCOMES_KEPT:
            told.pop(next(iter(told)))
    if st.session_state.get("outcome_key") != key:
        st.session_state.outcome_key, st.session_state.outcome = key, told[key]
        st.session_state.pop("opened", None)
        _remember(question)
    return told[key]


def _log(outcome: Answer | NoAnswer, visit: Visit) -> None:
    """Who asked what, with the files that were shown; kept only where questions are kept."""
    if visit.rules.log_questions:
        files = answer_parts.files_of(outcome)
        visit.records().note(visit.visitor, Action.ASKED, outcome.query.typed, *files)


def _remember(question: str) -> None:
    earlier: list[str] = st.session_state.get("history", [])
    st.session_state.history = [question, *(other for other in earlier if other != question)]


def _show_start(library: Library, place: Place, words: Words) -> None:
    if not library.engine.summary().documents:
        st.html(pieces.notice(words.empty.format(corpus=place.corpus), "", "quiet"))
        return
    if library.examples:
        st.html(pieces.small_heading(words.examples_heading))
    with st.container(key="examples", gap="xsmall"):
        for position, example in enumerate(library.examples):
            st.button(
                example, key=f"example-{position}", icon=":material/arrow_forward:", on_click=_ask, args=(example,)
            )
    st.html(pieces.holdings_line(library.holdings.kinds, words))


def _show_answer(engine: Engine, answer: Answer, filters: Filters, visit: Visit) -> None:
    words = visit.words
    st.html(pieces.answer_text(answer.text, answer.citations, words))
    if answer.facts:
        st.html(pieces.fact_table(answer.facts, words.facts))
    documents = {cited.n: _cited_document(engine, cited) for cited in answer.citations}
    answer_parts.show_actions(answer, documents, filters, visit)
    sources = [
        Source(documents[cited.n], Span(cited.start, cited.end), cited.heading, cited.n) for cited in answer.citations
    ]
    _show_sources(sources, engine, visit, lambda: st.html(pieces.small_heading(words.document.citations)))
    answer_parts.show_related([*documents.values()], engine, visit)
    with st.expander(words.why.heading):
        st.html(pieces.why(answer, words))


def _cited_document(engine: Engine, cited: Citation) -> Document:
    document = engine.document(cited.document_id)
    if document is None:
        raise IndexDamaged(f"{cited.file}: cited, but not in the index. Rebuild the index.")
    return document


def _show_no_answer(engine: Engine, outcome: NoAnswer, filters: Filters, visit: Visit) -> None:
    words = visit.words
    st.html(pieces.notice(words.not_found.heading, outcome.message, "quiet", words.not_found.advice))
    if filters != Filters():
        st.html(pieces.small_note(words.not_found.filtered))
    answer_parts.show_judgement(outcome, visit)
    if not outcome.nearest:
        return
    sources = [
        Source(hit.document, hit.passage.span, hit.passage.heading, None) for hit in outcome.nearest[:NEAREST_SHOWN]
    ]
    _show_sources(sources, engine, visit, lambda: st.html(pieces.nearest_heading(words)))
    with st.expander(words.why.heading):
        st.html(pieces.why(outcome, words))


def _show_sources(sources: Sequence[Source], engine: Engine, visit: Visit, heading: Callable[[], object]) -> None:
    """The cards; with the open document beside them once one is opened."""
    words = visit.words
    opened: Opened | None = st.session_state.get("opened")
    if opened is None:
        heading()
        _show_cards(sources, None, words)
        return
    cards, document = st.columns([2, 3], gap="medium")
    with cards:
        heading()
        _show_cards(sources, opened, words)
    with document, st.container(key="open-document"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.button(words.document.close, type="tertiary", icon=":material/close:", on_click=_close)
            if st.button(words.answers.whole_document, type="tertiary", icon=":material/open_in_full:"):
                open_document(visit, opened.document, opened.span)
        show_opened(opened, engine, words)


def _show_cards(sources: Sequence[Source], opened: Opened | None, words: Words) -> None:
    for position, source in enumerate(sources):
        is_open = opened is not None and (opened.document.id, opened.span) == (source.document.id, source.span)
        with st.container(key=f"source-{position}{'-open' if is_open else ''}", gap="small"):
            st.html(pieces.source_card(source.document, source.span, words, n=source.n))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(pieces.whereabouts(source.document, source.span, source.heading, words))
                st.button(
                    words.document.open,
                    key=f"open-{position}-{source.document.id}-{source.span.start}",
                    icon=":material/find_in_page:",
                    on_click=_open,
                    args=(source,),
                )


def _open(source: Source) -> None:
    earlier: Opened | None = st.session_state.get("opened")
    times = earlier.times + 1 if earlier else 1
    st.session_state.opened = Opened(source.document, source.span, source.heading, source.n, times)


def _close() -> None:
    st.session_state.pop("opened", None)


def _show_history(words: Words) -> None:
    history: list[str] = st.session_state.get("history", [])
    # Keys name the question, so that a click on a page about to change never asks another one.
    with st.sidebar, st.container(key="history", gap="small"):
        st.html(pieces.history_heading(words, empty=not history))
        for question in history[:HISTORY_SHOWN]:
            st.button(question, key=f"history-{question}", type="tertiary", on_click=_ask, args=(question,))
