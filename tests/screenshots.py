"""Every page in the looks it is used in, into docs/images: python -m tests.screenshots [SCENE...]."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from indexer.build import build
from tests.browsing import BROWSER_OPTIONS, ROOT, running_app
from tests.conftest import BROWSERS
from ui.wording import VIETNAMESE

IMAGES = ROOT / "docs" / "images"
# Few colours keep the files small; text stays sharp.
COLOURS = 96
LOOKS = {
    "": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "light"},
    "-dien-thoai": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "is_mobile": True},
    "-toi": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
}
QUESTION = "Ai phải báo cáo Ban Kinh tế Trung ương và trước ngày nào?"
SCENES = {
    "hoi-dap": f"?q={quote(QUESTION)}",
    "hoi-dap-van-ban": f"?q={quote(QUESTION)}",
    "nhiem-vu": f"nhiem-vu?donvi={quote('LĐLĐ huyện Na Hang')}",
    "nhiem-vu-lich": f"nhiem-vu?xem={quote(VIETNAMESE.duties.views['month'])}",
    "van-ban": "van-ban",
    "van-ban-chi-tiet": f"van-ban?tim={quote('71-KH/BKTTW')}",
    "mang-luoi": "mang-luoi",
    "kho": "kho",
    "chat-luong": "chat-luong",
}


def main(wanted: Sequence[str]) -> int:
    scenes = {name: path for name, path in SCENES.items() if not wanted or name in wanted}
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build([ROOT / "corpus"], index)
        if (report := ROOT / "index" / "quality.json").is_file():
            shutil.copy(report, index)
        with running_app(index, ROOT / "corpus", Path(folder) / "log") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_OPTIONS)
            for look in LOOKS:
                _take_all(browser, address, look, scenes)
            browser.close()
    return 0


def _take_all(browser: Browser, address: str, look: str, scenes: Mapping[str, str]) -> None:
    context = browser.new_context(**LOOKS[look])  # type: ignore[arg-type]
    for name, path in scenes.items():
        page = context.new_page()
        page.goto(f"{address}/{path}")
        expect(page.locator(".foot, .notice, .figures").first).to_be_visible(timeout=60_000)
        _set_scene(page, name)
        # Pictures and charts draw themselves a moment after the page says that it is done.
        page.wait_for_timeout(1500)
        _save(page.screenshot(), IMAGES / f"{name}{look}.png")
        page.close()
    context.close()


def _set_scene(page: Page, name: str) -> None:
    if name == "hoi-dap-van-ban":
        page.get_by_role("button", name=VIETNAMESE.document.open).first.click()
        expect(page.locator("#document-text mark").first).to_be_visible()
    if name == "van-ban-chi-tiet":
        page.locator("[class*=st-key-row-] button").first.click()
        expect(page.locator(".document-name")).to_be_visible()


def _save(png: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KiB", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
