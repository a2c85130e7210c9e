"""The gold questions are sound: well formed, their evidence stands in their documents, no kind is missing."""

from collections import Counter
from pathlib import Path

from eval.gold import UNANSWERABLE, GoldQuestion, load
from eval.text import squeeze

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
ASKED = {"duty", "who", "when", "how_many", "which_document", "what", "list", UNANSWERABLE}
OWN = sorted(path for path in (ROOT / "eval" / "gold").glob("*.jsonl") if not path.name.startswith("understanding"))


def unsupported(questions: tuple[GoldQuestion, ...], corpus: Path) -> list[str]:
    """Evidence that stands in none of the question's files."""
    files = {file for question in questions for file in question.files if (corpus / file).is_file()}
    texts = {file: squeeze((corpus / file).read_text(encoding="utf-8-sig")) for file in files}
    return [
        f"{question.id}: {quote}"
        for question in questions
        for quote in question.evidence
        if not any(texts[file].find(quote) for file in question.files if file in texts)
    ]


def unread(questions: tuple[GoldQuestion, ...], corpus: Path) -> list[str]:
    return [
        f"{question.id}: {file}" for question in questions for file in question.files if not (corpus / file).is_file()
    ]


def test_own_questions_are_enough_of_every_kind() -> None:
    counts = Counter(question.kind_name for question in load(OWN))
    assert counts.total() >= 40
    assert counts[UNANSWERABLE] >= 8
    assert set(counts) >= ASKED


def test_the_documents_of_own_questions_lie_in_the_corpus() -> None:
    assert unread(load(OWN), CORPUS) == []


def test_the_evidence_of_own_questions_stands_in_their_documents() -> None:
    assert unsupported(load(OWN), CORPUS) == []


def test_no_question_is_asked_twice() -> None:
    asked = Counter(" ".join(question.question.split()).casefold() for question in load(OWN))
    assert [question for question, times in asked.items() if times > 1] == []


def test_the_evidence_of_real_questions_stands_in_the_real_documents(shared: Path) -> None:
    questions = load([shared / "gold" / "real.jsonl"])
    assert len(questions) == 20
    assert unread(questions, shared / "corpus") == []
    assert unsupported(questions, shared / "corpus") == []


def test_evidence_that_no_document_holds_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Gửi báo cáo\ntrước ngày 15/11", encoding="utf-8")
    sound = GoldQuestion("g1", "Hạn?", None, ("a.txt",), ("báo cáo trước ngày",))
    wrong = GoldQuestion("g2", "Hạn?", None, ("a.txt",), ("trước ngày 16/11",))
    assert unsupported((sound, wrong), tmp_path) == ["g2: trước ngày 16/11"]
    assert unread((sound, GoldQuestion("g3", "Ai?", None, ("b.txt",))), tmp_path) == ["g3: b.txt"]
