"""Each reader of a proposal is told what is theirs to know, and nothing ends unannounced."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from api.core import clock
from tests import make
from tests.proposals.idea import DRAFT, TEXT, Idea, everything, notices, ok
from tests.proposals.test_races import together

ORPHANS = (
    "SELECT count(*) FROM sessions s JOIN communities c ON c.id = s.community_id"
    " WHERE c.status = 'dissolved' AND s.status IN ('tentative', 'confirmed')",
    "SELECT count(*) FROM memberships m JOIN communities c ON c.id = m.community_id"
    " WHERE c.status = 'dissolved' AND m.state IN ('invited', 'requested', 'active', 'paused')",
)


@pytest.fixture
def planning(idea, cora, members):
    idea.through_call(cora, members[:8])
    idea.through_planning(cora, members[0], members[1])
    return idea


@pytest.fixture
def community(planning):
    return f"/v1/communities/{planning.read()['community_id']}"


def steps(acting, who, idea):
    return acting(who).get(f"/v1/proposals/{idea.id}/transitions").text


def test_what_only_the_proposer_may_see_reaches_nobody_through_the_steps(
    idea, acting, db, network, nia, beth, cora, members
):
    """A confidential community of the proposer's own is like the idea; others never learn that."""
    secret = make.community(
        db, f"{DRAFT['name']} in secret", parent=network, purpose=DRAFT["purpose"],
        visibility="confidential", lead=make.person(db, "Otto"),
    )  # fmt: skip
    make.member(db, secret, nia)
    idea.submit()
    assert "in secret" in steps(acting, nia, idea)
    idea.move(cora, "scoping", decision="no_duplicate")
    idea.sounding()
    idea.open_call(cora)

    for who in (beth, members[0]):
        assert "in secret" not in steps(acting, who, idea)
        assert "in secret" not in acting(who).get(f"/v1/proposals/{idea.id}/story").text


def test_why_something_was_rejected_stays_with_those_it_concerns(idea, acting, nia, cora, members):
    idea.submit()
    idea.move(cora, "rejected", "You lack the standing.", code="other")
    idea.move(nia, "scoping", "I do not think so.")
    idea.sounding()
    idea.open_call(cora)

    assert "standing" not in steps(acting, members[0], idea)
    assert "think so" not in steps(acting, members[0], idea)
    assert "standing" in steps(acting, nia, idea)


def test_nobody_loses_an_idea_unwarned(idea, acting, nia):
    """Where the worker was away for a hundred days, it warns first."""
    idea.later(days=100)
    assert idea.read()["state"] == "draft"
    assert any("lies still" in title for title in notices(acting(nia)))

    idea.later(days=106)
    assert idea.read()["state"] == "draft"
    idea.later(days=108)
    assert idea.read()["state"] == "expired"


def test_people_on_their_way_to_a_first_session_are_not_quiet(planning, acting, members):
    session = planning.first_session(members[0], days=120)
    planning.move(members[0], "scheduled")

    for days in (61, 84, 91, 100):
        planning.later(days=days)

    assert planning.read()["state"] == "scheduled"
    assert acting(members[5]).get(f"/v1/sessions/{session['id']}").status_code == 200


def test_work_on_the_charter_keeps_it_awake(planning, acting, community, members):
    with clock.at(datetime.now(UTC) + timedelta(days=80)):
        tag = {"If-Match": acting(members[0]).get(community).headers["etag"]}
        ok(acting(members[0]).patch(community, json={"practice": "We talk."}, headers=tag))

    planning.later(days=95)

    assert planning.read()["state"] == "planning"


def test_withdrawing_while_others_plan_leaves_no_orphan(planning, acting, db, nia, beth, cora,
                                                       community, members):  # fmt: skip
    version = planning.read()["version"]
    lead, coordinator = acting(members[0]), acting(cora)
    joining = [acting(nia), acting(beth)]
    starts = datetime.now(UTC) + timedelta(days=20)
    session = {
        "title": "First session",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
    }
    gone = {"to": "withdrawn", "expected_version": version, "reason": "Nobody has the time."}

    answers = together(
        *[lambda: coordinator.post(f"{community}/sessions", json=session)] * 3,
        lambda: joining[0].post(f"{community}/memberships", json={}),
        lambda: lead.post(f"/v1/proposals/{planning.id}/transitions", json=gone),
        lambda: joining[1].post(f"{community}/memberships", json={}),
        *[lambda: coordinator.post(f"{community}/sessions", json=session)] * 3,
    )

    assert {a.status_code for a in answers} <= {201, 404, 409, 412}
    assert planning.read()["state"] == "withdrawn"
    assert [db.scalar(text(count)) for count in ORPHANS] == [0, 0]


