"""Migrations work on a database that is full, in both directions, and say what the models say."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, func, inspect, select, text
from sqlmodel import SQLModel

from api.communities.models import Community
from api.core import idempotency, jobs, limits
from api.core.clock import now
from api.core.db import Database, create_engine
from api.core.health import newest_revisions
from api.core.migrating import HERE, migrate
from api.demo.build import build
from api.identity.sign_ins import service as sign_ins
from api.proposals.models import ProposalSettings
from tests import make
from tests.notifications.post import tell

# As many steps of the demo as fill every table.
MONTHS = 3900


@pytest.fixture
def engine(settings) -> Any:
    engine = create_engine(settings.database_url, connections=1)
    yield engine
    engine.dispose()


@pytest.fixture
def full(engine, settings) -> Engine:
    """A database with rows of every kind: months of the demo network, and what no story tells."""
    with Database(engine) as db:
        build(db, seed=1, large=False, watch=lambda steps, _n, _words: list(steps)[:MONTHS])
        steward = make.steward(db)
        sign_ins.make(db, steward.id)
        sign_ins.make_link(db, steward.id)
        make.token(db, steward.id)
        db.info["settings"] = settings.model_copy(update={"smtp_url": "file:mail"})
        tell(db, steward)
        limits.spend(db, "door", 3, timedelta(hours=1))
        jobs.ask(db, "bell.ring")
        db.add(ProposalSettings(community_id=root_of(db), changed_at=now()))
        idempotency.keep(db, idempotency.kept("her", "/v1", "one", b""), 201, {}, b"{}")
        db.commit()
    return engine


def root_of(db: Database) -> UUID:
    return db.scalars(select(Community.id).where(Community.depth == 1)).one()


def config(connection: Any) -> Config:
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["connection"] = connection
    return made


def revisions() -> list[str]:
    """Every revision, the first one first."""
    scripts = ScriptDirectory(str(HERE))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
            if table.name in there
        }


def shape(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        seen = inspect(connection)
        return {
            table: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)],
                sorted(str(i["name"]) for i in seen.get_indexes(table)),
                sorted(str(c["name"]) for c in seen.get_check_constraints(table)),
                sorted(str(c["name"]) for c in seen.get_unique_constraints(table)),
                sorted(str(k["name"]) for k in seen.get_foreign_keys(table)),
            )
            for table in sorted(seen.get_table_names())
        }


def sound(engine: Engine) -> None:
    """Foreign keys are on again, and every one of them points to something."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_the_migrations_say_what_the_models_say(engine):
    with engine.connect() as connection:
        command.check(config(connection))


def test_there_is_one_newest_revision_and_a_fresh_database_has_it(engine):
    [newest] = newest_revisions()

    with engine.connect() as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest
        )
    assert revisions()[-1] == newest


def test_a_full_database_goes_down_and_up_step_by_step(full):
    shapes = {revisions()[-1]: shape(full)}
    kept = counts(full)
    assert [table for table, rows in kept.items() if not rows] == []

    for revision in [*reversed(revisions()[:-1]), "base"]:
        migrate(full, revision)
        shapes[revision] = shape(full)
        sound(full)
    assert counts(full) == {}

    for revision in revisions():
        migrate(full, "head" if revision == revisions()[-1] else f"{revision}")
        assert shape(full) == shapes[revision]
        sound(full)


def test_each_step_down_and_up_again_keeps_what_the_step_is_not_about(full):
    before = counts(full)
    for number in range(len(revisions()) - 1, 0, -1):
        lower, upper = revisions()[number - 1], revisions()[number]
        migrate(full, lower)
        between = counts(full)
        migrate(full, "head")

        after = counts(full)
        assert {t: after[t] for t in between} == {t: before[t] for t in between}, upper


def test_migrating_twice_is_migrating_once(full):
    before, then = counts(full), shape(full)

    migrate(full)

    assert counts(full) == before
    assert shape(full) == then


def test_many_who_migrate_at_once_do_it_one_after_the_other(engine, settings, on_postgresql):
    """Such as containers that start together on an empty database."""
    if not on_postgresql:
        pytest.skip("who serves a file is one machine, which migrates it once")
    migrate(engine, "base")
    command_line = [Path(sys.executable).with_name("trellis"), "migrate"]
    own = {**os.environ, "TRELLIS_DATABASE_URL": settings.database_url}

    started = [subprocess.Popen(command_line, env=own, stderr=subprocess.PIPE) for _ in range(3)]
    ended = [(process.communicate(timeout=60), process.returncode) for process in started]

    assert [code for _, code in ended] == [0, 0, 0], ended
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM secrets")).scalar() == 1


def test_a_name_that_is_no_revision_is_refused(engine):
    with pytest.raises(CommandError):
        migrate(engine, "nonsense")


def test_what_is_migrated_serves_at_once(full, acting, db):
    answer = acting(make.steward(db, "Another")).get("/v1/communities")

    assert answer.status_code == 200
    assert len(answer.json()["items"]) > 3
