"""What a reader may do is told in every answer, and is what happens when they do it."""

import pytest

from api.communities import policy
from api.communities.models import CommunityStatus, Visibility
from api.core.actor import Role
from tests import make

DOORS = {
    "edit": ("PATCH", "", {"region": "Wales"}),
    "archive": ("POST", "/archive", {}),
    "restore": ("POST", "/restore", {}),
}


@pytest.fixture
def readers(db, network):
    made = {"outsider": make.person(db, "Outsider"), "steward": make.steward(db)}
    for role in Role:
        person = make.person(db, f"The {role}")
        make.member(db, network, person, role)
        made[f"{role} above"] = person
    return made


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("status", [CommunityStatus.ACTIVE, CommunityStatus.ARCHIVED])
def test_what_is_promised_is_what_is_done(acting, db, lena, network, readers, visibility, status):
    beneath = make.community(db, "Beneath", parent=network, lead=lena, visibility=visibility)
    for role in Role:
        person = make.person(db, f"The {role} here")
        make.member(db, beneath, person, role)
        readers[f"{role} here"] = person
    url = f"/v1/communities/{beneath.id}"
    if status is CommunityStatus.ARCHIVED:
        acting(lena).post(f"{url}/archive", json={})

    for name, reader in readers.items():
        client = acting(reader)
        read = client.get(url)
        if read.status_code == 404:
            assert visibility in (Visibility.CONFIDENTIAL, Visibility.PRIVATE), name
            continue
        can = read.json()["can"]
        assert set(can) <= {rule.__name__ for rule in policy.RULES}
        for rule, (method, path, body) in DOORS.items():
            match = {"If-Match": read.headers["etag"]} if method == "PATCH" else {}
            answer = client.request(
                method,
                url + path,
                json=body,
                headers={**match, "Idempotency-Key": f"{name}-{rule}".replace(" ", "-")},
            )
            allowed = answer.status_code == 200
            assert allowed == (rule in can), f"{name} {rule}: {answer.text}"
            if allowed:
                undo = {"archive": "/restore", "restore": "/archive"}.get(rule)
                if undo:
                    assert acting(lena).post(url + undo, json={}).status_code == 200
                read = client.get(url)


def test_a_founder_reads_at_once_what_they_may_do(acting, db, lena, network):
    made = (
        acting(lena)
        .post("/v1/communities", json={"name": "New", "parent_id": str(network.id)})
        .json()
    )

    assert made["my_state"] == "active"
    assert {"edit", "invite", "schedule", "see_people", "leave"} <= set(made["can"])
    assert acting(lena).get(f"/v1/communities/{made['id']}").json() == made
