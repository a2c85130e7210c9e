"""The training's pure parts, and one run on a handful of made-up texts."""

import json
import lzma
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from indexer.embed import open_embedder, open_static
from training.__main__ import NEEDED, main, run
from training.duplicates import Measured, NearCopies, read_measured, without_copies
from training.export import folded_rows, quantized, write_model
from training.glossary import SAME_AS
from training.pairs import PairMaker, Rows, row_table, tokenize
from training.settings import PairSettings, Settings, VocabularySettings
from training.sources import Article, News, Question, SourceError, Sources, held_out, read_sources
from training.start import singular_rows, start_rows
from training.train import CountedBag, InBatchSoftmax
from training.vocabulary import Counts, Vocabulary, build, common_endings, count, old_tone, row_strengths
from training.words import Words, one_tone

WORDS = ("báo cáo", "kế hoạch", "công tác", "dân vận", "hoà bình", "thời hạn", "đơn vị", "uỷ ban")
SMALL = VocabularySettings(words=60, phrases=20, bare_phrases=20, least_count=5, least_lift=3.0)


def sentence(random: np.random.Generator) -> str:
    return " ".join(random.choice(WORDS, 8)) + "."


@pytest.fixture(scope="module")
def sources() -> Sources:
    random = np.random.default_rng(3)

    def text() -> str:
        return " ".join(sentence(random) for _ in range(5))

    return Sources(
        tuple(News(sentence(random), text(), text()) for _ in range(40)),
        tuple(Article(str(at), sentence(random), "Báo cáo", text(), (str(at - 1),)) for at in range(40)),
        tuple(Question(sentence(random), sentence(random), text()) for _ in range(40)),
    )


def piece(vocabulary: Vocabulary, name: str) -> int:
    number = vocabulary.tokenizer.token_to_id(name)
    assert number is not None
    return int(number)


@pytest.fixture(scope="module")
def vocabulary(sources: Sources) -> Vocabulary:
    return build(count([news.body for news in sources.news], SMALL), SMALL)


@pytest.fixture
def tiny(vocabulary: Vocabulary) -> SentenceTransformer:
    torch.manual_seed(3)
    return SentenceTransformer(modules=[StaticEmbedding(vocabulary.tokenizer, embedding_dim=6)], device="cpu")


# --- words and near copies --------------------------------------------------------------------------------------------


def test_words_of_one_spelling_share_a_number() -> None:
    words = Words(one_tone)
    assert words.numbers("Hoà hòa HÒA, hoa").tolist() == [0, 0, 0, 1, 2]
    assert words.names == ["hoà", ",", "hoa"]


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai", True),
        ("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai rồi thêm", True),
        ("mot hai ba bon nam sau bay tam chin muoi muoi mot muoi hai", True),
        ("một hai ba bốn rồi sáu bảy tám chín rồi mười một mười hai", False),
        ("văn bản khác hẳn, không có gì chung với văn bản kia cả nhé các bạn", False),
    ],
)
def test_a_near_copy_is_seen_whatever_its_marks(sources: Sources, text: str, copied: bool) -> None:
    measured = Measured((), ("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai",))
    with_text = replace(sources, articles=(Article("x", "", "", text, ()),))
    assert (without_copies(with_text, measured).articles == ()) == copied


def test_a_question_that_is_measured_is_left_out(sources: Sources) -> None:
    asked = "Hồ sơ đăng ký thành lập công đoàn cơ sở gồm những gì?"
    measured = Measured((asked,), ())
    with_copy = replace(sources, questions=(*sources.questions, Question(f"{asked} Nộp ở đâu?", "", "Nộp ở đây.")))
    assert without_copies(with_copy, measured).questions == sources.questions


def test_near_copies_need_enough_shingles() -> None:
    row = np.arange(4, dtype=np.int32)
    assert not NearCopies([row], words=3, share=0.5).holds(row)
    row = np.arange(6, dtype=np.int32)
    assert NearCopies([row], words=3, share=0.5).holds(row)


# --- the vocabulary ---------------------------------------------------------------------------------------------------


def test_words_that_stand_together_become_phrases(vocabulary: Vocabulary) -> None:
    assert vocabulary.tokenizer.encode("Kế hoạch công tác dân vận").tokens == ["kế hoạch", "công tác", "dân vận"]


