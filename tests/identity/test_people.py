"""People: who may add, see and change them."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlmodel import col, select

from api.core.actor import Role
from api.core.audit import AuditEntry
from api.identity.models import Affiliation, Person
from tests import make
from tests.looking import count, look


@pytest.fixture
def sunita(db):
    return make.steward(db)


@pytest.fixture
def lena(db):
    """The lead of a network."""
    lena = make.person(db, "Lena", email="lena@example.org")
    make.community(db, "Midlands Network", lead=lena)
    return lena


def change(client, person, **body):
    tag = client.get(f"/v1/people/{person.id}").headers["etag"]
    return client.patch(f"/v1/people/{person.id}", json=body, headers={"If-Match": tag})


def test_a_lead_adds_a_person(acting, db, lena):
    organisation = make.organisation(db)
    body = {
        "name": "Noor",
        "email": "Noor@Example.org",
        "organisation_id": str(organisation.id),
        "team": "Crisis",
        "locale": "cy-GB",
    }

    made = acting(lena).post("/v1/people", json=body)

    assert made.status_code == 201
    assert made.json()["email"] == "noor@example.org"
    assert acting(lena).get(f"/v1/people/{made.json()['id']}").json() == made.json()
    [kept] = look(db, select(Affiliation).where(Affiliation.team == "Crisis"))
    assert kept.organisation_id == organisation.id


def test_a_member_adds_nobody(acting, db, asha):
    answer = acting(asha).post("/v1/people", json={"name": "Noor"})

    assert answer.status_code == 403
    assert answer.json()["detail"].endswith("may add people.")


def test_an_address_belongs_to_one_person(acting, db, lena, asha):
    answer = acting(lena).post("/v1/people", json={"name": "Other", "email": "ASHA@example.org"})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/email-taken"
    assert "asha@" not in answer.text
    assert change(acting(make.steward(db)), lena, email="asha@example.org").status_code == 409


def test_people_may_have_no_address(acting, lena):
    for name in ("Anonymous one", "Anonymous two"):
        assert acting(lena).post("/v1/people", json={"name": name}).status_code == 201


def test_a_foreign_organisation_is_refused(acting, lena):
    body = {"name": "Noor", "organisation_id": str(make.UNKNOWN)}

    answer = acting(lena).post("/v1/people", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"at": "body/organisation_id", "detail": "no such organisation"}
    ]


def test_who_leads_looks_anybody_up_and_a_member_only_themselves(acting, db, lena, asha):
    omar = make.person(db, "Omar")

    everybody = acting(lena).get("/v1/people").json()["items"]
    myself = acting(omar).get("/v1/people").json()["items"]

    assert {p["name"] for p in everybody} == {"Lena", "Asha", "Omar"}
    assert all(p["email"] for p in everybody)
    assert [p["name"] for p in myself] == ["Omar"]
    assert acting(omar).get(f"/v1/people/{omar.id}").json()["email"] == omar.email
    hidden = acting(omar).get(f"/v1/people/{asha.id}")
    random = acting(omar).get(f"/v1/people/{make.UNKNOWN}")
    assert hidden.status_code == random.status_code == 404
    assert hidden.json()["detail"] == random.json()["detail"]
    assert acting(omar).get(f"/v1/people?email={asha.email}").json()["items"] == []


@pytest.mark.parametrize(
    "role",
    [Role.FACILITATOR, Role.SPONSOR, Role.ANALYST, Role.MEMBER, Role.OBSERVER],
)
def test_other_roles_look_nobody_up(acting, db, lena, role):
    omar = make.person(db, "Omar")
    network = look(db, select(make.Community))[0]
    make.member(db, network, omar, role)

    assert [p["name"] for p in acting(omar).get("/v1/people").json()["items"]] == ["Omar"]


def test_people_are_found_by_name_address_organisation_and_change(acting, db, sunita):
    organisation = make.organisation(db)
    make.person(db, "Zoë Strauß", email="zoe@example.org", organisation_id=organisation.id)
    make.person(db, "100% Zed_")
    client = acting(sunita)

    def found(**query):
        return [p["name"] for p in client.get("/v1/people", params=query).json()["items"]]

    assert found(q="zoë") == found(q="ZOË STRAUß") == found(q="strauß zoë") == ["Zoë Strauß"]
    assert found(q="100%") == found(q="zed_") == ["100% Zed_"]
    assert found(q="%") == ["100% Zed_"]
    assert found(q="\\") == []
    assert found(email="ZOE@example.org") == ["Zoë Strauß"]
    assert found(organisation_id=str(organisation.id)) == ["Zoë Strauß"]
    assert found(changed_since="2100-01-01T00:00:00Z") == []
    assert len(found(changed_since="2020-01-01T00:00:00+02:00")) == 3


def test_the_list_says_the_same_as_each_single_read(acting, db, sunita, lena, asha):
    for reader in (sunita, lena, asha):
        client = acting(reader)
        for listed in client.get("/v1/people").json()["items"]:
            assert listed == client.get(f"/v1/people/{listed['id']}").json()


def test_somebody_changes_their_own_name_but_not_where_they_belong(acting, db, asha):
    organisation = make.organisation(db)

    assert change(acting(asha), asha, name="Asha Rao", team="Crisis").status_code == 200

    for more in ({"organisation_id": str(organisation.id)}, {"counted": False}):
        answer = change(acting(asha), asha, **more)
        assert answer.status_code == 403
    assert change(acting(asha), asha, email="new@example.org").status_code == 403


def test_who_leads_a_network_says_where_somebody_belongs(acting, db, lena, asha):
    first, second = make.organisation(db), make.organisation(db, "Second")

    change(acting(lena), asha, organisation_id=str(first.id))
    change(acting(lena), asha, organisation_id=str(second.id), team="Crisis")
    answer = change(acting(lena), asha, counted=False)

    assert answer.json()["counted"] is False
    history = look(
        db,
        select(Affiliation).where(Affiliation.person_id == asha.id).order_by(col(Affiliation.id)),
    )
    assert [(a.organisation_id, a.team, a.counted) for a in history] == [
        (None, None, True),
        (first.id, None, True),
        (second.id, "Crisis", True),
        (second.id, "Crisis", False),
    ]
    assert [a.replaced_at is None for a in history] == [False, False, False, True]
    for before, after in pairwise(history):
        assert before.replaced_at == after.recorded_at


def test_who_leads_a_community_beneath_a_network_changes_nobody(acting, db, lena, asha):
    omar = make.person(db, "Omar")
    network = look(db, select(make.Community))[0]
    make.community(db, "Peer support", parent=network, lead=omar)

    assert change(acting(omar), asha, name="Other").status_code == 403
    assert change(acting(lena), asha, name="Asha Rao").status_code == 200


def test_only_a_steward_changes_the_address_somebody_signs_in_with(acting, db, lena, asha, sunita):
    without = make.person(db, "Without", email=None)

    assert change(acting(lena), asha, email="new@example.org").status_code == 403
    assert change(acting(lena), without, email="first@example.org").status_code == 200
    assert change(acting(sunita), asha, email="new@example.org").json()["email"] == (
        "new@example.org"
    )


def test_what_somebody_may_do_is_told(acting, db, lena, asha, sunita):
    def can(reader):
        return acting(reader).get(f"/v1/people/{asha.id}").json()["can"]

    assert can(asha) == ["edit_person"]
    assert can(lena) == ["edit_person", "place_person"]
    assert can(sunita) == ["edit_person", "place_person", "change_email", "disable_person"]


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"name": None}, "body/name"),
        ({"email": None}, "body/email"),
        ({"email": "nobody"}, "body/email"),
        ({"timezone": "Mars/Olympus"}, "body/timezone"),
        ({"locale": "english"}, "body/locale"),
        ({"counted": None}, "body/counted"),
        ({"steward": True}, "body/steward"),
        ({"password_hash": "x"}, "body/password_hash"),
        ({"team": "x" * 61}, "body/team"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(acting, sunita, asha, body, at):
    answer = change(acting(sunita), asha, **body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == at


def test_what_can_be_empty_can_be_emptied(acting, db, sunita):
    noor = make.person(db, "Noor", organisation_id=make.organisation(db).id, team="Crisis")

    answer = change(acting(sunita), noor, organisation_id=None, team=None)

    assert answer.json()["organisation_id"] is None
    assert answer.json()["team"] is None


def test_every_change_is_written_down(acting, db, sunita, asha):
    answer = change(acting(sunita), asha, name="Asha Rao")

    [row] = look(db, select(AuditEntry).where(AuditEntry.verb == "person.changed"))
    assert (row.object_id, row.actor_id) == (asha.id, sunita.id)
    assert row.request_id == answer.headers["x-request-id"]


def test_somebody_reads_and_changes_themselves(acting, db, lena):
    client = acting(lena)
    me = client.get("/v1/me")
    assert me.json()["roles"][0]["role"] == "lead"
    assert {"edit_profile", "add_person", "add_organisation"} <= set(me.json()["can"])

    body = {"name": "Lena Berg", "timezone": "Europe/Berlin", "locale": "de", "team": None}
    answer = client.patch("/v1/me", json=body, headers={"If-Match": me.headers["etag"]})

    assert answer.status_code == 200
    assert answer.json() == client.get("/v1/me").json()
    assert client.patch("/v1/me", json=body).status_code == 428
    stale = client.patch("/v1/me", json=body, headers={"If-Match": me.headers["etag"]})
    assert stale.status_code == 412
    for wrong in ({"email": "x@example.org"}, {"steward": True}, {"name": None}):
        tag = client.get("/v1/me").headers["etag"]
        assert client.patch("/v1/me", json=wrong, headers={"If-Match": tag}).status_code == 422


def test_somebody_is_told_in_which_networks_they_are_but_of_no_confidential_one_above(
    acting, db, asha
):
    hidden = make.community(db, "Shelter", lead=make.person(db, "Nia"), visibility="confidential")
    beneath = make.community(db, "Harbour", parent=hidden, lead=make.person(db, "Bo"))
    open_to_all = make.community(db, "Midlands")
    make.member(db, beneath, asha)
    make.member(db, make.community(db, "Peers", parent=open_to_all), asha)

    told = acting(asha).get("/v1/me").json()["networks"]

    assert told == [{"id": str(open_to_all.id), "name": "Midlands"}]


def test_somebody_says_how_they_like_to_learn_and_takes_it_back(acting, db, asha):
    client = acting(asha)
    liked = {
        "settings": ["pairs", "small_group"],
        "direction": "be_asked",
        "times": ["morning"],
        "communities_at_most": 2,
        "place_me": True,
    }

    assert client.put("/v1/me/preferences", json=liked).status_code == 200
    assert client.get("/v1/me/preferences").json().items() >= liked.items()
    assert client.get("/v1/me").json()["preferences"]["place_me"] is True

    client.put("/v1/me/preferences", json={})
    assert client.get("/v1/me/preferences").json()["settings"] == []
    assert look(db, select(Person.preferences).where(Person.id == asha.id)) == [{}]
    for wrong in (
        {"mood": "low"},
        {"settings": ["crowd"]},
        {"communities_at_most": 4},
        {"communities_at_most": "2"},
        {"place_me": 1},
        {"place_me": "yes"},
    ):
        assert client.put("/v1/me/preferences", json=wrong).status_code == 422


def test_two_who_add_the_same_address_at_once_add_one_person(acting, db, lena, monkeypatch):
    monkeypatch.setattr("api.identity.people.service._free_email", lambda *_: None)
    client = acting(lena)

    with ThreadPoolExecutor(6) as pool:
        body = {"name": "Noor", "email": "noor@example.org"}
        answers = list(pool.map(lambda _: client.post("/v1/people", json=body), range(6)))

    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409, 409]
    assert count(db, Person, Person.email == "noor@example.org") == 1
