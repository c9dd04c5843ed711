"""Finding communities."""

import pytest
from pydantic import TypeAdapter
from sqlalchemy import event

from api.communities.schemas import CommunityPage
from api.core.actor import Role
from tests import make


@pytest.fixture
def found(acting, lena):
    """`found(q="grief")` names what Lena finds."""

    def names(**query):
        answer = acting(lena).get("/v1/communities", params=query)
        assert answer.status_code == 200, answer.text
        return [c["name"] for c in answer.json()["items"]]

    return names


@pytest.fixture
def three(db, lena, network):
    grief = make.community(
        db,
        "Grief in the café",
        parent=network,
        lead=lena,
        purpose="To sit with 100% of what_is lost.",
        topics=["Bereavement", "Peer support"],
        region="West Midlands",
        languages=["en", "cy"],
        stage="maturing",
    )
    make.community(db, "ÄRZTE", parent=grief, lead=lena, topics=["Peer"], region="Wales")
    make.community(
        db, "zebra crossing", parent=network, lead=lena, visibility="private", kind="working_group"
    )


def test_newest_come_first_and_names_in_the_order_of_words(found, three):
    assert found() == ["zebra crossing", "ÄRZTE", "Grief in the café", "Midlands Network"]
    by_name = found(sort="name")
    assert by_name.index("Grief in the café") < by_name.index("Midlands Network")
    assert by_name.index("Midlands Network") < by_name.index("zebra crossing")


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("grief", ["Grief in the café"]),
        ("GRIEF CAFÉ", ["Grief in the café"]),
        ("cafe\u0301", ["Grief in the café"]),
        ("lost grief", ["Grief in the café"]),
        ("bereave", ["Grief in the café"]),
        ("ärzte", ["ÄRZTE"]),
        ("100%", ["Grief in the café"]),
        ("what_is", ["Grief in the café"]),
        ("%", ["Grief in the café"]),
        ("_____", []),
        ("\\", []),
        ("'; --", []),
        ("grief zebra", []),
    ],
)
def test_words_are_found_in_name_purpose_and_topics(found, three, q, expected):
    assert found(q=q) == expected


def test_a_topic_is_found_whole(found, three):
    assert found(topic="peer support") == ["Grief in the café"]
    assert found(topic="PEER") == ["ÄRZTE"]
    assert found(topic="support") == []
    assert found(topic="Peer%") == []


def test_filters_narrow_and_add_up(found, three, network):
    assert found(region="west midlands") == ["Grief in the café"]
    assert found(language="cy") == ["Grief in the café"]
    assert found(stage="maturing") == ["Grief in the café"]
    assert found(kind="working_group") == ["zebra crossing"]
    assert found(visibility="private") == ["zebra crossing"]
    assert found(parent_id=str(network.id)) == ["zebra crossing", "Grief in the café"]
    assert found(within=str(network.id), q="ärzte") == ["ÄRZTE"]
    assert found(parent_id=str(make.UNKNOWN)) == found(within=str(make.UNKNOWN)) == []
    assert found(status="active", changed_since="2100-01-01T00:00:00Z") == []
    assert len(found(changed_since="2020-01-01T00:00:00Z")) == 4


def test_mine_are_those_i_belong_to(acting, db, three, network):
    asha = make.person(db)
    make.member(db, network, asha)

    listed = acting(asha).get("/v1/communities?mine=true&count=true").json()

    assert [c["name"] for c in listed["items"]] == ["Midlands Network"]
    assert listed["count"] == 1
    assert acting(make.person(db)).get("/v1/communities?mine=true").json()["items"] == []


def test_a_count_is_given_only_to_who_asks(acting, lena, three):
    assert "count" not in acting(lena).get("/v1/communities").json()
    page = acting(lena).get("/v1/communities?count=true&limit=1").json()
    assert (page["count"], len(page["items"])) == (4, 1)


@pytest.mark.parametrize("sort", ["newest", "name"])
def test_every_page_follows_the_one_before_in_either_order(acting, db, lena, network, sort):
    for number in range(7):
        make.community(db, f"Same name {number % 2}", parent=network, lead=lena)
    client = acting(lena)
    whole = [c["id"] for c in client.get(f"/v1/communities?sort={sort}").json()["items"]]

    walked, cursor = [], None
    while cursor or not walked:
        query = {"sort": sort, "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/communities", params=query)
        walked += [c["id"] for c in page.json()["items"]]
        cursor = page.json()["next"]
        assert ("link" in page.headers) == bool(cursor)

    assert walked == whole
    assert len(set(walked)) == 8


def test_a_cursor_of_another_order_or_filter_is_refused(acting, db, lena, network, three):
    client = acting(lena)
    cursor = client.get("/v1/communities?limit=1").json()["next"]

    for query in ("sort=name", "q=grief", "count=true", f"within={network.id}"):
        answer = client.get(f"/v1/communities?limit=1&{query}&cursor={cursor}")
        assert answer.status_code == 422, query
        assert answer.json()["type"] == "/problems/bad-cursor"


def test_every_line_is_the_single_read_of_it_for_every_reader(acting, db, lena, network, three):
    readers = [lena, make.steward(db), make.person(db, "Outsider")]
    for role in Role:
        person = make.person(db, f"The {role}")
        make.member(db, network, person, role)
        readers.append(person)

    for reader in readers:
        client = acting(reader)
        answer = client.get("/v1/communities?count=true")
        TypeAdapter(CommunityPage).validate_json(answer.content, strict=False)
        for listed in answer.json()["items"]:
            assert listed == client.get(f"/v1/communities/{listed['id']}").json(), reader.name


def test_texts_that_look_like_code_come_back_as_they_were(acting, db, lena, network):
    odd = 'A "quoted" \\ name <b> 🌿 \u2028'
    made = acting(lena).post(
        "/v1/communities",
        json={"name": odd, "parent_id": str(network.id), "topics": ['"', "\\", "'"]},
    )

    listed = acting(lena).get("/v1/communities").json()["items"][0]

    assert listed == made.json() | {"version": listed["version"]}
    assert listed["name"] == odd.strip()
    assert listed["topics"] == ['"', "\\", "'"]


def test_a_page_costs_the_same_number_of_statements_however_long_it_is(app, acting, db, lena):
    for number in range(30):
        make.community(db, f"Community {number}", lead=lena)
    client = acting(lena)
    client.get("/v1/communities")
    asked: list[str] = []
    event.listen(
        app.state.engine, "before_cursor_execute", lambda _c, _u, text, *_: asked.append(text)
    )

    client.get("/v1/communities?limit=2")
    few = len(asked)
    assert any("FROM communities" in text for text in asked)
    asked.clear()
    client.get("/v1/communities?limit=30")

    assert len(asked) == few <= 6
