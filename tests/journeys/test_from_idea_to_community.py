"""From an idea to a living community: the steps of the field's own guidance, one story each."""

from api.identity.models import Person
from tests.proposals.conftest import *  # noqa: F403
from tests.proposals.idea import everything, notices, ok


def test_an_idea_becomes_a_community(idea, acting, db, nia, beth, cora, members, cyp):
    lead, sponsor = members[0], members[1]

    idea.through_call(cora, members[:8])
    community_id = idea.through_planning(cora, lead, sponsor)
    session = idea.first_session(lead)
    idea.move(lead, "scheduled")
    idea.hold(lead, session["id"], members[:4])
    launched = idea.move(lead, "launched")

    assert idea.way() == [
        ("draft", "submitted"),
        ("submitted", "scoping"),
        ("scoping", "interest_call"),
        ("interest_call", "interest_met"),
        ("interest_met", "planning"),
        ("planning", "scheduled"),
        ("scheduled", "launched"),
    ]
    assert launched["evidence"]["present"] == 4
    community = ok(acting(lead).get(f"/v1/communities/{community_id}"))
    assert (community["status"], community["name"]) == ("active", idea.read()["name"])
    people = everything(acting(lead), f"/v1/communities/{community_id}/memberships")
    roles = {p["person_name"]: (p["role"], p["state"]) for p in people}
    assert roles[lead.name] == ("lead", "active")
    assert roles[sponsor.name] == ("sponsor", "active")
    assert roles[members[2].name] == ("member", "invited")
    assert any("has begun" in title for title in notices(acting(members[2])))
    path = f"/v1/communities/{community_id}/memberships"
    joined = ok(acting(members[2]).post(path, json={}), 201)
    assert joined["state"] == "active"
    assert db.get(Person, nia.id) is not None
