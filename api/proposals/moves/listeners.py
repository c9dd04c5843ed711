"""What happens in a community that forms keeps its proposal awake, and concerns its founders."""

from sqlalchemy import select, update
from sqlmodel import col

from api.communities.events import CommunityChanged, GroundRulesWritten
from api.core.clock import now
from api.core.db import Database
from api.core.events import Event, on
from api.notifications.service import Note, notify
from api.proposals.lifecycle import FORMING, ProposalState
from api.proposals.models import Proposal
from api.proposals.moves import news
from api.sessions.events import SessionChanged, SessionHeld, SessionRescheduled, SessionScheduled
from api.sessions.models import Session
from api.sessions.programme import service as programme


@on(
    CommunityChanged,
    GroundRulesWritten,
    SessionScheduled,
    SessionRescheduled,
    SessionChanged,
    SessionHeld,
)
def stay_awake(db: Database, event: Event) -> None:
    """Whoever works on charter and sessions does something with the proposal."""
    db.execute(
        update(Proposal)
        .where(
            col(Proposal.community_id) == event.community_id,
            col(Proposal.state).in_(sorted(FORMING)),
        )
        .values(quiet_since=now(), warnings=0, warned_at=None)
        .execution_options(synchronize_session=False)
    )


@on(SessionScheduled)
def tell_founders(db: Database, event: SessionScheduled) -> None:
    """A session that takes the place of the first one is for the same people."""
    proposal = db.scalars(
        select(Proposal).where(
            col(Proposal.community_id) == event.community_id,
            col(Proposal.state) == ProposalState.SCHEDULED,
        )
    ).first()
    session = db.get(Session, event.object_id) if proposal else None
    if proposal is None or session is None or session.starts_at <= now():
        return
    people = news.interested(db, proposal)
    programme.open_to(db, session, people)
    title = f"Another date for the first session of “{proposal.name}”"
    notes = [
        Note(p, title, "Say whether you will come.", f"/sessions/{session.id}") for p in people
    ]
    notify(db, notes, kind="proposal.schedule", key=str(session.id), about_id=proposal.id)
