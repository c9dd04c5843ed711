"""What people do with a page, in the words of the tests."""

from playwright.sync_api import Locator, Page

from tests.browser.site import Site


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
