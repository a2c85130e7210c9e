"""One document as HTML: its head, form fields, outline and text. Pure: values in, escaped HTML out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from indexer.types import Document, Duty, Form, Received, Signer, Span, Target
from ui.display import render_document, section_anchor
from ui.pieces import SCROLL_TO_QUOTE, capitalised, document_line, title_line, written_date
from ui.wording import Words


def shelf_row(document: Document, words: Words) -> str:
    """What stands under a document's name in the list: its title, and what sets it apart."""
    form, marks = document.form, []
    if form.issuer:
        marks.append(escape(form.issuer))
    if form.issued_on:
        marks.append(f'<span class="date">{written_date(form.issued_on)}</span>')
    marks += [f'<span class="chip strong">{escape(mark)}</span>' for mark in (form.secrecy, form.urgency) if mark]
    if document.duties:
        marks.append(escape(f"{words.number(len(document.duties))} {words.shelf.duties.lower()}"))
    return (
        f'<p class="title">{escape(title_line(document))}</p><p class="place">{" · ".join(marks)}</p>'
        if marks
        else f'<p class="title">{escape(title_line(document))}</p>'
    )


def short_name(document: Document, words: Words) -> str:
    """Kế hoạch số 284-KH/BKTTW; the file where nothing else is known."""
    form = document.form
    named = " ".join(
        filter(
            None,
            (
                capitalised((form.kind or "").lower()) or None,
                words.document.number.format(number=form.number) if form.number else None,
            ),
        )
    )
    return named or f"{words.document.file} {document.file}"


def document_head(document: Document, words: Words) -> str:
    return (
        f'<div class="page-head"><h1 class="document-name">{escape(document_line(document, words))}</h1>'
        f'<p lang="vi">{escape(title_line(document))}</p></div>'
    )


def text_pane(document: Document, highlight: Span | None, words: Words) -> str:
    """The whole text; with a highlight, the script that scrolls to it."""
    label = escape(words.document.text_label)
    return (
        f'<section class="document" id="document" aria-label="{label}">'
        f'<div class="text" id="document-text" role="region" tabindex="0" lang="vi" aria-label="{label}">'
        f"{render_document(document, highlight, words.document.page)}</div></section>"
        f"{SCROLL_TO_QUOTE if highlight else ''}"
    )


def form_fields(document: Document, words: Words) -> str:
    """The form as a list of names and values; what the document doesn't say is left out, what it lacks is named."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in _fields(document, words) if value)
    return f'<dl class="fields">{rows}</dl>{_missing(document.form, words)}'


def _fields(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    form, named = document.form, words.shelf
    yield named.kind, escape(capitalised((form.kind or "").lower()))
    yield named.number, escape(form.number or "")
    yield named.issuer, escape(form.issuer or "")
    yield named.superior, escape(form.superior or "")
    yield named.place, escape(form.place or "")
    yield named.issued_on, _day(form.issued_on, form.issued_on_source)
    yield named.summary, escape(capitalised(form.summary or ""))
    yield named.addressee, _list(form.addressee)
    yield named.signer, _signer(form.signer)
    yield named.recipients, _list(form.recipients)
    yield named.secrecy, escape(form.secrecy or "")
    yield named.urgency, escape(form.urgency or "")
    yield named.received, _received(form.received, words)
    yield named.pages, words.number(len(document.page_starts)) if document.page_starts else ""
    yield named.file, escape(document.file)


def _day(day: date | None, source: str | None) -> str:
    if day is None:
        return ""
    return written_date(day) + (f' <span class="small-note">({escape(source)})</span>' if source else "")


def _list(names: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(name)}</li>" for name in names) + "</ul>" if names else ""


def _signer(signer: Signer | None) -> str:
    if signer is None:
        return ""
    office = " ".join(filter(None, (signer.authority, signer.office)))
    return escape(signer.name) + (f' <span class="small-note">({escape(office)})</span>' if office else "")


def _received(received: Received | None, words: Words) -> str:
    if received is None:
        return ""
    day = written_date(received.date) if received.date else ""
    number = words.shelf.received_number.format(number=received.number) if received.number else ""
    return escape(", ".join(filter(None, (day, number))))


def _missing(form: Form, words: Words) -> str:
    if not (form.kind or form.number):
        return ""
    if not form.missing:
        return f'<p class="small-note">✓ {escape(words.shelf.missing_none)}</p>'
    parts = ", ".join(words.shelf.missing_parts.get(part, part) for part in form.missing)
    return f'<p class="missing"><strong>{escape(words.shelf.missing)}</strong> {escape(parts)}.</p>'


def outline(document: Document, words: Words) -> str:
    """Sections as links into the text beside them."""
    titled = [(n, section) for n, section in enumerate(document.sections) if section.heading]
    if not titled:
        return f'<p class="small-note">{escape(words.shelf.no_outline)}</p>'
    items = "".join(
        f'<li class="level-{min(section.level, 4)}"><a href="#{section_anchor(n)}">'
        f"{escape(section.title.replace('*', ''))}</a></li>"
        for n, section in titled
    )
    return f'<ul class="outline" lang="vi">{items}</ul>'


def duty_lines(document: Document, words: Words) -> str:
    """What the document lays upon whom, by when."""
    if not document.duties:
        return f'<p class="small-note">{escape(words.shelf.no_duties)}</p>'
    return f'<ul class="duties" lang="vi">{"".join(_duty(duty, words) for duty in document.duties)}</ul>'


def _duty(duty: Duty, words: Words) -> str:
    who = ", ".join(map(capitalised, duty.bearers))
    to = f" → {', '.join(duty.recipients)}" if duty.recipients else ""
    written = duty.deadline.written if duty.deadline else ""
    by_when = (
        f"<strong>{escape(capitalised(written))}</strong>"
        if written
        else f'<span class="small-note">{escape(words.shelf.no_deadline)}</span>'
    )
    return f"<li>{escape(who)}: {escape(duty.product or duty.action)}{escape(to)}<br>{by_when}</li>"


def target_lines(targets: Sequence[Target], text: str) -> str:
    return (
        f'<ul class="duties" lang="vi">{"".join(f"<li>{escape(_plain(t.span.of(text)))}</li>" for t in targets)}</ul>'
    )


def link_line(relation: str, number: str, held: bool, words: Words) -> str:
    """One reference: what the one document does with the other."""
    note = "" if held else f' <span class="small-note">({escape(words.shelf.not_held)})</span>'
    return f'<p class="reference">{escape(relation)}: <strong>{escape(number)}</strong>{note}</p>'


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())
