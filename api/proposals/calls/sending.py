"""Telling everybody a call is for, some hundreds at a time, each of them once."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlmodel import col

from api.communities.models import Community
from api.core.clock import now
from api.core.db import Database
from api.core.jobs import job
from api.notifications.service import Note, notify
from api.proposals.calls import links
from api.proposals.calls.counting import unanswered
from api.proposals.models import InterestCall, Proposal, Recipient

_AT_ONCE = 500


@job("proposals.send_call")
def send(db: Database, payload: dict[str, Any]) -> None:
    """Tell everybody a call is for; done twice, it tells nobody twice."""
    call = db.get_one(InterestCall, UUID(payload["call_id"]))
    if call.sent_at or _over(call):
        return
    proposal = db.get_one(Proposal, call.proposal_id)
    again = " again" if call.round > 1 else ""
    title = f"Would you come{again}? “{proposal.name}”"
    _tell(db, call, proposal, title, "proposal.call_opened")
    call.sent_at = now()


@job("proposals.remind")
def remind(db: Database, payload: dict[str, Any]) -> None:
    """Remind those who have not answered yet."""
    call = db.get_one(InterestCall, UUID(payload["call_id"]))
    if _over(call):
        return
    proposal = db.get_one(Proposal, call.proposal_id)
    _tell(db, call, proposal, f"Still open: “{proposal.name}”", "proposal.call_reminder")
    db.execute(
        update(Recipient)
        .where(*unanswered(call.id))
        .values(nudged_at=now())
        .execution_options(synchronize_session=False)
    )


def _over(call: InterestCall) -> bool:
    """Whether nobody could answer any more; where nothing was done for days, that comes first."""
    return call.closed_at is not None or call.closes_at <= now()


def _tell(db: Database, call: InterestCall, proposal: Proposal, title: str, kind: str) -> None:
    parent = db.get_one(Community, proposal.parent_id)
    closes = call.closes_at.astimezone(ZoneInfo(parent.timezone))
    body = "\n\n".join(
        (
            proposal.purpose,
            call.text,
            f"The call closes on {closes.day} {closes:%B %Y}. Saying yes now binds you to nothing; "
            "you are asked again before the first session.",
        )
    )
    for people in _chunks(db, call):
        notes = [
            Note(
                person_id,
                title,
                body,
                f"/proposals/{proposal.id}",
                links.path_of(db, call.id, person_id),
            )
            for person_id in people
        ]
        notify(
            db,
            notes,
            kind=kind,
            key=str(call.id),
            community_id=proposal.parent_id,
            about_id=proposal.id,
        )


def _chunks(db: Database, call: InterestCall) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        found = select(col(Recipient.person_id)).where(*unanswered(call.id))
        if last:
            found = found.where(col(Recipient.person_id) > last)
        chunk = list(db.scalars(found.order_by(col(Recipient.person_id)).limit(_AT_ONCE)))
        if not chunk:
            return
        yield chunk
        last = chunk[-1]
