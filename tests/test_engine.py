"""The engine: opening an index, keeping its generation, filters, threads, and whatever people type."""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.analyze import fold
from indexer.build import build
from indexer.errors import IndexDamaged, IndexFormat, IndexMissing, IndexProblem, ModelMismatch, ModelProblem
from indexer.types import Document
from search.engine import Engine, open_engine
from search.types import Answer, Filters, Hit, NoAnswer, Reason
from tests.test_query import LONG, ODD

QUESTION = "who reports to Ban Kinh tế by when"
TOPICS = (
    QUESTION,
    "Ai ký Chỉ thị 27-CT/TU?",
    "báo cáo gửi Liên đoàn Lao động tỉnh trước ngày nào",
    "muc ho tro xay nha mai am cong doan la bao nhieu",
    "Quyết định 88 được thay thế bởi văn bản nào",
    "Giám sát gián tiếp là gì?",
    "nơi nhận thông báo 44",
    "giá vàng hôm nay",
)


def asked(engine: Engine, question: str, filters: Filters | None = None) -> Answer | NoAnswer:
    """What the engine says, without the time that it took."""
    return replace(engine.ask(question, filters), seconds=0.0)


def hits_of(result: Answer | NoAnswer) -> tuple[Hit, ...]:
    return result.hits if isinstance(result, Answer) else result.nearest


# Opening


def generation_of(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text(encoding="utf-8").strip()


def manifest_says(**fields: object) -> Callable[[Path], None]:
    def change(index: Path) -> None:
        path = generation_of(index) / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8")) | fields
        path.write_text(json.dumps(manifest), encoding="utf-8")

    return change


def current_says(name: str) -> Callable[[Path], None]:
    def change(index: Path) -> None:
        (index / "CURRENT").write_text(name, encoding="utf-8")

    return change


def without(name: str) -> Callable[[Path], None]:
    return lambda index: (generation_of(index) / name).unlink()


def overwritten(name: str) -> Callable[[Path], None]:
    """Of the same size, so that only reading it can tell."""

    def change(index: Path) -> None:
        path = generation_of(index) / name
        path.write_bytes(b"\x07" * path.stat().st_size)

    return change


def cut(name: str) -> Callable[[Path], None]:
    def change(index: Path) -> None:
        path = generation_of(index) / name
        path.write_bytes(path.read_bytes()[:-1])

    return change


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda index: shutil.rmtree(index), IndexMissing, "no index here"),
        (without("../../CURRENT"), IndexMissing, "no index here"),
        (current_says("0000"), IndexDamaged, "'0000'"),
        (current_says(""), IndexDamaged, "CURRENT"),
        (manifest_says(format=99), IndexFormat, "format 99"),
        (manifest_says(analyzer="other"), IndexFormat, "other"),
        (manifest_says(embedder="other-model"), ModelMismatch, "other-model"),
        (without("manifest.json"), IndexDamaged, "manifest.json"),
        (overwritten("manifest.json"), IndexDamaged, "manifest.json"),
        (without("catalog.sqlite"), IndexDamaged, "catalog.sqlite"),
        (cut("catalog.sqlite"), IndexDamaged, "catalog.sqlite"),
        (overwritten("catalog.sqlite"), IndexDamaged, "catalog.sqlite"),
        (cut("lexical.words.impacts.npy"), IndexDamaged, "lexical.words.impacts.npy"),
        (overwritten("lexical.words.impacts.npy"), IndexDamaged, "lexical"),
        (overwritten("vectors.numbers.npy"), IndexDamaged, "vectors"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else value if isinstance(value, str) else "change",
)
def test_an_index_that_cannot_be_used_says_why_in_one_line(
    corpus_index: Path, tmp_path: Path, change: Callable[[Path], None], error: type[IndexProblem], said: str
) -> None:
    index = tmp_path / "index"
    shutil.copytree(corpus_index, index)
    change(index)
    with pytest.raises(error) as raised:
        open_engine(index)
    message = str(raised.value)
    assert message.startswith(str(index))
    assert said in message
    assert "\n" not in message
    assert "build" in message.lower()


def test_a_model_that_is_not_there_is_named(corpus_index: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="no such folder"):
        open_engine(corpus_index, model=str(tmp_path / "model"))


