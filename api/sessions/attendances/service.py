"""Recording who came. A correction closes the record it corrects and adds another."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from api.communities.models import Mode
from api.core.actor import Actor
from api.core.bulk import (
    BulkItem,
    BulkQuery,
    BulkRead,
    HowMuch,
    Misfit,
    Outcome,
    RowFault,
    refuse_rows,
    refused,
    told_apart,
)
from api.core.clock import now
from api.core.db import Database, columns
from api.core.events import record, record_all
from api.core.ids import new_id
from api.core.policy import permit
from api.core.problems import Conflict, IllegalMove, Invalid, NotFound, Overtaken
from api.identity.models import Person
from api.sessions import policy, queries
from api.sessions.attendances.schemas import AttendanceRead, Mark, PersonMark
from api.sessions.events import AttendanceRecorded, AttendanceWithdrawn
from api.sessions.models import Attendance, AttendanceStatus, Seating, SessionStatus, Source
from api.sessions.policy import Meeting

A = columns(Attendance)
# What makes two records say the same; who said it, and when, does not.
_SAYING = ("status", "minutes", "seating", "reason")


class NotYet(Conflict):
    """Nobody can have come to a session before it starts."""

    title = "The session has not started"


class Seen(NamedTuple):
    """Something to be on record about one person at one session."""

    session_id: UUID
    person_id: UUID
    status: AttendanceStatus
    minutes: int | None
    seating: Seating | None
    reason: str | None
    source: Source


class Kept(NamedTuple):
    """What became of it, and the record that now says so."""

    outcome: Outcome
    attendance_id: UUID


class Where(NamedTuple):
    """What an event says about the session somebody came to."""

    community_id: UUID
    starts_at: datetime


def mark(
    db: Database, actor: Actor, session_id: UUID, person_id: UUID, said: Mark
) -> AttendanceRead:
    """Put on record whether one person came; the same again changes nothing."""
    meeting, mode = _to_record(db, actor, session_id)
    if not _known(db, [person_id]):
        raise NotFound("No such person.")
    if wrong := _wrong(mode, said):
        raise Invalid(errors=[{"at": f"body/{wrong[0]}", "detail": wrong[1]}])
    keep(db, [_seen(meeting, mode, actor, person_id, said)], _where(meeting), actor.person_id)
    return read(db, session_id, person_id)


def mark_many(
    db: Database,
    actor: Actor,
    session_id: UUID,
    rows: Sequence[PersonMark | Misfit],
    how: BulkQuery,
) -> BulkRead:
    """Put many people on record: all of them, or with `partial` those that can be."""
    meeting, mode = _to_record(db, actor, session_id)
    items, faults = told_apart(rows)
    faults |= _faults(db, mode, items)
    if how.mode is HowMuch.ALL:
        refuse_rows(faults)
    right = [index for index in items if index not in faults]
    seen = [_seen(meeting, mode, actor, items[i].person_id, items[i]) for i in right]
    kept = dict(zip(right, keep(db, seen, _where(meeting), actor.person_id), strict=True))
    if how.dry_run:
        db.info["dry_run"] = True
    answers = [
        BulkItem(index=i, status=kept[i].outcome, id=kept[i].attendance_id, problem=None)
        if i in kept
        else refused(i, *faults[i])
        for i in range(len(rows))
    ]
    return BulkRead.of(answers, dry_run=how.dry_run)


def _faults(db: Database, mode: Mode, items: Mapping[int, PersonMark]) -> dict[int, list[RowFault]]:
    """Find the rows that cannot be on record, and why."""
    known = _known(db, [item.person_id for item in items.values()])
    faults: dict[int, list[RowFault]] = {}
    first: dict[UUID, int] = {}
    for index, item in items.items():
        before = first.setdefault(item.person_id, index)
        if before != index:
            faults[index] = [("person_id", f"is in item {before} already")]
        elif item.person_id not in known:
            faults[index] = [("person_id", "no such person")]
        elif wrong := _wrong(mode, item):
            faults[index] = [wrong]
    return faults


def withdraw(db: Database, actor: Actor, session_id: UUID, person_id: UUID) -> None:
    """Take a record back, so that nothing is recorded about the person any more."""
    meeting, _ = _to_record(db, actor, session_id)
    current = _current(session_id, person_id)
    taken_back = db.execute(
        update(Attendance)
        .where(*current)
        .values(replaced_at=now())
        .returning(A.id)
        .execution_options(synchronize_session=False)
    ).scalar()
    if taken_back is None:
        raise NotFound("Nothing is recorded about this person.")
    record(
        db,
        AttendanceWithdrawn(
            object_id=session_id,
            community_id=meeting.community.id,
            person_id=person_id,
            attendance_id=taken_back,
        ),
    )


def keep(
    db: Database,
    seen: Sequence[Seen],
    where: Mapping[UUID, Where],
    by_id: UUID | None,
    known: Mapping[tuple[UUID, UUID], Any] | None = None,
) -> list[Kept]:
    """Write what was seen beside what is known, and tell what changed; rules were asked before."""
    if known is None:
        known = known_records(db, where, {each.person_id for each in seen})
    moment = now()
    kept: list[Kept] = []
    fresh: list[dict[str, Any]] = []
    replaced: dict[UUID, UUID] = {}
    for each in seen:
        before = known.get((each.session_id, each.person_id))
        if before and all(getattr(before, n) == getattr(each, n) for n in _SAYING):
            kept.append(Kept(Outcome.UNCHANGED, before.id))
            continue
        made = new_id()
        fresh.append({**each._asdict(), "id": made, "recorded_by_id": by_id, "recorded_at": moment})
        if before:
            replaced[made] = before.id
        kept.append(Kept(Outcome.UPDATED if before else Outcome.CREATED, made))
    _write(db, fresh, list(replaced.values()), moment)
    record_all(
        db,
        [
            AttendanceRecorded(
                object_id=row["session_id"],
                community_id=where[row["session_id"]].community_id,
                person_id=row["person_id"],
                attendance_id=row["id"],
                replaces_id=replaced.get(row["id"]),
                status=row["status"],
                source=row["source"],
                occurred_at=where[row["session_id"]].starts_at,
            )
            for row in fresh
        ],
    )
    return kept


def read(db: Database, session_id: UUID, person_id: UUID) -> AttendanceRead:
    """Read the record of one person at one session."""
    row = db.execute(select(*A).where(*_current(session_id, person_id))).mappings().one_or_none()
    if row is None:
        raise NotFound("Nothing is recorded about this person.")
    return AttendanceRead.model_validate({**row, "mode": row["seating"], "withdrawn_at": None})


def _write(
    db: Database, fresh: list[dict[str, Any]], replaced: list[UUID], moment: datetime
) -> None:
    if replaced:
        closed = db.execute(
            update(Attendance)
            .where(A.id.in_(replaced), A.replaced_at.is_(None))
            .values(replaced_at=moment)
            .execution_options(synchronize_session=False)
        )
        if closed.rowcount != len(replaced):  # type: ignore[attr-defined]  # an UPDATE has one
            raise Overtaken()
    if fresh:
        try:
            db.execute(insert(Attendance), fresh)
        except IntegrityError:
            # Somebody else put the same person on record a moment before.
            raise Overtaken() from None


def known_records(
    db: Database, sessions: Collection[UUID], people: Collection[UUID] | None = None
) -> dict[tuple[UUID, UUID], Any]:
    """What is on record of these sessions, about these people or about everybody."""
    conditions = [A.session_id.in_(sessions), A.replaced_at.is_(None)]
    if people is not None:
        conditions.append(A.person_id.in_(people))
    rows = db.execute(
        select(A.id, A.session_id, A.person_id, A.status, A.minutes, A.seating, A.reason).where(
            *conditions
        )
    )
    return {(row.session_id, row.person_id): row for row in rows}


def on_record(db: Database, session_id: UUID, person_id: UUID) -> AttendanceStatus | None:
    """What is recorded about one person, if anything is."""
    return db.execute(select(A.status).where(*_current(session_id, person_id))).scalar()


def _current(session_id: UUID, person_id: UUID) -> tuple[Any, ...]:
    return (A.session_id == session_id, A.person_id == person_id, A.replaced_at.is_(None))


def _to_record(db: Database, actor: Actor, session_id: UUID) -> tuple[Meeting, Mode]:
    met = queries.meet(db, actor, session_id)
    permit(policy.run, actor, met.meeting)
    begun(met.meeting)
    return met.meeting, met.mode


def begun(meeting: Meeting) -> None:
    """Refuse where nobody can have come."""
    queries.living(meeting)
    if meeting.status is SessionStatus.CANCELLED:
        raise IllegalMove("The session was cancelled.", legal=[])
    if not meeting.started:
        raise NotYet()


def _where(meeting: Meeting) -> dict[UUID, Where]:
    return {meeting.id: Where(meeting.community.id, meeting.starts_at)}


def _known(db: Database, person_ids: Sequence[UUID]) -> set[UUID]:
    return set(db.execute(select(col(Person.id)).where(col(Person.id).in_(person_ids))).scalars())


def _wrong(mode: Mode, said: Mark) -> tuple[str, str] | None:
    """Where, and in what, a record contradicts itself or its session."""
    if said.mode and mode is not Mode.HYBRID and Seating(mode) is not said.mode:
        return "mode", f"the session was {mode.replace('_', ' ')}"
    if said.status is AttendanceStatus.NO_SHOW and said.minutes:
        return "minutes", "somebody who did not come stayed no minutes"
    return None


def seating(mode: Mode, said: Seating | None) -> Seating | None:
    """How somebody took part, where the session leaves no other way."""
    return said if mode is Mode.HYBRID else Seating(mode)


def _seen(meeting: Meeting, mode: Mode, actor: Actor, person_id: UUID, said: Mark) -> Seen:
    by_script = Source.API if actor.token_id else Source.FACILITATOR
    return Seen(
        session_id=meeting.id,
        person_id=person_id,
        status=said.status,
        minutes=said.minutes,
        seating=seating(mode, said.mode),
        reason=said.reason,
        source=said.source or by_script,
    )
