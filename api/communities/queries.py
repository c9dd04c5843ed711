from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col, select

from api.communities import policy
from api.communities.models import Community, CommunityLink, LinkState, Status, Visibility
from api.core.actor import Actor
from api.core.db import Database
from api.core.problems import NotFound
from api.core.rows import folded
from api.identity.people.queries import contains


def beneath(lineage: str) -> ColumnElement[bool]:
    """The community at the end of this lineage and everything beneath it, as one range."""
    column = col(Community.lineage)
    # "0" is the character after "/", so the range ends where the subtree does.
    return and_(column >= lineage, column < lineage[:-1] + "0")


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The communities an actor may see; the SQL twin of `policy.see`."""
    if actor.steward:
        return true()
    ways: list[ColumnElement[bool]] = [
        col(Community.visibility).in_((Visibility.OPEN, Visibility.RESTRICTED))
    ]
    if actor.standings:
        ways.append(col(Community.id).in_(sorted(actor.standings)))
    ways += [beneath(lineage) for lineage in actor.governed]
    ways += [
        and_(col(Community.visibility) == Visibility.PRIVATE, beneath(network + "/"))
        for network in sorted(actor.networks)
    ]
    return or_(*ways)


def get(db: Database, actor: Actor, community_id: UUID) -> Community:
    """Fetch a community the actor may see; what they may not see does not exist."""
    community = db.get(Community, community_id)
    if community is None or not policy.see(actor, community):
        raise NotFound("No such community.")
    return community


def where(db: Database, actor: Actor, query: Any) -> list[ColumnElement[bool]]:
    """The conditions of a list of communities, as its filters ask."""
    c = Community
    conditions = [visible_to(actor)]
    if query.q:
        conditions.append(contains(col(c.haystack), query.q))
    if query.topic:
        conditions.append(contains_topic(query.topic))
    if query.within:
        conditions.append(beneath(get(db, actor, query.within).lineage))
    if query.region:
        conditions.append(folded(col(c.region)) == query.region.casefold())
    if query.language:
        conditions.append(col(c.haystack).like(f"%\n~{query.language.lower()}~%"))
    if query.mine:
        held = [k for k, s in actor.standings.items() if s.state in ("active", "paused")]
        conditions.append(col(c.id).in_(held))
    if query.changed_since:
        conditions.append(col(c.changed_at) >= query.changed_since)
    if query.status is None:
        conditions.append(col(c.status) != Status.ARCHIVED)
    return conditions + [
        col(getattr(c, name)) == wanted
        for name in ("parent_id", "kind", "stage", "status", "visibility")
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


def get_link(
    db: Database, actor: Actor, link_id: UUID
) -> tuple[CommunityLink, Community, Community]:
    """Fetch a link and its two ends; whoever may see neither end sees no link."""
    link = db.get(CommunityLink, link_id)
    if link is None:
        raise NotFound("No such link.")
    one, other = db.get_one(Community, link.from_id), db.get_one(Community, link.to_id)
    if not (policy.see(actor, one) and policy.see(actor, other)):
        raise NotFound("No such link.")
    if link.state is not LinkState.ACCEPTED and not (
        policy.edit(actor, one) or policy.edit(actor, other)
    ):
        raise NotFound("No such link.")
    return link, one, other


def subtree(db: Database, lineage: str) -> list[Community]:
    statement = select(Community).where(beneath(lineage)).order_by(col(Community.lineage))
    return list(db.exec(statement))
