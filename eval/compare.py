"""Before and after: what a change did to each question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.report import FORMAT, listed, ranks_text, table
from indexer.errors import ProjectError

_SLOWNESS = ("seconds_p50", "seconds_p95")


class ReportError(ProjectError):
    """An earlier report can't be compared with."""


def load_report(path: Path) -> dict[str, Any]:
    """A report that `python -m eval --json` printed. Raises ReportError."""
    how = "make one with: python -m eval GOLD.jsonl --index DIR --json"
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportError(f"{path}: can't be read ({error.strerror}); {how}") from error
    except ValueError as error:
        raise ReportError(f"{path}: not a JSON report; {how}") from error
    found = report.get("format") if isinstance(report, dict) else None
    if found != FORMAT:
        raise ReportError(f"{path}: report format {found}, this program compares format {FORMAT}; {how}")
    return dict(report)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Figures side by side, then every question whose outcome or hybrid evidence rank changed."""
    old = {row["id"]: row for row in before["questions"]}
    new = {row["id"]: row for row in after["questions"]}
    both = [(old[name], new[name]) for name in new if name in old]
    parts = [
        "Before and after\n" + _figures(before, after),
        listed("Now right", [_change(*pair) for pair in both if pair[1]["right"] and not pair[0]["right"]]),
        listed("NOW WRONG", [_change(*pair) for pair in both if pair[0]["right"] and not pair[1]["right"]]),
        listed("Evidence at another rank", [_moved(*pair) for pair in both if _hybrid(pair[0]) != _hybrid(pair[1])]),
        listed("Only before", [_named(row) for name, row in old.items() if name not in new]),
        listed("Only after", [_named(row) for name, row in new.items() if name not in old]),
    ]
    return "\n\n".join(part for part in parts if part)


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    rows = [
        [name, _number(first), _number(second), _difference(first, second)]
        for name, first, second in _paired(before, after)
        if first != second or name in ("right", "questions")
    ]
    return table(["", "before", "after", "change"], rows)


def _paired(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, float | None, float | None]]:
    pairs = [(name, before["summary"].get(name), value) for name, value in after["summary"].items()]
    for way, figures in after["retrieval"].items():
        earlier = before["retrieval"].get(way, {})
        pairs += [(f"{way} {name}", earlier.get(name), value) for name, value in figures.items()]
    return [pair for pair in pairs if pair[0] not in _SLOWNESS]


def _change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return f"{_named(after)}\n    before: {before['said']}\n    after:  {after['said']}"


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return f"{_named(after)}: {_hybrid(before) or 'none'} -> {ranks_text(after['evidence_rank'])}"


def _hybrid(row: Mapping[str, Any]) -> int | None:
    rank: int | None = row["evidence_rank"].get("hybrid")
    return rank


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['id']} ({row['kind']}) {row['question']}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _difference(first: float | None, second: float | None) -> str:
    return "" if first is None or second is None else f"{second - first:+.3f}"
