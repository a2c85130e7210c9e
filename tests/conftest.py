"""Fixtures for all tests, and the guard that keeps them off the network."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from search.engine import Engine

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only this machine can be reached: a test that passes proves that its code needs no network."""
    real_names = socket.getaddrinfo

    def guarded(method: Any, address_at: int) -> Any:
        def call(self: socket.socket, *arguments: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse_unless_local(arguments[address_at][0])
            return method(self, *arguments)

        return call

    def names(host: Any, *arguments: Any, **options: Any) -> Any:
        _refuse_unless_local(host)
        return real_names(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name, address_at in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), address_at))
        patch.setattr(socket, "getaddrinfo", names)
        yield


def _refuse_unless_local(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "0.0.0.0", "::"):
        return
    try:
        local = ip_address(str(name)).is_loopback
    except ValueError:
        local = False
    if not local:
        raise RuntimeError(f"a test tried to reach {name}; nothing here may need the network")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that is not part of the repository."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there; it holds data that is not part of the repository")
    return SHARED


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample documents, indexed once for all tests. Read only."""
    from indexer.build import build

    index = tmp_path_factory.mktemp("corpus") / "index"
    build([CORPUS], index)
    return index


@pytest.fixture(scope="session")
def engine(corpus_index: Path) -> Engine:
    """The sample documents, opened once for all tests. Read only, as every engine is."""
    from search.engine import open_engine

    return open_engine(corpus_index)


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """A browser of the Chromium family; its absence is a failure, since an app that nobody looked at is not tested."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or _playwrights_own()
    if found is None:
        pytest.fail(
            "no Chromium found. On Debian: apt-get install chromium. Elsewhere: install Chrome or Edge so that it is "
            "on the PATH, or run: .venv/bin/playwright install chromium (on Windows .venv\\Scripts\\playwright)",
            pytrace=False,
        )
    return Path(found)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


@pytest.fixture(scope="session")
def app(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real app over the sample documents."""
    from tests.browsing import running_app

    with running_app(corpus_index, CORPUS, tmp_path_factory.mktemp("app") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser(browser_path: Path) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from tests.browsing import BROWSER_OPTIONS

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def screen() -> str:
    return "office"


@pytest.fixture
def requested() -> list[str]:
    """Every address that the page of the test asks for."""
    return []


@pytest.fixture
def page(browser: Browser, screen: str, requested: list[str]) -> Iterator[Page]:
    """A fresh visit. Whatever the test does, no request may leave this machine."""
    from tests.browsing import PATIENCE_MILLISECONDS, SCREENS, THIS_MACHINE, hosts

    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, is_mobile=screen == "phone")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    visit = context.new_page()
    visit.on("request", lambda request: requested.append(request.url))
    visit.on("websocket", lambda channel: requested.append(channel.url))
    yield visit
    context.close()
    assert hosts(requested) <= THIS_MACHINE
