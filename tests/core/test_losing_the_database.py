"""A database that goes away is told in seconds, and welcomed back without a restart."""

import time

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine as plain_engine
from sqlalchemy import event, make_url, text

from api.communities.models import Community
from api.main import create_app
from tests import make
from tests.core.faucet import faucet
from tests.looking import count


@pytest.fixture
def control(settings, on_postgresql):
    """Somebody who administers the server, from another database of it."""
    if not on_postgresql:
        pytest.skip("a file does not go away")
    url = make_url(settings.database_url)
    engine = plain_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(
            text(statement.replace("{db}", str(url.database))),
            {"name": url.database} if ":name" in statement else {},
        )
    engine.dispose()


def cut(control) -> None:
    control("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")


def away(answer, started: float) -> None:
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/unavailable"
    assert int(answer.headers["retry-after"]) > 0
    assert time.monotonic() - started < 3


def test_connections_that_were_cut_are_replaced_unnoticed(acting, db, control):
    client = acting(make.steward(db))
    client.get("/v1/communities")
    db.close()

    cut(control)

    assert client.get("/v1/communities").status_code == 200
    cut(control)
    assert client.post("/v1/communities", json={"name": "Harbour"}).status_code == 201


def test_a_database_that_lets_nobody_in_is_told_in_seconds(acting, db, control, logged):
    client = acting(make.steward(db))
    client.get("/v1/communities")
    db.close()
    control('ALTER DATABASE "{db}" ALLOW_CONNECTIONS false')
    cut(control)

    for method, path in (
        ("GET", "/v1/communities"),
        ("POST", "/v1/communities"),
        ("GET", "/readyz"),
    ):
        started = time.monotonic()
        body = {"json": {"name": "Harbour"}} if method == "POST" else {}
        away(client.request(method, path, **body), started)
    assert client.get("/healthz").status_code == 200
    assert client.get("/version").status_code == 200
    assert "database.unavailable" in logged.getvalue()

    control('ALTER DATABASE "{db}" ALLOW_CONNECTIONS true')
    assert client.get("/v1/communities").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_change_whose_connection_is_cut_half_way_is_not_kept(acting, db, control, monkeypatch):
    client = acting(make.steward(db))
    client.get("/v1/communities")
    db.close()
    monkeypatch.setattr("api.communities.service.record", lambda *_: cut(control))

    started = time.monotonic()
    away(client.post("/v1/communities", json={"name": "Harbour"}), started)

    monkeypatch.undo()
    assert count(db, Community) == 0
    assert client.post("/v1/communities", json={"name": "Harbour"}).status_code == 201


def test_a_server_that_does_not_exist_is_told_in_seconds(settings, control):
    url = make_url(settings.database_url).set(port=1)
    nowhere = settings.model_copy(
        update={"database_url": url.render_as_string(hide_password=False)}
    )
    app = create_app(nowhere)

    started = time.monotonic()
    away(TestClient(app).get("/v1/me", headers={"Authorization": "Bearer trellis_pat_x"}), started)
    app.state.engine.dispose()


def test_a_server_that_answers_nothing_is_told_in_seconds(settings, control, db, silent_server):
    """Such as one whose machine is paused: it takes the connection, and then says nothing."""
    url = make_url(settings.database_url).set(host="127.0.0.1", port=silent_server)
    app = create_app(
        settings.model_copy(
            update={"database_url": url.set(query={}).render_as_string(hide_password=False)}
        )
    )

    started = time.monotonic()
    away(TestClient(app).get("/v1/me", headers={"Authorization": "Bearer trellis_pat_x"}), started)
    app.state.engine.dispose()


def test_a_server_that_falls_silent_is_told_in_seconds_and_heard_again(settings, control, db):
    server = make_url(settings.database_url)
    headers = {"Authorization": f"Bearer {make.token(db, make.steward(db).id)}"}
    with faucet(server) as way:
        url = server.set(host="127.0.0.1", port=way.port, query={})
        app = create_app(
            settings.model_copy(update={"database_url": url.render_as_string(hide_password=False)})
        )
        client = TestClient(app)
        assert client.get("/v1/me", headers=headers).status_code == 200

        way.close()
        for method in ("GET", "PATCH"):
            started = time.monotonic()
            body = {"json": {"name": "Sunita"}} if method == "PATCH" else {}
            away(client.request(method, "/v1/me", headers=headers, **body), started)
        assert client.get("/healthz").status_code == 200

        way.open()
        assert client.get("/v1/me", headers=headers).status_code == 200
        app.state.engine.dispose()


def test_readers_of_a_file_wait_for_no_writer(app, acting, db, on_postgresql):
    if on_postgresql:
        pytest.skip("writers there hold rows, not the file")
    client = acting(make.steward(db))
    with app.state.engine.connect() as writer:
        writer.exec_driver_sql("SELECT 1")  # has begun, and so holds the one lock a file has
        started = time.monotonic()

        assert client.get("/v1/communities").status_code == 200
        assert client.get("/readyz").status_code == 200

        assert time.monotonic() - started < 2


def test_a_writer_that_waits_too_long_is_told_to_come_back(
    app, acting, db, on_postgresql, monkeypatch
):
    if on_postgresql:
        pytest.skip("writers there hold rows, not the file")
    client = acting(make.steward(db))
    event.listen(app.state.engine, "checkout", lambda c, *_: c.execute("PRAGMA busy_timeout = 50"))
    with app.state.engine.connect() as writer:
        writer.exec_driver_sql("SELECT 1")
        started = time.monotonic()

        away(client.post("/v1/communities", json={"name": "Harbour"}), started)

    assert client.post("/v1/communities", json={"name": "Harbour"}).status_code == 201