def test_opening_changes_nothing_in_the_index(corpus_index: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(corpus_index, index)
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    open_engine(index).ask(QUESTION)
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


# Generations

DUE = "Công đoàn cơ sở gửi báo cáo trước ngày nào?"


def rebuilt(folder: Path, index: Path, day: int) -> Path:
    folder.mkdir(exist_ok=True)
    text = (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN SƠN\nSố: 12/KH-LĐLĐ\n\nKẾ HOẠCH\nVề an toàn lao động\n\n"
        f"Công đoàn cơ sở gửi báo cáo về Liên đoàn Lao động tỉnh trước ngày {day}/11 hằng năm.\n"
    )
    (folder / "ke-hoach.txt").write_text(text, encoding="utf-8")
    build([folder], index)
    return index


def test_an_engine_keeps_its_generation_after_the_index_was_built_again(tmp_path: Path) -> None:
    folder, index = tmp_path / "corpus", tmp_path / "index"
    first = open_engine(rebuilt(folder, index, 10))
    before = asked(first, DUE)
    assert isinstance(before, Answer)
    assert "10/11" in before.text
    for day in (11, 12, 13):
        later = asked(open_engine(rebuilt(folder, index, day)), DUE)
        assert isinstance(later, Answer)
        assert f"{day}/11" in later.text
        assert asked(first, DUE) == before


def test_an_engine_tells_of_its_generation_after_the_index_was_built_again(tmp_path: Path) -> None:
    folder, index = tmp_path / "corpus", tmp_path / "index"
    first = open_engine(rebuilt(folder, index, 10))
    before = first.summary()
    for day in (11, 12):
        rebuilt(folder, index, day)
    assert first.summary() == before


def test_the_summary_counts_what_is_held(engine: Engine, corpus_index: Path) -> None:
    summary = engine.summary()
    assert summary.generation == generation_of(corpus_index).name
    assert summary.documents == len(engine.documents()) > 0
    assert summary.passages > summary.documents
    assert summary.failures == ()


# Search


def test_hits_are_ranked_from_one_with_scores_that_do_not_rise(engine: Engine) -> None:
    hits = engine.search("báo cáo gửi Ban Kinh tế Trung ương", k=25)
    assert [hit.rank for hit in hits] == list(range(1, 26))
    assert len({hit.passage.id for hit in hits}) == 25
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_the_evidence_of_a_hit_adds_up_to_its_score(engine: Engine) -> None:
    for hit in engine.search("hỗ trợ xây nhà Mái ấm công đoàn"):
        assert sum(hit.evidence.values()) == pytest.approx(hit.score, rel=1e-4)


@pytest.mark.parametrize("k", [0, 1, 3, 10_000])
def test_k_bounds_the_hits_and_a_smaller_k_gives_the_first_of_them(engine: Engine, k: int) -> None:
    hits = engine.search("báo cáo", k=k)
    assert len(hits) <= k
    assert [hit.passage.id for hit in engine.search("báo cáo", k=2)][:k] == [hit.passage.id for hit in hits][:2]


def test_a_document_named_by_number_comes_first(engine: Engine) -> None:
    assert engine.search("205/QD-LDLD")[0].document.file == "ldld-tuyen-quang_qd-205_va_quy-che-quy-xa-hoi.txt"
    assert engine.search("64 kh/hu nói về việc gì")[0].document.form.number == "64-KH/HU"
    assert engine.search("Tờ trình 16")[0].document.form.number == "16/TTr-LĐLĐ"


def test_a_document_is_found_by_its_number_however_it_is_written(engine: Engine) -> None:
    held = {d.form.number: d for d in engine.documents() if d.form.number}
    for number, document in held.items():
        assert document in engine.documents_numbered(number)
        assert document in engine.documents_numbered(number.replace("Đ", "D").replace("-", " - "))


def test_hits_stand_in_their_documents(engine: Engine) -> None:
    for hit in engine.search("trước ngày 15/01 năm sau", k=50):
        assert hit.text == hit.document.text[hit.passage.span.start : hit.passage.span.end]
        assert hit.passage.document_id == hit.document.id
        assert engine.document(hit.document.id) == hit.document


def test_an_unknown_document_is_none(engine: Engine) -> None:
    assert engine.document("no such id") is None


@pytest.mark.parametrize("typed", ["", "  ", "\n\t"])
def test_an_empty_query_finds_nothing(engine: Engine, typed: str) -> None:
    assert engine.search(typed) == ()
    result = engine.ask(typed)
    assert isinstance(result, NoAnswer)
    assert result.reason is Reason.EMPTY_QUESTION


@pytest.mark.parametrize("typed", [typed for typed in ODD if "²" not in typed])
def test_odd_input_is_answered_or_refused_but_never_raises(engine: Engine, typed: str) -> None:
    engine.search(typed)
    result = engine.ask(typed)
    assert isinstance(result, Answer) or result.message


@pytest.mark.parametrize("typed", [typed for typed in LONG if not typed.isdigit()], ids=lambda typed: typed[:12])
def test_a_very_long_question_is_answered_or_refused(engine: Engine, typed: str) -> None:
    engine.search(typed)
    assert isinstance(engine.ask(typed), Answer | NoAnswer)


@pytest.mark.parametrize(
    "typed", ["Ⅳ ² ½", "mỏ đá 500 m ²", "9" * 5_000], ids=["fractions", "square metres", "5,000 digits"]
)
def test_digits_that_are_no_number_are_no_reason_to_raise(engine: Engine, typed: str) -> None:
    assert engine.ask(typed).query.text


def test_a_document_with_a_raised_digit_is_searched_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = "KẾ HOẠCH\n\nMỏ đá rộng 500 m ².\n\nCông đoàn cơ sở gửi báo cáo về tỉnh trước ngày 15/11.\n"
    (tmp_path / "corpus" / "a.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "corpus"], tmp_path / "index")
    assert isinstance(open_engine(tmp_path / "index").ask(DUE), Answer)


@pytest.mark.parametrize("typed", ["\ud83d", "báo cáo \ud83d"])
def test_half_a_character_is_no_reason_to_raise(engine: Engine, typed: str) -> None:
    assert engine.ask(typed).query.typed == typed.replace("\ud83d", "").strip()


# Filters


def passes(document: Document, filters: Filters) -> bool:
    form = document.form
    year = form.issued_on.year if form.issued_on else None
    kinds, issuers = {fold(kind) for kind in filters.kinds}, {fold(issuer) for issuer in filters.issuers}
    return (
        (not kinds or fold(form.kind or "") in kinds)
        and (not issuers or fold(form.issuer or "") in issuers)
        and (not filters.years or year in filters.years)
    )


def filters(kinds: Iterable[str] = (), issuers: Iterable[str] = (), years: Iterable[int] = ()) -> Filters:
    return Filters(frozenset(kinds), frozenset(issuers), frozenset(years))


FILTERS = (
    filters(kinds=["kế hoạch"]),
    filters(kinds=["KE HOACH", "quyết định"]),
    filters(issuers=["Liên đoàn Lao động tỉnh Tuyên Quang"]),
    filters(years=[2024, 2025]),
    filters(kinds=["quyết định"], years=[2019]),
    filters(kinds=["công văn"], issuers=["Tổng Liên đoàn Lao động Việt Nam"], years=[2023]),
)


@pytest.mark.parametrize("chosen", FILTERS)
def test_no_hit_lies_outside_of_the_filters(engine: Engine, chosen: Filters) -> None:
    for topic in TOPICS:
        hits = engine.search(topic, k=30, filters=chosen)
        assert all(passes(hit.document, chosen) for hit in hits)
        assert all(passes(hit.document, chosen) for hit in hits_of(engine.ask(topic, chosen)))
    assert engine.search("báo cáo", filters=chosen)


@pytest.mark.parametrize("chosen", FILTERS)
def test_no_answer_about_a_matter_is_taken_from_outside_of_the_filters(engine: Engine, chosen: Filters) -> None:
    for topic in TOPICS:
        result = engine.ask(topic, chosen)
        named = result.query.numbers or result.query.short_numbers
        if isinstance(result, Answer) and not named:
            for citation in result.citations:
                document = engine.document(citation.document_id)
                assert document is not None
                assert passes(document, chosen), topic


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("Ai ký Chỉ thị 27-CT/TU?", filters(kinds=["kế hoạch"])),
        ("Quyết định 88 ai ký", filters(years=[2024])),
        ("nơi nhận thông báo 44", filters(kinds=["quyết định"])),
        ("Chỉ thị 31-CT/TW ban hành ngày nào?", filters(kinds=["quyết định"])),
    ],
)
def test_no_answer_about_a_named_document_is_taken_from_outside_of_the_filters(
    engine: Engine, question: str, chosen: Filters
) -> None:
    result = engine.ask(question, chosen)
    cited = [engine.document(c.document_id) for c in result.citations] if isinstance(result, Answer) else []
    assert all(document and passes(document, chosen) for document in cited)


