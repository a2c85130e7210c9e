"""The harness on a small fake engine: what counts as right, refused, missing, verbatim and defect."""

import json
import re
from pathlib import Path

import pytest

import eval.__main__ as command
from eval.bench import compared
from eval.compare import ReportError, compare, load_report
from eval.gold import GoldError, GoldQuestion, load, parse
from eval.report import as_json, as_text, percentile
from eval.run import Measured, Status, Way, measure, source_in
from indexer.errors import IndexMissing
from indexer.types import Document, Form, Passage, Span
from search.types import (
    Answer,
    Citation,
    Fact,
    Hit,
    Language,
    NoAnswer,
    Query,
    QuestionKind,
    Reason,
    Retriever,
)

TEXT = "Các huyện gửi báo cáo\nvề LĐLĐ tỉnh trước ngày 15/11. Giao Ban Tuyên giáo tham mưu. Chỉ tiêu 780 đoàn viên."
DOCUMENT = Document("a", "ke-hoach.txt", "0" * 64, TEXT, Form())
SENTENCES = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^. ][^.]*\.", TEXT))
DUE = GoldQuestion("q1", "Hạn báo cáo?", QuestionKind.WHEN, ("ke-hoach.txt",), ("trước ngày 15/11",), ("15/11",))
WHO = GoldQuestion("q2", "Ai tham mưu?", QuestionKind.WHO, ("ke-hoach.txt",), ("Ban Tuyên giáo",), ("Ban Tuyên giáo",))
NONE = GoldQuestion("q3", "Lương tối thiểu?", None)
ELSEWHERE = GoldQuestion("q4", "Ai ký?", QuestionKind.WHO, ("khac.txt",), ("Nguyễn Văn A",), ("Nguyễn Văn A",))


class FakeEngine:
    """Answers with the sentence given for a question, and refuses all others."""

    def __init__(self, answers: dict[str, Span], text: str | None = None, quote: str | None = None) -> None:
        self.answers = answers
        self.text = text
        self.quote = quote
        self.asked: list[str] = []

    def documents(self) -> tuple[Document, ...]:
        return (DOCUMENT,)

    def search(self, query: str, k: int, *, retrievers: frozenset[Retriever]) -> tuple[Hit, ...]:
        """Lexical finds nothing, dense the last sentence first, both together the first one first."""
        spans = SENTENCES if len(retrievers) == 2 else SENTENCES[::-1]
        if retrievers == {Retriever.LEXICAL}:
            return ()
        return tuple(hit(rank, span) for rank, span in enumerate(spans, start=1))[:k]

    def ask(self, question: str, *, previous: Answer | NoAnswer | None = None) -> Answer | NoAnswer:
        self.asked.append(question)
        query = Query(question, question, Language.VIETNAMESE, QuestionKind.WHAT)
        if question not in self.answers:
            return NoAnswer(query, Reason.NO_MATCH, "Không tìm thấy.", ())
        span = self.answers[question]
        quote = self.quote or span.of(TEXT)
        citation = Citation(1, "ke-hoach.txt", None, "a", "Kế hoạch", None, None, (), span.start, span.end, quote)
        fact = Fact(("Ban Tuyên giáo",), None, (), None, None, (), None, (1,))
        facts = (fact,) if question == WHO.question else ()
        return Answer(query, self.text or quote, facts, (citation,), (hit(1, span),))


def hit(rank: int, span: Span) -> Hit:
    return Hit(rank, DOCUMENT, Passage(f"a{span.start}", "a", span, ()), 1.0 / rank)


def measured(engine: FakeEngine, *questions: GoldQuestion, folders: tuple[Path, ...] = ()) -> Measured:
    return measure(engine, questions, source_in(folders))


def test_an_answer_is_right_by_its_text_or_by_a_fact() -> None:
    engine = FakeEngine({DUE.question: SENTENCES[0], WHO.question: SENTENCES[1]}, text="trước ngày 15/11")
    assert [outcome.right for outcome in measured(engine, DUE, WHO).outcomes] == [True, True]


def test_an_answer_with_another_date_is_wrong() -> None:
    outcomes = measured(FakeEngine({DUE.question: SENTENCES[0]}, text="trước ngày 15/12"), DUE).outcomes
    assert [(outcome.right, outcome.status) for outcome in outcomes] == [(False, Status.ANSWERED)]


def test_a_refusal_is_right_only_where_there_is_no_answer() -> None:
    right, wrong = measured(FakeEngine({}), NONE, DUE).outcomes
    assert (right.status, right.right) == (Status.REFUSED, True)
    assert (wrong.status, wrong.right) == (Status.REFUSED, False)
    (answered,) = measured(FakeEngine({NONE.question: SENTENCES[2]}), NONE).outcomes
    assert not answered.right


