import pytest

from tests import make


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
