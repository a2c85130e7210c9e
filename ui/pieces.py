"""The pieces of a page as HTML: table of facts, citation, open document, evidence. Pure: values in, escaped out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from indexer.types import Document, Span
from search.access import Visitor
from search.reading import Reading
from search.types import Answer, Citation, Fact, Hit, IndexSummary, NoAnswer
from ui.display import render_document, render_quote
from ui.wording import ErrorWords, FactWords, Words

CITATION_NUMBER = re.compile(r"\[(\d+)\]")
# The source's own sentence after the answer and its number stands back behind them; a quote that is the answer doesn't.
ANSWER_THEN_QUOTE = re.compile(r"(.*?\[\d+\](?: ?\[\d+\])*\.?) +(.*“[^“”]{40,}”.*)")
# A yearly duty may have many dates; the table shows the next ones.
DATES_SHOWN = 3
# Passages listed under "Vì sao?"; those behind hardly ever hold the answer.
CONSIDERED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Opened:
    """The document that is open beside the answer. `n` is the citation's number, None for a passage that is near;
    `times` counts the openings, so that a second click on one citation scrolls again."""

    document: Document
    span: Span
    heading: tuple[str, ...]
    n: int | None
    times: int


def written_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def written_time(moment: str) -> str:
    """An ISO time as 15:50 20/11/2026; anything else as it is."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%H:%M %d/%m/%Y}"
    except ValueError:
        return moment


def capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def page_head(heading: str, intro: str = "") -> str:
    said = f"<p>{escape(intro)}</p>" if intro else ""
    return f'<div class="page-head"><h1>{escape(heading)}</h1>{said}</div>'


def visitor_line(visitor: Visitor, words: Words) -> str:
    said = words.access.roles[visitor.role] + (f", {words.access.cleared}" if visitor.cleared else "")
    return f'<p class="visitor"><strong>{escape(visitor.name)}</strong><br>{escape(said)}</p>'


def small_heading(text: str) -> str:
    return f'<h2 class="small-heading">{escape(text)}</h2>'


def small_note(text: str) -> str:
    return f'<p class="small-note">{escape(text)}</p>'


def nearest_heading(words: Words) -> str:
    heading, note = words.not_found.nearest, words.not_found.nearest_note
    return f'<div id="nearest">{small_heading(heading)}{small_note(note)}</div>'


def history_heading(words: Words, *, empty: bool) -> str:
    note = small_note(words.history_empty) if empty else ""
    return small_heading(words.history) + note


def active_filters(chosen: Sequence[str], words: Words) -> str:
    names = "".join(f'<span class="chip">{escape(name)}</span>' for name in chosen)
    return f'<div class="active-filters"><span>{escape(words.filters.active)}</span>{names}</div>'


def notice(heading: str, body: str, kind: str, advice: str = "") -> str:
    """kind is "problem" or "quiet"."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in (body, advice) if line)
    return f'<div class="notice {kind}" role="status"><h2>{escape(heading)}</h2>{lines}</div>'


def error_notice(error: ErrorWords, corpus: str) -> str:
    return notice(error.what, error.do.format(corpus=corpus), "problem")


def answer_text(text: str, citations: Sequence[Citation], words: Words) -> str:
    """The answer in large type. [1] links to its citation; numbers the text doesn't hold are added at its end."""
    known = {citation.n for citation in citations}
    named = {int(number) for number in CITATION_NUMBER.findall(text)}
    lines = [escape(line) for line in text.splitlines() if line.strip()]
    if not named & known and lines:
        lines[-1] += " " + "".join(f"[{citation.n}]" for citation in citations)
    body = "".join(_answer_line(line, known) for line in lines)
    return f'<section class="answer" aria-live="polite"><h2>{escape(words.answer)}</h2>{body}</section>'


def _answer_line(html: str, known: set[int]) -> str:
    parts = ANSWER_THEN_QUOTE.fullmatch(html)
    if parts is None:
        return f"<p>{_link_numbers(html, known)}</p>"
    return f'<p>{_link_numbers(parts[1], known)}</p><p class="quoted">{_link_numbers(parts[2], known)}</p>'


def _link_numbers(html: str, known: set[int]) -> str:
    return CITATION_NUMBER.sub(lambda found: _number_link(int(found[1])) if int(found[1]) in known else found[0], html)


def _number_link(n: int) -> str:
    return f'<a class="number" href="#citation-{n}">[{n}]</a>'


