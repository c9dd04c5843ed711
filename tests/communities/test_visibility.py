"""Who sees what: the rule in Python and its twin in SQL say the same, everywhere."""

from itertools import product

import pytest
from sqlmodel import col, select

from api.communities import policy, queries
from api.communities.models import Community, Visibility
from api.core.actor import Actor, Role, State
from api.core.clock import now
from api.memberships.models import Membership
from tests import make
from tests.looking import look

PLACES = ("root", "branch", "leaf", "sibling", "other root", "other branch")
ABOVE = {
    "branch": "root",
    "leaf": "branch",
    "sibling": "root",
    "other branch": "other root",
}


@pytest.fixture
def forest(db):
    """Two trees; every place of them once in every visibility, side by side."""
    made: dict[tuple[str, Visibility], Community] = {}
    for place in PLACES:
        for visibility in Visibility:
            # Everything hangs beneath the open one of the place above, so that each is alone.
            parent = made.get((ABOVE.get(place, ""), Visibility.OPEN))
            made[place, visibility] = make.community(
                db, f"{place} {visibility}", parent=parent, visibility=visibility
            )
    return made


def actors(db, forest):
    """Nobody special, a steward, and everybody who stands somewhere in some way."""
    yield "outsider", make.actor(db, make.person(db, "Outsider"))
    yield "steward", make.actor(db, make.steward(db))
    trees = ("root", "branch", "leaf"), (Visibility.OPEN, Visibility.CONFIDENTIAL)
    places = [forest[place] for place in product(*trees)]
    for number, (community, role) in enumerate(product(places, Role)):
        person = make.person(db, f"Person {number}")
        make.member(db, community, person, role)
        yield f"{role} of {community.name}", make.actor(db, person)
    for state in (State.INVITED, State.REQUESTED, State.WAITLISTED, State.PAUSED):
        for visibility in Visibility:
            person = make.person(db, f"{state} {visibility}")
            db.add(
                Membership(
                    community_id=forest["leaf", visibility].id,
                    person_id=person.id,
                    role=Role.LEAD,
                    state=state,
                    changed_at=now(),
                )
            )
            db.commit()
            yield f"{state} in leaf {visibility}", make.actor(db, person)


def test_the_rule_and_its_twin_agree_for_everybody_everywhere(db, forest):
    found = {c.id: c for c in look(db, select(Community))}
    for name, actor in actors(db, forest):
        by_rule = {c.name for c in found.values() if policy.see(actor, c)}
        by_twin = set(look(db, select(Community.name).where(queries.visible_to(actor))))
        assert by_twin == by_rule, name

        governed = {c.name for c in found.values() if policy.govern(actor, c)}
        twin = set(look(db, select(Community.name).where(queries.governed_by(actor))))
        assert twin == governed, name


def test_the_rule_says_what_the_words_say(db, forest):
    def sees(actor: Actor) -> set[str]:
        return {c.name for c in forest.values() if policy.see(actor, c)}

    everybody = {
        c.name
        for (_, visibility), c in forest.items()
        if visibility in (Visibility.OPEN, Visibility.RESTRICTED)
    }
    outsider = make.actor(db, make.person(db, "Outsider"))
    assert sees(outsider) == everybody

    insider = make.person(db, "Insider")
    make.member(db, forest["leaf", Visibility.OPEN], insider)
    network = {f"{place} private" for place in ("branch", "leaf", "sibling")}
    assert sees(make.actor(db, insider)) == everybody | network

    member = make.person(db, "Member")
    make.member(db, forest["leaf", Visibility.CONFIDENTIAL], member)
    assert "leaf confidential" in sees(make.actor(db, member))
    assert "branch confidential" not in sees(make.actor(db, member))

    keeper = make.person(db, "Keeper")
    make.member(db, forest["branch", Visibility.OPEN], keeper, Role.COORDINATOR)
    assert "leaf confidential" in sees(make.actor(db, keeper))
    assert "other branch confidential" not in sees(make.actor(db, keeper))

    follower = make.person(db, "Follower")
    make.member(db, forest["branch", Visibility.OPEN], follower, Role.MEMBER)
    assert "leaf confidential" not in sees(make.actor(db, follower)), (
        "belonging to an umbrella makes nobody a member beneath it"
    )


@pytest.fixture
def secret(db, lena, network):
    return make.community(
        db,
        "Whistle",
        parent=network,
        lead=lena,
        visibility="confidential",
        purpose="To speak up safely.",
        topics=["whistleblowing"],
        region="Wales",
    )


def bodies(answers):
    kept = []
    for answer in answers:
        body = answer.json()
        body.pop("request_id", None)
        kept.append((answer.status_code, body))
    return kept


def test_to_an_outsider_what_is_confidential_does_not_exist(acting, db, network, secret):
    omar = acting(make.person(db, "Omar"))
    match = {"If-Match": '"1-0"'}
    for method, path, options in (
        ("GET", "", {}),
        ("GET", "/tree", {}),
        ("GET", "/charter", {}),
        ("GET", "/ground-rules", {}),
        ("GET", "/links", {}),
        ("PATCH", "", {"json": {"name": "Mine"}, "headers": match}),
        ("POST", "/archive", {"json": {}}),
        ("POST", "/restore", {}),
        ("POST", "/ground-rules", {"json": {"rules": ["Rule one"]}}),
        ("POST", "/links", {"json": {"to_id": str(network.id), "kind": "sister"}}),
    ):
        known, random = bodies(
            omar.request(method, f"/v1/communities/{i}{path}", **options)
            for i in (secret.id, make.UNKNOWN)
        )
        assert known == random, f"{method} {path}"
        assert known[0] == 404


