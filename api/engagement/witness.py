"""Writes down that something was read."""

from api.core.db import Database
from api.core.events import Event, record
from api.core.work import House, transaction


def testify(db: Database, event: Event) -> None:
    """Record a reading that leaves a trace, before its answer leaves.

    A GET writes nothing, so this is a transaction of its own. The one that read is closed first:
    a thread that held two connections at once could wait for a third for ever.
    """
    house: House = db.info["request"].app.state.house
    actor, request_id = db.info["actor"], db.info["request_id"]
    db.close()
    with transaction(house.writing, actor, request_id=request_id) as own:
        record(own, event)
