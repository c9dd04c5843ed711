"""Finding a community, coming in, and looking after it."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.eyes import barriers
from tests.browser.hands import community, heading
from tests.browser.site import Site


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


def test_new_ground_rules_ask_everybody_who_belongs(visit: Visit, site: Site) -> None:
    place = f"/communities/{site.community_of('lead')}"
    desk = visit(f"{place}/charter", "lead")
    rules = desk.get_by_label("What members ask of each other")
    rules.fill(rules.input_value() + "\nWe begin and end on time.")
    desk.get_by_role("button", name="Save new ground rules").click()
    expect(desk.get_by_text("The new ground rules are saved.")).to_be_visible()

    page = visit(place, "lead")
    expect(page.get_by_role("heading", name="The ground rules are new")).to_be_visible()
    expect(page.get_by_text("We begin and end on time.")).to_be_visible()
    page.get_by_role("button", name="I will keep to this").click()

    expect(page.get_by_text("You accepted the ground rules.")).to_be_visible()
    expect(page.get_by_role("heading", name="The ground rules are new")).to_have_count(0)


def test_who_may_not_change_something_is_told_before_writing(visit: Visit, site: Site) -> None:
    place = site.community_of("member")
    for part in ("charter", "sessions/new"):
        page = visit(f"/communities/{place}/{part}", "member")
        expect(heading(page)).to_have_text("This is not open to you")
        expect(page.get_by_role("textbox")).to_have_count(0)
    page.get_by_role("link", name="Back to the community").click()
    expect(page).to_have_url(f"{site.url}/communities/{place}")


def test_names_are_for_those_who_belong(visit: Visit, site: Site) -> None:
    found = site.ask("member", "/v1/communities", limit="100")["items"]
    place = next(c["id"] for c in found if "see_people" not in c["can"])
    page = visit(f"/communities/{place}/people", "member")
    expect(page.get_by_text("You see their names once you belong.")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
