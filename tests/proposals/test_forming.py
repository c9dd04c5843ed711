"""From enough interest to a community: who agreed, what is prepared, and what is left if not."""

from datetime import UTC, datetime, timedelta

import pytest

from api.core import clock
from tests.proposals.idea import everything, notices, ok


@pytest.fixture
def met(idea, cora, members):
    idea.through_call(cora, members[:8])
    return idea


@pytest.fixture
def planning(met, cora, members):
    met.through_planning(cora, members[0], members[1])
    return met


@pytest.fixture
def community(planning):
    return f"/v1/communities/{planning.read()['community_id']}"


def guards(answer):
    assert answer.status_code == 409, answer.text
    return {fault["at"] for fault in answer.json()["errors"]}


def test_planning_waits_for_lead_and_sponsor(met, acting, cora, members):
    assert guards(met.ask(cora, "planning", template="light")) == {"guard/lead", "guard/sponsor"}

    met.name(cora, "lead", members[0])
    path = f"/v1/proposals/{met.id}/offices/sponsor"
    ok(acting(cora).put(path, json={"person_id": str(members[1].id)}))
    refused = met.ask(cora, "planning", template="light")
    assert guards(refused) == {"guard/sponsor"}
    assert "has accepted" in refused.text

    met.name(cora, "sponsor", members[1], accept=False)
    assert guards(met.ask(cora, "planning", template="light")) == {"guard/sponsor"}
    met.name(cora, "sponsor", members[2])
    step = met.move(cora, "planning", template="light")
    assert step["evidence"]["acceptances"]["sponsor"]["person_id"] == str(members[2].id)


def test_nobody_accepts_for_somebody_else(met, acting, cora, members, nia):
    path = f"/v1/proposals/{met.id}/offices/lead"
    ok(acting(cora).put(path, json={"person_id": str(members[0].id)}))

    for who in (cora, nia, members[1]):
        answer = acting(who).put(f"{path}/answer", json={"accept": True})
        assert answer.status_code == 409
    assert acting(nia).put(path, json={"person_id": str(nia.id)}).status_code == 403


def test_the_template_is_named(met, cora, members):
    met.name(cora, "lead", members[0])
    met.name(cora, "sponsor", members[1])

    assert met.ask(cora, "planning").json()["errors"][0]["at"] == "body/details/template"
    refused = met.ask(cora, "planning", template="light", visibility="confidential")
    assert refused.json()["errors"][0]["at"] == "body/details/visibility"


def test_a_forming_community_is_seen_by_those_involved_alone(
    planning, acting, community, nia, beth, cora, members
):
    assert ok(acting(members[0]).get(community))["status"] == "forming"
    for involved in (nia, beth, cora, members[1]):
        assert acting(involved).get(community).status_code == 200
    assert acting(members[5]).get(community).status_code == 404
    listed = everything(acting(members[5]), "/v1/communities")
    assert planning.read()["community_id"] not in {c["id"] for c in listed}
    assert acting(members[5]).post(f"{community}/memberships", json={}).status_code == 404


def test_a_plan_is_made_from_the_template_by_month(planning, acting, community, members):
    plan = ok(acting(members[0]).get(f"{community}/plan"))
    items = everything(acting(members[0]), f"{community}/plan/milestones")

    assert (plan["template"], plan["starts_on"], plan["done"]) == ("light", "2027-01-31", 0)
    assert [(m["month"], m["due_on"]) for m in items][:4] == [
        (0, "2027-01-31"), (0, "2027-01-31"), (1, "2027-02-28"), (2, "2027-03-31")
    ]  # fmt: skip


def test_scheduling_names_everything_that_is_missing(planning, acting, community, members):
    lead = members[0]
    assert guards(planning.ask(lead, "scheduled")) == {"guard/ground_rules", "guard/first_session"}

    tag = {"If-Match": acting(lead).get(community).headers["etag"]}
    ok(acting(lead).patch(community, json={"audience": ""}, headers=tag))
    planning.first_session(lead, days=3)
    refused = planning.ask(lead, "scheduled")

    assert guards(refused) == {"guard/charter", "guard/first_session"}
    assert "7 days ahead" in refused.text and "audience" in refused.text


def test_only_the_lead_schedules(planning, cora, nia, members):
    planning.first_session(members[0])

    assert planning.ask(cora, "scheduled").status_code == 403
    assert planning.ask(nia, "scheduled").status_code == 403
    step = planning.move(members[0], "scheduled")
    assert step["evidence"]["charter"]["ground_rules"] == ["Listen first"]


def test_the_interested_see_the_first_session_and_can_say_yes(planning, acting, members):
    session = planning.first_session(members[0])
    assert acting(members[5]).get(f"/v1/sessions/{session['id']}").status_code == 404

    planning.move(members[0], "scheduled")

    found = ok(acting(members[5]).get(f"/v1/sessions/{session['id']}"))
    assert found["status"] == "confirmed"
    path = f"/v1/sessions/{session['id']}/rsvps/me"
    ok(acting(members[5]).put(path, json={"answer": "yes"}))
    assert acting(members[9]).get(f"/v1/sessions/{session['id']}").status_code == 404
    assert any("The first session of" in t for t in notices(acting(members[5])))


