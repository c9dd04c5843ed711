"""A served application reads its lists on PostgreSQL without a thread for each who waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine as plain_engine
from sqlalchemy import make_url, text

from tests import make
from tests.honest import HonestClient

pytestmark = pytest.mark.usefixtures("served")


@pytest.fixture
def served(app, on_postgresql):
    """The application as a server runs it, from its start to its end."""
    with HonestClient(app) as client:
        assert (app.state.house.in_turns is not None) == on_postgresql
        yield client


@pytest.fixture
def asha(db, served):
    served.headers["Authorization"] = f"Bearer {make.token(db, make.steward(db).id)}"


def test_a_page_is_the_one_a_thread_would_read(app, db, served, asha):
    for name in ("Harbour", "Hillside", "Riverside"):
        make.community(db, name)

    page = served.get("/v1/communities", params={"limit": 2})
    next_page = served.get(page.headers["link"].partition(">")[0][1:])

    assert page.content == HonestClient(app, headers=served.headers).get(page.url).content
    names = [item["name"] for answer in (page, next_page) for item in answer.json()["items"]]
    assert sorted(names) == ["Harbour", "Hillside", "Riverside"]


def test_more_readers_than_connections_all_get_their_page(db, served, asha):
    make.community(db, "Harbour")

    with ThreadPoolExecutor(40) as pool:
        pages = list(pool.map(lambda _: served.get("/v1/communities"), range(80)))

    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1


def test_who_is_refused_is_told_why(served, asha):
    assert served.get("/v1/communities", params={"limit": 0}).status_code == 422
    served.headers["Authorization"] = "Bearer trellis_pat_unknown"
    assert served.get("/v1/communities").status_code == 401


def test_connections_that_were_cut_are_replaced_unnoticed(db, served, asha, on_postgresql):
    if not on_postgresql:
        pytest.skip("a file does not hang up")
    assert served.get("/v1/communities").status_code == 200
    url = make_url(str(db.get_bind().url.render_as_string(hide_password=False)))
    engine = plain_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    db.close()
    with engine.connect() as control:
        control.execute(
            # And wait until they are gone: asked for alone, it happens at some later moment.
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name"
            ),
            {"name": url.database},
        )
    engine.dispose()

    assert served.get("/v1/communities").status_code == 200
