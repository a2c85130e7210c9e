"""The page Mạng lưới: a picture around one document, what is cited but not held, what has no plan yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search.network import Network, around, linked, most_linked, network
from ui import pieces
from ui.documents import open_document
from ui.dot import dot
from ui.frame import show_foot
from ui.sheet import short_name
from ui.visit import Visit

if TYPE_CHECKING:
    from search.engine import Engine

# Beyond this a picture on an office's screen can't be read any more.
MOST_NODES = 40
LISTED = 30
EVERYTHING = ""
CENTRE = "id"


def show_page(visit: Visit) -> None:
    words, library = visit.words.network, visit.library()
    st.html(pieces.page_head(words.heading, words.intro))
    whole = network(library.engine.documents())
    if whole.edges:
        _show_picture(whole, visit)
    else:
        st.html(pieces.notice(words.no_links, words.no_links_advice, "quiet"))
    left, right = st.columns(2, gap="medium")
    with left:
        _show_not_held(library.engine, visit)
    with right:
        _show_without_plan(library.engine, visit)
    show_foot(library.engine, visit)


def _show_picture(whole: Network, visit: Visit) -> None:
    words, all_linked = visit.words.network, linked(whole)
    centre, steps = _choose(whole, all_linked, visit)
    shown = around(whole, centre, steps, MOST_NODES) if centre else all_linked
    total = len(around(whole, centre, steps, len(whole.nodes)).nodes) if centre else len(all_linked.nodes)
    if total > len(shown.nodes):
        count = visit.words.number(len(shown.nodes))
        st.html(pieces.small_note(words.cut.format(count=count, total=visit.words.number(total))))
    with st.container(key="network-picture"):
        st.graphviz_chart(dot(shown, centre, visit.words), alt=words.picture)
    st.html(pieces.small_note(words.legend))


def _choose(whole: Network, all_linked: Network, visit: Visit) -> tuple[str, int]:
    """The document in the middle ("" for all, where all can be read), and how many steps around it."""
    words = visit.words.network
    held = [node.id for node in all_linked.nodes.values() if node.document]
    options = ([EVERYTHING] if len(all_linked.nodes) <= MOST_NODES else []) + held
    asked = st.query_params.get(CENTRE)
    first = asked if asked in options else (options[0] if options[0] == EVERYTHING else most_linked(whole))
    with st.container(horizontal=True, vertical_alignment="bottom", key="network-choice"):
        centre = st.selectbox(
            words.centre,
            options,
            index=options.index(first) if first in options else 0,
            format_func=lambda id_: _name(whole, id_, visit),
            key="centre",
        )
        steps = st.segmented_control(
            words.steps, [1, 2, 3], format_func=words.step_names.__getitem__, default=2, required=True, key="steps"
        )
    return centre or EVERYTHING, steps or 2


def _name(whole: Network, id_: str, visit: Visit) -> str:
    document = whole.nodes[id_].document if id_ else None
    return pieces.document_line(document, visit.words) if document else visit.words.network.everything


def _show_not_held(engine: Engine, visit: Visit) -> None:
    """Those cited most often first."""
    words = visit.words.network
    st.html(pieces.small_heading(words.not_held))
    missing = sorted(engine.not_held(), key=lambda cited: -len(cited.by))
    st.html(pieces.small_note(words.not_held_note if missing else words.none_missing))
    rows = [
        (cited.number, words.cited_by.format(documents=", ".join(short_name(one, visit.words) for one in cited.by)))
        for cited in missing[:LISTED]
    ]
    st.html(pieces.named_lines(rows))


def _show_without_plan(engine: Engine, visit: Visit) -> None:
    """A directive that is held is a click away; of one that is only cited the number is all there is."""
    words = visit.words.network
    st.html(pieces.small_heading(words.without_plan))
    found = engine.without_own_plan()
    st.html(pieces.small_note(words.without_plan_note if found else words.all_planned))
    held = {cited.number: engine.documents_numbered(cited.number)[:1] for cited in found[:LISTED]}
    with st.container(key="unplanned", gap=None):
        for document in (document for documents in held.values() for document in documents):
            label = pieces.document_line(document, visit.words)
            if st.button(label, key=f"unplanned-{document.id}", type="tertiary"):
                open_document(visit, document)
    st.html(
        pieces.named_lines([(number, f"({visit.words.shelf.not_held})") for number, docs in held.items() if not docs])
    )
