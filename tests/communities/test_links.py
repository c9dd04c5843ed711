"""Bonds between communities, offered by one and accepted by the other."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from api.communities import links
from api.communities.models import CommunityLink
from api.core.audit import AuditEntry
from tests import make
from tests.looking import count, look


@pytest.fixture
def omar(db):
    return make.person(db, "Omar")


@pytest.fixture
def harbour(db, omar):
    return make.community(db, "Harbour", lead=omar)


def offer(client, here, there, kind="sister", **more):
    return client.post(
        f"/v1/communities/{here.id}/links", json={"to_id": str(there.id), "kind": kind, **more}
    )


def answer(client, link, accept):
    return client.put(f"/v1/links/{link['id']}/answer", json={"accept": accept})


def listed(client, community):
    return client.get(f"/v1/communities/{community.id}/links").json()["items"]


def test_a_link_is_offered_and_accepted(acting, db, lena, network, omar, harbour):
    made = offer(acting(lena), network, harbour, note="We share two members.")

    assert made.status_code == 201
    assert made.json()["state"] == "offered"
    assert made.json()["can"] == ["remove_link"]
    [theirs] = listed(acting(omar), harbour)
    assert theirs["can"] == ["answer_link", "remove_link"]

    accepted = answer(acting(omar), theirs, accept=True)

    assert accepted.status_code == 200
    assert accepted.json()["state"] == "accepted"
    assert accepted.json()["answered_at"]
    assert accepted.json()["can"] == ["remove_link"]
    assert listed(acting(omar), harbour) == [accepted.json()]
    asha = acting(make.person(db))
    assert [link["can"] for link in listed(asha, network)] == [[]]


def test_an_offer_is_seen_by_both_sides_and_nobody_else(acting, db, lena, network, omar, harbour):
    offer(acting(lena), network, harbour)
    asha = make.person(db)
    make.member(db, harbour, asha)

    for reader in (lena, omar, make.steward(db)):
        for community in (network, harbour):
            assert len(listed(acting(reader), community)) == 1, (reader.name, community.name)
    for community in (network, harbour):
        assert listed(acting(asha), community) == []


def test_the_list_agrees_with_the_rules_for_every_reader(acting, db, lena, network, omar, harbour):
    third = make.community(db, "Third", lead=lena)
    offer(acting(lena), network, harbour)
    offer(acting(omar), harbour, third, kind="interdependency")
    offer(acting(lena), network, third, kind="shared_interest")

    assert [link["can"] for link in listed(acting(lena), harbour)] == [
        ["answer_link", "remove_link"],
        ["remove_link"],
    ]
    assert [link["state"] for link in listed(acting(lena), third)] == ["accepted", "offered"]
    assert [link["state"] for link in listed(acting(omar), third)] == ["accepted", "offered"]
    assert listed(acting(omar), third)[0]["can"] == []


def test_a_link_can_be_declined_and_offered_again(acting, db, lena, network, omar, harbour):
    first = offer(acting(lena), network, harbour).json()
    assert answer(acting(omar), first, accept=False).json()["state"] == "declined"

    again = offer(acting(lena), network, harbour)

    assert again.status_code == 201
    assert again.json()["id"] != first["id"]
    assert count(db, CommunityLink) == 1


def test_an_answer_is_given_once(acting, lena, network, omar, harbour):
    link = offer(acting(lena), network, harbour).json()
    answer(acting(omar), link, accept=True)

    late = answer(acting(omar), link, accept=False)

    assert late.status_code == 409
    assert late.json()["type"] == "/problems/illegal-move"
    assert late.json()["legal"] == ["remove"]


def test_only_the_side_it_was_offered_to_answers(acting, db, lena, network, omar, harbour):
    link = offer(acting(lena), network, harbour).json()
    asha = make.person(db)

    assert answer(acting(lena), link, accept=True).status_code == 403
    assert answer(acting(asha), link, accept=True).status_code == 404
    assert answer(acting(make.steward(db)), link, accept=True).status_code == 200


def test_who_speaks_for_both_sides_needs_nobodys_answer(acting, db, lena, network):
    other = make.community(db, "Other", lead=lena)

    assert offer(acting(lena), network, other).json()["state"] == "accepted"


def test_the_same_two_are_linked_once_in_one_way(acting, lena, network, omar, harbour):
    offer(acting(lena), network, harbour)

    for client, here, there in (
        (acting(lena), network, harbour),
        (acting(omar), harbour, network),
    ):
        twice = offer(client, here, there)
        assert twice.status_code == 409
        assert twice.json()["type"] == "/problems/already-linked"
    assert offer(acting(omar), harbour, network, kind="successor").status_code == 201
    assert offer(acting(lena), network, network).status_code == 409


def test_offers_that_cross_each_other_meet(acting, db, lena, network, omar, harbour, monkeypatch):
    living = links.living

    def slow(community):
        living(community)
        time.sleep(0.1)

    monkeypatch.setattr(links, "living", slow)
    one, other = acting(lena), acting(omar)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(offer, one, network, harbour)
        second = pool.submit(offer, other, harbour, network)

    assert sorted([first.result().status_code, second.result().status_code]) == [201, 409]
    assert count(db, CommunityLink) == 1


def test_of_two_answers_at_once_the_first_counts(acting, db, lena, network, omar, harbour):
    link = offer(acting(lena), network, harbour).json()
    client = acting(omar)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda a: answer(client, link, a), [True, False] * 4))

    assert sorted(a.status_code for a in answers) == [200] + [409] * 7
    verbs = look(db, select(AuditEntry.verb).where(AuditEntry.object_type == "link"))
    assert sorted(verbs) == ["link.answered", "link.offered"]


def test_either_side_takes_a_link_away(acting, db, lena, network, omar, harbour):
    for client in (acting(lena), acting(omar)):
        link = offer(acting(lena), network, harbour).json()
        answer(acting(omar), link, accept=True)
        assert acting(make.person(db)).delete(f"/v1/links/{link['id']}").status_code == 403

        assert client.delete(f"/v1/links/{link['id']}").status_code == 204

        assert client.delete(f"/v1/links/{link['id']}").status_code == 404
    verbs = look(db, select(AuditEntry.verb).where(AuditEntry.object_type == "link"))
    assert verbs.count("link.removed") == 2


def test_a_link_to_what_nobody_may_see_is_refused_and_hidden(acting, db, lena, network, omar):
    secret = make.community(db, "Secret", lead=omar, visibility="confidential")

    hidden = offer(acting(lena), network, secret)
    random = acting(lena).post(
        f"/v1/communities/{network.id}/links", json={"to_id": str(make.UNKNOWN), "kind": "sister"}
    )
    assert hidden.status_code == random.status_code == 422
    assert hidden.json()["errors"] == random.json()["errors"]

    link = offer(acting(omar), secret, network).json()
    assert listed(acting(lena), network) == []
    assert answer(acting(lena), link, accept=True).status_code == 404
    assert acting(lena).delete(f"/v1/links/{link['id']}").status_code == 404
    accepted = answer(acting(make.steward(db)), link, accept=True)
    assert accepted.status_code == 200
    assert listed(acting(lena), network) == []


def test_members_offer_no_links_and_archived_communities_have_none(
    acting, db, lena, network, omar, harbour
):
    assert offer(acting(omar), network, harbour).status_code == 403

    acting(omar).post(f"/v1/communities/{harbour.id}/archive", json={})

    assert offer(acting(lena), network, harbour).json()["type"] == "/problems/archived"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"to_id": "x", "kind": "sister"},
        {"to_id": str(make.UNKNOWN), "kind": "cousin"},
        {"to_id": str(make.UNKNOWN), "kind": "sister", "note": "x" * 201},
        {"to_id": str(make.UNKNOWN), "kind": "sister", "state": "accepted"},
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(acting, lena, network, body):
    assert acting(lena).post(f"/v1/communities/{network.id}/links", json=body).status_code == 422
