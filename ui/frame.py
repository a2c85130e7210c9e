"""What all pages share: brand, language switch, style."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from search.types import Language
from ui.wording import NAMES, WORDS, Words

HERE = Path(__file__).parent
LANGUAGE = "lang"
# Leaves the answer some 1,090 of 1,366 pixels, and takes the brand on one line.
SIDEBAR_PIXELS = 272


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
