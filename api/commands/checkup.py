"""Looks at everything a deployment stands on, and says in words what it found."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import col

from api.commands.terminal import counted
from api.core import jobs
from api.core.clock import now
from api.core.db import Database, create_engine, for_reading
from api.core.events import Outbox
from api.core.health import VERSION, newest_revisions
from api.core.jobs import Job
from api.core.secrets import key
from api.core.settings import Settings
from api.notifications.models import Mail, MailState

# The worker looks every second; what waits longer than this waits for nobody.
PATIENCE = timedelta(minutes=10)
# A server may put a mail off for a while; what waits longer than this is held up by something.
MAIL_PATIENCE = timedelta(hours=12)
# Beneath this, a busy day could fill the disk.
ROOM = 1_000_000_000


class Finding(NamedTuple):
    """One thing that was looked at: whether it is well, and what to do if it is not."""

    well: bool
    words: str
    away: bool = False


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after the other; without a database there is little more to look at."""
    yield Finding(True, f"Trellis {VERSION}, for people at {settings.public_url}")
    yield _pages(settings)
    yield _mail(settings)
    url = make_url(settings.database_url)
    file = Path(url.database) if settings.is_sqlite and url.database else None
    # Opening a file that is not there would make it.
    if file and not file.exists():
        yield Finding(False, f"The database {file} does not exist. Run `trellis migrate`.")
        return
    try:
        engine = for_reading(create_engine(settings.database_url, connections=1))
        with Database(engine) as db:
            yield _engine(engine, db, url.render_as_string(hide_password=True))
            tables = _tables(db)
            yield tables
            yield _disk(db, file)
            if tables.well:
                yield _keys(db)
                yield _events(db)
                yield _jobs(db)
                yield _mails(db)
        engine.dispose()
    except (SQLAlchemyError, RuntimeError) as failed:
        why = getattr(failed, "orig", None) or failed
        away = isinstance(failed, OperationalError)
        yield Finding(False, f"The database cannot be reached: {str(why).strip()}", away)


def _pages(settings: Settings) -> Finding:
    if not settings.frontend_dir:
        return Finding(True, "No pages are served, only the API (TRELLIS_FRONTEND_DIR is not set)")
    index = Path(settings.frontend_dir) / "index.html"
    if index.is_file():
        return Finding(True, f"The pages are in {settings.frontend_dir}")
    return Finding(
        False, f"There are no pages in {settings.frontend_dir}. Build them with `make frontend`."
    )


def _mail(settings: Settings) -> Finding:
    if settings.carrier is None:
        return Finding(True, "No mail is written, only notices (TRELLIS_SMTP_URL is not set)")
    # The library is large, and only who sends mail needs it.
    from api.notifications.postbox import Closed, opened

    try:
        with opened(settings):
            words = f"Mail from {settings.sender.address} goes to {settings.carrier}"
            return Finding(True, words)
    except Closed as away:
        words = f"Mail cannot go to {settings.carrier} ({away.reason}); it waits meanwhile"
        return Finding(False, f"{words}. Compare TRELLIS_SMTP_URL with docs/operate/mail.md.")


def _engine(engine: Engine, db: Database, url: str) -> Finding:
    if engine.dialect.name == "sqlite":
        version = db.execute(text("SELECT sqlite_version()")).scalar()
        return Finding(True, f"SQLite {version} answers at {url}")
    version = db.execute(text("SHOW server_version")).scalar()
    return Finding(True, f"PostgreSQL {version} answers at {url}")


def _tables(db: Database) -> Finding:
    newest = newest_revisions()
    try:
        current = set(db.execute(text("SELECT version_num FROM alembic_version")).scalars())
    except SQLAlchemyError:
        db.rollback()
        current = set()
    if current == newest:
        return Finding(True, f"The tables are those of this version ({', '.join(sorted(newest))})")
    had = ", ".join(sorted(current)) or "empty"
    return Finding(False, f"The database is not migrated ({had}). Run `trellis migrate`.")


def _disk(db: Database, file: Path | None) -> Finding:
    if file is None:
        size = db.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        return Finding(True, f"The database holds {_size(size)}; its server watches its own disk")
    free, size = shutil.disk_usage(file.parent).free, file.stat().st_size
    words = f"The database holds {_size(size)}, and {_size(free)} are free beside it"
    if free < max(ROOM, size):
        return Finding(False, f"{words}. Make room: a backup needs as much again.")
    return Finding(True, words)


def _keys(db: Database) -> Finding:
    if key(db, "cursors"):
        return Finding(True, "The keys of this deployment are there")
    return Finding(False, "The keys of this deployment are missing. Run `trellis migrate`.")


def _events(db: Database) -> Finding:
    waiting, oldest = db.execute(
        select(func.count(), func.min(col(Outbox.recorded_at))).where(
            col(Outbox.delivered_at).is_(None)
        )
    ).one()
    if not waiting:
        return Finding(True, "Every event has been delivered")
    age = now() - oldest
    words = f"{counted(waiting, 'event')} not delivered yet, the oldest for {_span(age)}"
    return Finding(age < PATIENCE, words if age < PATIENCE else f"{words}. {_NO_WORKER}")


def _jobs(db: Database) -> Finding:
    dead = db.execute(
        select(func.count()).select_from(Job).where(col(Job.dead_at).is_not(None))
    ).scalar_one()
    if dead:
        failed = f"{counted(dead, 'job')} failed time after time"
        return Finding(False, f"{failed}. The log says why, docs/operate/watching.md what to do.")
    moment = now()
    due = db.execute(
        select(func.min(col(Job.due_at))).where(jobs.waiting(), col(Job.leased_until).is_(None))
    ).scalar()
    if due and moment - due > PATIENCE:
        return Finding(False, f"A job has been due for {_span(moment - due)}. {_NO_WORKER}")
    return Finding(True, "No job is overdue or has failed for good")


def _mails(db: Database) -> Finding:
    waiting, oldest = db.execute(
        select(func.count(), func.min(col(Mail.created_at))).where(
            col(Mail.state) == MailState.QUEUED
        )
    ).one()
    if not waiting:
        return Finding(True, "No mail is waiting")
    words = f"{counted(waiting, 'mail')} waiting, the oldest for {_span(now() - oldest)}"
    if now() - oldest < MAIL_PATIENCE:
        return Finding(True, words)
    return Finding(False, f"{words}. docs/operate/mail.md says what may hold them up.")


_NO_WORKER = (
    "No worker is at work: start `trellis serve` with TRELLIS_WORKER=embedded, or `trellis worker`."
)


def _size(number: int) -> str:
    if number < 1_000_000_000:
        return f"{number / 1_000_000:,.1f} MB"
    return f"{number / 1_000_000_000:,.1f} GB"


def _span(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return counted(minutes, "minute")
    if minutes < 48 * 60:
        return counted(minutes // 60, "hour")
    return counted(minutes // (24 * 60), "day")
