"""The record of activities: fed by sessions and partners, read in order, never skipping one."""

import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.core.actor import Role
from api.core.audit import AuditEntry
from api.core.clock import now
from api.core.db import Database, create_engine
from api.core.migrating import migrate
from api.core.moving import carry
from api.engagement.models import Activity, ActivityKind
from tests import make
from tests.make import past

DONE = "2026-03-02T10:00:00Z"


@pytest.fixture
def place(db):
    """A community with a member and a coordinator."""
    community = make.community(db)
    asha, femi = make.person(db, "Asha"), make.person(db, "Femi")
    make.member(db, community, asha)
    make.member(db, community, femi, Role.COORDINATOR)
    return community, asha, femi


def reply(community, person, number=1, **other):
    return {
        "person_id": str(person.id),
        "community_id": str(community.id),
        "verb": "thread.replied",
        "kind": "contribution",
        "occurred_at": DONE,
        "source": "forum",
        "source_id": f"reply-{number}",
        **other,
    }


def post(client, rows, **query):
    """Send rows as they are, even those that no client of good manners would encode."""
    content = json.dumps({"items": rows})
    headers = {"Content-Type": "application/json"}
    return client.post("/v1/activities", content=content, headers=headers, params=query)


def sent(client, *rows, **query):
    answer = post(client, rows, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def statuses(answer):
    return [item["status"] for item in answer["items"]]


def listed(client, **query):
    answer = client.get("/v1/activities", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(page):
    return [item["source_id"] for item in page["items"]]


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


def test_the_list_can_be_narrowed(acting, db, place):
    community, asha, femi = place
    child = make.community(db, "Child", parent=community)
    mo = make.person(db, "Mo")
    past.activity(db, community, asha, "2026-03-01")
    past.activity(db, community, mo, "2026-03-05", ActivityKind.ATTENDANCE, verb="call.joined")
    past.activity(db, child, mo, "2026-03-09", recorded="2026-04-01")
    here = {"community_id": str(community.id)}

    def found(**query):
        return [item["occurred_at"][8:10] for item in listed(acting(femi), **query)["items"]]

    assert found() == ["01", "05", "09"]
    assert found(**here) == ["01", "05"]
    assert found(**here, include="descendants") == ["01", "05", "09"]
    assert found(kind="attendance") == found(verb="call.joined") == ["05"]
    assert found(person_id=str(mo.id)) == ["05", "09"]
    assert found(**{"from": "2026-03-05", "to": "2026-03-09"}) == ["05"]
    assert found(changed_since="2026-03-20T00:00:00Z") == ["09"]


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ({"include": "descendants"}, "query/include"),
        ({"kind": "consumption"}, "query/kind"),
        ({"limit": 101}, "query/limit"),
        ({"cursor": "abc"}, None),
        ({"from": "yesterday"}, "query/from"),
        ({"changed_since": "2026-03-01"}, "query/changed_since"),
        ({"sort": "newest"}, "query/sort"),
    ],
)
def test_a_question_without_sense_is_refused(acting, place, query, at):
    answer = acting(place[2]).get("/v1/activities", params=query)

    assert answer.status_code == 422
    assert at is None or answer.json()["errors"][0]["at"].startswith(at)


def test_what_people_read_is_never_listed(acting, place):
    community, asha, femi = place
    sent(acting(femi), reply(community, asha, kind="consumption", verb="resource.viewed"))

    for reader in (asha, femi):
        assert listed(acting(reader), person_id=asha.id)["items"] == []
    assert listed(acting(femi), community_id=community.id)["items"] == []


def test_members_list_only_what_they_did_themselves(acting, db, place):
    community, asha, femi = place
    sent(acting(femi), reply(community, asha, 1), reply(community, femi, 2))

    assert names(listed(acting(asha))) == ["reply-1"]
    assert names(listed(acting(asha), person_id=asha.id, community_id=community.id)) == ["reply-1"]
    assert listed(acting(asha), person_id=femi.id)["items"] == []
    refused = acting(asha).get("/v1/activities", params={"community_id": community.id})
    assert refused.status_code == 403