def fact_table(facts: Sequence[Fact], words: FactWords) -> str:
    """One row per fact; a column that no fact fills is left out. On a narrow screen each row becomes a card."""
    rows = [_fact_cells(fact, words) for fact in facts]
    heads = (words.who, words.what, words.to, words.via, words.by_when, words.dates, words.source)
    shown = [column for column in range(len(heads)) if any(row[column] for row in rows)]
    head = "".join(f'<th scope="col">{escape(heads[column])}</th>' for column in shown)
    body = "".join(
        "<tr>" + "".join(f'<td data-head="{escape(heads[c])}">{row[c] or "–"}</td>' for c in shown) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="facts"><table><caption>{escape(words.heading)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _fact_cells(fact: Fact, words: FactWords) -> tuple[str, ...]:
    """The cells of a row in the order of the heads, empty where the fact says nothing."""
    return (
        _names(fact.who),
        escape(capitalised(fact.what or "")),
        _names(fact.to),
        escape(capitalised(fact.via or "")),
        _deadline(fact, words),
        _dates(fact, words),
        " ".join(_number_link(n) for n in fact.citations),
    )


def _names(names: Sequence[str]) -> str:
    if len(names) < 2:
        return escape(capitalised("".join(names)))
    return "<ul>" + "".join(f"<li>{escape(capitalised(name))}</li>" for name in names) + "</ul>"


def _deadline(fact: Fact, words: FactWords) -> str:
    """As written, and how often where the writing itself doesn't say so."""
    written, every = fact.by_when or "", recurrence(fact.recurrence, words)
    strong = f"<strong>{escape(capitalised(written))}</strong>" if written else ""
    said = not every or every in written.lower().replace("hàng năm", "hằng năm")
    return strong if said else f'{strong}<span class="recurrence">{escape(capitalised(every))}</span>'


def _dates(fact: Fact, words: FactWords) -> str:
    days = [f'<span class="date">{written_date(day)}</span>' for day in fact.dates[:DATES_SHOWN]]
    if len(fact.dates) > DATES_SHOWN or (fact.dates and fact.recurrence):
        days.append(f'<span class="recurrence">{escape(words.more_dates)}</span>')
    return "<br>".join(days)


def recurrence(rule: str | None, words: FactWords) -> str:
    """An RRULE (RFC 5545) in words; empty where there is none or it says nothing of use to a reader."""
    if not rule:
        return ""
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    every = int(parts.get("INTERVAL", "1"))
    match parts.get("FREQ"):
        case "YEARLY":
            return _by_months({1: words.half_yearly, 3: words.quarterly}, parts, words.yearly)
        case "MONTHLY":
            named = {1: words.monthly, 3: words.quarterly, 6: words.half_yearly, 12: words.yearly}
            return named.get(every, words.every_months.format(months=every))
        case "WEEKLY":
            return words.weekly
        case _:
            return ""


def _by_months(named: Mapping[int, str], parts: Mapping[str, str], plain: str) -> str:
    """A yearly rule over two months is half-yearly, over four quarterly."""
    return named.get(parts.get("BYMONTH", "").count(","), plain)


def document_line(document: Document, words: Words) -> str:
    """Kế hoạch số 284-KH/BKTTW của Ban Kinh tế Trung ương, ngày 06/11/2024: the parts that are known."""
    form, named = document.form, words.document
    if not (form.kind or form.number):
        return f"{named.file} {document.file}"
    line = capitalised((form.kind or named.unnumbered).lower())
    if form.number:
        line += " " + named.number.format(number=form.number)
    if form.issuer:
        line += " " + named.issued_by.format(issuer=form.issuer)
    if form.issued_on:
        line += ", " + named.issued_on.format(date=written_date(form.issued_on))
    return line


def source_card(document: Document, span: Span, words: Words, *, n: int | None = None) -> str:
    """A quote and its document. A citation has a number; a passage that is merely near has none."""
    badge = f'<span class="badge">[{n}]</span>' if n is not None else ""
    anchor = f' id="citation-{n}"' if n is not None else ""
    return (
        f'<article class="source"{anchor}>'
        f"<header>{badge}<div><h3>{escape(document_line(document, words))}</h3>"
        f'<p class="title">{escape(title_line(document))}</p></div></header>'
        f'<blockquote lang="vi">{render_quote(document.text, span)}</blockquote>'
        "</article>"
    )


def title_line(document: Document) -> str:
    """The title on one line, without the emphasis asterisks that OCR leaves."""
    return capitalised(" ".join(document.title.replace("*", "").lstrip("# ").split()))


def whereabouts(document: Document, span: Span, heading: Sequence[str], words: Words) -> str:
    """Page, where the file knows pages, and heading path."""
    page = document.page(span.start)
    known = [
        *([escape(capitalised(words.document.page.format(page=page)))] if page else []),
        *_heading_path(heading, words),
    ]
    return f'<p class="place">{" · ".join(known)}</p>'


def _heading_path(heading: Sequence[str], words: Words) -> list[str]:
    path = " › ".join(" ".join(part.replace("*", "").split()).rstrip(".") for part in heading if part.strip())
    return [f"{escape(words.document.place)}: {escape(path)}"] if path else []


def open_document(opened: Opened, words: Words) -> str:
    """The document with the quote highlighted, and the script that scrolls to it."""
    document, named = opened.document, words.document
    back = named.back.format(n=opened.n) if opened.n is not None else named.back_plain
    target = f"#citation-{opened.n}" if opened.n is not None else "#nearest"
    return (
        f'<section class="document" id="document" aria-label="{escape(named.text_label)}" data-times="{opened.times}">'
        f"<header><h2>{escape(document_line(document, words))}</h2>"
        f'<p class="title">{escape(title_line(document))}</p>'
        f"{whereabouts(document, opened.span, opened.heading, words)}</header>"
        f'<div class="text" id="document-text" tabindex="0" lang="vi" aria-label="{escape(named.text_label)}">'
        f"{render_document(document, opened.span, named.page)}</div>"
        f'<footer><a href="{target}">↑ {escape(back)}</a><span>{escape(named.file)}: {escape(document.file)}</span>'
        f"</footer></section>{SCROLL_TO_QUOTE}"
    )


# Holds no data of ours or of documents.
SCROLL_TO_QUOTE = """<script>
requestAnimationFrame(() => {
  const text = document.getElementById("document-text");
  const quote = text && text.querySelector("mark");
  if (!quote) return;
  const offset = quote.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += offset - text.clientHeight / 4;
  const beside = document.querySelector(".st-key-open-document");
  if (beside) beside.scrollIntoView({ block: "start", behavior: "smooth" });
});
</script>"""


def named_lines(rows: Sequence[tuple[str, str]]) -> str:
    """Lines that begin with a name in bold."""
    listed = "".join(f"<li><strong>{escape(name)}</strong> {escape(said)}</li>" for name, said in rows)
    return f'<ul class="named">{listed}</ul>' if rows else ""


def figures(rows: Sequence[tuple[str, str]]) -> str:
    """Figures side by side, each over its name."""
    listed = "".join(f"<div><dd>{escape(value)}</dd><dt>{escape(name)}</dt></div>" for name, value in rows)
    return f'<dl class="figures">{listed}</dl>'


def bar_rows(rows: Sequence[tuple[str, float, str]]) -> str:
    """(name, share in 0..1, figure) as bars that need no chart."""
    listed = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td><i class="bar" aria-hidden="true">'
        f'<i style="width:{share:.0%}"></i></i></td><td>{escape(figure)}</td></tr>'
        for name, share, figure in rows
    )
    return f'<table class="bars"><tbody>{listed}</tbody></table>'


def reading_line(reading: Reading, completed: str | None, words: Words) -> str:
    """What is searched for and what was done to it; empty where it is what was typed, abbreviations or not."""
    named = words.answers
    changes = [*([named.completed] if completed else []), *([named.restored] if reading.restored else [])]
    if not changes:
        return ""
    notes = [*changes, *(f"{asked}: {named.also} {also}" for asked, also in reading.also)]
    said = f'<strong lang="vi">{escape(reading.searched)}</strong>'
    return f'<p class="reading">{escape(named.searching_for)}: {said} ({escape("; ".join(notes))})</p>'


def original_page(
    png: bytes, size: tuple[float, float], boxes: Sequence[tuple[float, float, float, float]], alt: str
) -> str:
    """A page as a picture with the quote marked; boxes (left, top, right, bottom) in the measure of the size."""
    width, height = size
    marks = "".join(
        f'<span class="page-mark" style="left:{left / width:.3%};top:{top / height:.3%};'
        f'width:{(right - left) / width:.3%};height:{(bottom - top) / height:.3%}"></span>'
        for left, top, right, bottom in boxes
    )
    picture = f'<img alt="{escape(alt)}" src="data:image/png;base64,{b64encode(png).decode()}">'
    return f'<div class="page-picture" tabindex="0" role="region" aria-label="{escape(alt)}">{picture}{marks}</div>'


def why(outcome: Answer | NoAnswer, words: Words) -> str:
    """How the question was understood, what was considered, and how dates were found."""
    query, hits, traces = outcome.query, _considered(outcome)[:CONSIDERED_SHOWN], _traces(outcome)
    lines = (
        (words.why.understood, words.why.kinds[query.kind]),
        (words.why.searched, query.text),
        *((words.why.dates, trace) for trace in traces),
    )
    said = "".join(f"<p><span>{escape(name)}:</span> {escape(value)}</p>" for name, value in lines)
    seconds = words.why.seconds.format(seconds=f"{outcome.seconds:.2f}".replace(".", words.decimal_point))
    return f'<div class="why">{said}{evidence_list(hits, words)}<p class="place">{escape(seconds)}</p></div>'


def _considered(outcome: Answer | NoAnswer) -> Sequence[Hit]:
    return outcome.hits if isinstance(outcome, Answer) else outcome.nearest


def _traces(outcome: Answer | NoAnswer) -> list[str]:
    facts = outcome.facts if isinstance(outcome, Answer) else ()
    return list(dict.fromkeys(fact.trace for fact in facts if fact.trace))


def evidence_list(hits: Sequence[Hit], words: Words) -> str:
    """The passages considered, each with how strongly every retriever speaks for it, in words and as a bar."""
    evidence = [_named_evidence(hit.evidence, words) for hit in hits]
    best = {name: max(shares.get(name, 0.0) for shares in evidence) for shares in evidence for name in shares}
    rows = "".join(
        f"<li><p><strong>{escape(document_line(hit.document, words))}</strong></p>"
        f'<p class="place">{" ".join(_heading_path(hit.passage.heading, words))}</p>'
        f'<p class="excerpt">{_excerpt(hit)}</p>'
        f'<div class="shares">{"".join(_share(name, shares[name], best[name], words) for name in shares)}</div></li>'
        for hit, shares in zip(hits, evidence, strict=True)
    )
    return f'<p class="why-line">{escape(words.why.found)}:</p><ol class="evidence">{rows}</ol>'


def _named_evidence(evidence: Mapping[str, float], words: Words) -> dict[str, float]:
    """Evidence under the names that are shown; what goes by one name is added up."""
    shares: dict[str, float] = {}
    for key, name in words.why.evidence.items():
        if key in evidence:
            shares[name] = shares.get(name, 0.0) + evidence[key]
    return shares


def _excerpt(hit: Hit) -> str:
    return escape(" ".join(re.sub(r"[*|#]", " ", hit.text).split()))


def _share(name: str, share: float, top: float, words: Words) -> str:
    part = max(share, 0.0) / top if top > 0 else 0.0
    level = words.why.strong if part > 2 / 3 else words.why.medium if part > 1 / 3 else words.why.weak
    return (
        f'<span class="share">{escape(name)}: {escape(level)}'
        f'<i class="bar" aria-hidden="true"><i style="width:{part:.0%}"></i></i></span>'
    )


def foot(summary: IndexSummary, words: Words) -> str:
    parts = (
        words.foot.documents.format(count=words.number(summary.documents)),
        words.foot.passages.format(count=words.number(summary.passages)),
        words.foot.built_at.format(time=written_time(summary.built_at)),
    )
    return f'<p class="foot">{" · ".join(escape(part) for part in parts)}</p>'


def failure_list(summary: IndexSummary, words: Words) -> str:
    rows = "".join(
        f"<li><strong>{escape(failure.file)}</strong><br>{escape(words.foot.failure_reason(failure.reason))}</li>"
        for failure in summary.failures
    )
    return f'<div class="failures"><p>{escape(words.foot.failures_note)}</p><ul>{rows}</ul></div>'


def holdings_line(kinds: Sequence[tuple[str, int]], words: Words) -> str:
    """Trong kho hiện có 5 kế hoạch, 3 báo cáo, …"""
    named = ", ".join(f"{words.number(count)} {kind.lower() or words.other_kind}" for kind, count in kinds)
    return f'<p class="holdings">{escape(words.holds)} {escape(named)}.</p>'