def test_a_phrase_does_not_begin_or_end_inside_a_word(vocabulary: Vocabulary) -> None:
    assert "báo cáo" not in vocabulary.tokenizer.encode("thôngbáo cáo").tokens


def test_a_phrase_is_the_sum_of_its_syllables_and_its_own_row(vocabulary: Vocabulary) -> None:
    phrase = vocabulary.parts[piece(vocabulary, "kế hoạch")]
    assert {piece(vocabulary, "kế"), piece(vocabulary, "hoạch")} < set(phrase)
    assert len(phrase) == 3


def test_both_tones_and_bare_phrases_share_a_row(vocabulary: Vocabulary) -> None:
    assert len({int(vocabulary.row[piece(vocabulary, name)]) for name in ("hoà bình", "hòa bình", "hoa binh")}) == 1


@pytest.mark.parametrize("word", sorted(SAME_AS))
def test_abbreviations_and_english_words_share_the_row_of_their_meaning(vocabulary: Vocabulary, word: str) -> None:
    [short] = vocabulary.tokenizer.encode(word).ids
    [meaning] = vocabulary.tokenizer.encode(SAME_AS[word]).ids
    assert vocabulary.row[short] == vocabulary.row[meaning]
    assert vocabulary.parts[short] == vocabulary.parts[meaning]


def test_an_abbreviation_in_a_phrase_counts_as_what_it_stands_for() -> None:
    counts = Counts(Counter({"ubnd": 9, "xã": 9}), Counter({"ubnd xã": 6}))
    built = build(counts, SMALL)
    assert set(built.parts[piece(built, "uỷ ban nhân dân")]) < set(built.parts[piece(built, "ubnd xã")])


def test_an_unknown_word_is_cut_into_characters(vocabulary: Vocabulary) -> None:
    assert vocabulary.tokenizer.encode("bvh").tokens == ["b", "##v", "##h"]


def test_the_same_counts_give_the_same_tokenizer() -> None:
    counts = Counts(Counter({"báo": 9, "cáo": 9, "kế": 7}), Counter({"báo cáo": 6}))
    assert build(counts, SMALL).tokenizer.to_str() == build(counts, SMALL).tokenizer.to_str()


def test_other_tones_are_only_those_of_open_syllables() -> None:
    assert [old_tone(word) for word in ("hoà", "thuỷ sản", "quý", "hoàn")] == ["hòa", "thủy sản", "quý", "hoàn"]


def test_a_word_without_diacritics_counts_as_the_words_that_it_may_stand_for() -> None:
    built = build(Counts(Counter({"toàn": 60, "toán": 40, "cho": 9000, "chó": 30, "toàn thể": 9}), Counter()), SMALL)
    bare, whole, sums = (piece(built, word) for word in ("toan", "toàn", "toán"))
    assert dict(zip(built.parts[bare], built.shares[bare], strict=True)) == pytest.approx(
        {bare: 1.0, whole: 0.6, sums: 0.4}, abs=0.01
    )
    assert built.parts[piece(built, "cho")] == (piece(built, "cho"),)


def test_a_rare_name_is_cut_into_common_endings() -> None:
    words = Counter({"be": 9, "a": 9, **{f"{start}yonce": 1 for start in ("xb", "xc", "xd")}})
    assert common_endings(words, {"be", "a"}, 3) == ["##once", "##yonc", "##nce"]
    built = build(Counts(words, Counter()), replace(SMALL, endings=4))
    assert built.tokenizer.encode("beyonce").tokens == ["be", "##yonc", "##e"]


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_rows_are_taken_in_order() -> None:
    rows = Rows.of([[1, 2], [], [3], [4, 5, 6]])
    entries, begins = rows.take(np.array([3, 1, 0]))
    assert entries.tolist() == [4, 5, 6, 1, 2]
    assert begins.tolist() == [0, 3, 3]


def test_rows_are_joined_in_order() -> None:
    joined = Rows.joined([Rows.of([[1, 2], []]), Rows.of([[3]])])
    assert [joined[row].tolist() for row in range(len(joined))] == [[1, 2], [], [3]]


