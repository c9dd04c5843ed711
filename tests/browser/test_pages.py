"""What people do with the pages, from finding a community to reading its numbers."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import Visit
from tests.browser.eyes import barriers, overflow
from tests.browser.site import Site

SCRIPT_LIMIT, STYLE_LIMIT = 30_000, 12_000


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def choose(where: Page | Locator, label: str) -> None:
    """Press one part of a toggle; the box itself lies unseen under its label."""
    where.get_by_label(label, exact=True).check(force=True)


def community(site: Site, role: str, **wanted: str) -> str:
    """A community this person sees and does not belong to, with these properties."""
    found = site.ask(role, "/v1/communities", limit="100")["items"]
    return next(
        str(c["id"])
        for c in found
        if c["my_state"] is None
        and c["status"] == "active"
        and c["parent_id"]
        and c["member_limit"] is None
        and all(c[name] == value for name, value in wanted.items())
    )


def upcoming(site: Site, role: str) -> str:
    """A session ahead that has room for one more."""
    found = site.ask(role, "/v1/sessions", mine="true", sort="latest")["items"]
    return next(str(s["id"]) for s in found if "answer" in s["can"] and s["seats_left"] != 0)


def held(site: Site, role: str) -> str:
    """The latest session of this person's community that took place."""
    found = site.ask(role, "/v1/sessions", community_id=site.community_of(role), status="held")
    return str(found["items"][0]["id"])


def test_somebody_finds_a_community_joins_it_and_leaves_again(visit: Visit, site: Site) -> None:
    place = site.ask("member", f"/v1/communities/{community(site, 'member', join_policy='open')}")
    page = visit("/communities", "member")
    page.get_by_role("searchbox").fill(place["name"])
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=place["name"], exact=True).click()
    expect(heading(page)).to_be_focused()

    page.get_by_role("button", name="Join this community").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Join", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("Tick the box")
    assert barriers(page) == []
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="You belong now.")).to_be_focused()

    page.get_by_role("button", name="Take a break").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Good to have you back.")).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You left this community.")).to_be_visible()
    expect(page.get_by_role("button", name="Join this community")).to_be_visible()


def test_a_request_waits_until_somebody_who_runs_the_community_decides(
    visit: Visit, site: Site
) -> None:
    place = community(site, "member", join_policy="on_request")
    page = visit(f"/communities/{place}", "member")
    page.get_by_role("button", name="Ask to join").click()
    page.get_by_role("dialog").get_by_role("checkbox").check()
    page.get_by_role("dialog").get_by_role("button", name="Ask to join").click()
    expect(page.get_by_text("Your request is sent.")).to_be_visible()

    desk = visit(f"/communities/{place}/people", "coordinator")
    name = site.ask("member", "/v1/me")["name"]
    desk.get_by_role("button", name=f"Say no to {name}").click()
    desk.get_by_label("Why?").fill("We are full until spring. Please ask again in March.")
    desk.get_by_role("button", name="Send the answer").click()

    expect(desk.get_by_text(f"{name} gets your answer.")).to_be_visible()
    assert site.ask("member", f"/v1/communities/{place}")["my_state"] is None


def test_an_answer_to_a_session_saves_itself_and_can_be_changed(visit: Visit, site: Site) -> None:
    session = upcoming(site, "member")
    page = visit(f"/sessions/{session}#answer", "member")
    expect(page.get_by_role("heading", name="Are you coming?")).to_be_focused()

    for answer, words in [
        ("Maybe", "Thank you. A maybe keeps no place."),
        ("Yes", "You have a place."),
    ]:
        choose(page, answer)
        expect(page.get_by_text(words, exact=True)).to_be_visible()

        said = site.ask("member", f"/v1/sessions/{session}/rsvps/me")["answer"]
        assert said == answer.lower()


def test_a_session_is_planned_changed_and_cancelled(visit: Visit, site: Site) -> None:
    page = visit(f"/communities/{site.community_of('lead')}/sessions/new", "lead")
    page.get_by_label("Title").fill("Letters people can bear to open")
    page.get_by_label("Ends at").fill("09:00")
    page.get_by_label("Agenda").fill("5 Welcome\n20 In pairs\nClose")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("alert")).to_contain_text("It ends before it starts")
    page.get_by_label("Ends at").fill("13:30")
    page.get_by_role("button", name="Plan it").click()
    expect(heading(page)).to_have_text("Letters people can bear to open")
    expect(page.get_by_role("listitem").filter(has_text="In pairs")).to_contain_text("12:35")

    page.get_by_role("link", name="Change this session").click()
    page.get_by_label("Title").fill("Letters that help")
    page.get_by_role("button", name="Save the session").click()
    expect(heading(page)).to_have_text("Letters that help")

    page.get_by_role("button", name="Cancel it").click()
    page.get_by_label("Why?").fill("Two of us are ill.")
    page.get_by_role("dialog").get_by_role("button", name="Cancel it").click()
    expect(page.get_by_role("heading", name="It is cancelled")).to_be_visible()
    expect(page.get_by_text("Why: Two of us are ill.")).to_be_visible()


