import re

import pytest
from fastapi import FastAPI
from sqlalchemy import func
from sqlmodel import select

from api.core.db import Database
from api.demo.telling.story import Story
from api.identity.models import Person
from tests import make
from tests.cli.conftest import Trellis
from tests.honest import HonestClient


@pytest.fixture(autouse=True)
def shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first morning of the story, which is when people arrive."""
    whole = Story.steps
    monkeypatch.setattr(Story, "steps", lambda story: whole(story)[:400])


def test_three_people_get_a_link_each_on_stdout(trellis: Trellis) -> None:
    first, again = trellis("demo"), trellis("demo", "--seed", "7")

    assert (first.code, again.code) == (0, 0)
    for done in (first, again):
        lines = done.out.decode().splitlines()
        assert [re.findall(r"member|lead|coordinator", line)[0] for line in lines] == [
            "member",
            "lead",
            "coordinator",
        ]
        assert all("  http://testserver/sign-in/link#trellis_link_" in line for line in lines)
    assert "already" not in first.err and "already" in again.err
    assert not set(first.out.splitlines()) & set(again.out.splitlines())


def test_a_link_signs_in_once(trellis: Trellis, app: FastAPI) -> None:
    links = re.findall(r"link#(\S+)", trellis("demo").out.decode())

    for token in links:
        used, again = (
            HonestClient(app).post("/v1/sign-ins/by-link", json={"token": token}) for _ in "12"
        )

        assert (used.status_code, again.status_code) == (201, 401)
    assert len(links) == 3


def test_where_people_are_no_network_is_made(trellis: Trellis, db: Database) -> None:
    make.person(db, "Asha")

    done = trellis("demo")

    assert (done.code, done.out) == (0, b"")
    assert "There are people here already" in done.err
    assert db.exec(select(func.count()).select_from(Person)).one() == 1


def test_a_database_without_tables_is_said_in_words(trellis: Trellis, tmp_path: object) -> None:
    done = trellis("demo", TRELLIS_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")

    assert (done.code, done.out) == (3, b"")
    assert "migrated?" in done.err
