"""Building the demo network: whole, and the same every time."""

import re
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from api.core.db import Database, create_engine
from api.core.settings import Settings
from api.core.work import transaction
from api.demo import build as building
from api.demo.steps.stage import Stage
from api.demo.telling.growth import Growth
from api.demo.telling.story import Story
from api.engagement.models import Activity
from api.identity.models import Person
from tests.databases import Fresh

DAY = date(2026, 11, 22)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Made by chance for safety, or counted by the server, and different in every database.
APART = {"digest", "check_in_code", "slug", "tx"}
EARLY = 700


def left_behind(url: str) -> dict[str, list[Any]]:
    """Play the first steps, and write down every table without its ids and secrets."""
    engine = create_engine(url, connections=1)
    with transaction(engine) as db:
        building._play(Stage(db), Story(DAY, 1).steps()[:EARLY])
    found = {}
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            columns = [c for c in table.columns if c.name not in APART and table.name != "secrets"]
            rows = (
                connection.execute(select(*columns).order_by(*table.primary_key)) if columns else ()
            )
            found[table.name] = [UUID.sub("#", str(tuple(row))) for row in rows]
    engine.dispose()
    return found


def test_the_same_day_and_seed_build_the_same_network(fresh_database: Fresh) -> None:
    one, other = left_behind(fresh_database()), left_behind(fresh_database())

    assert one == other
    assert len(one["people"]) == 300 and one["sessions"] and one["rsvps"]


def test_a_build_that_is_interrupted_leaves_nothing_behind(
    settings: Settings, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(steps: Any, *_: Any) -> Any:
        yield from list(steps)[:400]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        building.present(settings, seed=1, large=False, watch=interrupted)

    assert db.exec(select(func.count()).select_from(Person)).one() == 0


def test_the_large_network_grows_around_the_small_one(app: FastAPI, db: Database) -> None:
    story = Story(DAY, 1)
    growth = Growth(story, 1, activities=3000, newcomers=60, places=1)
    founding = [s for s in story.steps() if s.at.date() <= story.calendar.first]

    with transaction(app.state.engine) as tx:
        stage = Stage(tx)
        building._play(stage, founding)
        steps = list(growth.steps())
        building._play(stage, steps)

    assert len(steps) == len(growth)
    forum = Activity.source == "shires-forum"
    assert db.exec(select(func.count()).select_from(Activity).where(forum)).one() == 3000
    assert db.exec(select(func.max(col(Activity.occurred_at)))).one() < story.calendar.eve
    assert db.exec(select(func.count()).select_from(Person)).one() == 360
