"""What happens to a membership between its first day and its last, and on those two."""

from datetime import datetime
from typing import Any

from api.communities.service import living
from api.core.actor import Actor, Role, State
from api.core.clock import now
from api.core.db import Database
from api.core.policy import permit
from api.core.problems import Conflict, IllegalMove, Invalid
from api.memberships import lifecycle, policy, queries, spells
from api.memberships.events import (
    GroundRulesAccepted,
    MembershipCorrected,
    MembershipDeclined,
    MembershipEnded,
    MembershipPaused,
    RoleChanged,
)
from api.memberships.lifecycle import Move
from api.memberships.models import LIVE, Membership
from api.memberships.places import Places, tell
from api.memberships.schemas import MembershipUpdate


class LastLead(Conflict):
    """A community always has an active lead: make somebody else a lead first."""

    title = "The last lead cannot go"


class RulesChanged(Conflict):
    """The community has newer ground rules than those that were read; read and accept those."""

    title = "The ground rules have changed"


class RunOut(IllegalMove):
    """An invitation can be accepted for 28 days; ask for a new one."""

    title = "The invitation has run out"


def edit(
    db: Database, actor: Actor, places: Places, membership: Membership, change: MembershipUpdate
) -> None:
    """Change what a PATCH names: first what the person agrees to, then role, state and dates."""
    living(places.community)
    permit(policy.change, actor, queries.seat(membership, places.community))
    asked: dict[str, Any] = change.model_dump(exclude_unset=True)
    if "ground_rules_version" in asked:
        accept_rules(db, actor, places, membership, asked["ground_rules_version"])
    if asked.get("role", membership.role) is not membership.role:
        give_role(db, actor, places, membership, asked["role"])
    at = asked.get("ended_at")
    if "state" in asked:
        move(db, actor, places, membership, asked["state"], asked.get("reason"), at)
        at = None
    if "joined_at" in asked or at:
        correct(db, actor, places, membership, asked.get("joined_at"), at)


def move(
    db: Database,
    actor: Actor,
    places: Places,
    membership: Membership,
    wanted: State,
    reason: str | None = None,
    at: datetime | None = None,
    *,
    reason_at: str = "body/reason",
) -> None:
    """Lead a membership to another state, if that is legal from here and this actor may."""
    living(places.community)
    step = lifecycle.move(membership.state, wanted)
    seat = queries.seat(membership, places.community)
    permit(policy.MAY[step], actor, seat)
    moment = now()
    if step is Move.DECLINE and not reason:
        raise Invalid(errors=[{"at": reason_at, "detail": "say why, so that they know"}])
    if step is Move.ACCEPT:
        if ran_out(membership, moment):
            raise RunOut(legal=[State.DECLINED])
        membership.ground_rules_version = places.community.ground_rules_version or None
    if at:
        permit(policy.correct_dates, actor, seat)
        if wanted in LIVE:
            raise wrong("ended_at", "goes with a membership that has ended")
        in_order(membership.joined_at, at, moment)
    if membership.state is State.ACTIVE:
        keep_a_lead(db, membership)
        places.vacate(membership, at or moment)
    elif at:
        spells.end(db, membership, at)
    if membership.state is State.WAITLISTED:
        places.dequeue()
    membership.sqlmodel_update(
        {
            "reason": reason,
            "changed_at": moment,
            "decided_by_id": None if actor.person_id == membership.person_id else actor.person_id,
        }
    )
    if wanted is State.ACTIVE:
        places.enter(membership)
    else:
        _settle_down(db, membership, wanted, at or moment)


def _settle_down(db: Database, membership: Membership, state: State, at: datetime) -> None:
    membership.state = state
    if state is State.PAUSED:
        tell(db, MembershipPaused, membership)
        return
    membership.ended_at = at
    membership.queued_at = None
    tell(db, MembershipEnded if membership.joined_at else MembershipDeclined, membership)


def expire(db: Database, membership: Membership) -> None:
    """Let an invitation nobody answered come to nothing."""
    moment = now()
    membership.sqlmodel_update({"changed_at": moment, "decided_by_id": None})
    _settle_down(db, membership, State.DECLINED, moment)


