"""The pages beside Hỏi đáp, on the sample documents and without a browser."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indexer.build import build
from indexer.types import Document, Duty, Form, Span
from office.audit import Action
from office.database import Database, office_path
from office.status import Change, DutyRecords, Status, now
from search.agenda import Standing, agenda, by_standing
from search.engine import Engine, open_engine
from search.network import network
from search.quality import report_path
from search.register import Register
from search.shelf import Order, find_documents
from search.types import Filters
from ui.agenda_view import duty_row
from ui.display import section_anchor
from ui.dot import dot
from ui.sheet import form_fields, outline, short_name
from ui.wording import VIETNAMESE

ROOT = Path(__file__).parents[1]
TAG = re.compile(r"<[^>]+>")


OWNER = "owner('an')"


def opened(
    page: str, index: Path, corpus: Path = ROOT / "corpus", visitor: str = OWNER, rules: str = "", **parameters: str
) -> AppTest:
    """A page alone, as a visitor sees it; `page` is its module in ui/."""
    script = f"""
from pathlib import Path
from search.access import AccessRules, Role, Visitor, owner
from ui import {page}
from ui.library import Place
from ui.visit import Visit
from ui.wording import VIETNAMESE
place = Place(Path({str(index)!r}), Path({str(corpus)!r}))
{page}.show_page(Visit(place, VIETNAMESE, {visitor}, AccessRules({rules}), {{}}))
"""
    app = AppTest.from_string(script, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    assert not app.exception
    return unescape(TAG.sub(" ", "\n".join(element.proto.body for element in app.get("html"))))


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def by_number(engine: Engine, number: str) -> Document:
    [document] = engine.documents_numbered(number)
    return document


def click(app: AppTest, label: str) -> AppTest:
    found: Any = next(button for button in app.button if button.label == label)
    found.click()
    return app.run()


# Văn bản


def test_the_shelf_lists_the_newest_first_and_finds_without_marks(corpus_index: Path, engine: Engine) -> None:
    app = opened("documents", corpus_index)
    newest = find_documents(engine.documents(), "", Filters(), Order.NEWEST)
    assert f"{len(newest)} văn bản" in shown(app)
    assert labels(app)[0] == short_name(newest[0], VIETNAMESE)
    app.text_input[0].set_value("huong dan kiem tra")
    app.run()
    assert "Hướng dẫn số\u00a006-HD/UBKTTU" in labels(app)
    assert labels(app)[0] != short_name(newest[0], VIETNAMESE)
    app.text_input[0].set_value("không có văn bản nào như vậy")
    assert VIETNAMESE.shelf.none_found in shown(app.run())


def test_a_document_shows_its_form_references_and_duties(corpus_index: Path, engine: Engine) -> None:
    plan = by_number(engine, "186-KH/TU")
    app = opened("documents", corpus_index, id=plan.id)
    page = shown(app)
    for said in ("Tỉnh ủy Ninh Thuận", "20/12/2024", "Trương Đình Khoa", "31-CT/TW", VIETNAMESE.shelf.not_held):
        assert said in page
    assert any("Theo dõi, kiểm tra" in label for label in labels(app))


def test_a_place_in_the_address_is_highlighted_and_a_wrong_one_is_not(corpus_index: Path, engine: Engine) -> None:
    plan = by_number(engine, "186-KH/TU")
    start = plan.text.index("Giảm ít nhất 5%")
    marked = html(opened("documents", corpus_index, id=plan.id, tu=str(start), den=str(start + 15)))
    assert "<mark>Giảm ít nhất 5%</mark>" in marked
    for tu, den in (("x", "9"), ("9", "3"), ("-4", "2"), (str(len(plan.text)), str(len(plan.text) + 9))):
        assert "<mark>" not in html(opened("documents", corpus_index, id=plan.id, tu=tu, den=den))


def test_a_document_that_is_not_held_is_told(corpus_index: Path) -> None:
    assert VIETNAMESE.shelf.gone in shown(opened("documents", corpus_index, id="ffffffffffff"))


def test_the_outline_leads_to_places_that_the_text_has(corpus_index: Path, engine: Engine) -> None:
    for document in engine.documents():
        page = outline(document, VIETNAMESE)
        anchors = set(re.findall(r'href="#([^"]+)"', page))
        assert anchors == {section_anchor(n) for n, section in enumerate(document.sections) if section.heading}
    plan = by_number(engine, "71-KH/BKTTW")
    whole = html(opened("documents", corpus_index, id=plan.id))
    assert all(f'id="{anchor}"' in whole for anchor in re.findall(r'href="#([^"]+)"', outline(plan, VIETNAMESE)))


def test_what_a_document_lacks_is_named(engine: Engine) -> None:
    charter = next(document for document in engine.documents() if "người ký" in document.form.missing)
    fields = form_fields(charter, VIETNAMESE)
    assert VIETNAMESE.shelf.missing in fields
    assert VIETNAMESE.shelf.signer not in fields
    assert VIETNAMESE.shelf.missing_none in form_fields(by_number(engine, "186-KH/TU"), VIETNAMESE)


def test_a_document_without_type_and_number_is_named_by_its_file() -> None:
    assert short_name(Document("d", "bao.txt", "0", "Tin", Form()), VIETNAMESE) == "Tệp bao.txt"


def test_the_original_is_offered_only_where_it_is_what_was_read(
    corpus_index: Path, engine: Engine, tmp_path: Path
) -> None:
    plan = by_number(engine, "186-KH/TU")
    assert opened("documents", corpus_index, id=plan.id).get("download_button")
    (tmp_path / plan.file).write_text("khác", encoding="utf-8")
    assert not opened("documents", corpus_index, tmp_path, id=plan.id).get("download_button")


# Kho


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """An index and a folder of one's own, with three of the sample documents."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("tong-lien-doan_cv-1026.txt", "ldld-tuyen-quang_tb-44.txt", "tinh-uy-ninh-thuan_kh-186-tu.md"):
        shutil.copy(ROOT / "corpus" / name, corpus)
    build([corpus], tmp_path / "index")
    return tmp_path / "index", corpus


