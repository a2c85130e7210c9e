"""Words on a page to lines in reading order, paragraphs and tables."""

from __future__ import annotations

from indexer.layout import boxes
from indexer.read.compose import Page, compose
from indexer.read.flow import Word, reading_order, rows_of
from indexer.read.furniture import without_furniture
from indexer.read.tables import Rule, find_tables
from indexer.types import Span

WIDTH, HEIGHT, EM = 595.0, 842.0, 14.0


def words(text: str, left: float, top: float, letter: float = 6.0) -> list[Word]:
    """A line of text, every letter equally wide."""
    found, x = [], left
    for word in text.split(" "):
        found.append(Word(word, x, top, x + letter * len(word), top + EM))
        x += letter * (len(word) + 1)
    return found


def page(*lines: tuple[str, float, float], number: int = 1) -> Page:
    placed = [word for line in lines for word in words(*line)]
    return Page(number, WIDTH, HEIGHT, tuple(rows_of(placed)))


def read(*lines: tuple[str, float, float]) -> list[str]:
    return [line.text for block in reading_order(page(*lines).rows) for line in block]


def test_columns_are_read_one_after_the_other_and_a_line_across_ends_them() -> None:
    head = [(f"trái {n} {'a' * 20}", 80, 100 + 16 * n) for n in range(3)]
    head += [(f"phải {n} {'b' * 20}", 320, 100 + 16 * n) for n in range(3)]
    across = ("một dòng đi qua cả hai cột của trang giấy này không dừng lại ở đâu cả", 80, 160)
    found = read(*reversed(head), across)
    assert [line[:6] for line in found] == ["trái 0", "trái 1", "trái 2", "phải 0", "phải 1", "phải 2", "một dò"]


def test_columns_whose_lines_do_not_stand_level_stay_apart() -> None:
    left = [("TỈNH ỦY NINH THUẬN", 80, 60), ("*", 130, 78), ("Số 71-KH/TU", 90, 96)]
    right = [("ĐẢNG CỘNG SẢN VIỆT NAM", 330, 60), ("Ninh Thuận, ngày 05 tháng 11 năm 2024", 320, 87)]
    assert read(*left, *right) == [text for text, *_ in (*left, *right)]


def test_a_list_that_runs_on_under_the_signature_beside_it_stays_one_list() -> None:
    left = [(f"- Nơi thứ {n};", 80, 600 + 14 * n) for n in range(9)]
    right = [("TM. BAN THƯỜNG VỤ", 350, 600), ("CHỦ TỊCH", 380, 614), ("Chế Thị Mẫu Đơn", 370, 690)]
    assert read(*left, *right) == [text for text, *_ in (*left, *right)]


def test_a_short_line_above_two_columns_is_not_drawn_into_the_first() -> None:
    found = read(("ngày 15/10/2024./.", 80, 586), ("Nơi nhận:", 200, 600), ("TM. BAN THƯỜNG VỤ", 370, 600))
    assert found == ["ngày 15/10/2024./.", "Nơi nhận:", "TM. BAN THƯỜNG VỤ"]


def test_three_columns_of_a_newspaper_are_three() -> None:
    columns = [
        [(f"{name}{n} {'x' * 18}", 60 + 160 * at, 100 + 15 * n) for n in range(6)] for at, name in enumerate("abc")
    ]
    rows = [line for row in zip(*columns, strict=True) for line in row]
    assert [line[0] for line in read(*rows)] == ["a"] * 6 + ["b"] * 6 + ["c"] * 6


def test_a_wide_blank_in_one_justified_line_is_no_column() -> None:
    lines = [(f"dòng {n} dài đều nhau từ lề này sang lề kia của trang", 80, 100 + 16 * n) for n in range(5)]
    first, second = words("dòng giữa có", 80, 180), words("khoảng trắng rộng", 80 + 6 * 15.0, 180)
    rows = rows_of([*(word for line in lines for word in words(*line)), *first, *second])
    assert [line.text for block in reading_order(rows) for line in block][-1] == "dòng giữa có khoảng trắng rộng"


FULL = "dòng này kéo dài cho đến hết lề bên phải của trang"


def test_wrapped_lines_make_a_paragraph_and_what_begins_anew_does_not() -> None:
    lines = [(FULL, 80, 100 + 16 * n) for n in range(3)]
    text = compose([page(*lines, ("ngắn thôi.", 80, 148), ("Đoạn mới.", 80, 164), ("- một mục", 80, 180))]).text
    assert text == f"{FULL} {FULL} {FULL} ngắn thôi.\nĐoạn mới.\n- một mục"


