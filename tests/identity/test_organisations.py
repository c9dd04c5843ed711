"""The organisations people belong to."""

import pytest
from sqlmodel import select

from api.core.audit import AuditEntry
from tests import make
from tests.looking import look


@pytest.fixture
def sunita(db):
    return make.steward(db)


def change(client, made, **body):
    url = f"/v1/organisations/{made['id']}"
    return client.patch(url, json=body, headers={"If-Match": client.get(url).headers["etag"]})


def test_an_organisation_has_domains_and_teams(acting, db, sunita):
    body = {
        "name": "Harbour Lane Trust",
        "kind": "charity",
        "domains": ["harbour.example.org", "harbour.example.org"],
        "teams": ["Crisis", "Youth", "Crisis"],
    }

    made = acting(sunita).post("/v1/organisations", json=body)

    assert made.status_code == 201
    assert made.json()["domains"] == ["harbour.example.org"]
    assert made.json()["teams"] == ["Crisis", "Youth"]
    assert made.json()["can"] == ["edit_organisation"]
    url = f"/v1/organisations/{made.json()['id']}"
    assert acting(sunita).get(url).json() == made.json()
    assert acting(sunita).get("/v1/organisations").json()["items"] == [made.json()]


def test_a_name_belongs_to_one_organisation_however_it_is_written(acting, sunita):
    client = acting(sunita)
    first = client.post("/v1/organisations", json={"name": "Straße Ärzte"}).json()
    second = client.post("/v1/organisations", json={"name": "Other"}).json()

    for same in ("Straße Ärzte", "straße ärzte", " STRAßE ÄRZTE "):
        answer = client.post("/v1/organisations", json={"name": same})
        assert answer.status_code == 409, same
        assert answer.json()["type"] == "/problems/organisation-name-taken"
    assert change(client, second, name="straße ärzte").status_code == 409
    assert change(client, first, name="STRAßE Ärzte").status_code == 200


def test_members_read_organisations_and_leads_change_them(acting, db, sunita, asha):
    lena, omar = make.person(db, "Lena"), make.person(db, "Omar")
    network = make.community(db, "Midlands", lead=lena)
    make.community(db, "Beneath", parent=network, lead=omar)
    made = acting(omar).post("/v1/organisations", json={"name": "Harbour Lane"}).json()

    assert acting(asha).get("/v1/organisations").json()["items"][0]["can"] == []
    assert acting(asha).post("/v1/organisations", json={"name": "Mine"}).status_code == 403
    assert change(acting(asha), made, kind="funder").status_code == 403
    assert change(acting(omar), made, kind="funder").status_code == 403
    assert change(acting(lena), made, kind="funder").json()["kind"] == "funder"
    assert change(acting(sunita), made, teams=["Crisis"]).json()["teams"] == ["Crisis"]


def test_a_change_needs_the_version_it_was_made_from(acting, sunita):
    client = acting(sunita)
    made = client.post("/v1/organisations", json={"name": "Harbour Lane"})
    url = f"/v1/organisations/{made.json()['id']}"

    assert client.patch(url, json={"name": "Other"}).status_code == 428
    first = client.patch(url, json={"name": "Other"}, headers={"If-Match": made.headers["etag"]})
    late = client.patch(url, json={"name": "Late"}, headers={"If-Match": made.headers["etag"]})

    assert (first.status_code, late.status_code) == (200, 412)


def test_organisations_are_found_by_name_kind_and_change(acting, db, sunita):
    make.organisation(db, "Harbour Lane Trust", kind="charity")
    make.organisation(db, "Ärzte Mitte", kind="provider")
    client = acting(sunita)

    def found(**query):
        return [o["name"] for o in client.get("/v1/organisations", params=query).json()["items"]]

    assert found(q="lane harbour") == ["Harbour Lane Trust"]
    assert found(q="ärzte") == found(q="ÄRZTE") == ["Ärzte Mitte"]
    assert found(kind="charity") == ["Harbour Lane Trust"]
    assert found(changed_since="2100-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"name": ""}, "body/name"),
        ({"name": "Ok", "kind": "club"}, "body/kind"),
        ({"name": "Ok", "domains": ["not a domain"]}, "body/domains/0"),
        ({"name": "Ok", "domains": ["UPPER.example.org"]}, "body/domains/0"),
        ({"name": "Ok", "teams": [""]}, "body/teams/0"),
        ({"name": "Ok", "teams": None}, "body/teams"),
        ({"name": "Ok", "id": str(make.UNKNOWN)}, "body/id"),
    ],
)
def test_what_makes_no_sense_is_refused(acting, sunita, body, at):
    answer = acting(sunita).post("/v1/organisations", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == at


def test_unknown_organisations_do_not_exist(acting, sunita):
    assert acting(sunita).get(f"/v1/organisations/{make.UNKNOWN}").status_code == 404


def test_every_change_is_written_down(acting, db, sunita):
    made = acting(sunita).post("/v1/organisations", json={"name": "Harbour Lane"}).json()
    change(acting(sunita), made, kind="funder")

    verbs = look(db, select(AuditEntry.verb).where(AuditEntry.object_type == "organisation"))
    assert sorted(verbs) == ["organisation.added", "organisation.changed"]
