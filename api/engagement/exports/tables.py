"""What a dataset is that the database can write by itself: its columns, its rows, its filters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_

from api.engagement.exports.columns import Column


class Slice(NamedTuple):
    """Which part of a dataset is asked for; `holds` says whether a community's rows are in it."""

    holds: Callable[[Any], ColumnElement[bool]]
    as_of: datetime
    start: datetime | None
    end: datetime | None
    changed_since: datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a dataset, and the statement that finds its rows.

    What the statement selects is of no matter: the columns take its place. `filters` are the
    parameters of the query that the dataset knows.
    """

    columns: tuple[Column, ...]
    rows: Callable[[Slice], Select[Any]]
    filters: frozenset[str]


def within(moment: Any, asked: Slice) -> list[ColumnElement[bool]]:
    """Rows of the window that is asked for; a window may be open at either end."""
    after = [moment >= asked.start] if asked.start else []
    return after + ([moment < asked.end] if asked.end else [])


def since(asked: Slice, *moments: Any) -> list[ColumnElement[bool]]:
    """Rows of which any of these moments is recent enough."""
    if asked.changed_since is None:
        return []
    return [or_(*(moment >= asked.changed_since for moment in moments))]
