"""What time does to proposals: calls close, quiet ones are warned and then expire."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from api.core.clock import now
from api.core.db import Database
from api.core.jobs import job
from api.notifications.service import Note, notify
from api.proposals import guards
from api.proposals.calls import counting
from api.proposals.calls import service as calls
from api.proposals.lifecycle import CAN_EXPIRE, ProposalState
from api.proposals.models import InterestCall, Office, OfficeHolder, Proposal, ProposalSettings
from api.proposals.moves import news, steps
from api.proposals.moves.service import related, way_of, write
from api.proposals.rulebook import service as rulebook

_HOLD: Any = {"key_share": True, "skip_locked": True}
_AT_ONCE = 200
USUAL_WARNING: int = ProposalSettings.model_fields["first_warning_days"].default


@job("proposals.close_call")
def close_call(db: Database, payload: dict[str, Any]) -> None:
    """Close a call when its time is over, and say whether enough people would come."""
    call = db.get_one(InterestCall, UUID(payload["call_id"]))
    proposal = db.get_one(Proposal, call.proposal_id)
    db.refresh(proposal, with_for_update={"key_share": True})
    current = proposal.state is ProposalState.INTEREST_CALL and proposal.round == call.round
    if not current or call.closes_at > now():
        return
    reached, needed = calls.close(db, call), counting.needs(call)
    evidence = steps.counted(reached, needed)
    to = ProposalState.INTEREST_MET
    if guards.enough(reached, needed):
        to = ProposalState.INTEREST_NOT_MET
        evidence["related"] = related(db, proposal)
    write(db, proposal, way_of(proposal), to, None, "", evidence)


@job("proposals.close_calls", every=timedelta(minutes=5))
def close_calls(db: Database, _payload: dict[str, Any]) -> None:
    """Close whatever is over, should the job of one call have been lost."""
    over = (
        select(col(InterestCall.id))
        .join(Proposal, col(Proposal.id) == col(InterestCall.proposal_id))
        .where(
            col(InterestCall.closed_at).is_(None),
            col(InterestCall.closes_at) <= now(),
            col(Proposal.state) == ProposalState.INTEREST_CALL,
        )
        .limit(_AT_ONCE)
    )
    for call_id in db.scalars(over).all():
        close_call(db, {"call_id": str(call_id)})


@job("proposals.watch_quiet", every=timedelta(hours=1))
def watch_quiet(db: Database, _payload: dict[str, Any]) -> None:
    """Warn those who let a proposal lie, and let it expire when they still do nothing."""
    moment = now()
    quiet = (
        select(Proposal)
        .where(
            col(Proposal.state).in_(sorted(CAN_EXPIRE)),
            col(Proposal.quiet_since) <= moment - _shortest(db),
        )
        .order_by(col(Proposal.quiet_since))
        .with_for_update(**_HOLD)
    )
    for proposal in db.scalars(quiet.execution_options(populate_existing=True)).all():
        settings = rulebook.of_parent(db, proposal.parent_id)
        days = (moment - proposal.quiet_since).days
        if days >= settings.quiet_days:
            evidence = {"quiet_days": days, **steps.dropped(db, proposal)}
            write(db, proposal, way_of(proposal), ProposalState.EXPIRED, None, "", evidence)
            continue
        due = sum(days >= n for n in (settings.first_warning_days, settings.last_warning_days))
        if due > proposal.warnings:
            _warn(db, proposal, due, settings.quiet_days - days)


def _shortest(db: Database) -> timedelta:
    """The fewest days after which any network warns."""
    known = db.scalars(select(col(ProposalSettings.first_warning_days)))
    return timedelta(days=min([USUAL_WARNING, *known]))


def _warn(db: Database, proposal: Proposal, due: int, left: int) -> None:
    """Tell whoever must act; warnings say nothing new, so they make no new version."""
    lead = select(col(OfficeHolder.person_id)).where(
        col(OfficeHolder.proposal_id) == proposal.id,
        col(OfficeHolder.office) == Office.LEAD,
        col(OfficeHolder.accepted_at).is_not(None),
    )
    people = [proposal.proposer_id, *db.scalars(lead)]
    if proposal.state is ProposalState.SCOPING:
        people += news.coordinators(db, proposal)
    title = f"“{proposal.name}” lies still"
    body = f"Nothing has happened for a while. In {left} days it closes by itself."
    path = f"/proposals/{proposal.id}"
    notes = [Note(person_id, title, body, path) for person_id in dict.fromkeys(people)]
    key = f"{proposal.id}/{proposal.quiet_since.isoformat()}/{due}"
    notify(db, notes, kind="proposal.quiet", key=key, about_id=proposal.id)
    db.execute(
        update(Proposal)
        .where(col(Proposal.id) == proposal.id)
        .values(warnings=due)
        .execution_options(synchronize_session=False)
    )
