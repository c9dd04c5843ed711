import pytest

from api.core.actor import Role
from tests import make

DONE = "2026-03-02T10:00:00Z"


@pytest.fixture
def place(db):
    """A community with a facilitator and a member."""
    community = make.community(db)
    asha, femi = make.person(db, "Asha"), make.person(db, "Femi")
    make.member(db, community, asha)
    make.member(db, community, femi, Role.FACILITATOR)
    return community, asha, femi


def reply(community, person, number=1, **other):
    return {
        "person_id": str(person.id),
        "community_id": str(community.id),
        "verb": "thread.replied",
        "kind": "contribution",
        "occurred_at": DONE,
        "source": "forum",
        "source_id": f"reply-{number}",
        **other,
    }


def statuses(answer):
    return [item["status"] for item in answer.json()["items"]]


def test_a_facilitator_records_what_people_did(acting, db, place):
    community, asha, femi = place
    rows = [reply(community, asha, 1), reply(community, asha, 2)]

    answer = acting(femi).post("/v1/activities", json={"items": rows})

    assert answer.status_code == 200, answer.text
    assert answer.json()["applied"] == 2
    assert statuses(answer) == ["created", "created"]
    listed = acting(femi).get("/v1/activities", params={"community_id": community.id}).json()
    assert [i["source_id"] for i in listed["items"]] == ["reply-1", "reply-2"]
    assert listed["items"][0]["id"] == answer.json()["items"][0]["id"]
    assert listed["items"][0]["occurred_at"] == DONE
    assert listed["next"] is None


def test_the_same_activity_sent_again_is_stored_once(acting, db, place):
    community, asha, femi = place
    first = acting(femi).post("/v1/activities", json={"items": [reply(community, asha)]})

    again = acting(femi).post("/v1/activities", json={"items": [reply(community, asha)] * 2})

    assert statuses(again) == ["unchanged", "unchanged"]
    assert again.json()["applied"] == 0
    assert again.json()["items"][0]["id"] == first.json()["items"][0]["id"]


def test_a_key_used_for_something_else_is_refused(acting, db, place):
    community, asha, femi = place
    acting(femi).post("/v1/activities", json={"items": [reply(community, asha)]})
    other = reply(community, asha, verb="thread.started")

    whole = acting(femi).post("/v1/activities", json={"items": [reply(community, asha, 2), other]})
    part = acting(femi).post(
        "/v1/activities?mode=partial", json={"items": [reply(community, asha, 2), other]}
    )

    assert whole.status_code == 422
    assert whole.json()["errors"][0]["at"] == "body/items/1/source_id"
    assert statuses(part) == ["created", "refused"]
    assert part.json()["items"][1]["problem"]["errors"][0]["at"] == "source_id"
