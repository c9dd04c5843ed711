"""What happened is written down with what made it happen, and told to those who listen."""

import threading
import time
from typing import ClassVar
from uuid import UUID

import pytest
from sqlmodel import select

from api.core import events, jobs
from api.core.audit import AuditEntry
from api.core.clock import now
from api.core.db import Database
from api.core.events import Event, Outbox, deliver, later, on, record
from api.core.ids import new_id
from api.core.jobs import Job
from api.identity.models import Organisation
from api.worker import Worker
from tests import make
from tests.looking import count, look


class BellRung(Event):
    """A bell was rung."""

    kind: ClassVar[str] = "bell.rung"
    times: int = 1


@pytest.fixture(autouse=True)
def own_listeners(monkeypatch) -> None:
    """The listeners of a test are forgotten after it."""
    monkeypatch.setattr(events, "_at_once", {**events._at_once})
    monkeypatch.setattr(events, "_later", {**events._later})


def ring(db: Database, times: int = 1) -> UUID:
    bell = new_id()
    record(db, BellRung(object_id=bell, times=times))
    db.commit()
    return bell


def test_a_change_its_event_and_its_audit_row_are_one(acting, db):
    sunita = make.steward(db)
    client = acting(sunita)

    made = client.post("/v1/organisations", json={"name": "Harbour Lane"})

    fact = look(db, select(Outbox).where(Outbox.kind == "organisation.added"))[0]
    row = look(db, select(AuditEntry).where(AuditEntry.verb == "organisation.added"))[0]
    assert fact.payload["object_id"] == made.json()["id"]
    assert fact.delivered_at is None
    assert str(row.object_id) == made.json()["id"]
    assert row.object_type == "organisation"
    assert row.actor_id == sunita.id
    assert row.credential_id is not None
    assert row.request_id == made.headers["x-request-id"]


def test_what_was_refused_leaves_neither_event_nor_audit(acting, db, monkeypatch):
    monkeypatch.setattr("api.core.work._written", lambda *_: 1 / 0)
    before = count(db, Outbox), count(db, AuditEntry)

    answer = acting(make.steward(db)).post("/v1/organisations", json={"name": "Harbour Lane"})

    assert answer.status_code == 500
    assert count(db, Organisation) == 0
    assert count(db, Outbox) == before[0] + 1, "the token of the test alone"
    assert count(db, AuditEntry) == before[1] + 1


def test_who_listens_at_once_works_in_the_same_transaction(db):
    heard: list[int] = []
    on(BellRung)(lambda db, event: heard.append(event.times))

    ring(db, 3)

    assert heard == [3]


def test_who_listens_at_once_and_fails_undoes_everything(db):
    @on(BellRung)
    def fall(db: Database, event: BellRung) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ring(db)
    db.rollback()

    assert count(db, Outbox) == 0


def test_facts_are_told_in_the_order_in_which_they_were_written(db, settings):
    heard: list[int] = []
    later(BellRung)(lambda db, event: heard.append(event.times))
    for times in range(250):
        record(db, BellRung(object_id=new_id(), times=times))
    db.commit()

    Worker(settings).run_once()

    assert heard == list(range(250))
    assert count(db, Outbox, Outbox.delivered_at == None) == 0  # noqa: E711  (a column)


def test_a_listener_that_fails_loses_only_its_own_work(db, settings, logged):
    heard: list[int] = []

    @later(BellRung)
    def writes_and_falls(db: Database, event: BellRung) -> None:
        db.add(Organisation(name="Half a thing", changed_at=now()))
        db.flush()
        raise RuntimeError("not today")

    later(BellRung)(lambda db, event: heard.append(event.times))
    ring(db, 1)
    ring(db, 2)

    with Database(db.get_bind()) as other:
        assert deliver(other) == 2
        other.commit()

    assert heard == [1, 2]
    assert count(db, Organisation) == 0
    waiting = look(db, select(Job).where(Job.kind == "events.tell_again"))
    assert [job.payload["seq"] for job in waiting] == [1, 2]
    assert "event.failed" in logged.getvalue()


def test_who_could_not_listen_hears_it_again(db, settings):
    mood = ["bad", "bad", "good"]
    heard: list[int] = []

    @later(BellRung)
    def moody(db: Database, event: BellRung) -> None:
        if mood.pop(0) == "bad":
            raise RuntimeError
        heard.append(event.times)

    ring(db, 7)

    Worker(settings).run_once()
    assert heard == []
    job = look(db, select(Job).where(Job.kind == "events.tell_again"))[0]
    assert (job.attempts, job.last_error) == (1, "RuntimeError")

    job.leased_until = now()
    db.add(job)
    db.commit()
    Worker(settings).run_once()
    assert heard == [7]
    assert look(db, select(Job).where(Job.kind == "events.tell_again"))[0].done_at


def test_a_kind_nobody_knows_any_more_is_passed_over(db, settings):
    db.add(Outbox(kind="no.such", payload={"object_id": str(new_id())}, recorded_at=now()))
    db.commit()

    Worker(settings).run_once()

    assert count(db, Outbox, Outbox.delivered_at == None) == 0  # noqa: E711  (a column)


def test_two_workers_tell_every_fact_once(app, db):
    heard: list[int] = []
    later(BellRung)(lambda db, event: heard.append(event.times))
    for times in range(60):
        record(db, BellRung(object_id=new_id(), times=times))
    db.commit()

    end = time.monotonic() + 20

    def work() -> None:
        while len(heard) < 60 and time.monotonic() < end:
            with Database(app.state.engine) as own:
                deliver(own, batch=5)
                own.commit()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == list(range(60))


def test_registering_twice_is_listening_once():
    def listener(db: Database, event: BellRung) -> None: ...

    on(BellRung)(on(BellRung)(listener))

    assert events._at_once["bell.rung"].count(listener) == 1


def test_jobs_that_tell_again_are_known():
    assert "events.tell_again" in jobs.KINDS