def test_the_same_seed_draws_the_same_pairs(sources: Sources, vocabulary: Vocabulary) -> None:
    tokenized = tokenize(sources, vocabulary.tokenizer)

    def drawn(seed: int) -> list[int]:
        maker = PairMaker(tokenized, len(vocabulary.parts), PairSettings(), np.random.default_rng(seed))
        return [int(drawn_piece) for drawn_piece in maker.draw(200).questions.flat]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_bare_pieces_stand_for_the_form_without_diacritics(vocabulary: Vocabulary) -> None:
    table, pieces = row_table(vocabulary), len(vocabulary.parts)
    for accented, bare in (("báo", "bao"), ("kế hoạch", "ke hoach")):
        place = table.entries()[pieces + piece(vocabulary, accented)]
        assert tuple(table.rows.flat[place]) == vocabulary.parts[piece(vocabulary, bare)]
        np.testing.assert_allclose(table.shares[place], vocabulary.shares[piece(vocabulary, bare)], rtol=1e-6)


# --- where training starts, and its loss ------------------------------------------------------------------------------


def test_words_of_the_same_texts_start_near_each_other() -> None:
    counts = Counts(Counter(dict.fromkeys(("lúa", "gạo", "tàu", "xe"), 9)), Counter())
    built = build(counts, SMALL)
    texts = [
        np.array([piece(built, word) for word in pair], dtype=np.int32) for pair in (("lúa", "gạo"), ("tàu", "xe"))
    ]
    rows = singular_rows(texts * 8, built, 16, np.random.default_rng(2))
    rice, grain, ship = (rows[piece(built, word)] for word in ("lúa", "gạo", "tàu"))
    assert rows.shape == (built.rows, 16)
    assert rice @ rice == pytest.approx(16, rel=1e-3)
    assert rice @ grain > 15
    assert abs(rice @ ship) < 1


def test_a_word_without_diacritics_starts_as_what_it_stands_for(sources: Sources, vocabulary: Vocabulary) -> None:
    settings = Settings(dimension=8, start_texts=60, vocabulary=SMALL)
    start = start_rows(tokenize(sources, vocabulary.tokenizer), vocabulary, settings, np.random.default_rng(2))
    assert np.abs(start[piece(vocabulary, "hoach")]).max() < 0.05
    assert np.abs(start[piece(vocabulary, "hoạch")]).max() > 0.1


def test_the_loss_and_its_gradient_are_those_of_sentence_transformers(tiny: SentenceTransformer) -> None:
    published = MultipleNegativesRankingLoss(
        tiny,
        scale=20.0,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
        hardness_mode="in_batch_negatives",
        hardness_strength=8.0,
    )
    ours = InBatchSoftmax(tiny, scale=20.0, hardness=8.0)
    features = [tiny.tokenize([f"{word} {other}" for word, other in pairwise(WORDS)]), tiny.tokenize(list(WORDS[1:]))]
    static = cast(StaticEmbedding, tiny[0])
    values, gradients = [], []
    for loss in (published, ours):
        tiny.zero_grad()
        value = loss([dict(each) for each in features], labels=torch.empty(0))
        value.backward()
        values.append(value.item())
        gradients.append(cast(torch.Tensor, static.embedding.weight.grad).clone())
    assert values[1] == pytest.approx(values[0], rel=1e-5)
    torch.testing.assert_close(gradients[1], gradients[0], atol=1e-6, rtol=1e-4)


def test_a_sum_of_rows_has_the_gradient_of_torch(vocabulary: Vocabulary) -> None:
    table, random = row_table(vocabulary), np.random.default_rng(2)
    strengths = torch.from_numpy(row_strengths(vocabulary, 0.5))
    bag = CountedBag(torch.from_numpy(random.random((vocabulary.rows, 4), dtype=np.float32)), table, strengths)
    weight = bag.weight.detach().clone().requires_grad_()
    entries, offsets = torch.tensor([1, 2, 2, len(table.shares) - 1]), torch.tensor([0, 3])
    ours = bag(entries, offsets)
    theirs = torch.nn.functional.embedding_bag(
        bag.rows[entries], weight, offsets, mode="sum", per_sample_weights=bag.counts[entries]
    )
    torch.testing.assert_close(ours, theirs)
    for each in (ours, theirs):
        each.square().sum().backward()
    torch.testing.assert_close(bag.weight.grad, weight.grad)


def test_texts_held_out_are_not_trained_on(sources: Sources) -> None:
    kept, held = held_out(sources, 5, np.random.default_rng(1))
    assert len(held.news) == len(held.articles) == 5
    assert set(kept.news).isdisjoint(held.news)
    assert set(kept.articles) | set(held.articles) == set(sources.articles)
    assert set(held.articles).isdisjoint(sources.articles[:20])