def test_a_list_is_resumed_where_it_ended(acting, place):
    community, asha, femi = place
    sent(acting(femi), *(reply(community, asha, number) for number in range(5)))

    first = listed(acting(femi), limit=2)
    second = listed(acting(femi), limit=2, cursor=first["next"])
    last = listed(acting(femi), limit=2, cursor=second["next"])
    nothing = listed(acting(femi), limit=2, cursor=last["resume"])
    sent(acting(femi), reply(community, asha, 5))
    more = listed(acting(femi), limit=2, cursor=nothing["resume"])

    pages = (first, second, last, nothing, more)
    assert [name for page in pages for name in names(page)] == [f"reply-{n}" for n in range(6)]
    assert first["next"] == first["resume"]
    assert (last["next"], nothing["items"], more["next"]) == (None, [], None)


def test_an_empty_list_can_be_resumed_too(acting, place):
    community, asha, femi = place
    empty = listed(acting(femi))

    sent(acting(femi), reply(community, asha))

    assert names(listed(acting(femi), cursor=empty["resume"])) == ["reply-1"]


def test_what_is_committed_late_is_not_skipped(acting, app, db, place, on_postgresql):
    community, asha, femi = place
    if not on_postgresql:
        pytest.skip("SQLite writes one transaction at a time, so none can commit late")
    slow, quick = Database(app.state.engine), Database(app.state.engine)

    def write(session, name):
        session.add(
            Activity(
                person_id=asha.id, community_id=community.id, verb="thread.replied",
                kind=ActivityKind.CONTRIBUTION, occurred_at=now(), recorded_at=now(),
                source="forum", source_id=name,
            )
        )  # fmt: skip
        session.flush()

    write(slow, "began first")
    write(quick, "finished first")
    quick.commit()
    before = listed(acting(femi))
    slow.commit()
    after = listed(acting(femi), cursor=before["resume"])
    slow.close()
    quick.close()

    assert before["items"] == []
    assert names(after) == ["began first", "finished first"]


@pytest.mark.parametrize(("verb", "outcome"), [("thread.replied", "unchanged"), ("x", "refused")])
def test_a_key_stored_at_the_same_moment_is_compared_too(acting, app, place, verb, outcome):
    community, asha, femi = place
    client, answers = acting(femi), []
    with Database(app.state.engine) as other:
        other.add(
            Activity(
                person_id=asha.id, community_id=community.id, verb=verb,
                kind=ActivityKind.CONTRIBUTION, occurred_at=past.at("2026-03-02T10:00"),
                recorded_at=now(), source="forum", source_id="reply-1",
            )
        )  # fmt: skip
        other.flush()
        rows = [reply(community, asha, 1), reply(community, asha, 2)]
        ask = threading.Thread(target=lambda: answers.append(sent(client, *rows, mode="partial")))
        ask.start()
        ask.join(0.5)
        waiting = ask.is_alive()
        other.commit()
    ask.join()

    assert waiting
    assert statuses(answers[0]) == [outcome, "created"]


def test_what_was_taken_back_comes_once_more_for_those_who_keep_a_copy(acting, db, place):
    community, asha, femi = place
    held = hold(acting(femi), community)
    mark(acting(femi), held, asha, "attended")
    copy = listed(acting(femi), retracted=True)

    mark(acting(femi), held, asha, "no_show")

    later = listed(acting(femi), retracted=True, cursor=copy["resume"])
    assert [item["id"] for item in later["items"]] == [item["id"] for item in copy["items"]]
    assert copy["items"][0]["retracted_at"] is None
    assert later["items"][0]["retracted_at"] is not None
    assert listed(acting(femi))["items"] == []


