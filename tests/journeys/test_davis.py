"""Eighteen women and fourteen events, published in 1941, through the public API and back.

Everything is done as a partner would do it: an organisation, people, memberships since 1936, the
list of who came; then the register, the network and the numbers are read again, and compared with
what networkx makes of the same data.
"""

import csv
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from networkx.algorithms.bipartite import weighted_projected_graph

from tests import make

ATTENDED = Path(__file__).parents[1] / "data" / "davis_southern_women.csv"
YEAR = {"from": "1936-01-01", "to": "1937-01-01"}
SIZES = [3, 3, 6, 4, 8, 8, 10, 14, 12, 5, 4, 6, 3, 3]


@pytest.fixture(scope="module")
def rows():
    with ATTENDED.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def sunita(acting, db):
    return acting(make.steward(db))


def posted(client, path, body):
    answer = client.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


@pytest.fixture
def community(sunita, rows):
    """A community whose members joined on the first day of 1936."""
    town = posted(sunita, "/v1/organisations", {"name": "Old City", "kind": "other"})
    made = posted(
        sunita, "/v1/communities", {"name": "Southern Women", "timezone": "America/Chicago"}
    )
    members = []
    for name in dict.fromkeys(row["person"] for row in rows):
        person = posted(sunita, "/v1/people", {"name": name, "organisation_id": town["id"]})
        members.append(
            {"person_id": person["id"], "role": "member", "joined_at": "1936-01-01T06:00:00Z"}
        )
    path = f"/v1/communities/{made['id']}/memberships"
    answer = sunita.put(path, json={"items": members})
    assert answer.status_code == 200, answer.text
    assert answer.json()["applied"] == 18
    return made


def import_list(client, community, rows, **more):
    lines = [{"line": number, **row} for number, row in enumerate(rows, start=2)]
    path = f"/v1/communities/{community['id']}/attendance-imports"
    return posted(client, path, {"rows": lines, **more})


def everything(client, path, **query):
    """Read a list to its end."""
    items, cursor = [], None
    while True:
        page = client.get(
            path,
            params={"limit": 100, **query, "cursor": cursor} if cursor else {"limit": 100, **query},
        ).json()
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


def as_networkx(rows, shared):
    """Tie those who shared enough events, by somebody else's code."""
    graph = nx.Graph((row["person"], row["session"]) for row in rows)
    women = {row["person"] for row in rows}
    projected = weighted_projected_graph(graph, women)
    weak = [(a, b) for a, b, weight in projected.edges(data="weight") if weight < shared]
    projected.remove_edges_from(weak)
    return projected


def density(client, community, shared):
    asked = {
        "ids": "network_density", "tie_min_shared": shared, "tie_max_size": 1000, **YEAR
    }  # fmt: skip
    answer = client.get(f"/v1/communities/{community['id']}/metrics", params=asked)
    assert answer.status_code == 200, answer.text
    [value] = answer.json()["items"]
    return value


def test_the_list_becomes_the_register(sunita, community, rows):
    taken = import_list(sunita, community, rows)

    attendances = everything(sunita, "/v1/attendances", community_id=community["id"])
    sessions = everything(
        sunita, "/v1/sessions", community_id=community["id"], **{"from": "1936-01-01"}
    )
    titles = {session["id"]: session["title"] for session in sessions}
    sizes = Counter(titles[attendance["session_id"]] for attendance in attendances)
    assert (taken["applied"], taken["sessions_added"], taken["people_added"]) == (89, 14, 0)
    assert len(attendances) == 89
    assert [sizes[f"E{number}"] for number in range(1, 15)] == SIZES


def test_the_same_list_again_changes_nothing(sunita, community, rows):
    import_list(sunita, community, rows)
    before = density(sunita, community, 1)

    again = import_list(sunita, community, rows)

    assert (again["applied"], again["unchanged"]) == (0, 89)
    assert density(sunita, community, 1)["numerator"] == before["numerator"]


@pytest.mark.parametrize(("shared", "ties"), [(1, 139), (2, 95), (3, 46)])
def test_ties_and_density_are_those_of_networkx(sunita, community, rows, shared, ties):
    import_list(sunita, community, rows)
    expected = as_networkx(rows, shared)

    value = density(sunita, community, shared)

    assert expected.number_of_edges() == ties
    assert (value["numerator"], value["denominator"], value["n"]) == (ties, 153, 18)
    assert value["value"] == pytest.approx(nx.density(expected))
    assert (value["status"], value["profile"]) == ("ok", "exact")
    assert value["rule"] == {"tie_min_shared": shared, "tie_max_size": 1000}


def test_who_met_whom_is_what_networkx_says(sunita, community, rows):
    import_list(sunita, community, rows)
    expected = as_networkx(rows, 2)

    answer = sunita.get(
        f"/v1/communities/{community['id']}/network", params={"tie_max_size": "none", **YEAR}
    )

    assert answer.status_code == 200, answer.text
    names = {node["person_id"]: node["name"] for node in answer.json()["nodes"]}
    degrees = {node["name"]: node["degree"] for node in answer.json()["nodes"]}
    ties = {
        frozenset((names[tie["person_id"]], names[tie["other_id"]])): tie["shared"]
        for tie in answer.json()["ties"]
    }
    assert ties == {
        frozenset((one, other)): weight for one, other, weight in expected.edges(data="weight")
    }
    assert degrees == dict(expected.degree())


def test_sessions_marked_one_by_one_come_to_the_same(sunita, community, rows):
    members = everything(sunita, f"/v1/communities/{community['id']}/memberships")
    ids = {member["person_name"]: member["person_id"] for member in members}
    for title, date in dict.fromkeys((row["session"], row["date"]) for row in rows):
        session = posted(
            sunita,
            f"/v1/communities/{community['id']}/sessions",
            {
                "title": title,
                "status": "held",
                "starts_at": f"{date}T18:00:00Z",
                "ends_at": f"{date}T20:00:00Z",
            },
        )
        came = [
            {"person_id": ids[row["person"]], "status": "attended"}
            for row in rows
            if row["session"] == title
        ]
        marked = posted(sunita, f"/v1/sessions/{session['id']}/attendances", {"items": came})
        assert marked["applied"] == len(came)

    assert density(sunita, community, 1)["numerator"] == 139
    assert density(sunita, community, 2)["numerator"] == 95


def test_everybody_who_came_was_active_that_year(sunita, community, rows):
    import_list(sunita, community, rows)
    path = f"/v1/communities/{community['id']}"
    asked = {"ids": "members,active_members,active_rate", **YEAR}

    values = sunita.get(f"{path}/metrics", params=asked).json()["items"]
    deeds = everything(sunita, "/v1/activities", community_id=community["id"])

    assert [value["value"] for value in values] == [18, 18, 100]
    assert Counter(deed["verb"] for deed in deeds) == {"session.attended": 89}
    assert {deed["source"] for deed in deeds} == {"trellis"}
