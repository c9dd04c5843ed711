"""Putting communities away and bringing them back."""

from sqlmodel import select

from api.core.actor import Role
from api.core.audit import AuditEntry
from tests import make
from tests.looking import look


def archive(client, community, **body):
    return client.post(f"/v1/communities/{community.id}/archive", json=body)


def restore(client, community):
    return client.post(f"/v1/communities/{community.id}/restore")


def test_what_is_put_away_stays_readable_and_nothing_more(acting, db, lena, network, change):
    client = acting(lena)

    answer = archive(client, network, closed_as="institutionalised")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["closed_as"]) == (
        "archived",
        "institutionalised",
    )
    assert "restore" in answer.json()["can"]
    assert not {"edit", "archive", "found_beneath", "invite", "schedule", "join"} & set(
        answer.json()["can"]
    )
    assert client.get(f"/v1/communities/{network.id}").json() == answer.json()
    assert change(lena, network, region="Wales").json()["type"] == "/problems/archived"
    rules = client.post(f"/v1/communities/{network.id}/ground-rules", json={"rules": ["Rule."]})
    assert rules.json()["type"] == "/problems/archived"


def test_it_is_listed_only_when_asked_for(acting, db, lena, network):
    archive(acting(lena), network)

    assert acting(lena).get("/v1/communities").json()["items"] == []
    listed = acting(lena).get("/v1/communities?status=archived").json()["items"]
    assert [c["id"] for c in listed] == [str(network.id)]


def test_it_comes_back_as_it_was(acting, db, lena, network):
    archive(acting(lena), network, closed_as="faded")

    answer = restore(acting(lena), network)

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["closed_as"]) == ("active", None)
    assert "edit" in answer.json()["can"]


def test_a_move_that_is_none_names_the_one_that_is(acting, lena, network):
    client = acting(lena)

    early = restore(client, network)
    archive(client, network)
    twice = archive(client, network)

    assert (early.status_code, early.json()["legal"]) == (409, ["archive"])
    assert (twice.status_code, twice.json()["legal"]) == (409, ["restore"])


def test_what_stands_beneath_goes_first_and_comes_back_last(acting, db, lena, network):
    client = acting(lena)
    beneath = make.community(db, "Beneath", parent=network, lead=lena)

    refused = archive(client, network)
    assert refused.status_code == 409
    assert "Beneath" in refused.json()["detail"]

    assert archive(client, beneath).status_code == 200
    assert archive(client, network).status_code == 200
    assert restore(client, beneath).json()["type"] == "/problems/archived"
    assert restore(client, network).status_code == 200
    assert restore(client, beneath).status_code == 200


def test_a_hidden_child_is_not_named_to_who_may_not_see_it(acting, db, lena, network):
    """Whoever governs an umbrella sees everything beneath it, so no name is hidden from them."""
    make.community(db, "Whistle", parent=network, lead=lena, visibility="confidential")
    omar = make.person(db, "Omar")
    make.member(db, network, omar, Role.COORDINATOR)

    assert "Whistle" in archive(acting(omar), network).json()["detail"]


def test_only_who_governs_puts_away_and_brings_back(acting, db, lena, network):
    asha = make.person(db)
    make.member(db, network, asha, Role.FACILITATOR)

    assert archive(acting(asha), network).status_code == 403
    archive(acting(lena), network)
    assert restore(acting(asha), network).status_code == 403


def test_both_are_written_down(acting, db, lena, network):
    archive(acting(lena), network)
    restore(acting(lena), network)

    verbs = look(db, select(AuditEntry.verb).where(AuditEntry.object_id == network.id))
    assert verbs[-2:] == ["community.archived", "community.restored"]


def test_a_reason_nobody_knows_is_refused(acting, lena, network):
    assert archive(acting(lena), network, closed_as="bored").status_code == 422
