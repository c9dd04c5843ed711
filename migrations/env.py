"""Runs migrations on a connection it is given, or on the database in the settings."""

import importlib
import pkgutil
from typing import Any

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

import api
from api.core.db import Document, Id, Moment, Path, create_engine
from api.core.settings import Settings

for module in pkgutil.walk_packages(api.__path__, "api."):
    if module.name.endswith(".models") or module.name.startswith("api.core."):
        importlib.import_module(module.name)


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write plain SQLAlchemy types, so that an old migration never imports today's code."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return 'sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")'
    if isinstance(item, Id):
        return 'sa.CHAR(36).with_variant(sa.Uuid(), "postgresql")'
    if item is Document:
        _context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if item is Path:
        return 'sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql")'
    if type(item).__name__ == "AutoString":
        return f"sa.String({item.length})" if item.length else "sa.String()"
    if type(item).__name__ == "Enum":
        return f"sa.String({item.length})"
    return False


def compare_type(
    _context: Any, _inspected: Any, column: Any, found: Any, wanted: Any
) -> bool | None:
    """Our own types are what `render_item` writes; the rest is compared as usual."""
    return False if isinstance(wanted, (Moment, Id)) or wanted in (Document, Path) else None


def migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # A table rebuilt with foreign keys on would delete the rows that point to it. SQLite
        # ignores this inside a transaction, so it goes to the driver, before one begins.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
    else:
        # Two processes that start together migrate one after the other.
        connection.execute(text("SELECT pg_advisory_lock(7265420000)"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=compare_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"Rows point to nothing after migrating: {broken[:5]}")
        connection.commit()
        driver.execute("PRAGMA foreign_keys = ON")
    else:
        connection.execute(text("SELECT pg_advisory_unlock(7265420000)"))
    connection.commit()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = create_engine(Settings().database_url, connections=1)
    with engine.connect() as opened:
        migrate(opened)
    engine.dispose()
