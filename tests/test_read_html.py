"""Web pages, and what Word saves as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.writers import legacy_bytes, legacy_characters
from indexer.errors import ReadError
from indexer.read import read_content
from indexer.read.legacy import Encoding
from indexer.types import RawText

NAME = Path("a.html")
SENTENCE = "Ban Thường vụ Tỉnh ủy giao Văn phòng theo dõi, đôn đốc."


def read_page(body: str, head: str = "") -> RawText:
    return read_content(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), NAME)


def test_what_a_browser_shows_is_read_and_nothing_else() -> None:
    head = "<title>Trang chủ</title><style>p {color: red}</style>"
    body = (
        "<nav>Giới thiệu</nav><script>var a = 1;</script><h1>KẾ HOẠCH</h1><p>Mục   đích,\n yêu cầu.</p><p hidden>ẩn</p>"
    )
    raw = read_page(body, head)
    assert raw.text == "KẾ HOẠCH\n\nMục đích, yêu cầu."
    assert raw.changes == ("menus and side columns left out: 1", "hidden text left out: 1")


def test_emphasis_and_links_are_within_a_line_and_breaks_end_one() -> None:
    assert read_page("<p>Số <b>12</b>-<a href='#'>KH/TU</a> <br> ngày <i>05</i></p>").text == "Số 12-KH/TU\nngày 05"


def test_divisions_within_divisions_are_paragraphs() -> None:
    assert read_page("<div>Một.<div>Hai.</div>Ba.</div>").text == "Một.\n\nHai.\n\nBa."


def test_lists_are_labelled_as_a_browser_labels_them() -> None:
    body = (
        '<ol type="a" start="3"><li>một</li><li><p>hai</p></li></ol><ul><li>ba</li></ul><ol><li value="7">bốn</li></ol>'
    )
    assert read_page(body).text == "c. một\n\nd. hai\n\n- ba\n\n7. bốn"


def test_a_table_with_lines_is_read_in_rows_and_merged_cells_keep_their_places() -> None:
    body = (
        "<table border=1><tr><th>STT</th><th colspan=2>Phân công</th></tr>"
        "<tr><td>1</td><td rowspan=2>Sở Y tế</td><td>Quý I</td></tr><tr><td>2</td><td>Quý II</td></tr></table>"
    )
    assert read_page(body).text == "| STT | Phân công |  |\n| 1 | Sở Y tế | Quý I |\n| 2 | Sở Y tế | Quý II |"


def test_a_table_that_lays_out_a_head_is_read_cell_by_cell() -> None:
    body = "<table><tr><td><p>TỈNH ỦY</p><p>Số 12-CV/TU</p></td><td>ĐẢNG CỘNG SẢN VIỆT NAM</td></tr></table>"
    assert read_page(body).text == "TỈNH ỦY\n\nSố 12-CV/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM"


def test_tables_within_tables_are_read_once() -> None:
    inner = "<table border=1><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert read_page(f"<table><tr><td>{inner}</td></tr></table>").text == "| a | b |\n| c | d |"


def test_page_breaks_that_word_saves_start_pages() -> None:
    raw = read_page("<p>một</p><br style='page-break-before:always'><p>hai</p>")
    assert [raw.text[start:].split()[0] for start in raw.page_starts] == ["một", "hai"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert read_page("<pre>một\n  hai</pre>").text == "một\nhai"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_pages_in_each_unicode_are_read(encoding: str) -> None:
    assert read_content(f"<html><body>{SENTENCE}</body></html>".encode(encoding), NAME).text == SENTENCE


@pytest.mark.parametrize("encoding", list(Encoding))
def test_pages_in_old_encodings_are_read(encoding: Encoding) -> None:
    content = b"<html><body><p>" + legacy_bytes(SENTENCE, encoding) + b"</p></body></html>"
    assert read_content(content, NAME).text == SENTENCE


def test_a_few_bytes_that_are_no_letters_are_marked_and_many_are_refused() -> None:
    page = f"<html><body>{SENTENCE * 30}\xff</body></html>".encode().replace(b"\xc3\xbf", b"\xff")
    raw = read_content(page, NAME)
    assert raw.text == SENTENCE * 30 + "\ufffd"
    assert raw.changes == ("bytes that are no letters marked \ufffd: 1",)
    with pytest.raises(ReadError, match="is not utf-8 text"):
        read_content(f"<html><body>{SENTENCE}".encode() + b"\xff</body></html>", NAME)


def test_pages_in_old_fonts_are_read() -> None:
    written = legacy_characters("Tỉnh ủy", Encoding.TCVN3)
    assert read_page(f"<p style=\"font-family:'.VnTime'\">{written} <span>12</span></p>").text == "Tỉnh ủy 12"
    assert read_page(f'<font face="VNI-Times">{legacy_characters("Tỉnh ủy", Encoding.VNI)}</font>').text == "Tỉnh ủy"


def test_a_page_that_shows_nothing_is_empty() -> None:
    with pytest.raises(ReadError, match="the file is empty"):
        read_page("<script>1</script>")


def test_outside_entities_are_not_followed() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body>Một &x; hai</body></html>'
    assert "Một &x; hai" in read_content(page.encode(), NAME).text
