from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import delete, select

from api.core.clock import now
from api.core.db import Database
from api.core.events import Outbox
from api.core.jobs import Job, ask
from api.core.secrets import Secret
from api.notifications.models import Mail
from tests import make
from tests.cli.conftest import Trellis
from tests.notifications.post import Office


def test_a_sound_deployment_is_well(trellis: Trellis, on_postgresql: bool) -> None:
    done = trellis("doctor")

    report = done.out.decode()
    assert done.code == 0, report
    assert report.endswith("All is well.\n")
    assert ("PostgreSQL" if on_postgresql else "SQLite") in report
    assert "CHECK" not in report


def test_a_database_that_is_not_there_is_not_made(trellis: Trellis, tmp_path: Path) -> None:
    file = tmp_path / "none.db"

    done = trellis("doctor", TRELLIS_DATABASE_URL=f"sqlite:///{file}")

    assert done.code == 1
    assert b"Run `trellis migrate`" in done.out
    assert not file.exists()


def test_an_empty_database_needs_its_tables(trellis: Trellis, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()

    done = trellis("doctor", TRELLIS_DATABASE_URL=f"sqlite:///{tmp_path / 'empty.db'}")

    assert done.code == 1
    assert b"CHECK  The database is not migrated (empty)" in done.out


def test_a_server_that_does_not_answer_is_said_without_its_password(trellis: Trellis) -> None:
    url = "postgresql+psycopg://trellis:hush@127.0.0.1:9/trellis"

    done = trellis("doctor", TRELLIS_DATABASE_URL=url)

    assert done.code == 3
    assert b"cannot be reached" in done.out
    assert b"hush" not in done.out + done.err.encode()


def test_pages_that_are_not_built_are_missed(trellis: Trellis, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()

    before = trellis("doctor", TRELLIS_FRONTEND_DIR=str(tmp_path / "dist"))
    (tmp_path / "dist" / "index.html").touch()
    after = trellis("doctor", TRELLIS_FRONTEND_DIR=str(tmp_path / "dist"))

    assert (before.code, after.code) == (1, 0)
    assert b"make frontend" in before.out


def test_events_that_nobody_delivers_are_noticed(trellis: Trellis, db: Database) -> None:
    make.community(db)
    fresh = trellis("doctor")
    for fact in db.exec(select(Outbox)):
        fact.recorded_at -= timedelta(hours=3)
    db.commit()

    old = trellis("doctor")

    assert (fresh.code, old.code) == (0, 1)
    assert b"not delivered yet, the oldest for 3 hours. No worker is at work" in old.out


def test_jobs_that_failed_for_good_or_wait_too_long_are_noticed(
    trellis: Trellis, db: Database
) -> None:
    ask(db, "sessions.close", at=now() - timedelta(days=3))
    db.commit()
    overdue = trellis("doctor")
    for job in db.exec(select(Job)):
        job.dead_at = now()
    db.commit()

    dead = trellis("doctor")

    assert (overdue.code, dead.code) == (1, 1)
    assert b"A job has been due for 3 days." in overdue.out
    assert b"1 job failed time after time." in dead.out


def test_missing_keys_are_missed(trellis: Trellis, db: Database) -> None:
    db.execute(delete(Secret))
    db.commit()

    done = trellis("doctor")

    assert done.code == 1
    assert b"The keys of this deployment are missing." in done.out


def test_a_full_disk_is_foreseen(
    trellis: Trellis, monkeypatch: pytest.MonkeyPatch, on_postgresql: bool
) -> None:
    if on_postgresql:
        pytest.skip("its disk is elsewhere")
    monkeypatch.setattr("api.commands.checkup.ROOM", 10**18)

    done = trellis("doctor")

    assert done.code == 1
    assert b"Make room" in done.out


def test_a_server_that_takes_mail_is_asked_whether_it_does(trellis: Trellis) -> None:
    with Office() as office:
        there = trellis("doctor", TRELLIS_SMTP_URL=office.url, TRELLIS_MAIL_FROM="hub@example.org")
    away = trellis("doctor", TRELLIS_SMTP_URL=f"smtp://hub:hush@127.0.0.1:{office.port}")

    assert there.code == 0, there.out
    assert f"Mail from hub@example.org goes to 127.0.0.1:{office.port}".encode() in there.out
    assert away.code == 1
    assert b"cannot go to 127.0.0.1" in away.out and b"ConnectionRefusedError" in away.out
    assert b"hush" not in away.out + away.err.encode()


def test_mail_that_is_held_up_is_told(trellis: Trellis, db: Database) -> None:
    waiting = Mail(
        address="jo@example.org",
        kind="person.invited",
        key="1",
        subject="Hello",
        message_id="<1@example.org>",
        created_at=now() - timedelta(days=2),
    )
    db.add(waiting)
    db.commit()

    done = trellis("doctor")

    assert done.code == 1
    assert b"1 mail waiting, the oldest for 2 days" in done.out
