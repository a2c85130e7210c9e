"""Who may see what: rules, roles, and an engine in which a restricted document does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build
from indexer.errors import BadInput
from indexer.store import Catalog
from search.access import AccessRules, Role, VisibleCatalog, lies_in, owner, read_rules
from search.engine import Engine, open_engine
from search.facets import passes
from search.types import Answer, Filters, NoAnswer

OPEN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN HÀ

Số: 12/CV-LĐLĐ

Sơn Hà, ngày 05 tháng 3 năm 2025

CÔNG VĂN
Về việc kiểm kê tài sản

Thực hiện Kế hoạch số 99-KH/TU của Tỉnh ủy, đề nghị các công đoàn cơ sở gửi báo cáo kiểm kê tài sản về \
Liên đoàn Lao động tỉnh trước ngày 20/4/2025.
"""
SECRET = """TỈNH ỦY SƠN HÀ

MẬT

Số: 99-KH/TU

Sơn Hà, ngày 02 tháng 3 năm 2025

KẾ HOẠCH
Về diễn tập phòng thủ Hải Vân Sơn (HVS)

1. Ban Chỉ huy quân sự huyện Kỳ Lộ diễn tập phòng thủ Hải Vân Sơn và báo cáo Tỉnh ủy trước ngày 17/9/2025.
"""
FOLDER = """HUYỆN ỦY KỲ LỘ

Số: 7-TB/HU

Kỳ Lộ, ngày 08 tháng 3 năm 2025

THÔNG BÁO
Về nhân sự Đại hội

1. Văn phòng Huyện ủy trình danh sách nhân sự của đồng chí Lương Bảo Trâm trước ngày 30/5/2025.
"""
BUNDLE = OPEN.replace("12/CV", "13/CV").replace("kiểm kê tài sản", "sao gửi kế hoạch") + "\n\n" + SECRET.replace(
    "99-KH/TU", "101-KH/TU"
)  # fmt: skip
FOLDERS = ("nhan-su",)
HIDDEN_WORDS = ("Hải Vân Sơn", "Lương Bảo Trâm", "17/9/2025", "30/5/2025", "99-KH/TU của", "7-TB/HU", "101-KH/TU")
QUESTIONS = (
    "Ban Chỉ huy quân sự huyện Kỳ Lộ báo cáo Tỉnh ủy trước ngày nào?",
    "dien tap phong thu hai van son",
    "Ai phải trình danh sách nhân sự trước ngày 30/5/2025?",
    "Kế hoạch số 99-KH/TU ban hành ngày nào?",
    "Thông báo 7 nói gì?",
    "Kế hoạch 99 về việc gì?",
    "HVS là gì",
    "công văn 13 sao gửi văn bản nào",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = tmp_path_factory.mktemp("access") / "corpus"
    (corpus / "nhan-su").mkdir(parents=True)
    (corpus / "cong-van.txt").write_text(OPEN, encoding="utf-8")
    (corpus / "ke-hoach.txt").write_text(SECRET, encoding="utf-8")
    (corpus / "nhan-su" / "thong-bao.txt").write_text(FOLDER, encoding="utf-8")
    (corpus / "nhan-su" / "hong.txt").touch()
    (corpus / "sao-gui.txt").write_text(BUNDLE, encoding="utf-8")
    build([corpus], corpus.parent / "index")
    return open_engine(corpus.parent / "index")


@pytest.fixture(scope="module")
def open_part(whole: Engine) -> Engine:
    return whole.open_to_all(FOLDERS)


def shown(result: Answer | NoAnswer) -> Iterator[str]:
    hits = result.hits if isinstance(result, Answer) else result.nearest
    yield from (hit.text for hit in hits)
    yield from (hit.document.file for hit in hits)
    if isinstance(result, Answer):
        yield result.text
        yield from (citation.quote for citation in result.citations)


def test_the_whole_engine_holds_what_the_tests_hide(whole: Engine) -> None:
    assert any("17/9/2025" in text for text in shown(whole.ask(QUESTIONS[0])))
    assert len(whole.documents()) >= 4
    assert len(whole.summary().failures) == 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_brings_up_a_restricted_document(open_part: Engine, question: str) -> None:
    said = "\n".join(shown(open_part.ask(question)))
    assert [word for word in HIDDEN_WORDS if word in said.replace("99-KH/TU của Tỉnh ủy", "")] == []
    assert {hit.document.file for hit in open_part.search(question, k=50)} <= {"cong-van.txt"}


def test_filters_do_not_open_what_is_restricted(open_part: Engine) -> None:
    for filters in (Filters(kinds=frozenset({"kế hoạch"})), Filters(secrecy=frozenset({"MẬT"}))):
        assert open_part.search("diễn tập phòng thủ", k=50, filters=filters) == ()
    assert open_part.search("báo cáo", filters=Filters(years=frozenset({2025})))


def test_counts_lists_duties_and_lineage_know_open_documents_only(whole: Engine, open_part: Engine) -> None:
    assert [document.file for document in open_part.documents()] == ["cong-van.txt"]
    assert open_part.summary().documents == 1
    assert 0 < open_part.summary().passages < whole.summary().passages
    assert open_part.summary().failures == ()
    assert {entry.document.file for entry in open_part.duties()} == {"cong-van.txt"}
    found = open_part.lineage("99-KH/TU")
    assert found.documents == ()
    assert {link.source.file for link in found.incoming} == {"cong-van.txt"}
    assert all(link.target is None for link in open_part.lineage("12/CV-LĐLĐ").outgoing)
    assert open_part.documents_numbered("7-TB/HU") == ()


def test_a_restricted_document_can_not_be_had_by_its_id(whole: Engine, open_part: Engine) -> None:
    hidden = {document.id for document in whole.documents()} - {document.id for document in open_part.documents()}
    assert hidden
    assert all(open_part.document(id_) is None for id_ in hidden)


def test_what_is_hidden_from_nobody_is_the_same_engine_in_all_answers(corpus_index: Path) -> None:
    whole = open_engine(corpus_index)
    same = whole.open_to_all(())
    question = "Ai phải báo cáo Ban Kinh tế Trung ương và trước ngày nào?"
    first, second = whole.ask(question), same.ask(question)
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert (first.text, first.citations) == (second.text, second.citations)
    unmarked = [document.id for document in whole.documents() if not document.form.secrecy]
    assert [document.id for document in same.documents()] == unmarked
    assert len(unmarked) == len(whole.documents()) - 1
    assert all(passes(document.form, Filters()) for document in same.documents())


def test_every_way_into_the_catalog_is_guarded() -> None:
    """A reader of documents that is added to the catalog must be thought of here too."""
    by_position = {"close", "document", "passage", "owners", "indexed_passages"}
    ways = {name for name in vars(Catalog) if not name.startswith("_")}
    assert ways - by_position <= set(vars(VisibleCatalog))


@pytest.mark.parametrize(
    ("file", "folders", "inside"),
    [
        ("mat/a.txt", ["mat"], True),
        ("MẬT/2024/a.txt", ["mật"], True),
        ("mat/2024/a.txt", ["mat/2024/"], True),
        ("mat/a.txt", ["mat/2024"], False),
        ("mat.txt", ["mat"], False),
        ("mat-ma/a.txt", ["mat"], False),
        ("a.txt", [""], False),
        ("a.txt", [], False),
    ],
)
def test_a_folder_holds_what_lies_below_it(file: str, folders: list[str], inside: bool) -> None:
    assert lies_in(file, folders) is inside


def test_roles_come_from_the_lists_and_everybody_else_reads() -> None:
    rules = read_rules({"editors": ["An@CoQuan.vn"], "keepers": ["binh@coquan.vn"], "cleared": ["binh@coquan.vn"]})
    assert rules.visitor("an@coquan.vn").role is Role.EDITOR
    assert rules.visitor(" BINH@coquan.vn ").role is Role.KEEPER
    assert rules.visitor("binh@coquan.vn").cleared
    stranger = rules.visitor("x@coquan.vn")
    assert (stranger.role, stranger.cleared, stranger.may_edit, stranger.may_keep) == (Role.READER, False, False, False)
    assert owner("máy này").may_keep
    assert AccessRules().visitor("a@b").role is Role.READER


@pytest.mark.parametrize(
    "written", [{"editor": ["a"]}, {"editors": "a@b.vn"}, {"cleared": [""]}, {"log_questions": "no"}, {"keepers": [1]}]
)
def test_rules_that_can_not_be_read_are_told(written: dict[str, object]) -> None:
    with pytest.raises(BadInput, match=r"\[access\]"):
        read_rules(written)
