"""The embedder: both readers of the embedded model, another model by setting, and what is refused."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from indexer.analyze import fold
from indexer.embed import EMBEDDED_MODEL, Embedder, Prompts, checked_rows, open_embedder, open_static
from indexer.errors import ModelProblem

TEXTS = (
    "Kế hoạch công tác dân vận năm 2023 của Liên đoàn Lao động tỉnh",
    "Các đơn vị gửi báo cáo về Ban Kinh tế Trung ương\ntrước ngày 15/01 năm sau (284-KH/BKTTW).",
    "Ủy ban nhân dân, uỷ ban nhân dân; HOÀ BÌNH, hòa bình",
    "who reports by when",
)
QUERY = "tổng kết công tác công đoàn và nhiệm vụ năm tới"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="module")
def transformer() -> Embedder:
    return open_embedder(EMBEDDED_MODEL)


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    words = ("[UNK]", "query", "passage", ":", "kế", "hoạch")
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(1).normal(size=(len(words), 8)).astype(np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save_pretrained(str(tmp_path / "tiny"), create_model_card=False)
    return tmp_path / "tiny"


# --- every embedder ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["light", "transformer", "tiny"])
def any_embedder(request: pytest.FixtureRequest) -> Embedder:
    opened: dict[str, Callable[[], Embedder]] = {
        "light": lambda: request.getfixturevalue("embedder"),
        "transformer": lambda: request.getfixturevalue("transformer"),
        "tiny": lambda: open_embedder(request.getfixturevalue("tiny_model")),
    }
    return opened[request.param]()


def test_rows_are_unit_and_float32(any_embedder: Embedder) -> None:
    for embed in (any_embedder.embed_passages, any_embedder.embed_queries):
        rows = embed(TEXTS)
        assert rows.dtype == np.float32
        assert rows.shape[0] == len(TEXTS)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(any_embedder: Embedder) -> None:
    dimension = any_embedder.embed_queries(["kế hoạch"]).shape[1]
    assert any_embedder.embed_passages([]).shape == any_embedder.embed_queries([]).shape == (0, dimension)


def test_a_row_depends_on_its_text_alone(any_embedder: Embedder) -> None:
    together = any_embedder.embed_passages(TEXTS)
    alone = np.concatenate([any_embedder.embed_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


# --- the embedded model -----------------------------------------------------------------------------------------------


def test_both_readers_give_the_same_vectors_and_the_same_name(embedder: Embedder, transformer: Embedder) -> None:
    texts = (*TEXTS, "", "☃")
    np.testing.assert_allclose(embedder.embed_passages(texts), transformer.embed_passages(texts), atol=1e-4)
    np.testing.assert_allclose(embedder.embed_queries(texts), transformer.embed_queries(texts), atol=1e-4)
    assert embedder.name == transformer.name


def test_model2vec_reads_the_same_vectors(embedder: Embedder) -> None:
    model2vec = pytest.importorskip("model2vec", reason="model2vec is not installed")
    theirs = model2vec.StaticModel.from_pretrained(EMBEDDED_MODEL, force_download=False).encode(list(TEXTS))
    np.testing.assert_allclose(embedder.embed_passages(TEXTS), theirs, atol=1e-4)


def test_a_text_without_a_known_piece_gives_zeros(embedder: Embedder) -> None:
    assert not embedder.embed_passages(["", "☃"]).any()


def test_decomposed_letters_and_capitals_make_no_difference(embedder: Embedder) -> None:
    forms = [QUERY, QUERY.upper(), unicodedata.normalize("NFD", QUERY)]
    rows = embedder.embed_queries(forms)
    np.testing.assert_allclose(rows @ rows[0], 1, atol=1e-5)


@pytest.mark.parametrize(("old", "new"), [("hòa bình", "hoà bình"), ("ủy ban nhân dân", "uỷ ban nhân dân")])
def test_both_placements_of_a_tone_mark_are_one(embedder: Embedder, old: str, new: str) -> None:
    first, second = embedder.embed_queries([old, new])
    assert first @ second == pytest.approx(1, abs=1e-5)


def test_a_query_without_diacritics_is_nearest_to_its_accented_twin(embedder: Embedder) -> None:
    rows = embedder.embed_queries([QUERY, *TEXTS])
    similar = rows @ embedder.embed_queries([fold(QUERY)])[0]
    assert similar.argmax() == 0
    assert similar[0] > 0.6


def test_a_question_is_nearer_to_its_passage_than_to_others(embedder: Embedder) -> None:
    question = embedder.embed_queries(["Báo cáo gửi Ban Kinh tế Trung ương trước ngày nào?"])[0]
    assert (embedder.embed_passages(TEXTS[:3]) @ question).argmax() == 1


def test_english_words_of_the_domain_and_abbreviations_are_known(embedder: Embedder) -> None:
    pairs = [
        ("report deadline", "thời hạn báo cáo"),
        ("LĐLĐ tỉnh", "Liên đoàn Lao động tỉnh"),
        ("UBND", "ủy ban nhân dân"),
    ]
    for short, meant in pairs:
        first, second = embedder.embed_queries([short, meant])
        assert first @ second > 0.8


def test_the_light_reader_leaves_torch_alone() -> None:
    code = (
        "import sys; from indexer.embed import open_embedder; open_embedder().embed_queries(['kế hoạch']); "
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_model_is_small_enough_for_the_repository() -> None:
    assert sum(path.stat().st_size for path in EMBEDDED_MODEL.iterdir()) <= 32_000_000


def test_rows_are_stored_in_8_bits() -> None:
    weights = load_file(EMBEDDED_MODEL / "model.safetensors")
    assert weights["embeddings"].dtype == np.int8
    assert weights["embeddings"].max() == 127


def test_other_weights_have_another_name(tmp_path: Path, embedder: Embedder) -> None:
    folder = copied_model(tmp_path / EMBEDDED_MODEL.name)
    assert open_static(folder).name == embedder.name
    weights = load_file(folder / "model.safetensors")
    weights["embeddings"][7, 7] += 1
    save_file(weights, folder / "model.safetensors")
    assert open_static(folder).name != embedder.name


def copied_model(folder: Path) -> Path:
    folder.mkdir()
    for path in EMBEDDED_MODEL.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


# --- another model ----------------------------------------------------------------------------------------------------


def test_another_model_is_opened_by_its_folder(tiny_model: Path) -> None:
    other = open_embedder(str(tiny_model))
    assert other.name.startswith("tiny-")
    assert other.embed_passages(["kế hoạch"]).shape == (1, 8)


def test_prompts_stand_before_queries_and_passages(tiny_model: Path) -> None:
    plain = open_embedder(tiny_model)
    prompted = open_embedder(tiny_model, Prompts(query="query: ", passage="passage: "))
    np.testing.assert_allclose(
        prompted.embed_queries(["kế hoạch"]), plain.embed_queries(["query: kế hoạch"]), atol=1e-6
    )
    np.testing.assert_allclose(
        prompted.embed_passages(["kế hoạch"]), plain.embed_passages(["passage: kế hoạch"]), atol=1e-6
    )
    assert prompted.name != plain.name


def test_prompts_are_read_from_the_folder(tiny_model: Path) -> None:
    plain = open_embedder(tiny_model)
    path = tiny_model / "config_sentence_transformers.json"
    configuration = json.loads(path.read_text(encoding="utf-8"))
    configuration["prompts"] = {"query": "query: ", "document": "passage: "}
    path.write_text(json.dumps(configuration), encoding="utf-8")
    prompted = open_embedder(tiny_model)
    np.testing.assert_allclose(
        prompted.embed_queries(["kế hoạch"]), plain.embed_queries(["query: kế hoạch"]), atol=1e-6
    )
    assert prompted.name != plain.name


@pytest.mark.parametrize("model", ["./no/such/folder", "nothing", Path("no/such")])
def test_a_missing_folder_is_refused_with_its_name(model: str | Path) -> None:
    with pytest.raises(ModelProblem, match=f"{model}: no such folder"):
        open_embedder(model)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match=r"modules\.json"):
        open_embedder(tmp_path)


def test_a_damaged_folder_is_refused(tiny_model: Path) -> None:
    (tiny_model / "modules.json").write_text("[", encoding="utf-8")
    with pytest.raises(ModelProblem, match="can't be opened"):
        open_embedder(tiny_model)


def test_an_incomplete_embedded_model_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match=r"model\.safetensors, tokenizer\.json missing"):
        open_static(tmp_path)


def test_a_damaged_embedded_model_is_refused(tmp_path: Path) -> None:
    folder = copied_model(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelProblem, match="can't be read"):
        open_static(folder)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (np.ones((2, 3), dtype=np.float32), r"shape \(2, 3\), expected \(2, 4\)"),
        (np.ones((2, 4), dtype=np.int64), "int64, expected float32"),
        (np.full((2, 4), 2, dtype=np.float32), "length 4.0000, expected 1"),
        (np.full((2, 4), np.nan, dtype=np.float32), "length nan, expected 1"),
    ],
)
def test_wrong_rows_are_refused_with_both_numbers(rows: object, message: str) -> None:
    with pytest.raises(ModelProblem, match=message):
        checked_rows(rows, texts=2, dimension=4, name="other")
