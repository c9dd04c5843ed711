"""The index follows what happens to communities, in the transaction in which it happens."""

from datetime import timedelta

from api.communities.events import (
    CommunityArchived,
    CommunityChanged,
    CommunityDissolved,
    CommunityFounded,
    CommunityOpened,
    CommunityRestored,
)
from api.core import jobs
from api.core.db import Database
from api.core.events import Event, on
from api.similarity import service

# A batch is a second of work at most, so that nobody who writes waits long for it.
BATCH = 200


@on(
    CommunityFounded,
    CommunityChanged,
    CommunityArchived,
    CommunityRestored,
    CommunityOpened,
    CommunityDissolved,
)
def follow(db: Database, event: Event) -> None:
    """What a community says, and whether it lives, changed."""
    db.flush()
    service.follow(db, event.object_id)


@jobs.job("similarity.catch_up", every=timedelta(hours=1))
def catch_up(db: Database, _payload: dict[str, object]) -> None:
    """Draw anew what was drawn by lists that have changed since, some at a time."""
    if service.catch_up(db, BATCH) == BATCH:
        jobs.ask(db, "similarity.catch_up", key="more")
