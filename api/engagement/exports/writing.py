"""Sends rows from the database to the wire in pieces, with little memory however many there are.

PostgreSQL copies them out; SQLite hands over lines it has already written. Each export has a
connection of its own, so that a slow reader keeps no request waiting.
"""

from collections.abc import Callable, Generator, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.engine import Engine

from api.core.db import create_engine, for_reading
from api.engagement.exports.columns import as_cells, as_json, as_line, as_object
from api.engagement.exports.tables import Slice, Table

FIRST, ROWS = 300, 2_000
BYTES = 256 * 1024
# Marks that no JSON text can hold, so that COPY has nothing to quote.
_AS_IT_IS = r"FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02', ESCAPE E'\x02'"


class Format(StrEnum):
    """How the lines of an export are written."""

    CSV = "csv"
    NDJSON = "ndjson"


MEDIA = {Format.CSV: "text/csv; charset=utf-8", Format.NDJSON: "application/x-ndjson"}


def header(names: Any) -> bytes:
    """The first line of a CSV file."""
    return (",".join(names) + "\n").encode()


def reading(url: str, read: Callable[[Connection], Iterator[bytes]]) -> Generator[bytes]:
    """Read over a connection of one's own, which is closed however the reading ends."""
    engine = _alone(url)
    try:
        with engine.connect() as connection:
            yield from read(connection)
    finally:
        engine.dispose()


def lines(table: Table, asked: Slice, form: Format) -> Callable[[Connection], Iterator[bytes]]:
    """Make the function that reads a dataset as pieces of a file."""

    def read(connection: Connection) -> Iterator[bytes]:
        rows = table.rows(asked)
        copy = connection.dialect.name == "postgresql"
        pieces = (_copied if copy else _fetched)(connection, rows, table, form)
        if form is Format.CSV:
            yield header(column.name for column in table.columns) + next(pieces, b"")
        yield from pieces

    return read


def _alone(url: str) -> Engine:
    engine = create_engine(url, connections=1)
    if engine.dialect.name == "sqlite":
        return for_reading(engine)
    # Everything in one export is as of one moment, also where it takes several statements.
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _fetched(
    connection: Connection, rows: Select[Any], table: Table, form: Format
) -> Iterator[bytes]:
    line = as_json(table.columns) if form is Format.NDJSON else as_line(table.columns)
    driver = _driver(connection)
    found = driver.execute(_spelled(connection, rows.with_only_columns(line)))
    # The first piece is small, so that it arrives at once.
    some = found.fetchmany(FIRST)
    while some:
        yield ("\n".join([row[0] for row in some]) + "\n").encode()
        some = found.fetchmany(ROWS)


def _copied(
    connection: Connection, rows: Select[Any], table: Table, form: Format
) -> Iterator[bytes]:
    if form is Format.NDJSON:
        cells, how = [as_object(table.columns)], _AS_IT_IS
    else:
        cells = as_cells(table.columns)
        free = ", ".join(column.name for column in table.columns if column.free)
        how = "FORMAT csv" + (f", FORCE_QUOTE ({free})" if free else "")
    query = _spelled(connection, rows.with_only_columns(*cells))
    copying = f"COPY ({query}) TO STDOUT ({how})"
    with _driver(connection).cursor() as cursor, cursor.copy(copying) as copy:
        yield from _gathered(copy)


def _driver(connection: Connection) -> Any:
    """The driver's own connection: a row costs it less than it costs anything above it."""
    return connection.connection.driver_connection


def _spelled(connection: Connection, statement: Any) -> str:
    """Write a statement out with its values, which are ids and moments of our own.

    COPY takes no parameters.
    """
    spelled = statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    return str(spelled)


def _gathered(rows: Any) -> Iterator[bytes]:
    """Join rows to pieces worth sending; the first is small, so that it arrives at once."""
    piece, enough = bytearray(), BYTES // 16
    for row in rows:
        piece += row
        if len(piece) >= enough:
            yield bytes(piece)
            piece.clear()
            enough = BYTES
    if piece:
        yield bytes(piece)
