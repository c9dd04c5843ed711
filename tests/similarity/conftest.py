import pytest

from tests import make


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def network(db, lena):
    return make.community(db, "Middle Shires", lead=lena)


@pytest.fixture
def asha(db, network):
    """Somebody of the network who has an idea."""
    person = make.person(db, "Asha")
    make.member(db, network, person)
    return person


@pytest.fixture
def check(acting):
    """`check(asha, name=…)` asks as Asha and answers what was found."""

    def ask(who, **idea):
        answer = acting(who).post("/v1/similarity-checks", json=idea)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    return ask
