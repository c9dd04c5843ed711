"""What holds on all pages: focus, themes, lost connections, right to left, and little to fetch."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import Visit
from tests.browser.eyes import barriers, overflow
from tests.browser.hands import choose, heading
from tests.browser.site import Site

SCRIPT_LIMIT, STYLE_LIMIT = 30_000, 12_000


def test_moving_on_names_the_page_and_moves_the_focus(visit: Visit) -> None:
    page = visit("/", "member")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Communities").click()

    expect(page).to_have_title("Find a community – Trellis")
    expect(heading(page)).to_be_focused()
    page.go_back()
    expect(page).to_have_title("Home – Trellis")


def test_a_token_is_shown_once_and_can_be_ended(visit: Visit) -> None:
    page = visit("/settings", "member")
    page.get_by_text("Make a new token").click()
    page.get_by_label("What is it for?").fill("nightly export")
    page.get_by_role("checkbox", name="Read sessions").check()
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_label("Copy this token now")).to_have_value(re.compile("^trellis_pat_"))
    assert barriers(page) == []

    page.reload()
    expect(page.get_by_label("Copy this token now")).to_have_count(0)
    page.get_by_role("button", name="End nightly export").click()
    expect(page.get_by_text("“nightly export” no longer works.")).to_be_visible()


def test_a_token_that_was_ended_is_no_longer_there_to_copy(visit: Visit) -> None:
    page = visit("/settings", "member")
    page.get_by_text("Make a new token").click()
    page.get_by_label("What is it for?").fill("a mistake")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("button", name="End a mistake").click()
    expect(page.get_by_text("“a mistake” no longer works.")).to_be_focused()
    expect(page.get_by_label("Copy this token now")).to_have_count(0)


def test_a_chosen_theme_stays_on_the_device(visit: Visit) -> None:
    page = visit("/", "member")

    choose(page, "Dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_lost_connection_keeps_what_was_written(visit: Visit) -> None:
    page = visit("/settings", "member")
    page.get_by_label("Team").fill("Night shift")
    page.context.set_offline(True)

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("We could not reach Trellis")
    expect(page.get_by_label("Team")).to_have_value("Night shift")


def test_being_signed_out_meanwhile_keeps_what_was_written(visit: Visit) -> None:
    page = visit("/settings", "member")
    page.get_by_label("Team").fill("Night shift")
    page.context.clear_cookies()

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("You have been signed out meanwhile")
    expect(page.get_by_label("Team")).to_have_value("Night shift")


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/communities", "/settings", "/communities/{}", "/communities/{}/insight"),
        *("/proposals", "/propose", "/desk", "/communities/{}/plan"),
    ],
)
def test_a_page_reads_from_right_to_left_with_everything_open(
    visit: Visit, site: Site, path: str
) -> None:
    page = visit(path.format(site.community_of("lead")), "lead")
    page.evaluate(
        """() => {
          document.documentElement.dir = "rtl";
          for (const folded of document.querySelectorAll("details")) folded.open = true;
        }"""
    )
    page.wait_for_load_state("networkidle")

    assert barriers(page) == []
    assert overflow(page) == []


@contextmanager
def weighed(page: Page) -> Iterator[dict[str, int]]:
    """Add up what the page fetches, gzipped as a server in front would send it."""
    weight = {"script": 0, "stylesheet": 0}

    def add(response: Response) -> None:
        kind = response.request.resource_type
        if kind in weight:
            weight[kind] += len(gzip.compress(response.body(), 9))

    page.on("response", add)
    yield weight
    page.remove_listener("response", add)


@pytest.mark.parametrize(
    "path", ["/", "/communities", "/communities/{}", "/settings", "/proposals", "/propose", "/desk"]
)
def test_the_first_visit_fetches_little(visit: Visit, site: Site, path: str) -> None:
    page = visit("/accessibility", "member")

    with weighed(page) as weight:
        page.goto(path.format(site.community_of("member")), wait_until="networkidle")

    assert 0 < weight["script"] <= SCRIPT_LIMIT
    assert 0 < weight["stylesheet"] <= STYLE_LIMIT
