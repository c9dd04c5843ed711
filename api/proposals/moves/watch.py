"""What time does to proposals: calls close, quiet ones are warned and then expire."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlmodel import col

from api.core.clock import now
from api.core.db import Database
from api.core.jobs import job
from api.core.logs import log
from api.notifications.service import Note, notify
from api.proposals import guards
from api.proposals.calls import counting
from api.proposals.calls import service as calls
from api.proposals.lifecycle import CAN_EXPIRE, ProposalState
from api.proposals.models import InterestCall, Office, OfficeHolder, Proposal, ProposalSettings
from api.proposals.moves import news, steps
from api.proposals.moves.service import related, way_of, write
from api.proposals.rulebook import service as rulebook
from api.sessions.lifecycle import AHEAD
from api.sessions.models import Session

_HOLD: Any = {"key_share": True, "skip_locked": True}
_AT_ONCE = 200
# The number of the last warning.
_LAST = 2
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
    """Warn those who let a proposal lie, and let it expire when they still do nothing.

    Each by itself, so that one that cannot be dealt with keeps none of the others waiting.
    """
    quiet = (
        select(col(Proposal.id))
        .where(
            col(Proposal.state).in_(sorted(CAN_EXPIRE)),
            col(Proposal.quiet_since) <= now() - _shortest(db),
        )
        .order_by(col(Proposal.quiet_since))
    )
    for proposal_id in db.scalars(quiet).all():
        try:
            with db.begin_nested():
                _look_after(db, proposal_id)
        except Exception as error:
            log.error("proposal.not_watched", proposal_id=str(proposal_id), exc_info=error)


def _look_after(db: Database, proposal_id: UUID) -> None:
    found = select(Proposal).where(col(Proposal.id) == proposal_id).with_for_update(**_HOLD)
    proposal = db.scalars(found.execution_options(populate_existing=True)).first()
    if proposal is None or proposal.state not in CAN_EXPIRE or _meets(db, proposal):
        return
    settings, moment = rulebook.of_parent(db, proposal.parent_id), now()
    days = (moment - proposal.quiet_since).days
    # Nobody loses an idea unwarned, not even where the worker slept or the settings have changed.
    notice = timedelta(days=settings.quiet_days - settings.last_warning_days)
    warned = proposal.warned_at is not None and moment >= proposal.warned_at + notice
    if days >= settings.quiet_days and proposal.warnings >= _LAST and warned:
        evidence = {"quiet_days": days, **steps.dropped(db, proposal)}
        write(db, proposal, way_of(proposal), ProposalState.EXPIRED, None, "", evidence)
        return
    due = sum(days >= n for n in (settings.first_warning_days, settings.last_warning_days))
    if due > proposal.warnings:
        _warn(db, proposal, due, max(notice.days, settings.quiet_days - days))


def _meets(db: Database, proposal: Proposal) -> bool:
    """Whether people are on their way to its first session: that is anything but quiet."""
    ahead = exists().where(
        col(Session.community_id) == proposal.community_id,
        col(Session.status).in_(sorted(AHEAD)),
        col(Session.ends_at) > now(),
    )
    return proposal.community_id is not None and bool(db.scalar(select(ahead)))


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
        .values(warnings=due, warned_at=now())
        .execution_options(synchronize_session=False)
    )
