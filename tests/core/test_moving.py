"""A network changes its engine and takes everything along."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, Table
from sqlmodel import Session, SQLModel, col, select

from api.communities.models import Community
from api.core.audit import AuditEntry
from api.core.clock import now
from api.core.db import Database, create_engine
from api.core.ids import new_id
from api.core.moving import carry
from api.core.problems import Conflict
from tests import make
from tests.databases import Fresh, databases

Opened = Callable[[str], Engine]


@pytest.fixture
def opened(fresh_database: Fresh) -> Iterator[Opened]:
    """Open a fresh database of the engine under test, or of SQLite; close it afterwards."""
    with ExitStack() as stack:
        on_sqlite = stack.enter_context(databases("sqlite"))

        def open_(which: str) -> Engine:
            url = on_sqlite() if which == "sqlite" else fresh_database()
            engine = create_engine(url, connections=1)
            stack.callback(engine.dispose)
            return engine

        yield open_


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    def rows(table: Table) -> list[tuple[object, ...]]:
        return [
            tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))
        ]

    with engine.connect() as connection:
        return {table.name: rows(table) for table in SQLModel.metadata.sorted_tables}


def fill(engine: Engine) -> None:
    """A network in which a community stands beneath one that is younger."""
    with Database(engine, expire_on_commit=False) as db:
        lead = make.person(db, "Łucja Ó Néill")
        child = make.community(db, "Crisis line volunteers", lead=lead, topics=["listening"])
        make.member(db, child, make.person(db, "Asha"))
        umbrella = make.community(db, "Whole network", lead=lead)
        child.parent_id = umbrella.id
        db.add(child)
        db.commit()


@pytest.mark.parametrize(("old", "new"), [("sqlite", "tested"), ("tested", "sqlite")])
def test_every_row_arrives_as_it_was(opened: Opened, old: str, new: str) -> None:
    source, target = opened(old), opened(new)
    fill(source)

    counts = carry(source, target)

    assert everything(target) == everything(source)
    assert counts["communities"] == 2
    with Session(target) as db:
        child = db.exec(select(Community).where(col(Community.name) == "Crisis line volunteers"))
        assert child.one().parent_id is not None


def test_the_new_database_counts_on_where_the_old_one_stood(
    opened: Opened,
) -> None:
    source, target = opened("sqlite"), opened("tested")
    fill(source)
    carry(source, target)
    with Session(source) as db:
        last = max(db.exec(select(AuditEntry.seq)))

    with Session(target) as db:
        entry = AuditEntry(at=now(), verb="x.y", object_type="x", object_id=new_id())
        db.add(entry)
        db.commit()

        assert entry.seq == last + 1


def test_a_database_in_use_is_not_moved_into(opened: Opened) -> None:
    source, target = opened("sqlite"), opened("tested")
    fill(source)
    fill(target)
    before = everything(target)

    with pytest.raises(Conflict, match="not empty"):
        carry(source, target)

    assert everything(target) == before


def test_a_database_that_was_never_migrated_is_not_moved(
    opened: Opened, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bare = create_engine(f"sqlite:///{tmp_path_factory.mktemp('bare') / 'bare.db'}", connections=1)

    with pytest.raises(Conflict, match=re.escape("Run `trellis migrate`")):
        carry(bare, opened("tested"))

    bare.dispose()