def test_a_question_on_a_document_that_is_not_indexed_counts_as_wrong_and_missing() -> None:
    engine = FakeEngine({})
    result = measured(engine, ELSEWHERE)
    report = as_json(result, ["gold"], "index")
    assert result.outcomes[0].status is Status.MISSING
    assert engine.asked == []
    assert (report["summary"]["missing"], report["summary"]["answer_accuracy"]) == (1, 0.0)
    assert report["retrieval"]["hybrid"]["R@10"] == report["retrieval"]["hybrid"]["hit@10"] == 0.0
    assert result.defects == ()


def test_evidence_that_its_document_does_not_hold_is_a_defect_and_still_counts() -> None:
    wrong = GoldQuestion("q5", "Hạn?", QuestionKind.WHEN, ("ke-hoach.txt",), ("trước ngày 16/11",), ("16/11",))
    result = measured(FakeEngine({}), wrong)
    assert result.defects == ('q5: "trước ngày 16/11" does not stand in ke-hoach.txt',)
    assert as_json(result, ["gold"], "index")["retrieval"]["hybrid"]["R@10"] == 0.0


def test_evidence_is_found_although_the_document_breaks_its_line_there() -> None:
    broken = GoldQuestion(
        "q6", "Gửi ai?", QuestionKind.WHO, ("ke-hoach.txt",), ("báo cáo về LĐLĐ tỉnh",), ("LĐLĐ tỉnh",)
    )
    result = measured(FakeEngine({}), broken)
    assert result.defects == ()
    assert result.outcomes[0].rankings[Way.HYBRID].first_rank == 1


def test_lexical_dense_and_hybrid_stand_side_by_side() -> None:
    report = as_json(measured(FakeEngine({DUE.question: SENTENCES[0]}), DUE), ["gold"], "index")
    assert report["questions"][0]["evidence_rank"] == {"lexical": None, "dense": 3, "hybrid": 1, "asked": 1}
    assert {way: figures["RR@10"] for way, figures in report["retrieval"].items()} == {
        "lexical": 0.0,
        "dense": pytest.approx(1 / 3),
        "hybrid": 1.0,
        "asked": 1.0,
    }


def test_a_quote_that_was_retyped_is_not_verbatim() -> None:
    engine = FakeEngine({DUE.question: SENTENCES[0]}, quote="trước ngày 15-11", text="15/11")
    report = as_json(measured(engine, DUE), ["gold"], "index")
    assert report["summary"]["verbatim_rate"] == 0.0
    assert "Citations that are not verbatim\n  q1: 1 of 1" in as_text(report)


def test_a_quote_must_stand_in_the_source_file_too(tmp_path: Path) -> None:
    engine = FakeEngine({DUE.question: SENTENCES[0]})
    source = tmp_path / "ke-hoach.txt"
    source.write_text(TEXT.replace("\n", "  \n"), encoding="utf-8")
    assert as_json(measured(engine, DUE, folders=(tmp_path,)), [], "")["summary"]["verbatim_rate"] == 1.0
    source.write_text(TEXT.replace("15/11", "15/12"), encoding="utf-8")
    assert as_json(measured(engine, DUE, folders=(tmp_path,)), [], "")["summary"]["verbatim_rate"] == 0.0


def test_a_citation_of_the_wrong_sentence_has_no_precision() -> None:
    good = measured(FakeEngine({DUE.question: SENTENCES[0]}), DUE).outcomes[0].cited
    bad = measured(FakeEngine({DUE.question: SENTENCES[2]}), DUE).outcomes[0].cited
    assert good is not None
    assert bad is not None
    assert (good.precision, good.recall, bad.precision, bad.recall) == (1.0, 1.0, 0.0, 0.0)


def test_the_report_lists_every_miss_with_what_was_wanted_and_said() -> None:
    text = as_text(as_json(measured(FakeEngine({DUE.question: SENTENCES[2]}), DUE, WHO, NONE, ELSEWHERE), [], ""))
    assert "1 of 4 questions right, 1 on documents that are not in the index" in text
    assert "q1 (when) Hạn báo cáo?\n    wanted: 15/11\n    answered: Chỉ tiêu 780" in text
    assert "refused: Không tìm thấy." in text
    assert "missing: not in the index: khac.txt" in text
    assert "q3 (unanswerable)" not in text


def test_answers_and_refusals_are_counted_apart() -> None:
    engine = FakeEngine({DUE.question: SENTENCES[0]})
    figures = as_json(measured(engine, DUE, WHO, NONE), [], "")["summary"]
    assert (figures["right"], figures["answer_accuracy"], figures["refusal_accuracy"]) == (2, 0.5, 1.0)
    assert (figures["refused_but_answerable"], figures["citation_precision"], figures["citation_recall"]) == (
        1,
        1.0,
        0.5,
    )


def test_before_and_after_names_the_questions_that_changed() -> None:
    before = as_json(measured(FakeEngine({DUE.question: SENTENCES[0]}), DUE, WHO), [], "")
    after = as_json(measured(FakeEngine({WHO.question: SENTENCES[1]}), DUE, WHO, NONE), [], "")
    text = compare(before, after)
    assert "Now right\n  q2 (who)" in text
    assert "NOW WRONG\n  q1 (when)" in text
    assert "Only after\n  q3 (unanswerable)" in text
    assert "seconds" not in text


