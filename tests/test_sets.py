"""eval.sets: how the sets are read, how they are measured, and what the command prints."""

import json
import lzma
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.sets import (
    LONGEST_TEXT_CHARS,
    RetrievalSet,
    SetError,
    alqac,
    dense_scores,
    legal_qa_dev,
    lexical_scores,
    load,
    main,
    ndcg,
    xquad,
)
from indexer.analyze import fold, terms
from indexer.embed import open_embedder
from indexer.lexical import LexicalIndex
from tests.tiny_models import tiny_embedder

PARAGRAPHS = ("Hội nghị họp ở Huế.", "Báo cáo gửi trước ngày 5.", "Kho chứa lúa gạo.")


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def write_lines(path: Path, rows: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """All three sets with two or three texts each."""
    folder = tmp_path / "data"
    asked = ("Hội nghị họp ở đâu?", "Báo cáo gửi khi nào?", "Kho chứa gì?")
    paragraphs = [
        {"context": context, "qas": [{"question": question}]}
        for context, question in zip(PARAGRAPHS, asked, strict=True)
    ]
    write_json(
        folder / "evalsets/xquad.vi.json", {"data": [{"paragraphs": paragraphs[:2]}, {"paragraphs": paragraphs[2:]}]}
    )
    write_json(
        folder / "evalsets/alqac2023/law.json",
        [
            {"id": "Luật Kho", "articles": [{"id": "1", "text": "Kho là gì"}, {"id": "2", "text": "a" * 5000}]},
            {"id": "Luật Thóc", "articles": [{"id": "1", "text": "Thóc là gì"}]},
        ],
    )

    def question(text: str, *wanted: tuple[str, str]) -> dict[str, object]:
        return {"text": text, "relevant_articles": [{"law_id": law, "article_id": article} for law, article in wanted]}

    write_json(
        folder / "evalsets/alqac2023/train.json",
        [question("Thóc?", ("Luật Thóc", "1"), ("Luật Kho", "1")), question("Lạc?", ("Luật Lạc", "9")), question("?")],
    )
    write_json(folder / "evalsets/alqac2023/private_test.json", [question("Kho?", ("Luật Kho", "2"))])
    write_lines(
        folder / "evalsets/legal_qa_dev.jsonl.xz",
        [
            {"question": "Báo cáo gửi khi nào?", "answer": "Báo cáo gửi trước ngày 5."},
            {"question": "Dài " * 80, "answer": "Không hỏi tới."},
            {"question": "Kho chứa gì?", "answer": "Kho chứa lúa gạo. " * 400},
        ],
    )
    write_lines(folder / "train/legal_articles.jsonl.xz", [{"title": "Điều 1", "text": "Hội nghị họp ở Huế."}])
    return folder


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """Each word a direction of its own, so that cosines count shared words."""
    words = sorted({word for text in PARAGRAPHS for word in text.lower().strip(".").split()})
    return tiny_embedder(tmp_path / "tiny", words)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_question_of_xquad_is_asked_over_the_paragraphs_of_all_articles(data: Path) -> None:
    read = xquad(data)
    assert read.texts == PARAGRAPHS
    assert read.queries[2] == "Kho chứa gì?"
    assert read.relevant == (frozenset({0}), frozenset({1}), frozenset({2}))


def test_an_alqac_question_whose_article_is_not_there_is_left_out(data: Path) -> None:
    read = alqac(data)
    assert read.queries == ("Thóc?", "Kho?")
    assert read.relevant == (frozenset({0, 2}), frozenset({1}))


def test_an_alqac_text_begins_with_its_law_and_is_cut(data: Path) -> None:
    first, second, _ = alqac(data).texts
    assert first == "Luật Kho Kho là gì"
    assert len(second) == LONGEST_TEXT_CHARS


def test_long_questions_are_left_out_of_legal_qa_dev_with_their_answers(data: Path) -> None:
    read = legal_qa_dev(data)
    assert read.queries == ("Báo cáo gửi khi nào?", "Kho chứa gì?")
    assert [text[:15] for text in read.texts] == ["Báo cáo gửi trư", "Kho chứa lúa gạ", "Điều 1 Hội nghị"]
    assert max(map(len, read.texts)) == LONGEST_TEXT_CHARS
    assert read.relevant == (frozenset({0}), frozenset({1}))


def test_the_shared_sets_have_the_sizes_of_their_protocols(shared: Path) -> None:
    sizes = [(len(each.queries), len(each.texts)) for each in load(shared)]
    assert sizes == [(1190, 240), (202, 2131), (557, 10557)]


def test_queries_and_judgements_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 queries, 1 judgements"):
        RetrievalSet("set", ("a", "b"), ("c",), (frozenset({0}),))


def test_only_the_queries_are_typed_otherwise(data: Path) -> None:
    read = xquad(data)
    assert read.typed(fold).queries[0] == fold("Hội nghị họp ở đâu?")
    assert read.typed(fold).texts == read.texts


# --- measuring --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "relevant", "expected"),
    [
        ([0.9, 0.5, 0.1], {0}, 1.0),
        ([0.5, 0.9, 0.1], {0}, 1 / math.log2(3)),
        ([0.5, 0.9, 0.1], {0, 1}, 1.0),
        ([0.5, 0.5, 0.5], {2}, 1 / math.log2(4)),
        ([*np.linspace(2, 1, 10), 0.5], {10}, 0.0),
    ],
)
def test_ndcg_is_that_of_the_first_ten_ties_by_position(
    scores: list[float], relevant: set[int], expected: float
) -> None:
    assert ndcg(np.array([scores], dtype=np.float32), [frozenset(relevant)]) == pytest.approx(expected)


def test_ndcg_is_the_mean_over_the_queries() -> None:
    scores = np.array([[1, 0], [1, 0]], dtype=np.float32)
    assert ndcg(scores, [frozenset({0}), frozenset({1})]) == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_dense_scores_are_cosines_of_queries_with_texts(tiny_model: Path) -> None:
    scores = dense_scores(open_embedder(tiny_model), ["kho", "báo cáo"], PARAGRAPHS)
    assert scores.shape == (2, 3)
    assert scores.argmax(axis=1).tolist() == [2, 1]
    assert scores[0, 2] == pytest.approx(0.5, abs=0.01)


def test_the_best_text_has_a_lexical_score_of_1_and_an_unknown_query_none() -> None:
    index = LexicalIndex.build([terms(text) for text in PARAGRAPHS])
    scores = lexical_scores(index, ["kho lúa", "zzz"])
    assert scores[0].argmax() == 2
    assert scores[0].max() == pytest.approx(1)
    assert not scores[1].any()


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_prints_every_set_alone_and_in_the_mix(
    data: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shared", str(data), "--model", str(tiny_model), "--weight", "0.5"]) == 0
    printed = capsys.readouterr().out
    assert "nDCG@10 of tiny-" in printed
    [xquad_row] = [line for line in printed.splitlines() if "XQuAD-vi" in line]
    assert xquad_row.count("1.0000") >= 7


def test_the_lexical_fields_can_be_left_out(data: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(data), "--model", str(tiny_model), "--alone"]) == 0
    assert "lexical" not in capsys.readouterr().out


def test_missing_data_is_named(tmp_path: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetError, match=r"xquad\.vi\.json: not there"):
        load(tmp_path)
    assert main(["--shared", str(tmp_path), "--model", str(tiny_model)]) == 1
    assert "--shared" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(data), "--model", str(data / "none")]) == 1
    assert "no such folder" in capsys.readouterr().err
