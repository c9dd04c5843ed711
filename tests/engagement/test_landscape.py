"""The landscape list: whom a community hopes to reach, and how many of them are there."""

import pytest

from api.core.clock import now
from tests import make


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def community(db, lena):
    return make.community(db, lead=lena)


def drawn(client, community, *organisations):
    body = {"organisation_ids": [str(each.id) for each in organisations]}
    answer = client.put(f"/v1/communities/{community.id}/landscape", json=body)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["organisations"]]


def reach(client, community, **asked):
    path = f"/v1/communities/{community.id}/metrics"
    answer = client.get(path, params={"ids": "organisation_reach", **asked})
    [value] = answer.json()["items"]
    return value["numerator"], value["denominator"]


def test_reach_is_measured_against_the_list(acting, db, lena, community):
    ours, theirs = make.organisation(db, "Ours"), make.organisation(db, "Theirs")
    mo = make.person(db, "Mo", organisation_id=ours.id)
    make.member(db, community, mo)

    assert drawn(acting(lena), community, theirs, ours, theirs) == ["Ours", "Theirs"]
    assert reach(acting(lena), community) == (1, 2)


def test_a_new_list_leaves_the_past_alone(acting, db, lena, community):
    ours, theirs = make.organisation(db, "Ours"), make.organisation(db, "Theirs")
    drawn(acting(lena), community, ours, theirs)
    before = now().isoformat()

    assert drawn(acting(lena), community, theirs) == ["Theirs"]
    assert drawn(acting(lena), community, theirs) == ["Theirs"]
    assert reach(acting(lena), community) == (0, 1)
    assert reach(acting(lena), community, as_of=before) == (0, 2)
    assert drawn(acting(lena), community) == []
    assert drawn(acting(lena), community, ours) == ["Ours"]


def test_members_read_the_list_and_leads_draw_it(acting, db, lena, community):
    asha, mo = make.person(db, "Asha"), make.person(db, "Mo")
    make.member(db, community, asha)
    path = f"/v1/communities/{community.id}/landscape"

    assert acting(asha).get(path).json()["organisations"] == []
    assert acting(asha).put(path, json={"organisation_ids": []}).status_code == 403
    assert acting(mo).get(path).status_code == 403


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body/organisation_ids"),
        ({"organisation_ids": None}, "body/organisation_ids"),
        ({"organisation_ids": ["x"]}, "body/organisation_ids/0"),
        ({"organisation_ids": ["01a20000-0000-7000-8000-000000000000"] * 1001}, "body/org"),
        ({"organisation_ids": ["01a20000-0000-7000-8000-000000000000"]}, "body/organisation_ids/0"),
        ({"organisation_ids": [], "note": "x"}, "body/note"),
    ],
)
def test_a_list_without_sense_is_refused(acting, lena, community, body, at):
    answer = acting(lena).put(f"/v1/communities/{community.id}/landscape", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"].startswith(at)