def test_an_umbrella_is_put_away_though_something_beneath_it_came_to_nothing(
    acting, db, settings, nia, beth, cora, members, cyp
):
    idea = Idea(acting, nia, settings)
    idea.draft(parent_id=str(cyp.id), proposed_lead_id=str(nia.id), co_supporters=[str(beth.id)])
    idea.through_call(cora, members[:8])
    idea.through_planning(cora, members[0], members[1])
    idea.move(members[0], "withdrawn", "Nobody has the time.")

    assert acting(cora).post(f"/v1/communities/{cyp.id}/archive", json={}).status_code == 200


def test_a_launched_community_is_found_at_once(planning, acting, members):
    session = planning.first_session(members[0])
    planning.move(members[0], "scheduled")
    planning.hold(members[0], session["id"], members[:3])
    planning.move(members[0], "launched")

    found = ok(acting(members[9]).post("/v1/similarity-checks", json={"name": DRAFT["name"]}))

    assert [(f["kind"], f["id"]) for f in found["items"]] == [
        ("community", planning.read()["community_id"])
    ]


def test_merging_speaks_for_the_proposer_alone(idea, acting, nia, beth, members, settings):
    into = Idea(acting, members[0], settings)
    into.draft(proposed_lead_id=str(members[1].id), co_supporters=[str(members[2].id)])
    into.submit()

    body = {"outcome": "merge", "target": {"kind": "proposal", "id": into.id}}
    ok(acting(nia).post(f"/v1/proposals/{idea.id}/outcomes", json=body))

    assert set(into.read()["co_supporters"]) == {str(members[2].id), str(nia.id)}


