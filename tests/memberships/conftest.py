import pytest

from tests import make


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def hub(db, lena):
    return make.community(db, "CYP Hub", lead=lena)


@pytest.fixture
def asha(db):
    return make.person(db, "Asha", email="asha@harbour.example")


@pytest.fixture
def bram(db):
    return make.person(db, "Bram", email="bram@harbour.example")
