"""How tests send activities, and read them back."""

import json

DONE = "2026-03-02T10:00:00Z"


def reply(community, person, number=1, **other):
    return {
        "person_id": str(person.id),
        "community_id": str(community.id),
        "verb": "thread.replied",
        "kind": "contribution",
        "occurred_at": DONE,
        "source": "forum",
        "source_id": f"reply-{number}",
        **other,
    }


def post(client, rows, **query):
    """Send rows as they are, even those that no client of good manners would encode."""
    content = json.dumps({"items": rows})
    headers = {"Content-Type": "application/json"}
    return client.post("/v1/activities", content=content, headers=headers, params=query)


def sent(client, *rows, **query):
    answer = post(client, rows, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def statuses(answer):
    return [item["status"] for item in answer["items"]]


def listed(client, **query):
    answer = client.get("/v1/activities", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(page):
    return [item["source_id"] for item in page["items"]]
