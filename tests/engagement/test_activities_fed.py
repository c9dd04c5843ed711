"""The record of activities is fed by what happens at sessions."""

from datetime import timedelta

from api.core.clock import now
from tests import make
from tests.engagement.recording import listed


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
