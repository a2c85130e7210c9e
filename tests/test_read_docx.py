"""Word files: what a reader of the page sees, in order."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from eval.pages import as_pdf, as_scan
from eval.writers import docx_of, legacy_characters
from indexer.read import read, read_content
from indexer.read.legacy import Encoding
from indexer.read.numbering import formatted
from indexer.types import RawText
from indexer.understand.clean import clean

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAME = Path("a.docx")
CENTRED = '<w:jc w:val="center"/>'
BREAK = '<w:br w:type="page"/>'
LAID_OUT = "<w:lastRenderedPageBreak/>"
LINES = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", inside: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inside}</w:p>"


def listed(text: str, level: int = 0, list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(text if text.startswith('<w:tc>') else cell(paragraph(text)) for text in cells)}</w:tr>"


def read_body(body: str, **parts: str) -> RawText:
    return read_content(docx_of(body, parts), NAME)


def lists(*levels: str, numbers: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbers}</w:numbering>'
    )


def level(place: int, form: str, text: str, more: str = "") -> str:
    kind = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{place}">{kind}{more}<w:lvlText w:val="{text}"/></w:lvl>'


# Paragraphs


def body_of(*texts: str) -> str:
    return "".join(map(paragraph, texts))


SENTENCES = ("1. Các cấp ủy, tổ chức đảng", "Lãnh đạo xây dựng kế hoạch của cấp mình.", "Hằng năm báo cáo kết quả.")


def test_paragraphs_are_apart_where_only_their_spacing_shows_it() -> None:
    assert read_body(body_of(*SENTENCES)).text == "\n\n".join(SENTENCES)


def test_blank_lines_of_the_writer_are_the_only_ones_where_he_sets_them() -> None:
    assert read_body(body_of(*SENTENCES, "", "Hết.")).text == "\n".join([*SENTENCES, "", "Hết."])


def test_tables_and_page_breaks_are_no_blank_lines_of_the_writer() -> None:
    table = f"<w:tbl>{LINES}{row('a', 'b')}{row('c', 'd')}</w:tbl>"
    text = read_body(table + body_of(*SENTENCES) + paragraph(inside=f"<w:r>{BREAK}</w:r>") + body_of("Hết.")).text
    assert text.split("\n\n")[1:] == [*SENTENCES, "Hết."]


def test_lines_that_the_writer_broke_himself_stay_lines_of_one_paragraph() -> None:
    broken = ("Văn phòng Tỉnh ủy theo dõi, đôn đốc các cơ quan, đơn vị", "thực hiện và báo cáo kết quả.", "Hết.")
    assert read_body(body_of(*broken)).text == "\n".join(broken)


def test_lines_of_a_title_and_items_of_a_list_are_together_and_apart_from_the_text() -> None:
    title = paragraph("KẾ HOẠCH", CENTRED) + paragraph("về an toàn lao động", CENTRED)
    text = read_body(title + body_of("Các việc sau:", "- tuyên truyền;", "- kiểm tra.")).text
    assert text == "KẾ HOẠCH\nvề an toàn lao động\n\nCác việc sau:\n\n- tuyên truyền;\n- kiểm tra."


def test_runs_are_joined_and_signs_are_text() -> None:
    inside = run("Số 12") + "<w:r><w:noBreakHyphen/></w:r>" + run("KH/TU") + "<w:r><w:br/></w:r>" + run("ngày 05")
    assert read_body(paragraph(inside=inside)).text == "Số 12-KH/TU\nngày 05"


def test_a_tab_behind_a_typed_number_or_before_a_line_is_no_column() -> None:
    inside = "<w:r><w:tab/></w:r>" + run("1.") + "<w:r><w:tab/></w:r>" + run("Mục đích")
    assert read_body(paragraph(inside=inside)).text == "1. Mục đích"


def test_a_tab_between_columns_stays() -> None:
    inside = run("TỈNH ỦY") + "<w:r><w:tab/></w:r>" + run("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert read_body(paragraph(inside=inside)).text == "TỈNH ỦY\tĐẢNG CỘNG SẢN VIỆT NAM"


def test_hidden_text_is_left_out_and_capitals_by_format_are_capitals() -> None:
    raw = read_body(paragraph(inside=run("Kế hoạch", "<w:caps/>") + run("ghi chú", "<w:vanish/>") + run(" năm")))
    assert raw.text == "KẾ HOẠCH năm"
    assert raw.changes == ("hidden text left out: 1",)


def test_tracked_changes_are_read_as_accepted() -> None:
    inside = f"{run('trước ngày ')}<w:del><w:r><w:delText>10/12</w:delText></w:r></w:del><w:ins>{run('15/12')}</w:ins>"
    raw = read_body(paragraph(inside=inside))
    assert raw.text == "trước ngày 15/12"
    assert raw.changes == ("tracked deletions left out: 1", "tracked insertions accepted: 1")


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph("Văn phòng ", "<w:rPr><w:del/></w:rPr>") + paragraph("tổng hợp.")
    assert read_body(body).text == "Văn phòng tổng hợp."


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def field(instruction: str, shown: str) -> str:
        code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        return mark("begin") + code + mark("separate") + run(shown) + mark("end")

    raw = read_body(paragraph(inside=run("Xem ") + field(" REF x ", "mục II") + field(" PAGE ", "7")))
    assert raw.text == "Xem mục II"
    assert raw.changes == ("page numbers left out: 1",)


def test_a_field_that_never_ends_takes_no_text_with_it() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    assert read_body(paragraph("Một", inside=begun) + paragraph("Hai")).text == "Một\n\nHai"


def test_a_text_box_is_read_once_though_it_is_stored_twice() -> None:
    box = f"<w:txbxContent>{paragraph('ĐẾN Số: 118')}</w:txbxContent>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<mc:AlternateContent xmlns:mc="{compatible}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    raw = read_body(paragraph("KẾ HOẠCH", inside=f"<w:r>{both}</mc:AlternateContent></w:r>"))
    assert raw.text == "ĐẾN Số: 118\n\nKẾ HOẠCH"


def test_a_footnote_follows_the_paragraph_that_refers_to_it() -> None:
    cited = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    notes = f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator">{paragraph("_")}</w:footnote>'
    notes += f'<w:footnote w:id="5">{paragraph("Kể cả năm 2025.")}</w:footnote></w:footnotes>'
    raw = read_body(
        paragraph("Trước ngày 15/11", inside=cited + run(" hằng năm.")) + paragraph("Hết."), footnotes=notes
    )
    assert raw.text == "Trước ngày 15/11[1] hằng năm.\n\n[1] Kể cả năm 2025.\n\nHết."


def test_letters_of_old_fonts_are_read_by_their_font_even_when_runs_cut_them() -> None:
    vni, capitals = legacy_characters("ủy", Encoding.VNI), legacy_characters("tỉnh", Encoding.TCVN3)
    assert vni[0] == "u"
    font = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'.format
    inside = (
        run(capitals, font(".VnTimeH")) + run(" u", font("VNI-Times")) + run(vni[1:], font("VNI-Times")) + run(" café")
    )
    assert read_body(paragraph(inside=inside)).text == "TỈNH ủy café"


def test_a_font_named_by_the_style_counts_too() -> None:
    styles = f'<w:styles {W}><w:style w:styleId="a" w:type="paragraph"><w:basedOn w:val="b"/></w:style>'
    styles += (
        '<w:style w:styleId="b"><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style></w:styles>'
    )
    body = paragraph(legacy_characters("Tỉnh ủy", Encoding.TCVN3), '<w:pStyle w:val="a"/>')
    assert read_body(body, styles=styles).text == "Tỉnh ủy"


# Automatic numbers


def test_numbers_are_written_out_level_by_level() -> None:
    numbering = lists(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "decimal", "%2.%3."),
        level(3, "lowerLetter", "%4)"),
    )
    places = [(0, "A"), (1, "B"), (2, "C"), (2, "D"), (3, "E"), (3, "F"), (1, "G"), (2, "H"), (0, "I"), (1, "J")]
    raw = read_body("".join(listed(text, place) for place, text in places), numbering=numbering)
    assert raw.text.split("\n\n") == [
        "I. A", "1. B", "1.1. C", "1.2. D", "a) E", "b) F", "2. G", "2.1. H", "II. I", "1. J",
    ]  # fmt: skip


def test_numbers_go_on_over_text_in_between_and_count_words_before_them() -> None:
    raw = read_body(
        listed("Phạm vi") + paragraph("Quy chế này quy định.") + listed("Đối tượng"),
        numbering=lists(level(0, "decimal", "Điều %1.")),
    )
    assert raw.text == "Điều 1. Phạm vi\n\nQuy chế này quy định.\n\nĐiều 2. Đối tượng"


def test_a_second_list_of_one_definition_goes_on_unless_it_says_where_to_start() -> None:
    def number(name: int, more: str = "") -> str:
        return f'<w:num w:numId="{name}"><w:abstractNumId w:val="0"/>{more}</w:num>'

    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = lists(level(0, "decimal", "%1."), numbers=number(1) + number(2) + number(3, again))
    body = "".join(listed(text, list_id=name) for text, name in (("A", 1), ("B", 2), ("C", 3), ("D", 3)))
    assert read_body(body, numbering=numbering).text.split("\n\n") == ["1. A", "2. B", "1. C", "2. D"]


def test_a_level_that_restarts_after_none_counts_through() -> None:
    numbering = lists(level(0, "upperRoman", "%1."), level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'))
    body = "".join(listed(text, place) for place, text in [(0, "A"), (1, "B"), (0, "C"), (1, "D")])
    assert read_body(body, numbering=numbering).text.split("\n\n") == ["I. A", "Điều 1. B", "II. C", "Điều 2. D"]


def test_bullets_that_can_be_typed_stay_and_those_of_symbol_fonts_are_dots() -> None:
    numbering = lists(level(0, "bullet", "-"), level(1, "bullet", "\uf0b7"))
    assert read_body(listed("a") + listed("b", 1), numbering=numbering).text == "- a\n• b"


def test_a_style_can_number_its_paragraphs() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:styles {W}><w:style w:styleId="h" w:type="paragraph">{numbered}'
    numbering = lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.", '<w:pStyle w:val="h"/>'))
    raw = read_body(
        listed("A") + paragraph("B", '<w:pStyle w:val="h"/>'),
        styles=f"{styles}</w:style></w:styles>",
        numbering=numbering,
    )
    assert raw.text == "1. A\n\n1.1. B"


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(1949, "upperRoman", "MCMXLIX"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07"), (5, "none", ""),
     (10**9, "lowerLetter", "1000000000"), (0, "upperRoman", "0"), (3, "ordinal", "3")],
)  # fmt: skip
def test_numbers_in_the_formats_of_word(number: int, form: str, text: str) -> None:
    assert formatted(number, form) == text


# Tables


def test_a_ruled_table_is_one_line_for_each_row() -> None:
    body = (
        paragraph("Trước") + f"<w:tbl>{LINES}{row('STT', 'Nội dung')}{row('1', 'Rà soát')}</w:tbl>" + paragraph("Sau")
    )
    assert read_body(body).text == "Trước\n\n| STT | Nội dung |\n| 1 | Rà soát |\n\nSau"


def test_the_paragraphs_of_a_cell_stand_on_the_line_of_its_row() -> None:
    body = f"<w:tbl>{LINES}{row(cell(paragraph('- một'), paragraph('- hai')), 'a')}{row('b', 'c')}</w:tbl>"
    assert read_body(body).text == "| - một - hai | a |\n| b | c |"


def test_a_merged_cell_holds_for_each_of_its_rows_and_keeps_its_columns() -> None:
    wide = cell(paragraph("Phân công"), properties='<w:gridSpan w:val="2"/>')
    first = cell(paragraph("30/4/2025"), properties='<w:vMerge w:val="restart"/>')
    below = cell(paragraph(), properties="<w:vMerge/>")
    body = f"<w:tbl>{LINES}{row('STT', wide)}{row('1', 'Rà soát', first)}{row('2', 'Tập huấn', below)}</w:tbl>"
    assert read_body(body).text == "| STT | Phân công |  |\n| 1 | Rà soát | 30/4/2025 |\n| 2 | Tập huấn | 30/4/2025 |"


def test_a_long_text_merged_over_rows_is_not_repeated() -> None:
    first = cell(paragraph("Nội dung " * 40), properties='<w:vMerge w:val="restart"/>')
    below = cell(paragraph(), properties="<w:vMerge/>")
    text = read_body(f"<w:tbl>{LINES}{row('1', first)}{row('2', below)}</w:tbl>").text
    assert text.endswith("\n| 2 |  |")


def test_the_head_of_a_letter_laid_out_as_a_table_is_read_cell_by_cell() -> None:
    left = cell(paragraph("TỈNH ỦY NINH THUẬN", CENTRED), paragraph("Số 12-CV/TU"))
    right = cell(paragraph("ĐẢNG CỘNG SẢN VIỆT NAM", CENTRED))
    text = read_body(f"<w:tbl><w:tblPr/>{row(left, right)}</w:tbl>{paragraph('Kính gửi:')}").text
    assert text == "TỈNH ỦY NINH THUẬN\n\nSố 12-CV/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nKính gửi:"


def test_a_list_in_columns_without_lines_keeps_its_rows() -> None:
    body = f"<w:tbl><w:tblPr/>{row('1', ':', 'Quốc hiệu')}{row('2', ':', 'Tên cơ quan')}</w:tbl>"
    assert read_body(body).text == "| 1 | : | Quốc hiệu |\n| 2 | : | Tên cơ quan |"


def test_numbers_go_on_through_the_cells_of_a_table() -> None:
    body = f"<w:tbl>{LINES}{row(cell(listed('Một')), 'a')}{row(cell(listed('Hai')), 'b')}</w:tbl>" + listed("Ba")
    assert (
        read_body(body, numbering=lists(level(0, "decimal", "%1."))).text == "| 1. Một | a |\n| 2. Hai | b |\n\n3. Ba"
    )


def test_a_deleted_row_is_left_out() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('cũ'))}{cell(paragraph('cũ'))}</w:tr>"
    text = read_body(f"<w:tbl>{LINES}{row('a', 'b')}{deleted}{row('c', 'd')}</w:tbl>").text
    assert text == "| a | b |\n| c | d |"


# Pages


def pages(raw: RawText) -> list[str]:
    bounds = [*raw.page_starts, len(raw.text)]
    return [raw.text[start:end].strip() for start, end in pairwise(bounds)]


def test_pages_start_where_the_writer_or_the_program_broke_them() -> None:
    body = (
        paragraph("một", inside=f"<w:r>{LAID_OUT}</w:r>" + run(" hai"))
        + paragraph(inside=f"<w:r>{BREAK}</w:r>")
        + paragraph("ba")
        + paragraph("bốn", "<w:pageBreakBefore/>")
    )
    assert pages(read_body(body)) == ["một", "hai", "ba", "bốn"]


def test_a_break_that_the_program_repeats_starts_one_page() -> None:
    body = paragraph("một", inside=f"<w:r>{BREAK}</w:r>") + paragraph(inside=f"<w:r>{LAID_OUT}</w:r>" + run("hai"))
    assert pages(read_body(body)) == ["một", "hai"]


def test_a_section_starts_a_page_unless_it_is_continuous() -> None:
    def ended(text: str) -> str:
        return paragraph(text, "<w:sectPr/>")

    body = ended("một") + ended("hai") + paragraph("ba") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    assert pages(read_body(body)) == ["một", "hai\nba"]


def test_page_starts_survive_cleaning() -> None:
    raw = clean(read_body(paragraph("một\u200b") + paragraph("hai", "<w:pageBreakBefore/>")))
    assert pages(raw) == ["một", "hai"]


def test_pages_are_not_known_where_only_some_breaks_are_in_the_file() -> None:
    raw = read_body(paragraph("Quy định chung. " * 600) + paragraph("Phụ lục", "<w:pageBreakBefore/>"))
    assert raw.page_starts == ()
    assert raw.warnings == ("page numbers are not known: the file doesn't say where its pages end",)


def test_a_file_without_breaks_knows_no_pages() -> None:
    assert read_body(paragraph("một")).page_starts == ()


# Heads and feet of pages


def with_margins(body: str, **margins: str) -> RawText:
    """A body whose section has these heads and feet: header1, header2, footer1 …"""
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    references = "".join(f'<w:{name.rstrip("12")}Reference w:type="default" r:id="r{name}"/>' for name in margins)
    parts = {name: f"<w:hdr {W}>{content}</w:hdr>" for name, content in margins.items()}
    return read_body(f"{body}<w:sectPr {relations}>{references}</w:sectPr>", **parts)


def test_a_mark_of_secrecy_stands_before_the_text_and_a_foot_behind_it_without_page_numbers() -> None:
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    raw = with_margins(
        paragraph("Nội dung."),
        header1=paragraph("TỐI MẬT"),
        footer1=paragraph("Trang ", inside=number),
        footer2=paragraph("Lưu hành nội bộ"),
    )
    assert raw.text == "TỐI MẬT\n\nNội dung.\n\nLưu hành nội bộ"
    assert raw.changes == ("page numbers left out: 2",)


def test_a_hidden_mark_without_text_is_no_change() -> None:
    assert read_body(paragraph("Nội dung.", inside=run("", "<w:vanish/>"))).changes == ()


def test_a_letterhead_in_the_head_of_the_page_stands_before_the_text() -> None:
    raw = with_margins(
        paragraph("Nội dung."), header1=paragraph("TỈNH ỦY", CENTRED) + paragraph("Số 12-CV/TU", CENTRED)
    )
    assert raw.text == "TỈNH ỦY\nSố 12-CV/TU\n\nNội dung."


@pytest.mark.parametrize("head", ["Kế hoạch năm 2025", "Thực hiện Chỉ thị số 31-CT/TW", "BÁO CÁO TỔNG KẾT"])
def test_a_running_head_that_would_pass_for_another_document_is_left_out_and_listed(head: str) -> None:
    raw = with_margins(paragraph("Nội dung."), header1=paragraph(head))
    assert raw.text == "Nội dung."
    assert raw.changes == (f"running head left out, “{head}”: 1",)


# Scans in a Word file


def with_picture(body: str, picture: bytes) -> bytes:
    """A Word file whose body shows a picture."""
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/main"
    linked = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rscan"'
    shown = f'<w:r><w:drawing><a:blip xmlns:a="{drawn}" {linked}/></w:drawing></w:r>'
    made = io.BytesIO(docx_of(body + paragraph(inside=shown), {"scan": ""}))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(found := io.BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, picture if name == "word/scan.xml" else old.read(name))
    return found.getvalue()


def test_a_scan_that_was_put_into_a_word_file_is_recognised() -> None:
    """Tesseract runs for real, as in tests/test_ocr.py."""
    png = io.BytesIO()
    as_scan(as_pdf("Ban Thường vụ giao Văn phòng theo dõi, báo cáo trước ngày 15/11/2025."))[0].save(png, "png")
    raw = read_content(with_picture("", png.getvalue()), NAME)
    assert "trước ngày 15/11/2025" in raw.text
    assert (raw.format, raw.page_starts, len(raw.confidence)) == ("docx", (0,), 1)
    assert raw.warnings[0] == "the file holds no text but pictures; their text was recognised"


def test_a_picture_beside_text_is_not_recognised() -> None:
    assert read_content(with_picture(paragraph("Kế hoạch."), b"\x89PNG cut off"), NAME).text == "Kế hoạch."


# Real files


@pytest.mark.parametrize("name", ["30_2020_ND_CP.docx", "Phuluc1.docx", "Phuluc5.docx"])
def test_real_word_files_lose_no_word(shared: Path, name: str) -> None:
    """Every piece of text that stands in the file, hidden ones and page numbers apart, is in the text."""
    raw = read(shared / "documents" / name)
    with zipfile.ZipFile(shared / "documents" / name) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    shown = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", body, flags=re.DOTALL)
    pieces = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>|<w:tab/>|<w:br[ /])", shown)
    expected = Counter(re.findall(r"\w+", "".join(text if not end else " " for text, end in pieces)))
    found = Counter(re.findall(r"\w+", raw.text))
    assert not expected - found


def test_the_tables_of_a_real_file_are_in_order(shared: Path) -> None:
    text = read(shared / "documents" / "Phuluc5.docx").text
    header = "| Số và ký hiệu hồ sơ | Tên đề mục và tiêu đề hồ sơ | Thời hạn bảo quản | Người lập hồ sơ | Ghi chú |"
    entry = "| 01.TCCB | Tiêu đề hồ sơ | 20 năm | Họ và tên |  |"
    assert (
        text.index("II. MẪU DANH MỤC HỒ SƠ") < text.index(header) < text.index(entry) < text.index("III. MẪU MỤC LỤC")
    )
