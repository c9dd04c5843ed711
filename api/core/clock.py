"""The only place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC; ask inside a transaction, so that it is not older than its data."""
    return datetime.now(UTC)
