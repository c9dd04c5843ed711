from collections.abc import Iterator
from pathlib import Path

import pytest

from api.core.db import Database
from api.core.settings import Settings
from tests import make
from tests.notifications.post import Office


@pytest.fixture
def office() -> Iterator[Office]:
    """A mail server on this machine that can be told how to answer."""
    with Office() as office:
        yield office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def by_file(settings: Settings, folder: Path) -> Settings:
    """The settings of a deployment whose mail becomes files."""
    return settings.model_copy(update={"smtp_url": f"file:{folder}"})


@pytest.fixture
def by_server(settings: Settings, office: Office) -> Settings:
    """The settings of a deployment whose mail goes to a server."""
    return settings.model_copy(
        update={"smtp_url": office.url, "mail_from": "CYP Hub <hub@example.org>"}
    )


@pytest.fixture
def filing(db: Database, by_file: Settings) -> Database:
    """A transaction in which mail is written, to become files."""
    db.info["settings"] = by_file
    return db


@pytest.fixture
def mailing(db: Database, by_server: Settings) -> Database:
    """A transaction in which mail is written, to go to a server."""
    db.info["settings"] = by_server
    return db


@pytest.fixture
def asha(db):
    return make.person(db, "Asha", email="asha@harbour.example")


@pytest.fixture
def bram(db):
    return make.person(db, "Bram", email="bram@harbour.example")
