"""The page Nhiệm vụ: the register as list, month and timeline, its downloads, and what people say of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from indexer.types import Span
from search.agenda import Item, Standing, agenda, by_standing, due_in, known_bodies, naming
from search.exports import ExportFormat, export
from search.register import DutyFilter, Entry, Register, Role, with_states
from ui import agenda_view, pieces
from ui.documents import open_document
from ui.duty_dialogs import show_letter_dialog, show_update_dialog
from ui.frame import show_foot
from ui.visit import Visit

# What the address holds.
UNIT, WORDS, VIEW, MONTH = "donvi", "tim", "xem", "thang"
LIST, CALENDAR, TIMELINE = "list", "month", "timeline"
ROWS_A_PAGE = 15
BODIES_OFFERED = 200
TIMELINE_BACK, TIMELINE_AHEAD = timedelta(days=183), timedelta(days=366)
# The order of first sight: what an office has to act on now.
FIRST_SHOWN = (Standing.SOON, Standing.OVERDUE, Standing.LATER, Standing.UNDATED)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_page(visit: Visit) -> None:
    words, today = visit.words.duties, date.today()
    st.html(pieces.page_head(words.heading, words.intro))
    library = visit.library()
    items = _chosen_items(library.engine.register, visit, today)
    if not items:
        st.html(pieces.notice(words.none, words.none_advice, "quiet"))
    else:
        _show_view(items, visit, today)
    show_foot(library.engine, visit)


def _chosen_items(register: Register, visit: Visit, today: date) -> list[Item]:
    """The rows of the unit and words chosen, with what the office's records say of each."""
    words = visit.words.duties
    with st.container(horizontal=True, vertical_alignment="bottom", key="duty-filters"):
        unit = st.selectbox(
            words.unit,
            known_bodies(register.rows)[:BODIES_OFFERED],
            index=None,
            key=UNIT,
            bind="query-params",
            placeholder=words.unit_placeholder,
            accept_new_options=True,
        )
        wanted = st.text_input(
            words.search, key=WORDS, bind="query-params", placeholder=words.search_placeholder, type="search"
        )
    found = register.find(DutyFilter(unit=unit or None))
    role = _choose_role(found, visit) if unit else None
    kept = [row for row in found if role is None or row.role is role]
    states = visit.records().duties.states(row.names for row in kept)
    return naming(agenda(with_states(kept, states), today), wanted or "")


def _choose_role(found: Sequence[Entry], visit: Visit) -> Role | None:
    words = visit.words.duties
    known = [role for role in Role if any(row.role is role for row in found)]
    if len(known) < 2:
        return None
    return st.pills(
        words.all_roles, known, format_func=words.roles.__getitem__, key="role", label_visibility="collapsed"
    )


def _show_view(items: Sequence[Item], visit: Visit, today: date) -> None:
    words = visit.words.duties
    with st.container(horizontal=True, horizontal_alignment="distribute", key="duty-views"):
        view = st.segmented_control(
            words.heading,
            [LIST, CALENDAR, TIMELINE],
            format_func=words.views.__getitem__,
            default=LIST,
            required=True,
            key=VIEW,
            bind="query-params",
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, width="content"):
            _show_downloads(items, visit)
    if view == CALENDAR:
        _show_month(items, visit, today)
    elif view == TIMELINE:
        _show_timeline(items, visit, today)
    else:
        _show_list(items, visit, today)


def _show_downloads(items: Sequence[Item], visit: Visit) -> None:
    """What is chosen, each row with the day that counts now; dismissed rows are left out."""
    words = visit.words.duties
    rows = [_with_day(item) for item in items if item.standing is not Standing.DISMISSED]
    st.download_button(
        words.excel,
        lambda: export(rows, ExportFormat.XLSX),
        file_name="nhiem-vu.xlsx",
        mime=SPREADSHEET,
        icon=":material/table:",
        on_click="ignore",
    )
    st.download_button(
        words.calendar,
        lambda: export(rows, ExportFormat.ICS),
        file_name="nhiem-vu.ics",
        mime="text/calendar",
        icon=":material/calendar_month:",
        on_click="ignore",
    )


def _with_day(item: Item) -> Entry:
    return replace(item.row, dates=(item.day,)) if item.day else item.row


# The list


