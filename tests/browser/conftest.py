"""Debian's Chromium, driven by Playwright, before a running Trellis.

Where there is no browser these tests are skipped, and the run ends by saying so where nobody can
miss it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from bootstrap.browser import find
from tests.browser.eyes import DESK, ORDINARY
from tests.browser.site import Site, running

HERE = Path(__file__).parent
BROWSER = find()

# Chromium otherwise asks its maker for updates and lists the moment it starts.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]

SPOKEN_FOR = re.compile("the server responded with a status|net::ERR_INTERNET_DISCONNECTED")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Chromium comes from Debian and needs root to be installed. Who has neither still tests all the
    # rest, and is told at the end in capitals what was not; with the build server, root has it.
    if BROWSER is None:
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "tests/browser" in r.nodeid]
    if BROWSER is None and skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} tests were skipped, because no Chromium was found. Nothing is known "
            "about the pages.\nInstall Debian's chromium, or name one in TRELLIS_BROWSER, and run "
            "`make e2e`.",
            red=True,
        )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running Trellis with the demo network."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """Open an address as a member, a lead, a coordinator or nobody, and wait until it is quiet.

    Whatever a test is about, it also fails when a page writes an error to the console, throws,
    or asks another host for anything.
    """
    contexts = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # The network's own line about a refused request is not the page's; the page shows it.
        if message.type == "error" and not SPOKEN_FOR.search(message.text):
            complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and not request.url.startswith(site.url + "/"):
            complaints.append(f"another host: {request.url}")

    def go(path: str = "/", role: str | None = None, **options: object) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            viewport=DESK,
            locale="en-GB",
            timezone_id="Europe/London",
            **{**ORDINARY, **options},
        )
        contexts.append(context)
        if role:
            context.add_cookies(site.cookies_of(role))
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(f"thrown: {error}"))
        page.on("request", asked)
        page.goto(path, wait_until="networkidle")
        return page

    yield go
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)
