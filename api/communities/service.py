"""Founding communities, changing what they say, and moving them in their tree."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, update
from sqlmodel import col, select

from api.communities import policy, queries
from api.communities.events import (
    CommunityArchived,
    CommunityChanged,
    CommunityDissolved,
    CommunityFounded,
    CommunityMoved,
    CommunityOpened,
    CommunityReformed,
    CommunityRestored,
    GroundRulesWritten,
    StageChanged,
)
from api.communities.models import (
    DEEPEST,
    ClosedAs,
    Community,
    CommunityStatus,
    GroundRules,
    Lineage,
    Visibility,
)
from api.communities.schemas import CommunityCreate, CommunityUpdate
from api.core import text
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import Event, record
from api.core.ids import new_id
from api.core.policy import permit
from api.core.problems import Changed, Conflict, Forbidden, IllegalMove, Invalid, NotFound

# One writer at a time changes the shape of a tree; two moves at once could close a circle.
_TREE = 7_265_420_001


class TooDeep(Conflict):
    """A network has at most four levels."""

    title = "The tree would be too deep"


class WouldCircle(Conflict):
    """A community cannot stand beneath itself."""

    title = "A community cannot stand beneath itself"


class StillForming(Conflict):
    """A community in the making has nothing beneath it yet."""

    title = "This community is still forming"


class Archived(Conflict):
    """An archived community is read only; restore it first."""

    title = "This community is archived"


def found(db: Database, actor: Actor, new: CommunityCreate) -> Community:
    """Found a community: a network of its own, or beneath another one."""
    return _found(db, actor, new, CommunityStatus.ACTIVE, actor.person_id)


def form(db: Database, actor: Actor, new: CommunityCreate, lead_id: UUID) -> Community:
    """Let a community form under its lead; only those inside it see it until it is opened."""
    return _found(db, actor, new, CommunityStatus.FORMING, lead_id)


def open_up(db: Database, community: Community) -> None:
    """Let a community that was forming live."""
    _become(db, community, CommunityStatus.ACTIVE, CommunityOpened)


def dissolve(db: Database, community: Community) -> None:
    """Let a community that was forming come to nothing: from now on nobody sees it."""
    _become(db, community, CommunityStatus.DISSOLVED, CommunityDissolved)


def reform(db: Database, community: Community) -> None:
    """Let a community that came to nothing form once more."""
    _become(db, community, CommunityStatus.FORMING, CommunityReformed)


def _become(
    db: Database, community: Community, status: CommunityStatus, event: type[Event]
) -> None:
    _set_status(community, status, None)
    db.flush()
    record(db, event(object_id=community.id, community_id=community.id))


def _found(
    db: Database, actor: Actor, new: CommunityCreate, status: CommunityStatus, founder_id: UUID
) -> Community:
    _hold_tree(db)
    community_id = new_id()
    above, depth = "", 1
    if new.parent_id:
        parent = _parent(db, actor, new.parent_id)
        above, depth = parent.lineage, parent.depth + 1
    elif not actor.steward:
        raise Forbidden("Only a steward may found a network; name the community it belongs to.")
    _shallow(depth)
    moment = now()
    hidden = new.visibility is Visibility.CONFIDENTIAL
    community = Community.model_validate(
        new.model_dump(exclude={"ground_rules", "founded_on"}),
        update={
            "id": community_id,
            "slug": _free_slug(db, new.name, community_id, hidden=hidden),
            "lineage": f"{above}{community_id}/",
            "depth": depth,
            "haystack": queries.haystack(new.name, new.purpose, new.topics, new.languages),
            "founded_on": _founding_day(new, moment),
            "status": status,
            "changed_at": moment,
        },
    )
    db.add(community)
    db.flush()
    db.add(Lineage(community_id=community.id, lineage=community.lineage, recorded_at=moment))
    record(
        db,
        CommunityFounded(object_id=community.id, community_id=community.id, founder_id=founder_id),
    )
    if new.ground_rules:
        write_ground_rules(db, actor, community, new.ground_rules, founding=True)
    db.flush()
    db.refresh(community)
    return community


def edit(db: Database, actor: Actor, community: Community, change: CommunityUpdate) -> None:
    """Change what a community says about itself, or where it stands."""
    permit(policy.govern, actor, community)
    living(community)
    changed: dict[str, Any] = change.model_dump(exclude_unset=True)
    if "parent_id" in changed:
        move(db, actor, community, changed.pop("parent_id"))
    if changed.get("member_limit") and changed["member_limit"] < community.member_count:
        detail = f"already has {community.member_count} members"
        raise Invalid(errors=[{"at": "body/member_limit", "detail": detail}])
    stage = changed.get("stage", community.stage)
    if stage != community.stage:
        record(
            db,
            StageChanged(object_id=community.id, community_id=community.id, stage=stage.value),
        )
    community.sqlmodel_update({**changed, "changed_at": now()})
    community.haystack = queries.haystack(
        community.name, community.purpose, community.topics, community.languages
    )
    record(db, CommunityChanged(object_id=community.id, community_id=community.id))
    db.flush()


def move(db: Database, actor: Actor, community: Community, parent_id: UUID | None) -> None:
    """Move a community with everything beneath it; roles over the old place end at once."""
    _alone(db, community)
    if parent_id == community.parent_id:
        return
    if community.parent_id:
        left = db.get_one(Community, community.parent_id)
        permit(policy.let_go, actor, left)
    above, depth = "", 1
    if parent_id:
        parent = _parent(db, actor, parent_id)
        if parent.lineage.startswith(community.lineage):
            raise WouldCircle(f"“{parent.name}” stands beneath it.")
        above, depth = parent.lineage, parent.depth + 1
    elif not actor.steward:
        raise Forbidden("Only a steward may make a community a network of its own.")
    moved = queries.subtree(db, community.lineage)
    _shallow(depth + max(c.depth for c in moved) - community.depth)
    old, shift, moment = community.lineage, depth - community.depth, now()
    new = f"{above}{community.id}/"
    for each in moved:
        each.lineage = new + each.lineage[len(old) :]
        each.depth += shift
        each.changed_at = moment
    community.parent_id = parent_id
    ids = [c.id for c in moved]
    db.execute(
        update(Lineage)
        .where(col(Lineage.community_id).in_(ids), col(Lineage.replaced_at).is_(None))
        .values(replaced_at=moment)
    )
    db.flush()
    db.add_all(Lineage(community_id=c.id, lineage=c.lineage, recorded_at=moment) for c in moved)
    record(db, CommunityMoved(object_id=community.id, community_id=community.id))


def archive(db: Database, actor: Actor, community: Community, closed_as: ClosedAs | None) -> None:
    """Put a community away: it stays readable and counted, but nothing more happens in it."""
    permit(policy.govern, actor, community)
    _alone(db, community)
    if community.status is CommunityStatus.FORMING:
        raise StillForming("Withdraw its proposal instead.")
    if community.status is CommunityStatus.ARCHIVED:
        raise IllegalMove("It is archived already.", legal=["restore"])
    children = db.exec(
        select(Community.name).where(
            Community.parent_id == community.id,
            col(Community.status).in_((CommunityStatus.FORMING, CommunityStatus.ACTIVE)),
        )
    ).all()
    if children:
        raise Conflict(f"Move or archive what stands beneath it first: {', '.join(children[:5])}.")
    _set_status(community, CommunityStatus.ARCHIVED, closed_as)
    record(db, CommunityArchived(object_id=community.id, community_id=community.id))
    db.flush()


def restore(db: Database, actor: Actor, community: Community) -> None:
    """Bring a community back; what lives stands beneath something that lives."""
    permit(policy.govern, actor, community)
    _alone(db, community)
    if community.status is not CommunityStatus.ARCHIVED:
        raise IllegalMove("It is not archived.", legal=["archive"])
    if community.parent_id:
        living(db.get_one(Community, community.parent_id))
    _set_status(community, CommunityStatus.ACTIVE, None)
    record(db, CommunityRestored(object_id=community.id, community_id=community.id))
    db.flush()


def write_ground_rules(
    db: Database, actor: Actor, community: Community, rules: list[str], *, founding: bool = False
) -> GroundRules:
    """Add a version of the ground rules; whoever joins from now on accepts this one."""
    if not founding:
        permit(policy.govern, actor, community)
    living(community)
    community.ground_rules_version += 1
    community.changed_at = now()
    written = GroundRules(
        community_id=community.id,
        number=community.ground_rules_version,
        rules=rules,
        written_by_id=actor.person_id,
    )
    db.add(written)
    record(db, GroundRulesWritten(object_id=written.id, community_id=community.id))
    db.flush()
    return written


def living(community: Community) -> None:
    """Refuse to change what has been put away."""
    if community.status is CommunityStatus.DISSOLVED:
        raise NotFound("No such community.")
    if community.status is CommunityStatus.ARCHIVED:
        raise Archived("Restore it first.")


def room_beneath(parent: Community, at: str) -> None:
    """Refuse a place, by where a request names it, beneath which nothing can be founded."""
    living(parent)
    if parent.status is CommunityStatus.FORMING:
        raise Invalid(errors=[{"at": at, "detail": "is still forming"}])
    if parent.depth >= DEEPEST:
        detail = f"stands on the last of {DEEPEST} levels"
        raise Invalid(errors=[{"at": at, "detail": detail}])


def _set_status(community: Community, status: CommunityStatus, closed_as: ClosedAs | None) -> None:
    community.sqlmodel_update({"status": status, "closed_as": closed_as, "changed_at": now()})


def _parent(db: Database, actor: Actor, parent_id: UUID) -> Community:
    parent = queries.named(db, actor, parent_id, "body/parent_id")
    permit(policy.govern, actor, parent)
    living(parent)
    if parent.status is CommunityStatus.FORMING:
        raise StillForming("Launch it first.")
    return parent


def _shallow(depth: int) -> None:
    if depth > DEEPEST:
        raise TooDeep(f"A network has at most {DEEPEST} levels; this would make {depth}.")


def _hold_tree(db: Database) -> None:
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_TREE)))


def _alone(db: Database, community: Community) -> None:
    """Hold the tree still, and refuse to go on from what somebody changed before it was held."""
    before = community.version
    _hold_tree(db)
    db.refresh(community)
    if community.version != before:
        raise Changed("Somebody changed it at the same moment.")


def _founding_day(new: CommunityCreate, moment: datetime) -> date:
    """The day it began, today where nobody says; a community can be older than Trellis."""
    today = moment.astimezone(ZoneInfo(new.timezone)).date()
    if new.founded_on and new.founded_on > today:
        raise Invalid(errors=[{"at": "body/founded_on", "detail": "lies in the future"}])
    return new.founded_on or today


def _free_slug(db: Database, name: str, community_id: UUID, *, hidden: bool) -> str:
    """A slug nobody has: the name's own, or with the first free number behind it."""
    wanted = text.slug(name) or "community"
    if hidden:
        # Never the plain one: a number behind somebody else's would tell that this one exists.
        return f"{wanted}-{community_id.hex[-12:]}"
    taken = set(
        db.exec(
            select(Community.slug).where(
                (col(Community.slug) == wanted) | col(Community.slug).startswith(wanted + "-")
            )
        )
    )
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
