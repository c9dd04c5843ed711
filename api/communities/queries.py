from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, true
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from api.communities import policy
from api.communities.models import Community, CommunityLink, CommunityStatus, LinkState, Visibility
from api.core.actor import GOVERNING, Actor, State
from api.core.db import Database, columns
from api.core.problems import Invalid, NotFound
from api.core.rows import folded, one_of
from api.identity.people.queries import contains

_LIVING = col(Community.status) != CommunityStatus.ARCHIVED
_EXISTS = col(Community.status) != CommunityStatus.DISSOLVED
_FOUNDED = col(Community.status) != CommunityStatus.FORMING


def beneath(lineage: str, column: Any = Community.lineage) -> ColumnElement[bool]:
    """The community at the end of this lineage and everything beneath it, as one range."""
    column = col(column)
    # "0" is the character after "/", so the range ends where the subtree does.
    return and_(column >= lineage, column < lineage[:-1] + "0")


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The communities an actor may see; the SQL twin of `policy.see`."""
    if actor.steward:
        return _EXISTS
    listed: list[ColumnElement[bool]] = [
        col(Community.visibility) == Visibility.OPEN,
        col(Community.visibility) == Visibility.RESTRICTED,
    ]
    listed += [
        and_(col(Community.visibility) == Visibility.PRIVATE, beneath(network + "/"))
        for network in sorted(actor.networks)
    ]
    ways: list[ColumnElement[bool]] = [and_(_FOUNDED, or_(*listed))]
    if actor.standings:
        ways.append(one_of(col(Community.id), sorted(actor.standings)))
    ways += [beneath(lineage) for lineage in actor.governed]
    return and_(_EXISTS, or_(*ways))


def governed_by(actor: Actor, column: Any = Community.lineage) -> ColumnElement[bool]:
    """The communities an actor leads or coordinates; the SQL twin of `policy.govern`."""
    if actor.steward:
        return true()
    led = (s for s in actor.standings.values() if s.state is State.ACTIVE and s.role in GOVERNING)
    return or_(false(), *(beneath(s.lineage, column) for s in led))


def find(db: Database, actor: Actor, community_id: UUID) -> Community | None:
    """Look for a community; what the actor may not see does not exist."""
    community = db.get(Community, community_id)
    return community if community and policy.see(actor, community) else None


def get(db: Database, actor: Actor, community_id: UUID) -> Community:
    """Fetch a community the actor may see."""
    if community := find(db, actor, community_id):
        return community
    raise NotFound("No such community.")


def named(db: Database, actor: Actor, community_id: UUID, at: str) -> Community:
    """Fetch a community that a request names at `at`."""
    if community := find(db, actor, community_id):
        return community
    raise Invalid(errors=[{"at": at, "detail": "no such community"}])


def where(db: Database, actor: Actor, query: Any) -> list[ColumnElement[bool]]:
    """The conditions of a list of communities, as its filters ask."""
    c = Community
    conditions = [visible_to(actor)]
    if query.q:
        conditions.append(contains(col(c.haystack), query.q.casefold()))
    if query.topic:
        conditions.append(contains_topic(query.topic))
    if query.within:
        above = find(db, actor, query.within)
        conditions.append(beneath(above.lineage) if above else false())
    if query.parent_id:
        parent = find(db, actor, query.parent_id)
        conditions.append(col(c.parent_id) == parent.id if parent else false())
    if query.region:
        conditions.append(folded(col(c.region)) == folded(literal(query.region)))
    if query.language:
        conditions.append(col(c.haystack).like(f"%\n~{query.language.lower()}~%"))
    if query.mine:
        held = [k for k, s in actor.standings.items() if s.state in ("active", "paused")]
        conditions.append(one_of(col(c.id), held))
    if query.changed_since:
        conditions.append(col(c.changed_at) >= query.changed_since)
    if query.status is None and query.slug is None:
        conditions.append(_LIVING)
    return conditions + [
        col(getattr(c, name)) == wanted
        for name in ("slug", "kind", "stage", "status", "visibility")
        if (wanted := getattr(query, name)) is not None
    ]


def contains_topic(topic: str) -> ColumnElement[bool]:
    safe = topic.casefold()
    for special in "\\%_":
        safe = safe.replace(special, "\\" + special)
    return col(Community.haystack).like(f"%\n#{safe}#%", escape="\\")


def haystack(name: str, purpose: str, topics: list[str], languages: list[str]) -> str:
    """The folded text that searches look through; topics and languages stand between marks."""
    words = [name, purpose, *(f"#{t}#" for t in topics), *(f"~{x}~" for x in languages)]
    return "\n" + "\n".join(words).casefold()


def get_link(db: Database, actor: Actor, link_id: UUID) -> tuple[CommunityLink, policy.Bond]:
    """Fetch a link and what binds it; whoever may not see one of its ends sees no link."""
    link = db.get(CommunityLink, link_id)
    if link is None:
        raise NotFound("No such link.")
    one, other = db.get_one(Community, link.from_id), db.get_one(Community, link.to_id)
    bond = policy.Bond(link.state, one.lineage, other.lineage)
    if not (policy.see(actor, one) and policy.see(actor, other) and policy.see_offer(actor, bond)):
        raise NotFound("No such link.")
    return link, bond


def links_of(actor: Actor, here: Community, *what: Any) -> Select[Any]:
    """Select the links of a community that the actor may see, with the places of both ends."""
    one: Any = aliased(Community)
    other: Any = aliased(Community)
    c = columns(CommunityLink)
    visible = select(Community.id).where(visible_to(actor))
    wanted: list[Any] = [*what, c.state, one.lineage, other.lineage, c.id]
    return (
        sa_select(*wanted)
        .join(one, one.id == c.from_id)
        .join(other, other.id == c.to_id)
        .where(
            or_(c.from_id == here.id, c.to_id == here.id),
            c.from_id.in_(visible),
            c.to_id.in_(visible),
            or_(
                c.state == LinkState.ACCEPTED,
                governed_by(actor, one.lineage),
                governed_by(actor, other.lineage),
            ),
        )
    )


def subtree(db: Database, lineage: str) -> list[Community]:
    """Fetch a community with everything beneath it, and hold it until the transaction ends."""
    statement = select(Community).where(beneath(lineage)).order_by(col(Community.lineage))
    return list(db.exec(statement.with_for_update()))
