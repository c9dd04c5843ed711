"""Saying whether one will come: seats, the waiting list, and how a seat is passed on."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col

from api.core.audit import AuditEntry
from api.core.events import Outbox
from api.sessions.models import Answer, Rsvp, Session, SessionPart
from tests import make
from tests.looking import count, look
from tests.make import sessions as made


@pytest.fixture
def members(db, community):
    """Six members, in the order in which they will answer."""
    people = [make.person(db, n) for n in ("Asha", "Ben", "Carol", "Dev", "Efua", "Femi")]
    for person in people:
        make.member(db, community, person)
    return people


@pytest.fixture
def says(acting):
    """`says(asha, session, "yes")` answers as Asha."""

    def say(person, session, answer, **more):
        url = f"/v1/sessions/{session.id}/rsvps/me"
        return acting(person).put(url, json={"answer": answer, **more})

    return say


def places(acting, person, session):
    """Every current answer as (name, place, position), as those who run it read them."""
    found = acting(person).get(f"/v1/sessions/{session.id}/rsvps?limit=100").json()["items"]
    return [(r["name"], r["place"], r["position"]) for r in found]


def test_a_yes_takes_a_seat_and_the_next_ones_wait_in_order(
    acting, db, lena, community, members, says
):
    session = made.session(db, community, capacity=2)

    answers = [says(person, session, "yes").json() for person in members[:4]]

    assert [(a["place"], a["position"]) for a in answers] == [
        ("confirmed", None),
        ("confirmed", None),
        ("waitlisted", 1),
        ("waitlisted", 2),
    ]
    assert answers[0]["person_id"] == str(members[0].id)
    assert answers[0]["session_id"] == str(session.id)
    read = acting(lena).get(f"/v1/sessions/{session.id}").json()
    assert (read["taken"], read["seats_left"], read["waiting"]) == (2, 0, 2)
    assert places(acting, lena, session) == [
        ("Asha", "confirmed", None),
        ("Ben", "confirmed", None),
        ("Carol", "waitlisted", 1),
        ("Dev", "waitlisted", 2),
    ]


@pytest.mark.parametrize("instead", ["no", "maybe"])
def test_a_seat_given_back_goes_to_whoever_waits_longest(
    acting, db, lena, community, members, says, instead
):
    session = made.session(db, community, capacity=1)
    for person in members[:3]:
        says(person, session, "yes")

    says(members[0], session, instead)

    assert places(acting, lena, session) == [
        ("Asha", "none", None),
        ("Ben", "confirmed", None),
        ("Carol", "waitlisted", 1),
    ]
    # Whoever comes back stands at the end.
    assert says(members[0], session, "yes").json()["position"] == 2
    events = look(db, Outbox.__table__.select().where(col(Outbox.kind) == "rsvp.promoted"))
    assert [e.payload["person_id"] for e in events] == [str(members[1].id)]


def test_saying_the_same_again_changes_nothing(db, community, members, says):
    session = made.session(db, community, capacity=1)
    first = [says(person, session, "yes").json() for person in members[:2]]
    before = count(db, Rsvp), count(db, Outbox), count(db, AuditEntry)

    again = [says(person, session, "yes").json() for person in members[:2]]

    assert again == first
    assert (count(db, Rsvp), count(db, Outbox), count(db, AuditEntry)) == before


def test_more_seats_let_people_in_in_their_order(acting, db, lena, community, members, says):
    session = made.session(db, community, capacity=1)
    for person in members[:5]:
        says(person, session, "yes")
    lead = acting(lena)
    etag = lead.get(f"/v1/sessions/{session.id}").headers["etag"]

    raised = lead.patch(
        f"/v1/sessions/{session.id}", json={"capacity": 3}, headers={"If-Match": etag}
    )

    assert raised.status_code == 200, raised.text
    assert (raised.json()["taken"], raised.json()["waiting"]) == (3, 2)
    assert places(acting, lena, session)[:4] == [
        ("Asha", "confirmed", None),
        ("Ben", "confirmed", None),
        ("Carol", "confirmed", None),
        ("Dev", "waitlisted", 1),
    ]
    without_limit = lead.patch(
        f"/v1/sessions/{session.id}",
        json={"capacity": None},
        headers={"If-Match": raised.headers["etag"]},
    )
    assert without_limit.json()["waiting"] == 0


def test_fewer_seats_than_are_taken_are_refused(acting, db, lena, community, members, says):
    session = made.session(db, community, capacity=3)
    for person in members[:3]:
        says(person, session, "yes")
    lead = acting(lena)
    etag = lead.get(f"/v1/sessions/{session.id}").headers["etag"]

    refused = lead.patch(
        f"/v1/sessions/{session.id}", json={"capacity": 2}, headers={"If-Match": etag}
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/capacity"


def test_a_hybrid_session_counts_the_room_and_the_seats_online_apart(
    acting, db, lena, community, members, says
):
    session = made.session(db, community, mode="hybrid", capacity=1, online_capacity=1)
    asha, ben, carol, dev, *_ = members

    assert says(asha, session, "yes").json()["mode"] == "in_person"
    assert says(ben, session, "yes", mode="online").json()["place"] == "confirmed"
    assert says(carol, session, "yes", mode="online").json()["position"] == 1
    assert says(dev, session, "yes", mode="in_person").json()["position"] == 1

    # Each list waits for its own seats.
    says(ben, session, "no")
    assert {n: p for n, p, _ in places(acting, lena, session)} == {
        "Asha": "confirmed",
        "Ben": "none",
        "Carol": "confirmed",
        "Dev": "waitlisted",
    }


def test_changing_from_the_room_to_online_frees_a_seat_in_the_room(
    acting, db, lena, community, members, says
):
    session = made.session(db, community, mode="hybrid", capacity=1)
    asha, ben, *_ = members
    says(asha, session, "yes")
    says(ben, session, "yes")

    moved = says(asha, session, "yes", mode="online")

    assert (moved.json()["place"], moved.json()["mode"]) == ("confirmed", "online")
    read = acting(ben).get(f"/v1/sessions/{session.id}").json()
    assert read["my_rsvp"] == {
        "answer": "yes",
        "mode": "in_person",
        "place": "confirmed",
        "position": None,
    }
    assert (read["taken"], read["online_taken"]) == (1, 1)


def test_nobody_loses_a_seat_by_asking_for_one_of_the_other_kind(db, community, members, says):
    session = made.session(db, community, mode="hybrid", capacity=1, online_capacity=1)
    asha, ben, *_ = members
    says(asha, session, "yes")
    says(ben, session, "yes", mode="online")

    refused = says(ben, session, "yes", mode="in_person")

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/place-kept"
    assert look(db, Session.__table__.select())[0].online_taken == 1


def test_a_session_that_moves_online_takes_everybody_along(
    acting, db, lena, community, members, says
):
    session = made.session(db, community, mode="hybrid", capacity=1, online_capacity=3)
    asha, ben, carol, *_ = members
    says(asha, session, "yes")
    says(ben, session, "yes")
    says(carol, session, "yes", mode="online")
    lead = acting(lena)
    etag = lead.get(f"/v1/sessions/{session.id}").headers["etag"]

    moved = lead.patch(
        f"/v1/sessions/{session.id}", json={"mode": "online"}, headers={"If-Match": etag}
    )

    body = moved.json()
    assert (body["capacity"], body["online_capacity"]) == (3, None)
    assert (body["taken"], body["online_taken"], body["waiting"]) == (3, 0, 0)
    listed = lead.get(f"/v1/sessions/{session.id}/rsvps").json()["items"]
    assert {r["mode"] for r in listed} == {"online"}


def test_a_mode_that_a_session_does_not_have_is_refused(db, community, members, says):
    session = made.session(db, community, mode="in_person")

    refused = says(members[0], session, "yes", mode="online")

    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {"at": "body/mode", "detail": "this session is in person only"}
    ]


def test_those_who_run_it_answer_for_others_but_not_for_people_it_is_not_for(
    acting, db, lena, community, members
):
    session = made.session(db, community)
    stranger = make.person(db, "Stranger")
    url = f"/v1/sessions/{session.id}/rsvps"

    for_asha = acting(lena).put(f"{url}/{members[0].id}", json={"answer": "yes"})
    for_stranger = acting(lena).put(f"{url}/{stranger.id}", json={"answer": "yes"})
    for_nobody = acting(lena).put(f"{url}/{make.UNKNOWN}", json={"answer": "yes"})
    by_asha = acting(members[0]).put(f"{url}/{members[1].id}", json={"answer": "yes"})

    assert for_asha.json()["place"] == "confirmed"
    assert for_stranger.status_code == 409
    assert for_nobody.status_code == 404
    assert by_asha.status_code == 403
    assert by_asha.json()["detail"].startswith("Only those who run")


def test_members_see_who_comes_and_strangers_see_nobody(acting, db, lena, community, members, says):
    session = made.session(db, community, capacity=1, access="open")
    says(members[0], session, "yes")
    says(members[1], session, "yes")
    says(members[2], session, "no")

    assert [n for n, *_ in places(acting, members[3], session)] == ["Asha"]
    assert len(places(acting, lena, session)) == 3
    stranger = make.person(db, "Stranger")
    assert acting(stranger).get(f"/v1/sessions/{session.id}/rsvps").status_code == 403
    waiting = acting(lena).get(f"/v1/sessions/{session.id}/rsvps?place=waitlisted").json()
    assert [r["name"] for r in waiting["items"]] == ["Ben"]


def test_an_answer_is_read_by_whom_it_concerns(acting, db, lena, community, members, says):
    session = made.session(db, community)
    says(members[0], session, "maybe")
    url = f"/v1/sessions/{session.id}/rsvps"

    assert acting(members[0]).get(f"{url}/me").json()["answer"] == "maybe"
    assert acting(lena).get(f"{url}/{members[0].id}").json()["answer"] == "maybe"
    assert acting(members[1]).get(f"{url}/{members[0].id}").status_code == 403
    assert acting(members[1]).get(f"{url}/me").status_code == 404


def test_the_waiting_list_goes_on_from_page_to_page(acting, db, lena, community, members, says):
    session = made.session(db, community, capacity=1)
    for person in members:
        says(person, session, "yes")
    lead, url, names = acting(lena), f"/v1/sessions/{session.id}/rsvps?limit=2", []
    page = lead.get(url).json()

    while True:
        names += [r["name"] for r in page["items"]]
        if not page["next"]:
            break
        page = lead.get(url, params={"limit": 2, "cursor": page["next"]}).json()

    assert names == ["Asha", "Ben", "Carol", "Dev", "Efua", "Femi"]


@pytest.mark.parametrize(
    ("starts_in", "status"), [(timedelta(days=-3), "confirmed"), (timedelta(days=-7), "held")]
)
def test_what_is_over_is_not_answered_any_more(db, community, members, says, starts_in, status):
    session = made.session(db, community, starts_in=starts_in, status=status)

    refused = says(members[0], session, "yes")

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/answers-closed"


def test_what_is_cancelled_or_archived_is_not_answered(acting, db, lena, community, members, says):
    cancelled, other = made.session(db, community), made.session(db, community, "Other")
    lead = acting(lena)
    etag = lead.get(f"/v1/sessions/{cancelled.id}").headers["etag"]
    lead.delete(f"/v1/sessions/{cancelled.id}", headers={"If-Match": etag})
    assert says(members[0], cancelled, "yes").json()["type"] == "/problems/answers-closed"

    assert lead.post(f"/v1/communities/{community.id}/archive", json={}).status_code == 200
    assert says(members[0], other, "yes").json()["type"] == "/problems/archived"


def test_a_session_under_way_still_takes_answers(db, community, members, says):
    session = made.under_way(db, community)

    assert says(members[0], session, "yes").json()["place"] == "confirmed"


def test_whoever_is_disabled_or_pauses_passes_their_seat_on(acting, db, community, members, says):
    session = made.session(db, community, capacity=1)
    asha, ben, carol, *_ = members
    for person in (asha, ben, carol):
        says(person, session, "yes")

    steward = acting(make.steward(db))
    etag = steward.get(f"/v1/people/{asha.id}").headers["etag"]
    gone = steward.delete(f"/v1/people/{asha.id}", headers={"If-Match": etag})
    assert gone.status_code < 300, gone.text
    assert acting(ben).get(f"/v1/sessions/{session.id}/rsvps/me").json()["place"] == "confirmed"

    mine = acting(ben).get("/v1/me/memberships").json()["items"][0]["id"]
    etag = acting(ben).get(f"/v1/memberships/{mine}").headers["etag"]
    paused = acting(ben).patch(
        f"/v1/memberships/{mine}", json={"state": "paused"}, headers={"If-Match": etag}
    )
    assert paused.status_code == 200, paused.text
    assert acting(carol).get(f"/v1/sessions/{session.id}/rsvps/me").json()["place"] == "confirmed"


def test_a_session_that_is_closed_keeps_only_those_it_is_for(
    acting, db, lena, community, members, says
):
    session = made.session(db, community, capacity=1)
    asha, ben, *_ = members
    says(asha, session, "yes")
    says(ben, session, "yes")
    lead = acting(lena)
    etag = lead.get(f"/v1/sessions/{session.id}").headers["etag"]

    closed = lead.patch(
        f"/v1/sessions/{session.id}",
        json={"access": "closed", "named_ids": [str(ben.id)]},
        headers={"If-Match": etag},
    )

    assert closed.status_code == 200, closed.text
    assert closed.json()["named"] == [{"person_id": str(ben.id), "name": "Ben"}]
    assert count(db, SessionPart) == 1
    assert acting(asha).get(f"/v1/sessions/{session.id}").status_code == 404
    assert acting(ben).get(f"/v1/sessions/{session.id}/rsvps/me").json()["place"] == "confirmed"


def test_a_change_of_mind_is_kept_with_its_time(db, community, members, says):
    session = made.session(db, community)
    says(members[0], session, "yes")
    says(members[0], session, "no")

    rows = look(db, Rsvp.__table__.select().order_by(col(Rsvp.recorded_at)))

    assert [r.answer for r in rows] == [Answer.YES, Answer.NO]
    assert rows[0].replaced_at == rows[1].recorded_at
    assert rows[1].replaced_at is None


def test_an_answer_costs_few_statements(app, acting, db, community, members):
    session = made.session(db, community, capacity=1)
    url = f"/v1/sessions/{session.id}/rsvps/me"
    clients = [acting(person) for person in members[:3]]
    statements: list[str] = []

    def note(_conn, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):  # on PostgreSQL the driver says it unheard
            statements.append(statement)

    def cost(client, answer):
        statements.clear()
        assert client.put(url, json={"answer": answer}).status_code == 200
        return len(statements)

    event.listen(app.state.engine, "before_cursor_execute", note)
    # The door, the session; a seat, the answer, what others hear of it and the record of it.
    assert cost(clients[0], "yes") <= 6
    # Waiting needs a number instead of a seat, and where one stands.
    assert cost(clients[1], "yes") <= 7
    assert cost(clients[2], "maybe") <= 5
    # Nothing to say costs the look alone.
    assert cost(clients[0], "yes") <= 2
    event.remove(app.state.engine, "before_cursor_execute", note)


def test_a_community_that_hides_keeps_only_its_own(acting, db, lena, community, members, says):
    session = made.session(db, community, access="open", capacity=1)
    stranger = make.person(db, "Stranger")
    says(stranger, session, "yes")
    says(members[0], session, "yes")
    lead, url = acting(lena), f"/v1/communities/{community.id}"
    etag = lead.get(url).headers["etag"]

    hidden = lead.patch(url, json={"visibility": "confidential"}, headers={"If-Match": etag})

    assert hidden.status_code == 200, hidden.text
    assert acting(stranger).get(f"/v1/sessions/{session.id}").status_code == 404
    assert places(acting, lena, session) == [
        ("Stranger", "none", None),
        ("Asha", "confirmed", None),
    ]


def test_a_community_that_moves_leaves_the_old_network_behind(acting, db, says):
    old, new = make.community(db, "Old network"), make.community(db, "New network")
    moving = make.community(db, "Moving", parent=old)
    session = made.session(db, moving, access="network", capacity=1)
    neighbour, member = make.person(db, "Nia"), make.person(db, "Asha")
    make.member(db, old, neighbour)
    make.member(db, moving, member)
    says(neighbour, session, "yes")
    says(member, session, "yes")
    steward, url = acting(make.steward(db)), f"/v1/communities/{moving.id}"
    etag = steward.get(url).headers["etag"]

    moved = steward.patch(url, json={"parent_id": str(new.id)}, headers={"If-Match": etag})

    assert moved.status_code == 200, moved.text
    assert acting(neighbour).get(f"/v1/sessions/{session.id}").status_code == 404
    assert acting(member).get(f"/v1/sessions/{session.id}/rsvps/me").json()["place"] == "confirmed"
