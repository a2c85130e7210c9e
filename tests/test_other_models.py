"""An embedding model and a cross-encoder by setting: what the program does with models made here."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder

from indexer.build import build
from indexer.errors import ModelMismatch, ModelProblem
from indexer.rerank import open_reranker
from indexer.store import live_generation, read_manifest
from search.__main__ import main
from search.engine import open_engine
from search.fuse import Fused
from search.rerank import READ_AGAIN, WEIGHT, reranked
from tests.tiny_models import tiny_cross_encoder, tiny_embedder

WORDS = ("kế", "hoạch", "báo", "cáo", "gửi", "ban", "công", "tác", "đơn", "vị", "trước", "ngày")
QUERY = "báo cáo công tác"


@pytest.fixture(scope="module")
def embedding_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_embedder(tmp_path_factory.mktemp("models") / "second", WORDS)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_cross_encoder(tmp_path_factory.mktemp("models") / "cross", WORDS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "a.txt").write_text("Các đơn vị gửi báo cáo công tác trước ngày 15/6/2025.", encoding="utf-8")
    (folder / "b.txt").write_text("Ban Công tác lập kế hoạch năm 2025.", encoding="utf-8")
    return folder


# --- another embedding model ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second_index(documents: Path, embedding_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("second") / "index"
    build([documents], index, embedding_model)
    return index


def test_the_manifest_names_the_model_and_its_dimension(second_index: Path) -> None:
    manifest = read_manifest(live_generation(second_index))
    assert manifest.embedder.startswith("second-")
    assert manifest.dimension == len(WORDS) + 1


def test_an_index_is_searched_with_the_model_that_built_it(second_index: Path, embedding_model: Path) -> None:
    best = open_engine(second_index, str(embedding_model)).search(QUERY)[0]
    assert best.document.file == "a.txt"
    assert best.evidence["dense"] > 0


def test_an_index_opened_with_another_model_is_refused_with_both_names(
    second_index: Path, corpus_index: Path, embedding_model: Path
) -> None:
    with pytest.raises(ModelMismatch, match=r"built with the model second-\w+, opened with model-\w+\. Rebuild it"):
        open_engine(second_index)
    with pytest.raises(ModelMismatch, match=r"built with the model model-\w+, opened with second-\w+\. Rebuild it"):
        open_engine(corpus_index, str(embedding_model))


def test_other_weights_in_the_same_folder_are_another_model(
    second_index: Path, embedding_model: Path, tmp_path: Path
) -> None:
    changed = tiny_embedder(tmp_path / embedding_model.name, WORDS, np.ones((len(WORDS) + 1, 3), dtype=np.float32))
    with pytest.raises(ModelMismatch, match="second-"):
        open_engine(second_index, str(changed))


# --- a cross-encoder --------------------------------------------------------------------------------------------------


class LongestFirst:
    """Takes the longest passage for the best."""

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return np.array([len(passage) / 100 for passage in passages], dtype=np.float32)


def found(count: int) -> list[Fused]:
    return [Fused(at, 1 / (1 + at), {"dense": 1 / (1 + at)}) for at in range(count)]


def test_a_cross_encoder_decides_the_order_and_its_share_adds_up() -> None:
    again = reranked(found(4), QUERY, LongestFirst(), lambda at: "x" * (10 * at), k=3)
    assert [one.position for one in again] == [3, 2, 1]
    for one in again:
        assert sum(one.evidence.values()) == pytest.approx(one.score)
    assert again[0].evidence["cross_encoder"] == pytest.approx(0.3 * WEIGHT)


def test_passages_that_it_did_not_read_stay_behind_in_their_order() -> None:
    again = reranked(found(READ_AGAIN + 3), QUERY, LongestFirst(), lambda at: "x" * 20 * at, k=READ_AGAIN + 3)
    assert [one.position for one in again] == [*range(READ_AGAIN - 1, -1, -1), *range(READ_AGAIN, READ_AGAIN + 3)]


def test_ties_stay_as_they_were_found() -> None:
    assert [one.position for one in reranked(found(4), QUERY, LongestFirst(), lambda at: "x", k=4)] == [0, 1, 2, 3]


def test_nothing_found_is_nothing_read(cross_encoder: Path) -> None:
    assert reranked([], QUERY, open_reranker(cross_encoder), str, k=5) == []


def test_its_scores_are_those_of_sentence_transformers_between_0_and_1(cross_encoder: Path) -> None:
    passages = ["đơn vị gửi báo cáo", "kế hoạch", "công tác trước ngày"]
    ours = open_reranker(cross_encoder).scores(QUERY, passages)
    theirs = CrossEncoder(str(cross_encoder), device="cpu").predict([(QUERY, passage) for passage in passages])
    np.testing.assert_allclose(ours, theirs, atol=1e-6)
    assert ours.dtype == np.float32
    assert ((ours >= 0) & (ours <= 1)).all()
    assert len(set(ours.tolist())) == 3


def test_the_second_stage_is_off_unless_it_is_named(corpus_index: Path, cross_encoder: Path) -> None:
    plain = open_engine(corpus_index).search(QUERY, 5)
    again = open_engine(corpus_index, reranker=str(cross_encoder)).search(QUERY, 5)
    assert all("cross_encoder" not in hit.evidence for hit in plain)
    shares = [hit.evidence["cross_encoder"] for hit in again]
    assert len(shares) == 5
    assert [hit.score for hit in again] == sorted((hit.score for hit in again), reverse=True)


def test_the_command_line_names_a_cross_encoder(
    corpus_index: Path, cross_encoder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--index", str(corpus_index), "--reranker", str(cross_encoder)]
    assert main(["find", QUERY, "-k", "2", "--explain", *options]) == 0
    assert "cross_encoder" in capsys.readouterr().out
    assert main(["ask", "Báo cáo gửi trước ngày nào?", *options]) == 0
    assert main(["ask", QUERY, "--index", str(corpus_index), "--reranker", str(corpus_index / "none")]) == 1
    assert "no such folder" in capsys.readouterr().err


def test_what_is_no_cross_encoder_is_refused(cross_encoder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match=r"config\.json"):
        open_reranker(tmp_path)
    with pytest.raises(ModelProblem, match="gives 3 scores for a pair, expected 1"):
        open_reranker(tiny_cross_encoder(tmp_path / "three", WORDS, scores=3))
    broken = shutil.copytree(cross_encoder, tmp_path / "broken")
    (broken / "config.json").write_text("[", encoding="utf-8")
    with pytest.raises(ModelProblem, match="can't be opened"):
        open_reranker(broken)
