"""Who hears of a step, and in which words."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from api.communities.models import Community
from api.core.actor import GOVERNING, State, places
from api.core.db import Database
from api.identity.models import Person
from api.memberships.models import Membership
from api.notifications.service import Note, notify
from api.proposals import queries
from api.proposals.lifecycle import Step
from api.proposals.models import Expression, Proposal, Transition


def coordinators(db: Database, proposal: Proposal) -> list[UUID]:
    """Those who decide: who leads or coordinates the umbrella, or one over it."""
    parent = db.get_one(Community, proposal.parent_id)
    found = (
        select(col(Membership.person_id))
        .distinct()
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.community_id).in_([UUID(place) for place in places(parent.lineage)]),
            col(Membership.state) == State.ACTIVE,
            col(Membership.role).in_(sorted(GOVERNING)),
            col(Person.disabled_at).is_(None),
        )
    )
    return sorted(db.scalars(found))


def behind(db: Database, proposal: Proposal) -> list[UUID]:
    """Those who stand behind a proposal: its proposer, supporters, lead and sponsor."""
    holders = queries.offices(db, proposal.id).values()
    named = [holder.person_id for holder in holders if holder.declined_at is None]
    return [proposal.proposer_id, *queries.supporters(db, proposal.id), *named]


def interested(db: Database, proposal: Proposal) -> list[UUID]:
    """Those who said they would come."""
    found = select(col(Expression.person_id)).where(
        col(Expression.proposal_id) == proposal.id, col(Expression.interested)
    )
    return list(db.scalars(found))


# What happens to a draft without anybody else having seen it.
_ENDS = frozenset({Step.WITHDRAW, Step.REVIVE})


class Telling(NamedTuple):
    """Who is told of a step, in which words, and where that leads."""

    whom: tuple[Callable[[Database, Proposal], list[UUID]], ...]
    title: str
    body: str
    path: str = "/proposals/{id}"


_NO_MORE = "It was let go. Thank you for having said yes."
_ITS_OWN, _ALL = (behind,), (coordinators, behind, interested)
NEWS: Mapping[Step, tuple[Telling, ...]] = {
    Step.SUBMIT: (Telling((coordinators,), "A new proposal: {name}", "{purpose}"),),
    Step.REFER: (
        Telling(_ITS_OWN, "{name} exists already", "{reason} An introduction is on its way."),
    ),
    Step.ASSESS: (
        Telling(_ITS_OWN, "{name} goes on", "{reason} Next, colleagues are sounded out."),
    ),
    Step.OPEN_CALL: (
        Telling(_ITS_OWN, "The call for {name} is out", "It reaches {audience_size} people."),
    ),
    Step.CONFIRM_INTEREST: (
        Telling(
            (behind, coordinators),
            "Enough people would come to {name}",
            "Next, a lead and a sponsor are named.",
        ),
    ),
    Step.CLOSE_CALL: (
        Telling(
            (behind, coordinators),
            "The call for {name} has closed",
            "Too few people said yes this time. It can be asked once more, in other words.",
        ),
        Telling(
            (interested,),
            "{name} does not begin yet",
            "Thank you for saying yes; too few did. {instead}",
        ),
    ),
    Step.PLAN: (
        Telling(
            _ITS_OWN,
            "{name} is being planned",
            "Its lead writes the charter and plans the first session.",
        ),
    ),
    Step.SCHEDULE: (
        Telling(
            (interested, behind),
            "The first session of {name} stands",
            "Say whether you will come.",
            "/sessions/{session_id}",
        ),
    ),
    Step.LAUNCH: (
        Telling(
            (interested, behind),
            "{name} has begun",
            "You are invited; say yes on its page.",
            "/communities/{community_id}",
        ),
    ),
    Step.REJECT: (
        Telling(
            _ITS_OWN,
            "{name} was not taken up",
            "{reason} {again}",
        ),
    ),
    Step.APPEAL: (Telling((coordinators,), "A second look at {name}", "{reason}"),),
    Step.EXPIRE: (
        Telling(
            _ITS_OWN,
            "{name} has lain still for too long",
            "It is closed for now. {revivable}",
        ),
        Telling((interested,), "{name} does not go on", _NO_MORE, "/proposals"),
    ),
    Step.WITHDRAW: (
        Telling((coordinators, behind), "{name} was withdrawn", "{reason}"),
        Telling((interested,), "{name} does not go on", _NO_MORE, "/proposals"),
    ),
    Step.REVIVE: (Telling(_ALL, "{name} goes on", "It was revived."),),
}


def tell(db: Database, proposal: Proposal, step: Step, made: Transition) -> None:
    """Tell whom a step concerns what happened and what comes next; whoever did it knows."""
    related = ", ".join(f"“{r['name']}”" for r in made.evidence.get("related", []))
    words = {
        **made.evidence,
        "id": proposal.id,
        "name": f"“{proposal.name}”",
        "purpose": proposal.purpose,
        "reason": made.reason,
        "community_id": proposal.community_id,
        "again": "" if proposal.appealed else "Its proposer may ask for a second look, once.",
        "revivable": "" if proposal.revived else "It can be revived once.",
        "instead": f"Perhaps one of these is for you: {related}." if related else "",
    }
    for number, telling in enumerate(NEWS[step]):
        people = dict.fromkeys(p for whom in telling.whom for p in whom(db, proposal))
        # A draft is its proposer's own business: no coordinator has ever seen it.
        private = proposal.submitted_at is None
        told = [p for p in people if p != made.actor_id and not (private and step in _ENDS)]
        title, body, path = (form.format_map(words).strip() for form in telling[1:])
        notes = [Note(person_id, title, body, path) for person_id in told]
        notify(db, notes, kind=f"proposal.{step}", key=f"{made.id}/{number}", about_id=proposal.id)