def test_a_launch_waits_until_people_have_met(planning, acting, cora, members):
    session = planning.first_session(members[0])
    planning.move(members[0], "scheduled")
    assert guards(planning.ask(members[0], "launched")) == {"guard/first_session"}

    planning.hold(members[0], session["id"], members[:2])
    refused = planning.ask(cora, "launched")

    assert guards(refused) == {"guard/present"}
    assert "2 of 3" in refused.text


def test_founders_are_invited_by_the_role_they_offered(idea, acting, cora, members):
    offers = ["co_lead", "member", "speaker", "sponsor", "observer", "member", "member", "co_lead"]
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")
    idea.sounding()
    idea.open_call(cora)
    for person, offer in zip(members, offers, strict=False):
        ok(idea.express(person, offer), 201)
    idea.move(cora, "interest_met")
    community_id = idea.through_planning(cora, members[0], members[8])
    session = idea.first_session(members[0])
    idea.move(members[0], "scheduled")
    idea.hold(members[0], session["id"], members[:3])

    step = idea.move(cora, "launched")

    assert step["evidence"]["invited"] == 7
    people = everything(acting(members[0]), f"/v1/communities/{community_id}/memberships")
    found = {p["person_name"]: (p["role"], p["state"]) for p in people}
    assert found["Member 7"] == ("lead", "invited")
    assert found["Member 3"] == ("sponsor", "invited")
    assert found["Member 4"] == ("observer", "invited")
    assert found["Member 2"] == ("member", "invited")
    assert found["Member 0"] == ("lead", "active")
    assert found["Member 8"] == ("sponsor", "active")


class TestNoOrphans:
    """Whatever ends a proposal leaves nothing behind."""

    def nothing_left(self, idea, acting, people, community, session):
        for person in people:
            assert acting(person).get(community).status_code == 404
            assert acting(person).get(f"/v1/sessions/{session['id']}").status_code == 404
            listed = everything(acting(person), "/v1/communities?status=archived")
            listed += everything(acting(person), "/v1/communities")
            assert idea.read()["community_id"] not in {c["id"] for c in listed}
            mine = everything(acting(person), "/v1/me/memberships")
            assert idea.read()["community_id"] not in {m["community_id"] for m in mine}
            sessions = everything(acting(person), "/v1/sessions?mine=true")
            assert session["id"] not in {s["id"] for s in sessions}

    def test_a_lead_withdraws(self, planning, acting, community, nia, cora, members):
        session = planning.first_session(members[0])
        planning.move(members[0], "scheduled")
        assert planning.ask(nia, "withdrawn", "I changed my mind.").status_code == 403

        planning.move(members[0], "withdrawn", "Nobody has the time.")

        people = (members[0], members[1], members[5], nia, cora)
        self.nothing_left(planning, acting, people, community, session)
        assert any("does not go on" in t for t in notices(acting(members[5])))

    def test_it_lies_still_and_is_revived(self, planning, acting, community, nia, cora, members):
        session = planning.first_session(members[0])

        planning.later(days=61)
        assert any("lies still" in t for t in notices(acting(members[0])))
        planning.later(days=84)
        assert sum("lies still" in t for t in notices(acting(nia))) == 2
        assert planning.read()["state"] == "planning"
        planning.later(days=91)

        assert planning.read()["state"] == "expired"
        people = (members[0], members[1], nia, cora)
        self.nothing_left(planning, acting, people, community, session)

        planning.move(cora, "planning")
        assert ok(acting(members[0]).get(community))["status"] == "forming"
        assert ok(acting(members[0]).get(community))["ground_rules_version"] == 1
        people = everything(acting(members[0]), f"{community}/memberships")
        found = {p["person_name"]: (p["role"], p["state"]) for p in people}
        assert found["Member 0"] == ("lead", "active")
        assert found["Nia"] == ("member", "invited")

    def test_what_was_revived_expires_for_good(self, planning, cora):
        planning.later(days=84)
        planning.later(days=91)
        planning.move(cora, "planning")

        planning.later(days=91 + 84)
        planning.later(days=91 + 91)

        refused = planning.ask(cora, "planning")
        assert (refused.status_code, refused.json()["legal"]) == (409, [])


def test_doing_something_ends_the_quiet(idea, acting, nia):
    with clock.at(datetime.now(UTC) + timedelta(days=50)):
        path = f"/v1/proposals/{idea.id}/soundings"
        body = {"name": "Kit", "answer": {"opinion": "yes"}}
        ok(acting(nia).post(path, json=body), 201)
    idea.later(days=91)

    assert idea.read()["state"] == "draft"
    assert not any("lies still" in t for t in notices(acting(nia)))
    idea.later(days=134)
    idea.later(days=141)
    assert idea.read()["state"] == "expired"


def test_a_draft_that_lies_still_is_its_proposers_affair(idea, acting, nia, cora):
    idea.later(days=84)
    idea.later(days=91)

    assert any("lies still" in t for t in notices(acting(nia)))
    assert notices(acting(cora)) == []
    idea.move(nia, "draft")
    assert idea.read()["state"] == "draft"


def test_what_waits_for_a_decision_does_not_expire(idea):
    idea.submit()
    idea.later(days=200)

    assert idea.read()["state"] == "submitted"
