"""The open document beside an answer: its text, and for PDF files and scans the original page with the quote marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import ReadError
from ui import pieces
from ui.pieces import Opened
from ui.wording import Words

if TYPE_CHECKING:
    from search.engine import Engine

TEXT, PAGE = "text", "page"


def show_opened(opened: Opened, engine: Engine, words: Words) -> None:
    """The text with its quote; where the file has pages, they are a switch away."""
    boxes = engine.boxes(opened.document, opened.span)
    view = _choose_view(words) if boxes else TEXT
    if view == PAGE:
        _show_page(opened, engine, words)
    else:
        st.html(pieces.open_document(opened, words), unsafe_allow_javascript=True)


def _choose_view(words: Words) -> str:
    names = {TEXT: words.answers.text_view, PAGE: words.answers.page_view}
    chosen = st.segmented_control(
        words.document.text_label,
        [TEXT, PAGE],
        format_func=names.__getitem__,
        default=TEXT,
        required=True,
        key="opened-view",
        label_visibility="collapsed",
    )
    return chosen or TEXT


def _show_page(opened: Opened, engine: Engine, words: Words) -> None:
    boxes = engine.boxes(opened.document, opened.span)
    page = boxes[0].page
    try:
        image = engine.page_image(opened.document, page)
    except ReadError:
        image = None
    if image is None:
        st.html(pieces.notice(words.answers.page_gone, "", "quiet"))
        return
    marked = [(box.left, box.top, box.right, box.bottom) for box in boxes if box.page == page]
    alt = f"{pieces.document_line(opened.document, words)}, {words.document.page.format(page=page)}"
    st.html(pieces.original_page(image.png, (image.width, image.height), marked, alt))
