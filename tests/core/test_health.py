import json
import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.core import health, problems
from api.core.reference import POLICY
from api.main import create_app
from tests import make


def test_whoever_asks_is_told_that_it_is_alive_and_ready_and_which_version_it_is(acting):
    nobody = acting(None)

    assert nobody.get("/healthz").json() == {"status": "alive"}
    assert nobody.get("/readyz").json() == {"status": "ready"}
    assert nobody.get("/version").json() == {
        "name": "trellis",
        "version": health.VERSION,
        "api": "v1",
    }


def test_a_database_of_another_version_is_not_ready(app, acting):
    with app.state.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    answer = acting(None).get("/readyz")

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "trellis migrate" in answer.json()["detail"]
    assert acting(None).get("/healthz").status_code == 200


def test_a_database_without_tables_is_not_ready_and_says_so(settings, tmp_path, on_postgresql):
    if on_postgresql:
        pytest.skip("every test database there is a migrated one")
    app = create_app(settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/new.db"}))
    client = TestClient(app)

    assert client.get("/readyz").status_code == 503
    answer = client.get("/v1/me", headers={"Authorization": "Bearer trellis_pat_x"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    app.state.engine.dispose()


def test_the_contract_is_served_as_it_was_committed(acting):
    answer = acting(None).get("/openapi.json")

    assert answer.headers["content-type"] == "application/json"
    assert answer.content == health.CONTRACT.read_bytes()


@pytest.mark.parametrize("name", sorted(problems.KINDS))
def test_every_problem_has_a_page_that_explains_it(acting, name):
    answer = acting(None).get(f"/problems/{name}")

    assert answer.status_code == 200
    assert problems.KINDS[name].title.replace("'", "&#x27;") in answer.text
    assert "<script" not in answer.text


def test_a_problem_nobody_knows_has_none(acting):
    answer = acting(None).get("/problems/<script>alert(1)</script>")

    assert answer.status_code == 404
    assert "script" not in answer.text


def test_the_reference_page_lists_every_operation_and_schema(app, acting):
    contract = json.loads(health.CONTRACT.read_bytes())

    answer = acting(None).get("/docs")

    assert answer.headers["content-type"].startswith("text/html")
    anchors = set(re.findall(r' id="([^"]+)"', answer.text))
    links = set(re.findall(r'href="#([^"]+)"', answer.text))
    for operations in contract["paths"].values():
        assert {o["operationId"] for o in operations.values()} <= anchors
    assert {f"schema-{name}" for name in contract["components"]["schemas"]} <= anchors
    assert links <= anchors, "every link leads somewhere"


def test_the_reference_page_runs_and_fetches_nothing(acting):
    answer = acting(None).get("/docs")

    assert answer.headers["content-security-policy"] == POLICY
    assert "script" not in POLICY and "unsafe" not in POLICY
    for word in ("<script", "<link", "<img", "javascript:", "@import", "url(", " on", "http://"):
        if word == " on":
            assert not re.search(r"<[^>]* on\w+=", answer.text)
        else:
            assert word not in answer.text, word


def test_figures_for_prometheus_are_answered_only_where_they_are_wanted(settings, acting, db):
    assert acting(None).get("/metrics").status_code == 404
    asha = make.person(db)
    token = make.token(db, asha.id)
    app = create_app(settings.model_copy(update={"metrics": True}))
    client = TestClient(app)

    client.get("/v1/communities?q=grief", headers={"Authorization": f"Bearer {token}"})
    client.get("/v1/nothing")
    figures = client.get("/metrics")

    assert figures.status_code == 200
    assert figures.headers["content-type"].startswith("text/plain")
    assert (
        'trellis_requests_total{method="GET",route="/v1/communities",status="200"}' in figures.text
    )
    assert 'trellis_requests_total{method="GET",route="unknown",status="404"}' in figures.text
    assert 'trellis_request_seconds_bucket{le="0.1",method="GET"' in figures.text
    assert 'trellis_waiting{what="events"} 1.0' in figures.text
    assert 'trellis_waiting{what="dead_jobs"} 0.0' in figures.text
    assert "grief" not in figures.text
    app.state.engine.dispose()
