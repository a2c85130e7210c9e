"""Which sentence would answer, and how far what would be said is the gold answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.sentences import SpanQuestion, f1, main, vilqa, xquad

XQUAD = (
    '{"data": [{"paragraphs": [{"context": "Hội nghị họp tại Hà Giang. Có 120 đại biểu dự.", "qas": ['
    '{"question": "Có bao nhiêu đại biểu dự hội nghị?", "answers": [{"text": "120", "answer_start": 30}]}]}]}]}'
)
VILQA = (
    "\ufeffcontext,question,answer\nCảnh cáo là hình phạt nhẹ nhất.,Hình phạt nào nhẹ nhất?,Cảnh cáo\nA.,B?,không có\n"
)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "evalsets").mkdir()
    (tmp_path / "evalsets" / "xquad.vi.json").write_text(XQUAD, encoding="utf-8")
    (tmp_path / "evalsets" / "vilqa.csv").write_text(VILQA, encoding="utf-8")
    return tmp_path


def test_a_question_whose_answer_is_not_in_its_text_is_left_out(shared: Path) -> None:
    assert list(vilqa(shared / "evalsets/vilqa.csv")) == [
        SpanQuestion("Hình phạt nào nhẹ nhất?", "Cảnh cáo là hình phạt nhẹ nhất.", ("Cảnh cáo",))
    ]
    assert next(xquad(shared / "evalsets/xquad.vi.json")).answers == ("120",)


@pytest.mark.parametrize(
    ("said", "answer", "share"), [("120 đại biểu", "120", 0.5), ("a", "b", 0.0), ("A b", "a b", 1)]
)
def test_f1_is_that_of_words(said: str, answer: str, share: float) -> None:
    assert f1(said, answer) == pytest.approx(share)


def test_both_sets_are_measured_and_printed(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(shared)]) == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()[1:]}
    assert rows["XQuAD-vi"][:4] == ["1", "1.000", "1.000", "1.000"]
    assert rows["ViLQA"][0] == "1"


def test_a_set_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 1
    assert "--shared" in capsys.readouterr().err