def test_the_keeper_sees_what_waits_updates_and_reads_why_a_file_failed(place: tuple[Path, Path]) -> None:
    index, corpus = place
    shutil.copy(ROOT / "corpus" / "ldld-tuyen-quang_gm-19.txt", corpus)
    (corpus / "trong.txt").touch()
    app = opened("upload", index, corpus)
    assert VIETNAMESE.upload.waiting.format(count=2) in shown(app)
    app = click(app, VIETNAMESE.upload.update)
    page = shown(app)
    assert VIETNAMESE.upload.updated.format(read=2, failed=1) in page
    assert "Tệp không có nội dung." in page
    assert "Giấy mời số\u00a019/GM-LĐLĐ" in page
    (corpus / "trong.txt").write_text("Văn phòng thông báo nghỉ lễ.", encoding="utf-8")
    assert VIETNAMESE.upload.waiting.format(count=1) in shown(opened("upload", index, corpus))


def test_a_file_taken_out_leaves_the_collection_and_can_be_put_back(place: tuple[Path, Path]) -> None:
    index, corpus = place
    app = click(opened("upload", index, corpus), VIETNAMESE.upload.remove)
    assert VIETNAMESE.upload.waiting.format(count=1) in shown(app)
    app = click(app, VIETNAMESE.upload.update)
    assert len(open_engine(index).documents()) == 2
    app = click(app, VIETNAMESE.upload.put_back)
    click(app, VIETNAMESE.upload.update)
    assert len(open_engine(index).documents()) == 3
    page = shown(opened("upload", index, corpus))
    for action in (Action.REMOVED, Action.RESTORED, Action.UPDATED):
        assert VIETNAMESE.upload.actions[action] in page