def test_it_is_in_no_list_count_search_filter_or_tree(acting, db, network, secret):
    omar = acting(make.person(db, "Omar"))

    def listed(query):
        answer = omar.get(f"/v1/communities?count=true&{query}")
        assert answer.status_code == 200
        return [c["name"] for c in answer.json()["items"]], answer.json()["count"]

    assert listed("") == (["Midlands Network"], 1)
    for query in (
        "q=whistle",
        "q=speak",
        "topic=whistleblowing",
        "region=Wales",
        "visibility=confidential",
        f"parent_id={network.id}",
        f"within={secret.id}",
        f"parent_id={secret.id}",
    ):
        assert listed(query) == ([], 0), query
    assert listed(f"within={network.id}") == (["Midlands Network"], 1)
    tree = omar.get(f"/v1/communities/{network.id}/tree").json()["items"]
    assert [c["name"] for c in tree] == ["Midlands Network"]


def test_what_stands_beneath_it_does_not_give_it_away(acting, db, lena, secret):
    beneath = make.community(db, "Beneath", parent=secret, lead=lena)
    omar = acting(make.person(db, "Omar"))

    read = omar.get(f"/v1/communities/{beneath.id}").json()
    listed = omar.get("/v1/communities?q=beneath").json()["items"][0]
    tree = omar.get(f"/v1/communities/{beneath.id}/tree").json()["items"]

    assert read["parent_id"] is None
    assert listed == read
    assert str(secret.id) not in str(tree)
    assert omar.get(f"/v1/communities?parent_id={secret.id}").json()["items"] == []
    seen = acting(lena).get(f"/v1/communities/{beneath.id}").json()
    assert seen["parent_id"] == str(secret.id)
    assert acting(lena).get("/v1/communities?q=beneath").json()["items"][0] == seen


def test_to_those_inside_and_over_it_it_does(acting, db, lena, network, secret):
    inside, over = make.person(db, "Inside"), make.person(db, "Over")
    make.member(db, secret, inside)
    make.member(db, network, over, Role.ANALYST)

    for reader in (inside, over, lena):
        assert acting(reader).get(f"/v1/communities/{secret.id}").status_code == 200
        names = [c["name"] for c in acting(reader).get("/v1/communities?q=whistle").json()["items"]]
        assert names == ["Whistle"]


def test_who_leaves_sees_it_no_longer(acting, db, secret):
    inside = make.person(db, "Inside")
    membership = make.member(db, secret, inside)
    assert acting(inside).get(f"/v1/communities/{secret.id}").status_code == 200

    kept = db.get(Membership, membership.id)
    kept.state = State.ENDED
    db.add(kept)
    db.commit()

    assert acting(inside).get(f"/v1/communities/{secret.id}").status_code == 404


def test_what_is_private_is_for_its_network(acting, db, lena, network):
    private = make.community(db, "Quiet", parent=network, lead=lena, visibility="private")
    inside, outside = make.person(db, "Inside"), make.person(db, "Outside")
    make.member(db, network, inside)
    make.community(db, "Elsewhere", lead=outside)

    assert acting(inside).get(f"/v1/communities/{private.id}").status_code == 200
    assert acting(outside).get(f"/v1/communities/{private.id}").status_code == 404
    assert "Quiet" in [c["name"] for c in acting(inside).get("/v1/communities").json()["items"]]
    assert "Quiet" not in [
        c["name"] for c in acting(outside).get("/v1/communities").json()["items"]
    ]


def test_a_community_that_becomes_confidential_vanishes_at_once(acting, db, lena, network, change):
    omar = acting(make.person(db, "Omar"))
    assert omar.get(f"/v1/communities/{network.id}").status_code == 200

    change(lena, network, visibility="confidential")

    assert omar.get(f"/v1/communities/{network.id}").status_code == 404
    assert omar.get("/v1/communities").json()["items"] == []


def test_the_tree_shows_what_the_reader_may_see_in_reading_order(acting, db, lena, network):
    zebra = make.community(db, "zebra", parent=network, lead=lena)
    make.community(db, "Apple", parent=network, lead=lena)
    make.community(db, "Branch", parent=zebra, lead=lena)
    archived = make.community(db, "Old", parent=network, lead=lena)
    acting(lena).post(f"/v1/communities/{archived.id}/archive", json={})

    tree = acting(lena).get(f"/v1/communities/{zebra.id}/tree").json()["items"]

    assert [(c["name"], c["depth"]) for c in tree] == [
        ("Midlands Network", 1),
        ("Apple", 2),
        ("Old", 2),
        ("zebra", 2),
        ("Branch", 3),
    ]
    assert [c["status"] for c in tree].count("archived") == 1


def test_the_twin_needs_no_more_than_the_rule_for_many_standings(db):
    """A person in hundreds of communities is one statement still."""
    lead = make.person(db, "Everywhere")
    for number in range(40):
        make.community(db, f"Community {number}", lead=lead, visibility="confidential")

    actor = make.actor(db, lead)
    names = look(db, select(col(Community.name)).where(queries.visible_to(actor)))

    assert len(names) == 40
