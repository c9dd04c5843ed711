"""The record of activities, as partners send it."""

import pytest
from sqlalchemy import select

from api.core.audit import AuditEntry
from tests import make
from tests.engagement.recording import DONE, listed, names, post, reply, sent, statuses


def test_a_coordinator_records_what_people_did(acting, place):
    community, asha, femi = place

    answer = sent(acting(femi), reply(community, asha, 1), reply(community, asha, 2))

    page = listed(acting(femi), community_id=community.id)
    assert (answer["applied"], statuses(answer)) == (2, ["created", "created"])
    assert names(page) == ["reply-1", "reply-2"]
    assert page["items"][0]["id"] == answer["items"][0]["id"]
    assert page["items"][0]["occurred_at"] == DONE
    assert page["next"] is None


def test_an_activity_knows_where_somebody_worked(acting, db, place):
    community, _, femi = place
    home = make.organisation(db)
    mo = make.person(db, "Mo", organisation_id=home.id)

    sent(acting(femi), reply(community, mo))

    assert listed(acting(femi))["items"][0]["organisation_id"] == str(home.id)


def test_the_same_activity_sent_again_is_stored_once(acting, place):
    community, asha, femi = place
    first = sent(acting(femi), reply(community, asha))

    again = sent(acting(femi), reply(community, asha), reply(community, asha))

    assert (again["applied"], again["unchanged"]) == (0, 2)
    assert {item["id"] for item in again["items"]} == {first["items"][0]["id"]}


def test_the_same_row_twice_in_one_call_is_stored_once(acting, place):
    community, asha, femi = place

    answer = sent(acting(femi), reply(community, asha), reply(community, asha))

    assert statuses(answer) == ["created", "unchanged"]
    assert len(listed(acting(femi))["items"]) == 1


def test_a_key_used_for_something_else_is_refused(acting, place):
    community, asha, femi = place
    sent(acting(femi), reply(community, asha))
    rows = [reply(community, asha, 2), reply(community, asha, verb="thread.started")]

    whole = acting(femi).post("/v1/activities", json={"items": rows})
    part = sent(acting(femi), *rows, mode="partial")

    assert whole.status_code == 422
    assert whole.json()["errors"][0]["at"] == "body/items/1/source_id"
    assert statuses(part) == ["created", "refused"]
    assert part["items"][1]["problem"]["errors"][0]["at"] == "body/items/1/source_id"


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"person_id": "01a20000-0000-7000-8000-000000000000"}, "person_id"),
        ({"community_id": "01a20000-0000-7000-8000-000000000000"}, "community_id"),
        ({"community_id": "nowhere"}, "community_id"),
        ({"occurred_at": "2099-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "2026-03-02T10:00:00"}, "occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
        ({"occurred_at": 1e300}, "occurred_at"),
        ({"source": "trellis"}, "source"),
        ({"source": "Trellis"}, "source"),
        ({"source": ""}, "source"),
        ({"source_id": "x" * 201}, "source_id"),
        ({"source_id": "a\x00b"}, "source_id"),
        ({"source_id": "a\ud800b"}, "source_id"),
        ({"verb": "Thread Replied"}, "verb"),
        ({"kind": "applause"}, "kind"),
        ({"kind": None}, "kind"),
        ({"object_id": 2**63}, "object_id"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_a_wrong_row_refuses_all_or_only_itself(acting, place, wrong, at):
    community, asha, femi = place
    rows = [reply(community, asha, 1), reply(community, asha, 2, **wrong)]

    whole = post(acting(femi), rows)
    stored = listed(acting(femi))["items"]
    part = sent(acting(femi), *rows, mode="partial")

    assert whole.status_code == 422, whole.text
    assert whole.json()["errors"][0]["at"] == f"body/items/1/{at}"
    assert stored == []
    assert statuses(part) == ["created", "refused"]
    assert part["items"][1]["problem"]["errors"][0]["at"] == f"body/items/1/{at}"


@pytest.mark.parametrize("items", [[], [{}] * 1001, {}, None, "all of them"])
def test_a_batch_holds_between_one_and_a_thousand(acting, place, items):
    answer = acting(place[2]).post("/v1/activities", json={"items": items})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "body/items"


def test_a_thousand_activities_fit_one_call(acting, place):
    community, asha, femi = place

    answer = sent(acting(femi), *(reply(community, asha, number) for number in range(1000)))

    assert answer["applied"] == 1000


def test_a_rehearsal_keeps_nothing(acting, place):
    community, asha, femi = place

    answer = sent(acting(femi), reply(community, asha), dry_run=True)

    assert (answer["dry_run"], statuses(answer)) == (True, ["created"])
    assert listed(acting(femi))["items"] == []


def test_a_repeated_request_gets_the_answer_of_the_first(acting, place):
    community, asha, femi = place
    ask = {"json": {"items": [reply(community, asha)]}, "headers": {"Idempotency-Key": "k1"}}

    first = acting(femi).post("/v1/activities", **ask)
    again = acting(femi).post("/v1/activities", **ask)

    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"


def test_only_those_who_run_a_community_record_there(acting, db, place):
    community, asha, femi = place
    other = make.community(db, "Other")
    hidden = make.community(db, "Hidden", visibility="confidential")

    def refusal(person, somewhere):
        answer = sent(acting(person), reply(somewhere, asha), mode="partial")
        return answer["items"][0]["problem"]["errors"][0]["detail"]

    assert refusal(asha, community).startswith("Only those who lead")
    assert refusal(femi, other).startswith("Only those who lead")
    assert refusal(femi, hidden) == "no such community"
    assert acting(femi, ["activities:read"]).post("/v1/activities", json={}).status_code in (
        403,
        422,
    )


def test_a_batch_is_one_event_for_each_community(acting, db, place):
    community, asha, femi = place

    sent(acting(femi), *(reply(community, asha, number) for number in range(5)))

    db.rollback()
    verbs = db.scalars(select(AuditEntry).where(AuditEntry.verb == "activity.recorded")).all()
    assert [(v.object_id, v.actor_id) for v in verbs] == [(community.id, femi.id)]