def test_copies_are_listed(place: tuple[Path, Path]) -> None:
    index, corpus = place
    shutil.copy(corpus / "ldld-tuyen-quang_tb-44.txt", corpus / "ban-sao.txt")
    app = opened("upload", index, corpus)
    app.segmented_control(key="shown-files").set_value("copies")
    page = shown(app.run())
    assert VIETNAMESE.upload.same_files in page
    assert "ban-sao.txt" in page


def test_the_check_finds_a_damaged_index(place: tuple[Path, Path]) -> None:
    index, corpus = place
    assert VIETNAMESE.upload.sound in shown(click(opened("upload", index, corpus), VIETNAMESE.upload.check))
    catalog = next((index / "generations").glob("*/catalog.sqlite"))
    catalog.write_bytes(catalog.read_bytes()[:-1] + b"x")
    assert VIETNAMESE.upload.damaged in shown(click(opened("upload", index, corpus), VIETNAMESE.upload.check))


def test_only_a_keeper_may_put_in_and_take_out(place: tuple[Path, Path]) -> None:
    index, corpus = place
    app = opened("upload", index, corpus, visitor="Visitor('b', Role.EDITOR, True)")
    assert VIETNAMESE.access.no_right in shown(app)
    assert labels(app) == []


def test_a_keeper_who_is_not_cleared_learns_nothing_of_restricted_files(place: tuple[Path, Path]) -> None:
    index, corpus = place
    (corpus / "nhan-su").mkdir()
    (corpus / "ldld-tuyen-quang_tb-44.txt").rename(corpus / "nhan-su" / "quy-hoach.txt")
    (corpus / "nhan-su" / "hong.txt").touch()
    build([corpus], index)
    folders = "folders=('nhan-su',)"
    assert "quy-hoach.txt" in shown(opened("upload", index, corpus, rules=folders))
    page = shown(opened("upload", index, corpus, visitor="Visitor('b', Role.KEEPER, False)", rules=folders))
    assert "quy-hoach.txt" not in page
    assert "hong.txt" not in page
    assert "2 văn bản" in page


