"""The app as an official sees it: the real program, the sample documents, a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from indexer.build import build
from tests.browsing import (
    ROOT,
    SCREENS,
    THIS_MACHINE,
    answer,
    ask,
    hosts,
    in_view,
    link,
    no_sideways_scroll,
    open_first,
    plain,
    running_app,
)
from ui.wording import ENGLISH, VIETNAMESE

pytestmark = pytest.mark.browser

QUESTION = "who reports to Ban Kinh tế by when"
SINCE_FIRST_PAINT = "() => performance.now() - performance.getEntriesByName('first-contentful-paint')[0].startTime"
OFF_TOPIC = "Trận bóng đá tối nay đội nào thắng?"


def test_the_question_is_answered_with_who_what_to_whom_and_by_when(app: str, page: Page) -> None:
    page.goto(app)
    ask(page, QUESTION)
    expect(answer(page)).to_contain_text("15/01")
    expect(answer(page)).to_contain_text("Ban Kinh tế Trung ương")
    expect(answer(page)).to_contain_text(re.compile("tỉnh ủy", re.IGNORECASE))
    facts = page.locator(".facts table")
    for head in (VIETNAMESE.facts.who, VIETNAMESE.facts.what, VIETNAMESE.facts.to, VIETNAMESE.facts.by_when):
        expect(facts.locator("th", has_text=head).first).to_be_visible()
    expect(facts).to_contain_text(re.compile("tỉnh ủy", re.IGNORECASE))
    expect(facts).to_contain_text("15/01")
    assert "q=" in page.url


@pytest.mark.parametrize("screen", ["office", "phone"])
def test_the_citation_opens_the_document_at_the_highlighted_quote(app: str, page: Page) -> None:
    page.goto(link(app, QUESTION))
    quoted = plain(page.locator("#citation-1 blockquote").inner_text())
    text = open_first(page)
    assert plain("".join(text.locator("mark").all_inner_texts())) == quoted
    page.wait_for_function(
        "() => document.querySelector('#document-text').scrollTop > 0 || "
        "document.querySelector('#document-text mark').offsetTop < 400"
    )
    page.wait_for_timeout(1000)
    assert in_view(page, "#document-text mark", "#document-text")
    expect(page.locator("#document .place")).not_to_be_empty()


def test_a_number_in_the_answer_leads_to_its_citation(app: str, page: Page) -> None:
    page.goto(link(app, QUESTION))
    answer(page).locator("a.number").first.click()
    expect(page).to_have_url(re.compile("#citation-1$"))
    page.wait_for_timeout(500)
    assert in_view(page, "#citation-1", "[data-testid=stMain]")


def test_a_link_is_answered_at_once_and_back_brings_the_earlier_question(app: str, page: Page) -> None:
    page.goto(link(app, QUESTION))
    expect(answer(page)).to_contain_text("15/01")
    box = page.get_by_role("textbox", name=VIETNAMESE.question)
    expect(box).to_have_value(QUESTION)
    ask(page, OFF_TOPIC)
    expect(page.locator(".notice")).to_be_visible()
    page.go_back()
    expect(box).to_have_value(QUESTION)
    expect(answer(page)).to_contain_text("15/01")


def test_the_time_from_first_paint_to_the_answer_is_reported(
    app: str, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reported, not asserted: a machine may be busy."""
    waits = []
    for _ in range(5):
        page.goto(link(app, QUESTION))
        expect(answer(page)).to_contain_text("15/01")
        waits.append(page.evaluate(SINCE_FIRST_PAINT))
    assert all(wait > 0 for wait in waits)
    with capsys.disabled():
        print(f"\nfirst paint to answer: {median(waits) / 1000:.2f} s, the median of {len(waits)} loads")


def test_every_example_on_the_first_page_has_an_answer(app: str, page: Page) -> None:
    """The sample documents answer all of them; over other documents only those with an answer are offered."""
    for example in VIETNAMESE.examples:
        page.goto(app)
        page.get_by_role("button", name=example).click()
        expect(answer(page)).to_be_visible()


def test_nothing_found_is_said_plainly(app: str, page: Page) -> None:
    page.goto(link(app, OFF_TOPIC))
    notice = page.locator(".notice")
    expect(notice).to_contain_text(VIETNAMESE.not_found.heading)
    assert len(plain(notice.inner_text())) > len(VIETNAMESE.not_found.heading) + 20
    expect(answer(page)).to_have_count(0)


def test_a_filter_by_type_changes_the_result(app: str, page: Page) -> None:
    page.goto(link(app, QUESTION))
    expect(answer(page)).to_be_visible()
    expect(page.locator(".source h3").first).to_contain_text("Kế hoạch")
    page.get_by_role("button", name=VIETNAMESE.filters.button).click()
    page.get_by_role("button", name="Báo cáo", exact=True).click()
    expect(page.locator(".chip")).to_have_text("Báo cáo")
    expect(page.locator(".source h3", has_text="Kế hoạch")).to_have_count(0)
    assert "loai=" in page.url
    page.keyboard.press("Escape")
    page.get_by_role("button", name=VIETNAMESE.filters.clear).click()
    expect(page.locator(".source h3").first).to_contain_text("Kế hoạch")
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize("screen", list(SCREENS))
def test_no_screen_needs_scrolling_sideways(app: str, page: Page) -> None:
    page.goto(app)
    expect(page.locator(".foot")).to_be_visible()
    assert no_sideways_scroll(page)
    page.goto(link(app, QUESTION))
    expect(page.locator(".foot")).to_be_visible()
    assert no_sideways_scroll(page)
    open_first(page)
    assert no_sideways_scroll(page)
    page.goto(link(app, OFF_TOPIC))
    expect(page.locator(".notice")).to_be_visible()
    assert no_sideways_scroll(page)


