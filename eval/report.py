"""What was measured, as a table for people and as JSON for the next run to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from statistics import quantiles
from typing import Any

from eval.gold import KINDS
from eval.measures import CUTOFFS, hit_at, mean, ranking_measures
from eval.reliability import Step, calibration_error, curve
from eval.run import Measured, Outcome, Status, Way

FORMAT = 1
"""Raised when a field of the JSON report changes its meaning."""

Figures = dict[str, float | None]


def as_json(measured: Measured, gold: Sequence[str], index: str) -> dict[str, Any]:
    outcomes = measured.outcomes
    return {
        "format": FORMAT,
        "gold": list(gold),
        "index": index,
        "summary": summary(outcomes),
        "retrieval": {way.value: retrieval(outcomes, way) for way in Way},
        "reliability": [asdict(step) for step in reliability_of(outcomes)],
        "kinds": {kind: _kind_row(group) for kind, group in _by_kind(outcomes).items()},
        "defects": list(measured.defects),
        "questions": [_question_row(outcome) for outcome in outcomes],
    }


def summary(outcomes: Sequence[Outcome]) -> Figures:
    """answer_accuracy is over questions that have an answer, refusal_accuracy over those that have none.

    citation_recall counts a refused question 0; citation_precision is over answered ones. None: nothing to measure.
    """
    answerable = [outcome for outcome in outcomes if outcome.gold.kind is not None]
    unanswerable = [outcome for outcome in outcomes if outcome.gold.kind is None]
    cited = [outcome.cited for outcome in outcomes if outcome.cited]
    precisions = [one.precision for one in cited if one.precision is not None]
    recalls = [(outcome.cited.recall or 0.0) if outcome.cited else 0.0 for outcome in answerable]
    count = sum(one.count for one in cited)
    lengths = [float(len(outcome.said)) for outcome in outcomes if outcome.status is Status.ANSWERED]
    seconds = [outcome.seconds for outcome in outcomes if outcome.seconds is not None]
    return {
        "questions": len(outcomes),
        "right": sum(outcome.right for outcome in outcomes),
        "missing": sum(outcome.status is Status.MISSING for outcome in outcomes),
        "answer_accuracy": _share(outcome.right for outcome in answerable),
        "refused_but_answerable": sum(outcome.status is Status.REFUSED for outcome in answerable),
        "characters_per_answer": mean(lengths) if lengths else None,
        "refusal_accuracy": _share(outcome.right for outcome in unanswerable),
        "refusal_precision": _share(o.right for o in outcomes if o.status is Status.REFUSED),
        "calibration_error": calibration_error(reliability_of(outcomes)),
        "citations": count,
        "verbatim_rate": sum(one.verbatim for one in cited) / count if count else None,
        "citation_precision": mean(precisions) if precisions else None,
        "citation_recall": mean(recalls) if recalls else None,
        "characters_per_citation": sum(one.characters for one in cited) / count if count else None,
        "seconds_p50": percentile(seconds, 50),
        "seconds_p95": percentile(seconds, 95),
    }


def reliability_of(outcomes: Iterable[Outcome]) -> tuple[Step, ...]:
    """The answers given, in steps of the confidence they were given with."""
    return curve([(outcome.confidence, outcome.right) for outcome in outcomes if outcome.confidence is not None])


def retrieval(outcomes: Sequence[Outcome], way: Way) -> Figures:
    rankings = {outcome.gold.id: outcome.rankings[way] for outcome in outcomes if way in outcome.rankings}
    hits = {f"hit@{k}": hit_at(rankings.values(), k) for k in CUTOFFS} if rankings else {}
    return {**hits, **ranking_measures(rankings)}


def percentile(values: Sequence[float], percent: int) -> float | None:
    """Between the two nearest values, as numpy has it; None of nothing."""
    if len(values) < 2:
        return values[0] if values else None
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def _share(truths: Iterable[bool]) -> float | None:
    shares = [float(truth) for truth in truths]
    return mean(shares) if shares else None


def _by_kind(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups = {kind: [outcome for outcome in outcomes if outcome.gold.kind_name == kind] for kind in KINDS}
    return {kind: group for kind, group in groups.items() if group}


def _kind_row(group: Sequence[Outcome]) -> Figures:
    rankings = {way: [o.rankings[way] for o in group if way in o.rankings] for way in Way}
    hits = {f"{way.value} hit@3": hit_at(found, 3) if found else None for way, found in rankings.items()}
    return {"questions": len(group), "right": sum(outcome.right for outcome in group), **hits}


def _question_row(outcome: Outcome) -> dict[str, Any]:
    cited = outcome.cited
    return {
        "id": outcome.gold.id,
        "question": outcome.gold.question,
        "kind": outcome.gold.kind_name,
        "status": outcome.status.value,
        "right": outcome.right,
        "said": outcome.said,
        "accepted": list(outcome.gold.answers),
        "evidence_rank": {way.value: ranking.first_rank for way, ranking in outcome.rankings.items()},
        "citations": cited.count if cited else 0,
        "verbatim": cited.verbatim if cited else 0,
        "citation_precision": cited.precision if cited else None,
        "citation_recall": cited.recall if cited else None,
        "seconds": outcome.seconds,
    }


def as_text(report: Mapping[str, Any]) -> str:
    """The report of as_json for people."""
    parts = [
        _summary_text(report["summary"]),
        "Evidence found (share of the questions that have evidence)\n" + _retrieval_table(report["retrieval"]),
        "Confidence of answers\n" + _reliability_table(report["reliability"]),
        "Per kind\n" + _kind_table(report["kinds"]),
        _misses(report["questions"]),
        _rank_misses(report["questions"]),
        listed("Citations that are not verbatim", _not_verbatim(report["questions"])),
        listed("DEFECTS of the gold set: evidence that its document does not hold", report["defects"]),
    ]
    return "\n\n".join(part for part in parts if part)


def _summary_text(figures: Mapping[str, float | None]) -> str:
    seconds = ", ".join(f"{name[-3:]} {_milliseconds(figures[name])}" for name in ("seconds_p50", "seconds_p95"))
    lines = [
        f"{figures['right']:g} of {figures['questions']:g} questions right"
        + (f", {figures['missing']:g} on documents that are not in the index" if figures["missing"] else ""),
        f"answers right      {_figure(figures['answer_accuracy'])}"
        f"   {_whole(figures['characters_per_answer'])} characters each"
        f" (refused although there is an answer: {figures['refused_but_answerable']:g})",
        f"refusals right     {_figure(figures['refusal_accuracy'])}"
        f"   of those given {_figure(figures['refusal_precision'])}",
        f"calibration error  {_figure(figures['calibration_error'])}",
        f"quotes verbatim    {_figure(figures['verbatim_rate'])}   of {figures['citations']:g}",
        f"citation precision {_figure(figures['citation_precision'])}   recall {_figure(figures['citation_recall'])}"
        f"   {_whole(figures['characters_per_citation'])} characters each",
        f"time per question  {seconds}",
    ]
    return "\n".join(lines)


def _retrieval_table(retrievals: Mapping[str, Mapping[str, float]]) -> str:
    names = list(next(iter(retrievals.values()), {}))
    rows = [[name, *(_figure(figures.get(name)) for figures in retrievals.values())] for name in names]
    return table(["", *retrievals], rows)


def _reliability_table(steps: Sequence[Mapping[str, float]]) -> str:
    rows = [
        [f"from {step['least']:.1f}", f"{step['answers']:g}", _figure(step["promised"]), _figure(step["right"])]
        for step in steps
    ]
    return table(["confidence", "answers", "promised", "right"], rows)


def _kind_table(kinds: Mapping[str, Mapping[str, float | None]]) -> str:
    columns = [name for name in next(iter(kinds.values()), {}) if name not in ("questions", "right")]
    rows = [
        [kind, f"{row['right']:g} of {row['questions']:g}", *(_figure(row[name]) for name in columns)]
        for kind, row in kinds.items()
    ]
    return table(["", "right", *columns], rows)


def _misses(questions: Sequence[Mapping[str, Any]]) -> str:
    wrong = [row for row in questions if not row["right"]]
    entries = [
        f"{row['id']} ({row['kind']}) {row['question']}\n"
        f"    wanted: {' | '.join(row['accepted']) or 'a refusal'}\n"
        f"    {row['status']}: {_short(row['said'])}\n"
        f"    evidence at rank: {ranks_text(row['evidence_rank'])}"
        for row in wrong
    ]
    return listed(f"Wrong: {len(wrong)}", entries)


def _rank_misses(questions: Sequence[Mapping[str, Any]]) -> str:
    late = [row for row in questions if _late(row["evidence_rank"])]
    entries = [f"{row['id']} {row['question']}: {ranks_text(row['evidence_rank'])}" for row in late]
    return listed(f"Evidence not among the first 3 hits of hybrid: {len(late)}", entries)


def _late(ranks: Mapping[str, int | None]) -> bool:
    rank = ranks.get(Way.HYBRID.value, 1)
    return rank is None or rank > 3


def _not_verbatim(questions: Sequence[Mapping[str, Any]]) -> list[str]:
    bad = [row for row in questions if row["verbatim"] != row["citations"]]
    return [f"{row['id']}: {row['citations'] - row['verbatim']} of {row['citations']}" for row in bad]


def ranks_text(ranks: Mapping[str, int | None]) -> str:
    return ", ".join(f"{way} {rank or 'none'}" for way, rank in ranks.items()) or "no evidence"


def listed(title: str, entries: Sequence[str]) -> str:
    return "\n".join([title, *(f"  {entry}" for entry in entries)]) if entries else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1000:.1f} ms"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns by two blanks; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in [head, *rows]
    )
