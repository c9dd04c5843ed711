"""Work that waits is done once, by one worker, however often somebody asks or falls over."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from api.core import jobs
from api.core.clock import now
from api.core.db import Database
from api.core.jobs import Job, LeaseLost, ask, claim, fail, finish
from api.identity.models import Organisation
from api.worker import Worker
from tests.looking import count, look


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch) -> None:
    monkeypatch.setattr(jobs, "KINDS", {})


def all_jobs(db: Database) -> list[Job]:
    return look(db, select(Job).order_by(col(Job.id)))


def make_due(db: Database) -> None:
    db.execute(update(Job).values(due_at=now(), leased_until=None))
    db.commit()


def test_a_job_is_done_with_what_it_was_given(db, settings):
    done: list[dict[str, Any]] = []
    jobs.job("bell.ring")(lambda db, payload: done.append(payload))
    ask(db, "bell.ring", {"times": 3})
    db.commit()

    assert Worker(settings).run_once() == 1

    assert done == [{"times": 3}]
    assert all_jobs(db)[0].done_at


def test_asking_twice_is_doing_once(db):
    ask(db, "bell.ring", key="tower")
    ask(db, "bell.ring", key="tower")
    ask(db, "bell.ring", key="chapel")
    db.commit()

    assert count(db, Job) == 2


def test_many_who_ask_at_once_ask_for_one(app, db):
    barrier = threading.Barrier(6)

    def work() -> None:
        barrier.wait()
        with Database(app.state.engine) as own:
            ask(own, "bell.ring", key="tower")
            own.commit()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count(db, Job) == 1


def test_what_is_asked_while_a_job_is_under_way_is_not_lost(db):
    ask(db, "bell.ring", key="tower")
    under_way = claim(db)
    ask(db, "bell.ring", key="tower")
    db.commit()

    assert count(db, Job) == 2
    assert claim(db).id != under_way.id


def test_a_job_waits_until_it_is_due(db, settings):
    jobs.job("bell.ring")(lambda db, payload: None)
    ask(db, "bell.ring", at=now() + timedelta(hours=1))
    db.commit()

    assert Worker(settings).run_once() == 0


def test_a_claimed_job_is_left_alone_until_its_lease_ends(db):
    ask(db, "bell.ring")
    first = claim(db)
    db.commit()
    assert claim(db) is None

    db.execute(update(Job).values(leased_until=now() - timedelta(seconds=1)))
    db.commit()
    second = claim(db)

    assert second.id == first.id
    assert second.attempts == 2


def test_two_workers_never_take_the_same_job(app, db):
    for n in range(20):
        ask(db, "bell.ring", key=str(n))
    db.commit()
    taken: list[Any] = []

    def work() -> None:
        while True:
            with Database(app.state.engine, expire_on_commit=False) as own:
                job = claim(own)
                own.commit()
            if job is None:
                return
            taken.append(job.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == len(set(taken)) == 20


def test_a_worker_whose_lease_ran_out_keeps_nothing_of_what_it_did(app, db):
    ask(db, "bell.ring")
    slow = claim(db)
    db.commit()
    db.execute(update(Job).values(leased_until=now() - timedelta(seconds=1)))
    db.commit()
    db.expunge_all()
    quick = claim(db)
    db.commit()

    with Database(app.state.engine) as own:
        own.add(Organisation(name="Done too late", changed_at=now()))
        with pytest.raises(LeaseLost):
            finish(own, slow)
    fail(db, slow, RuntimeError())
    finish(db, quick)
    db.commit()

    assert count(db, Organisation) == 0
    [job] = all_jobs(db)
    assert job.done_at
    assert job.last_error is None


def test_a_job_that_fails_is_tried_again_each_time_later(db, settings):
    @jobs.job("bell.ring")
    def fall(db: Database, payload: dict[str, Any]) -> None:
        db.add(Organisation(name="Half a thing", changed_at=now()))
        db.flush()
        raise RuntimeError("a secret")

    ask(db, "bell.ring")
    db.commit()
    waits = []
    for attempt in range(1, jobs.ATTEMPTS):
        Worker(settings).run_once()
        [job] = all_jobs(db)
        assert job.attempts == attempt
        assert job.last_error == "RuntimeError", "and never what it said"
        waits.append((job.leased_until - now()).total_seconds())
        make_due(db)

    assert waits == sorted(waits)
    assert waits[0] > 5
    assert count(db, Organisation) == 0

    Worker(settings).run_once()
    [job] = all_jobs(db)
    assert job.dead_at
    make_due(db)
    assert Worker(settings).run_once() == 0


def test_a_job_that_ends_its_workers_is_buried(db, settings):
    jobs.job("bell.ring")(lambda db, payload: None)
    ask(db, "bell.ring")
    db.execute(update(Job).values(attempts=jobs.ATTEMPTS, leased_until=now()))
    db.commit()

    assert Worker(settings).run_once() == 0

    [job] = all_jobs(db)
    assert job.dead_at
    assert job.last_error == "Vanished"


def test_a_kind_nobody_knows_is_a_failure_for_a_person_to_see(db, settings):
    ask(db, "no.such")
    db.commit()

    Worker(settings).run_once()

    assert all_jobs(db)[0].last_error == "LookupError"


def test_what_comes_by_itself_comes_again(db, settings):
    rung: list[int] = []
    jobs.job("bell.ring", every=timedelta(hours=1))(lambda db, payload: rung.append(1))

    assert Worker(settings).run_once() == 1
    assert Worker(settings).run_once() == 0
    make_due(db)
    assert Worker(settings).run_once() == 1

    done, again, last = all_jobs(db)
    assert done.done_at and again.done_at and last.done_at is None
    assert timedelta(minutes=59) < last.due_at - now() <= timedelta(hours=1)


def test_what_comes_by_itself_comes_again_even_after_it_died(db, settings):
    jobs.job("bell.ring", every=timedelta(hours=1))(lambda db, payload: 1 / 0)
    ask(db, "bell.ring")
    db.execute(update(Job).values(attempts=jobs.ATTEMPTS - 1))
    db.commit()

    Worker(settings).run_once()

    dead, again = all_jobs(db)
    assert dead.dead_at
    assert again.due_at > now()


def test_old_work_is_forgotten_and_dead_work_is_not(db):
    ask(db, "bell.ring", key="done")
    ask(db, "bell.ring", key="dead")
    old = now() - timedelta(days=8)
    db.execute(update(Job).where(col(Job.dedupe_key) == "bell.ring:done").values(done_at=old))
    db.execute(update(Job).where(col(Job.dedupe_key) == "bell.ring:dead").values(dead_at=old))

    jobs.forget_done(db, {})
    db.commit()

    assert [job.dedupe_key for job in all_jobs(db)] == ["bell.ring:dead"]


def test_a_worker_goes_on_when_its_database_comes_back(settings, db, monkeypatch):
    rung = threading.Event()
    jobs.job("bell.ring")(lambda db, payload: rung.set())
    ask(db, "bell.ring")
    db.commit()
    monkeypatch.setattr("api.worker.PAUSE", 0.01)
    away = [True, True, True]
    worker = Worker(settings)
    turn = worker.turn

    def sometimes(engine):
        if away:
            away.pop()
            raise ConnectionError
        return turn(engine)

    monkeypatch.setattr(worker, "turn", sometimes)
    thread = threading.Thread(target=worker.run)
    thread.start()

    assert rung.wait(10)
    worker.stop()
    thread.join(10)
    assert not thread.is_alive()
