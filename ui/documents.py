"""The page Văn bản: the shelf of all documents, and one document with its form, outline, references and duties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from indexer.types import Document, Span
from office.folder import original
from search.lineage import Link
from search.shelf import Order, bundled_with, find_documents
from ui import pieces, sheet
from ui.filters import choose_filters
from ui.frame import show_foot
from ui.library import Library
from ui.visit import Room, Visit

if TYPE_CHECKING:
    from search.engine import Engine

# What the address holds: the open document, and the place in it that is highlighted.
DOCUMENT, START, END = "id", "tu", "den"
WORDS, ORDER = "tim", "sapxep"
ROWS_A_PAGE = 15


def show_page(visit: Visit) -> None:
    library = visit.library()
    opened = st.query_params.get(DOCUMENT)
    if opened is None:
        _show_shelf(library, visit)
    elif (document := library.engine.document(opened)) is None:
        st.html(pieces.notice(visit.words.shelf.gone, visit.words.shelf.gone_advice, "quiet"))
        _back_button(visit)
    else:
        _show_document(document, library.engine, visit)
    show_foot(library.engine, visit)


def open_document(visit: Visit, document: Document, span: Span | None = None) -> None:
    """Goes to a document, at a place in it."""
    place = {START: str(span.start), END: str(span.end)} if span else {}
    visit.go(Room.DOCUMENTS, **({DOCUMENT: document.id} | place))


# The shelf


def _show_shelf(library: Library, visit: Visit) -> None:
    words = visit.words.shelf
    st.html(pieces.page_head(words.heading, words.intro))
    with st.container(horizontal=True, vertical_alignment="bottom", key="shelf-search"):
        wanted = st.text_input(
            words.search,
            key=WORDS,
            bind="query-params",
            placeholder=words.placeholder,
            type="search",
            icon=":material/search:",
            label_visibility="collapsed",
        )
        order = st.selectbox(
            words.order,
            [*Order],
            format_func=words.orders.__getitem__,
            key=ORDER,
            width=260,
            label_visibility="collapsed",
        )
    filters = choose_filters(library.holdings, visit.words)
    found = find_documents(library.engine.documents(), wanted or "", filters, order)
    if found:
        _show_rows(found, visit)
    else:
        st.html(pieces.notice(words.none_found, words.none_found_advice, "quiet"))


def _show_rows(found: Sequence[Document], visit: Visit) -> None:
    st.html(pieces.small_note(visit.words.shelf.found.format(count=visit.words.number(len(found)))))
    pages = -(-len(found) // ROWS_A_PAGE)
    heading = st.container(key="shelf", gap="small")
    page = st.pagination(pages, key="shelf-page") if pages > 1 else 1
    with heading:
        for document in found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]:
            with st.container(key=f"row-{document.id}", gap=None):
                if st.button(sheet.short_name(document, visit.words), key=f"open-{document.id}", type="tertiary"):
                    open_document(visit, document)
                st.html(sheet.shelf_row(document, visit.words))


# One document


def _show_document(document: Document, engine: Engine, visit: Visit) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        _back_button(visit)
        _download_button(document, engine, visit)
    st.html(sheet.document_head(document, visit.words))
    about, text = st.columns([2, 3], gap="medium")
    with about:
        _show_about(document, engine, visit)
    with text, st.container(key="open-document"):
        pane = sheet.text_pane(document, _highlight(document), visit.words)
        st.html(pane, unsafe_allow_javascript=True)


def _show_about(document: Document, engine: Engine, visit: Visit) -> None:
    words = visit.words.shelf
    form, outline, references, duties = st.tabs([words.form, words.outline, words.references, words.duties])
    with form:
        st.html(sheet.form_fields(document, visit.words))
        _show_bundle(document, engine, visit)
    with outline:
        st.html(sheet.outline(document, visit.words))
    with references:
        _show_references(document, engine, visit)
    with duties:
        st.html(sheet.duty_lines(document, visit.words))
        if document.targets:
            st.html(pieces.small_heading(words.targets))
            st.html(sheet.target_lines(document.targets, document.text))


def _back_button(visit: Visit) -> None:
    st.button(visit.words.shelf.back, type="tertiary", icon=":material/arrow_back:", on_click=_back_to_shelf)


def _back_to_shelf() -> None:
    for name in (DOCUMENT, START, END):
        st.query_params.pop(name, None)


def _download_button(document: Document, engine: Engine, visit: Visit) -> None:
    """The file as it came in; not where another document of it may not be seen, and not where it has changed."""
    path = original(visit.place.corpus, document.file, document.sha256)
    if path is None:
        st.html(pieces.small_note(visit.words.shelf.no_original), width="content")
        return
    st.download_button(
        visit.words.shelf.download, path.read_bytes, file_name=path.name, icon=":material/download:", on_click="ignore"
    )


def _highlight(document: Document) -> Span | None:
    """The place that the address names; none where it names none that the text has."""
    start, end = st.query_params.get(START, ""), st.query_params.get(END, "")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    first, last = int(start), min(int(end), len(document.text))
    return Span(first, last) if first < last else None


def _show_bundle(document: Document, engine: Engine, visit: Visit) -> None:
    others = bundled_with(document, engine.documents())
    if others:
        st.html(pieces.small_heading(visit.words.shelf.bundled))
    for other in others:
        _document_button(other, visit, "bundle")


def _show_references(document: Document, engine: Engine, visit: Visit) -> None:
    """What it names and what names it, each held one a click away."""
    words = visit.words.shelf
    found = engine.lineage_of(document)
    st.html(pieces.small_heading(words.outgoing))
    if not found.outgoing:
        st.html(pieces.small_note(words.no_outgoing))
    for place, link in enumerate(found.outgoing):
        _show_link(link, link.number, words.relations[link.relation], link.target, f"out-{place}", visit)
    st.html(pieces.small_heading(words.incoming))
    if not found.incoming:
        st.html(pieces.small_note(words.no_incoming))
    for place, link in enumerate(found.incoming):
        number = link.source.form.number or link.source.file
        _show_link(link, number, words.relations_inward[link.relation], link.source, f"in-{place}", visit)


def _show_link(link: Link, number: str, relation: str, other: Document | None, key: str, visit: Visit) -> None:
    st.html(sheet.link_line(relation, number, other is not None, visit.words))
    if other is not None:
        _document_button(other, visit, key)


def _document_button(document: Document, visit: Visit, key: str) -> None:
    label = pieces.title_line(document)
    if st.button(label, key=f"{key}-{document.id}", type="tertiary", icon=":material/description:"):
        open_document(visit, document)
