"""Many at once: one winner a step, no step that is not legal, and nobody's answer lost."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from api.core import clock
from api.proposals.lifecycle import STEPS, ProposalState, replay
from api.worker import Worker
from tests.proposals.idea import TEXT, ok

CLIENTS = 30


@pytest.fixture
def scoped(idea, cora):
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")
    idea.sounding()
    return idea


def together(*calls):
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_of_many_who_open_a_call_one_does(scoped, acting, cora, second, members):
    clients = [acting(cora), acting(second)]
    version = scoped.read()["version"]
    body = {"to": "interest_call", "expected_version": version, "details": {"text": TEXT}}
    path = f"/v1/proposals/{scoped.id}/transitions"

    codes = [
        answer.status_code
        for answer in together(
            *(
                lambda client=client: client.post(path, json=body)
                for client in clients * (CLIENTS // 2)
            )
        )
    ]

    assert codes.count(201) == 1
    assert set(codes) == {201, 412}
    assert len(scoped.calls(cora)) == 1


def test_thirty_who_ask_for_anything_leave_a_way_that_is_legal(idea, acting, nia, beth, cora,
                                                              second, members):  # fmt: skip
    chance = random.Random(7)  # noqa: S311  (which order is tried is no secret)
    asks = {
        "submitted": {},
        "referred": {"reason": "It exists.", "details": {"targets": []}},
        "scoping": {"reason": "Look again.", "details": {"decision": "no_duplicate"}},
        "interest_call": {"details": {"text": TEXT}},
        "interest_met": {},
        "planning": {"details": {"template": "light"}},
        "scheduled": {},
        "launched": {},
        "rejected": {"reason": "Too vague.", "details": {"code": "too_vague"}},
        "withdrawn": {"reason": "Enough."},
        "expired": {},
    }
    ok(acting(nia).post(f"/v1/proposals/{idea.id}/candidates"))
    idea.sounding()
    people = [nia, beth, cora, second, members[0]]
    path = f"/v1/proposals/{idea.id}/transitions"
    clients = {person.id: acting(person) for person in people}

    def one(seed):
        mine = random.Random(seed)  # noqa: S311
        codes = []
        for _ in range(4):
            client = clients[mine.choice(people).id]
            read = client.get(f"/v1/proposals/{idea.id}")
            if read.status_code == 404:
                continue
            known = read.json()
            legal = [s.value for s in STEPS.get(ProposalState(known["state"]), {})]
            # Giving up ends the story; it is tried seldom, so that there is one.
            likely = [s for s in legal if s != "withdrawn"] or legal or ["submitted"]
            to = mine.choice(likely if mine.random() < 0.8 else list(asks))
            body = {"to": to, "expected_version": known["version"], **asks.get(to, {})}
            codes.append(client.post(path, json=body).status_code)
        return codes

    found = together(*(lambda n=n: one(n) for n in chance.sample(range(1000), CLIENTS)))

    codes = [code for some in found for code in some]
    assert set(codes) <= {201, 403, 409, 412, 422}
    items = ok(acting(nia).get(path, params={"limit": 100}))["items"]
    steps = [(ProposalState(s["from"]), ProposalState(s["to"])) for s in reversed(items)]
    assert codes.count(201) == len(steps) >= 1
    assert replay(steps).state == idea.read()["state"]
    assert sorted(s["number"] for s in items) == list(range(1, len(steps) + 1))
    for step in items:
        assert step["evidence"] or step["to"] in ("withdrawn", "scoping")


def test_answers_at_the_moment_of_closing_are_counted_or_refused(scoped, acting, db, cora, members,
                                                                 settings):  # fmt: skip
    scoped.open_call(cora, min_people=2)
    ok(scoped.express(members[0], "co_lead"), 201)
    ok(scoped.express(members[1]), 201)
    clients = [acting(person) for person in members[2:]]
    coordinator = acting(cora)
    version = scoped.read()["version"]
    path = f"/v1/proposals/{scoped.id}"

    def close():
        body = {"to": "interest_met", "expected_version": version}
        return coordinator.post(f"{path}/transitions", json=body)

    def answer(client):
        return client.post(f"{path}/expressions", json={"role": "member"})

    calls = [lambda c=c: answer(c) for c in clients]
    calls.insert(3, close)
    answers = together(*calls)

    codes = [a.status_code for a in answers]
    closed = answers[3].json()
    assert codes[3] == 201
    assert set(codes) <= {201, 409}
    counted = codes.count(201) - 1
    assert closed["evidence"]["counts"]["people"] == 2 + counted
    listed = ok(acting(cora).get(f"{path}/expressions", params={"limit": 100}))["items"]
    assert len(listed) == 2 + counted
    late = [a.json()["type"] for a in answers if a.status_code == 409]
    assert set(late) <= {"/problems/came-too-late"}


def test_two_workers_close_a_call_once(scoped, acting, cora, members, settings):
    scoped.open_call(cora)
    scoped.work()

    def work():
        with clock.at(datetime.now(UTC) + timedelta(days=22)):
            Worker(settings).run_once()

    together(work, work, work)

    assert scoped.way()[-1] == ("interest_call", "interest_not_met")
    assert [to for _, to in scoped.way()].count("interest_not_met") == 1


def test_one_person_who_answers_many_times_at_once_counts_once(scoped, acting, db, cora, members):
    scoped.open_call(cora)
    client = acting(members[0])
    path = f"/v1/proposals/{scoped.id}/expressions"

    answers = together(*(lambda: client.post(path, json={"role": "member"}) for _ in range(12)))

    assert {a.status_code for a in answers} == {201}
    assert scoped.calls(cora)[0]["progress"]["people"] == 1