def _show_list(items: Sequence[Item], visit: Visit, today: date) -> None:
    words, counts = visit.words.duties, by_standing(items)
    known = [standing for standing in Standing if counts[standing]]
    first = next(standing for standing in (*FIRST_SHOWN, *Standing) if counts[standing])
    chosen = st.pills(
        words.due,
        known,
        format_func=lambda standing: f"{words.standings[standing]} ({visit.words.number(counts[standing])})",
        default=first,
        required=True,
        key="standing",
        label_visibility="collapsed",
    )
    shown = [item for item in items if item.standing is chosen]
    if chosen in (Standing.OVERDUE, Standing.SOON, Standing.LATER):
        _letter_button([_with_day(item) for item in shown], words.standings[chosen], visit)
    _show_rows(shown, visit, today)


def _letter_button(rows: Sequence[Entry], standing: str, visit: Visit) -> None:
    if st.button(visit.words.duties.letter, icon=":material/mail:", key="letter"):
        show_letter_dialog(rows, standing, visit)


def _show_rows(items: Sequence[Item], visit: Visit, today: date) -> None:
    if not items:
        st.html(pieces.small_note(visit.words.duties.none_of_standing))
        return
    pages = -(-len(items) // ROWS_A_PAGE)
    rows = st.container(key="duties", gap="small")
    page = min(st.pagination(pages, key="duty-page"), pages) if pages > 1 else 1
    with rows:
        for place, item in enumerate(items[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]):
            _show_row(item, place, visit, today)


def _show_row(item: Item, place: int, visit: Visit, today: date) -> None:
    words, key = visit.words.duties, f"{place}-{item.row.key}"
    with st.container(key=f"duty-{key}", gap="small"):
        st.html(agenda_view.duty_row(item, today, visit.words))
        with st.container(horizontal=True):
            if visit.visitor.may_edit and st.button(words.update, key=f"update-{key}", icon=":material/edit:"):
                show_update_dialog(item, visit, today)
            if st.button(words.open, key=f"open-{key}", icon=":material/find_in_page:", type="tertiary"):
                stated = item.row.places[0]
                document = visit.library().engine.document(stated.document.id)
                if document is not None:
                    open_document(visit, document, Span(stated.start, stated.end))


# The month and the timeline


def _show_month(items: Sequence[Item], visit: Visit, today: date) -> None:
    words = visit.words.duties
    first = st.session_state.setdefault(MONTH, today.replace(day=1))
    with st.container(horizontal=True, key="months"):
        st.button(
            words.previous_month, icon=":material/chevron_left:", on_click=_turn, args=(first - timedelta(days=1),)
        )
        st.button(words.this_month, on_click=_turn, args=(today,))
        after = first + timedelta(days=32)
        st.button(words.next_month, icon=":material/chevron_right:", on_click=_turn, args=(after,))
    due = due_in(items, first, after.replace(day=1) - timedelta(days=1))
    st.html(agenda_view.month_table(first.year, first.month, due, today, visit.words))


def _turn(day: date) -> None:
    st.session_state[MONTH] = day.replace(day=1)


def _show_timeline(items: Sequence[Item], visit: Visit, today: date) -> None:
    words = visit.words.duties
    due = due_in(items, today - TIMELINE_BACK, today + TIMELINE_AHEAD)
    points = agenda_view.timeline_points(due, today, visit.words)
    if not points:
        st.html(pieces.small_note(words.timeline_empty))
        return
    st.html(pieces.small_note(words.timeline_note))
    st.vega_lite_chart(points, _timeline(visit), alt=words.timeline_note)


def _timeline(visit: Visit) -> dict[str, Any]:
    words = visit.words.duties
    standings = [words.standings[s] for s in (Standing.OVERDUE, Standing.SOON, Standing.LATER, Standing.SENT)]
    return {
        "mark": {"type": "circle", "size": 140, "opacity": 0.85},
        "height": {"step": 34},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": words.timeline_day, "axis": {"format": "%m/%Y"}},
            "y": {"field": "body", "type": "nominal", "title": None, "axis": {"labelLimit": 260}},
            "color": {
                "field": "standing",
                "type": "nominal",
                "title": None,
                "scale": {"domain": standings, "range": ["#c0392b", "#c88a12", "#5a7ca8", "#3d8f5d"]},
                "legend": {"orient": "top"},
            },
            "tooltip": [
                {"field": "day", "type": "temporal", "format": "%d/%m/%Y", "title": words.timeline_day},
                {"field": "body", "title": words.timeline_unit},
                {"field": "what", "title": words.correct_what},
                {"field": "document", "title": words.stated_in},
            ],
        },
    }
