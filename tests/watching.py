"""Watches every statement of every test: what only reads must change nothing."""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event

_CHANGES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|MERGE|CREATE|DROP|ALTER|TRUNCATE)\b", re.IGNORECASE
)


def watch(engine: Engine) -> None:
    """Fail the request that changes something by a way that is only for reading."""
    event.listen(engine, "before_cursor_execute", _no_change_while_reading)


def _no_change_while_reading(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    options = connection.get_execution_options()
    reading = options.get("writing") is False or options.get("isolation_level") == "AUTOCOMMIT"
    if reading and _CHANGES.match(statement):
        raise AssertionError(f"a read changes something: {statement[:200]}")