def part(db: Database, places: Places, membership: Membership) -> None:
    """End a membership because its community came to nothing."""
    moment = now()
    if membership.state is State.ACTIVE:
        places.vacate(membership, moment)
    elif membership.state is State.WAITLISTED:
        places.dequeue()
    joined = membership.joined_at is not None
    membership.sqlmodel_update({"changed_at": moment, "decided_by_id": None})
    _settle_down(db, membership, State.ENDED if joined else State.DECLINED, moment)


def give_role(
    db: Database, actor: Actor, places: Places, membership: Membership, role: Role
) -> None:
    """Give somebody another role from now on."""
    living(places.community)
    if membership.state not in LIVE:
        raise IllegalMove("A membership that has ended keeps its role.", legal=[])
    permit(policy.change_role, actor, queries.seat(membership, places.community))
    permit(policy.give_role, actor, policy.Giving(places.community, membership.person_id, role))
    if membership.state is State.ACTIVE:
        keep_a_lead(db, membership)
    membership.sqlmodel_update({"role": role, "changed_at": now()})
    spells.change_role(db, membership)
    tell(db, RoleChanged, membership, role=role)


def correct(
    db: Database,
    actor: Actor,
    places: Places,
    membership: Membership,
    joined_at: datetime | None,
    ended_at: datetime | None,
) -> None:
    """Put right when somebody joined or left; what was known before stays known as that."""
    living(places.community)
    permit(policy.correct_dates, actor, queries.seat(membership, places.community))
    if ended_at and membership.ended_at is None:
        raise wrong("ended_at", "goes with a membership that has ended")
    was = membership.joined_at, membership.ended_at
    joined_at, ended_at = joined_at or was[0], ended_at or was[1]
    if joined_at is None or (joined_at, ended_at) == was:
        return
    in_order(joined_at, ended_at, now())
    places.write_down()
    if not spells.correct(db, membership, joined_at, ended_at):
        raise wrong("joined_at", "is later than they were last active")
    membership.sqlmodel_update({"joined_at": joined_at, "ended_at": ended_at, "changed_at": now()})
    if queries.overlapping(db, membership):
        raise wrong("joined_at", "overlaps another time in which they belonged")
    tell(db, MembershipCorrected, membership)


def accept_rules(
    db: Database, actor: Actor, places: Places, membership: Membership, version: int
) -> None:
    """Accept the ground rules that were read; nobody does that for somebody else."""
    current_rules(places, version)
    seat = queries.seat(membership, places.community)
    if seat.rules_current and seat.person_id == actor.person_id:
        return
    permit(policy.accept_rules, actor, seat)
    membership.sqlmodel_update({"ground_rules_version": version or None, "changed_at": now()})
    tell(db, GroundRulesAccepted, membership)


def current_rules(places: Places, version: int | None) -> None:
    """Refuse to go on from ground rules that have been written anew since they were read."""
    current = places.community.ground_rules_version
    if version is not None and version != current:
        raise RulesChanged(f"The current version is {current}.")


def keep_a_lead(db: Database, membership: Membership) -> None:
    """Refuse to let the last active lead go; the community is held, so nobody else goes now."""
    if membership.role is Role.LEAD and not queries.has_another_lead(db, membership):
        raise LastLead("Make somebody else a lead first.")


def ran_out(membership: Membership, moment: datetime) -> bool:
    return membership.expires_at is not None and membership.expires_at <= moment


def in_order(joined_at: datetime | None, ended_at: datetime | None, moment: datetime) -> None:
    """Refuse dates that have not come yet, and an end before its beginning."""
    if joined_at and joined_at > moment:
        raise wrong("joined_at", "lies in the future")
    if ended_at and ended_at > moment:
        raise wrong("ended_at", "lies in the future")
    if joined_at and ended_at and ended_at < joined_at:
        raise wrong("ended_at", "is before they joined")


def wrong(field: str, detail: str) -> Invalid:
    """The refusal of one field."""
    return Invalid(errors=[{"at": f"body/{field}", "detail": detail}])
