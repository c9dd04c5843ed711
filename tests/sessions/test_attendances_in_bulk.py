"""Recording many people in one call: all of them, or those that can be."""

import pytest
from sqlmodel import select

from api.core.events import Outbox
from api.sessions.models import Attendance
from tests import make
from tests.looking import count, look


def url(session):
    return f"/v1/sessions/{session.id}/attendances"


def test_many_are_recorded_at_once_and_again_without_effect(acting, db, lena, asha, ben, session):
    items = [
        {"person_id": str(asha.id), "status": "attended", "minutes": 55},
        {"person_id": str(ben.id), "status": "no_show"},
    ]

    first = acting(lena).post(url(session), json={"items": items})
    again = acting(lena).post(url(session), json={"items": items})

    assert first.status_code == 200, first.text
    assert [i["status"] for i in first.json()["items"]] == ["created", "created"]
    assert (first.json()["applied"], first.json()["dry_run"]) == (2, False)
    assert [i["status"] for i in again.json()["items"]] == ["unchanged", "unchanged"]
    assert [i["id"] for i in again.json()["items"]] == [i["id"] for i in first.json()["items"]]
    assert count(db, Attendance) == 2


def test_one_wrong_row_refuses_all_unless_the_rest_is_wanted(acting, db, lena, asha, ben, session):
    items = [
        {"person_id": str(asha.id), "status": "attended"},
        {"person_id": str(make.UNKNOWN), "status": "attended"},
        {"person_id": str(asha.id), "status": "no_show"},
        {"person_id": str(ben.id), "status": "no_show", "minutes": 5},
    ]

    refused = acting(lena).post(url(session), json={"items": items})
    assert refused.status_code == 422
    assert [e["at"] for e in refused.json()["errors"]] == [
        "body/items/1/person_id",
        "body/items/2/person_id",
        "body/items/3/minutes",
    ]
    assert count(db, Attendance) == 0

    partial = acting(lena).post(url(session) + "?mode=partial", json={"items": items}).json()
    assert [i["status"] for i in partial["items"]] == ["created", "refused", "refused", "refused"]
    assert partial["items"][1]["problem"]["errors"][0]["detail"] == "no such person"
    assert partial["applied"] == count(db, Attendance) == 1


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"status": "zzz"}, "body/items/0/status"),
        ({"status": None}, "body/items/0/status"),
        ({"person_id": "ben"}, "body/items/0/person_id"),
        ({"minutes": "45"}, "body/items/0/minutes"),
        ({"minutes": True}, "body/items/0/minutes"),
        ({"minuets": 45}, "body/items/0/minuets"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_all_unless_the_rest_is_wanted(
    acting, db, lena, asha, ben, session, wrong, at
):
    rows = [{"person_id": str(person.id), "status": "attended"} for person in (ben, asha)]
    body = {"items": [rows[0] | wrong, rows[1]]}

    whole = acting(lena).post(url(session), json=body)
    before = count(db, Attendance)
    part = acting(lena).post(url(session) + "?mode=partial", json=body).json()

    assert whole.status_code == 422
    assert [e["at"] for e in whole.json()["errors"]] == [at]
    assert before == 0
    assert [i["status"] for i in part["items"]] == ["refused", "created"]
    assert [e["at"] for e in part["items"][0]["problem"]["errors"]] == [at]
    assert part["applied"] == count(db, Attendance) == 1


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(acting, db, lena, asha, session):
    items = [{"person_id": str(asha.id), "status": "attended"}]

    tried = acting(lena).post(url(session) + "?dry_run=true", json={"items": items}).json()

    assert (tried["applied"], tried["dry_run"]) == (1, True)
    assert count(db, Attendance) == 0
    assert look(db, select(Outbox).where(Outbox.kind == "attendance.recorded")) == []
