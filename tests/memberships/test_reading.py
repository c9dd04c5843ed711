from datetime import timedelta

import pytest

from api.core.actor import Role
from api.core.clock import now
from api.memberships.schemas import MembershipRead
from tests import make
from tests.memberships.moves import (
    end,
    joined,
    listed,
    memberships,
    read,
    statements,
)


@pytest.fixture
def harbour(db):
    return make.organisation(db, "Harbour Lane")


@pytest.fixture
def asha(db, harbour):
    return make.person(
        db, "Asha Rao", email="asha@harbour.example", organisation_id=harbour.id, team="Crisis"
    )


def test_the_list_says_who_people_are_and_where_they_work_but_not_how_to_write_to_them(
    acting, db, hub, asha, harbour
):
    bram = make.person(db, "Bram")
    joined(acting(asha), hub)
    joined(acting(bram), hub)

    [seen] = listed(acting(bram), hub, person_id=str(asha.id))

    assert seen["person_name"] == "Asha Rao"
    assert (seen["organisation_id"], seen["organisation_name"]) == (
        str(harbour.id),
        "Harbour Lane",
    )
    assert seen["team"] == "Crisis"
    assert (seen["community_name"], seen["community_slug"]) == ("CYP Hub", "cyp-hub")
    assert seen["can"] == []
    assert "asha@harbour.example" not in acting(bram).get(memberships(hub)).text


def test_the_list_says_the_same_as_the_single_read(acting, db, hub, lena, asha):
    joined(acting(asha), hub)
    bram = make.person(db, "Bram")
    joined(acting(bram), hub)
    fay = make.person(db, "Fay")
    make.member(db, hub, fay, Role.FACILITATOR)

    for reader in (asha, fay, lena):
        for item in listed(acting(reader), hub):
            assert item == read(acting(reader), item["id"])
            assert set(item) == set(MembershipRead.model_fields)


