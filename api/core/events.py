"""What happened, written down in the transaction that made it happen.

An event's kind is one word everywhere: webhook type, audit verb, activity. Rooms above listen in
two ways: `on` hears it inside the same transaction, for records that must never lag behind;
`later` hears it from the worker, for everything that leaves the house.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Index, func, insert, text
from sqlmodel import Field, SQLModel, col, select

from api.core import jobs
from api.core.audit import AuditEntry, Sequence
from api.core.clock import now
from api.core.db import At, Database, Document
from api.core.logs import log

KINDS: dict[str, "type[Event]"] = {}
# Facts are told in the order in which they were written, so one worker at a time tells them.
_TELLING = 7_265_420_002


class Event(BaseModel, frozen=True):
    """A fact in the past tense. Subclass it, give it a kind, and say in one sentence what it is."""

    kind: ClassVar[str]
    # What it happened to; and the community in which it happened.
    object_id: UUID
    community_id: UUID | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "kind" in cls.__dict__:
            KINDS[cls.kind] = cls


class Outbox(SQLModel, table=True):
    """Facts waiting for the worker, in the order in which they were written."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "seq",
            sqlite_where=text("delivered_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    kind: str = Field(max_length=60)
    payload: dict[str, Any] = Field(sa_type=Document)
    recorded_at: datetime = At()
    delivered_at: datetime | None = At(default=None)


E = TypeVar("E", bound=Event)
Listener = Callable[[Database, E], None]
_at_once: dict[str, list[Callable[[Database, Any], None]]] = {}
# Those among them that hear many events in one call.
_of_many: set[Callable[[Database, Any], None]] = set()
_later: dict[str, list[Callable[[Database, Any], None]]] = {}


def on(*events: type[E]) -> Callable[[Listener[E]], Listener[E]]:
    """Listen inside the transaction that records the event."""
    return _registrar(_at_once, events)


def on_many(
    *events: type[E],
) -> Callable[[Callable[[Database, list[E]], None]], Callable[[Database, list[E]], None]]:
    """Listen like `on`, to all that are recorded together at a time."""

    def register(listener: Callable[[Database, list[E]], None]) -> Any:
        _of_many.add(listener)
        return _registrar(_at_once, events)(listener)  # type: ignore[arg-type]  # told apart by the set

    return register


def later(*events: type[E]) -> Callable[[Listener[E]], Listener[E]]:
    """Listen from the worker, once the event is certain."""
    return _registrar(_later, events)


def _registrar(
    book: dict[str, list[Callable[[Database, Any], None]]], events: tuple[type[E], ...]
) -> Callable[[Listener[E]], Listener[E]]:
    def register(listener: Listener[E]) -> Listener[E]:
        for event in events:
            listeners = book.setdefault(event.kind, [])
            if listener not in listeners:
                listeners.append(listener)
        return listener

    return register


def record(db: Database, event: Event) -> None:
    """Write the event to the outbox and the audit, and tell those who listen at once."""
    record_all(db, [event])


def record_all(db: Database, events: list[E]) -> None:
    """Record events of one kind together: thousands of them cost as many statements as one."""
    if not events:
        return
    moment, kind = now(), events[0].kind
    actor = db.info.get("actor")
    said = {
        "at": moment,
        "verb": kind,
        "object_type": kind.split(".")[0],
        "actor_id": actor and actor.person_id,
        "credential_id": actor and (actor.token_id or actor.sign_in_id),
        "request_id": db.info.get("request_id"),
    }
    _write(
        db,
        Outbox,
        [
            {"kind": kind, "payload": e.model_dump(mode="json"), "recorded_at": moment}
            for e in events
        ],
    )
    _write(
        db,
        AuditEntry,
        [{**said, "object_id": e.object_id, "community_id": e.community_id} for e in events],
    )
    for listener in _at_once.get(kind, ()):
        if listener in _of_many:
            listener(db, events)
        else:
            for event in events:
                listener(db, event)


def _write(db: Database, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    # Rows, not objects: nobody asks for what they were given, and every change writes two of them.
    statement = insert(table).inline()
    db.connection().execute(statement, rows if len(rows) > 1 else rows[0])


def deliver(db: Database, batch: int = 100) -> int:
    """Hand waiting events to those who listen later; return how many were delivered.

    A listener that fails loses only its own work, and hears the event again from a job of its own.
    """
    if db.get_bind().dialect.name == "postgresql":
        if not db.execute(select(func.pg_try_advisory_xact_lock(_TELLING))).scalar():
            return 0
    waiting = db.exec(
        select(Outbox)
        .where(col(Outbox.delivered_at).is_(None))
        .order_by(col(Outbox.seq))
        .limit(batch)
    ).all()
    for fact in waiting:
        for listener in _later.get(fact.kind, ()):
            seq, name = fact.seq, _name(listener)
            try:
                with db.begin_nested():
                    _tell(db, fact, listener)
            except Exception as error:
                log.error("event.failed", seq=seq, listener=name, exc_info=error)
                jobs.ask(db, "events.tell_again", {"seq": seq, "to": name}, key=f"{seq}/{name}")
        fact.delivered_at = now()
    return len(waiting)


@jobs.job("events.tell_again")
def tell_again(db: Database, payload: dict[str, Any]) -> None:
    """Tell one listener what it could not hear the first time."""
    fact = db.get_one(Outbox, payload["seq"])
    for listener in _later.get(fact.kind, ()):
        if _name(listener) == payload["to"]:
            _tell(db, fact, listener)


def _tell(db: Database, fact: Outbox, listener: Callable[[Database, Any], None]) -> None:
    if event := KINDS.get(fact.kind):  # a kind that a later version dropped has nothing to tell
        listener(db, event.model_validate(fact.payload))


def _name(listener: Callable[..., None]) -> str:
    return f"{listener.__module__}.{listener.__qualname__}"