def test_before_and_after_of_the_same_run_shows_no_question() -> None:
    report = as_json(measured(FakeEngine({}), DUE), [], "")
    assert "q1" not in compare(report, report)


def test_percentiles_lie_between_the_nearest_values() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.5
    assert percentile([0.0, 1.0], 95) == pytest.approx(0.95)
    assert (percentile([7.0], 95), percentile([], 50)) == (7.0, None)


def test_a_ratio_above_one_says_that_ours_is_faster() -> None:
    assert compared("BM25", 0.002, "rank_bm25", 3.0) == ["BM25", "2.00 ms", "rank_bm25", "3.00 s", "1500.0 x"]


GOOD = {"id": "g1", "question": "Ai?", "kind": "who", "doc": "a.txt", "evidence": ["x"], "answers": ["y"]}


def test_a_gold_line_becomes_a_question() -> None:
    assert parse(json.dumps(GOOD)) == GoldQuestion("g1", "Ai?", QuestionKind.WHO, ("a.txt",), ("x",), ("y",))
    assert parse(json.dumps(GOOD | {"doc": ["a.txt", "b.txt"]})).files == ("a.txt", "b.txt")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "why"}, 'kind "why" is none of'),
        ({"doc": None}, "kind must be unanswerable"),
        ({"kind": "unanswerable"}, "an unanswerable question has no doc"),
        ({"kind": "unanswerable", "doc": None}, "an unanswerable question has no evidence"),
        ({"evidence": []}, "evidence is empty"),
        ({"evidence": "x"}, "evidence must be a list"),
        ({"answers": [""]}, "answers must be a list of texts, none of them empty"),
        ({"question": " "}, "question must be a text"),
        ({"doc": 3}, "doc must be a list"),
        ({"slots": []}, "slots must be an object"),
        ({"answer": "y"}, "unknown field answer"),
    ],
)
def test_a_wrong_gold_line_says_what_is_wrong(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(json.dumps(GOOD | change))


def test_every_bad_line_is_reported_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n{{\n{json.dumps(GOOD)}\n[]\n", encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        load([path])
    assert str(caught.value).splitlines() == [
        f"{path}:3: not JSON (Expecting property name enclosed in double quotes at column 2)",
        f"{path}:5: not a JSON object",
        'the id "g1" is used 2 times',
    ]


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "no gold question"), (b"\xff", "not UTF-8"), (None, "can't be read")]
)
def test_a_gold_file_that_is_no_gold_file_is_one_clear_error(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError, match=message):
        load([path])


@pytest.mark.parametrize("content", ["", "[]", '{"format": 0}', None])
def test_a_file_that_is_no_report_cannot_be_compared_with(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "before.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ReportError, match=r"before\.json"):
        load_report(path)


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    line = {"id": "q1", "question": DUE.question, "kind": "when", "doc": "ke-hoach.txt"}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line | {"evidence": ["trước ngày 15/11"], "answers": ["15/11"]}), encoding="utf-8")
    return path


def test_the_command_prints_a_report_that_it_can_compare_with_later(
    gold_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "open_engine", lambda index: FakeEngine({}))
    assert command.main([str(gold_file), "--index", "i", "--json"]) == 0
    earlier = tmp_path / "before.json"
    earlier.write_text(capsys.readouterr().out, encoding="utf-8")
    monkeypatch.setattr(command, "open_engine", lambda index: FakeEngine({DUE.question: SENTENCES[0]}))
    assert command.main([str(gold_file), "--index", "i", "--compare", str(earlier)]) == 0
    assert "Now right\n  q1" in capsys.readouterr().out


def test_the_command_fails_when_the_gold_set_has_defects(
    gold_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold_file.write_text(gold_file.read_text(encoding="utf-8").replace('c ng\\u00e0y 15/11"]', 'x"]'), encoding="utf-8")
    monkeypatch.setattr(command, "open_engine", lambda index: FakeEngine({}))
    assert command.main([str(gold_file), "--index", "i"]) == 1
    printed = capsys.readouterr()
    assert "DEFECTS" in printed.out
    assert printed.err.count("\n") == 1


def test_an_unusable_index_is_one_sentence_and_exit_code_1(
    gold_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_index(index: Path) -> FakeEngine:
        raise IndexMissing(f"{index}: no index there. Build it: python -m indexer build corpus --index {index}")

    monkeypatch.setattr(command, "open_engine", no_index)
    assert command.main([str(gold_file), "--index", "nowhere"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "nowhere: no index there" in printed.err


@pytest.mark.parametrize("arguments", [[], ["gold.jsonl"], ["gold.jsonl", "--index", "i", "--nonsense"]])
def test_wrong_usage_ends_with_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m eval" in capsys.readouterr().err
