"""How a session becomes certain, takes place, or does not."""

from api.sessions.models import SessionStatus

MOVES: dict[SessionStatus, tuple[SessionStatus, ...]] = {
    SessionStatus.TENTATIVE: (SessionStatus.CONFIRMED, SessionStatus.CANCELLED),
    SessionStatus.CONFIRMED: (SessionStatus.HELD, SessionStatus.CANCELLED),
    SessionStatus.HELD: (),
    SessionStatus.CANCELLED: (),
}
# What still lies ahead: it may be answered, moved and cancelled.
AHEAD = frozenset(status for status, moves in MOVES.items() if moves)


def legal(status: SessionStatus, *, started: bool) -> list[SessionStatus]:
    """Name the moves from here; nothing can have been held before it has started."""
    return [to for to in MOVES[status] if to is not SessionStatus.HELD or started]