def test_a_folder_without_an_index_can_be_filled_from_the_page(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    app = opened("upload", tmp_path / "index", corpus)
    assert VIETNAMESE.upload.no_files in shown(app)
    corpus.mkdir()
    shutil.copy(ROOT / "corpus" / "ldld-tuyen-quang_tb-44.txt", corpus)
    click(app, VIETNAMESE.upload.update)
    assert len(open_engine(tmp_path / "index").documents()) == 1


# Nhiệm vụ


def test_the_register_counts_every_duty_once_and_offers_its_downloads(place: tuple[Path, Path]) -> None:
    index, corpus = place
    app = opened("duties", index, corpus)
    register = open_engine(index).register
    counts = by_standing(agenda(register.rows, date.today()))
    shown_counts = [int(re.findall(r"\((\d+)\)", label)[0]) for label in pill_labels(app, "standing")]
    assert sum(shown_counts) == len(register.rows)
    assert shown_counts == [count for count in counts.values() if count]
    assert len(app.get("download_button")) == 2


def pill_labels(app: AppTest, key: str) -> list[str]:
    return list(app.pills(key=key).options)


def test_my_unit_sees_its_duties_with_the_reason(corpus_index: Path) -> None:
    page = shown(opened("duties", corpus_index, donvi="LĐLĐ huyện Na Hang"))
    assert VIETNAMESE.duties.why in page
    assert "Các LĐLĐ huyện, thành phố" in page
    assert "Sở Xây dựng" not in page


def test_what_was_recorded_is_shown_and_survives_an_update_of_the_index(place: tuple[Path, Path]) -> None:
    index, corpus = place
    row = next(row for row in open_engine(index).duties() if row.dates)
    records = DutyRecords(Database(office_path(index)))
    records.record(row.names[0], Change(Status.SENT, "an", now(), "số 15/BC", None, date(2026, 11, 2)))
    for _ in range(2):
        app = opened("duties", index, corpus)
        app.pills(key="standing").set_value(Standing.SENT)
        page = shown(app.run())
        assert "Đã gửi ngày 02/11/2026" in page
        assert "số 15/BC" in page
        shutil.copy(ROOT / "corpus" / "ldld-tuyen-quang_gm-19.txt", corpus)
        build([corpus], index)


def test_a_reader_may_not_change_the_register(place: tuple[Path, Path]) -> None:
    index, corpus = place
    assert VIETNAMESE.duties.update in labels(opened("duties", index, corpus))
    reader = opened("duties", index, corpus, visitor="Visitor('b', Role.READER, False)")
    assert VIETNAMESE.duties.update not in labels(reader)
    assert VIETNAMESE.duties.open in labels(reader)


def test_a_month_can_be_turned(place: tuple[Path, Path]) -> None:
    index, corpus = place
    app = opened("duties", index, corpus, xem=VIETNAMESE.duties.views["month"])
    assert f"Tháng {date.today().month} năm {date.today().year}" in shown(app)
    after = (date.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    assert f"Tháng {after.month} năm {after.year}" in shown(click(app, VIETNAMESE.duties.next_month))


def test_markup_in_a_duty_shows_as_text() -> None:
    duty = Duty(("<b>x</b>",), "<i>", None, ("<u>",), "<s>", None, (Span(0, 1),), 1.0, ("<p>",))
    hostile = Document("d", "<em>.txt", "0", "văn bản", Form(issuer="<h1>"), duties=(duty,))
    items = agenda(Register([hostile]).rows, date(2026, 1, 1))
    page = duty_row(items[0], date(2026, 1, 1), VIETNAMESE)
    assert not {"<b>", "<i>", "<u>", "<s>", "<h1>", "<em>"} & set(TAG.findall(page))


# Mạng lưới and Chất lượng


def test_the_network_names_what_is_cited_but_not_held(corpus_index: Path) -> None:
    page = shown(opened("network", corpus_index))
    assert "31-CT/TW" in page
    assert VIETNAMESE.network.without_plan in page


def test_a_picture_escapes_what_documents_hold() -> None:
    hostile = Document("d", 'a".txt', "0", "x", Form(number='1"]; evil [label="', summary="a\\\nb"))
    picture = dot(network([hostile]), "d", VIETNAMESE)
    assert r"1\"]; evil [label=\"" in picture
    assert r"a\\\nb" in picture


def test_quality_says_how_to_measure_and_shows_only_the_cleared_what_was_measured(place: tuple[Path, Path]) -> None:
    index, corpus = place
    assert VIETNAMESE.quality.no_report in shown(opened("quality", index, corpus))
    judged = {"id": "a", "question": "Ai ký?", "kind": "who", "status": "answered", "right": False, "said": "Ông B",
              "accepted": ["Bà A"], "evidence_rank": {"hybrid": 4}}  # fmt: skip
    report = {"format": 1, "gold": ["gold.jsonl"], "summary": {"questions": 1.0, "right": 0.0, "verbatim_rate": 0.5},
              "retrieval": {"hybrid": {"hit@1": 0.0, "hit@3": 0.0}}, "kinds": {"who": {"questions": 1, "right": 0}},
              "questions": [judged]}  # fmt: skip
    report_path(index).write_text(json.dumps(report), encoding="utf-8")
    page = shown(opened("quality", index, corpus))
    for said in ("50,0%", "0 / 1", "Bà A", "Ông B", VIETNAMESE.quality.rank.format(rank=4)):
        assert said in page
    assert "Bà A" not in shown(opened("quality", index, corpus, visitor="Visitor('b', Role.KEEPER, False)"))
