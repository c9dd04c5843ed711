"""Things to read around a session."""

import pytest

from tests import make
from tests.make import sessions as made

PAPER = {"title": "The paper we discuss", "url": "https://example.org/paper.pdf?v=2#page=3"}


def test_those_who_run_it_and_speakers_add_what_there_is_to_read(acting, db, lena, community, asha):
    session = made.session(db, community, speakers=[{"person_id": asha.id}])
    ben = make.person(db, "Ben")
    make.member(db, community, ben)
    url = f"/v1/sessions/{session.id}/materials"

    by_lead = acting(lena).post(url, json=PAPER)
    by_speaker = acting(asha).post(url, json=PAPER)
    by_member = acting(ben).post(url, json=PAPER)

    assert [a.status_code for a in (by_lead, by_speaker, by_member)] == [201, 201, 403]
    assert by_lead.json()["url"] == PAPER["url"]
    listed = acting(ben).get(url).json()["items"]
    assert [m["id"] for m in listed] == [by_lead.json()["id"], by_speaker.json()["id"]]
    assert [m["can"] for m in listed] == [[], []]
    assert [m["can"] for m in acting(asha).get(url).json()["items"]] == [[], ["remove"]]


def test_a_link_is_taken_away_by_whoever_added_it_or_runs_the_session(
    acting, db, lena, community, asha
):
    session = made.session(db, community, speakers=[{"person_id": asha.id}])
    url = f"/v1/sessions/{session.id}/materials"
    first = acting(lena).post(url, json=PAPER).json()["id"]
    second = acting(asha).post(url, json=PAPER).json()["id"]

    assert acting(asha).delete(f"/v1/materials/{first}").status_code == 403
    assert acting(asha).delete(f"/v1/materials/{second}").status_code == 204
    assert acting(lena).delete(f"/v1/materials/{first}").status_code == 204
    assert acting(lena).delete(f"/v1/materials/{first}").status_code == 404
    assert acting(lena).get(url).json()["items"] == []


def test_what_one_may_not_see_has_no_materials(acting, db, lena, community):
    stranger = make.person(db, "Stranger")
    session = made.session(db, community)
    url = f"/v1/sessions/{session.id}/materials"
    material = acting(lena).post(url, json=PAPER).json()["id"]

    assert acting(stranger).get(url).status_code == 404
    assert acting(stranger).post(url, json=PAPER).status_code == 404
    assert acting(stranger).delete(f"/v1/materials/{material}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "https://user:pass@example.org",
        "https://example.org/a b",
        "https://[not-an-address",
        "https://example.org:99999/",
        "ftp://example.org",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_only_plain_https_addresses_are_taken(acting, db, lena, community, address):
    session = made.session(db, community)

    refused = acting(lena).post(
        f"/v1/sessions/{session.id}/materials", json={"title": "Trap", "url": address}
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/url"


def test_a_cancelled_session_gets_nothing_more_to_read(acting, db, lena, community):
    session = made.session(db, community)
    etag = acting(lena).get(f"/v1/sessions/{session.id}").headers["etag"]
    acting(lena).delete(f"/v1/sessions/{session.id}", headers={"If-Match": etag})

    refused = acting(lena).post(f"/v1/sessions/{session.id}/materials", json=PAPER)

    assert refused.status_code == 409
