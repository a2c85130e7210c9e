"""The page Kho: documents in and out, the update with its progress, what became of each file, the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from indexer.build import build
from indexer.errors import BadInput, ReadError
from office.audit import Action, as_csv
from office.feedback import gold_candidates
from office.folder import Arrival, Arrived, Removed, digests, put_back, remove, removed, same_content, take_in
from office.status import now
from search.stock import FileState, StockFile, check, same_document, stock
from ui import pieces, stockroom
from ui.frame import show_foot
from ui.library import Library
from ui.visit import Visit

ROWS_A_PAGE = 20
LOG_ROWS = 50
EVERYTHING, COPIES = "everything", "copies"


def show_page(visit: Visit) -> None:
    words = visit.words.upload
    if not visit.visitor.may_keep:
        st.html(pieces.page_head(words.heading))
        st.html(pieces.notice(visit.words.access.no_right, visit.words.access.no_right_advice, "quiet"))
        return
    st.html(pieces.page_head(words.heading, words.intro))
    library = visit.library_or_none()
    files = _files(library, visit)
    _show_adding(visit)
    _show_update(files, visit)
    _show_files(files, library, visit)
    _show_removed(visit)
    if library is not None:
        _show_health(library, visit)
    _show_log(visit)
    if library is not None:
        show_foot(library.engine, visit)


def _files(library: Library | None, visit: Visit) -> list[StockFile]:
    """Every file that this keeper may know of."""
    hidden = visit.hidden_files()
    folder = {file: sha256 for file, sha256 in digests(visit.place.corpus).items() if file not in hidden}
    if library is None:
        return stock((), (), folder)
    return stock(library.engine.documents(), library.engine.summary().failures, folder)


# What comes in


def _show_adding(visit: Visit) -> None:
    words = visit.words.upload
    st.html(pieces.small_heading(words.add))
    with st.form("add", clear_on_submit=True, border=False), st.container(key="drop-zone"):
        st.html(stockroom.drop_words(visit.words))
        chosen = st.file_uploader(words.drop, accept_multiple_files=True, label_visibility="collapsed")
        pressed = st.form_submit_button(words.put_in, type="primary", icon=":material/upload:")
    if pressed and chosen:
        st.session_state.arrived = [_take_in(file, visit) for file in chosen]
        _update(visit)
    if lines := st.session_state.get("arrived"):
        st.html(stockroom.result_list(lines))


def _take_in(file: UploadedFile, visit: Visit) -> tuple[str, str]:
    """The name of a file that came in, and what became of it, in words."""
    try:
        arrived = take_in(visit.place.corpus, file.name, file.getvalue())
    except (BadInput, ReadError):
        return file.name, visit.words.upload.refused
    if arrived.arrival is not Arrival.SAME:
        visit.records().note(visit.visitor, Action.ADDED, arrived.file, arrived.file)
    return file.name, _arrival_words(arrived, visit)


def _arrival_words(arrived: Arrived, visit: Visit) -> str:
    words = visit.words.upload
    if arrived.arrival is Arrival.SAME and arrived.file in visit.hidden_files():
        return words.same_as_hidden
    return words.arrivals[arrived.arrival].format(file=arrived.file)


# The update


def _show_update(files: Sequence[StockFile], visit: Visit) -> None:
    words = visit.words.upload
    if report := st.session_state.get("report"):
        st.html(stockroom.update_result(report, visit.words))
    pending = sum(one.state in (FileState.WAITING, FileState.CHANGED, FileState.GONE) for one in files)
    with st.container(horizontal=True, vertical_alignment="center", key="update"):
        note = words.waiting.format(count=visit.words.number(pending)) if pending else words.up_to_date
        if st.button(
            words.update, type="primary" if pending else "secondary", icon=":material/sync:", key="update-now"
        ):
            _update(visit)
            st.rerun()
        failed = any(one.state is FileState.FAILED for one in files)
        if failed and st.button(words.retry, icon=":material/refresh:"):
            _update(visit, retry=True)
            st.rerun()
        st.html(pieces.small_note(note), width="content")


def _update(visit: Visit, *, retry: bool = False) -> None:
    """Builds the next generation; the one before answers meanwhile. The report is shown by the next run."""
    words, place = visit.words.upload, visit.place
    st.html(pieces.small_note(words.updating))
    bar = st.progress(0.0, " ")
    started = monotonic()

    def progress(done: int, total: int, file: str) -> None:
        bar.progress(done / max(total, 1), stockroom.progress_words(done, total, monotonic() - started, visit.words))

    st.session_state.report = report = build([place.corpus], place.index, place.model, progress=progress, retry=retry)
    bar.progress(1.0, words.writing)
    visit.records().note(visit.visitor, Action.UPDATED, f"{report.read} / {len(report.failures)}")


# The files


def _show_files(files: Sequence[StockFile], library: Library | None, visit: Visit) -> None:
    words = visit.words.upload
    st.html(pieces.small_heading(words.files))
    if not files:
        st.html(pieces.notice(words.no_files, "", "quiet"))
        return
    shown = st.segmented_control(
        words.show,
        stockroom.choices(files, EVERYTHING, COPIES),
        format_func=lambda choice: stockroom.choice_words(choice, files, visit.words),
        default=EVERYTHING,
        required=True,
        key="shown-files",
        label_visibility="collapsed",
    )
    if shown == COPIES:
        _show_copies(library, visit)
    else:
        _show_rows([one for one in files if shown in (EVERYTHING, one.state)], visit)


def _show_rows(files: Sequence[StockFile], visit: Visit) -> None:
    pages = -(-len(files) // ROWS_A_PAGE)
    rows = st.container(key="stock", gap="small")
    page = min(st.pagination(pages, key="stock-page"), pages) if pages > 1 else 1
    with rows:
        for one in files[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]:
            with st.container(horizontal=True, vertical_alignment="center", key=f"stock-{one.file}"):
                st.html(stockroom.file_row(one, visit.words))
                if one.state is not FileState.GONE:
                    _remove_button(one, visit)


def _remove_button(one: StockFile, visit: Visit) -> None:
    words = visit.words.upload
    st.button(
        words.remove,
        key=f"remove-{one.file}",
        type="tertiary",
        icon=":material/remove_circle:",
        help=words.remove_note,
        on_click=_remove,
        args=(one.file, visit),
    )


def _remove(file: str, visit: Visit) -> None:
    remove(visit.place.corpus, file, now().astimezone().replace(tzinfo=None))
    visit.records().note(visit.visitor, Action.REMOVED, file, file)
    st.session_state.pop("report", None)


def _show_copies(library: Library | None, visit: Visit) -> None:
    words, hidden = visit.words.upload, visit.hidden_files()
    known = {file: sha256 for file, sha256 in digests(visit.place.corpus).items() if file not in hidden}
    groups = same_content(known)
    copies = same_document(library.engine.documents()) if library else []
    if not groups and not copies:
        st.html(pieces.small_note(words.no_copies))
    if groups:
        st.html(stockroom.groups(words.same_files, groups))
    if copies:
        named = [tuple(dict.fromkeys(document.file for document in group)) for group in copies]
        st.html(stockroom.groups(words.same_documents, named))


def _show_removed(visit: Visit) -> None:
    words, hidden = visit.words.upload, visit.hidden_files()
    gone = [one for one in removed(visit.place.corpus) if one.file not in hidden]
    if not gone:
        return
    with st.expander(f"{words.removed} ({visit.words.number(len(gone))})"):
        for one in gone[:ROWS_A_PAGE]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(stockroom.removed_row(one))
                st.button(words.put_back, key=f"back-{one.place}", on_click=_put_back, args=(one, visit))


def _put_back(gone: Removed, visit: Visit) -> None:
    file = put_back(visit.place.corpus, gone)
    visit.records().note(visit.visitor, Action.RESTORED, file, file)


# Health and log


def _show_health(library: Library, visit: Visit) -> None:
    words = visit.words.upload
    st.html(pieces.small_heading(words.health))
    st.html(stockroom.health(library.engine.summary(), str(visit.place.corpus), visit.words))
    if st.button(words.check, icon=":material/health_and_safety:"):
        with st.spinner(words.checking):
            problem = check(visit.place.index)
        if problem is None:
            st.html(pieces.notice(words.sound, "", "quiet"))
        else:
            st.html(pieces.notice(words.damaged, words.damaged_advice, "problem"))
            with st.expander(visit.words.technical):
                st.code(problem, language=None, wrap_lines=True)


def _show_log(visit: Visit) -> None:
    words, hidden = visit.words.upload, visit.hidden_files()
    records = visit.records()
    with st.expander(words.log, icon=":material/history:"):
        entries = records.log.latest(LOG_ROWS, hidden)
        st.html(stockroom.log_table(entries, visit.words))
        with st.container(horizontal=True):
            _export(words.log_export, "nhat-ky.csv", lambda: as_csv(records.log.latest(10**6, hidden), words.log_heads))
            _export(words.gold, "danh-gia.jsonl", lambda: gold_candidates(records.feedback.all(hidden)))
        st.html(pieces.small_note(words.gold_note))


def _export(label: str, name: str, content: Callable[[], bytes]) -> None:
    st.download_button(label, content, file_name=name, icon=":material/download:", on_click="ignore")
