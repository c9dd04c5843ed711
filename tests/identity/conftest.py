import json
from collections.abc import Callable
from typing import Any

import pytest

from api.identity.models import Person
from api.identity.sign_ins import passwords
from tests import make
from tests.honest import HonestClient

PASSWORD = "seven green leaves"


def typed(body: dict[str, Any]) -> dict[str, Any]:
    """A JSON body as bytes, so that it can hold what is no text at all."""
    return {"content": json.dumps(body), "headers": {"Content-Type": "application/json"}}


@pytest.fixture
def asha(db) -> Person:
    """Somebody with a password."""
    return make.person(
        db, "Asha", email="asha@example.org", password_hash=passwords.hashed(PASSWORD)
    )


@pytest.fixture
def browser(app) -> Callable[[], HonestClient]:
    """A browser of its own, with a jar for its cookies, showing our own pages."""
    return lambda: HonestClient(app, headers={"Origin": "http://testserver"})


@pytest.fixture
def signed_in(browser) -> Callable[..., HonestClient]:
    def sign_in(person: Person, password: str = PASSWORD) -> HonestClient:
        client = browser()
        answer = client.post("/v1/sign-ins", json={"email": person.email, "password": password})
        assert answer.status_code == 201, answer.text
        return client

    return sign_in
