"""Saying whether one will come, for oneself or for somebody else."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from api.communities.models import Community, Mode
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Conflict, Invalid, NotFound
from api.sessions import policy, queries
from api.sessions.events import RsvpAnswered
from api.sessions.lifecycle import AHEAD
from api.sessions.models import Answer, Place, Rsvp, Seating, Session, SessionStatus
from api.sessions.policy import Meeting
from api.sessions.queries import MINE, C, S
from api.sessions.rsvps import seats
from api.sessions.rsvps.schemas import RsvpAnswer, RsvpRead
from api.sessions.rsvps.seats import R


class AnswersClosed(Conflict):
    """A session is answered until it ends, and not once it was held or cancelled."""

    title = "It is too late to answer"


class PlaceKept(Conflict):
    """There is no free seat of the other kind, so the one there was is kept."""

    title = "No seat of that kind is free"


class NotForThem(Conflict):
    """The person cannot come: the session is for others, or they have left."""

    title = "This session is not for that person"


class _Answered(NamedTuple):
    """A current answer, as far as the next one depends on it."""

    id: UUID | None
    answer: Answer | None
    seating: Seating | None
    place: Place | None
    queue: int | None
    recorded_at: datetime | None

    @classmethod
    def of(cls, row: Any) -> "_Answered":
        return cls(row.id, row.answer, row.seating, row.place, row.queue, row.recorded_at)


def answer(
    db: Database, actor: Actor, session_id: UUID, person_id: UUID | None, new: RsvpAnswer
) -> RsvpRead:
    """Answer; a yes takes a seat or joins the waiting list, and anything else gives a seat back.

    Saying the same again changes nothing.
    """
    met = queries.meet(db, actor, session_id)
    person_id = person_id or actor.person_id
    if person_id == actor.person_id:
        before = _Answered.of(met.row)
    else:
        permit(policy.run, actor, met.meeting)
        before = _current(db, session_id, person_id)
    _still_open(met.meeting)
    seating = _seating(met.mode, new.mode, before)
    if before.answer is new.answer and (new.answer is not Answer.YES or before.seating is seating):
        return _read(db, session_id, person_id, before)
    if person_id != actor.person_id and new.answer is not Answer.NO:
        _for_them(db, met.meeting, person_id)
    after = _settle(db, met, person_id, before, new.answer, seating)
    return _read(db, session_id, person_id, after)


def _settle(
    db: Database,
    met: queries.Met,
    person_id: UUID,
    before: _Answered,
    said: Answer,
    seating: Seating,
) -> _Answered:
    session_id, mode = met.meeting.id, met.mode
    had_seat = before.place is Place.CONFIRMED
    place, queue = Place.NONE, None
    if said is Answer.YES:
        # Where a seat was seen to be free it is taken at once; the waiting list looks once more.
        seated = seats.seemed_free(met.row, seating) and seats.take(db, session_id, mode, seating)
        if not seated and had_seat:
            raise PlaceKept("You keep the one you have. To wait for another, answer no first.")
        queue = None if seated else seats.wait(db, session_id, mode, seating)
        place = Place.CONFIRMED if queue is None else Place.WAITLISTED
    if had_seat and before.seating:
        seats.leave(db, session_id, mode, before.seating)
    row = {
        "session_id": session_id,
        "person_id": person_id,
        "answer": said,
        "seating": seating,
        "place": place,
        "queue": queue,
    }
    moment = seats.replace(db, [(before.id, row)])
    if had_seat and before.seating:
        seats.promote(db, session_id, mode, before.seating)
    record(
        db,
        RsvpAnswered(
            object_id=session_id,
            community_id=met.meeting.community.id,
            person_id=person_id,
            answer=said,
            place=place,
        ),
    )
    return _Answered(None, said, seating, place, queue, moment)


def free_seats(db: Database, *which: ColumnElement[bool]) -> None:
    """Let those go who answered but may no longer come, and pass their seats on.

    `which` says whose answers, or the answers to what, are in doubt.
    """
    db.flush()
    whose = MINE.c.person_id
    sessions: Any = Session.__table__  # type: ignore[attr-defined]  # every table class has one
    answered = sessions.join(Community.__table__, C.id == S.community_id).join(  # type: ignore[attr-defined]
        MINE, (MINE.c.session_id == S.id) & MINE.c.replaced_at.is_(None)
    )
    doubtful = db.execute(
        select(
            *queries.meeting_columns(whose),
            MINE.c.person_id,
            *queries.SEATS,
            *queries.ANSWERED,
        )
        .select_from(answered)
        .where(
            MINE.c.answer != Answer.NO,
            S.status.in_(AHEAD),
            S.ends_at > now(),
            *which,
        )
    ).all()
    people = queries.actors(db, {r.person_id for r in doubtful})
    for r in doubtful:
        meeting = queries.as_meeting(r, now())
        person = people.get(r.person_id)
        if person is None or not policy.see(person, meeting):
            met = queries.Met(meeting, r.mode, r)
            _settle(db, met, r.person_id, _Answered.of(r), Answer.NO, r.seating)


def find(db: Database, actor: Actor, session_id: UUID, person_id: UUID | None) -> RsvpRead:
    """Fetch one answer: one's own, or anybody's for those who run the session."""
    met = queries.meet(db, actor, session_id)
    person_id = person_id or actor.person_id
    if person_id != actor.person_id:
        permit(policy.run, actor, met.meeting)
    found = _current(db, session_id, person_id)
    if found.id is None:
        raise NotFound("No answer yet.")
    return _read(db, session_id, person_id, found)


def _current(db: Database, session_id: UUID, person_id: UUID) -> _Answered:
    row = db.execute(
        select(R.id, R.answer, R.seating, R.place, R.queue, R.recorded_at).where(
            R.session_id == session_id, R.person_id == person_id, R.replaced_at.is_(None)
        )
    ).one_or_none()
    return _Answered(*row) if row else _Answered(None, None, None, None, None, None)


def _still_open(meeting: Meeting) -> None:
    queries.living(meeting)
    if meeting.status not in AHEAD:
        was = "cancelled" if meeting.status is SessionStatus.CANCELLED else "held"
        raise AnswersClosed(f"The session was {was}.")
    if not meeting.ahead:
        raise AnswersClosed("The session is over.")


def _seating(mode: Mode, asked: Seating | None, before: _Answered) -> Seating:
    if mode is Mode.HYBRID:
        return asked or before.seating or Seating.IN_PERSON
    only = Seating(mode)
    if asked not in (None, only):
        where = "online" if only is Seating.ONLINE else "in person"
        detail = f"this session is {where} only"
        raise Invalid(errors=[{"at": "body/mode", "detail": detail}])
    return only


def _for_them(db: Database, meeting: Meeting, person_id: UUID) -> None:
    person = queries.actors(db, {person_id}).get(person_id)
    if person is None:
        raise NotFound("No such person, or they have left.")
    parts = db.execute(
        select(queries.parts_of(person_id)).select_from(Session).where(S.id == meeting.id)
    ).scalar()
    theirs = meeting._replace(parts=queries.as_parts(parts))
    if not policy.see(person, theirs):
        raise NotForThem("Make them a member, or open or name the session to them, first.")


def _read(db: Database, session_id: UUID, person_id: UUID, said: _Answered) -> RsvpRead:
    position = None
    if said.place is Place.WAITLISTED:
        position = db.execute(
            select(func.count())
            .select_from(Rsvp)
            .where(
                R.session_id == session_id,
                R.seating == said.seating,
                R.place == Place.WAITLISTED,
                R.replaced_at.is_(None),
                R.queue <= said.queue,
            )
        ).scalar()
    return RsvpRead.model_validate(
        {
            "session_id": session_id,
            "person_id": person_id,
            "answer": said.answer,
            "mode": said.seating,
            "place": said.place,
            "position": position,
            "answered_at": said.recorded_at,
        }
    )
