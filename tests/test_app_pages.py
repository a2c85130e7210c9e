"""Every page's main path, as an official walks it: the real program, a real browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from indexer.build import build
from search.agenda import Standing
from tests.browsing import ROOT, SCREENS, answer, link, no_sideways_scroll, plain, running_app
from tests.oidc import SECRETS, provider
from tests.test_access import FOLDER, OPEN, SECRET
from ui.wording import VIETNAMESE

pytestmark = pytest.mark.browser

WORDS = VIETNAMESE
PAGES = ("", "nhiem-vu", "van-ban", "mang-luoi", "kho", "chat-luong")
QUESTION = "Ai phải báo cáo Ban Kinh tế Trung ương và trước ngày nào?"
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """The app over a folder and an index of its own, which tests may change: address, folder, index."""
    corpus = tmp_path_factory.mktemp("own") / "corpus"
    corpus.mkdir()
    for name in ("ldld-tuyen-quang_kh-112.txt", "ldld-tuyen-quang_tb-44.txt", "tong-lien-doan_cv-1026.txt"):
        shutil.copy(ROOT / "corpus" / name, corpus)
    index = corpus.parent / "index"
    build([corpus], index)
    with running_app(index, corpus, corpus.parent / "log") as address:
        yield address, corpus, index


def opened(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".foot, .notice, .figures").first).to_be_visible()


def button(page: Page, label: str) -> Locator:
    return page.get_by_role("button", name=label).first


def downloaded(page: Page, label: str, to: Path) -> Path:
    """A click while the page is still being made would be lost."""
    expect(page.locator("[data-test-script-state=notRunning]").first).to_be_attached()
    with page.expect_download() as waiting:
        button(page, label).click()
    path = to / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


# Nhiệm vụ


def test_a_duty_marked_as_sent_is_still_so_after_the_index_was_built_again(
    own: tuple[str, Path, Path], page: Page
) -> None:
    address, corpus, index = own
    opened(page, address, "nhiem-vu?tim=giám sát, phản biện")
    standing(page, Standing.OVERDUE).click()
    expect(page.locator(".duty .state.late").first).to_be_visible()
    late = plain(page.locator(".duty").first.inner_text())
    button(page, WORDS.duties.update).click()
    page.get_by_label(WORDS.duties.note_field).fill("số 15/BC-LĐLĐ")
    button(page, WORDS.duties.save).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    for _ in range(2):
        expect(standing(page, Standing.OVERDUE).or_(standing(page, Standing.LATER)).first).to_be_visible()
        noted = False
        for other in (Standing.SENT, Standing.SOON, Standing.LATER):
            if standing(page, other).count():
                standing(page, other).click()
                page.wait_for_timeout(700)
                noted = noted or "số 15/BC-LĐLĐ" in page.locator("[data-testid=stMain]").inner_text()
        assert noted, late
        (corpus / "them.txt").write_text(OPEN, encoding="utf-8")
        build([corpus], index)
        opened(page, address, "nhiem-vu?tim=giám sát, phản biện")


def standing(page: Page, chosen: Standing) -> Locator:
    """The pill that shows the duties of one standing."""
    return page.get_by_text(re.compile(rf"^{WORDS.duties.standings[chosen]} \(\d+\)$"))


def test_the_calendar_and_the_table_open_with_the_days_of_the_register(
    app: str, page: Page, tmp_path: Path, corpus_index: Path
) -> None:
    opened(page, app, "nhiem-vu?tim=Ban Kinh tế Trung ương")
    sheet = openpyxl.load_workbook(downloaded(page, WORDS.duties.excel, tmp_path)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    heads = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert any("15/01" in str(row[heads.index("Thời hạn")]) for row in rows)
    calendar = Calendar.from_ical(downloaded(page, WORDS.duties.calendar, tmp_path).read_bytes())
    days = {event.decoded("dtstart") for event in calendar.walk("VEVENT")}
    in_table = {cell.date() for row in rows if (cell := row[heads.index("Ngày")])}
    assert in_table
    assert days == in_table
    assert any((day.month, day.day) == (1, 15) for day in days)


def test_a_letter_of_reminder_is_written(own: tuple[str, Path, Path], page: Page, tmp_path: Path) -> None:
    address, _, _ = own
    opened(page, address, "nhiem-vu")
    button(page, WORDS.duties.letter).click()
    page.get_by_label(WORDS.duties.issuer).fill("Liên đoàn Lao động tỉnh Tuyên Quang")
    page.get_by_role("dialog").get_by_role("button", name=WORDS.duties.write_letter, exact=True).last.click()
    letter = docx.Document(str(downloaded(page, WORDS.duties.download_letter, tmp_path)))
    assert any("Kính gửi" in paragraph.text for paragraph in letter.paragraphs)


# Văn bản


def test_a_document_is_found_read_at_its_section_and_downloaded(app: str, page: Page, tmp_path: Path) -> None:
    opened(page, app, "van-ban")
    box = page.get_by_label(WORDS.shelf.search)
    box.fill("186-kh/tu")
    box.press("Enter")
    page.locator("[class*=st-key-row-] button", has_text="186-KH/TU").first.click()
    expect(page.locator(".document-name")).to_contain_text("186-KH/TU")
    expect(page.locator("#document-text")).to_be_visible()
    page.get_by_role("tab", name=WORDS.shelf.outline).click()
    page.locator(".outline a").last.click()
    page.wait_for_function("document.querySelector('#document-text').scrollTop > 0")
    path = downloaded(page, WORDS.shelf.download, tmp_path)
    assert path.read_bytes() == (ROOT / "corpus" / "tinh-uy-ninh-thuan_kh-186-tu.md").read_bytes()


# Kho


def test_an_uploaded_word_file_is_answered_from(own: tuple[str, Path, Path], page: Page, tmp_path: Path) -> None:
    address, corpus, _ = own
    letter = docx.Document()
    for line in OPEN.replace("20/4/2025", "25/6/2025").replace("12/CV", "38/CV").splitlines():
        letter.add_paragraph(line)
    letter.save(str(tmp_path / "Công văn 38.docx"))
    (tmp_path / "trong.txt").touch()
    opened(page, address, "kho")
    page.locator("input[type=file]").set_input_files([tmp_path / "Công văn 38.docx", tmp_path / "trong.txt"])
    expect(page.get_by_text("trong.txt").first).to_be_visible()
    button(page, WORDS.upload.put_in).click()
    expect(page.locator(".results")).to_contain_text("Công văn 38.docx")
    expect(page.locator(".update-result")).to_be_visible()
    assert (corpus / "Công văn 38.docx").is_file()
    page.reload()
    expect(page.get_by_text("Tệp không có nội dung.").first).to_be_visible()
    page.goto(link(address, "Báo cáo kiểm kê tài sản gửi trước ngày nào theo Công văn 38/CV-LĐLĐ?"))
    expect(answer(page)).to_contain_text("25/6/2025")


# Hỏi đáp


def test_an_answer_goes_to_word_and_its_judgement_to_the_records(
    own: tuple[str, Path, Path], page: Page, tmp_path: Path
) -> None:
    address, _, _ = own
    page.goto(link(address, "LĐLĐ huyện gửi báo cáo giám sát về LĐLĐ tỉnh trước ngày nào?"))
    expect(answer(page)).to_contain_text("15/11")
    word = docx.Document(str(downloaded(page, WORDS.answers.word, tmp_path)))
    assert any("15/11" in paragraph.text for paragraph in word.paragraphs)
    page.locator("[data-testid=stFeedback] button").first.click()
    expect(page.get_by_text(WORDS.answers.thanks)).to_be_visible()
    opened(page, address, "kho")
    page.get_by_text(WORDS.upload.log, exact=True).click()
    gold = downloaded(page, WORDS.upload.gold, tmp_path).read_text(encoding="utf-8")
    assert json.loads(gold.splitlines()[0])["evidence"]


def test_a_question_may_lean_on_the_one_before(app: str, page: Page) -> None:
    page.goto(link(app, "Kế hoạch số 71-KH/BKTTW ban hành ngày nào?"))
    expect(answer(page)).to_contain_text("5/11/2024")
    box = page.get_by_role("textbox", name=WORDS.question)
    box.fill("ai ký?")
    box.press("Enter")
    expect(answer(page)).to_contain_text("Đoàn Minh Trực")


def test_a_quote_is_marked_on_the_original_page_of_a_pdf(page: Page, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    page.set_content(f"<body style='font-family: DejaVu Serif; white-space: pre-wrap'>{OPEN}")
    page.pdf(path=corpus / "cong-van.pdf", format="A4")
    build([corpus], tmp_path / "index")
    with running_app(tmp_path / "index", corpus, tmp_path / "log") as address:
        page.goto(link(address, "Báo cáo kiểm kê tài sản gửi về Liên đoàn Lao động tỉnh trước ngày nào?"))
        button(page, WORDS.document.open).click()
        page.get_by_text(WORDS.answers.page_view, exact=True).click()
        picture = page.locator(".page-picture img")
        expect(picture).to_be_visible()
        whole, mark = picture.bounding_box(), page.locator(".page-mark").first.bounding_box()
        assert whole is not None
        assert mark is not None
        assert whole["x"] <= mark["x"] < mark["x"] + mark["width"] <= whole["x"] + whole["width"]
        assert mark["height"] < whole["height"] / 20


# Access


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """An app with a login, over an open letter, a secret plan and a notice in a restricted folder."""
    corpus = tmp_path_factory.mktemp("guarded") / "corpus"
    (corpus / "nhan-su").mkdir(parents=True)
    (corpus / "cong-van.txt").write_text(OPEN, encoding="utf-8")
    (corpus / "ke-hoach-mat.txt").write_text(SECRET, encoding="utf-8")
    (corpus / "nhan-su" / "thong-bao.txt").write_text(FOLDER, encoding="utf-8")
    build([corpus], corpus.parent / "index")
    with provider() as login:
        secrets = SECRETS.replace("ISSUER", login.issuer)
        with running_app(corpus.parent / "index", corpus, corpus.parent / "log", secrets) as address:
            yield address, login


SECRET_QUESTION = "Ban Chỉ huy quân sự huyện Kỳ Lộ báo cáo Tỉnh ủy trước ngày nào?"
HIDDEN = ("17/9/2025", "Hải Vân Sơn", "ke-hoach-mat", "Lương Bảo Trâm", "7-TB/HU", "thong-bao.txt")


def log_in(page: Page, address: str, login: Any, email: str) -> None:
    login.email = email
    page.goto(address)
    expect(page.get_by_role("heading", name=WORDS.access.heading)).to_be_visible()
    button(page, WORDS.access.login).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS.ask)


def test_a_reader_sees_no_restricted_document_on_any_page_and_the_cleared_keeper_does(
    guarded: tuple[str, Any], page: Page, browser: Browser
) -> None:
    address, login = guarded
    log_in(page, address, login, "doc@coquan.vn")
    for path in (*PAGES, f"?q={SECRET_QUESTION}", "?q=Ai trình danh sách nhân sự Đại hội?", "nhiem-vu?tim=diễn tập"):
        opened(page, address, path)
        page.wait_for_timeout(300)
        seen = page.locator("[data-testid=stMain]").inner_text()
        assert [word for word in HIDDEN if word in seen] == [], path
    expect(page.get_by_text(WORDS.upload.add)).to_have_count(0)
    keeper = browser.new_context().new_page()
    log_in(keeper, address, login, "giu-kho@coquan.vn")
    keeper.goto(link(address, SECRET_QUESTION))
    expect(answer(keeper)).to_contain_text("17/9/2025")
    opened(keeper, address, "kho")
    expect(keeper.get_by_text("ke-hoach-mat.txt").first).to_be_visible()
    keeper.context.close()


# Looks


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_issue_on_any_page(app: str, browser: Browser, theme: Any) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(30_000)
    found: dict[str, list[str]] = {}
    for path in (*PAGES, f"?q={QUESTION}", "nhiem-vu?xem=Lịch tháng", "?q=bóng đá tối nay"):
        opened(page, app, path)
        page.wait_for_timeout(500)
        if path.startswith("?q=Ai"):
            button(page, WORDS.document.open).click()
            expect(page.locator("#document-text mark").first).to_be_visible()
        if path == "van-ban":
            found |= serious(page, path)
            page.locator("[class*=st-key-row-] button").first.click()
            expect(page.locator(".document-name")).to_be_visible()
        found |= serious(page, path)
    context.close()
    assert found == {}


def serious(page: Page, path: str) -> dict[str, list[str]]:
    """The serious and critical findings of axe-core on the page as it is now."""
    page.evaluate(AXE)
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [one for one in results["violations"] if one["impact"] in ("serious", "critical")]
    nodes = [f"{one['id']}: {node['target']} {node['html'][:160]}" for one in grave for node in one["nodes"][:3]]
    return {f"{path}": nodes} if nodes else {}


@pytest.mark.parametrize("screen", ["phone", "office"])
def test_no_page_needs_scrolling_sideways(app: str, page: Page, screen: str) -> None:
    assert screen in SCREENS
    for path in (*PAGES, "nhiem-vu?xem=Lịch tháng", "nhiem-vu?xem=Dòng thời gian"):
        opened(page, app, path)
        page.wait_for_timeout(300)
        assert no_sideways_scroll(page), path


def test_a_page_can_be_reached_by_keyboard_alone(app: str, page: Page) -> None:
    opened(page, app, "")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().endswith(WORDS.pages["van-ban"]):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS.shelf.heading)
