"""Telling people: a notice where they sign in, and a mail where mail is set up.

Nothing leaves from here. A mail is a row of the same transaction as what it tells of, and a job
takes it to the server once that is certain.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import SQLModel, col

from api.core import jobs
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database, columns, insert_into
from api.core.ids import new_id
from api.core.problems import NotFound
from api.core.settings import Settings
from api.identity.models import Person
from api.notifications.models import BODY, PATH, TITLE, Mail, Notice

# The job that takes mail to the server, and the key under which it is asked for at once.
SENDING, SOON = "mails.send", "soon"
# As many people as one statement speaks of.
CHUNK = 1000
# What could end a header, or hide something in a text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")

T = TypeVar("T")


class Note(NamedTuple):
    """What one person is told, and where in the application it leads."""

    person_id: UUID
    title: str
    body: str
    path: str
    # Where the link in the mail leads if it differs: it may carry a secret behind `#`.
    mail_path: str | None = None


def notify(
    db: Database,
    notes: Sequence[Note],
    *,
    kind: str,
    key: str,
    community_id: UUID | None = None,
    about_id: UUID | None = None,
) -> int:
    """Tell people something, each of them once a kind and key; return how many had not heard it.

    Everybody finds a notice when they sign in. A mail goes to those of them who have an address
    and whose access has not ended.
    """
    occasion = {"kind": kind, "key": key, "community_id": community_id}
    moment, told = now(), 0
    # In one order, so that two who tell the same people at once do not wait for each other.
    first = {note.person_id: note for note in reversed(notes)}
    db.flush()
    for some in _chunks(sorted(first.values())):
        heard = _keep(db, some, {**occasion, "about_id": about_id, "created_at": moment})
        told += len(heard)
        _queue(db, [first[person_id] for person_id in heard], occasion, moment)
    _soon(db, told)
    return told


def write(
    db: Database, address: str, subject: str, body: str, *, path: str, kind: str, key: str
) -> None:
    """Write to somebody without an account, once a kind and key for as long as that is remembered.

    Where no mail is set up, nothing is written.
    """
    mail = {"person_id": None, "community_id": None, "kind": kind, "key": key}
    words = {"subject": _line(subject), "body": _text(body), "path": _inside(path)}
    _send(db, [{**mail, **words, "address": address.strip().lower()}], now())
    _soon(db, 1)


def mark(db: Database, me: Actor, notice_id: UUID, *, read: bool) -> Notice:
    """Say of one's own notice that it has been read, or has not."""
    notice = _own(db, me, notice_id)
    if read != (notice.read_at is not None):
        notice.read_at = now() if read else None
        db.add(notice)
        db.flush()
    return notice


def mark_through(db: Database, me: Actor, notice_id: UUID) -> None:
    """Say that this notice and all before it have been read; what came since may be unseen."""
    newest = _own(db, me, notice_id)
    mine = update(Notice).where(col(Notice.person_id) == me.person_id)
    unread = mine.where(col(Notice.id) <= newest.id, col(Notice.read_at).is_(None))
    db.execute(unread.values(read_at=now()))


def erase(db: Database, person_id: UUID) -> None:
    """Leave nothing of what a person was told."""
    for table in (Notice, Mail):
        db.execute(delete(table).where(col(table.person_id) == person_id))


def _own(db: Database, me: Actor, notice_id: UUID) -> Notice:
    notice = db.get(Notice, notice_id)
    if notice is None or notice.person_id != me.person_id:
        raise NotFound("No such notice of yours.")
    return notice


def _keep(db: Database, notes: list[Note], occasion: dict[str, Any]) -> list[UUID]:
    """Keep the notices that are new, and return whose they are."""
    rows = [
        {
            **occasion,
            "id": new_id(),
            "person_id": note.person_id,
            "title": _line(note.title),
            "body": _text(note.body),
            "path": _inside(note.path),
        }
        for note in notes
    ]
    person = columns(Notice).person_id
    return list(db.execute(_new(db, Notice).returning(person), rows).scalars())


def _queue(db: Database, notes: list[Note], occasion: dict[str, Any], moment: datetime) -> None:
    """Queue mail to those among them who can be reached by it."""
    if not notes or not _settings(db):
        return
    p = columns(Person)
    reached = select(p.id, p.email).where(
        p.id.in_([n.person_id for n in notes]), p.email.is_not(None), p.disabled_at.is_(None)
    )
    address: dict[UUID, str] = {row.id: row.email for row in db.execute(reached)}
    rows = [
        {
            **occasion,
            "person_id": note.person_id,
            "address": address[note.person_id],
            "subject": _line(note.title),
            "body": _text(note.body),
            "path": _inside(note.mail_path or note.path),
        }
        for note in notes
        if note.person_id in address
    ]
    _send(db, rows, moment)


def _send(db: Database, rows: list[dict[str, Any]], moment: datetime) -> None:
    """Queue mails; the same one to the same address is queued once."""
    settings = _settings(db)
    if not rows or not settings:
        return
    domain = settings.sender.domain
    for row in rows:
        row["id"] = new_id()
        row["message_id"] = f"<{row['id'].hex}@{domain}>"
        row |= {"created_at": moment, "due_at": moment, "state": "queued", "attempts": 0}
    db.execute(_new(db, Mail), rows)


def _soon(db: Database, told: int) -> None:
    """Ask for mail to be taken away once this is certain; last, since others may wait to ask."""
    if told and _settings(db):
        jobs.ask(db, SENDING, key=SOON)


def _settings(db: Database) -> Settings | None:
    """The settings of whoever opened this transaction, if mail is set up in them."""
    settings: Settings | None = db.info.get("settings")
    return settings if settings and settings.smtp_url else None


def _new(db: Database, table: type[SQLModel]) -> Any:
    return insert_into(db, table.__table__).on_conflict_do_nothing()  # type: ignore[attr-defined]  # every table class has one


def _chunks(things: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


def _line(words: str) -> str:
    """One line without anything that could begin another one."""
    return " ".join(_CONTROL.sub(" ", words).split())[:TITLE]


def _text(words: str) -> str:
    return _CONTROL.sub("", words.replace("\r\n", "\n")).strip()[:BODY]


def _inside(path: str) -> str:
    """A place in the application, and nowhere else."""
    if not path.startswith("/") or path.startswith("//") or len(path) > PATH:
        raise ValueError("a path begins with one slash")
    return path
