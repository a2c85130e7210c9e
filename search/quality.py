"""The last evaluation as the page Chất lượng shows it: the JSON report of `python -m eval`, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from indexer.errors import BadInput

REPORT_NAME = "quality.json"
REPORT_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold question and what became of it; ranks are None where the evidence was not found."""

    id: str
    question: str
    kind: str
    status: str
    right: bool
    said: str
    accepted: tuple[str, ...]
    evidence_rank: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class KindRow:
    questions: int
    right: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The parts of the report that are shown; shares lie in 0..1, None where there was nothing to measure."""

    format: int
    gold: tuple[str, ...]
    summary: dict[str, float | None]
    retrieval: dict[str, dict[str, float]]
    kinds: dict[str, KindRow]
    questions: tuple[Judged, ...]


def report_path(index: Path) -> Path:
    """Where `make eval` leaves its report: beside the generations, so that no update touches it."""
    return index / REPORT_NAME


def read_report(path: Path) -> QualityReport | None:
    """None where there is no report yet. Raises BadInput for a file that is none."""
    try:
        report = msgspec.json.decode(path.read_bytes(), type=QualityReport)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise BadInput(f"{path}: no report of an evaluation ({error}). Run `make eval` again.") from error
    if report.format != REPORT_FORMAT:
        raise BadInput(
            f"{path}: report of format {report.format}, this program reads {REPORT_FORMAT}. Run `make eval`."
        )
    return report
