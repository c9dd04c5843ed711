"""How many people a session can hold, in the room and online.

A session in one mode only counts all its seats in `capacity`; a hybrid one counts the room there
and the seats online apart. Here both are a pair, so that a change of mode keeps what it can.
"""

from typing import Any, NamedTuple

from api.communities.models import Mode
from api.core.problems import Invalid


class Limits(NamedTuple):
    """Seats in the room and online; None is no limit."""

    room: int | None
    online: int | None

    @classmethod
    def stored(cls, mode: Mode, capacity: int | None, online_capacity: int | None) -> "Limits":
        """Read the pair from the columns of a session in this mode."""
        if mode is Mode.ONLINE:
            return cls(None, capacity)
        return cls(capacity, online_capacity)

    def columns(self, mode: Mode) -> dict[str, int | None]:
        """Write the pair to the columns of a session in this mode."""
        if mode is Mode.ONLINE:
            return {"capacity": self.online, "online_capacity": None}
        return {
            "capacity": self.room,
            "online_capacity": self.online if mode is Mode.HYBRID else None,
        }


def changed(before: Limits, mode: Mode, asked: dict[str, Any]) -> Limits:
    """Apply what was asked of `capacity` and `online_capacity`, where they make sense."""
    capacity = asked.get("capacity", ...)
    online = asked.get("online_capacity", ...)
    if mode is Mode.HYBRID:
        return Limits(
            before.room if capacity is ... else capacity, before.online if online is ... else online
        )
    if mode is Mode.IN_PERSON:
        if online not in (..., None):
            raise _wrong("a session in person has no seats online")
        return before if capacity is ... else before._replace(room=capacity)
    # Both names mean the same seats here; a null beside a number is not a second answer.
    said = {limit for limit in (capacity, online) if limit not in (..., None)}
    if len(said) > 1:
        raise _wrong("an online session has one limit; say it once, as capacity")
    if said or capacity is None:
        return before._replace(online=next(iter(said), None))
    return before


def _wrong(detail: str) -> Invalid:
    return Invalid(errors=[{"at": "body/online_capacity", "detail": detail}])
