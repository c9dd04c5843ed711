"""Moving communities in their tree."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import col, select

from api.communities import service
from api.communities.models import Community, Lineage
from api.core.actor import Role
from api.core.clock import now
from tests import make
from tests.looking import look


@pytest.fixture
def tree(acting, db, lena, network):
    """Two umbrellas beneath the network, one with a child and a grandchild."""
    acting(lena)  # who has a token before threads begin
    made = {"network": network}
    for name, parent in (
        ("north", "network"),
        ("south", "network"),
        ("north child", "north"),
        ("north grandchild", "north child"),
    ):
        made[name] = make.community(db, name.title(), parent=made[parent], lead=lena)
    return made


def sound(db) -> None:
    """Every community stands where its parents say, and the ledger agrees."""
    found = {c.id: c for c in look(db, select(Community))}
    now_at = {
        e.community_id: e.lineage
        for e in look(db, select(Lineage).where(col(Lineage.replaced_at).is_(None)))
    }
    for community in found.values():
        parent = found.get(community.parent_id)
        above = parent.lineage if parent else ""
        assert community.lineage == f"{above}{community.id}/"
        assert community.depth == community.lineage.count("/") <= 4
        assert now_at[community.id] == community.lineage


def as_of(db, moment) -> dict:
    """Where everything stood, as it was known at a moment."""
    known = select(Lineage).where(
        Lineage.recorded_at <= moment,
        col(Lineage.replaced_at).is_(None) | (col(Lineage.replaced_at) > moment),
    )
    return {entry.community_id: entry.lineage for entry in look(db, known)}


def test_a_community_moves_with_everything_beneath_it(acting, db, lena, tree, change):
    before = now()
    was = {c.id: c.lineage for c in look(db, select(Community))}

    answer = change(lena, tree["north child"], parent_id=str(tree["south"].id))

    assert answer.status_code == 200, answer.text
    assert answer.json()["parent_id"] == str(tree["south"].id)
    grandchild = acting(lena).get(f"/v1/communities/{tree['north grandchild'].id}").json()
    assert grandchild["depth"] == 4
    sound(db)
    assert as_of(db, before) == was
    listed = acting(lena).get(f"/v1/communities?within={tree['south'].id}").json()["items"]
    assert {c["name"] for c in listed} == {"South", "North Child", "North Grandchild"}


def test_a_move_that_changes_nothing_is_none(db, lena, tree, change):
    before = len(look(db, select(Lineage)))

    answer = change(lena, tree["north"], parent_id=str(tree["network"].id), region="Wales")

    assert answer.status_code == 200
    assert answer.json()["region"] == "Wales"
    assert len(look(db, select(Lineage))) == before


def test_no_community_stands_beneath_itself(db, lena, tree, change):
    for place in ("north", "north child", "north grandchild"):
        answer = change(lena, tree["north"], parent_id=str(tree[place].id))
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/would-circle"
    sound(db)


def test_no_tree_grows_deeper_than_four(db, lena, tree, change):
    answer = change(lena, tree["north"], parent_id=str(tree["south"].id))

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/too-deep"
    sound(db)


def test_a_move_needs_a_say_over_the_new_place(db, lena, tree, change, sunita):
    omar = make.person(db, "Omar")
    elsewhere = make.community(db, "Elsewhere", lead=omar)
    secret = make.community(db, "Secret", visibility="confidential", lead=omar)

    assert change(lena, tree["north"], parent_id=str(elsewhere.id)).status_code == 403
    assert change(omar, tree["north"], parent_id=str(elsewhere.id)).status_code == 403
    hidden = change(lena, tree["north"], parent_id=str(secret.id))
    random = change(lena, tree["north"], parent_id=str(make.UNKNOWN))
    assert hidden.status_code == random.status_code == 422
    assert hidden.json()["errors"] == random.json()["errors"]
    assert change(sunita, tree["north"], parent_id=str(elsewhere.id)).status_code == 200
    sound(db)


def test_a_move_needs_a_say_over_the_old_place_too(acting, db, tree, change):
    """Who leads a community alone cannot take it out from under its umbrella."""
    omar = make.person(db, "Omar")
    make.member(db, tree["north child"], omar, Role.LEAD)
    elsewhere = make.community(db, "Elsewhere", lead=omar)

    answer = change(omar, tree["north child"], parent_id=str(elsewhere.id))

    assert answer.status_code == 403
    assert "umbrella" in answer.json()["detail"]
    sound(db)


def test_only_a_steward_makes_a_community_a_network_of_its_own(db, lena, tree, change, sunita):
    assert change(lena, tree["north"], parent_id=None).status_code == 403

    answer = change(sunita, tree["north"], parent_id=None)

    assert answer.json()["depth"] == 1
    assert answer.json()["parent_id"] is None
    sound(db)


def test_nothing_moves_beneath_what_sleeps(acting, db, lena, tree, change):
    acting(lena).post(f"/v1/communities/{tree['south'].id}/archive", json={})

    answer = change(lena, tree["north child"], parent_id=str(tree["south"].id))

    assert answer.json()["type"] == "/problems/archived"


def test_roles_over_the_old_place_end_with_the_next_request(acting, db, lena, tree, change):
    keeper = make.person(db, "Keeper of the north")
    make.member(db, tree["north"], keeper, Role.COORDINATOR)
    coming = make.person(db, "Keeper of the south")
    make.member(db, tree["south"], coming, Role.COORDINATOR)
    child = tree["north child"]
    assert change(keeper, child, region="Wales").status_code == 200
    assert change(coming, child, region="Wales").status_code == 403

    change(lena, child, parent_id=str(tree["south"].id))

    assert change(keeper, child, region="Kent").status_code == 403
    assert change(keeper, tree["north grandchild"], region="Kent").status_code == 403
    assert change(coming, child, region="Kent").status_code == 200
    assert change(coming, tree["north grandchild"], region="Kent").status_code == 200
    read = acting(keeper).get(f"/v1/communities/{child.id}").json()
    assert "edit" not in read["can"]


def test_a_refused_move_changes_nothing_else_either(db, lena, tree, change):
    answer = change(lena, tree["north"], parent_id=str(tree["north child"].id), region="Wales")

    assert answer.status_code == 409
    assert look(db, select(Community.region).where(Community.id == tree["north"].id)) == [""]


def slowly(monkeypatch) -> None:
    """Widen the window between looking at the tree and changing it."""
    subtree = service.queries.subtree

    def slow(db, lineage):
        found = subtree(db, lineage)
        time.sleep(0.15)
        return found

    monkeypatch.setattr(service.queries, "subtree", slow)


def test_two_moves_at_once_close_no_circle(db, lena, tree, change, monkeypatch):
    other = make.community(db, "Other", parent=tree["network"], lead=lena)
    slowly(monkeypatch)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(change, lena, tree["south"], parent_id=str(other.id))
        two = pool.submit(change, lena, other, parent_id=str(tree["south"].id))

    statuses = sorted([one.result().status_code, two.result().status_code])
    assert statuses[0] == 200
    assert statuses[1] in (409, 412)
    sound(db)


def test_moves_and_foundings_at_once_keep_the_tree_sound(
    acting, db, lena, tree, change, monkeypatch
):
    slowly(monkeypatch)
    client = acting(lena)

    def found(n: int):
        body = {"name": f"New {n}", "parent_id": str(tree["north child"].id)}
        return client.post("/v1/communities", json=body).status_code

    def move(n: int):
        place = tree["south"] if n % 2 else tree["north"]
        return change(lena, tree["north child"], parent_id=str(place.id)).status_code

    with ThreadPoolExecutor(6) as pool:
        answers = [*pool.map(found, range(6)), *pool.map(move, range(6))]

    assert set(answers) <= {200, 201, 409, 412}
    assert 200 in answers and 201 in answers
    sound(db)


def test_a_move_made_from_an_older_version_is_refused_even_while_another_is_under_way(
    db, lena, tree, change, monkeypatch
):
    """The version is looked at once more when the tree is held still."""
    entered = threading.Event()
    hold = service._hold_tree

    def slow(db):
        if not entered.is_set():
            entered.set()
            time.sleep(0.5)
        hold(db)

    monkeypatch.setattr(service, "_hold_tree", slow)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(change, lena, tree["north child"], parent_id=str(tree["south"].id))
        assert entered.wait(5)
        second = pool.submit(change, lena, tree["north child"], region="Wales")

    statuses = sorted([first.result().status_code, second.result().status_code])
    assert statuses in ([200, 200], [200, 412])
    [kept] = look(db, select(Community).where(Community.id == tree["north child"].id))
    if statuses == [200, 200]:
        assert (kept.parent_id, kept.region) == (tree["south"].id, "Wales")
    sound(db)


def test_a_parent_is_not_put_away_while_a_child_is_founded(acting, db, lena, tree, monkeypatch):
    shallow = service._shallow

    def slow(depth):
        time.sleep(0.2)
        shallow(depth)

    monkeypatch.setattr(service, "_shallow", slow)
    client = acting(lena)
    south = tree["south"]

    with ThreadPoolExecutor(2) as pool:
        founding = pool.submit(
            client.post, "/v1/communities", json={"name": "New", "parent_id": str(south.id)}
        )
        time.sleep(0.05)
        archiving = pool.submit(client.post, f"/v1/communities/{south.id}/archive", json={})

    assert sorted([founding.result().status_code, archiving.result().status_code]) in (
        [201, 409],
        [200, 409],
    )
    for community in look(db, select(Community)):
        if community.parent_id == south.id:
            assert look(db, select(Community.status).where(Community.id == south.id)) == ["active"]
