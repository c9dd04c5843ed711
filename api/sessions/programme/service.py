"""Planning sessions, changing what was planned, and saying what became of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from api.communities import policy as communities
from api.communities.models import Community, CommunityStatus, Mode
from api.communities.service import living
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Changed, Conflict, IllegalMove, Invalid
from api.sessions import codes, lifecycle, policy, queries
from api.sessions.events import (
    SessionCancelled,
    SessionChanged,
    SessionCorrected,
    SessionHeld,
    SessionRescheduled,
    SessionScheduled,
)
from api.sessions.lifecycle import AHEAD
from api.sessions.models import (
    PRESENT,
    Attendance,
    FollowUp,
    Seating,
    Session,
    SessionStatus,
)
from api.sessions.policy import Meeting
from api.sessions.programme import ledger, limits, people
from api.sessions.programme.limits import Limits
from api.sessions.programme.schemas import SessionCreate, SessionUpdate
from api.sessions.queries import MINE
from api.sessions.rsvps import seats
from api.sessions.rsvps.service import free_seats

LONGEST = timedelta(days=14)
_PEOPLE = {"facilitator_ids", "speakers", "named_ids"}
_SEATS = {"mode", "capacity", "online_capacity"}
_TIMES = {"starts_at", "ends_at"}


class SomebodyCame(Conflict):
    """People are on record as having been there; take that back before you cancel."""

    title = "Somebody was there"


def schedule(db: Database, actor: Actor, community: Community, new: SessionCreate) -> Session:
    """Put a session into the programme, or add one that took place before."""
    if community.status is CommunityStatus.FORMING:
        # It may come to nothing at this moment; whoever dissolves it waits for us, or we see it.
        db.refresh(community, with_for_update={"read": True})
    living(community)
    permit(communities.schedule, actor, community)
    _in_order(new.starts_at, new.ends_at)
    if new.status is SessionStatus.HELD:
        permit(policy.add_past, actor, community)
    _possible(new)
    asked = {"capacity": new.capacity, "online_capacity": new.online_capacity}
    session = Session.model_validate(
        new.model_dump(exclude=_PEOPLE),
        update={
            **limits.changed(Limits(None, None), new.mode, asked).columns(new.mode),
            "community_id": community.id,
            "timezone": new.timezone or community.timezone,
            "check_in_code": codes.make(),
            "changed_at": now(),
        },
    )
    _add(db, session, new.model_dump(include=_PEOPLE))
    if session.status is SessionStatus.HELD:
        _took_place(db, session)
        db.flush()
    return session


def add_held(db: Database, session: Session) -> None:
    """Store a session of the past that nobody had planned here."""
    _add(db, session, {})
    _took_place(db, session)


def _add(db: Database, session: Session, helpers: dict[str, Any]) -> None:
    db.add(session)
    db.flush()
    people.assign(db, session, helpers)
    ledger.keep(db, session)
    _say(db, session, SessionScheduled, starts_at=session.starts_at)


def edit(
    db: Database, actor: Actor, session: Session, meeting: Meeting, change: SessionUpdate
) -> None:
    """Change a session: what it says, when and how it is, who carries it, how far it has come."""
    permit(policy.run, actor, meeting)
    queries.living(meeting)
    if session.status is SessionStatus.CANCELLED:
        raise IllegalMove("It was cancelled.", legal=[])
    asked = change.model_dump(include=change.model_fields_set)
    helpers = {name: asked.pop(name) for name in _PEOPLE & asked.keys()}
    status, follow_up = asked.pop("status", session.status), asked.pop("follow_up", None)
    before = ledger.facts(session)
    reseated = bool(_SEATS & asked.keys())
    if reseated:
        asked |= _seats(db, session, asked)
    session.sqlmodel_update({**asked, "changed_at": now()})
    _in_order(session.starts_at, session.ends_at)
    if session.status is SessionStatus.HELD and session.starts_at > now():
        raise _wrong("starts_at", "it has taken place, so it cannot lie ahead")
    db.flush()
    people.assign(db, session, helpers)
    if reseated:
        _reseat(db, session)
    _tell(db, session, before, {*asked, *helpers, *(["follow_up"] if follow_up else [])})
    if status != session.status:
        _move(db, session, status)
    if follow_up:
        _settle_follow_up(session, follow_up)
    if ledger.facts(session) != before:
        ledger.keep(db, session)
    db.flush()
    if {"access", "named_ids"} & {*asked, *helpers}:
        free_seats(db, MINE.c.session_id == session.id)


def cancel(
    db: Database, actor: Actor, session: Session, meeting: Meeting, reason: str | None
) -> None:
    """Call a session off; it stays in the programme, so that nobody waits at the door."""
    permit(policy.run, actor, meeting)
    queries.living(meeting)
    call_off(db, session, reason)


def call_off(db: Database, session: Session, reason: str | None) -> None:
    """Cancel a session without asking a rule, for other rooms."""
    _move(db, session, SessionStatus.CANCELLED)
    session.sqlmodel_update({"cancelled_because": reason, "changed_at": now()})
    ledger.keep(db, session)


def open_to(db: Database, session: Session, people_ids: list[UUID]) -> None:
    """Let these people see a session too, without asking a rule, for other rooms."""
    people.name_too(db, session, people_ids)
    db.flush()


def confirm(db: Database, session: Session) -> None:
    """Confirm a session without asking a rule, for other rooms."""
    if session.status is SessionStatus.TENTATIVE:
        _move(db, session, SessionStatus.CONFIRMED)
        session.changed_at = now()
        ledger.keep(db, session)
        _say(db, session, SessionChanged)
        db.flush()


def hold(db: Database, session: Session) -> None:
    """Settle that a session took place, because people are on record as having been there."""
    session.sqlmodel_update({"status": SessionStatus.HELD, "changed_at": now()})
    _took_place(db, session)
    ledger.keep(db, session)


def _move(db: Database, session: Session, to: SessionStatus) -> None:
    legal = lifecycle.legal(session.status, started=session.starts_at <= now())
    if to not in legal:
        raise IllegalMove(f"It is {session.status}.", legal=list(legal))
    session.status = to
    if to is SessionStatus.HELD:
        _took_place(db, session)
    elif to is SessionStatus.CANCELLED:
        _nobody_came(db, session)
        _say(db, session, SessionCancelled)


def _took_place(db: Database, session: Session) -> None:
    if session.follow_up is FollowUp.NOT_DUE:
        session.follow_up = FollowUp.DUE
    carriers = people.carriers(db, session)
    _say(db, session, SessionHeld, occurred_at=session.starts_at, **carriers)


def _nobody_came(db: Database, session: Session) -> None:
    came = select(Attendance.id).where(
        Attendance.session_id == session.id,
        col(Attendance.status).in_(PRESENT),
        col(Attendance.replaced_at).is_(None),
    )
    if db.exec(came.limit(1)).first():
        raise SomebodyCame()


def _settle_follow_up(session: Session, follow_up: FollowUp) -> None:
    if follow_up is FollowUp.NOT_DUE:
        raise _wrong("follow_up", "is due or done once a session is over")
    if session.status is not SessionStatus.HELD and session.ends_at > now():
        raise IllegalMove("There is nothing to follow up before it is over.", legal=[])
    session.follow_up = follow_up


def _tell(db: Database, session: Session, before: dict[str, Any], touched: set[str]) -> None:
    """Record what changed, apart from the status, which speaks for itself."""
    if not touched:
        return
    if session.status is SessionStatus.HELD:
        carriers = people.carriers(db, session)
        _say(db, session, SessionCorrected, occurred_at=session.starts_at, **carriers)
        return
    if any(getattr(session, name) != before[name] for name in _TIMES):
        _say(db, session, SessionRescheduled, starts_at=session.starts_at)
    if touched - _TIMES:
        _say(db, session, SessionChanged)


def _say(db: Database, session: Session, event: type[Any], **more: Any) -> None:
    record(db, event(object_id=session.id, community_id=session.community_id, **more))


def _seats(db: Database, session: Session, asked: dict[str, Any]) -> dict[str, Any]:
    """Work out the seats after a change, while nobody else can take or leave one."""
    version = session.version
    db.refresh(session, with_for_update=True)
    if session.version != version:
        raise Changed("Somebody changed it at the same moment.")
    mode = asked.get("mode", session.mode)
    known = Limits.stored(session.mode, session.capacity, session.online_capacity)
    columns = limits.changed(known, mode, asked).columns(mode)
    counts = seats.confirmed(db, session.id)
    hybrid = mode is Mode.HYBRID
    used = {
        "capacity": counts[Seating.IN_PERSON] if hybrid else sum(counts.values()),
        "online_capacity": counts[Seating.ONLINE] if hybrid else 0,
    }
    for name, limit in columns.items():
        if limit is not None and used[name] > limit:
            at = name if name in asked else "mode"
            raise _wrong(at, f"{used[name]} seats are taken, and there would be {limit}")
    taken, online_taken = used.values()
    return {"mode": mode, **columns, "taken": taken, "online_taken": online_taken}


def _reseat(db: Database, session: Session) -> None:
    if session.mode is not Mode.HYBRID:
        seats.all_into(db, session.id, Seating(session.mode))
    if session.status in AHEAD and session.ends_at > now():
        for seating in Seating if session.mode is Mode.HYBRID else [Seating(session.mode)]:
            seats.promote(db, session.id, session.mode, seating)


def _in_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise _wrong("ends_at", "must be after the start")
    if ends_at - starts_at > LONGEST:
        raise _wrong("ends_at", f"must be at most {LONGEST.days} days after the start")


def _possible(new: SessionCreate) -> None:
    """Refuse a status that contradicts the time."""
    if new.status is SessionStatus.CANCELLED:
        raise _wrong("status", "a session begins as tentative, confirmed or held")
    if new.status is SessionStatus.HELD and new.starts_at > now():
        raise _wrong("status", "it has not started yet")
    if new.status is not SessionStatus.HELD and new.ends_at <= now():
        raise _wrong("status", "it is over; say that it was held")


def _wrong(field: str, detail: str) -> Invalid:
    return Invalid(errors=[{"at": f"body/{field}", "detail": detail}])
