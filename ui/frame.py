"""What all pages share: brand, navigation, language switch, style, foot, and the plain sentence for an error."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from search.types import Language
from ui import pieces
from ui.library import Place
from ui.visit import Room, Visit
from ui.wording import NAMES, WORDS, Words, error_words

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

    from search.engine import Engine

HERE = Path(__file__).parent
LANGUAGE = "lang"
# Leaves the answer some 1,090 of 1,366 pixels, and takes the brand on one line.
SIDEBAR_PIXELS = 272
ICONS = {
    Room.ASK: ":material/search:",
    Room.DUTIES: ":material/event_available:",
    Room.DOCUMENTS: ":material/description:",
    Room.NETWORK: ":material/account_tree:",
    Room.UPLOAD: ":material/inventory_2:",
    Room.QUALITY: ":material/monitoring:",
}


def configure() -> None:
    """Title, icon and width; before anything is shown."""
    title = WORDS[Language.VIETNAMESE].brand
    st.set_page_config(title, str(HERE / "icon.svg"), layout="wide", initial_sidebar_state=SIDEBAR_PIXELS)


def choose_language() -> Language:
    """The language of this visit, Vietnamese unless chosen otherwise; it stays in the address."""
    brand = st.sidebar.container(key="brand")
    if LANGUAGE not in st.session_state:
        asked = st.query_params.get(LANGUAGE)
        st.session_state[LANGUAGE] = asked if asked in [*Language] else Language.VIETNAMESE.value
    chosen = st.sidebar.segmented_control(
        WORDS[Language.VIETNAMESE].language,
        [language.value for language in Language],
        format_func=lambda value: NAMES[Language(value)],
        required=True,
        key=LANGUAGE,
        on_change=_keep_in_address,
        label_visibility="collapsed",
    )
    language = Language(chosen or Language.VIETNAMESE)
    words = WORDS[language]
    brand.html(f'<p class="brand">{escape(words.brand)}</p><p class="tagline">{escape(words.tagline)}</p>')
    return language


def _keep_in_address() -> None:
    st.query_params[LANGUAGE] = st.session_state[LANGUAGE]


def dress(language: Language, words: Words) -> None:
    """Style, and the language of the page for screen readers and for browsers that offer to translate."""
    st.html(HERE / "style.css")
    # The toolkit says "No results" in English alone; the style sheet shows this in its place.
    st.html(f'<style>:root {{ --no-issuer: "{words.filters.no_issuer}"; }}</style>')
    with st.container(key="page-language"):
        st.html(f'<script>document.documentElement.lang = "{language.value}";</script>', unsafe_allow_javascript=True)


def show_navigation(pages: Mapping[Room, Page], language: Language, words: Words) -> None:
    """The pages in the sidebar, below the brand; a language other than the first stays in the address."""
    kept = {LANGUAGE: language.value} if language is not Language.VIETNAMESE else {}
    with st.sidebar.container(key="navigation", gap=None):
        for room, page in pages.items():
            st.page_link(page, label=words.pages[room], icon=ICONS[room], width="stretch", query_params=kept)


def show_error(error: Exception, place: Place, words: Words) -> None:
    """What happened and what to do in plain words; the technical sentence only on request."""
    st.html(pieces.error_notice(error_words(words, error), str(place.corpus)))
    st.button(words.retry, type="primary")
    with st.expander(words.technical):
        st.code(str(error) or type(error).__name__, language=None, wrap_lines=True)


def show_foot(engine: Engine, visit: Visit) -> None:
    """What the collection holds, and which files of it could not be read."""
    summary, words = engine.summary(), visit.words
    with st.container(key="foot", gap="small"):
        st.html(pieces.foot(summary, words))
        if summary.failures:
            count = words.number(len(summary.failures))
            with st.expander(words.foot.failures.format(count=count), icon=":material/warning:"):
                st.html(pieces.failure_list(summary, words))
