"""What happens around the sessions of the demo network, from the plan to the follow-up."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from api.communities.models import Mode
from api.core.bulk import BulkQuery
from api.demo.cast.people import Somebody
from api.demo.cast.topics import SHAPES
from api.demo.plan.programme import Gathering
from api.demo.plan.turnout import Presence, Reply, Turnout
from api.demo.steps.stage import Stage
from api.sessions import queries
from api.sessions.attendances import checking_in
from api.sessions.attendances import service as attendances
from api.sessions.attendances.schemas import CheckIn, Mark, PersonMark
from api.sessions.materials import service as materials
from api.sessions.materials.schemas import MaterialCreate
from api.sessions.models import (
    Answer,
    Attendance,
    AttendanceStatus,
    FollowUp,
    Place,
    Rsvp,
    Seating,
    SessionStatus,
)
from api.sessions.programme import service as programme
from api.sessions.programme.schemas import (
    AgendaItem,
    SessionCreate,
    SessionUpdate,
    SpeakerAsked,
)
from api.sessions.rsvps import service as rsvps
from api.sessions.rsvps.schemas import RsvpAnswer

_HOUR = timedelta(hours=1)
_NO_LIMIT = 1_000_000


def seating(gathering: Gathering, *, online: bool) -> Seating:
    """How somebody takes part who would rather be online, or not."""
    if gathering.mode is Mode.HYBRID:
        return Seating.ONLINE if online else Seating.IN_PERSON
    return Seating(gathering.mode)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A session is put into the programme; one that is moved later begins an hour earlier."""

    at: datetime
    gathering: Gathering
    turnout: Turnout

    def play(self, stage: Stage) -> None:
        g = self.gathering
        earlier = _HOUR if g.moved else timedelta()
        shape = SHAPES[g.kind]
        speakers = [SpeakerAsked(person_id=stage.people[who]) for who in self.turnout.speakers]
        if g.guest:
            speakers.append(SpeakerAsked(name=g.guest))
        new = SessionCreate(
            title=g.title,
            kind=g.kind,
            status=SessionStatus.TENTATIVE if g.tentative else SessionStatus.CONFIRMED,
            mode=g.mode,
            access=g.access,
            starts_at=g.starts - earlier,
            ends_at=g.ends - earlier,
            location=g.room,
            capacity=g.capacity,
            online_capacity=g.online_capacity,
            joining_url=_joining_url(g),
            function_tags=list(shape.tags),
            agenda=[AgendaItem(title=title, minutes=minutes) for title, minutes in shape.agenda],
            facilitator_ids=[stage.people[who] for who in self.turnout.facilitators],
            speakers=speakers,
        )
        with stage.at(self.at, stage.leads[g.key]) as actor:
            made = programme.schedule(stage.db, actor, stage.community(g.key), new)
        stage.sessions[g] = made.id


def _joining_url(gathering: Gathering) -> str | None:
    if gathering.mode is Mode.IN_PERSON:
        return None
    return f"https://meet.example.org/{gathering.key}-{gathering.starts:%d%m%H%M}"


@dataclass(frozen=True, slots=True)
class Change:
    """Those who run a session change it."""

    at: datetime
    gathering: Gathering
    by: Somebody
    change: SessionUpdate

    def play(self, stage: Stage) -> None:
        with stage.at(self.at, self.by) as actor:
            session, meeting = queries.get(stage.db, actor, stage.sessions[self.gathering])
            programme.edit(stage.db, actor, session, meeting, self.change)


def moved(at: datetime, gathering: Gathering, by: Somebody) -> Change:
    change = SessionUpdate(starts_at=gathering.starts, ends_at=gathering.ends)
    return Change(at, gathering, by, change)


def followed_up(at: datetime, gathering: Gathering, by: Somebody) -> Change:
    return Change(at, gathering, by, SessionUpdate(follow_up=FollowUp.DONE))


@dataclass(frozen=True, slots=True)
class Cancel:
    """A session is called off."""

    at: datetime
    gathering: Gathering
    by: Somebody

    def play(self, stage: Stage) -> None:
        with stage.at(self.at, self.by) as actor:
            session, meeting = queries.get(stage.db, actor, stage.sessions[self.gathering])
            programme.cancel(stage.db, actor, session, meeting, self.gathering.excuse)


@dataclass(frozen=True, slots=True)
class Respond:
    """Somebody says whether they will come."""

    at: datetime
    gathering: Gathering
    reply: Reply

    def play(self, stage: Stage) -> None:
        how = None
        if self.gathering.mode is Mode.HYBRID:
            how = seating(self.gathering, online=self.reply.online)
        with stage.at(self.at, self.reply.who) as actor:
            session_id = stage.sessions[self.gathering]
            rsvps.answer(
                stage.db, actor, session_id, None, RsvpAnswer(answer=self.reply.answer, mode=how)
            )


