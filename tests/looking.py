"""Looking into the database beside the application, without standing in its way."""

from typing import Any

from sqlalchemy import Select, func
from sqlmodel import SQLModel, select

from api.core.db import Database


def look(db: Database, statement: Any) -> list[Any]:
    """Read rows as they are now, and let go of the lock that even a look takes on SQLite."""
    found = list(db.exec(statement.execution_options(populate_existing=True)).all())
    db.commit()
    return found


def count(db: Database, table: type[SQLModel], *where: Any) -> int:
    statement: Select[Any] = select(func.count()).select_from(table).where(*where)
    found: int = look(db, statement)[0]
    return found
