"""The datasets by name."""

from datetime import datetime
from enum import StrEnum

from api.engagement.exports import belonging, meeting
from api.engagement.exports.tables import Table


class Dataset(StrEnum):
    """What can be exported."""

    COMMUNITIES = "communities"
    MEMBERSHIPS = "memberships"
    SESSIONS = "sessions"
    ATTENDANCES = "attendances"
    ACTIVITIES = "activities"
    METRICS = "metrics"


TABLES: dict[Dataset, Table] = {
    Dataset.COMMUNITIES: belonging.COMMUNITIES,
    Dataset.MEMBERSHIPS: belonging.MEMBERSHIPS,
    Dataset.SESSIONS: meeting.SESSIONS,
    Dataset.ATTENDANCES: meeting.ATTENDANCES,
    Dataset.ACTIVITIES: meeting.ACTIVITIES,
}


def table(dataset: Dataset, as_of: datetime | None) -> Table:
    """Find a dataset; memberships of the past are found another way than those of today."""
    if as_of and dataset is Dataset.MEMBERSHIPS:
        return belonging.memberships_then(as_of)
    return TABLES[dataset]