def hold(client, community, **fields):
    """A session that took place, entered afterwards."""
    start = now().replace(microsecond=0) - timedelta(days=7)
    body = {
        "title": "Case discussion",
        "status": "held",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=1)).isoformat(),
        **fields,
    }
    answer = client.post(f"/v1/communities/{community.id}/sessions", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def mark(client, session, person, status, **more):
    answer = client.put(
        f"/v1/sessions/{session['id']}/attendances/{person.id}", json={"status": status, **more}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def told(client, session):
    """Who did what at a session, as far as it still holds."""
    return {
        (item["verb"], item["person_id"], item["occurred_at"])
        for item in listed(client)["items"]
        if item["object_id"] == session["id"]
    }


def test_whoever_came_took_part(acting, db, place):
    community, asha, femi = place
    mo = make.person(db, "Mo")
    held = hold(acting(femi), community)

    mark(acting(femi), held, asha, "partial")
    mark(acting(femi), held, mo, "no_show")

    [item] = listed(acting(femi))["items"]
    assert (item["verb"], item["kind"], item["object_type"]) == (
        "session.attended", "attendance", "session",
    )  # fmt: skip
    assert (item["person_id"], item["occurred_at"]) == (str(asha.id), held["starts_at"])
    assert item["source"] == "trellis"


def test_a_correction_of_the_register_leaves_one_record(acting, place):
    community, asha, femi = place
    held = hold(acting(femi), community)

    mark(acting(femi), held, asha, "attended")
    mark(acting(femi), held, asha, "attended", minutes=40)
    mark(acting(femi), held, asha, "attended", minutes=40)

    assert len(listed(acting(femi))["items"]) == 1
    assert len(listed(acting(femi), retracted=True)["items"]) == 2


def test_an_attendance_taken_back_is_no_activity(acting, place):
    community, asha, femi = place
    held = hold(acting(femi), community)
    mark(acting(femi), held, asha, "attended")

    gone = acting(femi).delete(f"/v1/sessions/{held['id']}/attendances/{asha.id}")

    assert gone.status_code == 204, gone.text
    assert listed(acting(femi))["items"] == []


def test_speaking_and_facilitating_are_contributions(acting, db, place):
    community, asha, femi = place
    held = hold(
        acting(femi),
        community,
        facilitator_ids=[str(femi.id)],
        speakers=[{"person_id": str(asha.id)}, {"name": "A guest"}],
    )

    items = listed(acting(femi), kind="contribution")["items"]

    assert told(acting(femi), held) == {
        ("session.facilitated", str(femi.id), held["starts_at"]),
        ("session.presented", str(asha.id), held["starts_at"]),
    }
    assert {item["kind"] for item in items} == {"contribution"}


def test_a_corrected_session_moves_what_was_done_there(acting, place):
    community, asha, femi = place
    held = hold(acting(femi), community, facilitator_ids=[str(femi.id)])
    mark(acting(femi), held, asha, "attended")
    start = now().replace(microsecond=0) - timedelta(days=9)
    times = {
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=1)).isoformat(),
        "facilitator_ids": [str(asha.id)],
    }
    read = acting(femi).get(f"/v1/sessions/{held['id']}")

    moved = acting(femi).patch(
        f"/v1/sessions/{held['id']}", json=times, headers={"If-Match": read.headers["etag"]}
    )

    assert moved.status_code == 200, moved.text
    when = moved.json()["starts_at"]
    assert told(acting(femi), held) == {
        ("session.facilitated", str(asha.id), when),
        ("session.attended", str(asha.id), when),
    }
    mark(acting(femi), held, asha, "no_show")
    assert told(acting(femi), held) == {("session.facilitated", str(asha.id), when)}


def test_a_record_carried_to_another_database_comes_before_all_that_is_new_there(
    fresh_database, place, app, acting, db
):
    community, asha, femi = place
    sent(acting(femi), reply(community, asha, 1), reply(community, asha, 2))
    target = create_engine(fresh_database(), connections=1)

    carry(app.state.engine, target)

    with Database(target) as other:
        other.add(
            Activity(
                person_id=asha.id, community_id=community.id, verb="thread.replied",
                kind=ActivityKind.CONTRIBUTION, occurred_at=now(), recorded_at=now(),
                source="forum", source_id="new",
            )
        )  # fmt: skip
        other.commit()
        turns = dict(other.execute(select(Activity.source_id, Activity.tx)).all())
    target.dispose()
    assert turns["reply-1"] == turns["reply-2"] == 0 < turns["new"]


def test_a_record_restored_from_another_server_is_made_at_home(app, db, place, on_postgresql):
    community, asha, _ = place
    if not on_postgresql:
        pytest.skip("SQLite counts its turns in the table itself")
    foreign = past.activity(db, community, asha, "2026-03-01")
    foreign.tx = 2**40
    db.commit()

    migrate(app.state.engine)

    db.refresh(foreign)
    assert foreign.tx == 0
