"""The pieces of the page Kho as HTML. Pure: values in, escaped HTML out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from indexer.build import BuildReport
from office.audit import LogEntry
from office.folder import Removed
from search.stock import FileState, StockFile
from search.types import IndexSummary
from ui.pieces import document_line, written_time
from ui.wording import Words


def drop_words(words: Words) -> str:
    """The wording of the drop zone, which the toolkit has in English alone; the style sheet shows it in its place."""
    named = words.upload
    pairs = (("--drop", named.drop), ("--drop-note", named.drop_note), ("--choose", named.choose))
    return "<style>:root {" + " ".join(f'{name}: "{said}";' for name, said in pairs) + "}</style>"


def result_list(lines: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<li><strong>{escape(name)}</strong>: {escape(said)}</li>" for name, said in lines)
    return f'<ul class="results" role="status">{rows}</ul>'


def update_result(report: BuildReport, words: Words) -> str:
    named, failed = words.upload, len(report.failures)
    if not report.changed and not failed:
        said = named.unchanged
    else:
        said = named.updated.format(read=words.number(report.read), failed=words.number(failed))
    more = f" {named.still_failed}" if failed else ""
    return f'<p class="update-result" role="status">{escape(said + more)}</p>'


def progress_words(done: int, total: int, seconds: float, words: Words) -> str:
    """How far, and after a moment how long it will take at the pace so far."""
    said = words.upload.progress.format(done=words.number(done), total=words.number(total))
    if done < 3 or seconds < 2:
        return said
    left = seconds / done * (total - done)
    time = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"
    return f"{said}, {words.upload.time_left.format(time=time)}"


def choices(files: Sequence[StockFile], everything: str, copies: str) -> list[str]:
    """Everything, each state that a file has, and copies."""
    states = [state.value for state in FileState if any(one.state is state for one in files)]
    return [everything, *(states if len(states) > 1 else []), copies]


def choice_words(choice: str, files: Sequence[StockFile], words: Words) -> str:
    if choice in [*FileState]:
        count = sum(one.state == choice for one in files)
        return f"{words.upload.states[FileState(choice)]} ({words.number(count)})"
    if choice == "copies":
        return words.upload.copies
    return f"{words.upload.everything} ({words.number(len(files))})"


def file_row(one: StockFile, words: Words) -> str:
    """A file, its state, and the documents in it or the reason why there are none."""
    named = words.upload
    state = f'<span class="state {one.state.value}">{escape(named.states[one.state])}</span>'
    said = words.foot.failure_reason(one.reason) if one.reason else named.state_notes.get(one.state, "")
    documents = "".join(f"<br>{escape(document_line(document, words))}" for document in one.documents)
    note = escape(said) + (documents.removeprefix("<br>") if not said else documents)
    return (
        f'<div class="stock-file"><p>{state} <strong>{escape(one.file)}</strong></p><p class="place">{note}</p></div>'
    )


def removed_row(gone: Removed) -> str:
    return f"<p><strong>{escape(gone.file)}</strong> · {gone.at:%H:%M %d/%m/%Y}</p>"


def groups(heading: str, found: Sequence[Sequence[str]]) -> str:
    rows = "".join(f"<li>{'<br>'.join(map(escape, group))}</li>" for group in found)
    return f'<div class="copies"><p><strong>{escape(heading)}</strong></p><ul>{rows}</ul></div>'


def health(summary: IndexSummary, folder: str, words: Words) -> str:
    named = words.upload
    rows = (
        (named.documents, words.number(summary.documents)),
        (named.passages, words.number(summary.passages)),
        (named.built_at, written_time(summary.built_at)),
        (named.folder, folder),
        (named.language_data, summary.embedder),
    )
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f'<dl class="fields">{listed}</dl>'


def log_table(entries: Sequence[LogEntry], words: Words) -> str:
    named = words.upload
    if not entries:
        return f'<p class="small-note">{escape(named.log_empty)}</p>'
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in named.log_heads)
    rows = "".join(_log_row(entry, words) for entry in entries)
    return (
        f'<p class="small-note">{escape(named.log_note)}</p>'
        f'<div class="facts log" tabindex="0" role="region" aria-label="{escape(named.log)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _log_row(entry: LogEntry, words: Words) -> str:
    heads = words.upload.log_heads
    cells = (written_time(entry.at.isoformat()), entry.who, words.upload.actions[entry.action], entry.subject)
    return (
        "<tr>"
        + "".join(f'<td data-head="{escape(h)}">{escape(c)}</td>' for h, c in zip(heads, cells, strict=True))
        + "</tr>"
    )
