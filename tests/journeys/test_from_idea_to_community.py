"""From an idea to a living community: five stories, each told from its first line to its last."""

from datetime import UTC, datetime, timedelta

import pytest

from api.core import clock
from api.proposals.lifecycle import ProposalState, replay
from tests import make
from tests.proposals.conftest import (  # noqa: F401  (the people of the stories)
    beth,
    cora,
    cyp,
    harbour,
    idea,
    members,
    mill,
    network,
    nia,
    second,
)
from tests.proposals.idea import Idea, crowd, everything, notices, ok

CWP = {
    "name": "Child wellbeing practitioners",
    "purpose": "Newly trained practitioners keep what they learned, and learn from each other.",
    "domain": "Guided self-help and early help for children and families",
    "audience": "Child wellbeing practitioners in schools and community teams",
    "region": "Midlands",
    "topics": ["early help", "guided self-help"],
    "why_now": "Forty people finish the course in March and go back to teams of one.",
}


@pytest.fixture
def story(acting, settings, nia, beth, cyp):  # noqa: F811
    """Nia would like a network of her profession beneath the one for children and young people."""
    made = Idea(acting, nia, settings)
    made.draft(
        **CWP,
        parent_id=str(cyp.id),
        proposed_lead_id=str(nia.id),
        co_supporters=[str(beth.id)],
    )
    return made


def faithful(idea):  # noqa: F811
    """What stands is what the steps say."""
    steps = [(ProposalState(a), ProposalState(b)) for a, b in idea.way()]
    assert replay(steps).state == idea.read()["state"]


def test_child_wellbeing_practitioners_find_each_other(story, acting, db, nia, cora, members, cyp):  # noqa: F811
    """Idea, does it exist, colleagues, call, first session, community: supporters are invited."""
    make.community(db, "Education mental health practitioners", parent=cyp, topics=["schools"])
    story.submit()
    story.move(cora, "scoping", "EMHPs work in schools only.", decision="different_enough")
    link = ok(acting(nia).post(f"/v1/proposals/{story.id}/soundings", json={"name": "Sam"}), 201)[
        "link"
    ]
    said = {"word": link.partition("#")[2], "opinion": "yes", "organisation": "Leeds CAMHS"}
    assert acting(None).post("/v1/sounding-links/answer", json=said).status_code == 204
    story.open_call(cora, "Would you meet every month to keep what the course taught?")
    story.work()
    for n, person in enumerate(members[:8]):
        ok(story.express(person, "co_lead" if n == 1 else "member"), 201)
    story.move(cora, "interest_met")

    lead, sponsor = nia, members[9]
    community_id = story.through_planning(cora, lead, sponsor)
    dates = [(datetime.now(UTC) + timedelta(days=d)).isoformat() for d in (20, 21)]
    poll = ok(
        acting(lead).post(f"/v1/proposals/{story.id}/date-polls", json={"options": dates}), 201
    )
    for person in members[:3]:
        votes = [{"option_id": poll["options"][1]["id"], "suits": "yes"}]
        ok(acting(person).put(f"/v1/date-polls/{poll['id']}/votes/me", json={"votes": votes}))
    session_id = ok(acting(lead).post(f"/v1/date-polls/{poll['id']}/decision", json={}))[
        "session_id"
    ]
    rules = {"rules": ["What is said here stays here", "No patient data"]}
    ok(acting(lead).post(f"/v1/communities/{community_id}/ground-rules", json=rules), 201)
    story.move(lead, "scheduled")
    for person in members[:4]:
        ok(acting(person).put(f"/v1/sessions/{session_id}/rsvps/me", json={"answer": "yes"}))
    story.hold(lead, session_id, [lead, *members[:4]], days=22)
    launched = story.move(lead, "launched")

    assert [to for _, to in story.way()] == [
        "submitted", "scoping", "interest_call", "interest_met", "planning", "scheduled", "launched"
    ]  # fmt: skip
    assert launched["evidence"]["present"] == 5
    community = ok(acting(members[0]).get(f"/v1/communities/{community_id}"))
    assert (community["status"], community["parent_id"]) == ("active", str(cyp.id))
    assert any("has begun" in title for title in notices(acting(members[7])))
    path = f"/v1/communities/{community_id}/memberships"
    assert ok(acting(members[0]).post(path, json={}), 201)["state"] == "active"
    assert ok(acting(members[1]).post(path, json={}), 201)["role"] == "lead"
    plan = ok(acting(lead).get(f"/v1/communities/{community_id}/plan"))
    assert plan["template"] == "light"
    faithful(story)


