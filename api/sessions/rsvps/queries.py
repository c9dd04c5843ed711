from typing import Any

from sqlalchemy import case, func, select

from api.sessions.models import Place, Rsvp

_AHEAD = Rsvp.__table__.alias("ahead")  # type: ignore[attr-defined]  # every table class has one


def position_of(rsvp: Any) -> Any:
    """Where a row of RSVPs stands on its waiting list, counted from 1; null where it does not."""
    ahead = select(func.count()).where(
        _AHEAD.c.session_id == rsvp.session_id,
        _AHEAD.c.seating == rsvp.seating,
        _AHEAD.c.place == Place.WAITLISTED,
        _AHEAD.c.replaced_at.is_(None),
        _AHEAD.c.queue <= rsvp.queue,
    )
    counted = ahead.correlate_except(_AHEAD).scalar_subquery()
    return case((rsvp.place == Place.WAITLISTED, counted), else_=None)
