"""Reading the numbers of a community."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.site import Site


def test_numbers_come_with_their_interval_and_their_definition(visit: Visit, site: Site) -> None:
    page = visit(f"/communities/{site.community_of('lead')}/insight", "lead")
    tile = page.get_by_role("article").filter(has_text="Who really takes part?")

    expect(tile).to_contain_text(re.compile(r"\d+%"))
    expect(tile).to_contain_text(re.compile(r"\d+ of \d+ people"))
    expect(tile).to_contain_text(re.compile(r"Likely between \d+ and \d+%\."))
    tile.get_by_text("What this counts").click()
    expect(tile).to_contain_text("active_rate, version 1")
    expect(page.get_by_role("img", name=re.compile("Members in four rings"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("in a wreath"))).to_be_visible()


def test_a_member_reads_where_a_number_is_withheld(visit: Visit, site: Site) -> None:
    page = visit(f"/communities/{site.community_of('member')}/insight?months=12", "member")

    expect(page.get_by_text("Counts from 1 to 7 are hidden")).to_be_visible()
    expect(page.get_by_text("Who met whom is shown to those who lead")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("in a wreath"))).to_have_count(0)


def test_the_address_of_a_page_of_numbers_shows_the_same_to_whoever_opens_it(
    visit: Visit, site: Site
) -> None:
    path = f"/communities/{site.community_of('lead')}/insight"
    page = visit(path, "lead")
    page.get_by_role("link", name="Six months").click()
    page.get_by_label("Show", exact=True).select_option(label="How big are we?")
    expect(page).to_have_url(re.compile(r"months=6&trend=members"))

    again = visit(page.url.removeprefix(site.url), "lead")

    expect(again.get_by_role("link", name="Six months")).to_have_attribute("aria-current", "true")
    expect(again.get_by_label("Show", exact=True)).to_have_value("members")
    again.get_by_text("The same as a table").click()
    expect(again.get_by_role("row")).not_to_have_count(0)
