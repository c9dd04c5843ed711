"""How a route answers with a list: one statement, written by the database, and where to go on."""

import json
from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Enum,
    Integer,
    Select,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.types import TypeEngine

from api.core.db import Database, Id, Moment
from api.core.pages import BadCursor, Cursors, PageQuery, scope_of
from api.core.rows import CELL, NULL, ROW, cells, json_list, sheet
from api.core.secrets import key
from api.core.work import House, Json

# A row of a list, with its columns by number and by name.
Item = Any


def cursors(db: Database) -> Cursors:
    house: House = db.info["request"].app.state.house
    if house.cursors is None:
        house.cursors = Cursors(key(db, "cursors") or b"")
    return house.cursors


def answer(
    db: Database,
    statement: Select[Any],
    order: Sequence[ColumnElement[Any]],
    query: PageQuery,
    *,
    name: str,
    write: Callable[[Item], str] | None = None,
    descending: bool = True,
    count: bool = False,
) -> Json:
    """Answer one page of a statement whose first column is the JSON text of an item.

    `order` names the columns the list is sorted by, the last of them unique; they must also be the
    last columns of the statement, so that the cursor can say where the page ended. `write` may add
    to the text what only Python knows, such as `can`.
    """
    connection = db.connection()
    total = None
    if count:
        total = connection.execute(select(func.count()).select_from(statement.subquery())).scalar()
    scope = scope_of(name, query)
    page = statement
    if query.cursor:
        place = tuple_(*order) if len(order) > 1 else order[0]
        at = _place(cursors(db).read(scope, query.cursor), order)
        page = page.where(place < at if descending else place > at)
    page = page.order_by(*(c.desc() if descending else c for c in order)).limit(query.limit + 1)
    rows = _fetch(db, page, len(order), descending)
    after, headers = None, {}
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        after = cursors(db).write(scope, *rows[-1][-len(order) :])
        headers = _link(db.info["request"], after)
    if write is None:
        texts = [row[0] for row in rows]
    else:
        read = _reader(tuple(page.selected_columns.keys()))
        kinds = [_kind(c.type) for c in page.selected_columns]
        texts = [write(read(kinds, row)) for row in rows]
    return Json(json_list(texts, after, total), headers=headers)


def _fetch(db: Database, page: Select[Any], ordered: int, descending: bool) -> list[list[str]]:
    """Fetch a page as one text, and take it apart."""
    inner = page.subquery()
    columns = list(inner.c)
    whole = select(sheet(cells(*columns), *columns[-ordered:], descending=descending))
    text = db.connection().execute(whole).scalar()
    return [row.split(CELL) for row in text.split(ROW)] if text else []


@lru_cache(maxsize=256)
def _reader(names: tuple[str, ...]) -> Callable[[list[Any], list[str]], Item]:
    """Make the function that gives the cells of a row back their types and names."""
    shape = namedtuple("Item", names, rename=True)  # type: ignore[misc]  # names differ by list

    def read(kinds: list[Any], cells: list[str]) -> Item:
        return shape._make(
            None if cell == NULL else kind(cell) if kind else cell
            for kind, cell in zip(kinds, cells, strict=True)
        )

    return read


def _kind(column: TypeEngine[Any]) -> Callable[[str], Any] | None:
    if isinstance(column, Enum):
        return column.enum_class
    for kind, read in _KINDS:
        if isinstance(column, kind):
            return read
    return None


_KINDS: tuple[tuple[type[Any], Callable[[str], Any]], ...] = (
    (Id, UUID),
    (Moment, datetime.fromisoformat),
    (Boolean, lambda cell: cell in ("1", "true")),
    (Integer, int),
    (JSON, json.loads),
)


def _place(values: list[Any], order: Sequence[ColumnElement[Any]]) -> Any:
    if len(values) != len(order):
        raise BadCursor()
    typed = [_typed(v, c) for v, c in zip(values, order, strict=True)]
    return tuple_(*typed) if len(typed) > 1 else typed[0]


def _typed(value: str, column: ColumnElement[Any]) -> Any:
    kind = _kind(column.type)
    return literal(kind(value) if kind else value, column.type)


def _link(request: Request, cursor: str) -> dict[str, str]:
    return {"Link": f'<{request.url.include_query_params(cursor=cursor)}>; rel="next"'}
