"""Many people at the same moment, with the moment between looking and writing made long.

SQLite lets one writer in at a time, so there the pauses only show that nothing else breaks. On
PostgreSQL each of these fails when the community is not held.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from api.communities.models import JoinPolicy
from api.core.actor import Role
from api.memberships import changing, queries
from api.memberships.places import Places
from tests import make
from tests.memberships.moves import (
    count,
    end,
    join,
    joined,
    listed,
    membership_of,
    memberships,
    read,
    spells,
)

PAUSE = 0.05


def at_once(*things):
    """Do several things in threads that all begin at the same moment."""
    ready = Barrier(len(things))

    def start(thing):
        ready.wait()
        return thing()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(start, things))


@pytest.fixture
def slowly(monkeypatch):
    """Makes a function take its time between what it read and what others do with that."""

    def slow(owner, name):
        original = getattr(owner, name)

        def slowed(*given, **named):
            found = original(*given, **named)
            time.sleep(PAUSE)
            return found

        monkeypatch.setattr(owner, name, slowed)

    return slow


def clients(acting, db, number):
    people = [make.person(db, f"Person {n}") for n in range(number)]
    return people, [acting(p) for p in people]


def test_the_last_places_are_given_once(acting, db, lena, slowly):
    circle = make.community(db, "Peer circle", lead=lena, member_limit=4)
    _, crowd = clients(acting, db, 12)
    slowly(Places, "_free")

    answers = at_once(*(lambda c=c: join(c, circle) for c in crowd))

    assert [a.status_code for a in answers] == [201] * 12
    assert Counter(a.json()["state"] for a in answers) == {"active": 3, "waitlisted": 9}
    assert count(db, circle) == 4
    waiting = listed(acting(lena), circle, state="waitlisted", limit=100)
    assert sorted(m["position"] for m in waiting) == list(range(1, 10))


def test_a_place_that_is_freed_while_somebody_joins_is_never_lost(acting, db, lena, slowly):
    """Whoever finds the community full is in the queue before the place is given on, or gets it."""
    circle = make.community(db, "Peer circle", lead=lena, member_limit=4)
    people, crowd = clients(acting, db, 6)
    inside = [joined(c, circle) for c in crowd[:3]]
    slowly(Places, "_free")

    at_once(
        *(lambda c=c, m=m: end(c, m["id"]) for c, m in zip(crowd[:3], inside, strict=True)),
        *(lambda c=c: join(c, circle) for c in crowd[3:]),
    )

    states = [membership_of(db, circle, p.id).state for p in people[3:]]
    assert states == ["active"] * 3
    assert count(db, circle) == 4


def test_the_same_person_joins_once_however_often_they_click(acting, db, lena, slowly):
    hub = make.community(db, "CYP Hub", lead=lena)
    asha = make.person(db, "Asha")
    client = acting(asha)
    slowly(queries, "find_live")

    answers = at_once(*(lambda: join(client, hub) for _ in range(8)))

    assert Counter(a.status_code for a in answers) == {201: 1, 409: 7}
    assert count(db, hub) == 2
    assert len(listed(acting(lena), hub, person_id=str(asha.id))) == 1


def test_an_invitation_is_good_for_one_acceptance(acting, db, lena, slowly):
    hub = make.community(db, "CYP Hub", lead=lena, join_policy=JoinPolicy.BY_INVITATION)
    fay, asha = make.person(db, "Fay"), make.person(db, "Asha")
    make.member(db, hub, fay, Role.FACILITATOR)
    invited = joined(acting(fay), hub, person_id=str(asha.id))
    client = acting(asha)
    path = f"/v1/memberships/{invited['id']}"
    match = {"If-Match": client.get(path).headers["etag"]}
    slowly(changing, "ran_out")

    answers = at_once(
        *(lambda: join(client, hub) for _ in range(4)),
        *(lambda: client.patch(path, json={"state": "active"}, headers=match) for _ in range(4)),
        *(lambda: client.delete(path, headers=match) for _ in range(4)),
    )

    won = [a for a in answers if a.status_code < 300]
    assert len(won) == 1, [a.status_code for a in answers]
    assert {a.status_code for a in answers} <= {200, 201, 204, 403, 409, 412}
    accepted = won[0].status_code != 204
    assert count(db, hub) == (3 if accepted else 2)
    assert len(spells(db, invited["id"])) == int(accepted)


@pytest.mark.parametrize("way", ["leave", "pause", "step down", "each removes the other"])
def test_a_community_keeps_a_lead_when_all_of_them_go_at_once(acting, db, lena, slowly, way):
    hub = make.community(db, "CYP Hub", lead=lena)
    others = [make.person(db, n) for n in ("Asha", "Bram")]
    for person in others:
        make.member(db, hub, person, Role.LEAD)
    leads = [lena, *others]
    own = [membership_of(db, hub, p.id) for p in leads]
    if way == "each removes the other":
        own = own[1:] + own[:1]
    asked = {"pause": {"state": "paused"}, "step down": {"role": "member"}}.get(way)
    doing = []
    for person, membership in zip(leads, own, strict=True):
        client = acting(person)
        path = f"/v1/memberships/{membership.id}"
        match = {"If-Match": client.get(path).headers["etag"]}
        if asked:
            doing.append(lambda c=client, p=path, m=match: c.patch(p, json=asked, headers=m))
        else:
            doing.append(lambda c=client, p=path, m=match: c.delete(p, headers=m))
    slowly(queries, "has_another_lead")

    answers = at_once(*doing)

    left = [m for m in (membership_of(db, hub, p.id) for p in leads) if m.state == "active"]
    assert any(m.role is Role.LEAD for m in left), [a.status_code for a in answers]
    # Whoever was removed before their own request began no longer finds what they ask for.
    assert {a.status_code for a in answers} <= {200, 204, 403, 404, 409, 412}
    assert count(db, hub) == len(left)


def test_two_changes_from_the_same_version_have_one_winner(acting, db, lena):
    hub = make.community(db, "CYP Hub", lead=lena)
    made = make.member(db, hub, make.person(db, "Asha"))
    lead = acting(lena)
    path = f"/v1/memberships/{made.id}"
    match = {"If-Match": lead.get(path).headers["etag"]}
    roles = ["facilitator", "observer", "sponsor", "analyst", "lead", "coordinator"]

    answers = at_once(
        *(lambda r=r: lead.patch(path, json={"role": r}, headers=match) for r in roles)
    )

    assert Counter(a.status_code for a in answers) == {200: 1, 412: 5}
    won = next(a.json()["role"] for a in answers if a.status_code == 200)
    assert read(lead, made.id)["role"] == won
    assert len(spells(db, made.id)) == 2


def test_a_limit_is_never_set_below_those_who_come_in_meanwhile(acting, db, lena, slowly):
    circle = make.community(db, "Peer circle", lead=lena)
    _, crowd = clients(acting, db, 6)
    lead = acting(lena)
    path = f"/v1/communities/{circle.id}"
    match = {"If-Match": lead.get(path).headers["etag"]}
    slowly(Places, "_free")

    answers = at_once(
        lambda: lead.patch(path, json={"member_limit": 3}, headers=match),
        *(lambda c=c: join(c, circle) for c in crowd),
    )

    limited = answers[0].status_code == 200
    assert answers[0].status_code in (200, 422)
    assert count(db, circle) == (3 if limited else 7)


def test_two_bulk_requests_at_once_bring_everybody_in_once(acting, db, lena):
    hub = make.community(db, "CYP Hub", lead=lena)
    people, _ = clients(acting, db, 30)
    rows = [{"person_id": str(p.id)} for p in people]
    lead = acting(lena)

    answers = at_once(
        lambda: lead.put(memberships(hub), json={"items": rows}),
        lambda: lead.put(memberships(hub), json={"items": rows[::-1]}),
        lambda: lead.put(memberships(hub), json={"items": rows}, params={"mode": "partial"}),
    )

    assert [a.status_code for a in answers] == [200] * 3
    assert sum(a.json()["applied"] for a in answers) == 30
    assert count(db, hub) == 31


def test_a_join_repeated_with_its_key_while_it_is_under_way_happens_once(acting, db, lena, slowly):
    hub = make.community(db, "CYP Hub", lead=lena)
    client = acting(make.person(db, "Asha"))
    slowly(queries, "find_live")
    key = {"Idempotency-Key": "once"}

    answers = at_once(
        *(lambda: client.post(memberships(hub), json={}, headers=key) for _ in range(6))
    )

    assert {a.status_code for a in answers} <= {201, 409}
    assert len({a.json()["id"] for a in answers if a.status_code == 201}) == 1
    assert count(db, hub) == 2
