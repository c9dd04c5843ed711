from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.site import Site


def test_somebody_unknown_is_asked_who_they_are_and_keeps_their_address(visit: Visit) -> None:
    page = visit("/communities")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert page.url.endswith("/communities")


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(visit: Visit) -> None:
    page = visit("/sign-in")

    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("do not fit together")


def test_a_link_signs_in_once_and_leaves_no_trace_in_the_address(visit: Visit, site: Site) -> None:
    link = site.fresh_link()
    path = link.removeprefix(site.url)

    page = visit(path)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Signing you in")
    assert "#" not in page.url

    again = visit(path)
    expect(again.get_by_role("alert")).to_contain_text("A sign-in link works once")


def test_keyboard_alone_reaches_the_content_first(visit: Visit) -> None:
    page = visit("/communities", "member")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
