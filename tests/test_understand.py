"""What must hold of every document, whatever it says: over the whole corpus, clean and damaged."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.passages import PassageSettings, passages
from indexer.read import SKIPPED, read
from indexer.types import Document, Known, NoteKind, RawText, Span
from indexer.understand import understand
from tests.conftest import CORPUS, SHARED

FILES = sorted(path for path in CORPUS.iterdir() if path.name.lower() not in SKIPPED)
REAL = sorted((SHARED / "corpus").glob("*.txt")) if (SHARED / "corpus").is_dir() else []
EVERY_FILE = pytest.mark.parametrize("path", [*FILES, *REAL], ids=lambda path: path.name)


@cache
def documents_of(path: Path) -> tuple[Document, ...]:
    return understand(read(path), path.name, "0" * 64)


def spans_of(document: Document) -> Iterator[Span]:
    form = document.form
    yield from (section.span for section in document.sections)
    yield from (reference.span for reference in document.references)
    yield from (span for duty in document.duties for span in duty.spans)
    yield from (target.span for target in document.targets)
    yield from (note.span for note in document.notes)
    yield from filter(None, (form.number_span, form.issued_on_span, form.summary_span, form.recipients_span))
    yield from (one.span for one in form.evidence if one.span)
    if form.signer:
        yield form.signer.span


def check(document: Document) -> None:
    """Every span lies in the text and has no outer blanks; each section lies in its parent, in reading order."""
    for span in spans_of(document):
        assert span.end <= len(document.text)
        assert span.of(document.text) == span.of(document.text).strip()
    for position, section in enumerate(document.sections):
        if section.parent is not None:
            assert section.parent < position
            assert document.sections[section.parent].span.contains(section.span)
            assert document.sections[section.parent].level == section.level - 1
    assert [s.span.start for s in document.sections] == sorted({s.span.start for s in document.sections})
    for one, other in pairwise([section for section in document.sections if section.parent is None]):
        assert one.span.end <= other.span.start


@EVERY_FILE
def test_every_span_holds_its_words(path: Path) -> None:
    for document in documents_of(path):
        check(document)


EVIDENT = (
    "number", "kind", "issuer", "superior", "place", "issued_on", "summary", "addressee", "signer", "recipients",
    "secrecy", "urgency", "received",
)  # fmt: skip


@EVERY_FILE
def test_every_field_that_has_a_value_says_how_it_is_known(path: Path) -> None:
    for document in documents_of(path):
        fields = [one.field for one in document.form.evidence]
        assert sorted(fields) == sorted(name for name in EVIDENT if getattr(document.form, name))
        stated = [one.field for one in document.form.evidence if one.known is Known.STATED]
        assert all(one.span for one in document.form.evidence if one.field in stated)


@EVERY_FILE
def test_fields_of_the_form_stand_where_they_say(path: Path) -> None:
    for document in documents_of(path):
        form, text = document.form, document.text
        if form.number_span and form.number:
            assert form.number.split("/")[-1].split("-")[-1] in form.number_span.of(text)
        if form.summary_span and form.summary:
            words = form.summary_span.of(text).replace("*", " ").split()
            assert form.summary.split() == [word for word in words if word in form.summary.split()]
        if form.issued_on_span and form.issued_on:
            assert str(form.issued_on.year) in form.issued_on_span.of(text)
        if form.signer:
            written = form.signer.span.of(text)
            assert (written.title() if written.isupper() else written) == form.signer.name
        for name in form.recipients:
            assert form.recipients_span is not None
            assert name.split()[0] in form.recipients_span.of(text)


@EVERY_FILE
@pytest.mark.parametrize("settings", [PassageSettings(), PassageSettings(200, 300)], ids=["default", "small"])
def test_passages_cover_the_words_and_keep_to_their_section(path: Path, settings: PassageSettings) -> None:
    for document in documents_of(path):
        found = passages(document, settings)
        covered = bytearray(len(document.text))
        for passage in found:
            assert passage.span.of(document.text).strip() == passage.span.of(document.text)
            assert passage.span.end - passage.span.start <= settings.max_chars
            assert passage.heading == document.heading(passage.span.start)
            assert not any(
                passage.span.start < section.span.start < passage.span.end
                or passage.span.start < section.span.end < passage.span.end
                for section in document.sections
            )
            assert not any(covered[passage.span.start : passage.span.end])
            covered[passage.span.start : passage.span.end] = b"\1" * (passage.span.end - passage.span.start)
        for at, character in enumerate(document.text):
            if character.isalnum() and not covered[at] and not is_repeated(document, at):
                assert any(is_heading_of(document, at, section.span.start) for section in document.sections)
        assert len({passage.id for passage in found}) == len(found)


def is_repeated(document: Document, at: int) -> bool:
    spans = [note.span for note in document.notes if note.kind is NoteKind.REPEATED]
    return any(span.start <= at < span.end for span in spans)


def is_heading_of(document: Document, at: int, start: int) -> bool:
    """Whether a position lies in the lines of a heading that stands alone."""
    section = next(section for section in document.sections if section.span.start == start)
    return start <= at <= start + len(section.heading) + 40


@EVERY_FILE
def test_documents_of_a_file_have_ids_of_their_own_and_pages_in_order(path: Path) -> None:
    found = documents_of(path)
    assert len({document.id for document in found}) == len(found)
    for document in found:
        assert list(document.page_starts) == sorted(set(document.page_starts))
        assert all(start < len(document.text) for start in document.page_starts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sample_has_the_fields_that_its_form_demands(path: Path) -> None:
    for document in documents_of(path):
        if document.form.kind and not document.enclosed_in:
            assert document.form.missing == ()


def test_the_real_bundle_is_read_exactly(shared: Path) -> None:
    letter, plan = documents_of(shared / "corpus" / "lam-dong_5304-CV-TU_va_284-KH-BKTTW.txt")
    form = letter.form
    assert (form.number, form.kind, form.issuer, str(form.issued_on)) == (
        "5304-CV/TU", "công văn", "Tỉnh ủy Lâm Đồng", "2024-11-11",
    )  # fmt: skip
    assert form.addressee == ("Ban cán sự đảng Ủy ban nhân dân tỉnh",)
    assert form.signer is not None
    assert (form.signer.name, form.signer.authority, form.signer.office) == (
        "Phạm Ngọc Hà",
        "T/L",
        "Phó Chánh Văn phòng",
    )
    form = plan.form
    assert (form.number, form.kind, form.issuer) == ("284-KH/BKTTW", "kế hoạch", "Ban Kinh tế Trung ương")
    assert (str(form.issued_on), form.issued_on_source) == ("2024-11-06", "theo công văn 5304-CV/TU")
    assert form.received is not None
    assert (form.received.number, str(form.received.date)) == ("18433", "2024-11-08")
    assert form.signer is not None
    assert (form.signer.name, form.signer.authority) == ("Thái Thanh Quý", "K/T")
    assert len(form.recipients) == 10
    assert plan.enclosed_in == letter.id


@pytest.mark.parametrize(
    ("file", "number", "day", "signer"),
    [
        ("lai-chau_410-KH-LDLD.txt", "410/KH-LĐLĐ", "2023-02-02", "Hoàng Văn Trinh"),
        ("lai-chau_234-KH-LDLD.txt", "234/KH-LĐLĐ", "2021-03-19", "Nguyễn Thị Thiện"),
    ],
)
def test_the_real_plans_are_read_exactly(shared: Path, file: str, number: str, day: str, signer: str) -> None:
    [document] = documents_of(shared / "corpus" / file)
    assert document.form.signer is not None
    found = (document.form.number, str(document.form.issued_on), document.form.signer.name)
    assert found == (number, day, signer)
    assert document.form.issuer == "Liên đoàn Lao động tỉnh Lai Châu"


def test_the_real_newspaper_page_has_its_articles(shared: Path) -> None:
    [page] = documents_of(shared / "corpus" / "thai-binh_bao-2023-06-30.txt")
    assert len(page.sections) >= 7
    assert (page.form.kind, page.form.number, page.form.missing) == (None, None, ())
    assert (str(page.form.issued_on), page.form.issued_on_source) == ("2023-06-30", "suy ra từ tên tệp")
    found = {kind: [note.span.of(page.text) for note in page.notes if note.kind is kind] for kind in NoteKind}
    assert [text[:12] for text in found[NoteKind.REPEATED]] == ["Đối với cơ c"]
    assert found[NoteKind.BYLINE] == ["ĐẠO QUYỀN", "MẠNH CƯỜNG", "DUY TÙNG"]
    assert found[NoteKind.CONTINUED] == ["(Tiếp theo trang 1)"] * 6
    assert found[NoteKind.CAPTION] == ["Đại biểu dự hội nghị.", "Ảnh: THÀNH TÂM"]
    assert {note.value for note in page.notes if note.kind is NoteKind.INFERRED_DATE} == {"2023-06-29", "2023-06-30"}
    assert any("đoạn lặp lại" in warning for warning in page.warnings)


def damaged(text: str, seed: int) -> str:
    """One letter in fifty replaced, doubled or lost, as a poor scan does."""
    chance = random.Random(seed)
    damage = {0: "", 1: "l", 2: "\u0301", 3: " ", 4: "\n", 5: "|"}
    return "".join(damage.get(chance.randrange(6), "") if chance.random() < 0.02 else letter for letter in text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_damaged_document_keeps_every_rule(path: Path) -> None:
    raw = read(path)
    for seed in range(2):
        for document in understand(RawText(damaged(raw.text, seed), raw.format), path.name, "0" * 64):
            check(document)


def test_time_grows_with_the_length_alone() -> None:
    text = read(CORPUS / "ldld-ninh-thuan_kh-53.txt").text
    body = text[text.index("I. MỤC ĐÍCH") : text.index("Nơi nhận")]

    def seconds(times: int) -> float:
        start = time.process_time()
        understand(RawText(text + body * times, "txt"), "a.txt", "0" * 64)
        return time.process_time() - start

    seconds(1)
    assert seconds(40) < 10 * seconds(8) + 0.5
