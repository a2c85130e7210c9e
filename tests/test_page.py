"""From a quote to its place on the original page: catalog, engine, picture of the page."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from indexer.build import build
from indexer.errors import ReadError
from indexer.read.page import render_page
from indexer.types import Document, Span
from search.engine import Engine, open_engine
from tests.test_read_pdf import PLAN

QUOTE = "trước ngày 30/9/2024"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Engine]:
    folder = tmp_path_factory.mktemp("office") / "công văn"
    folder.mkdir()
    shutil.copy(PLAN, folder / "kế hoạch 47.pdf")
    (folder / "a.txt").write_text("Số: 9/TB-CĐ\n\nTHÔNG BÁO\nVề việc họp\n\nHọp ngày 02/3/2024.", encoding="utf-8")
    build([folder], folder.parent / "index")
    return folder, open_engine(folder.parent / "index")


def document_of(engine: Engine, file: str) -> Document:
    return next(document for document in engine.documents() if document.file == file)


def span_of(document: Document, quote: str) -> Span:
    start = document.text.index(quote)
    return Span(start, start + len(quote))


def test_the_box_of_a_quote_holds_ink_on_the_page_and_the_margin_beside_it_none(office: tuple[Path, Engine]) -> None:
    _, engine = office
    document = document_of(engine, "kế hoạch 47.pdf")
    [box] = engine.boxes(document, span_of(document, QUOTE))
    page = engine.page_image(document, box.page)
    assert page is not None
    image = Image.open(BytesIO(page.png)).convert("L")
    scale = image.width / page.width
    left, top, right, bottom = (round(side * scale) for side in (box.left, box.top, box.right, box.bottom))
    inside = np.asarray(image.crop((left, top, right, bottom)))
    beside = np.asarray(image.crop((0, 0, round(20 * scale), image.height)))
    assert inside.min() < 100
    assert beside.min() > 200
    assert image.height / page.height == pytest.approx(scale, rel=0.01)


def test_a_format_without_pages_has_neither_boxes_nor_picture(office: tuple[Path, Engine]) -> None:
    _, engine = office
    document = document_of(engine, "a.txt")
    assert engine.boxes(document, Span(0, 5)) == ()
    assert engine.page_image(document, 1) is None


def test_the_catalog_keeps_the_layout_apart_from_the_document(office: tuple[Path, Engine]) -> None:
    assert document_of(office[1], "kế hoạch 47.pdf").layout == b""


def test_an_unchanged_file_keeps_its_layout_through_the_next_build(tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path / "a.pdf")
    index = tmp_path / "index"
    build([tmp_path], index)
    (tmp_path / "b.txt").write_text("Thông báo họp.", encoding="utf-8")
    assert build([tmp_path], index).reused == 1
    engine = open_engine(index)
    document = document_of(engine, "a.pdf")
    assert engine.boxes(document, span_of(document, QUOTE))


def test_a_file_that_has_changed_is_not_shown_in_place_of_the_one_indexed(tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path / "a.pdf")
    build([tmp_path], tmp_path / "index")
    engine = open_engine(tmp_path / "index")
    document = document_of(engine, "a.pdf")
    assert engine.page_image(document, 1) is not None
    (tmp_path / "a.pdf").write_bytes(PLAN.read_bytes() + b"\n")
    assert engine.page_image(document, 1) is None
    (tmp_path / "a.pdf").unlink()
    assert engine.page_image(document, 1) is None


def test_a_restricted_document_shows_no_page_and_no_boxes(tmp_path: Path) -> None:
    (tmp_path / "mat").mkdir()
    shutil.copy(PLAN, tmp_path / "mat" / "a.pdf")
    (tmp_path / "b.txt").write_text("Thông báo họp.", encoding="utf-8")
    build([tmp_path], tmp_path / "index")
    engine = open_engine(tmp_path / "index")
    document = document_of(engine, "mat/a.pdf")
    hidden = engine.open_to_all(("mat",))
    assert hidden.boxes(document, Span(0, 5)) == ()
    assert hidden.page_image(document, 1) is None


def test_every_page_of_a_picture_can_be_shown_in_its_own_measure(tmp_path: Path) -> None:
    pages = [Image.new("L", (200, 300), 255), Image.new("L", (400, 300), 255)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], dpi=(100, 100))
    second = render_page(tmp_path / "a.tif", 2, dpi=50)
    assert second is not None
    assert (second.width, second.height) == (288, 216)
    assert Image.open(BytesIO(second.png)).size == (200, 150)


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_is_an_error_with_its_number(page: int) -> None:
    with pytest.raises(ReadError, match=rf"there is no page {page}; it has 1"):
        render_page(PLAN, page)
