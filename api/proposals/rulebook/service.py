"""What a network asks of its proposals, with the usual where it has said nothing."""

from typing import Any
from uuid import UUID

from api.communities import policy as communities
from api.communities.models import Community
from api.core.actor import Actor, places
from api.core.clock import now
from api.core.db import Database
from api.core.policy import permit
from api.core.problems import Invalid, NotFound
from api.proposals.models import ProposalSettings
from api.proposals.rulebook.schemas import ProposalSettingsUpdate

_RISING = ("first_warning_days", "last_warning_days", "quiet_days")


def settings_of(db: Database, community: Community) -> ProposalSettings:
    """The settings of the network a community stands in."""
    network = UUID(places(community.lineage)[0])
    return db.get(ProposalSettings, network) or ProposalSettings(
        community_id=network, version=0, changed_at=community.created_at
    )


def of_parent(db: Database, parent_id: UUID) -> ProposalSettings:
    return settings_of(db, db.get_one(Community, parent_id))


def edit(
    db: Database, actor: Actor, community: Community, change: ProposalSettingsUpdate
) -> ProposalSettings:
    """Change what a network asks; calls that are open keep the thresholds they opened with."""
    permit(communities.edit, actor, community)
    settings = settings_of(db, community)
    asked: dict[str, Any] = change.model_dump(exclude_unset=True)
    settings.sqlmodel_update({**asked, "changed_at": now()})
    days = [getattr(settings, name) for name in _RISING]
    if sorted(set(days)) != days:
        at = next(f"body/{name}" for name in reversed(_RISING) if name in asked)
        detail = "warnings come one after the other, and before it expires"
        raise Invalid(errors=[{"at": at, "detail": detail}])
    db.add(settings)
    db.flush()
    return settings


def network_only(community: Community) -> None:
    if community.depth > 1:
        raise NotFound("Only a network has these; ask for the topmost community.")