def test_a_session_of_another_year_launches_nothing(planning, acting, community, members):
    planning.first_session(members[0], days=30)
    planning.move(members[0], "scheduled")
    was = datetime.now(UTC) - timedelta(days=400)
    body = {
        "title": "Long ago", "status": "held", "starts_at": was.isoformat(),
        "ends_at": (was + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    old = ok(acting(members[0]).post(f"{community}/sessions", json=body), 201)
    for person in members[:4]:
        path = f"/v1/sessions/{old['id']}/attendances/{person.id}"
        ok(acting(members[0]).put(path, json={"status": "attended"}))

    refused = planning.ask(members[0], "launched")

    assert refused.status_code == 409
    assert refused.json()["errors"][0]["at"] == "guard/first_session"


def test_what_it_was_handed_in_with_cannot_be_taken_back(idea, acting, nia, cora):
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")
    path = f"/v1/proposals/{idea.id}"

    for change in ({"not_a_support_group": False}, {"purpose": ""}, {"co_supporters": []}):
        tag = {"If-Match": acting(nia).get(path).headers["etag"]}
        refused = acting(nia).patch(path, json=change, headers=tag)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/guard-failed")
    tag = {"If-Match": acting(cora).get(path).headers["etag"]}
    own = acting(cora).patch(path, json={"co_supporters": [str(nia.id)]}, headers=tag)
    assert own.json()["errors"][0]["at"] == "body/co_supporters/0"


def test_who_led_last_leads_again(planning, acting, community, cora, members):
    heir = {"person_id": str(members[2].id), "role": "lead"}
    ok(acting(cora).post(f"{community}/memberships", json=heir), 201)
    [before] = [
        m for m in everything(acting(cora), f"{community}/memberships")
        if m["person_name"] == "Member 0"
    ]  # fmt: skip
    one = f"/v1/memberships/{before['id']}"
    tag = {"If-Match": acting(cora).get(one).headers["etag"]}
    ok(acting(members[0]).patch(one, json={"state": "ended"}, headers=tag))
    planning.later(days=84)
    planning.later(days=92)
    assert planning.read(cora)["state"] == "expired"

    planning.move(members[2], "planning")

    people = everything(acting(members[2]), f"{community}/memberships")
    assert [m["person_name"] for m in people if m["role"] == "lead"] == ["Member 2"]


def test_nothing_is_proposed_where_nothing_can_be_founded(acting, db, nia, network, cora):
    deep = network
    for name in ("Second", "Third", "Fourth"):
        deep = make.community(db, name, parent=deep, lead=cora)
    old = make.community(db, "Old", parent=network, lead=cora)
    ok(acting(cora).post(f"/v1/communities/{old.id}/archive", json={}))

    for place, status in ((deep, 422), (old, 409)):
        body = {"name": "Night staff", "parent_id": str(place.id)}
        assert acting(nia).post("/v1/proposals", json=body).status_code == status


def test_another_date_is_for_the_same_people(planning, acting, community, members):
    first = planning.first_session(members[0])
    planning.move(members[0], "scheduled")
    path = f"/v1/sessions/{first['id']}"
    tag = {"If-Match": acting(members[0]).get(path).headers["etag"]}
    acting(members[0]).delete(path, headers=tag)
    starts = datetime.now(UTC) + timedelta(days=25)
    body = {
        "title": "First session, again", "access": "closed", "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
    }  # fmt: skip

    new = ok(acting(members[0]).post(f"{community}/sessions", json=body), 201)

    assert acting(members[5]).get(f"/v1/sessions/{new['id']}").status_code == 200
    assert any("Another date" in title for title in notices(acting(members[5])))


def test_a_coordinator_introduces_though_the_proposer_did(idea, acting, db, nia, cora, network):
    there = make.community(db, "Wards at night", parent=network)
    lead = make.person(db, "Lorna")
    make.member(db, there, lead, "lead")
    target = {"kind": "community", "id": str(there.id)}
    for _ in range(3):
        body = {"outcome": "contact", "target": target, "message": "Is there room?"}
        ok(acting(nia).post(f"/v1/proposals/{idea.id}/outcomes", json=body))
    idea.submit()
    idea.move(cora, "referred", "They have room.", targets=[target])

    told = [t for t in notices(acting(lead)) if "An introduction" in t]
    assert len(told) == 2
    assert "They have room." in everything(acting(lead), "/v1/me/notices")[0]["body"]


def test_a_call_under_an_umbrella_that_was_put_away_is_not_opened(acting, nia, beth, cora, cyp,
                                                                 members, settings):  # fmt: skip
    idea = Idea(acting, nia, settings)
    idea.draft(parent_id=str(cyp.id), proposed_lead_id=str(nia.id), co_supporters=[str(beth.id)])
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")
    idea.sounding()
    ok(acting(cora).post(f"/v1/communities/{cyp.id}/archive", json={}))

    assert idea.ask(cora, "interest_call", text=TEXT).json()["type"] == "/problems/archived"


def test_the_list_shows_exactly_what_can_be_fetched(acting, db, settings, nia, beth, cora, members,
                                                    cyp, network):  # fmt: skip
    """At every point of its way, for everybody near and far."""
    idea = Idea(acting, nia, settings)
    idea.draft(parent_id=str(cyp.id), proposed_lead_id=str(nia.id), co_supporters=[str(beth.id)])
    below = make.community(db, "Sleep", parent=cyp)
    child_lead, sponsor = make.person(db, "Lorna"), make.person(db, "Sol")
    make.member(db, below, child_lead, "lead")
    make.member(db, network, sponsor, "sponsor")
    people = [nia, beth, cora, members[0], child_lead, sponsor, make.person(db, "Stranger"),
              make.steward(db)]  # fmt: skip

    def agree():
        for who in people:
            client = acting(who)
            listed = {p["id"] for p in everything(client, "/v1/proposals")}
            fetched = client.get(f"/v1/proposals/{idea.id}").status_code == 200
            assert (idea.id in listed) == fetched, (who.name, idea.read()["state"])

    agree()
    idea.submit()
    agree()
    idea.move(cora, "scoping", decision="no_duplicate")
    idea.sounding()
    agree()
    idea.open_call(cora, min_people=2)
    agree()
    ok(idea.express(members[0], "co_lead"), 201)
    ok(idea.express(members[1]), 201)
    idea.move(cora, "interest_met")
    idea.through_planning(cora, members[0], members[1])
    agree()
    idea.move(members[0], "withdrawn", "Nobody has the time.")
    agree()
