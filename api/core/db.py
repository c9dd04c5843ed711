"""Tables, engines, and what each database needs to be told."""

import math
import select
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CHAR,
    JSON,
    URL,
    Column,
    ColumnCollection,
    Connection,
    DateTime,
    Dialect,
    Engine,
    String,
    Table,
    Uuid,
    event,
)
from sqlalchemy import Enum as SaEnum
from sqlalchemy import create_engine as sa_create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, Session, SQLModel

from api.core.clock import now
from api.core.ids import new_id

# Hundreds of shapes go over the wire, and one process meets few of them in an hour. Each is made
# ready when it is first needed, which saves 6 MB and half a second at every start.
SQLModel.model_config["defer_build"] = True
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Where a connection keeps the answers that hold until somebody writes.
MEMORY = "trellis_memory"
# Milliseconds that a connection from the pool has to show that its server still answers.
_PATIENCE = 500
_BELIEVED_UNTIL = "trellis_believed_until"

# The word Session belongs to the domain; the database's own is called Database everywhere.
Database = Session


class Moment(TypeDecorator[datetime]):
    """A moment in UTC.

    SQLite has no type for it, so there it is text of fixed width in the form the API speaks:
    it sorts, compares and leaves in lists and exports without being taken apart.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            value = datetime.fromisoformat(value)
        return value.astimezone(UTC)  # type: ignore[no-any-return]  # a datetime on both engines


class Id(TypeDecorator[UUID]):
    """An identifier: native on PostgreSQL, the text the API speaks on SQLite."""

    impl = CHAR(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(CHAR(36))
        return dialect.type_descriptor(Uuid(native_uuid=True))

    def process_bind_param(self, value: UUID | str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return str(value)
        return value if isinstance(value, UUID) else UUID(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return UUID(value) if isinstance(value, str) else value


def choice(enum: type[StrEnum]) -> SaEnum:
    """A column for an enum, stored as its value in plain text, so adding one is no migration."""
    return SaEnum(
        enum, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e]
    )


Document = JSON().with_variant(JSONB(), "postgresql")
# A path is compared byte by byte, so that one range is one subtree under every locale.
Path = String(160).with_variant(String(160, collation="C"), "postgresql")


class Versioned(SQLModel):
    """A row whose changes must name the version they were made from."""

    version: int = 1
    changed_at: datetime = Field(sa_type=Moment, index=True)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (SQLAlchemy calls it with the class)
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]  # every table class has one


# A column that names another row, and one that holds a moment.
Ref = partial(Field, sa_type=Id)
At = partial(Field, sa_type=Moment)


# The identifier of a row that is closed and replaced, never changed.
OwnId = partial(Field, default_factory=new_id, primary_key=True, sa_type=Id)


class Row(SQLModel):
    """What every table has: an identifier that sorts by age, and a birth date."""

    id: UUID = OwnId()
    created_at: datetime = At(default_factory=now)


def create_engine(url: str, connections: int = 4) -> Engine:
    """Open a database, with the driver and the habits that make both engines behave alike."""
    if not url.startswith("sqlite"):
        return _on_server(sa_create_engine, url, connections)
    driver = _sqlite_driver()
    engine = sa_create_engine(
        url,
        module=driver,
        pool_size=connections + 1,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _on_server(make: Callable[..., Any], url: URL | str, connections: int, **more: Any) -> Engine:
    made = make(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error is logged, what somebody wrote is not
        # Seconds to connect, and milliseconds until a network that swallows is given up.
        connect_args={"connect_timeout": 2, "tcp_user_timeout": 3000},
        **more,
    )
    engine: Engine = getattr(made, "sync_engine", made)
    event.listen(engine, "checkout", _still_there)
    return engine


def _was_there(_connection: Any, record: Any) -> None:
    record.info[_BELIEVED_UNTIL] = time.monotonic() + 0.1


def _still_there(connection: Any, record: Any, _proxy: object) -> None:
    """Ask a pooled connection for a sign of life, but not for ever: its server may be paused.

    Who reads in turns cannot ask every time, which would cost as much as the answer, so there a
    connection is believed that was in use a moment ago and has not hung up since.
    """
    driver = getattr(connection, "driver_connection", connection)
    server = driver.pgconn
    answers = select.poll()
    try:
        answers.register(server.socket, select.POLLIN)
        if time.monotonic() < record.info.get(_BELIEVED_UNTIL, 0.0) and not answers.poll(0):
            return
        server.send_query(b"")
        server.flush()
        while server.is_busy():
            if not answers.poll(_PATIENCE):
                raise DisconnectionError("no sign of life")
            server.consume_input()
        while server.get_result():
            pass
        if server.status:  # zero is a connection that is well
            raise DisconnectionError("the server has hung up")
    except driver.Error as gone:
        raise DisconnectionError(str(gone)) from gone


def _sqlite_driver() -> Any:
    """The driver whose SQLite keeps what it acknowledged; most systems' own is too old for that."""
    try:
        driver = import_module("pysqlite3")
    except ImportError:  # there is no wheel for this machine, so its own must do
        driver = import_module("sqlite3")
    if driver.sqlite_version_info < (3, 51, 3):
        raise RuntimeError(
            f"SQLite {driver.sqlite_version} can lose writes in WAL mode; 3.51.3 mended it. "
            "Install pysqlite3 0.6.1 or newer."
        )
    return driver


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy, not the driver, opens transactions.
    for pragma in (
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged write is on the disk
        "busy_timeout = 10000",
        "cache_size = -8000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own lower() knows ASCII only; searches fold case in every script.
    connection.create_function("casefold", 1, _casefold, deterministic=True)
    connection.create_function("ln", 1, math.log, deterministic=True)


def _casefold(value: str | None) -> str | None:
    return value and value.casefold()


def _begin_sqlite(connection: Connection) -> None:
    # A writer that starts by reading could be refused the lock later; it asks for it first.
    writing = connection.get_execution_options().get("writing", True)
    if writing:
        connection.info.pop(MEMORY, None)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def insert_into(db: Database, table: type[SQLModel]) -> Any:
    """The engine's own INSERT, which knows ON CONFLICT."""
    dialects = import_module(f"sqlalchemy.dialects.{db.get_bind().dialect.name}")
    return dialects.insert(table)


def columns(table: type[SQLModel]) -> ColumnCollection[str, Column[Any]]:
    """The plain columns of a table, for statements that make no objects."""
    found: Table = table.__table__  # type: ignore[attr-defined]  # every table class has one
    return found.c


def for_reading(engine: Engine) -> Engine:
    """The same pool, for requests that change nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writing=False)
    # One round trip instead of three: a statement alone needs no transaction around it.
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def for_reading_in_turns(engine: Engine, connections: int) -> Engine:
    """Another pool, for reads that let others run while they wait, without a thread each.

    What uses it must run in a greenlet of the event loop.
    """
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  (only servers need it)

    turns = _on_server(create_async_engine, engine.url, connections, isolation_level="AUTOCOMMIT")
    event.listen(turns, "checkin", _was_there)
    return turns
