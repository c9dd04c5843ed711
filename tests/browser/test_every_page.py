"""Every page is open to everybody: in dark, with forced colours, and 320 pixels wide."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.eyes import look_at
from tests.browser.ideas import Idea
from tests.browser.site import Site

FOR_ANYBODY = [
    *("/sign-in", "/sign-in/link", "/who-can-see-what", "/accessibility"),
    *("/soundings/answer", "/calls/answer"),
]
FOR_PEOPLE = [
    *("/", "/communities", "/insight", "/inbox", "/settings", "/nowhere"),
    *("/proposals", "/propose", "/desk"),
]
OF_A_COMMUNITY = ["", "/people", "/charter", "/insight", "/plan"]
QUESTIONS = ["name", "place", "purpose", "domain", "audience", "why_now", "people", "review"]


def look_around(page: Page) -> None:
    """Hold what every page owes its readers, whatever it is about."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    # A tab and a screen reader name a page by its title.
    assert page.title().removesuffix(" – Trellis") not in ("", "Trellis")
    look_at(page)


@pytest.mark.parametrize("path", FOR_ANYBODY)
def test_a_public_page_is_open_to_everybody(visit: Visit, path: str) -> None:
    look_around(visit(path))


@pytest.mark.parametrize("path", FOR_PEOPLE)
@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_a_page_is_open_to_everybody_who_signs_in(visit: Visit, path: str, role: str) -> None:
    look_around(visit(path, role))


@pytest.mark.parametrize("role", ["member", "lead"])
@pytest.mark.parametrize("page", OF_A_COMMUNITY)
def test_a_page_of_a_community_is_open_to_everybody(
    visit: Visit, site: Site, page: str, role: str
) -> None:
    look_around(visit(f"/communities/{site.community_of(role)}{page}", role))


@pytest.mark.parametrize("role", ["member", "lead"])
def test_the_page_of_a_session_is_open_to_everybody(visit: Visit, site: Site, role: str) -> None:
    look_around(visit(f"/sessions/{site.session_of(role)}", role))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_of_a_proposal_is_open_to_everybody(
    visit: Visit, site: Site, question: str
) -> None:
    draft = Idea(site, f"An idea that stays a draft: {question}")

    look_around(visit(f"/propose/{draft.id}/{question}", "member"))


@pytest.mark.parametrize("stage", ["submitted", "sounded", "called", "met", "planning"])
def test_the_page_of_a_proposal_is_open_to_everybody(visit: Visit, site: Site, stage: str) -> None:
    idea = getattr(Idea(site, f"An idea that is {stage}"), stage)()

    for role in ("member", "coordinator"):
        look_around(visit(idea.page, role))


def test_the_forms_of_a_lead_are_open_to_everybody(visit: Visit, site: Site) -> None:
    community = site.community_of("lead")

    look_around(visit(f"/communities/{community}/sessions/new", "lead"))
    look_around(visit(f"/sessions/{site.session_of('lead')}/edit", "lead"))