def test_an_indent_and_a_list_mark_begin_a_paragraph_although_the_line_before_is_full() -> None:
    lines = [(FULL, 80, 100), (FULL, 80, 116), (FULL, 80, 132), (FULL[6:], 116, 148), (f"2. {FULL[3:]}", 80, 164)]
    assert compose([page(*lines)]).text.split("\n") == [f"{FULL} {FULL} {FULL}", FULL[6:], f"2. {FULL[3:]}"]


def test_a_number_cut_behind_its_hyphen_is_joined_without_a_blank() -> None:
    cut = FULL[:-9] + "số 31-CT/"
    lines = [(FULL, 80, 100), (FULL, 80, 116), (cut, 80, 132), ("TW của Ban Bí thư", 80, 148)]
    assert compose([page(*lines)]).text.endswith("số 31-CT/TW của Ban Bí thư")


def test_a_paragraph_goes_on_behind_a_page_break_and_a_heading_does_not() -> None:
    first = [(FULL, 80, 100 + 16 * n) for n in range(4)]
    joined = compose([page(*first), page(("tiếp theo.", 80, 60), number=2)])
    assert joined.text.endswith(f"{FULL} tiếp theo.")
    assert joined.text[joined.page_starts[1] :] == "tiếp theo."
    parted = compose([page(*first), page(("II. Tổ chức thực hiện", 80, 60), number=2)])
    assert parted.text.endswith(f"{FULL}\n\nII. Tổ chức thực hiện")


def test_every_word_has_its_box_on_its_page() -> None:
    composed = compose([page((FULL, 80, 100)), page(("trang hai", 90, 60), number=2)])
    start = composed.text.index("hai")
    [box] = boxes(composed.layout, Span(start, start + 3))
    assert (box.page, box.left, box.top, box.bottom) == (2, 90 + 6 * 6, 60, 74)


def grid(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[Rule]:
    return [*(Rule(xs[0], y, xs[-1], y) for y in ys), *(Rule(x, ys[0], x, ys[-1]) for x in xs)]


def test_a_ruled_table_is_read_row_by_row_with_a_cell_of_two_lines_on_one() -> None:
    rules = grid((80, 180, 300), (100, 120, 160))
    placed = [
        *words("Việc", 90, 102), *words("Đơn vị", 190, 102), *words("Lập danh", 90, 122), *words("sách", 90, 138),
        *words("Văn phòng", 190, 122), *words("Dưới bảng", 80, 200),
    ]  # fmt: skip
    tables, free = find_tables(rules, placed)
    text = compose([Page(1, WIDTH, HEIGHT, tuple(rows_of(free)), tables)]).text
    assert text == "| Việc | Đơn vị |\n| Lập danh sách | Văn phòng |\n\nDưới bảng"


def test_a_merged_cell_is_one_cell() -> None:
    rules = [rule for rule in grid((80, 180, 300), (100, 120, 140)) if not (not rule.is_level and rule.left == 180)]
    rules.append(Rule(180, 120, 180, 140))
    tables, _ = find_tables(
        rules, [*words("gộp cả hai cột lại", 130, 102), *words("a", 90, 122), *words("b", 190, 122)]
    )
    assert compose([Page(1, WIDTH, HEIGHT, (), tables)]).text == "| gộp cả hai cột lại | |\n| a | b |"


def test_underlines_and_frames_are_no_tables() -> None:
    frame = grid((80, 300), (100, 140))
    assert find_tables([*frame, Rule(350, 90, 450, 90)], words("trong khung", 90, 110))[0] == ()


def test_page_numbers_and_running_heads_are_removed_and_listed() -> None:
    body = [(f"Nội dung {'abcdef'[n]} của trang.", 80, 300) for n in range(6)]
    pages = [page(("CÔNG BÁO SỐ 12", 200, 30), body[n], (f"- {n + 5} -", 290, 800), number=n + 1) for n in range(6)]
    kept, changes = without_furniture(pages)
    assert compose(kept).text == "\n\n".join(text for text, *_ in body)
    assert changes == ["page numbers removed: 6", "running head removed: “CÔNG BÁO SỐ 12”"]


def test_the_heads_of_a_bundle_and_lone_figures_stay() -> None:
    heads = [page(("ĐẢNG CỘNG SẢN VIỆT NAM", 300, 30), (f"Số {n}-CV/TU", 80, 60), number=n) for n in (1, 2, 3, 4)]
    assert without_furniture(heads) == (heads, [])
    figures = [page(("Chỉ tiêu:", 80, 300), ("98", 80, 790)), page(("Còn lại:", 80, 300), ("71", 80, 790), number=2)]
    assert without_furniture(figures) == (figures, [])
