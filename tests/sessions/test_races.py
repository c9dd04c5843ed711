"""Many people at the same moment: the last seat is given once, and nobody jumps the queue.

The application has a few threads and as many connections, so requests from many clients meet in
the database. On PostgreSQL the time between looking and writing is stretched, so that they do.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from api.sessions.models import Attendance, Place, Rsvp, Session
from tests import make
from tests.looking import count, look
from tests.make import sessions as made

CLIENTS = 16


@pytest.fixture(autouse=True)
def contract_read(acting, lena):
    """The contract is written once and shared; sixteen threads would each begin to write it."""
    acting(lena).get("/v1/sessions")


@pytest.fixture
def stretched(app, on_postgresql):
    """Lets every request that is about to take a seat or a number pause before it does."""

    def pause(_conn, _cursor, statement, *_more):
        if on_postgresql and statement.startswith("UPDATE sessions"):
            time.sleep(0.003)

    event.listen(app.state.engine, "before_cursor_execute", pause)
    yield
    event.remove(app.state.engine, "before_cursor_execute", pause)


def crowd(db, community, size):
    people = [make.person(db, f"Person {n:03}") for n in range(size)]
    for person in people:
        make.member(db, community, person)
    return people


def at_once(*tasks):
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [f.result() for f in [pool.submit(task) for task in tasks]]


def test_a_crowd_gets_exactly_the_seats_there_are_and_waits_in_order(
    app, acting, db, community, stretched
):
    session = made.session(db, community, capacity=10)
    people = crowd(db, community, 120)
    clients = [acting(person) for person in people]
    url = f"/v1/sessions/{session.id}/rsvps/me"

    answers = at_once(*(lambda c=c: c.put(url, json={"answer": "yes"}) for c in clients))

    assert Counter(a.status_code for a in answers) == {200: 120}
    assert Counter(a.json()["place"] for a in answers) == {"confirmed": 10, "waitlisted": 110}
    stored = look(db, select(Session))[0]
    assert (stored.taken, stored.queue) == (10, 110)
    waiting = look(db, select(Rsvp).where(Rsvp.place == Place.WAITLISTED).order_by(col(Rsvp.queue)))
    assert [r.queue for r in waiting] == list(range(1, 111))
    # What each of them was told is where they stand.
    told = {a.json()["person_id"]: a.json()["position"] for a in answers if a.json()["position"]}
    assert told == {str(r.person_id): r.queue for r in waiting}


def test_seats_change_hands_without_one_too_many_or_one_left_empty(
    acting, db, community, stretched
):
    session = made.session(db, community, capacity=5)
    people = crowd(db, community, 40)
    for person in people[:20]:
        made.answer(db, session, person)
    url = f"/v1/sessions/{session.id}/rsvps/me"
    leaving = [(acting(p), "no") for p in people[:10]]
    coming = [(acting(p), "yes") for p in people[20:]]
    mixed = [pair for pairs in zip(leaving, coming[:10], strict=True) for pair in pairs]

    answers = at_once(
        *(lambda c=c, a=a: c.put(url, json={"answer": a}) for c, a in [*mixed, *coming[10:]])
    )

    assert Counter(a.status_code for a in answers) == {200: 30}
    current = look(db, select(Rsvp).where(col(Rsvp.replaced_at).is_(None)))
    seated = {r.person_id for r in current if r.place is Place.CONFIRMED}
    assert look(db, select(Session))[0].taken == 5
    # The first five and the next five left, so those who waited longest sit now, strictly.
    assert seated == {p.id for p in people[10:15]}
    waiting = sorted((r for r in current if r.place is Place.WAITLISTED), key=lambda r: r.queue)
    assert [r.person_id for r in waiting[:5]] == [p.id for p in people[15:20]]


def test_the_last_seat_in_a_session_that_empties_and_fills_is_never_forgotten(
    acting, db, community, stretched
):
    session = made.session(db, community, capacity=1)
    first, *others = crowd(db, community, 13)
    url = f"/v1/sessions/{session.id}/rsvps/me"
    for other in others:
        made.answer(db, session, first)
        tasks = [(acting(first), "no"), (acting(other), "yes")]
        at_once(*(lambda c=c, a=a: c.put(url, json={"answer": a}) for c, a in tasks))

        # Whoever came first, the one seat is theirs and nobody waits before an empty chair.
        assert acting(other).get(url).json()["place"] == "confirmed"
        acting(other).put(url, json={"answer": "no"})


def test_one_person_in_many_windows_has_one_answer(acting, db, community, stretched):
    session = made.session(db, community, capacity=5)
    asha = crowd(db, community, 1)[0]
    clients = [acting(asha) for _ in range(CLIENTS)]
    url = f"/v1/sessions/{session.id}/rsvps/me"

    answers = at_once(*(lambda c=c: c.put(url, json={"answer": "yes"}) for c in clients))

    assert {a.status_code for a in answers} == {200}
    assert count(db, Rsvp) == 1
    assert look(db, select(Session))[0].taken == 1


def test_more_seats_and_new_answers_at_once_leave_no_seat_empty(
    acting, db, lena, community, stretched
):
    session = made.session(db, community, capacity=2)
    people = crowd(db, community, 20)
    lead, clients = acting(lena), [acting(person) for person in people]
    etag = lead.get(f"/v1/sessions/{session.id}").headers["etag"]
    url = f"/v1/sessions/{session.id}"

    def raise_it():
        time.sleep(0.02)
        return lead.patch(url, json={"capacity": 8}, headers={"If-Match": etag})

    def answer(client):
        return client.put(f"{url}/rsvps/me", json={"answer": "yes"})

    answers = at_once(raise_it, *(lambda c=c: answer(c) for c in clients))

    assert Counter(a.status_code for a in answers) == {200: 21}
    read = lead.get(url).json()
    assert (read["taken"], read["waiting"]) == (8, 12)


def test_two_facilitators_record_the_same_person_once(acting, db, lena, community):
    asha = crowd(db, community, 1)[0]
    session = made.under_way(db, community)
    clients = [acting(lena) for _ in range(8)]
    url = f"/v1/sessions/{session.id}/attendances/{asha.id}"

    answers = at_once(
        *(
            lambda c=c, n=n: c.put(url, json={"status": "attended", "minutes": n % 2})
            for n, c in enumerate(clients)
        )
    )

    assert {a.status_code for a in answers} <= {200, 409}
    current = look(db, select(Attendance).where(col(Attendance.replaced_at).is_(None)))
    assert len(current) == 1


def test_only_one_of_two_who_move_a_session_on_succeeds(acting, db, lena, community):
    session = made.session(db, community, status="tentative")
    lead, url = acting(lena), f"/v1/sessions/{session.id}"
    etag = lead.get(url).headers["etag"]
    barrier = threading.Barrier(2)

    def change(body):
        barrier.wait()
        return acting(lena).patch(url, json=body, headers={"If-Match": etag})

    answers = at_once(
        lambda: change({"status": "confirmed"}), lambda: change({"status": "cancelled"})
    )

    assert sorted(a.status_code for a in answers) == [200, 412]
