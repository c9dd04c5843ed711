"""Statements compiled once, for the few that every request runs.

SQLAlchemy keeps what it compiled, but at each request it first compares the whole statement with
what it knows. For the door and for the lists people live in that costs as much as the query. Here
the caller names the statement, and only its conditions are compared.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Connection
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError

from api.core.db import MEMORY

Row = tuple[Any, ...]
_KEPT = 512
# Pages of fifty rows are some 50 kB, so that a connection remembers a few megabytes at most.
_REMEMBERED = 64


class Prepared:
    """The text of one statement for one engine, with its values still to come."""

    def __init__(self, statement: ClauseElement, binds: Any, dialect: Dialect):
        compiled: Any = statement.compile(dialect=dialect)
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise TypeError("a list of values must be one value here: use `one_of`")
        self.text = str(compiled)
        self._fixed = dict(compiled.params)
        self._in_order: list[str] | None = compiled.positiontup
        self._of_conditions = [compiled.bind_names[b] for b in binds]
        self._write = {
            name: write
            for bound, name in compiled.bind_names.items()
            if (write := bound.type.dialect_impl(dialect).bind_processor(dialect))
        }

    def first(self, connection: Connection, binds: Any, values: dict[str, Any]) -> Row | None:
        given = {**self._fixed, **values}
        for name, bound in zip(self._of_conditions, binds, strict=True):
            given[name] = bound.effective_value
        for name, write in self._write.items():
            given[name] = write(given[name])
        if self._in_order is None:
            return _ask(connection, self.text, given)
        return _first_of_file(connection, self.text, tuple(given[n] for n in self._in_order))


def _first_of_file(connection: Connection, text: str, values: tuple[Any, ...]) -> Row | None:
    """Ask SQLite, or remember what it said, as long as nobody has written anything since.

    `data_version` changes with every commit of every other connection, and a connection that
    writes forgets what it remembered, so a remembered answer is exactly what would be read now.
    """
    if connection.get_execution_options().get("writing", True):
        # What is read here may be changed by this very transaction, which no version tells.
        return _ask(connection, text, values)
    version = (_ask(connection, "PRAGMA data_version") or (None,))[0]
    memory = connection.info.get(MEMORY)
    if memory is None or memory[0] != version:
        memory = connection.info[MEMORY] = (version, {})
    known: dict[Any, Row] = memory[1]
    row: Row | None = known.get((text, values))
    if row is None:
        row = _ask(connection, text, values)
        if row and len(known) < _REMEMBERED:
            known[text, values] = row
    return row


def _ask(connection: Connection, text: str, values: Any = ()) -> Row | None:
    """Ask the driver itself; what it refuses is told like any other refusal of the database."""
    driver: Any = connection.connection.dbapi_connection
    kind = connection.dialect.loaded_dbapi.Error
    # Whoever watches what is asked hears of this as of everything else.
    for hear in connection.dispatch.before_cursor_execute:
        hear(connection, driver, text, values, None, False)
    try:
        row: Row | None = driver.execute(text, values).fetchone()
    except kind as failed:
        told = DBAPIError.instance(text, None, failed, kind, True, dialect=connection.dialect)
        raise told from failed
    return row


_kept: OrderedDict[Any, Prepared] = OrderedDict()


def first(
    connection: Connection,
    name: tuple[Any, ...],
    build: Callable[[], ClauseElement],
    conditions: ColumnElement[bool] | None = None,
    **values: Any,
) -> Row | None:
    """The first row of the statement of this name, which `build` makes where it is not known yet.

    Everything but the shape of its conditions must follow from its name. The row holds what the
    driver gives.
    """
    shape: Any = None if conditions is None else conditions._generate_cache_key()
    binds = shape.bindparams if shape else ()
    key = (connection.dialect.name, name, shape.key if shape else None)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = Prepared(build(), binds, connection.dialect)
        if len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found.first(connection, binds, values)
