"""A proposal taken by the hand: every way goes through the API, as people and partners go it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from api.core import clock
from api.core.settings import Settings
from api.worker import Worker
from tests import make

DRAFT = {
    "name": "Night staff reflecting together",
    "purpose": "Night staff rarely get to talk about a hard shift. We learn to debrief together.",
    "domain": "Debriefing after incidents on night shifts",
    "audience": "Ward staff who work nights",
    "region": "Middle Shires",
    "topics": ["debriefing", "night work"],
    "why_now": "Three incidents this spring, and nobody to talk to at four in the morning.",
    "not_a_support_group": True,
}
TEXT = "Would you meet once a month, in hours when night staff are awake, to debrief together?"


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


class Idea:
    """One proposal, and the people around it."""

    def __init__(self, acting: Any, proposer: Any, settings: Settings):
        self.acting, self.proposer, self.settings = acting, proposer, settings
        self.id = ""

    def draft(self, **fields: Any) -> dict[str, Any]:
        made = ok(self.acting(self.proposer).post("/v1/proposals", json={**DRAFT, **fields}), 201)
        self.id = made["id"]
        return made

    def read(self, who: Any = None) -> dict[str, Any]:
        return ok(self.acting(who or self.proposer).get(f"/v1/proposals/{self.id}"))

    def ask(self, who: Any, to: str, reason: str | None = None, **details: Any) -> Any:
        """Ask for a step from where the proposal stands now."""
        body = {"to": to, "expected_version": self.read()["version"], "details": details}
        if reason:
            body["reason"] = reason
        return self.acting(who).post(f"/v1/proposals/{self.id}/transitions", json=body)

    def move(self, who: Any, to: str, reason: str | None = None, **details: Any) -> dict[str, Any]:
        return ok(self.ask(who, to, reason, **details), 201)

    def submit(self) -> dict[str, Any]:
        ok(self.acting(self.proposer).post(f"/v1/proposals/{self.id}/candidates"))
        return self.move(self.proposer, "submitted")

    def sounding(self, who: Any = None, opinion: str = "yes") -> dict[str, Any]:
        body = {"name": "Kit from ward 3", "answer": {"opinion": opinion, "role": "nurse"}}
        path = f"/v1/proposals/{self.id}/soundings"
        return ok(self.acting(who or self.proposer).post(path, json=body), 201)

    def open_call(self, coordinator: Any, text: str = TEXT, **details: Any) -> dict[str, Any]:
        return self.move(coordinator, "interest_call", text=text, **details)

    def express(self, who: Any, role: str = "member", **more: Any) -> Any:
        path = f"/v1/proposals/{self.id}/expressions"
        return self.acting(who).post(path, json={"role": role, **more})

    def name(self, coordinator: Any, office: str, who: Any, *, accept: bool = True) -> None:
        path = f"/v1/proposals/{self.id}/offices/{office}"
        ok(self.acting(coordinator).put(path, json={"person_id": str(who.id)}))
        ok(self.acting(who).put(f"{path}/answer", json={"accept": accept}))

    def story(self, who: Any) -> dict[str, Any]:
        return ok(self.acting(who).get(f"/v1/proposals/{self.id}/story"))

    def calls(self, who: Any) -> list[dict[str, Any]]:
        return ok(self.acting(who).get(f"/v1/proposals/{self.id}/calls"))["items"]

    def way(self, who: Any = None) -> list[tuple[str, str]]:
        """Every step so far, the first one first."""
        path = f"/v1/proposals/{self.id}/transitions"
        items = ok(self.acting(who or self.proposer).get(path, params={"limit": 100}))["items"]
        return [(step["from"], step["to"]) for step in reversed(items)]

    def later(self, **span: Any) -> None:
        """Let time pass for whoever does the work that waits."""
        with clock.at(datetime.now(UTC) + timedelta(**span)):
            Worker(self.settings).run_once()

    def work(self) -> None:
        Worker(self.settings).run_once()

    def through_call(self, coordinator: Any, crowd: list[Any]) -> None:
        """From a draft to enough interest."""
        self.submit()
        self.move(coordinator, "scoping", decision="no_duplicate")
        self.sounding()
        self.open_call(coordinator)
        for n, person in enumerate(crowd):
            ok(self.express(person, "co_lead" if n == 0 else "member"), 201)
        self.move(coordinator, "interest_met")

    def through_planning(self, coordinator: Any, lead: Any, sponsor: Any) -> str:
        """From interest to a community in the making; its id."""
        self.name(coordinator, "lead", lead)
        self.name(coordinator, "sponsor", sponsor)
        self.move(coordinator, "planning", template="light", starts_on="2027-01-31")
        return str(self.read()["community_id"])

    def first_session(self, lead: Any, days: int = 14) -> dict[str, Any]:
        """Ground rules and a first session, as the lead prepares them."""
        community = self.read()["community_id"]
        path = f"/v1/communities/{community}"
        ok(self.acting(lead).post(f"{path}/ground-rules", json={"rules": ["Listen first"]}), 201)
        starts = datetime.now(UTC) + timedelta(days=days)
        body = {
            "title": "First session",
            "kind": "launch",
            "access": "closed",
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=1)).isoformat(),
            "facilitator_ids": [str(lead.id)],
        }
        return ok(self.acting(lead).post(f"{path}/sessions", json=body), 201)

    def hold(self, lead: Any, session_id: str, present: list[Any], days: int = 15) -> None:
        """Let the day come, and mark who is there."""
        with clock.at(datetime.now(UTC) + timedelta(days=days)):
            for person in present:
                path = f"/v1/sessions/{session_id}/attendances/{person.id}"
                ok(self.acting(lead).put(path, json={"status": "attended"}))
            session = self.acting(lead).get(f"/v1/sessions/{session_id}")
            tag = {"If-Match": session.headers["etag"]}
            path = f"/v1/sessions/{session_id}"
            ok(self.acting(lead).patch(path, json={"status": "held"}, headers=tag))


def crowd(db: Any, community: Any, size: int, *organisations: Any) -> list[Any]:
    """Members of a community who work in turn at each of these organisations."""
    made = []
    for n in range(size):
        where = organisations[n % len(organisations)] if organisations else None
        person = make.person(db, f"Member {n}", organisation_id=where and where.id)
        make.member(db, community, person)
        made.append(person)
    return made


def everything(client: Any, path: str) -> list[dict[str, Any]]:
    return ok(client.get(path, params={"limit": 100}))["items"]


def notices(client: Any) -> list[str]:
    return [notice["title"] for notice in everything(client, "/v1/me/notices")]
