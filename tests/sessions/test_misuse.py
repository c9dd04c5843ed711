"""Everything that can be wrong with what somebody sends has an answer that says where."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import SQLModel

from api.sessions.models import Attendance, Rsvp, Session
from tests import make
from tests.looking import count
from tests.make import sessions as made

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
PLAN = {
    "title": "Listening well",
    "starts_at": TOMORROW.isoformat(),
    "ends_at": (TOMORROW + timedelta(hours=1)).isoformat(),
}
TABLES: list[type[SQLModel]] = [Session, Rsvp, Attendance]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"colour": "blue"}, "body/colour"),
        ({"title": None}, "body/title"),
        ({"title": ""}, "body/title"),
        ({"title": "x" * 161}, "body/title"),
        ({"title": "two\nlines"}, "body/title"),
        ({"title": "a\x00b"}, "body/title"),
        ({"description": "x" * 20_001}, "body/description"),
        ({"kind": "party"}, "body/kind"),
        ({"mode": "telepathic"}, "body/mode"),
        ({"access": "secret"}, "body/access"),
        ({"status": "cancelled"}, "body/status"),
        ({"status": "done"}, "body/status"),
        ({"capacity": 0}, "body/capacity"),
        ({"capacity": 2**63}, "body/capacity"),
        ({"capacity": 2.5}, "body/capacity"),
        ({"capacity": True}, "body/capacity"),
        ({"capacity": "many"}, "body/capacity"),
        ({"mode": "in_person", "online_capacity": 5}, "body/online_capacity"),
        ({"starts_at": None}, "body/starts_at"),
        ({"starts_at": "tomorrow"}, "body/starts_at"),
        ({"starts_at": "2027-01-01T10:00:00"}, "body/starts_at"),
        ({"starts_at": 1_800_000_000}, "body/starts_at"),
        ({"starts_at": "1800000000"}, "body/starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "body/starts_at"),
        ({"starts_at": "9999-12-31T23:59:59-14:00"}, "body/starts_at"),
        ({"ends_at": PLAN["starts_at"]}, "body/ends_at"),
        ({"ends_at": (TOMORROW - timedelta(hours=1)).isoformat()}, "body/ends_at"),
        ({"ends_at": (TOMORROW + timedelta(days=15)).isoformat()}, "body/ends_at"),
        ({"timezone": "Mars/Olympus"}, "body/timezone"),
        ({"joining_url": "http://example.org"}, "body/joining_url"),
        ({"joining_url": "javascript:alert(1)"}, "body/joining_url"),
        ({"function_tags": ["entertain"]}, "body/function_tags/0"),
        ({"agenda": [{"minutes": 5}]}, "body/agenda/0/title"),
        ({"agenda": [{"title": "A", "minutes": -1}]}, "body/agenda/0/minutes"),
        ({"speakers": [{}]}, "body/speakers/0"),
        ({"speakers": [{"person_id": str(make.UNKNOWN), "name": "Both"}]}, "body/speakers/0"),
        ({"speakers": [{"person_id": str(make.UNKNOWN)}]}, "body/speakers/0"),
        ({"facilitator_ids": [str(make.UNKNOWN)]}, "body/facilitator_ids/0"),
        ({"named_ids": ["nobody"]}, "body/named_ids/0"),
        ({"series_id": str(make.UNKNOWN)}, "body/series_id"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_where_it_is_wrong(
    acting, db, lena, community, wrong, at
):
    url = f"/v1/communities/{community.id}/sessions"

    refused = acting(lena).post(url, json={**PLAN, **wrong})

    assert refused.status_code == 422, refused.text
    assert at in [e["at"] for e in refused.json()["errors"]]
    assert count(db, Session) == 0


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"title": None}, "body/title"),
        ({"status": None}, "body/status"),
        ({"starts_at": None}, "body/starts_at"),
        ({"mode": None}, "body/mode"),
        ({"agenda": None}, "body/agenda"),
        ({"follow_up": None}, "body/follow_up"),
        ({"ends_at": PLAN["starts_at"]}, "body/ends_at"),
        ({"id": str(make.UNKNOWN)}, "body/id"),
        ({"version": 7}, "body/version"),
        ({"taken": 7}, "body/taken"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_where_it_is_wrong(
    acting, db, lena, community, wrong, at
):
    session = made.session(db, community, starts_in=timedelta(days=1))
    url = f"/v1/sessions/{session.id}"
    read = acting(lena).get(url)
    if "ends_at" in wrong:
        wrong = {"ends_at": read.json()["starts_at"]}

    refused = acting(lena).patch(url, json=wrong, headers={"If-Match": read.headers["etag"]})

    assert refused.status_code == 422, refused.text
    assert at in [e["at"] for e in refused.json()["errors"]]
    assert acting(lena).get(url).json() == read.json()


@pytest.mark.parametrize(
    "body",
    [
        *(
            json.dumps(PLAN).encode().replace(b'"Listening well"', title)
            for title in (rb'"\ud800"', b"NaN", b"Infinity", b"1e999", b"{}")
        ),
        b"[]",
        b"null",
        b'"words"',
    ],
    ids=["surrogate", "nan", "infinity", "too-large", "object", "list", "null", "words"],
)
def test_bodies_that_are_no_plan_are_refused(acting, db, lena, community, body):
    url = f"/v1/communities/{community.id}/sessions"

    refused = acting(lena).post(url, content=body, headers={"Content-Type": "application/json"})

    assert refused.status_code in (400, 422), refused.text
    assert count(db, Session) == 0


@pytest.mark.parametrize(
    "query",
    [
        "community=1",
        "from=yesterday",
        "from=2026-02-30",
        "from=0001-01-01",
        "from=2026-01-01T00:00:00",
        "to=9999999999999",
        "include=descendants",
        "include=everything",
        "kind=party",
        "sort=title",
        "limit=0",
        "limit=101",
        "cursor=nonsense",
        "changed_since=0001-01-01T00:00:00%2B14:00",
        "mine=perhaps",
    ],
)
def test_a_list_refuses_filters_it_does_not_know(acting, lena, query):
    answer = acting(lena).get(f"/v1/sessions?{query}")

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body/answer"),
        ({"answer": None}, "body/answer"),
        ({"answer": "waitlisted"}, "body/answer"),
        ({"answer": "yes", "mode": "hybrid"}, "body/mode"),
        ({"answer": "yes", "place": "confirmed"}, "body/place"),
    ],
)
def test_an_answer_says_yes_maybe_or_no(acting, db, lena, community, body, at):
    session = made.session(db, community)

    refused = acting(lena).put(f"/v1/sessions/{session.id}/rsvps/me", json=body)

    assert refused.status_code == 422
    assert at in [e["at"] for e in refused.json()["errors"]]
    assert count(db, Rsvp) == 0


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body/status"),
        ({"status": "present"}, "body/status"),
        ({"status": "attended", "minutes": -1}, "body/minutes"),
        ({"status": "attended", "minutes": 10_081}, "body/minutes"),
        ({"status": "attended", "minutes": 2**63}, "body/minutes"),
        ({"status": "no_show", "minutes": 5}, "body/minutes"),
        ({"status": "attended", "mode": "online"}, "body/mode"),
        ({"status": "attended", "source": "rumour"}, "body/source"),
        ({"status": "attended", "reason": "x" * 1001}, "body/reason"),
        ({"status": "attended", "recorded_at": "2026-01-01T00:00:00Z"}, "body/recorded_at"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(acting, db, lena, community, body, at):
    session = made.under_way(db, community, mode="in_person")

    refused = acting(lena).put(f"/v1/sessions/{session.id}/attendances/me", json=body)

    assert refused.status_code == 422, refused.text
    assert at in [e["at"] for e in refused.json()["errors"]]
    assert count(db, Attendance) == 0


def test_people_and_sessions_that_do_not_exist_are_not_found(acting, db, lena, community):
    session = made.under_way(db, community)
    lead = acting(lena)
    said = {"status": "attended"}

    assert (
        lead.put(f"/v1/sessions/{session.id}/attendances/{make.UNKNOWN}", json=said).status_code
        == 404
    )
    assert lead.put(f"/v1/sessions/{make.UNKNOWN}/attendances/me", json=said).status_code == 404
    assert lead.put(f"/v1/sessions/{session.id}/attendances/you", json=said).status_code == 422
    assert lead.get("/v1/sessions/not-an-id").status_code == 422
    assert lead.delete(f"/v1/materials/{make.UNKNOWN}").status_code == 404
    assert lead.post(f"/v1/communities/{make.UNKNOWN}/sessions", json=PLAN).status_code == 404


def test_bulk_takes_one_to_a_thousand_rows(acting, db, lena, community):
    session = made.under_way(db, community)
    url = f"/v1/sessions/{session.id}/attendances"
    row = {"person_id": str(lena.id), "status": "attended"}

    assert acting(lena).post(url, json={"items": []}).status_code == 422
    assert acting(lena).post(url, json={"items": [row] * 1001}).status_code == 422
    assert acting(lena).post(f"{url}?mode=some", json={"items": [row]}).status_code == 422


def test_a_repeated_request_gives_the_first_answer_again(acting, db, lena, community):
    url = f"/v1/communities/{community.id}/sessions"
    key = {"Idempotency-Key": "plan-1"}

    first = acting(lena).post(url, json=PLAN, headers=key)
    again = acting(lena).post(url, json=PLAN, headers=key)
    other = acting(lena).post(url, json={**PLAN, "title": "Other"}, headers=key)

    assert first.status_code == 201
    assert again.content == first.content
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/key-reused"
    assert count(db, Session) == 1


def test_strangers_are_asked_to_sign_in(acting, db, community):
    session = made.session(db, community)
    nobody = acting(None)

    assert nobody.get("/v1/sessions").status_code == 401
    assert (
        nobody.put(f"/v1/sessions/{session.id}/rsvps/me", json={"answer": "yes"}).status_code == 401
    )
    assert nobody.get("/v1/attendances").status_code == 401
    assert all(count(db, table) <= 1 for table in TABLES)
