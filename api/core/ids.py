"""Identifiers that sort by age."""

import secrets
import threading
import time
from uuid import UUID

_TAIL = 74  # random bits that follow the milliseconds of a UUIDv7

_lock = threading.Lock()
_latest = 0


def new_id() -> UUID:
    """Make a UUIDv7 greater than every one this process made before, so ids order births."""
    global _latest  # noqa: PLW0603  (one counter a process is what makes the order strict)
    with _lock:
        fresh = time.time_ns() // 1_000_000 << _TAIL | secrets.randbits(_TAIL)
        # Within one millisecond, or when the clock steps back, count on from the last one.
        _latest = fresh if fresh >> _TAIL > _latest >> _TAIL else _latest + 1
        made = _latest
    moment, tail = divmod(made, 1 << _TAIL)
    upper, lower = divmod(tail, 1 << 62)
    return UUID(int=moment << 80 | 0x7 << 76 | upper << 64 | 0b10 << 62 | lower)
