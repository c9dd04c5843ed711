"""The only place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC; ask inside a transaction, lest it be older than its data."""
    return datetime.now(UTC)
