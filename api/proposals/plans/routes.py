from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.communities import policy as rules
from api.communities import queries as communities
from api.communities.models import Community
from api.communities.service import Archived
from api.core.actor import Actor
from api.core.db import Database, columns
from api.core.lists import answer
from api.core.policy import permit
from api.core.preconditions import IfMatch
from api.core.problems import Conflict, NotFound, raises
from api.core.rows import json_row
from api.core.work import Db, Json, Me, Work
from api.proposals.models import Milestone, ProgrammePlan
from api.proposals.plans import service
from api.proposals.plans.schemas import (
    MilestoneCreate,
    MilestonePage,
    MilestoneQuery,
    MilestoneRead,
    MilestoneUpdate,
    PlanCreate,
    PlanRead,
    PlanUpdate,
)

router = APIRouter(prefix="/v1", tags=["plans"], route_class=Work)

_M = columns(Milestone)
_ROW = json_row(**{name: _M[name] for name in MilestoneRead.model_fields})


def _planned(db: Database, me: Actor, community_id: UUID) -> Community:
    community = communities.get(db, me, community_id)
    permit(rules.measure, me, community)
    return community


@router.get("/communities/{community_id}/plan", responses=raises(NotFound))
def read_plan(db: Db, me: Me, community_id: UUID) -> PlanRead:
    """Read the programme plan of a community, for its members: when it begins, how far it is."""
    community = _planned(db, me, community_id)
    return service.read(db, me, community, service.get(db, community))


@router.post(
    "/communities/{community_id}/plan",
    status_code=201,
    responses=raises(NotFound, service.PlannedAlready, Archived),
)
def make_plan(db: Db, me: Me, community_id: UUID, new: PlanCreate) -> PlanRead:
    """Make a plan from a template: `light`, to a first session soon, or `full`, over two years."""
    community = _planned(db, me, community_id)
    plan = service.make(db, me, community, new.template, new.starts_on)
    return service.read(db, me, community, plan)


@router.patch("/communities/{community_id}/plan", responses=raises(NotFound))
def move_plan(db: Db, me: Me, community_id: UUID, change: PlanUpdate, match: IfMatch) -> PlanRead:
    """Let a plan begin on another day; milestones that are not done move with it."""
    community = _planned(db, me, community_id)
    plan = service.get(db, community)
    match.hold(plan.version)
    if change.starts_on:
        service.shift(db, me, community, plan, change.starts_on)
    return service.read(db, me, community, plan)


@router.get(
    "/communities/{community_id}/plan/milestones",
    response_model=MilestonePage,
    responses=raises(NotFound),
)
def list_milestones(
    db: Db, me: Me, community_id: UUID, query: Annotated[MilestoneQuery, Query()]
) -> Json:
    """List the milestones of a plan, the soonest first."""
    plan = service.get(db, _planned(db, me, community_id))
    statement = select(_ROW, _M.due_on, _M.id).where(_M.plan_id == plan.id)
    if query.done is not None:
        statement = statement.where(_M.done_on.is_not(None) == query.done)
    order = [_M.due_on, _M.id]
    return answer(db, statement, order, query, name=f"milestones/{plan.id}", descending=False)


@router.post(
    "/communities/{community_id}/plan/milestones",
    status_code=201,
    responses=raises(NotFound, Conflict),
)
def add_milestone(db: Db, me: Me, community_id: UUID, new: MilestoneCreate) -> MilestoneRead:
    """Add a milestone to a plan."""
    community = _planned(db, me, community_id)
    made = service.add(db, me, community, service.get(db, community), new)
    return MilestoneRead.model_validate(made)


def _found(db: Database, me: Actor, milestone_id: UUID) -> tuple[Milestone, Community]:
    milestone = db.get(Milestone, milestone_id)
    plan = db.get_one(ProgrammePlan, milestone.plan_id) if milestone else None
    community = communities.find(db, me, plan.community_id) if plan else None
    if milestone is None or community is None or not rules.measure(me, community):
        raise NotFound("No such milestone.")
    return milestone, community


@router.get("/milestones/{milestone_id}", responses=raises(NotFound))
def get_milestone(db: Db, me: Me, milestone_id: UUID) -> MilestoneRead:
    """Fetch one milestone."""
    return MilestoneRead.model_validate(_found(db, me, milestone_id)[0])


@router.patch("/milestones/{milestone_id}", responses=raises(NotFound))
def edit_milestone(
    db: Db, me: Me, milestone_id: UUID, change: MilestoneUpdate, match: IfMatch
) -> MilestoneRead:
    """Change a milestone, or say when it was done."""
    milestone, community = _found(db, me, milestone_id)
    match.hold(milestone.version)
    service.edit(db, me, community, milestone, change)
    return MilestoneRead.model_validate(milestone)


@router.delete("/milestones/{milestone_id}", status_code=204, responses=raises(NotFound))
def remove_milestone(db: Db, me: Me, milestone_id: UUID, match: IfMatch) -> None:
    """Take a milestone out of a plan."""
    milestone, community = _found(db, me, milestone_id)
    match.hold(milestone.version)
    service.remove(db, me, community, milestone)