@dataclass(frozen=True, slots=True)
class Arrive:
    """Somebody with a seat checks in at the door, with the code on the wall."""

    at: datetime
    gathering: Gathering
    presence: Presence
    host: Somebody

    def play(self, stage: Stage) -> None:
        session_id, person_id = stage.sessions[self.gathering], stage.people[self.presence.who]
        seated = select(Rsvp.id).where(
            Rsvp.session_id == session_id,
            Rsvp.person_id == person_id,
            Rsvp.place == Place.CONFIRMED,
            col(Rsvp.replaced_at).is_(None),
        )
        if stage.db.exec(seated).first() is None:
            return
        with stage.at(self.at, self.host) as host:
            code = checking_in.code(stage.db, host, session_id).code
        said = CheckIn(code=code, mode=Seating.IN_PERSON)
        with stage.at(self.at, self.presence.who) as actor:
            checking_in.check_in(stage.db, actor, session_id, said)


@dataclass(frozen=True, slots=True)
class KeepRegister:
    """The session is over: it was held, and those who run it record who came, and who did not."""

    at: datetime
    gathering: Gathering
    turnout: Turnout
    by: Somebody

    def play(self, stage: Stage) -> None:
        session_id = stage.sessions[self.gathering]
        with stage.at(self.at, self.by) as actor:
            held = SessionUpdate(status=SessionStatus.HELD)
            session, meeting = queries.get(stage.db, actor, session_id)
            programme.edit(stage.db, actor, session, meeting, held)
            if marks := self._marks(stage, session_id):
                attendances.mark_many(stage.db, actor, session_id, marks, BulkQuery())

    def _marks(self, stage: Stage, session_id: UUID) -> list[PersonMark]:
        answers = stage.db.exec(
            select(Rsvp.person_id, Rsvp.place, Rsvp.seating).where(
                Rsvp.session_id == session_id,
                Rsvp.answer == Answer.YES,
                col(Rsvp.replaced_at).is_(None),
            )
        ).all()
        places = {person_id: place for person_id, place, _ in answers}
        confirmed = Counter(where for _, place, where in answers if place is Place.CONFIRMED)
        empty = {where: seats - confirmed[where] for where, seats in self._seats().items()}
        checked_in = set(
            stage.db.exec(select(Attendance.person_id).where(Attendance.session_id == session_id))
        )
        marks, seen = [], set(checked_in)
        for presence in self.turnout.present:
            person_id = stage.people[presence.who]
            place, where = places.get(person_id), seating(self.gathering, online=presence.online)
            seen.add(person_id)
            # Who waited in vain stayed away.
            if person_id in checked_in or place is Place.WAITLISTED:
                continue
            partly = presence.minutes < 0.6 * self.gathering.minutes
            status = AttendanceStatus.PARTIAL if partly else AttendanceStatus.ATTENDED
            if place is None:
                # Whoever comes unannounced to a full room goes again.
                empty[where] -= 1
                if empty[where] < 0:
                    continue
                status = AttendanceStatus.WALK_IN
            marks.append(
                PersonMark(person_id=person_id, status=status, minutes=presence.minutes, mode=where)
            )
        if self.turnout.thorough:
            marks += [
                PersonMark(person_id=person_id, status=AttendanceStatus.NO_SHOW)
                for person_id, place in sorted(places.items())
                if place is Place.CONFIRMED and person_id not in seen
            ]
        return marks

    def _seats(self) -> dict[Seating, int]:
        g = self.gathering
        if g.mode is not Mode.HYBRID:
            return {Seating(g.mode): g.capacity or _NO_LIMIT}
        return {
            Seating.IN_PERSON: g.capacity or _NO_LIMIT,
            Seating.ONLINE: g.online_capacity or _NO_LIMIT,
        }


@dataclass(frozen=True, slots=True)
class Mend:
    """A second look finds that somebody marked as absent had been there all along."""

    at: datetime
    gathering: Gathering
    turnout: Turnout
    by: Somebody

    def play(self, stage: Stage) -> None:
        session_id = stage.sessions[self.gathering]
        present = {p.who for p in self.turnout.present}
        for reply in self.turnout.replies:
            person_id = stage.people[reply.who]
            if reply.who in present or reply.answer is not Answer.YES:
                continue
            known = attendances.on_record(stage.db, session_id, person_id)
            if known is AttendanceStatus.NO_SHOW:
                mark = Mark(status=AttendanceStatus.ATTENDED, reason="Came in with a colleague.")
                with stage.at(self.at, self.by) as actor:
                    attendances.mark(stage.db, actor, session_id, person_id, mark)
                return


@dataclass(frozen=True, slots=True)
class Share:
    """Something to read is added to a session."""

    at: datetime
    gathering: Gathering
    by: Somebody
    title: str
    page: str

    def play(self, stage: Stage) -> None:
        new = MaterialCreate(title=self.title, url=f"https://library.example.org/{self.page}")
        with stage.at(self.at, self.by) as actor:
            materials.add(stage.db, actor, stage.sessions[self.gathering], new)
