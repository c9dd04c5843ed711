from datetime import timedelta

import pytest
from sqlmodel import select

from api.communities.models import Community, JoinPolicy
from api.core import jobs
from api.core.actor import Role
from api.core.logs import log
from api.memberships.places import Full, Places
from tests import make
from tests.memberships.moves import (
    bring,
    change,
    count,
    end,
    joined,
    listed,
    membership_of,
    read,
    spells,
)


@pytest.fixture
def circle(db, lena):
    """A circle with three places, one of them the lead's."""
    return make.community(db, "Peer circle", lead=lena, member_limit=3)


@pytest.fixture
def people(db):
    return [make.person(db, n) for n in ("Asha", "Bram", "Cleo", "Dara", "Esi")]


def states(acting, lead, community):
    return {
        m["person_name"]: m["state"]
        for m in listed(acting(lead), community, sort="name", limit=100)
    }


def edit(client, community, **change_):
    path = f"/v1/communities/{community.id}"
    etag = client.get(path).headers["etag"]
    return client.patch(path, json=change_, headers={"If-Match": etag})


def test_whoever_comes_to_a_full_community_waits_in_turn(acting, db, circle, lena, people):
    made = [joined(acting(p), circle) for p in people]

    assert [m["state"] for m in made] == ["active"] * 2 + ["waitlisted"] * 3
    assert [m["position"] for m in made] == [None, None, 1, 2, 3]
    assert made[2]["joined_at"] is None
    assert made[2]["can"] == ["leave"]
    assert spells(db, made[2]["id"]) == []
    assert count(db, circle) == 3


@pytest.mark.parametrize("way", ["leave", "pause", "remove"])
def test_whoever_waits_longest_gets_the_place_that_is_freed(acting, db, circle, lena, people, way):
    made = [joined(acting(p), circle) for p in people]

    if way == "leave":
        end(acting(people[0]), made[0]["id"])
    elif way == "pause":
        change(acting(people[0]), made[0]["id"], state="paused")
    else:
        end(acting(lena), made[0]["id"])

    assert read(acting(people[2]), made[2]["id"])["state"] == "active"
    assert read(acting(people[2]), made[2]["id"])["joined_at"] is not None
    assert read(acting(people[3]), made[3]["id"])["position"] == 1
    assert read(acting(people[4]), made[4]["id"])["position"] == 2
    assert len(spells(db, made[2]["id"])) == 1
    assert count(db, circle) == 3


def test_whoever_gives_up_waiting_lets_the_others_move_up(acting, db, circle, people):
    made = [joined(acting(p), circle) for p in people]

    end(acting(people[2]), made[2]["id"])

    assert read(acting(people[3]), made[3]["id"])["position"] == 1
    assert count(db, circle) == 3


def test_whoever_comes_back_from_a_pause_waits_like_everybody(acting, db, circle, people):
    asha, bram, cleo, *_ = people
    made = [joined(acting(p), circle) for p in (asha, bram)]
    change(acting(asha), made[0]["id"], state="paused")
    third = joined(acting(cleo), circle)
    assert third["state"] == "active"

    back = change(acting(asha), made[0]["id"], state="active")
    assert (back.json()["state"], back.json()["position"]) == ("waitlisted", 1)
    end(acting(cleo), third["id"])

    assert read(acting(asha), made[0]["id"])["state"] == "active"
    assert read(acting(asha), made[0]["id"])["joined_at"] == made[0]["joined_at"]
    assert [s.ended_at is None for s in spells(db, made[0]["id"])] == [False, True]


def test_requests_wait_since_they_were_made(acting, db, lena, people):
    circle = make.community(
        db, "Peer circle", lead=lena, member_limit=1, join_policy=JoinPolicy.ON_REQUEST
    )
    asked = [joined(acting(p), circle) for p in people[:3]]

    for index in (2, 0, 1):  # the lead answers in no particular order
        change(acting(lena), asked[index]["id"], state="active")

    assert [read(acting(p), m["id"])["position"] for p, m in zip(people, asked, strict=False)] == [
        1,
        2,
        3,
    ]


