"""The two dialogs of the page Nhiệm vụ: what is said of a row, and the letter of reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indexer.errors import BadInput
from office.audit import Action
from office.status import Change, Correction, Status, now
from search.agenda import Item
from search.register import Entry
from search.reminder import Sender, as_docx, reminder
from ui import agenda_view, pieces
from ui.visit import Visit

WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFERED = (Status.SENT, Status.CONFIRMED, Status.CORRECTED, Status.DISMISSED, Status.OPEN)


def show_update_dialog(item: Item, visit: Visit, today: date) -> None:
    """Sent, confirmed, corrected, dismissed or reset; saved into the office's records, which no update touches."""

    @st.dialog(visit.words.duties.what_to_do, width="medium")
    def show() -> None:
        words = visit.words.duties
        st.html(agenda_view.duty_row(item, today, visit.words))
        status = st.segmented_control(
            words.what_to_do,
            OFFERED,
            format_func=lambda one: words.actions[one.value],
            default=Status.SENT,
            required=True,
            key="new-status",
            label_visibility="collapsed",
        )
        with st.form("update-duty", border=False):
            change = _change(status, item, visit, today)
            saved = st.form_submit_button(words.save, type="primary", icon=":material/save:")
        if item.row.state and item.row.state.history:
            st.html(agenda_view.history(item.row.state.history, visit.words))
        if saved:
            _save(item, change, visit)

    show()


def _change(status: Status, item: Item, visit: Visit, today: date) -> Change:
    """The fields of one kind of change, as they stand now."""
    words, correction, sent_on, due_on = visit.words.duties, None, None, None
    if status is Status.SENT:
        due_on = item.day
        sent_on = st.date_input(words.sent_day, today, format="DD/MM/YYYY", key="sent-on")
    if status is Status.CORRECTED:
        correction = _correction(item, visit)
    note = st.text_input(words.note_field, key="note", max_chars=300)
    return Change(status, visit.visitor.name, now(), note or "", due_on, sent_on, correction)


def _correction(item: Item, visit: Visit) -> Correction:
    """Every slot, filled with what was read; None for what was left as it was."""
    words, duty = visit.words.duties, item.row.duty
    deadline = duty.deadline
    who = st.text_area(words.correct_who, "\n".join(duty.bearers), help=words.one_a_line, key="who")
    what = st.text_area(words.correct_what, duty.product or duty.action, key="what")
    to = st.text_area(words.correct_to, "\n".join(duty.recipients), help=words.one_a_line, key="to")
    when = st.text_input(words.correct_when, deadline.written if deadline else "", key="when")
    day = st.date_input(words.correct_day, item.day, format="DD/MM/YYYY", key="day")
    return Correction(
        bearers=_changed(_lines(who), duty.bearers),
        action=what if what and what != (duty.product or duty.action) else None,
        recipients=_changed(_lines(to), duty.recipients),
        by_when=when if when and when != (deadline.written if deadline else "") else None,
        dates=(day,) if isinstance(day, date) and day != item.day else None,
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _changed(new: tuple[str, ...], old: tuple[str, ...]) -> tuple[str, ...] | None:
    return None if new == old else new


def _save(item: Item, change: Change, visit: Visit) -> None:
    records = visit.records()
    try:
        records.duties.record(item.row.names[0], change)
    except BadInput:
        st.html(pieces.notice(visit.words.duties.refused, "", "problem"))
        return
    subject = f"{visit.words.duties.actions[change.status.value]}: {item.row.duty.product or item.row.duty.action}"
    records.note(visit.visitor, Action.DUTY, subject, item.row.document.file)
    st.toast(visit.words.duties.saved, icon=":material/check:")
    st.rerun()


def show_letter_dialog(rows: Sequence[Entry], standing: str, visit: Visit) -> None:
    """The letter of reminder over the rows in sight; the form of the sender decides its form."""

    @st.dialog(visit.words.duties.letter, width="medium")
    def show() -> None:
        words = visit.words.duties
        st.html(pieces.small_note(words.letter_intro.format(count=visit.words.number(len(rows)), standing=standing)))
        with st.form("letter-form", border=False):
            sender = _sender(visit)
            written = st.form_submit_button(words.write_letter, type="primary", icon=":material/edit_document:")
        if written and not sender.issuer:
            st.html(pieces.notice(words.needs_issuer, "", "problem"))
        elif written:
            letter = as_docx(reminder(rows, sender, date.today(), None, None))
            st.download_button(
                words.download_letter,
                letter,
                file_name="cong-van-don-doc.docx",
                mime=WORD_FILE,
                icon=":material/download:",
                on_click="ignore",
            )

    show()


def _sender(visit: Visit) -> Sender:
    words = visit.words.duties
    unit = st.session_state.get("donvi") or ""
    left, right = st.columns(2)
    with left:
        issuer = st.text_input(words.issuer, unit, key="letter-issuer")
        place = st.text_input(words.place, key="letter-place")
        authority = st.text_input(words.authority, placeholder="TM. BAN THƯỜNG VỤ", key="letter-authority")
        signer = st.text_input(words.signer, key="letter-signer")
    with right:
        superior = st.text_input(words.superior, key="letter-superior")
        number = st.text_input(words.number, key="letter-number")
        position = st.text_input(words.position, placeholder="CHỦ TỊCH", key="letter-position")
    parts = (superior, place, number, authority, position, signer)
    return Sender((issuer or "").strip(), *((part or "").strip() or None for part in parts))
