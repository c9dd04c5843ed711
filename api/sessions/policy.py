"""Who sees a session, who may come, and who runs it."""

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from api.communities import policy as communities
from api.communities.models import CommunityStatus, Visibility
from api.communities.policy import Placed
from api.core.actor import GOVERNING, RUNNING, Actor, places
from api.sessions.lifecycle import AHEAD
from api.sessions.models import Access, Part, Place, SessionStatus

# The code on the wall works from the time people arrive until they have left.
DOORS_OPEN = timedelta(minutes=30)
DOORS_CLOSE = timedelta(hours=1)


class Timed(Protocol):
    """Whatever has a beginning and an end."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


class Meeting(NamedTuple):
    """A session as one caller meets it: all that rules ask about, without the cost of an object."""

    id: UUID
    community: Placed
    access: Access
    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    # What the caller has to do with it, and whether there is a place for them.
    parts: frozenset[Part]
    place: Place | None
    at: datetime

    @property
    def ahead(self) -> bool:
        return self.status in AHEAD and self.at < self.ends_at and self.living

    @property
    def living(self) -> bool:
        return self.community.status is not CommunityStatus.ARCHIVED

    @property
    def open_to_change(self) -> bool:
        return self.living and self.status is not SessionStatus.CANCELLED

    @property
    def started(self) -> bool:
        return self.at >= self.starts_at


def see(actor: Actor, session: Meeting) -> bool:
    """A session is seen by those it is for: everybody, its network, its members, or a list."""
    community = session.community
    if community.status is CommunityStatus.DISSOLVED:
        return False
    if actor.holds(RUNNING, community.lineage):
        return True
    if session.parts and community.visibility is not Visibility.CONFIDENTIAL:
        return True
    if not communities.see(actor, community):
        return False
    inside = bool(actor.roles_at(community.lineage))
    in_network = places(community.lineage)[0] in actor.networks
    return (
        bool(session.parts)
        or session.access is Access.OPEN
        or (session.access is Access.NETWORK and (inside or in_network))
        or (session.access is Access.MEMBERS and inside)
    )


def run(actor: Actor, session: Meeting) -> bool:
    """Only those who run the community, or facilitate this session, may do that."""
    if actor.holds(RUNNING, session.community.lineage):
        return True
    return Part.FACILITATOR in session.parts and see(actor, session)


def answer(actor: Actor, session: Meeting) -> bool:
    """Whoever a session is for may say, until it ends, whether they will come."""
    return session.ahead and see(actor, session)


def answer_for_others(actor: Actor, session: Meeting) -> bool:
    """Only those who run a session may answer for others, until it ends."""
    return session.ahead and run(actor, session)


def see_rsvps(actor: Actor, session: Meeting) -> bool:
    """Who means to come is for those who run the session and for members of the community."""
    if run(actor, session):
        return True
    return see(actor, session) and communities.see_people(actor, session.community)


def see_joining_url(actor: Actor, session: Meeting) -> bool:
    """The way in is for people with a place, speakers, and those who run the session."""
    if run(actor, session):
        return True
    has_place = session.place is Place.CONFIRMED or Part.SPEAKER in session.parts
    return has_place and session.open_to_change and see(actor, session)


def edit(actor: Actor, session: Meeting) -> bool:
    """Only those who run a session that is not cancelled may change it."""
    return session.open_to_change and run(actor, session)


def cancel(actor: Actor, session: Meeting) -> bool:
    """Only those who run a session may cancel it, as long as it is not settled."""
    return session.living and session.status in AHEAD and run(actor, session)


def hold(actor: Actor, session: Meeting) -> bool:
    """Only those who run a confirmed session that has started may say it took place."""
    confirmed = session.status is SessionStatus.CONFIRMED
    return session.living and confirmed and session.started and run(actor, session)


def follow_up(actor: Actor, session: Meeting) -> bool:
    """Only those who run a session may settle, once it is over, what remains to be done."""
    over = session.status is SessionStatus.HELD or session.at >= session.ends_at
    return session.open_to_change and over and run(actor, session)


def record_attendance(actor: Actor, session: Meeting) -> bool:
    """Only those who run a session may record who came, once it has started."""
    return session.open_to_change and session.started and run(actor, session)


def check_in(actor: Actor, session: Meeting) -> bool:
    """Whoever a session is for may check in with its code while its doors are open."""
    opens, closes = doors(session)
    return session.open_to_change and opens <= session.at <= closes and see(actor, session)


def add_material(actor: Actor, session: Meeting) -> bool:
    """Only those who run a session, or speak at it, may add something to read."""
    speaks = Part.SPEAKER in session.parts and see(actor, session)
    return session.open_to_change and (speaks or run(actor, session))


def add_past(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate a community may add a session that took place before."""
    return actor.holds(GOVERNING, community.lineage)


def doors(session: Timed) -> tuple[datetime, datetime]:
    """From when until when people check in."""
    return session.starts_at - DOORS_OPEN, session.ends_at + DOORS_CLOSE


RULES = (
    answer,
    answer_for_others,
    see_rsvps,
    see_joining_url,
    run,
    edit,
    cancel,
    hold,
    follow_up,
    record_attendance,
    check_in,
    add_material,
)