def test_a_higher_limit_lets_in_as_many_as_there_is_place_for(acting, db, circle, lena, people):
    for person in people:
        joined(acting(person), circle)

    raised = edit(acting(lena), circle, member_limit=5)

    assert raised.json()["member_count"] == 5
    assert states(acting, lena, circle) == {
        "Asha": "active",
        "Bram": "active",
        "Cleo": "active",
        "Dara": "active",
        "Esi": "waitlisted",
        "Lena": "active",
    }
    assert edit(acting(lena), circle, member_limit=None).json()["member_count"] == 6
    assert set(states(acting, lena, circle).values()) == {"active"}


def test_a_limit_below_those_who_are_in_is_refused(acting, db, circle, lena, people):
    for person in people:
        joined(acting(person), circle)

    refused = edit(acting(lena), circle, member_limit=2)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/member_limit"
    assert count(db, circle) == 3


def test_leads_too_find_no_place_that_is_not_there(acting, db, circle, lena, people):
    made = [joined(acting(lena), circle, person_id=str(p.id)) for p in people]

    assert [m["state"] for m in made] == ["active"] * 2 + ["waitlisted"] * 3
    refused = change(acting(lena), made[2]["id"], state="active")
    assert refused.status_code == 409
    assert refused.json()["legal"] == ["ended", "removed"]


def test_nobody_overtakes_those_who_wait_within_one_request(acting, db, circle, lena, people):
    asha, bram, cleo, dara, _ = people
    for person in (asha, bram, cleo):
        joined(acting(person), circle)

    bring(
        acting(lena),
        circle,
        {"person_id": str(asha.id), "state": "ended"},
        {"person_id": str(dara.id)},
    )

    assert states(acting, lena, circle) == {
        "Bram": "active",
        "Cleo": "active",
        "Dara": "waitlisted",
        "Lena": "active",
    }


def test_the_database_keeps_the_limit_whatever_the_code_believed(
    acting, db, circle, people, monkeypatch
):
    for person in people[:2]:
        joined(acting(person), circle)
    monkeypatch.setattr(Places, "_free", lambda *_: 10)

    refused = acting(people[2]).post(f"/v1/communities/{circle.id}/memberships", json={})

    assert refused.status_code == 409
    assert refused.json()["type"] == Full.type()
    assert membership_of(db, circle, people[2].id) is None
    assert count(db, circle) == 3


def test_counts_that_went_wrong_are_mended_and_reported(
    acting, db, circle, lena, people, monkeypatch
):
    for person in people:
        joined(acting(person), circle)
    right = make.community(db, "Another")
    db.exec(select(Community).where(Community.id == circle.id)).one().member_count = 7
    db.commit()
    said = []
    monkeypatch.setattr(log, "warning", lambda event, **about: said.append((event, about)))

    jobs.KINDS["communities.verify_member_counts"].do(db, {})
    db.commit()

    assert (count(db, circle), count(db, right)) == (3, 1)
    assert said == [("member_count.mended", {"community_id": str(circle.id), "was": 7, "now": 3})]
    assert jobs.KINDS["communities.verify_member_counts"].every == timedelta(days=1)


def test_a_place_that_a_wrong_count_had_hidden_goes_to_whoever_waits(
    acting, db, circle, lena, people
):
    made = [joined(acting(p), circle) for p in people[:3]]
    stored = membership_of(db, circle, people[0].id)
    stored.role = Role.OBSERVER  # something else about them may change meanwhile
    db.get_one(Community, circle.id).member_limit = 4
    db.commit()

    jobs.KINDS["communities.verify_member_counts"].do(db, {})
    db.commit()
    assert count(db, circle) == 3, "a right count is left alone"

    db.get_one(Community, circle.id).member_count = 4
    db.commit()
    jobs.KINDS["communities.verify_member_counts"].do(db, {})
    db.commit()

    assert read(acting(people[2]), made[2]["id"])["state"] == "active"
    assert count(db, circle) == 4
