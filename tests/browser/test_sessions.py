"""Planning a session, answering, being there, and marking who was."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.hands import choose, heading, held, upcoming
from tests.browser.site import Site


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


def test_somebody_who_walked_in_is_added_and_the_box_is_empty_again(
    visit: Visit, site: Site
) -> None:
    session = held(site, "lead")
    page = visit(f"/sessions/{session}", "lead")
    page.get_by_text("Add someone who walked in").click()
    page.get_by_label("Name", exact=True).fill("Ma")
    page.get_by_role("button", name="Find", exact=True).click()
    found = page.get_by_role("button", name=re.compile(" is here$")).first
    name = found.inner_text().removesuffix(" is here")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        found.click()
    expect(page.get_by_text(f"{name} is in the register")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    assert marks(site, session)[name][0] == "walk_in"


def test_a_session_of_the_past_is_recorded_as_held(visit: Visit, site: Site) -> None:
    page = visit(f"/communities/{site.community_of('lead')}/sessions/new", "lead")
    page.get_by_label("Title").fill("What we learned from letters")
    page.get_by_label("Day").fill((datetime.now(UTC) - timedelta(days=9)).date().isoformat())
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("alert")).to_contain_text("This day is past")
    page.get_by_label("The session took place").check()
    page.get_by_role("button", name="Plan it").click()
    expect(heading(page)).to_have_text("What we learned from letters")
    expect(page.get_by_role("heading", name="It is over")).to_be_visible()


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


def soon(site: Site, title: str) -> str:
    """Plan a session of the lead's community that begins in ten minutes."""
    start = datetime.now(UTC) + timedelta(minutes=10)
    answer = site.person("lead").post(
        f"/v1/communities/{site.community_of('lead')}/sessions",
        json={
            "title": title,
            "status": "confirmed",
            "mode": "in_person",
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(hours=1)).isoformat(),
        },
    )
    answer.raise_for_status()
    return str(answer.json()["id"])


def test_somebody_checks_in_with_the_code_that_is_shown(visit: Visit, site: Site) -> None:
    session = soon(site, "Arriving well")
    desk = visit(f"/sessions/{session}", "lead")
    code = desk.locator("#register strong").inner_text()
    page = visit(f"/sessions/{session}", "member")

    page.get_by_label("Code").fill("WRONG1")
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="I am here").click()

    expect(page.get_by_text("You are checked in.")).to_be_visible()
    name = site.ask("member", "/v1/me")["name"]
    assert marks(site, session)[name][0] in ("attended", "walk_in")


def test_a_link_to_another_site_asks_before_it_leaves(visit: Visit, site: Site) -> None:
    session = soon(site, "Reading together")
    page = visit(f"/sessions/{session}", "lead")
    page.get_by_text("Add something to read").click()
    page.get_by_label("What is it?").fill("A guide to the first five minutes")
    page.get_by_label("Web address").fill("https://guides.example.org/five")
    page.get_by_role("button", name="Add it").click()

    page.get_by_role("link", name="A guide to the first five minutes").click()

    expect(page.get_by_role("dialog")).to_contain_text(
        "guides.example.org is not looked after by us"
    )
    page.get_by_role("button", name="Stay here").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
