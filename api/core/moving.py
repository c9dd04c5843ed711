"""Carries every row of one database to another, so that a network can change its engine."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, insert, inspect, select, text
from sqlalchemy.sql.schema import Column
from sqlmodel import SQLModel

from api.core.problems import Conflict

CHUNK = 1000
# Migrating fills these by itself; what the source holds takes their place.
MADE_BY_MIGRATING = frozenset({"secrets"})


def carry(source: Engine, target: Engine) -> dict[str, int]:
    """Copy all tables in one transaction, and return how many rows each one has.

    The target is migrated to the same revision and empty. The source is read as it was at one
    moment; what is written to it afterwards stays behind, so nobody should be writing.
    """
    tables = SQLModel.metadata.sorted_tables
    with source.connect() as old, target.connect() as new:
        if old.dialect.name == "postgresql":
            old.execution_options(isolation_level="REPEATABLE READ")
        _check(old, new, tables)
        for table in tables:
            if table.name in MADE_BY_MIGRATING:
                new.execute(table.delete())
            _fill(old, new, table)
        counts = {table.name: _count(old, table) for table in tables}
        arrived = {table.name: _count(new, table) for table in tables}
        if arrived != counts:
            raise Conflict("Not every row arrived, so nothing was kept.")
        new.commit()
    return counts


def _check(old: Connection, new: Connection, tables: list[Table]) -> None:
    here, there = _revision(old), _revision(new)
    if here is None or here != there:
        raise Conflict("Both databases must be migrated to this version. Run `trellis migrate`.")
    known = {table.name for table in tables} | {"alembic_version"}
    if unknown := set(inspect(old).get_table_names()) - known:
        raise Conflict(f"Nobody knows what these tables hold: {', '.join(sorted(unknown))}.")
    for table in tables:
        if table.name not in MADE_BY_MIGRATING and _count(new, table):
            raise Conflict(f"The target is not empty: there are rows in {table.name}.")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _fill(old: Connection, new: Connection, table: Table) -> None:
    """Copy one table.

    A row may point to another of its own table that comes later. Such columns are left empty at
    first and filled once every row is there. A column that means something in one database only
    says what stands in it elsewhere.
    """
    inward = [f.parent for f in table.foreign_keys if f.column.table is table]
    empty: dict[str, Any] = dict.fromkeys((c.name for c in inward), None)
    empty |= {c.name: c.info["on_arrival"] for c in table.columns if "on_arrival" in c.info}
    for rows in _chunks(old, table):
        new.execute(insert(table), [{**row, **empty} for row in rows])
    for column in inward:
        _point(old, new, table, column)
    for column in table.primary_key:
        if new.dialect.name == "postgresql" and column is table.autoincrement_column:
            _count_on(new, table, column)


def _point(old: Connection, new: Connection, table: Table, column: Column[Any]) -> None:
    key = next(iter(table.primary_key))
    where = table.update().where(key == bindparam("row")).values({column: bindparam("target")})
    pairs = select(key.label("row"), column.label("target")).where(column.is_not(None))
    for rows in old.execution_options(yield_per=CHUNK).execute(pairs).mappings().partitions():
        new.execute(where, [dict(row) for row in rows])


def _chunks(old: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    ordered = select(table).order_by(*table.primary_key)
    found = old.execution_options(yield_per=CHUNK).execute(ordered)
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _count_on(new: Connection, table: Table, column: Column[Any]) -> None:
    """Let PostgreSQL number the next row after the last one; SQLite looks for itself."""
    highest = new.scalar(select(func.max(column)))
    if highest is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        new.execute(sequence, {"table": table.name, "column": column.name, "highest": highest})
