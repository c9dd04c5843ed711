"""Every way to misuse memberships has an answer that says what is wrong, and stores nothing."""

import json

import pytest
from sqlmodel import func, select

from api.core.events import Outbox
from api.memberships.models import Membership
from tests.memberships.moves import change, end, joined, memberships

NOBODY = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def stored(db):
    """Counts what is stored; a refused request leaves it as it was."""

    def numbers():
        db.commit()
        found = [db.exec(select(func.count()).select_from(t)).one() for t in (Membership, Outbox)]
        db.commit()
        return found

    return numbers


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"person": "asha"}, "body/person"),
        ({"person_id": None}, "body/person_id"),
        ({"person_id": "asha"}, "body/person_id"),
        ({"person_id": 2**63}, "body/person_id"),
        ({"person_id": "\ud800"}, "body/person_id"),
        ({"person_id": NOBODY}, "body/person_id"),
        ({"person_id": NOBODY, "email": "asha@harbour.example"}, "body"),
        ({"email": "asha"}, "body/email"),
        ({"email": "asha\x00@harbour.example"}, "body/email"),
        ({"email": "\udfff@harbour.example"}, "body/email"),
        ({"email": "a" * 300 + "@harbour.example"}, "body/email"),
        ({"person_id": NOBODY, "role": "king"}, "body/role"),
        ({"person_id": NOBODY, "role": None}, "body/role"),
        ({"person_id": NOBODY, "joined_at": None}, "body/joined_at"),
        ({"person_id": NOBODY, "joined_at": "soon"}, "body/joined_at"),
        ({"person_id": NOBODY, "joined_at": "2026-01-01T00:00:00"}, "body/joined_at"),
        ({"person_id": NOBODY, "joined_at": "0001-01-01T00:00:00+14:00"}, "body/joined_at"),
        ({"person_id": NOBODY, "joined_at": "9999-12-31T23:59:59-14:00"}, "body/joined_at"),
        ({"person_id": NOBODY, "joined_at": 2**63}, "body/joined_at"),
        ({"role": "lead"}, "body"),
        ({"joined_at": "2026-01-01T00:00:00Z"}, "body"),
        ({"ground_rules_version": 2**63}, "body/ground_rules_version"),
        ({"ground_rules_version": -1}, "body/ground_rules_version"),
        ({"ground_rules_version": 1.5}, "body/ground_rules_version"),
        ({"ground_rules_version": "1"}, "body/ground_rules_version"),
        ({"ground_rules_version": True}, "body/ground_rules_version"),
        ({"ground_rules_version": None}, "body/ground_rules_version"),
        ([], "body"),
        ("{}", "body"),
    ],
)
def test_a_membership_that_makes_no_sense_is_refused(acting, hub, lena, stored, body, where):
    lead = acting(lena)
    before = stored()

    # As ASCII, because half a surrogate pair can only be sent escaped.
    refused = lead.post(
        memberships(hub),
        content=json.dumps(body, ensure_ascii=True),
        headers={"Content-Type": "application/json"},
    )

    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["at"] == where
    assert stored() == before


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"status": "active"}, "body/status"),
        ({"state": "gone"}, "body/state"),
        ({"state": None}, "body/state"),
        ({"role": None}, "body/role"),
        ({"role": 1}, "body/role"),
        ({"reason": "Because."}, "body"),
        ({"state": "paused", "reason": ""}, "body/reason"),
        ({"state": "paused", "reason": "x" * 1001}, "body/reason"),
        ({"state": "paused", "reason": "half\x00way"}, "body/reason"),
        ({"joined_at": "2999-01-01T00:00:00Z"}, "body/joined_at"),
        ({"ended_at": None}, "body/ended_at"),
        ({"ground_rules_version": "NaN"}, "body/ground_rules_version"),
        ({"ground_rules_version": "1"}, "body/ground_rules_version"),
        ({"ground_rules_version": True}, "body/ground_rules_version"),
        ({"version": 7}, "body/version"),
        ({"person_id": NOBODY}, "body/person_id"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(acting, hub, lena, asha, stored, body, where):
    lead = acting(lena)
    made = joined(acting(asha), hub)
    before = stored()

    refused = change(lead, made["id"], **body)

    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["at"] == where
    assert stored() == before


@pytest.mark.parametrize(
    "query",
    [
        {"state": "gone"},
        {"states": "active"},
        {"role": "king"},
        {"person_id": "asha"},
        {"q": ""},
        {"q": "x" * 121},
        {"q": "a\x00b"},
        {"changed_since": "yesterday"},
        {"changed_since": "9999-12-31T23:59:59-14:00"},
        {"limit": 0},
        {"limit": 101},
        {"limit": 2**63},
        {"sort": "age"},
        {"cursor": "abc"},
        {"cursor": "\u00e9"},
    ],
)
def test_a_list_asked_for_in_strange_words_is_refused(acting, hub, lena, query):
    answer = acting(lena).get(memberships(hub), params=query)

    assert answer.status_code == 422, answer.text


def test_ids_that_are_none_and_ids_of_nothing(acting, hub, lena, asha):
    lead = acting(lena)
    match = {"If-Match": '"1-0"'}

    for membership_id, status in (("1", 422), (NOBODY, 404), (hub.id, 404)):
        path = f"/v1/memberships/{membership_id}"
        assert lead.get(path).status_code == status
        assert lead.patch(path, json={"role": "member"}, headers=match).status_code == status
        assert lead.delete(path, headers=match).status_code == status
    for community_id, status in (("1", 422), (NOBODY, 404)):
        path = f"/v1/communities/{community_id}/memberships"
        assert lead.get(path).status_code == status
        assert lead.post(path, json={}).status_code == status
        assert lead.put(path, json={"items": [{"email": "a@b.example"}]}).status_code == status


def test_a_reason_to_remove_somebody_is_text_and_nothing_else_is_asked(acting, hub, lena, asha):
    made = joined(acting(asha), hub)

    assert end(acting(lena), made["id"], reason="x" * 1001).status_code == 422
    assert end(acting(lena), made["id"], reason="a\x00b").status_code == 422
    assert end(acting(lena), made["id"], reasn="Left.").status_code == 422
    assert end(acting(lena), made["id"], reason="Left.").status_code == 204


def test_broken_json_and_other_methods_are_told_apart(acting, hub, lena):
    lead = acting(lena)
    broken = lead.post(
        memberships(hub), content=b'{"person_id": ', headers={"Content-Type": "application/json"}
    )

    assert broken.status_code == 400
    assert lead.delete(memberships(hub)).status_code == 405


def test_an_etag_nobody_ever_gave_is_refused(acting, hub, lena, asha):
    made = joined(acting(asha), hub)
    path = f"/v1/memberships/{made['id']}"

    for tag in ('"99-0"', '"x"', '"-1-0"', "W/", '""', '"1e1"'):
        stale = acting(lena).patch(path, json={"role": "observer"}, headers={"If-Match": tag})
        assert stale.status_code == 412, tag
