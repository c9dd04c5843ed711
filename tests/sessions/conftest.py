import pytest

from tests import make
from tests.make import sessions as made


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def community(db, lena):
    return make.community(db, lead=lena)


@pytest.fixture
def asha(db, community):
    person = make.person(db, "Asha")
    make.member(db, community, person)
    return person


@pytest.fixture
def ben(db, community):
    person = make.person(db, "Ben")
    make.member(db, community, person)
    return person


@pytest.fixture
def session(db, community):
    return made.under_way(db, community, mode="hybrid")