# --- export and the whole run -----------------------------------------------------------------------------------------


def test_pieces_of_one_row_are_written_once(vocabulary: Vocabulary) -> None:
    trained = np.random.default_rng(5).normal(size=(vocabulary.rows, 6)).astype(np.float32)
    rows, row = folded_rows(vocabulary, trained)
    expected = trained[list(vocabulary.parts[piece(vocabulary, "ke hoach")])].sum(axis=0)
    np.testing.assert_allclose(rows[row[piece(vocabulary, "kế hoạch")]], expected, rtol=1e-6)
    assert not rows[row[piece(vocabulary, "[UNK]")]].any()


def test_8_bits_are_off_by_half_a_step_at_most() -> None:
    rows = np.random.default_rng(5).normal(size=(50, 6)).astype(np.float32)
    numbers, factor = quantized(rows)
    assert np.abs(numbers * factor[:, None] - rows).max() <= factor.max() * 0.5001


def test_a_written_model_is_read_alike_by_both_readers(vocabulary: Vocabulary, tmp_path: Path) -> None:
    trained = np.random.default_rng(5).normal(size=(vocabulary.rows, 6)).astype(np.float32)
    write_model(tmp_path / "small", vocabulary, trained)
    texts = ["kế hoạch công tác", "HÒA BÌNH", "ubnd bvh", ""]
    light, full = open_static(tmp_path / "small"), open_embedder(tmp_path / "small")
    np.testing.assert_allclose(light.embed_passages(texts), full.embed_passages(texts), atol=1e-6)


def write_lines(path: Path, rows: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path, sources: Sources) -> Path:
    folder = tmp_path / "shared"
    write_lines(
        folder / "train/news.jsonl.xz",
        [{"title": news.title, "abstract": news.abstract, "body": news.body} for news in sources.news],
    )
    write_lines(
        folder / "train/legal_articles.jsonl.xz",
        [
            {
                "id": article.id,
                "title": article.title,
                "de_muc": article.topic,
                "text": article.text,
                "related": article.related,
            }
            for article in sources.articles
        ],
    )
    write_lines(
        folder / "train/legal_qa.jsonl.xz",
        [{"question": each.question, "title": each.page, "answer": each.answer} for each in sources.questions],
    )
    (folder / "evalsets").mkdir()
    (folder / "evalsets/vilqa.csv").write_text("context,question,answer\nĐoạn văn,Câu hỏi?,Đoạn\n", encoding="utf-8")
    return folder


def test_a_run_writes_a_model_and_its_record(data: Path, tmp_path: Path) -> None:
    for name in NEEDED:
        pytest.importorskip(name, reason=f"training needs {name}: pip install -e '.[train]'")
    settings = Settings(steps=3, batch=16, dimension=8, warmup_steps=1, start_texts=60, vocabulary=SMALL)
    run(data, tmp_path / "one", settings)
    run(data, tmp_path / "two", settings)
    first, second = (open_static(tmp_path / name).embed_queries(list(WORDS)) for name in ("one", "two"))
    np.testing.assert_allclose(first, second, atol=1e-5)
    record = json.loads((tmp_path / "one/training.json").read_text(encoding="utf-8"))
    assert record["settings"]["dimension"] == 8
    assert set(record["data"]) == {f"train/{name}.jsonl.xz" for name in ("news", "legal_articles", "legal_qa")}


def test_training_without_its_data_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match=r"train/news\.jsonl\.xz.*not there"):
        read_sources(tmp_path)
    assert main(["--shared", str(tmp_path), "--model", str(tmp_path / "model")]) == 1
    assert "needs" in capsys.readouterr().err


def test_training_without_evaluation_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="near copies"):
        read_measured(tmp_path)


def test_evaluation_questions_and_passages_are_read_from_every_set(shared: Path) -> None:
    measured = read_measured(shared)
    together = set(measured.questions) | set(measured.passages)
    told: Callable[[str], bool] = lambda start: any(text.startswith(start) for text in together)  # noqa: E731
    assert len(measured.questions) > 1190 + 500 + 500
    assert len(measured.passages) > 240 + 2131 + 500
    assert told("Phạm vi điều chỉnh")
