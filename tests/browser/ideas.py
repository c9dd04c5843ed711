"""Proposals on their way, brought there over the API as the people of the demo network."""

from typing import Any
from uuid import UUID

from api.core.db import Database, create_engine
from api.proposals.calls import links
from tests.browser.site import Site

SAYS = {
    "purpose": "Night staff rarely get to talk about a hard shift. A place to learn how to debrief "
    "after an incident, at hours when we are awake.",
    "domain": "Debriefing after incidents on night shifts",
    "audience": "Ward staff who work nights",
    "topics": ["debriefing", "night work"],
    "why_now": "Three incidents this spring, and nobody to talk to at four in the morning.",
    "not_a_support_group": True,
}
ASKS = "Would you meet once a month, at half past seven in the morning, to debrief together?"


def send(site: Site, role: str, method: str, path: str, **more: Any) -> Any:
    answer = site.person(role).request(method, path, **more)
    assert answer.status_code < 300, f"{method} {path}: {answer.text}"
    return answer.json() if answer.content else None


class Idea:
    """One proposal of the member, supported by the lead, decided by the coordinator."""

    def __init__(self, site: Site, name: str):
        self.site, self.name = site, name
        me, lead = (str(site.ask(role, "/v1/me")["id"]) for role in ("member", "lead"))
        body = {"name": name, **SAYS, "proposed_lead_id": me, "co_supporters": [lead]}
        self.id = str(send(site, "member", "POST", "/v1/proposals", json=body)["id"])
        self.path = f"/v1/proposals/{self.id}"

    @property
    def page(self) -> str:
        return f"/proposals/{self.id}"

    def read(self, role: str = "member") -> Any:
        return self.site.ask(role, self.path)

    def move(self, role: str, to: str, reason: str | None = None, **details: Any) -> None:
        body = {"to": to, "expected_version": self.read()["version"], "details": details}
        if reason:
            body["reason"] = reason
        send(self.site, role, "POST", f"{self.path}/transitions", json=body)

    def submitted(self) -> "Idea":
        send(self.site, "member", "POST", f"{self.path}/candidates")
        self.move("member", "submitted")
        return self

    def scoping(self) -> "Idea":
        self.submitted().move("coordinator", "scoping", decision="no_duplicate")
        return self

    def sounded(self) -> "Idea":
        self.scoping()
        answer = {"opinion": "yes", "role": "nurse", "comment": "Yes, at half past seven."}
        body = {"name": "Kit from ward 3", "answer": answer}
        send(self.site, "member", "POST", f"{self.path}/soundings", json=body)
        return self

    def called(self) -> "Idea":
        self.sounded().move(
            "coordinator",
            "interest_call",
            text=ASKS,
            min_people=2,
            min_organisations=1,
            min_co_leads=0,
        )
        return self

    def met(self) -> "Idea":
        self.called()
        for role in ("lead", "coordinator"):
            self.express(role)
        self.move("coordinator", "interest_met")
        return self

    def express(self, role: str, offer: str = "member") -> None:
        send(self.site, role, "POST", f"{self.path}/expressions", json={"role": offer})

    def office(self, office: str, role: str) -> None:
        body = {"person_id": self.site.ask(role, "/v1/me")["id"]}
        path = f"{self.path}/offices/{office}"
        send(self.site, "coordinator", "PUT", path, json=body)
        if role != "coordinator":
            send(self.site, role, "PUT", f"{path}/answer", json={"accept": True})

    def planning(self) -> "Idea":
        self.met()
        # The lead of the demo network goes on leading one community, as other tests expect.
        self.office("lead", "member")
        self.office("sponsor", "coordinator")
        self.move("coordinator", "planning", template="light")
        return self

    def community(self) -> str:
        return str(self.read()["community_id"])

    def link(self, role: str) -> str:
        """The address in the mail that asks this person, as it was sealed for them."""
        call = self.site.ask("coordinator", f"{self.path}/calls")["items"][0]["id"]
        person = self.site.ask(role, "/v1/me")["id"]
        engine = create_engine(self.site.environment["TRELLIS_DATABASE_URL"])
        with Database(engine) as db:
            path = links.path_of(db, UUID(call), UUID(person))
            db.commit()
        engine.dispose()
        return path
