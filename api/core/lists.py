"""How a route answers with a list: one statement, written by the database, and where to go on."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request
from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, tuple_

from api.core.db import Database
from api.core.items import Item, Shape, kind_of
from api.core.pages import BadCursor, Cursors, PageQuery, scope_of
from api.core.prepared import first
from api.core.problems import Unavailable
from api.core.rows import CELL, ROW, cells, json_list, sheet
from api.core.secrets import key
from api.core.work import House, Json


def cursors(db: Database) -> Cursors:
    house: House = db.info["request"].app.state.house
    if house.cursors is None:
        found = key(db, "cursors")
        if found is None:  # an empty key would let anybody write cursors
            raise Unavailable("The database is not migrated. Run `trellis migrate`.")
        house.cursors = Cursors(found)
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
    fixed: bool = False,
) -> Json:
    """Answer one page of a statement whose first column is the JSON text of an item.

    `order` names the columns the list is sorted by, the last of them unique; they must also be the
    last columns of the statement, so that the cursor can say where the page ended. `write` may add
    to the text what only Python knows, such as `can`. A list that is `fixed` has the same statement
    whenever its name and order are the same, but for its conditions; it is compiled only once.
    """
    connection = db.connection()
    total = None
    if count:
        total = connection.execute(select(func.count()).select_from(statement.subquery())).scalar()
    after_values: dict[str, Any] = {}
    if query.cursor:
        place = cursors(db).read(scope_of(name, query), query.cursor)
        if len(place) != len(order):
            raise BadCursor()
        after_values = {
            f"after_{n}": _typed(v, c) for n, (v, c) in enumerate(zip(place, order, strict=True))
        }
    way = (tuple(str(c) for c in order), descending, bool(query.cursor))
    values = {"limit_of_page": query.limit + 1, **after_values}

    def whole() -> Select[Any]:
        return _whole(statement, order, descending=descending, goes_on=bool(query.cursor))

    if fixed:
        found = first(connection, (name, *way), whole, statement.whereclause, **values)
    else:
        found = connection.execute(whole(), values).first()
    text = found[0] if found else None
    rows = [row.split(CELL) for row in text.split(ROW)] if text else []
    after, headers = None, {}
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        after = cursors(db).write(scope_of(name, query), *rows[-1][-len(order) :])
        headers = _link(db.info["request"], after)
    if write is None:
        texts = [row[0] for row in rows]
    else:
        shape = Shape(statement)
        texts = [write(Item(shape, row)) for row in rows]
    return Json(json_list(texts, after, total), headers=headers)


def _whole(
    statement: Select[Any],
    order: Sequence[ColumnElement[Any]],
    *,
    descending: bool,
    goes_on: bool,
) -> Select[Any]:
    """The statement of one page, which gives it as one text."""
    page = statement
    if goes_on:
        after = [bindparam(f"after_{n}", type_=c.type) for n, c in enumerate(order)]
        place, at = (tuple_(*order), tuple_(*after)) if len(order) > 1 else (order[0], after[0])
        page = page.where(place < at if descending else place > at)
    page = page.order_by(*(c.desc() if descending else c for c in order))
    inner = page.limit(bindparam("limit_of_page", type_=Integer)).subquery()
    columns = list(inner.c)
    return select(sheet(cells(*columns), *columns[-len(order) :], descending=descending))


def _typed(value: str, column: ColumnElement[Any]) -> Any:
    kind = kind_of(column.type)
    return kind(value) if kind else value


def _link(request: Request, cursor: str) -> dict[str, str]:
    """The `Link` header to the next page, relative to this one's address (RFC 8288)."""
    asked = request.scope["query_string"].decode("latin-1").split("&")
    kept = [part for part in asked if part and not part.startswith("cursor=")]
    address = f"{request.scope['path']}?{'&'.join([*kept, 'cursor=' + cursor])}"
    return {"Link": f'<{address}>; rel="next"'}
