"""A GET never writes; every test of the whole suite is watched for it."""

import pytest
from sqlalchemy import event, insert

from api.core.clock import now
from api.core.db import Database, for_reading
from api.identity.models import Organisation
from tests import make


def test_a_change_by_the_way_that_is_for_reading_is_noticed(app):
    with Database(for_reading(app.state.engine)) as db, pytest.raises(AssertionError):
        db.execute(insert(Organisation).values(name="Harbour", changed_at=now()))


def test_a_reader_of_a_file_takes_no_lock_and_a_writer_takes_it_first(
    app, acting, db, on_postgresql
):
    if on_postgresql:
        pytest.skip("rows are locked there, not the file")
    asked: list[str] = []
    client = acting(make.steward(db))
    event.listen(
        app.state.engine, "before_cursor_execute", lambda _c, _u, words, *_: asked.append(words)
    )

    client.get("/v1/organisations")
    assert "BEGIN IMMEDIATE" not in asked
    asked.clear()
    client.post("/v1/organisations", json={"name": "Harbour"})
    assert asked[0] == "BEGIN IMMEDIATE"


def test_a_reader_asks_postgresql_without_a_transaction_around_it(app, on_postgresql):
    if not on_postgresql:
        pytest.skip("a file knows no other way")
    with app.state.house.reading.connect() as connection:
        assert connection.connection.dbapi_connection.autocommit is True
    with app.state.house.writing.connect() as connection:
        assert connection.connection.dbapi_connection.autocommit is False