def test_filters_that_let_nothing_pass_refuse(engine: Engine) -> None:
    chosen = filters(kinds=["không có loại này"])
    assert engine.search("báo cáo", filters=chosen) == ()
    result = engine.ask("báo cáo gửi Liên đoàn Lao động tỉnh trước ngày nào", chosen)
    assert isinstance(result, NoAnswer)
    assert result.nearest == ()


def test_filters_choose_between_the_old_and_the_new_rule(engine: Engine) -> None:
    old = engine.ask("mức hỗ trợ bệnh hiểm nghèo là bao nhiêu", filters(years=[2019]))
    assert isinstance(old, Answer)
    assert {c.document for c in old.citations} == {"88/QĐ-LĐLĐ"}


# Same in, same out


def test_the_same_question_twice_gives_the_same_answer(engine: Engine, corpus_index: Path) -> None:
    other = open_engine(corpus_index)
    for topic in TOPICS:
        assert asked(engine, topic) == asked(engine, topic) == asked(other, topic)


def test_eight_threads_get_the_answers_of_one(engine: Engine) -> None:
    expected = {topic: asked(engine, topic) for topic in TOPICS}
    different: list[Any] = []

    def ask_all(seed: int) -> None:
        topics = random.Random(seed).sample(TOPICS, len(TOPICS))
        try:
            different.extend(topic for topic in topics if asked(engine, topic) != expected[topic])
        except Exception as error:  # a thread's exception would be lost
            different.append(error)

    threads = [threading.Thread(target=ask_all, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert different == []


def test_eight_threads_may_ask_a_fresh_engine(corpus_index: Path, engine: Engine) -> None:
    fresh, got = open_engine(corpus_index), list[Answer | NoAnswer]()
    threads = [threading.Thread(target=lambda: got.append(asked(fresh, TOPICS[3]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [asked(engine, TOPICS[3])] * 8
