"""What stands around an answer: how the question was read, taking the answer along, judging it, what is related."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from indexer.types import Document
from office.audit import Action
from office.feedback import Feedback
from office.status import now
from search import answer_file
from search.shelf import related
from search.types import Answer, Filters, NoAnswer
from ui import pieces
from ui.documents import open_document
from ui.visit import Room, Visit

if TYPE_CHECKING:
    from search.engine import Engine

RELATED_SHOWN = 6
WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def files_of(outcome: Answer | NoAnswer) -> tuple[str, ...]:
    """The files that an answer or the passages nearest to it come from."""
    if isinstance(outcome, Answer):
        return tuple(dict.fromkeys(citation.file for citation in outcome.citations))
    return tuple(dict.fromkeys(hit.document.file for hit in outcome.nearest))


def show_reading(engine: Engine, outcome: Answer | NoAnswer, visit: Visit, ask: Callable[[str], None]) -> None:
    """What was searched for where it differs from what was typed, and other readings, each a click away."""
    reading = engine.reading(outcome.query.completed or outcome.query.typed)
    line = pieces.reading_line(reading, outcome.query.completed, visit.words)
    if line:
        st.html(line)
    if reading.alternatives and not isinstance(outcome, Answer):
        with st.container(horizontal=True, vertical_alignment="center", key="readings", gap="small"):
            st.html(pieces.small_note(visit.words.answers.or_else), width="content")
            for other in reading.alternatives:
                st.button(other, key=f"reading-{other}", type="tertiary", on_click=ask, args=(other,))


def show_actions(answer: Answer, documents: Mapping[int, Document], filters: Filters, visit: Visit) -> None:
    """Copy, Word, link, and whether it is right."""
    words = visit.words.answers
    labels = _labels(documents, visit)
    with st.container(horizontal=True, vertical_alignment="center", key="answer-actions", gap="small"):
        with st.popover(words.copy, icon=":material/content_copy:"):
            st.html(pieces.small_note(words.copy_note))
            st.code(answer_file.as_text(answer, labels), language=None, wrap_lines=True)
        st.download_button(
            words.word,
            lambda: answer_file.as_docx(answer, labels),
            file_name="tra-loi.docx",
            mime=WORD_FILE,
            icon=":material/description:",
            on_click="ignore",
        )
        with st.popover(words.link, icon=":material/link:"):
            st.html(pieces.small_note(words.link_note))
            st.code(_link(answer, filters), language=None, wrap_lines=True)
    show_judgement(answer, visit)


def _labels(documents: Mapping[int, Document], visit: Visit) -> answer_file.Labels:
    words = visit.words
    names = {n: pieces.document_line(document, words) for n, document in documents.items()}
    heads = (words.facts.who, words.facts.what, words.facts.to, words.facts.by_when)
    return answer_file.Labels(words.answers.question_for_word, words.answers.sources, heads, names)


def _link(answer: Answer, filters: Filters) -> str:
    """The address that asks the question in full, with its filters."""
    chosen = {
        "q": [answer.query.completed or answer.query.typed],
        "loai": sorted(map(pieces.capitalised, filters.kinds)),
        "coquan": sorted(filters.issuers),
        "nam": [str(year) for year in sorted(filters.years)],
    }
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{urlencode(chosen, doseq=True)}"


def show_judgement(outcome: Answer | NoAnswer, visit: Visit) -> None:
    """Thumbs; after a thumb down the right answer may be said. A question is judged once in a visit."""
    words, question = visit.words.answers, outcome.query.completed or outcome.query.typed
    judged: dict[str, str] = st.session_state.setdefault("judged", {})
    state = judged.get(question)
    with st.container(horizontal=True, vertical_alignment="center", key="judgement", gap="small"):
        if state == "done":
            st.html(pieces.small_note(words.thanks))
            return
        st.html(pieces.small_note(words.good), width="content")
        verdict = st.feedback("thumbs", key=f"thumbs-{question}")
    if verdict == 1:
        _record(outcome, visit, good=True)
        judged[question] = "done"
        st.rerun()
    elif verdict == 0:
        _ask_what_is_right(outcome, judged, question, visit)


def _ask_what_is_right(outcome: Answer | NoAnswer, judged: dict[str, str], question: str, visit: Visit) -> None:
    words = visit.words.answers
    known = sorted({document.file for document in visit.library().engine.documents()})
    with st.form("what-is-right"):
        st.html(pieces.small_heading(words.what_is_right))
        right = st.text_input(words.right_answer, key="right-answer")
        file = st.selectbox(words.right_source, known, index=None, placeholder=words.no_source, key="right-file")
        quote = st.text_area(words.right_quote, key="right-quote")
        if st.form_submit_button(words.send, type="primary", icon=":material/send:"):
            _record(outcome, visit, good=False, right=(right or None, file, quote or None))
            judged[question] = "done"
            st.rerun()


def _record(
    outcome: Answer | NoAnswer,
    visit: Visit,
    *,
    good: bool,
    right: tuple[str | None, str | None, str | None] = (None, None, None),
) -> None:
    query, answered = outcome.query, isinstance(outcome, Answer)
    said = Feedback(
        now(),
        visit.visitor.name,
        query.completed or query.typed,
        "unanswerable" if good and not answered else query.kind.value,
        good,
        outcome.text if isinstance(outcome, Answer) else "",
        files_of(outcome) if answered else (),
        tuple(citation.quote for citation in outcome.citations) if isinstance(outcome, Answer) else (),
        *right,
    )
    records = visit.records()
    records.feedback.add(said)
    records.note(visit.visitor, Action.FEEDBACK, f"{'👍' if good else '👎'} {said.question}", *said.files)


def show_related(cited: Sequence[Document], engine: Engine, visit: Visit) -> None:
    """Documents linked with those cited, and the duties that these state."""
    words = visit.words.answers
    unique = list({document.id: document for document in cited}.values())
    others = related(unique, engine.lineage_of, RELATED_SHOWN)
    with st.expander(words.related, icon=":material/hub:"):
        if not others:
            st.html(pieces.small_note(words.no_related))
        for document in others:
            if st.button(pieces.document_line(document, visit.words), key=f"related-{document.id}", type="tertiary"):
                open_document(visit, document)
        for document in unique:
            number = document.form.number
            if (
                number
                and document.duties
                and st.button(
                    words.duties_of.format(number=number),
                    key=f"duties-{document.id}",
                    icon=":material/event_available:",
                )
            ):
                visit.go(Room.DUTIES, tim=number)
