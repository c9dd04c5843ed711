"""The inbox: what somebody has been told, how much of it is new, and where it leads."""

from uuid import UUID

from playwright.sync_api import expect

from api.core.settings import Settings
from api.identity.operating import database
from api.notifications.service import Note, notify
from tests.browser.conftest import Visit
from tests.browser.eyes import look_at
from tests.browser.site import Site


def tell(site: Site, role: str, *titles: str) -> None:
    person_id = UUID(site.ask(role, "/v1/me")["id"])
    settings = Settings(_env_file=None, database_url=site.environment["TRELLIS_DATABASE_URL"])
    body = (
        "Ada has put forward a community for those who work nights.\n\nSay whether you might come."
    )
    with database(settings) as db:
        for title in titles:
            note = Note(person_id, title, body, "/communities")
            notify(db, [note], kind="proposal.call_opened", key=title)


def test_somebody_reads_what_they_have_been_told(visit: Visit, site: Site) -> None:
    # Somebody new, because the others hear of what other tests do.
    site.links["newcomer"] = site.fresh_link("newcomer@example.org")
    empty = visit("/inbox", "newcomer")
    expect(empty.get_by_text("Nothing has come yet")).to_be_visible()
    look_at(empty)

    tell(site, "newcomer", "A call is open", "Another call is open", "A third call is open")
    page = visit("/", "newcomer")
    entry = page.get_by_role("link", name="Inbox, 3 unread")
    expect(entry).to_be_visible()
    entry.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    newest = page.get_by_role("main").get_by_role("listitem").first
    expect(newest).to_contain_text("A third call is open")
    expect(newest).to_contain_text("Say whether you might come.")
    expect(newest.get_by_text("New", exact=True)).to_be_visible()
    look_at(page)

    newest.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find a community")
    page.get_by_role("link", name="Inbox, 2 unread").click()
    expect(page.get_by_text("2 notices you have not read.")).to_be_visible()

    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("You have read everything.")).to_be_visible()
    expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()
    expect(page.get_by_text("New", exact=True)).to_have_count(0)
    look_at(page)
