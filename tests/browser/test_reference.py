"""The pages that need no script: the reference of the API, and what a problem means."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.eyes import look_at
from tests.browser.site import Site


@pytest.mark.parametrize("path", ["/docs", "/problems/changed"])
def test_pages_without_scripts_are_open_to_everybody(visit: Visit, site: Site, path: str) -> None:
    page = visit(path)

    look_at(page)
    assert page.locator("script").count() == 0
    assert page.locator("main h1").count() == 1


def test_the_contents_lead_to_every_operation(visit: Visit, site: Site) -> None:
    page = visit("/docs")

    page.get_by_role("link", name="Found community", exact=True).click()

    assert page.url.endswith("#found_community")
    assert page.locator("#found_community").is_visible()
    assert "POST" in page.locator("#found_community + p").inner_text()