def test_a_duplicate_is_referred_and_its_proposer_joins(story, acting, db, nia, cora, cyp):  # noqa: F811
    there = make.community(
        db, "Wellbeing practitioners for children", parent=cyp, purpose=CWP["purpose"],
        topics=CWP["topics"], audience=CWP["audience"], join_policy="open",
    )  # fmt: skip
    lead = make.person(db, "Lorna")
    make.member(db, there, lead, "lead")
    shown = ok(acting(nia).post(f"/v1/proposals/{story.id}/candidates"))["items"]
    assert (shown[0]["id"], shown[0]["verdict"]) == (str(there.id), "probably_same")
    story.submit()

    target = {"kind": "community", "id": str(there.id)}
    story.move(cora, "referred", "They meet monthly and have room.", targets=[target])
    ok(acting(nia).post(f"/v1/communities/{there.id}/memberships", json={}), 201)

    assert any("An introduction" in title for title in notices(acting(lead)))
    mine = everything(acting(nia), "/v1/me/memberships")
    assert str(there.id) in {m["community_id"] for m in mine}
    assert story.ask(cora, "scoping", decision="no_duplicate").json()["legal"] == []
    faithful(story)


def test_a_call_fails_and_succeeds_in_its_second_round(story, acting, cora, members):  # noqa: F811
    story.submit()
    story.move(cora, "scoping", decision="no_duplicate")
    story.sounding()
    story.open_call(cora)
    for person in members[:3]:
        ok(story.express(person), 201)
    story.later(days=22)
    assert story.read()["state"] == "interest_not_met"

    with clock.at(datetime.now(UTC) + timedelta(days=51)):
        story.open_call(cora, "Every second month only: would that suit you better?")
        story.work()
        assert any("Would you come again?" in t for t in notices(acting(members[5])))
        for person in members[3:8]:
            ok(story.express(person, "co_lead" if person is members[3] else "member"), 201)
    story.later(days=51 + 22)

    assert story.read()["state"] == "interest_met"
    assert story.calls(cora)[0]["progress"]["people"] == 8
    faithful(story)


def test_a_rejected_proposal_is_appealed_and_goes_on(story, nia, cora, second):  # noqa: F811
    story.submit()
    story.move(cora, "rejected", "It sounds like supervision to me.", code="not_practice")
    story.move(nia, "scoping", "It is peers learning; nobody is supervised.")
    story.sounding(nia)

    step = story.open_call(second)

    assert step["evidence"]["round"] == 1
    faithful(story)


def test_an_expired_proposal_is_revived_and_goes_on(story, acting, nia, cora, members):  # noqa: F811
    story.submit()
    story.move(cora, "scoping", decision="no_duplicate")
    story.later(days=61)
    story.later(days=84)
    story.later(days=91)
    assert story.read()["state"] == "expired"
    assert sum("lies still" in title for title in notices(acting(nia))) == 2

    with clock.at(datetime.now(UTC) + timedelta(days=100)):
        story.move(nia, "scoping")
        story.sounding()
        story.open_call(cora)
        ok(story.express(members[0]), 201)

    assert [to for _, to in story.way()][-3:] == ["expired", "scoping", "interest_call"]
    faithful(story)


def test_the_stories_of_one_network_stay_apart(story, acting, db, settings, cora):  # noqa: F811
    """Another network's people see nothing of all this."""
    elsewhere = make.community(db, "Elsewhere")
    [stranger] = crowd(db, elsewhere, 1)
    story.submit()
    story.move(cora, "scoping", decision="no_duplicate")
    story.sounding()
    story.open_call(cora)

    assert acting(stranger).get(f"/v1/proposals/{story.id}").status_code == 404
    assert everything(acting(stranger), "/v1/proposals") == []
    checked = acting(stranger).post("/v1/similarity-checks", json={"name": CWP["name"]})
    assert story.id not in [each["id"] for each in ok(checked)["items"]]