def test_the_page_speaks_english_when_switched(app: str, page: Page) -> None:
    page.goto(link(app, QUESTION))
    expect(answer(page)).to_contain_text("15/01")
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH.ask)
    expect(page.locator(".facts th").first).to_have_text(ENGLISH.facts.who)
    expect(answer(page)).to_contain_text("15/01")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH.ask)


def test_no_request_leaves_this_machine(app: str, page: Page, requested: list[str]) -> None:
    page.goto(link(app, QUESTION))
    open_first(page)
    page.get_by_text(VIETNAMESE.why.heading, exact=True).click()
    page.get_by_text("English", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert any(address.startswith("ws:") for address in requested)
    assert hosts(requested) <= THIS_MACHINE


def test_nothing_but_the_page_itself_is_on_the_screen(app: str, page: Page) -> None:
    """No button of the toolkit, no menu, no hint in English."""
    page.goto(link(app, QUESTION))
    expect(page.locator(".foot")).to_be_visible()
    for leftover in ("Deploy", "Press Enter", "Running", "Made with"):
        expect(page.get_by_text(leftover)).to_have_count(0)
    expect(page.locator("[data-testid=stMainMenu]")).to_have_count(0)


def test_questions_of_the_visit_can_be_asked_again(app: str, page: Page) -> None:
    page.goto(link(app, QUESTION))
    expect(answer(page)).to_be_visible()
    ask(page, OFF_TOPIC)
    expect(page.locator(".notice")).to_be_visible()
    page.locator(".st-key-history").get_by_role("button", name=QUESTION).click()
    expect(answer(page)).to_contain_text("15/01")


def test_a_missing_index_is_told_in_one_clear_sentence(
    page: Page, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    corpus = tmp_path / "van-ban-den"
    with running_app(tmp_path / "absent", corpus, tmp_path_factory.mktemp("app") / "log") as address:
        page.goto(link(address, QUESTION))
        notice = page.locator(".notice")
        expect(notice).to_contain_text(VIETNAMESE.errors["IndexMissing"].what)
        expect(notice).to_contain_text("van-ban-den")
        expect(page.get_by_text("absent")).not_to_be_visible()
        page.get_by_text(VIETNAMESE.technical).click()
        expect(page.get_by_text("absent")).to_be_visible()
        build([ROOT / "corpus"], tmp_path / "absent")
        page.get_by_role("button", name=VIETNAMESE.retry).click()
        expect(answer(page)).to_contain_text("15/01")


HOSTILE_TEXT = """LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN HÀ

Số: 77/TB-LĐLĐ

Sơn Hà, ngày 03 tháng 3 năm 2025

THÔNG BÁO
Về việc thu hồi thẻ ra vào <b>trụ sở</b>

1. Văn phòng thu hồi thẻ ra vào trụ sở của cán bộ nghỉ hưu trước ngày 20/3/2025 \
<script>window.hacked = true</script> & <img src="http://example.org/a.png" onerror="window.hacked = true"> \
[mở](http://example.org) ![ảnh](http://example.org/b.png).
"""


def test_a_document_that_holds_markup_shows_as_text_and_a_new_index_is_taken_up(
    page: Page, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "thong-bao.txt").write_text(HOSTILE_TEXT, encoding="utf-8")
    (corpus / "rong.txt").touch()
    build([corpus], index)
    with running_app(index, corpus, tmp_path_factory.mktemp("app") / "log") as address:
        page.goto(link(address, "Văn phòng thu hồi thẻ ra vào trụ sở trước ngày nào?"))
        expect(answer(page)).to_contain_text("20/3/2025")
        text = open_first(page)
        for shown in (
            "<script>window.hacked = true</script>",
            "[mở](http://example.org)",
            "<b>trụ sở</b>",
            "<img src=",
        ):
            expect(text).to_contain_text(shown)
        assert page.evaluate("window.hacked") is None
        expect(page.locator(".document img, .source img, .answer img")).to_have_count(0)

        expect(page.locator(".foot")).to_contain_text("1 văn bản")
        page.get_by_text("1 tệp chưa đọc được").click()
        expect(page.get_by_text("Tệp không có nội dung.")).to_be_visible()

        (corpus / "thong-bao-2.txt").write_text(HOSTILE_TEXT.replace("77/TB", "78/TB"), encoding="utf-8")
        build([corpus], index)
        page.reload()
        expect(page.locator(".foot")).to_contain_text("2 văn bản")
