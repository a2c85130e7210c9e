"""The report of an evaluation, as the page reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.gold import load
from eval.report import FORMAT, as_json
from eval.run import measure, source_in
from indexer.errors import BadInput
from search.engine import open_engine
from search.quality import REPORT_FORMAT, read_report, report_path

ROOT = Path(__file__).parents[1]


def test_what_the_evaluation_writes_is_what_the_page_reads(corpus_index: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = (ROOT / "eval" / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold.write_text("\n".join([*lines[:3], lines[-1]]), encoding="utf-8")
    measured = measure(open_engine(corpus_index), load([gold]), source_in([ROOT / "corpus"]))
    path = report_path(tmp_path)
    path.write_text(json.dumps(as_json(measured, ["gold"], "index")), encoding="utf-8")
    report = read_report(path)
    assert report is not None
    assert len(report.questions) == report.summary["questions"] == 4
    assert sum(one.right for one in report.questions) == sum(row.right for row in report.kinds.values())
    assert FORMAT == REPORT_FORMAT


def test_no_report_is_none_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    assert read_report(report_path(tmp_path)) is None
    for content in (
        "",
        "[]",
        '{"format": 99}',
        '{"format":9,"gold":[],"summary":{},"retrieval":{},"kinds":{},"questions":[]}',
    ):
        report_path(tmp_path).write_text(content, encoding="utf-8")
        with pytest.raises(BadInput):
            read_report(report_path(tmp_path))
