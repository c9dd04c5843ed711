import csv
from pathlib import Path

import pytest

from api.core.actor import Role
from tests import make
from tests.make import past

DAVIS = Path(__file__).parents[1] / "data" / "davis_southern_women.csv"


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def community(db, lena):
    """Founded now; its lead belongs from now on, so that the past is empty."""
    return make.community(db, lead=lena)


@pytest.fixture
def davis(db, community):
    """Eighteen women at fourteen events, published in 1941."""
    with DAVIS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    houses = [make.organisation(db, name) for name in ("North Side", "South Side")]
    women = {}
    for name in dict.fromkeys(row["person"] for row in rows):
        home = houses[len(women) // 9]
        women[name] = make.person(db, name, organisation_id=home.id, team=f"Team {len(women) % 3}")
        past.spell(db, community, women[name], "1936-01-01")
    for title, date in dict.fromkeys((row["session"], row["date"]) for row in rows):
        held = past.session(db, community, f"{date}T12:00")
        past.attendance(db, held, *(women[r["person"]] for r in rows if r["session"] == title))
    return women


@pytest.fixture
def place(db):
    """A community with a member and a coordinator."""
    community = make.community(db)
    asha, femi = make.person(db, "Asha"), make.person(db, "Femi")
    make.member(db, community, asha)
    make.member(db, community, femi, Role.COORDINATOR)
    return community, asha, femi
