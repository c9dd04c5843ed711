"""From an idea to a first session: proposing, sounding out, answering, deciding, planning."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.eyes import barriers, look_at
from tests.browser.hands import choose, heading
from tests.browser.ideas import ASKS, Idea, send
from tests.browser.site import Site

SAVED = "Saved a moment ago."


def sent(site: Site, idea: Idea) -> None:
    """Wait until the worker has sent the call."""
    for _ in range(100):
        if site.ask("coordinator", f"{idea.path}/calls")["items"][0]["sent_at"]:
            return
        time.sleep(0.1)
    raise AssertionError("the call was not sent")


def go_on(page: Page, title: str) -> None:
    page.get_by_role("button", name="Continue").click()
    expect(heading(page)).to_have_text(title)


def test_what_exists_already_appears_while_somebody_writes(visit: Visit, site: Site) -> None:
    like = site.ask("member", f"/v1/communities/{site.community_of('member')}")
    page = visit("/propose", "member")
    beside = page.get_by_role("region", name="Is one of these what you mean?")

    page.get_by_label("What would you call it?").fill(like["name"])

    expect(beside.get_by_role("link", name=like["name"], exact=True)).to_be_visible()
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_label("What would you call it?")).to_be_focused()
    look_at(page)
    beside.get_by_text(f"What to do about “{like['name']}”").click()
    beside.get_by_label("Mine is different, because …").fill("It meets in the early morning.")
    beside.get_by_role("button", name="Keep this difference").click()
    expect(beside.get_by_text("Your difference is kept.")).to_be_visible()
    expect(beside.get_by_text("You said it is different: It meets in the early")).to_be_visible()
    assert barriers(page) == []


def test_a_draft_is_kept_while_it_is_written_and_handed_in(visit: Visit, site: Site) -> None:
    page = visit("/propose", "member")
    page.get_by_label("What would you call it?").fill("Bees and what they teach us")
    go_on(page, "Where does it belong?")
    expect(heading(page)).to_be_focused()
    page.get_by_label("What is it about?").fill("bees, honey")
    expect(page.get_by_text(SAVED)).to_be_visible()

    page.reload()
    expect(page.get_by_label("What is it about?")).to_have_value("bees, honey")
    go_on(page, "What should be different because this community exists?")
    page.get_by_label("What should be different").fill("Wards keep bees, and staff rest there.")
    go_on(page, "What concern would you share?")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("What should be different")).to_have_value(re.compile("^Wards keep"))
    go_on(page, "What concern would you share?")
    page.get_by_label("What concern would you share?").fill("Keeping bees on the roof of a ward")
    go_on(page, "Who is it for?")
    page.get_by_label("The people you think of").fill("Gardeners and porters")
    go_on(page, "Why now?")
    go_on(page, "Who stands behind it?")
    choose(page, "I could")
    lead = site.ask("member", "/v1/me/colleagues", limit="1")["items"][0]["name"]
    page.get_by_label("Find a colleague by name").fill(lead)
    page.get_by_role("button", name=f"Choose {lead}").click()
    expect(page.get_by_label("Find a colleague by name")).to_be_focused()
    expect(page.get_by_role("button", name=f"Remove {lead}")).to_be_visible()
    go_on(page, "Does it say what you mean?")
    expect(page.get_by_text("We looked once more")).to_be_visible()

    page.get_by_role("checkbox", name="This is learning together at work").check()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Say its why now.")
    look_at(page)
    proposal = page.url.split("/")[-2]
    tag = site.person("member").get(f"/v1/proposals/{proposal}").headers["etag"]
    send(
        site,
        "member",
        "PATCH",
        f"/v1/proposals/{proposal}",
        json={"why_now": "The hives are here."},
        headers={"if-match": tag},
    )
    page.reload()
    expect(page.get_by_text("We looked once more")).to_be_visible()
    page.get_by_role("checkbox", name="This is learning together at work").check()
    page.get_by_role("button", name="Hand it in").click()

    expect(heading(page)).to_have_text("Bees and what they teach us")
    expect(page.get_by_text("A coordinator has the next step.")).to_be_visible()
    assert site.ask("member", f"/v1/proposals/{proposal}")["state"] == "submitted"


def test_interest_is_told_in_two_presses_and_can_be_changed(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Walking meetings on the moor").called()
    page = visit("/", "lead")
    page.get_by_role("link", name=idea.name).click()
    page.get_by_role("button", name="Say yes").click()
    expect(page.get_by_text("You said yes. Thank you.")).to_be_focused()
    expect(page.get_by_text("1 of the 2 it needs")).to_be_visible()

    page.get_by_role("button", name="Change my answer").click()
    page.get_by_role("button", name="Not for me").click()

    expect(page.get_by_text("You said that it is not for you.")).to_be_visible()
    call = site.ask("lead", f"{idea.path}/calls")["items"][0]
    assert call["my_answer"]["interested"] is False


def test_a_coordinator_sees_whom_a_call_reaches_before_it_opens(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Singing on the stairs").scoping()
    page = visit("/desk", "coordinator")
    page.get_by_role("link", name=idea.name).click()
    everybody = page.get_by_text(re.compile(r"^It would reach \d+ people\.$"))
    expect(everybody).to_be_visible()
    before = everybody.inner_text()
    page.get_by_text("Ask only some of them").click()
    page.get_by_label("Only people in communities with these topics").fill("no such topic")
    expect(page.get_by_text("It would reach nobody.")).to_be_visible()
    page.get_by_label("Only people in communities with these topics").fill("")
    expect(page.get_by_text(before)).to_be_visible()
    page.get_by_label("What do you ask?").fill(ASKS)

    page.get_by_role("button", name="Open the call").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask a colleague first")
    expect(page.get_by_label("What do you ask?")).to_have_value(ASKS)
    look_at(page)
    page.get_by_text("Ask a colleague", exact=True).click()
    page.get_by_label("We have talked; I write down what they said").check()
    page.get_by_label("Their name").fill("Kit from ward 3")
    page.get_by_label("What did they say?").fill("Yes, please.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("What they said is written down.")).to_be_visible()
    page.get_by_role("button", name="Open the call").click()

    expect(page.get_by_role("heading", name="The call is open")).to_be_visible()
    sent(site, idea)
    page.reload()
    page.get_by_role("button", name="Remind those who have not answered").click()
    expect(page.get_by_text(re.compile("were reminded|has answered already"))).to_be_visible()


def test_who_was_quicker_is_told_and_nothing_that_was_written_is_lost(
    visit: Visit, site: Site
) -> None:
    idea = Idea(site, "Kind words in the lift").submitted()
    page = visit(idea.page, "coordinator")
    page.get_by_label("It is not for this network").check()
    page.get_by_label("Why?").fill("Lifts are for the estates team.")
    idea.move("member", "withdrawn", "We begin anew.")

    page.get_by_role("button", name="Decide").click()

    expect(page.get_by_role("heading", name="Somebody was quicker")).to_be_visible()
    expect(page.get_by_text("Lifts are for the estates team.")).to_be_visible()
    expect(page.get_by_text("“We begin anew.”")).to_be_visible()


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ("It is different enough. It goes on.", "scoping"),
        ("It exists already. Introduce them to each other.", "referred"),
        ("It is not for this network", "rejected"),
    ],
)
def test_a_coordinator_takes_a_first_look(visit: Visit, site: Site, found: str, state: str) -> None:
    idea = Idea(site, f"First look: {state}").submitted()
    page = visit(idea.page, "coordinator")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of these.")
    page.get_by_label(found).check()
    if state == "referred":
        page.get_by_label(re.compile("exists already\\?|Another community")).select_option(index=1)
    page.get_by_label("Why?").fill("We looked at it together.")
    look_at(page)
    page.get_by_role("button", name="Decide").click()

    expect(page.get_by_text("“We looked at it together.”")).to_be_visible()
    assert idea.read()["state"] == state


def test_a_colleague_answers_a_private_link_without_an_account(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Tea before the ward round").scoping()
    page = visit(idea.page, "member")
    page.get_by_text("Ask a colleague", exact=True).click()
    page.get_by_label("Their name").fill("Kit from ward 3")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Give them this link now").input_value()
    assert barriers(page) == []

    kit = visit(link.removeprefix(site.url))
    expect(heading(kit)).to_have_text(f"What do you think of “{idea.name}”?")
    expect(kit).to_have_url(f"{site.url}/soundings/answer")
    assert site.ask("member", f"{idea.path}/soundings")["items"][0]["answered_at"] is None
    look_at(kit)
    kit.get_by_role("button", name="Send my answer").click()
    expect(kit.get_by_role("alert")).to_contain_text("Choose one of the three answers.")
    kit.get_by_label("Perhaps").check()
    kit.get_by_label("What should they know?").fill("Not before eight.")
    kit.get_by_role("button", name="Send my answer").click()
    expect(heading(kit)).to_have_text("Thank you")

    page.reload()
    expect(page.get_by_text("Not before eight.")).to_be_visible()
    again = visit(link.removeprefix(site.url))
    expect(heading(again)).to_have_text("This link no longer works")


def test_a_call_is_answered_from_its_mail_and_the_answer_can_be_changed(
    visit: Visit, site: Site
) -> None:
    idea = Idea(site, "Porridge at the change of shift").called()
    page = visit(idea.link("lead"))
    expect(heading(page)).to_have_text(f"Would you come to “{idea.name}”?")
    expect(page).to_have_url(f"{site.url}/calls/answer")
    assert site.ask("lead", f"{idea.path}/calls")["items"][0]["my_answer"] is None
    look_at(page)

    page.get_by_label("take part and share the lead").check()
    page.get_by_role("button", name="I would come").click()
    expect(page.get_by_text("You would take part and share the lead.")).to_be_visible()
    page.get_by_role("button", name="Not for me").click()
    expect(page.get_by_text("You said that it is not for you.")).to_be_visible()

    idea.move("member", "withdrawn", "Nobody likes porridge.")
    page = visit(idea.link("lead"))
    expect(page.get_by_text("The call has closed")).to_be_visible()


def test_the_date_of_the_first_session_is_asked_answered_and_decided(
    visit: Visit, site: Site
) -> None:
    idea = Idea(site, "Quiet rooms for tired people").planning()
    desk = visit(idea.page, "member")
    early = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    desk.get_by_role("group", name="Date 1").get_by_label("Day").fill(early)
    desk.get_by_role("button", name="Ask them").click()
    expect(desk.get_by_role("alert")).to_contain_text("begins before the poll closes")
    later = (datetime.now(UTC) + timedelta(days=13)).date().isoformat()
    desk.get_by_role("group", name="Date 1").get_by_label("Day").fill(later)
    desk.get_by_role("button", name="Ask them").click()
    expect(desk.get_by_role("heading", name="When should the first session be?")).to_be_visible()

    page = visit(idea.page, "lead")
    dates = page.get_by_role("region", name="When should the first session be?")
    first = dates.get_by_role("listitem").first
    choose(first, "Yes")
    expect(page.get_by_text("Your answer is kept.")).to_be_visible()
    expect(first.get_by_text("Suits most")).to_be_visible()
    look_at(page)

    desk.reload(wait_until="networkidle")
    desk.get_by_text("Choose the date").click()
    desk.get_by_role("button", name="Plan the first session").click()
    expect(desk.get_by_text("Chosen")).to_be_visible()
    desk.get_by_role("button", name="Announce the first session").click()
    expect(desk.get_by_role("alert")).to_contain_text("Write the ground rules.")
    look_at(desk)


def test_lead_and_sponsor_are_asked_and_planning_begins(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Letters we would like to get").met()
    page = visit(idea.page, "coordinator")
    lead = site.ask("member", "/v1/me")["name"]
    page.get_by_role("button", name="Begin planning").click()
    expect(page.get_by_role("alert")).to_contain_text("Name a lead.")
    page.get_by_label("Ask somebody to lead it").select_option(label_of(page, lead))
    page.get_by_role("button", name="Ask them").first.click()
    expect(page.get_by_text(f"{lead} has not answered yet.")).to_be_visible()
    mine = site.ask("coordinator", "/v1/me")["name"]
    page.get_by_label("Ask somebody to sponsor it").select_option(label_of(page, mine))
    page.get_by_role("button", name="Ask them").last.click()
    expect(page.get_by_text(f"{mine} said yes.")).to_be_visible()

    asked = visit(idea.page, "member")
    expect(asked.get_by_role("heading", name="Would you lead it?")).to_be_visible()
    look_at(asked)
    asked.get_by_role("button", name="Yes, I will").click()
    expect(asked.get_by_role("heading", name="Would you lead it?")).to_have_count(0)

    page.reload()
    expect(page.get_by_text(f"{lead} said yes.")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Begin planning").click()
    expect(page.get_by_role("heading", name="The community in the making")).to_be_visible()


def label_of(page: Page, name: str) -> str:
    """The value of the option that names somebody."""
    option = page.locator("option").filter(has_text=name).first
    return str(option.get_attribute("value"))


def test_a_plan_is_followed_month_by_month(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Plants on every landing").planning()
    page = visit(f"/communities/{idea.community()}/plan", "member")
    expect(page.get_by_text("Nothing of 7 milestones is done.")).to_be_visible()
    page.get_by_role("button", name="It is done: Write the charter and the ground rules").click()
    expect(page.get_by_text("One of 7 milestones is done.")).to_be_visible()
    look_at(page)

    page.get_by_text("Add a milestone").click()
    page.get_by_label("What should be done?").fill("Ask the gardeners")
    page.get_by_label("In which month of the plan?").fill("2")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("“Ask the gardeners” is added.")).to_be_visible()
    page.get_by_text("Let it begin on another day").click()
    past = (datetime.now(UTC) - timedelta(days=70)).date().isoformat()
    page.get_by_label("Its first day").fill(past)
    page.get_by_role("button", name="Move the plan").click()
    expect(page.get_by_text(re.compile(r"It was due \d+ days ago\.")).first).to_be_visible()


def test_a_community_without_a_plan_gets_one_from_a_template(visit: Visit, site: Site) -> None:
    page = visit(f"/communities/{site.community_of('lead')}/plan", "lead")
    look_at(page)
    page.get_by_label(re.compile("^Full")).check()
    page.get_by_role("button", name="Make the plan").click()

    expect(page.get_by_role("heading", name="Situation analysis")).to_be_visible()


def test_a_proposal_is_withdrawn_with_a_reason(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Clocks that run backwards").submitted()
    page = visit(idea.page, "member")
    page.get_by_text("Withdraw it").first.click()
    page.get_by_label("Why?").fill("Somebody else has begun it.")
    page.get_by_role("button", name="Withdraw it").click()

    expect(page.get_by_text("“Somebody else has begun it.”")).to_be_visible()
    expect(page.get_by_text("It ended here: withdrawn.")).to_be_visible()


def test_an_idea_walks_the_whole_way_to_a_first_session(visit: Visit, site: Site) -> None:
    idea = Idea(site, "Windows we can open")
    page = visit(f"/propose/{idea.id}/review", "member")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("A coordinator has the next step.")).to_be_visible()
    page.get_by_text("Ask a colleague", exact=True).click()
    page.get_by_label("We have talked; I write down what they said").check()
    page.get_by_label("Their name").fill("Kit from ward 3")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("What they said is written down.")).to_be_visible()

    desk = visit(idea.page, "coordinator")
    desk.get_by_label("Nothing like it exists. It goes on.").check()
    desk.get_by_role("button", name="Decide").click()
    desk.get_by_label("What do you ask?").fill(ASKS)
    desk.get_by_label("People who say yes").fill("2")
    desk.get_by_label("Organisations", exact=True).fill("1")
    desk.get_by_label("People who share the lead").fill("0")
    desk.get_by_role("button", name="Open the call").click()
    expect(desk.get_by_role("heading", name="The call is open")).to_be_visible()
    desk.get_by_role("button", name="Say yes").click()
    expect(desk.get_by_text("You said yes. Thank you.")).to_be_visible()
    asked = visit(idea.page, "lead")
    asked.get_by_role("button", name="Say yes").click()
    expect(asked.get_by_text("You said yes. Thank you.")).to_be_visible()
    desk.reload()
    desk.get_by_role("button", name="It has enough: close it now").click()
    expect(desk.get_by_role("heading", name="Who leads it, and who sponsors it?")).to_be_visible()

    idea.office("lead", "member")
    idea.office("sponsor", "coordinator")
    desk.reload()
    desk.get_by_role("button", name="Begin planning").click()
    expect(desk.get_by_role("heading", name="The community in the making")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Write the charter and the ground rules").click()
    page.get_by_label("What members ask of each other").fill("We listen first.")
    page.get_by_role("button", name="Save new ground rules").click()
    expect(page.get_by_text("The new ground rules are saved.")).to_be_visible()
    page.goto(idea.page, wait_until="networkidle")
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("Choose the date").click()
    page.get_by_role("button", name="Plan the first session").click()
    expect(page.get_by_text("Chosen")).to_be_visible()
    page.get_by_role("button", name="Announce the first session").click()

    expect(page.get_by_role("heading", name="Has the first session taken place?")).to_be_visible()
    page.get_by_role("button", name="Let it begin").click()
    expect(page.get_by_role("alert")).to_contain_text("Hold the first session")
    look_at(page)
