"""What a community means to have done by when."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import col

from api.communities import policy as communities
from api.communities.models import Community
from api.communities.service import living
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.moments import LAST_YEAR
from api.core.policy import permit
from api.core.problems import Conflict, Invalid, NotFound
from api.proposals.models import Milestone, MilestoneFact, ProgrammePlan, Template
from api.proposals.plans import ledger
from api.proposals.plans.months import months_after
from api.proposals.plans.schemas import MilestoneCreate, MilestoneUpdate, PlanRead
from api.proposals.plans.templates import TEMPLATES

MOST = 200


class PlannedAlready(Conflict):
    """A community has one plan; change its milestones instead."""

    title = "There is a plan already"


def begin(db: Database, community: Community, template: Template, starts_on: date) -> ProgrammePlan:
    """Write a plan from a template, without asking a rule."""
    _far_enough(starts_on)
    moment = now()
    plan = ProgrammePlan(
        community_id=community.id, template=template, starts_on=starts_on, changed_at=moment
    )
    db.add(plan)
    db.flush()
    made = [
        Milestone(
            plan_id=plan.id, **step._asdict(), due_on=months_after(starts_on, step.month),
            changed_at=moment,
        )
        for step in TEMPLATES[template]
    ]  # fmt: skip
    db.add_all(made)
    db.flush()
    ledger.keep(db, community.id, made)
    return plan


def make(
    db: Database, actor: Actor, community: Community, template: Template, starts_on: date
) -> ProgrammePlan:
    """Write a plan from a template for a community that has none."""
    permit(communities.edit, actor, community)
    living(community)
    if find(db, community.id):
        raise PlannedAlready()
    return begin(db, community, template, starts_on)


def find(db: Database, community_id: UUID) -> ProgrammePlan | None:
    found = select(ProgrammePlan).where(col(ProgrammePlan.community_id) == community_id)
    return db.scalars(found).first()


def get(db: Database, community: Community) -> ProgrammePlan:
    if plan := find(db, community.id):
        return plan
    raise NotFound("There is no plan yet.")


def shift(db: Database, actor: Actor, community: Community, plan: ProgrammePlan,
          starts_on: date) -> None:  # fmt: skip
    """Let a plan begin on another day; what is done stays where it was due."""
    permit(communities.edit, actor, community)
    _far_enough(starts_on)
    plan.sqlmodel_update({"starts_on": starts_on, "changed_at": now()})
    planned = select(Milestone).where(
        col(Milestone.plan_id) == plan.id, col(Milestone.done_on).is_(None)
    )
    moved = db.scalars(planned).all()
    for milestone in moved:
        milestone.due_on = months_after(starts_on, milestone.month)
        milestone.changed_at = now()
    db.flush()
    ledger.keep(db, community.id, moved)


def add(db: Database, actor: Actor, community: Community, plan: ProgrammePlan,
        new: MilestoneCreate) -> Milestone:  # fmt: skip
    permit(communities.edit, actor, community)
    count = select(func.count()).select_from(Milestone).where(col(Milestone.plan_id) == plan.id)
    if (db.scalar(count) or 0) >= MOST:
        raise Conflict(f"A plan has at most {MOST} milestones.")
    due = months_after(plan.starts_on, new.month)
    made = Milestone(plan_id=plan.id, due_on=due, changed_at=now(), **new.model_dump())
    db.add(made)
    db.flush()
    ledger.keep(db, community.id, [made])
    return made


def edit(db: Database, actor: Actor, community: Community, milestone: Milestone,
         change: MilestoneUpdate) -> None:  # fmt: skip
    """Change a milestone, or say that it is done."""
    permit(communities.schedule, actor, community)
    asked: dict[str, Any] = change.model_dump(exclude_unset=True)
    done_on = asked.get("done_on")
    if done_on and done_on > today(community):
        raise Invalid(errors=[{"at": "body/done_on", "detail": "lies in the future"}])
    if "done_on" in asked:
        asked["done_by_id"] = actor.person_id if done_on else None
    if "month" in asked:
        plan = db.get_one(ProgrammePlan, milestone.plan_id)
        asked["due_on"] = months_after(plan.starts_on, asked["month"])
    milestone.sqlmodel_update({**asked, "changed_at": now()})
    db.flush()
    ledger.keep(db, community.id, [milestone])


def remove(db: Database, actor: Actor, community: Community, milestone: Milestone) -> None:
    """Take a milestone out of a plan; that it was planned until now is still known."""
    permit(communities.edit, actor, community)
    ledger.forget(db, col(MilestoneFact.milestone_id) == milestone.id)
    db.delete(milestone)


def read(db: Database, me: Actor, community: Community, plan: ProgrammePlan) -> PlanRead:
    due, done = col(Milestone.due_on), col(Milestone.done_on)
    counted = select(
        func.count(),
        func.count(done),
        func.count().filter(done.is_(None), due < today(community)),
    ).where(col(Milestone.plan_id) == plan.id)
    total, finished, overdue = db.execute(counted).one()
    rules = [("edit", communities.edit), ("mark", communities.schedule)]
    return PlanRead.model_validate(
        plan,
        update={
            "milestones": total,
            "done": finished,
            "overdue": overdue,
            "can": [name for name, rule in rules if rule(me, community)],
        },
    )


def today(community: Community) -> date:
    return now().astimezone(ZoneInfo(community.timezone)).date()


def _far_enough(starts_on: date) -> None:
    if starts_on.year > LAST_YEAR - 11:
        raise Invalid(errors=[{"at": "body/starts_on", "detail": "is too far ahead"}])
