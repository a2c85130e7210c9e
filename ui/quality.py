"""The page Chất lượng: the last evaluation in figures and bars, and the questions that are not right yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from search.quality import Judged, QualityReport, read_report, report_path
from ui import pieces
from ui.visit import Room, Visit

CUTOFFS = ("hit@1", "hit@3", "hit@5", "hit@10")
WRONG_SHOWN = 20


def show_page(visit: Visit) -> None:
    words = visit.words.quality
    st.html(pieces.page_head(words.heading, words.intro))
    report = read_report(report_path(visit.place.index)) if visit.visitor.cleared else None
    if report is None:
        st.html(pieces.notice(words.no_report, words.no_report_advice, "quiet"))
        return
    _show_figures(report, visit)
    _show_kinds(report, visit)
    _show_retrieval(report, visit)
    _show_wrong([one for one in report.questions if not one.right], visit)


def _show_figures(report: QualityReport, visit: Visit) -> None:
    words = visit.words.quality
    shares = [(name, report.summary.get(key)) for key, name in words.figures.items()]
    right, asked = (visit.words.number(int(report.summary[name] or 0)) for name in ("right", "questions"))
    figures = [(words.right, f"{right} / {asked}"), *((name, _percent(share, visit)) for name, share in shares)]
    st.html(pieces.figures(figures))
    st.html(pieces.small_note(words.measured_on.format(gold=", ".join(report.gold))))


def _percent(share: float | None, visit: Visit) -> str:
    return "–" if share is None else f"{share:.1%}".replace(".", visit.words.decimal_point)


def _show_kinds(report: QualityReport, visit: Visit) -> None:
    words = visit.words.quality
    st.html(pieces.small_heading(words.per_kind))
    rows = [
        (words.kinds.get(kind, kind), row.right / max(row.questions, 1), f"{row.right} / {row.questions}")
        for kind, row in report.kinds.items()
    ]
    st.html(pieces.bar_rows(rows))


def _show_retrieval(report: QualityReport, visit: Visit) -> None:
    words = visit.words.quality
    points: list[dict[str, Any]] = [
        {"way": words.ways.get(way, way), "cutoff": cutoff.removeprefix("hit@"), "share": figures[cutoff]}
        for way, figures in report.retrieval.items()
        for cutoff in CUTOFFS
        if cutoff in figures
    ]
    if not points:
        return
    st.html(pieces.small_heading(words.retrieval))
    st.html(pieces.small_note(words.retrieval_note))
    st.vega_lite_chart(points, RETRIEVAL_CHART, alt=words.retrieval_note)


RETRIEVAL_CHART: dict[str, Any] = {
    "mark": "bar",
    "height": 220,
    "encoding": {
        "x": {
            "field": "cutoff",
            "type": "ordinal",
            "sort": ["1", "3", "5", "10"],
            "title": None,
            "axis": {"labelAngle": 0},
        },
        "xOffset": {"field": "way"},
        "y": {
            "field": "share",
            "type": "quantitative",
            "scale": {"domain": [0, 1]},
            "title": None,
            "axis": {"format": "%"},
        },
        "color": {
            "field": "way",
            "title": None,
            "legend": {"orient": "top"},
            "scale": {"range": ["#c88a12", "#5a7ca8", "#9b1b1e"]},
        },
        "tooltip": [{"field": "way"}, {"field": "share", "format": ".1%"}],
    },
}


def _show_wrong(wrong: Sequence[Judged], visit: Visit) -> None:
    words = visit.words.quality
    st.html(pieces.small_heading(f"{words.wrong} ({visit.words.number(len(wrong))})"))
    if not wrong:
        st.html(pieces.small_note(words.none_wrong))
    for one in wrong[:WRONG_SHOWN]:
        with st.expander(one.question):
            st.html(pieces.named_lines(_lines(one, visit)))
            if st.button(words.try_it, key=f"try-{one.id}", icon=":material/search:"):
                visit.go(Room.ASK, q=one.question)


def _lines(one: Judged, visit: Visit) -> list[tuple[str, str]]:
    words = visit.words.quality
    rank = one.evidence_rank.get("hybrid")
    found = words.rank.format(rank=rank) if rank else words.not_found
    return [
        (f"{words.wanted}:", " | ".join(one.accepted) or words.refusal),
        (f"{words.said}:", one.said or "–"),
        *([(f"{words.retrieval}:", found)] if one.evidence_rank else []),
    ]
