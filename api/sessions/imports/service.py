"""Reading a list of who came into a community: all of it, or nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from api.communities import policy as communities
from api.communities.models import Community, Mode
from api.communities.service import living
from api.core.actor import Actor, Role, State
from api.core.bulk import BulkItem, refuse_all
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit, within
from api.core.problems import Conflict
from api.identity.people.schemas import PersonCreate
from api.identity.people.service import add_person
from api.memberships import changing
from api.memberships.models import LIVE, Membership
from api.memberships.places import Places, held
from api.memberships.service import admit
from api.sessions import codes
from api.sessions.attendances.service import Kept, Seen, Where, keep, known_records, seating
from api.sessions.events import AttendancesImported
from api.sessions.imports import lines, matching
from api.sessions.imports.lines import Line
from api.sessions.imports.matching import Found, Key
from api.sessions.imports.schemas import AttendanceImport, ImportRead
from api.sessions.models import (
    PRESENT,
    AttendanceStatus,
    FollowUp,
    Seating,
    Session,
    SessionStatus,
    Source,
)
from api.sessions.programme.service import add_held

NOON = time(12)
HOUR = timedelta(hours=1)


class TooFewPlaces(Conflict):
    """The list would bring in more people than the community has places for."""

    title = "There are too few places"


def take_in(
    db: Database, actor: Actor, community: Community, new: AttendanceImport, *, dry_run: bool
) -> ImportRead:
    """Take a list in. The same list again changes nothing."""
    living(community)
    permit(communities.schedule, actor, community)
    if new.add_people:
        permit(communities.edit, actor, community)
        for scope in ("people:provision", "memberships:write"):
            within(actor, scope)
    zone = ZoneInfo(new.timezone or community.timezone)
    moment = now()
    read, faults = lines.read(new.rows, moment.astimezone(zone).date())
    # Held against the same list coming in twice at once, which would add everybody twice.
    with held(db, community) as places:
        meant = matching.match(
            db, actor, community.id, read, zone, moment, add_people=new.add_people
        )
        faults += meant.faults
        refuse_all([(f.at, f.detail) for f in sorted(faults)], "list")
        people = meant.people | _add_people(db, actor, meant.strangers)
        sessions = meant.sessions | _add_sessions(db, community, read, meant.sessions, zone)
        if new.add_people:
            _make_members(db, actor, places, _first_seen(read, people, sessions))
        kept = _record(db, actor, community, read, people, sessions)
    record(
        db,
        AttendancesImported(object_id=community.id, community_id=community.id, rows=len(read)),
    )
    db.flush()
    if dry_run:
        db.info["dry_run"] = True
    items = [
        BulkItem(index=i, status=k.outcome, id=k.attendance_id, problem=None)
        for i, k in enumerate(kept)
    ]
    return ImportRead.of(
        items,
        dry_run=dry_run,
        people_added=len(meant.strangers),
        sessions_added=len(sessions) - len(meant.sessions),
    )


def _add_people(db: Database, actor: Actor, strangers: dict[str, Line]) -> dict[str, UUID]:
    """Add people by name; of an address, what stands before the @ has to do for one."""
    return {
        who: add_person(
            db,
            actor,
            PersonCreate(
                name=_named_after(line.name) if line.email else line.name,
                email=line.who if line.email else None,
            ),
        ).id
        for who, line in strangers.items()
    }


def _named_after(address: str) -> str:
    return address.partition("@")[0].replace(".", " ").strip().title() or address


def _add_sessions(
    db: Database,
    community: Community,
    read: Sequence[Line],
    known: dict[Key, Found],
    zone: ZoneInfo,
) -> dict[Key, Found]:
    """Add the sessions nobody planned here, as held at noon of their day."""
    unknown: dict[Key, list[Line]] = defaultdict(list)
    for line in read:
        if line.meeting not in known:
            unknown[line.meeting].append(line)
    added = {}
    for key, said in unknown.items():
        starts_at = _begin(said[0], zone)
        session = Session(
            community_id=community.id,
            title=said[0].title,
            status=SessionStatus.HELD,
            mode=_mode(community, said),
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            timezone=zone.key,
            check_in_code=codes.make(),
            # Who came is all there was to follow up.
            follow_up=FollowUp.DONE,
            changed_at=now(),
        )
        add_held(db, session)
        added[key] = Found(session.id, session.starts_at, session.mode)
    return added


def _begin(line: Line, zone: ZoneInfo) -> datetime:
    """Noon of the day; of today at the latest an hour ago, since it is over."""
    noon = datetime.combine(line.day, NOON, zone)
    midnight = datetime.combine(line.day, time(), zone)
    return max(midnight, min(noon, now().astimezone(zone) - HOUR))


def _mode(community: Community, said: Sequence[Line]) -> Mode:
    ways = {line.seating for line in said if line.seating}
    if len(ways) > 1:
        return Mode.HYBRID
    return Mode(ways.pop()) if ways else community.mode


def _first_seen(
    read: Sequence[Line], people: dict[str, UUID], sessions: dict[Key, Found]
) -> dict[UUID, datetime]:
    """When each person of the list first came."""
    first: dict[UUID, datetime] = {}
    for line in read:
        person_id, at = people[line.who], sessions[line.meeting].starts_at
        first[person_id] = min(first.get(person_id, at), at)
    return first


def _make_members(db: Database, actor: Actor, places: Places, first: dict[UUID, datetime]) -> None:
    """Let everybody of the list be a member from their first session on, or from earlier."""
    community = places.community
    live = db.exec(
        select(Membership).where(
            Membership.community_id == community.id, col(Membership.state).in_(LIVE)
        )
    ).all()
    known = {membership.person_id: membership for membership in live}
    new = first.keys() - known.keys()
    left = (community.member_limit or 1_000_000_000) - community.member_count
    if len(new) > left:
        raise TooFewPlaces(f"There are {len(new)} people to add, and {left} places.")
    for person_id in sorted(new):
        admit(db, actor, places, person_id, Role.MEMBER, first[person_id])
    for person_id, at in first.items():
        membership = known.get(person_id)
        if (
            membership
            and membership.state is State.ACTIVE
            and membership.joined_at
            and membership.joined_at > at
        ):
            changing.correct(db, actor, places, membership, at, None)


def _record(
    db: Database,
    actor: Actor,
    community: Community,
    read: Sequence[Line],
    people: dict[str, UUID],
    sessions: dict[Key, Found],
) -> list[Kept]:
    """Put everybody of the list on record; what is known better already stays."""
    where = {s.id: Where(community.id, s.starts_at) for s in sessions.values()}
    known = known_records(db, where)
    seen = []
    for line in read:
        session, person_id = sessions[line.meeting], people[line.who]
        before = known.get((session.id, person_id))
        here: Any = before if before and before.status in PRESENT else None
        said: Seating | None = seating(session.mode, line.seating)
        seen.append(
            Seen(
                session_id=session.id,
                person_id=person_id,
                status=here.status if here else AttendanceStatus.ATTENDED,
                minutes=here.minutes if here and line.minutes is None else line.minutes,
                seating=here.seating if here and said is None else said,
                reason=before.reason if before else None,
                source=Source.IMPORT,
            )
        )
    return keep(db, seen, where, actor.person_id, known)
