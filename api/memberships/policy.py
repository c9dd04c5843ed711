from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from api.communities import policy as communities
from api.communities.models import CommunityStatus, JoinPolicy
from api.communities.policy import Placed
from api.core.actor import GOVERNING, RUNNING, Actor, Role, State
from api.core.policy import Rule
from api.memberships.lifecycle import Move, moves
from api.memberships.models import LIVE

# Those a member may see of each other; who asked, was invited or has left is not for everybody.
SHOWN = (State.ACTIVE, State.PAUSED)
# Roles that carry no power over others, which is why a facilitator may offer them.
ORDINARY = frozenset({Role.MEMBER, Role.OBSERVER})


class Seat(NamedTuple):
    """As much of a membership as rules ask about."""

    community: Placed
    person_id: UUID
    state: State
    # Whether they have ever been active, and whether they accepted the newest ground rules.
    joined: bool
    rules_current: bool


class Giving(NamedTuple):
    """A role that is about to be given to somebody."""

    community: Placed
    person_id: UUID
    role: Role


def governs(actor: Actor, community: Placed) -> bool:
    return actor.holds(GOVERNING, community.lineage)


def runs(actor: Actor, community: Placed) -> bool:
    return actor.holds(RUNNING, community.lineage)


def _own(actor: Actor, seat: Seat | Giving) -> bool:
    return actor.person_id == seat.person_id


def see(actor: Actor, seat: Seat) -> bool:
    """Members see who is active or pauses; the rest is for the person and those who run it."""
    if _own(actor, seat) or runs(actor, seat.community):
        return True
    return seat.state in SHOWN and communities.see_people(actor, seat.community)


def join(_: Actor, community: Placed) -> bool:
    """People come into this community by invitation only, or not yet."""
    return (
        community.status is CommunityStatus.ACTIVE
        and community.join_policy is not JoinPolicy.BY_INVITATION
    )


def look_beneath(actor: Actor, community: Placed) -> bool:
    """Only those who lead, coordinate or facilitate an umbrella read who belongs beneath it."""
    return runs(actor, community)


def add_directly(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate a community may add people to it without asking them."""
    return governs(actor, community)


def invite(actor: Actor, community: Placed) -> bool:
    """Only those who lead, coordinate or facilitate a community may bring people in."""
    return runs(actor, community)


def give_role(actor: Actor, giving: Giving) -> bool:
    """Leads and coordinators give roles, but never themselves a power they do not hold yet."""
    if not governs(actor, giving.community):
        return False
    raises_oneself = _own(actor, giving) and giving.role in GOVERNING
    return not raises_oneself or actor.holds({giving.role}, giving.community.lineage)


def invite_as(actor: Actor, giving: Giving) -> bool:
    """Facilitators invite members and observers; every other role is given by leads."""
    return give_role(actor, giving) or (invite(actor, giving.community) and giving.role in ORDINARY)


def change(actor: Actor, seat: Seat) -> bool:
    """Only the person, or those who run the community, may change a membership."""
    return _own(actor, seat) or runs(actor, seat.community)


def accept(actor: Actor, seat: Seat) -> bool:
    """Only the person who was invited may accept."""
    return _own(actor, seat)


def refuse(actor: Actor, seat: Seat) -> bool:
    """Only the person who was invited may refuse; those who lead take an invitation back."""
    return _own(actor, seat)


def approve(actor: Actor, seat: Seat) -> bool:
    """Only those who lead, coordinate or facilitate may say yes to a request."""
    return runs(actor, seat.community)


def decline(actor: Actor, seat: Seat) -> bool:
    """Only those who lead, coordinate or facilitate may say no to a request."""
    return runs(actor, seat.community)


def pause(actor: Actor, seat: Seat) -> bool:
    """Only the member, or those who lead or coordinate, may pause a membership."""
    return _own(actor, seat) or governs(actor, seat.community)


def resume(actor: Actor, seat: Seat) -> bool:
    """Only the member, or those who lead or coordinate, may end a pause."""
    return _own(actor, seat) or governs(actor, seat.community)


def leave(actor: Actor, seat: Seat) -> bool:
    """Only the person, or those who lead or coordinate, may end a membership."""
    return _own(actor, seat) or governs(actor, seat.community)


def remove(actor: Actor, seat: Seat) -> bool:
    """Only those who lead or coordinate remove others; facilitators take invitations back."""
    if _own(actor, seat):
        return False
    return governs(actor, seat.community) or (
        seat.state is State.INVITED and runs(actor, seat.community)
    )


def change_role(actor: Actor, seat: Seat) -> bool:
    """Only those who lead or coordinate may change a role, while the membership lasts."""
    return governs(actor, seat.community) and seat.state in LIVE


def correct_dates(actor: Actor, seat: Seat) -> bool:
    """Only those who lead or coordinate may correct when somebody joined or left."""
    return governs(actor, seat.community) and seat.joined


def accept_rules(actor: Actor, seat: Seat) -> bool:
    """People accept the ground rules for themselves, and only while they belong."""
    return _own(actor, seat) and seat.state in LIVE and not seat.rules_current


# Who may make which move. Whether it is legal at all, the lifecycle says.
MAY: Mapping[Move, Rule[Seat]] = {
    Move.ACCEPT: accept,
    Move.REFUSE: refuse,
    Move.APPROVE: approve,
    Move.DECLINE: decline,
    Move.PAUSE: pause,
    Move.RESUME: resume,
    Move.LEAVE: leave,
    Move.REMOVE: remove,
}
SEAT_RULES = (change_role, correct_dates, accept_rules)
RULES = (
    see,
    look_beneath,
    join,
    add_directly,
    invite,
    give_role,
    invite_as,
    change,
    *MAY.values(),
    *SEAT_RULES,
)


def can(actor: Actor, seat: Seat) -> list[str]:
    """Name everything this actor may do to a membership; nothing in an archived community."""
    if seat.community.status is CommunityStatus.ARCHIVED:
        return []
    named = [move.value for move in moves(seat.state).values() if MAY[move](actor, seat)]
    return named + [rule.__name__ for rule in SEAT_RULES if rule(actor, seat)]
