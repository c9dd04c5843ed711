"""The record of activities is read in order, and no reader skips one."""

import threading

import pytest
from sqlalchemy import select

from api.core.clock import now
from api.core.db import Database, create_engine
from api.core.migrating import migrate
from api.core.moving import carry
from api.engagement.models import Activity, ActivityKind
from tests import make
from tests.engagement.recording import listed, names, reply, sent, statuses
from tests.make import past


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
