"""When and where an event is held, read off the line of its document that says so."""

from __future__ import annotations

import pytest

from indexer.types import Document, Form
from search.by_occasion import occasion_findings
from search.findings import Finding, Material
from search.match import WordReader, wanted
from search.query import parse
from tests.test_match import Even

TEXT = """GIẤY MỜI
Họp rà soát biên chế năm 2025

1. Thời gian: 14 giờ 00, ngày 09 tháng 4 năm 2025.
2. Địa điểm: Phòng họp số 3.
3. Các đơn vị gửi báo cáo biên chế trước ngày 04/4/2025.
"""


def found(question: str, text: str = TEXT) -> list[Finding]:
    form = Form(kind="giấy mời", summary="Họp rà soát biên chế năm 2025")
    document = Document(id="a", file="gm-1.txt", sha256="", text=text, form=form)
    query = parse(question)
    asked = wanted(query, False, Even(), WordReader({}))
    return list(occasion_findings(query, Material((), (document,), (), ()), asked))


@pytest.mark.parametrize(
    ("question", "lead", "quote"),
    [
        ("Khi nào họp rà soát biên chế?", "14 giờ 00, ngày 09 tháng 4 năm 2025", "1. Thời gian: "),
        ("Cuộc họp rà soát biên chế diễn ra ở đâu?", "Phòng họp số 3", "2. Địa điểm: "),
    ],
)
def test_the_line_of_the_event_answers_when_and_where(question: str, lead: str, quote: str) -> None:
    [finding] = found(question)
    assert finding.lead == lead
    assert finding.spans[0].of(TEXT) == quote + lead
    assert finding.support == pytest.approx(1.0)


@pytest.mark.parametrize(
    "question",
    [
        "Gửi báo cáo biên chế cho cuộc họp trước ngày nào?",  # a term, not the event
        "Họp rà soát biên chế năm 2024 khi nào?",
        "Ai chủ trì họp rà soát biên chế?",
    ],
)
def test_what_the_line_does_not_say_is_not_read_off_it(question: str) -> None:
    assert found(question) == []


def test_another_event_is_not_carried() -> None:
    assert all(finding.support < 0.75 for finding in found("Đại hội thể thao huyện Thuận Nam tổ chức ở đâu?"))


def test_of_several_lines_none_is_chosen() -> None:
    assert found("Khi nào họp rà soát biên chế?", TEXT + "4. Thời gian: 15 giờ 00.\n") == []
