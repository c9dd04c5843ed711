"""The landscape list: the organisations a community hopes to reach."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from api.communities.models import Community
from api.communities.service import living
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Invalid
from api.engagement import policy
from api.engagement.events import LandscapeDrawn
from api.engagement.landscape.schemas import HopedForRead, LandscapeRead
from api.engagement.models import HopedFor
from api.identity.models import Organisation


def draw(
    db: Database, actor: Actor, community: Community, organisation_ids: Sequence[UUID]
) -> None:
    """Replace the list by another; what it said before is still known to metrics of the past."""
    permit(policy.draw_landscape, actor, community)
    living(community)
    wanted = set(organisation_ids)
    _exist(db, organisation_ids)
    # Two who draw at once would each keep what the other takes away.
    db.execute(select(col(Community.id)).where(col(Community.id) == community.id).with_for_update())
    known = set(db.scalars(select(col(HopedFor.organisation_id)).where(_of(community))))
    if wanted == known:
        return
    moment = now()
    gone = _of(community) & col(HopedFor.organisation_id).in_(known - wanted)
    db.execute(update(HopedFor).where(gone).values(replaced_at=moment))
    db.add_all(
        HopedFor(community_id=community.id, organisation_id=each, recorded_at=moment)
        for each in sorted(wanted - known)
    )
    record(db, LandscapeDrawn(object_id=community.id, community_id=community.id))
    db.flush()


def read(db: Database, community: Community) -> LandscapeRead:
    rows = db.connection().execute(
        select(col(Organisation.id), col(Organisation.name))
        .join(HopedFor, col(HopedFor.organisation_id) == col(Organisation.id))
        .where(_of(community))
        .order_by(col(Organisation.name))
    )
    organisations = [HopedForRead(id=id_, name=name) for id_, name in rows]
    return LandscapeRead(community_id=community.id, organisations=organisations)


def _of(community: Community) -> ColumnElement[bool]:
    return (col(HopedFor.community_id) == community.id) & col(HopedFor.replaced_at).is_(None)


def _exist(db: Database, organisation_ids: Sequence[UUID]) -> None:
    wanted = col(Organisation.id).in_(set(organisation_ids))
    known = set(db.scalars(select(col(Organisation.id)).where(wanted)))
    faults = [
        {"at": f"body/organisation_ids/{i}", "detail": "no such organisation"}
        for i, each in enumerate(organisation_ids)
        if each not in known
    ]
    if faults:
        raise Invalid(errors=faults[:50])
