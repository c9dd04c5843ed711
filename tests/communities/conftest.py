from collections.abc import Callable
from typing import Any

import pytest

from api.communities.models import Community
from api.identity.models import Person
from tests import make

Change = Callable[..., Any]


@pytest.fixture
def sunita(db) -> Person:
    return make.steward(db)


@pytest.fixture
def lena(db) -> Person:
    """The lead of the network."""
    return make.person(db, "Lena")


@pytest.fixture
def network(db, lena) -> Community:
    return make.community(db, "Midlands Network", lead=lena)


@pytest.fixture
def change(acting) -> Change:
    """`change(lena, community, region="Wales")` reads a community and patches it."""

    def patch(person: Person, community: Any, **body: Any) -> Any:
        url = f"/v1/communities/{getattr(community, 'id', community)}"
        tag = acting(person).get(url).headers.get("etag", '"0"')
        return acting(person).patch(url, json=body, headers={"If-Match": tag})

    return patch
