"""A network of two organisations: Nia proposes, Cora coordinates, Beth supports."""

import pytest

from api.core.actor import Role
from tests import make
from tests.proposals.idea import Idea, crowd


@pytest.fixture
def harbour(db):
    return make.organisation(db, "Harbour Lane")


@pytest.fixture
def mill(db):
    return make.organisation(db, "Mill Street Practice")


@pytest.fixture
def cora(db, harbour):
    return make.person(db, "Cora", organisation_id=harbour.id)


@pytest.fixture
def network(db, cora):
    return make.community(db, "Middle Shires Wellbeing Network", lead=cora)


@pytest.fixture
def cyp(db, network, cora):
    return make.community(db, "Children and young people", parent=network, lead=cora)


@pytest.fixture
def nia(db, network, harbour):
    person = make.person(db, "Nia", organisation_id=harbour.id)
    make.member(db, network, person)
    return person


@pytest.fixture
def beth(db, network, mill):
    person = make.person(db, "Beth", organisation_id=mill.id)
    make.member(db, network, person)
    return person


@pytest.fixture
def second(db, network):
    """Another coordinator."""
    person = make.person(db, "Desmond")
    make.member(db, network, person, Role.COORDINATOR)
    return person


@pytest.fixture
def members(db, network, harbour, mill):
    return crowd(db, network, 10, harbour, mill)


@pytest.fixture
def idea(acting, nia, beth, settings):
    """A complete draft of Nia's, supported by Beth."""
    made = Idea(acting, nia, settings)
    made.draft(proposed_lead_id=str(nia.id), co_supporters=[str(beth.id)])
    return made
