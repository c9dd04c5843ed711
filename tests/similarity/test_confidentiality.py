"""What is hidden stays so: not in what is found, not in the figures, not in the work done."""

import pytest
from sqlalchemy import event

from api.core.actor import Role
from api.similarity.queries import Idea, alike, hidden_match
from tests import make
from tests.similarity.test_checking import IDEA, SCHOOLS, proposed


def stated(app, ask):
    """What the database is asked meanwhile."""
    words: list[str] = []

    def hear(_connection, _cursor, statement, *_):
        words.append(statement)

    event.listen(app.state.engine, "before_cursor_execute", hear)
    ask()
    event.remove(app.state.engine, "before_cursor_execute", hear)
    return words


@pytest.fixture
def schools(db, network):
    return make.community(db, "Calm classrooms", parent=network, **SCHOOLS)


def test_a_confidential_twin_changes_nothing_for_those_outside(
    app, check, db, asha, network, schools
):
    before, work = check(asha, **IDEA), stated(app, lambda: check(asha, **IDEA))

    for _ in range(3):
        twin = make.community(
            db, "Calm classrooms", parent=network, visibility="confidential", **SCHOOLS
        )
    proposed(db, twin)

    assert check(asha, **IDEA) == before
    assert stated(app, lambda: check(asha, **IDEA)) == work
    assert check(asha, name="Calm") == check(asha, name="Calm", exclude_id=str(twin.id))


def test_those_inside_and_those_who_govern_find_it(check, db, asha, lena, network):
    twin = make.community(db, "Calm", parent=network, visibility="confidential", **SCHOOLS)
    member = make.person(db, "Mo")
    make.member(db, twin, member)
    keeper = make.person(db, "Kit")
    make.member(db, network, keeper, Role.COORDINATOR)

    for insider in (member, keeper, lena, make.steward(db)):
        assert [each["id"] for each in check(insider, **IDEA)] == [str(twin.id)], insider.name
    assert check(asha, **IDEA) == []


def test_a_private_one_and_what_is_proposed_stay_in_their_network(check, db, asha, network):
    make.community(db, "Calm", parent=network, visibility="private", **SCHOOLS)
    idea = proposed(db, network)
    stranger = make.person(db, "Sten")

    assert len(check(asha, **IDEA)) == 2
    assert check(stranger, **IDEA) == []
    assert str(idea.object_id) in {each["id"] for each in check(make.steward(db), **IDEA)}


def test_a_coordinator_elsewhere_learns_that_one_may_match(db, asha, network):
    idea = Idea(**IDEA)
    actor = make.actor(db, asha)
    assert not hidden_match(db, actor, idea, network.lineage)

    make.community(db, "Calm", parent=network, visibility="confidential", **SCHOOLS)

    assert hidden_match(db, actor, idea, network.lineage)
    assert not hidden_match(db, actor, Idea(name="Gardens", topics=["gardening"]), network.lineage)
    everything = make.actor(db, make.steward(db))
    assert not hidden_match(db, everything, idea, network.lineage), "nothing is hidden there"


def test_visibility_is_followed_at_once(acting, check, db, asha, lena, network, schools):
    idea = proposed(db, schools)

    def show(visibility):
        url = f"/v1/communities/{schools.id}"
        tag = acting(lena).get(url).headers["ETag"]
        change = {"visibility": visibility}
        assert acting(lena).patch(url, json=change, headers={"If-Match": tag}).status_code == 200

    assert len(check(asha, **IDEA)) == 2
    show("confidential")
    assert check(asha, **IDEA) == []
    assert hidden_match(db, make.actor(db, asha), Idea(**IDEA), network.lineage)
    assert len(alike(db, make.actor(db, lena), Idea(**IDEA), leave_out=idea.object_id)) == 1
    db.commit()
    show("restricted")
    assert len(check(asha, **IDEA)) == 2