def marks(site: Site, session: str) -> dict[str, tuple[str | None, int | None]]:
    """What is on record, by name."""
    lines = site.ask("lead", f"/v1/sessions/{session}/attendances", limit="100")["items"]
    return {line["name"]: (line["status"], line["minutes"]) for line in lines}


def test_the_register_keeps_marks_while_there_is_no_signal(visit: Visit, site: Site) -> None:
    session = held(site, "lead")
    name = next(name for name, (status, _) in marks(site, session).items() if status == "attended")
    page = visit(f"/sessions/{session}", "lead")
    row = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=name, exact=True)
    )

    page.context.set_offline(True)
    choose(row, "Part")
    expect(page.get_by_text("One mark is kept on this device")).to_be_visible()
    assert marks(site, session)[name][0] == "attended"

    page.context.set_offline(False)
    expect(page.get_by_text("kept on this device")).to_be_hidden()
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        row.get_by_label(re.compile("Minutes")).fill("25")
        row.get_by_label(re.compile("Minutes")).blur()
    assert marks(site, session)[name] == ("partial", 25)


def test_two_leads_edit_a_charter_and_neither_loses_a_word(visit: Visit, site: Site) -> None:
    path = f"/communities/{site.community_of('lead')}/charter"
    first, second = visit(path, "lead"), visit(path, "coordinator")
    first.get_by_label("Region").fill("The whole of the Shires")
    first.get_by_role("button", name="Save the charter").click()
    expect(first.get_by_text("The charter is saved.")).to_be_visible()

    second.get_by_label("Who it is for").fill("Everybody who meets the public.")
    second.get_by_role("button", name="Save the charter").click()
    expect(second.get_by_text("Somebody else changed this")).to_be_visible()
    expect(second.get_by_text("Region now says: The whole of the Shires")).to_be_visible()
    expect(second.get_by_label("Region")).to_have_value("The whole of the Shires")
    second.get_by_role("button", name="Save the charter").click()
    expect(second.get_by_text("The charter is saved.")).to_be_visible()

    charter = site.ask("lead", f"/v1/communities/{site.community_of('lead')}")
    assert charter["region"] == "The whole of the Shires"
    assert charter["audience"] == "Everybody who meets the public."


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


def test_moving_on_names_the_page_and_moves_the_focus(visit: Visit) -> None:
    page = visit("/", "member")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Communities").click()

    expect(page).to_have_title("Find a community – Trellis")
    expect(heading(page)).to_be_focused()
    page.go_back()
    expect(page).to_have_title("Home – Trellis")


def test_a_session_is_told_by_the_readers_clock_too(visit: Visit, site: Site) -> None:
    me = site.person("member")
    before = me.get("/v1/me")

    def live_in(zone: str) -> None:
        tag = me.get("/v1/me").headers["etag"]
        answer = me.patch("/v1/me", json={"timezone": zone}, headers={"if-match": tag})
        answer.raise_for_status()

    live_in("Asia/Tokyo")
    page = visit(f"/sessions/{upcoming(site, 'member')}", "member")
    expect(page.get_by_text(re.compile(r"For you that is .*\(Asia/Tokyo\)"))).to_be_visible()
    live_in(before.json()["timezone"])


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


@pytest.mark.parametrize(
    "path", ["/", "/communities", "/settings", "/communities/{}", "/communities/{}/insight"]
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


@pytest.mark.parametrize("path", ["/", "/communities", "/communities/{}", "/settings"])
def test_the_first_visit_fetches_little(visit: Visit, site: Site, path: str) -> None:
    page = visit("/accessibility", "member")

    with weighed(page) as weight:
        page.goto(path.format(site.community_of("member")), wait_until="networkidle")

    assert 0 < weight["script"] <= SCRIPT_LIMIT
    assert 0 < weight["stylesheet"] <= STYLE_LIMIT
