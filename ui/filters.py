"""Filters chosen from what the documents are; they stay in the address. The same on every page that filters."""

from __future__ import annotations

import streamlit as st

from search.types import Filters
from ui import pieces
from ui.library import Holdings
from ui.wording import Words

# What the address holds, so that a link brings the filters back.
KINDS, ISSUERS, YEARS = "loai", "coquan", "nam"


def choose_filters(holdings: Holdings, words: Words) -> Filters:
    """Chosen in a popover, with what is chosen named beside it."""
    kinds = sorted(kind for kind, _ in holdings.kinds if kind)
    years = [str(year) for year in holdings.years]
    named = words.filters
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        with st.popover(named.button, icon=":material/filter_alt:"):
            chosen_kinds = st.pills(
                named.kinds, kinds, selection_mode="multi", key=KINDS, bind="query-params", format_func=_kind_label
            )
            chosen_issuers = st.multiselect(
                named.issuers,
                holdings.issuers,
                key=ISSUERS,
                bind="query-params",
                placeholder=named.all_issuers,
                select_all=False,
            )
            chosen_years = st.pills(named.years, years, selection_mode="multi", key=YEARS, bind="query-params")
        chosen = [*map(_kind_label, chosen_kinds), *chosen_issuers, *chosen_years]
        if chosen:
            st.html(pieces.active_filters(chosen, words), width="content")
            st.button(named.clear, type="tertiary", icon=":material/close:", on_click=_clear_filters)
    return Filters(frozenset(chosen_kinds), frozenset(chosen_issuers), frozenset(map(int, chosen_years)))


def _kind_label(kind: str) -> str:
    return pieces.capitalised(kind.lower())


def _clear_filters() -> None:
    for key in (KINDS, ISSUERS, YEARS):
        st.session_state[key] = []
