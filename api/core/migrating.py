"""Brings the tables of a database to where this version of Trellis needs them."""

from pathlib import Path

from sqlalchemy import BigInteger, Engine, literal_column, update
from sqlmodel import SQLModel

from api.core.db import Database
from api.core.secrets import make_keys
from api.core.work import transaction

HERE = Path(__file__).parents[2] / "migrations"


def migrate(engine: Engine, revision: str = "head") -> None:
    """Move to a revision, upwards or downwards; `head` also makes the keys still missing."""
    from alembic import command  # noqa: PLC0415  (slow to import, and only needed here)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        if revision == "head" or revision.startswith("+"):
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)
    if revision == "head":
        with transaction(engine) as db:
            make_keys(db, "cursors")
            _take_in(db)


def _take_in(db: Database) -> None:
    """Make rows at home that were restored from another server.

    They carry the numbers of its transactions, which may be ahead of those here.
    """
    if db.get_bind().dialect.name != "postgresql":
        return
    ahead = literal_column("pg_snapshot_xmax(pg_current_snapshot())::text::bigint", BigInteger)
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if "on_arrival" in column.info:
                home = {column: column.info["on_arrival"]}
                db.execute(update(table).where(column >= ahead).values(home))
