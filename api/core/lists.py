"""How a route answers with a list: one statement, written by the database, and where to go on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_
from sqlalchemy.engine import Connection

from api.core.db import Database, Id, Moment
from api.core.pages import BadCursor, Cursors, PageQuery, scope_of
from api.core.rows import json_list
from api.core.secrets import key
from api.core.work import House, Json


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
    write: Callable[[Row[Any]], str] | None = None,
    descending: bool = True,
    count: bool = False,
) -> Json:
    """Answer one page of a statement whose first column is the JSON text of an item.

    `order` names the columns the list is sorted by, the last of them unique; they must also be the
    last columns of the statement, so that the cursor can say where the page ended. `write` may add
    to the text what only Python knows, such as `can`.
    """
    connection: Connection = db.connection()
    total = None
    if count:
        total = connection.execute(select(func.count()).select_from(statement.subquery())).scalar()
    scope = scope_of(name, query)
    place = tuple_(*order) if len(order) > 1 else order[0]
    page = statement
    if query.cursor:
        at = _place(cursors(db).read(scope, query.cursor), order)
        page = page.where(place < at if descending else place > at)
    page = page.order_by(*(c.desc() if descending else c for c in order)).limit(query.limit + 1)
    rows = connection.execute(page).all()
    after, headers = None, {}
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        after = cursors(db).write(scope, *(_plain(v) for v in rows[-1][-len(order) :]))
        headers = _link(db.info["request"], after)
    texts = (write(row) for row in rows) if write else (row[0] for row in rows)
    return Json(json_list(texts, after, total), headers=headers)


def _place(values: list[Any], order: Sequence[ColumnElement[Any]]) -> Any:
    if len(values) != len(order):
        raise BadCursor()
    typed = [_typed(v, c) for v, c in zip(values, order, strict=True)]
    return tuple_(*typed) if len(typed) > 1 else typed[0]


def _typed(value: Any, column: ColumnElement[Any]) -> Any:
    if isinstance(column.type, Moment):
        return literal(datetime.fromisoformat(value), Moment)
    if isinstance(column.type, Id):
        return literal(UUID(value), Id)
    return literal(value, column.type)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _link(request: Request, cursor: str) -> dict[str, str]:
    return {"Link": f'<{request.url.include_query_params(cursor=cursor)}>; rel="next"'}
