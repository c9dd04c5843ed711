"""Brings the tables of a database to where this version of Trellis needs them."""

from pathlib import Path

from sqlalchemy import Engine

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
