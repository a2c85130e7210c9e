"""Questions that ask several things, whether something is so, which of two, or how many entries there are."""

from typing import Any

import pytest

from search.claims import Claim, Verdict, claim_of, verdict
from search.comparison import comparison_of
from search.engine import Engine
from search.parts import parts
from search.query import parse
from search.together import together
from search.types import Answer, Citation, Fact, NoAnswer, QuestionKind
from tests.test_sentences import cases


def answered(engine: Engine, question: str) -> Answer:
    result = engine.ask(question)
    assert isinstance(result, Answer), result.message
    return result


@pytest.mark.parametrize("case", cases("parts"))
def test_a_question_is_parted_where_it_asks_anew(case: dict[str, Any]) -> None:
    assert list(parts(case["text"])) == case["parts"]


@pytest.mark.parametrize("case", cases("claims"))
def test_what_is_claimed_is_asked_for_instead(case: dict[str, Any]) -> None:
    query = parse(case["text"])
    claim = claim_of(query)
    assert query.kind is QuestionKind.YES_NO
    assert (claim.question, claim.value) == (case["question"], case["value"])


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Kế hoạch nào mới hơn, 53 hay 64?", QuestionKind.COMPARE),
        ("ke hoach nao moi hon, 53 hay 64", QuestionKind.COMPARE),
        ("Kế hoạch 53 có bao nhiêu chỉ tiêu?", QuestionKind.COUNT),
        ("Có bao nhiêu đoàn viên?", QuestionKind.HOW_MANY),
        ("Kế hoạch 53 có hiệu lực chưa?", QuestionKind.YES_NO),
        ("Is the report due before 15/11?", QuestionKind.YES_NO),
        ("Ai không phải nộp báo cáo?", QuestionKind.WHO),
        ("Đơn vị nào chưa nộp báo cáo?", QuestionKind.WHO),
        ("Doanh nghiệp có 30 lao động trở lên phải làm gì?", QuestionKind.WHAT),
    ],
)
def test_the_make_of_a_question_is_seen(question: str, kind: QuestionKind) -> None:
    assert parse(question).kind is kind


def test_two_parts_give_two_facts_each_with_its_own_citation(engine: Engine) -> None:
    result = answered(engine, "Kế hoạch 53/KH-LĐLĐ do ai ký và ngày nào?")
    assert "Đặng Hữu Phước, Phó Chủ tịch [1]" in result.text
    assert "17/02/2025 [2]" in result.text
    assert [citation.n for citation in result.citations] == [1, 2]
    assert [hit.rank for hit in result.hits] == list(range(1, len(result.hits) + 1))


def test_two_parts_that_one_duty_answers_are_answered_once() -> None:
    citation = Citation(1, "kh-7.txt", "a", "7-KH/HU", "", None, 1, (), 0, 30, "Văn phòng báo cáo hằng quý cấp ủy.")
    fact = Fact(("Văn phòng",), "báo cáo", ("cấp ủy",), None, "hằng quý", (), None, (1,))
    query = parse("Văn phòng báo cáo ai, bao lâu một lần?")
    part = Answer(query, "Văn phòng báo cáo cấp ủy, hằng quý [1].", (fact,), (citation,), ())
    whole = together(query, (part, part))
    assert isinstance(whole, Answer)
    assert (whole.text, whole.facts) == (part.text, part.facts)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Đảng viên được miễn sinh hoạt kê khai phiếu", Verdict.OPEN),
        ("Đảng viên đang sinh hoạt kê khai phiếu", Verdict.YES),
    ],
)
def test_a_rule_with_an_exception_settles_nothing_of_what_it_excepts(statement: str, found: Verdict) -> None:
    quote = "Đảng viên đang sinh hoạt kê khai phiếu, trừ đảng viên được miễn sinh hoạt."
    citation = Citation(1, "hd-3.txt", "a", "3-HD/BTCTU", "", None, 1, (), 0, len(quote), quote)
    answer = Answer(parse(f"{statement} phải không?"), quote, (), (citation,), ())
    assert verdict(Claim(statement, None), answer) is found


def test_what_one_part_leaves_open_is_said(engine: Engine) -> None:
    result = answered(engine, "Ai ký Kế hoạch 53/KH-LĐLĐ và Kế hoạch 999-KH/TU?")
    assert "Đặng Hữu Phước" in result.text
    assert "Về câu “Ai ký Kế hoạch 999-KH/TU”: Kho văn bản không có văn bản số 999-KH/TU" in result.text


@pytest.mark.parametrize(
    ("question", "begins", "holds"),
    [
        ("Có phải Kế hoạch 53/KH-LĐLĐ do Đặng Hữu Phước ký không?", "Đúng.", "Đặng Hữu Phước"),
        ("Có phải Kế hoạch 61/KH-LĐLĐ do Đặng Hữu Phước ký không?", "Không.", "Ma Công Thành"),
        ("Năm 2021 có phải giới thiệu 780 đoàn viên ưu tú không?", "Đúng.", "780"),
        ("Năm 2021 có phải giới thiệu 500 đoàn viên ưu tú không?", "Không.", "780"),
        ("Was Kế hoạch 53/KH-LĐLĐ signed by Đặng Hữu Phước?", "Yes.", "Đặng Hữu Phước"),
    ],
)
def test_whether_is_decided_by_the_sentence_shown(engine: Engine, question: str, begins: str, holds: str) -> None:
    result = answered(engine, question)
    assert result.text.startswith(begins)
    assert holds in result.text
    assert any(holds in citation.quote for citation in result.citations)


def test_whether_something_is_so_that_no_document_speaks_of_is_refused(engine: Engine) -> None:
    assert isinstance(engine.ask("Có phải giá vàng miếng là 80 triệu đồng không?"), NoAnswer)


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("Kế hoạch nào mới hơn, 53/KH-LĐLĐ hay 61/KH-LĐLĐ?", "53/KH-LĐLĐ"),
        ("Kế hoạch 53 và Kế hoạch 64, kế hoạch nào mới hơn?", "Kế hoạch 64"),
        ("Nghị quyết 14 và Kế hoạch 61, văn bản nào ban hành trước?", "Kế hoạch 61"),
        ("ke hoach nao moi hon, 53 hay 64", "Kế hoạch 64"),
        ("Is Kế hoạch 53 newer than Kế hoạch 61?", "Kế hoạch 53"),
    ],
)
def test_of_two_documents_the_newer_or_older_is_named_and_both_are_cited(
    engine: Engine, question: str, side: str
) -> None:
    result = answered(engine, question)
    assert result.text.splitlines()[0].startswith(side)
    assert len({citation.document for citation in result.citations}) == 2


def test_nothing_is_compared_where_only_one_side_is_named() -> None:
    assert comparison_of("Kế hoạch 53 mới hơn kế hoạch nào?") is None


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Kế hoạch 53/KH-LĐLĐ có bao nhiêu chỉ tiêu?", "5 chỉ tiêu"),
        ("Quy định 512 có mấy điều?", "6 điều"),
        ("Nghị quyết 14-NQ/TU có bao nhiêu nhiệm vụ?", "7 nhiệm vụ"),
    ],
)
def test_what_is_counted_is_shown_entry_by_entry(engine: Engine, question: str, count: str) -> None:
    result = answered(engine, question)
    assert f"có {count}: (1) " in result.text
    assert len(result.citations) == int(count.split()[0])