def test_filters_narrow_the_list(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    bram, rest = make.person(db, "Bram Ashton"), make.person(db, "Rest")
    make.member(db, hub, bram, Role.FACILITATOR)
    left = make.member(db, hub, rest)
    end(acting(lena), left.id)

    def names(**query):
        return sorted(m["person_name"] for m in listed(acting(lena), hub, **query))

    assert names() == ["Asha Rao", "Bram Ashton", "Lena"]
    assert names(state="removed") == ["Rest"]
    assert names(state=["removed", "active"]) == ["Asha Rao", "Bram Ashton", "Lena", "Rest"]
    assert names(role="facilitator") == ["Bram Ashton"]
    assert names(q="ASH") == ["Asha Rao", "Bram Ashton"]
    assert names(q="rao ash") == ["Asha Rao"]
    assert names(q="100%") == []
    assert names(person_id=str(asha.id)) == ["Asha Rao"]
    assert names(person_id=made["id"]) == []


def test_what_has_ended_is_listed_for_whoever_keeps_a_copy(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    since = now().isoformat()
    end(acting(asha), made["id"])

    changed = listed(acting(lena), hub, changed_since=since)

    assert [(m["id"], m["state"]) for m in changed] == [(made["id"], "ended")]
    later = (now() + timedelta(seconds=1)).isoformat()
    assert listed(acting(lena), hub, changed_since=later) == []


def test_a_long_list_comes_in_pages_by_age_or_by_name(acting, db, hub, lena):
    for name in ("Cleo", "Asha", "Dara", "Bram", "Asha"):
        make.member(db, hub, make.person(db, name))

    def walk(**query):
        found, cursor = [], None
        while True:
            page = acting(lena).get(
                memberships(hub),
                params={"limit": 2, **query, **({"cursor": cursor} if cursor else {})},
            )
            found += [m["person_name"] for m in page.json()["items"]]
            cursor = page.json()["next"]
            if cursor is None:
                return found
            assert 'rel="next"' in page.headers["link"]

    assert walk() == ["Asha", "Bram", "Dara", "Asha", "Cleo", "Lena"]
    assert walk(sort="name") == ["Asha", "Asha", "Bram", "Cleo", "Dara", "Lena"]
    counted = acting(lena).get(memberships(hub), params={"limit": 1, "count": True})
    assert counted.json()["count"] == 6


def test_a_cursor_of_one_community_is_no_good_in_another(acting, db, hub, lena):
    make.member(db, hub, make.person(db, "Asha"))
    other = make.community(db, "Other", lead=lena)
    cursor = acting(lena).get(memberships(hub), params={"limit": 1}).json()["next"]

    refused = acting(lena).get(memberships(other), params={"limit": 1, "cursor": cursor})

    assert refused.status_code == 422
    assert refused.json()["type"] == "/problems/bad-cursor"


def test_a_page_costs_the_same_number_of_statements_however_long_it_is(acting, app, db, hub, lena):
    make.member(db, hub, make.person(db, "Asha"))
    reader = acting(lena)
    sent = statements(app)

    def cost():
        reader.get(memberships(hub))  # what a connection remembers of the door is not the page's
        sent.clear()
        assert reader.get(memberships(hub), params={"limit": 100}).status_code == 200
        return len(sent)

    few = cost()
    assert any("FROM memberships" in text for text in sent)
    for n in range(20):
        make.member(db, hub, make.person(db, f"Member {n}"))

    assert cost() == few <= 6


def test_my_memberships_are_listed_with_their_communities(acting, db, lena, asha):
    for name in ("Peer circle", "CYP Hub"):
        joined(acting(asha), make.community(db, name, lead=lena))
    left = joined(acting(asha), make.community(db, "Left", lead=lena))
    end(acting(asha), left["id"])

    mine = acting(asha).get("/v1/me/memberships").json()["items"]
    facilitating = acting(asha).get("/v1/me/memberships?role=facilitator").json()["items"]

    assert [m["community_name"] for m in mine] == ["CYP Hub", "Peer circle"]
    assert [m["community_slug"] for m in mine] == ["cyp-hub", "peer-circle"]
    assert [m["state"] for m in mine] == ["active", "active"]
    assert facilitating == []
    assert acting(None).get("/v1/me/memberships").status_code == 401


def test_an_unchanged_membership_need_not_be_sent_again(acting, hub, asha):
    made = joined(acting(asha), hub)
    path = f"/v1/memberships/{made['id']}"
    etag = acting(asha).get(path).headers["etag"]

    assert acting(asha).get(path, headers={"If-None-Match": etag}).status_code == 304


def test_colleagues_are_those_one_shares_a_community_with(acting, db, hub, lena):
    asha, bram, cleo, dana = (make.person(db, n) for n in ("Asha", "Bram", "Cleo", "Dana"))
    for person in (asha, bram):
        make.member(db, hub, person)
    make.member(db, make.community(db, "Elsewhere"), cleo)

    def names(who, **query):
        answer = acting(who).get("/v1/me/colleagues", params=query)
        assert answer.status_code == 200, answer.text
        return [c["name"] for c in answer.json()["items"]]

    assert names(asha) == ["Bram", "Lena"]
    assert names(asha, q="bra") == ["Bram"]
    assert names(dana) == []


def test_who_runs_an_umbrella_reads_what_waits_beneath_it(acting, db, hub, lena):
    child = make.community(db, "Sleep", parent=hub, join_policy="on_request")
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")
    make.member(db, hub, bram)
    assert acting(asha).post(f"/v1/communities/{child.id}/memberships", json={}).status_code == 201
    path = f"/v1/communities/{hub.id}/memberships"
    asked = {"include": "descendants", "state": "requested"}

    found = acting(lena).get(path, params=asked).json()["items"]

    assert [(m["person_name"], m["community_name"]) for m in found] == [("Asha", "Sleep")]
    assert "approve" in found[0]["can"]
    assert acting(lena).get(path, params={"state": "requested"}).json()["items"] == []
    assert acting(bram).get(path, params=asked).status_code == 403
