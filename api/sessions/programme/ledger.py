"""What was known of a session when: metrics asked about the past must find it again."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from api.core.clock import now
from api.core.db import Database
from api.sessions.models import Session, SessionFact

_KEPT = ("status", "mode", "access", "starts_at", "ends_at", "capacity", "online_capacity")


def facts(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in _KEPT}


def keep(db: Database, session: Session) -> None:
    """Close what was known, and keep what is known from now on."""
    moment = now()
    db.execute(
        update(SessionFact)
        .where(col(SessionFact.session_id) == session.id, col(SessionFact.replaced_at).is_(None))
        .values(replaced_at=moment)
        .execution_options(synchronize_session=False)
    )
    db.add(
        SessionFact(
            session_id=session.id,
            community_id=session.community_id,
            recorded_at=moment,
            **facts(session),
        )
    )
    db.flush()
