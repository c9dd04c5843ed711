"""Whom those who lead may look up: the people of their networks, and those who are in none yet."""

import pytest

from tests import make


@pytest.fixture
def lena(db):
    lena = make.person(db, "Lena")
    make.community(db, "Midlands", lead=lena)
    return lena


@pytest.fixture
def bo(db):
    """He belongs to another network, which is confidential."""
    bo = make.person(db, "Bo", email="bo@harbour.example")
    other = make.community(db, "Shelter", lead=make.person(db, "Nia"), visibility="confidential")
    make.member(db, other, bo)
    return bo


def found(client, **query):
    return {p["name"] for p in client.get("/v1/people", params=query).json()["items"]}


def test_people_of_another_network_are_not_there(acting, lena, bo):
    client = acting(lena)

    assert found(client) == {"Lena"}
    assert found(client, email=bo.email) == found(client, q="Bo") == set()
    assert client.get(f"/v1/people/{bo.id}").status_code == 404
    change = client.patch(f"/v1/people/{bo.id}", json={"name": "X"}, headers={"If-Match": '"1-0"'})
    assert change.status_code == 404


def test_people_who_are_nowhere_yet_can_be_brought_in(acting, db, lena):
    make.person(db, "Noor")

    assert found(acting(lena)) == {"Lena", "Noor"}


def test_the_whole_network_is_known_to_who_leads_a_part_of_it(acting, db, lena):
    network = make.community(db, "Umbrella", lead=lena)
    chidi, asha = make.person(db, "Chidi"), make.person(db, "Asha")
    make.community(db, "Harbour", parent=network, lead=chidi)
    make.member(db, make.community(db, "Hillside", parent=network, lead=lena), asha)

    assert {"Asha", "Chidi", "Lena"} <= found(acting(chidi))


def test_a_steward_knows_everybody(acting, db, lena, bo):
    assert {"Bo", "Lena", "Nia"} <= found(acting(make.steward(db)))
