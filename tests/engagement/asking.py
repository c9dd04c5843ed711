"""How tests ask for metrics, and the years they ask about."""

from tests import make

MARCH = {"from": "2026-03-01", "to": "2026-04-01"}
YEAR = {"from": "1936-01-01", "to": "1937-01-01"}


def measured(client, community, **asked):
    answer = client.get(f"/v1/communities/{community.id}/metrics", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def one(client, community, metric, **asked):
    [value] = measured(client, community, ids=metric, **asked)
    return value


def parts(value):
    return {part["key"]: part["value"] for part in value["parts"]}


def people(db, count):
    return [make.person(db, f"Person {number:02}") for number in range(count)]


def refused(client, community, **asked):
    answer = client.get(f"/v1/communities/{community.id}/metrics", params=asked)
    assert answer.status_code == 422, answer.text
    return answer.json()["errors"][0]
