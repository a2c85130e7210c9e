"""The real app in a real browser: what the browser tests and the screenshots share."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from ui.wording import VIETNAMESE

ROOT = Path(__file__).parents[1]
START_SECONDS = 60
# The first question also opens the index, which takes seconds on a slow machine.
PATIENCE_MILLISECONDS = 30_000
SCREENS = {"office": (1366, 768), "large": (1920, 1080), "phone": (360, 740)}
THIS_MACHINE = {"localhost", "127.0.0.1"}
expect.set_options(timeout=PATIENCE_MILLISECONDS)

BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def running_app(index: Path, corpus: Path, log: Path, secrets: str = "") -> Iterator[str]:
    """The app on a free port; gives its address. `secrets` is its settings file, in which {port} is that port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    if secrets:
        settings_file = log.with_name("secrets.toml")
        settings_file.write_text(secrets.replace("{port}", str(port)), encoding="utf-8")
        command += ["--secrets.files", str(settings_file)]
    settings = os.environ | {"INDEX": str(index), "CORPUS": str(corpus), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_up(f"http://localhost:{port}/_stcore/health", process, log)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_up(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start within {START_SECONDS} s:\n{log.read_text(encoding='utf-8')}", pytrace=False)


def hosts(addresses: list[str]) -> set[str | None]:
    return {urlsplit(address).hostname for address in addresses if not address.startswith(("data:", "blob:"))}


def ask(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name=VIETNAMESE.question)
    box.fill(question)
    box.press("Enter")


def link(address: str, question: str, more: str = "") -> str:
    return f"{address}/?q={quote(question)}{more}"


def answer(page: Page) -> Locator:
    return page.locator(".answer")


def open_first(page: Page) -> Locator:
    """Opens the document at the first citation or passage; gives its text."""
    page.get_by_role("button", name=VIETNAMESE.document.open).first.click()
    text = page.locator("#document-text")
    expect(text.locator("mark").first).to_be_visible()
    return text


def plain(text: str) -> str:
    return " ".join(text.split())


def in_view(page: Page, inner: str, outer: str) -> bool:
    """Whether the top of `inner` can be seen in `outer` and on the screen."""
    seen = """([inner, outer]) => {
        const box = (name) => document.querySelector(name).getBoundingClientRect();
        const top = box(inner).top;
        return top >= box(outer).top - 1 && top < box(outer).bottom && top >= 0 && top < innerHeight;
    }"""
    return bool(page.evaluate(seen, [inner, outer]))


def no_sideways_scroll(page: Page) -> bool:
    wide = """() => ["html", "[data-testid=stMain]"].every((name) => {
        const element = document.querySelector(name);
        return element.scrollWidth <= element.clientWidth;
    })"""
    return bool(page.evaluate(wide))
