"""Planning sessions, finding them again, and saying what became of them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from api.communities.models import Community
from api.core.actor import Role
from api.core.events import Outbox
from api.sessions.models import Session, SessionFact
from api.sessions.programme.closing import close
from tests import make
from tests.looking import look
from tests.make import sessions as made

NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW = NOW + timedelta(days=1)
LAST_WEEK = NOW - timedelta(days=7)


def plan(**more):
    """What somebody sends who plans a session for tomorrow."""
    starts_at = more.pop("starts_at", TOMORROW)
    ends_at = more.pop("ends_at", starts_at + timedelta(hours=1))
    return {
        "title": "Listening well",
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        **more,
    }


@pytest.fixture
def community(db, lena):
    return make.community(db, lead=lena, timezone="Europe/Paris")


@pytest.fixture
def change(acting, lena):
    """`change(session, title="…")` reads a session and changes it, as its lead."""

    def patch(session, **body):
        url = f"/v1/sessions/{session.id}"
        etag = acting(lena).get(url).headers["etag"]
        return acting(lena).patch(url, json=body, headers={"If-Match": etag})

    return patch


@pytest.fixture
def cancel(acting, lena):
    def delete(session, **query):
        url = f"/v1/sessions/{session.id}"
        etag = acting(lena).get(url).headers["etag"]
        return acting(lena).delete(url, params=query, headers={"If-Match": etag})

    return delete


def kinds(db):
    """The kinds of what happened to sessions, in order."""
    found = look(db, select(Outbox).order_by(col(Outbox.seq)))
    return [e.kind for e in found if e.kind.startswith("session.")]


def test_a_lead_plans_a_session_with_all_that_belongs_to_it(acting, db, lena, community):
    asha = make.person(db, "Asha")

    answer = acting(lena).post(
        f"/v1/communities/{community.id}/sessions",
        json=plan(
            mode="hybrid",
            capacity=25,
            online_capacity=100,
            joining_url="https://meet.example.org/listening",
            function_tags=["educate", "support", "educate"],
            agenda=[{"title": "Welcome", "minutes": 5}, {"title": "In pairs"}],
            facilitator_ids=[str(lena.id)],
            speakers=[{"person_id": str(asha.id)}, {"name": "Dr Grace Guest"}],
        ),
    )

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["status"] == "tentative"
    assert body["timezone"] == "Europe/Paris"
    assert (body["seats_left"], body["online_seats_left"]) == (25, 100)
    assert body["function_tags"] == ["educate", "support"]
    assert body["agenda"][1] == {"title": "In pairs", "minutes": None}
    assert body["facilitators"] == [{"person_id": str(lena.id), "name": "Lena"}]
    assert body["speakers"][0] == {"person_id": str(asha.id), "name": "Asha"}
    assert body["speakers"][1] == {"person_id": None, "name": "Dr Grace Guest"}
    assert body["joining_url"] == "https://meet.example.org/listening"
    assert {"edit", "cancel", "run"} <= set(body["can"])
    assert answer.headers["etag"].startswith('"1-')
    assert kinds(db) == ["session.scheduled"]


def test_the_list_says_the_same_as_the_single_read(acting, db, lena, community):
    session = made.session(db, community, capacity=1, facilitator_ids=[lena.id])
    made.answer(db, session, lena)

    listed = acting(lena).get("/v1/sessions").json()["items"][0]

    assert listed == acting(lena).get(f"/v1/sessions/{session.id}").json()
    assert listed["my_rsvp"]["place"] == "confirmed"


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COORDINATOR])
def test_facilitators_and_coordinators_plan_too_but_members_do_not(acting, db, community, role):
    helper, member = make.person(db, "Femi"), make.person(db, "Asha")
    make.member(db, community, helper, role)
    make.member(db, community, member)
    url = f"/v1/communities/{community.id}/sessions"

    assert acting(helper).post(url, json=plan()).status_code == 201
    refused = acting(member).post(url, json=plan())
    assert refused.status_code == 403
    assert "may plan its sessions" in refused.json()["detail"]


def test_history_is_added_as_held_by_those_who_lead(acting, db, lena, community):
    femi = make.person(db, "Femi")
    make.member(db, community, femi, Role.FACILITATOR)
    url = f"/v1/communities/{community.id}/sessions"
    past = plan(starts_at=LAST_WEEK, status="held", facilitator_ids=[str(femi.id)])

    added = acting(lena).post(url, json=past)
    by_facilitator = acting(femi).post(url, json=past)
    unclear = acting(lena).post(url, json=plan(starts_at=LAST_WEEK))
    ahead = acting(lena).post(url, json=plan(status="held"))

    assert added.status_code == 201, added.text
    assert (added.json()["status"], added.json()["follow_up"]) == ("held", "due")
    assert by_facilitator.status_code == 403
    assert unclear.status_code == ahead.status_code == 422
    assert unclear.json()["errors"][0]["at"] == "body/status"
    assert kinds(db) == ["session.scheduled", "session.held"]
    held = look(db, select(Outbox).where(Outbox.kind == "session.held"))[0].payload
    assert held["facilitator_ids"] == [str(femi.id)]


def test_a_session_of_1936_is_added_too(acting, lena, community):
    starts_at = datetime(1936, 3, 2, 12, tzinfo=UTC)
    past = plan(starts_at=starts_at, status="held")

    answer = acting(lena).post(f"/v1/communities/{community.id}/sessions", json=past)

    assert answer.json()["starts_at"] == "1936-03-02T12:00:00Z"


def test_a_session_goes_from_tentative_to_confirmed_to_held(acting, db, lena, community, change):
    session = made.under_way(db, community, status="tentative")

    early = change(session, status="held")
    confirmed = change(session, status="confirmed")
    again = change(session, status="confirmed")
    held = change(session, status="held")
    back = change(session, status="confirmed")

    assert early.status_code == back.status_code == 409
    assert early.json()["legal"] == ["confirmed", "cancelled"]
    assert back.json()["legal"] == []
    assert [a.json()["status"] for a in (confirmed, again, held)] == [
        "confirmed",
        "confirmed",
        "held",
    ]
    assert held.json()["follow_up"] == "due"


def test_nothing_was_held_before_it_starts(db, community, change):
    session = made.session(db, community)

    refused = change(session, status="held")

    assert refused.status_code == 409
    assert refused.json()["legal"] == ["cancelled"]


def test_a_cancelled_session_stays_in_the_programme_with_its_reason(
    acting, db, lena, community, change, cancel
):
    session = made.session(db, community)

    answer = cancel(session, reason="The speaker is ill")

    body = answer.json()
    assert (body["status"], body["cancelled_because"]) == ("cancelled", "The speaker is ill")
    assert acting(lena).get("/v1/sessions").json()["items"][0]["status"] == "cancelled"
    assert cancel(session).status_code == 409
    assert change(session, title="Something else").status_code == 409
    assert kinds(db)[-1] == "session.cancelled"


def test_what_people_came_to_is_not_cancelled(db, lena, community, cancel):
    session = made.under_way(db, community)
    made.came(db, session, lena)

    refused = cancel(session)

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/somebody-came"


def test_a_change_needs_the_version_it_was_made_from(acting, db, lena, community):
    session = made.session(db, community)
    url = f"/v1/sessions/{session.id}"
    etag = acting(lena).get(url).headers["etag"]
    acting(lena).patch(url, json={"title": "First"}, headers={"If-Match": etag})

    late = acting(lena).patch(url, json={"title": "Second"}, headers={"If-Match": etag})
    without = acting(lena).patch(url, json={"title": "Third"})

    assert (late.status_code, without.status_code) == (412, 428)
    assert acting(lena).delete(url).status_code == 428
    assert acting(lena).get(url).json()["title"] == "First"


def test_somebody_answering_does_not_refuse_an_edit(acting, db, lena, community):
    session = made.session(db, community, capacity=2)
    url = f"/v1/sessions/{session.id}"
    etag = acting(lena).get(url).headers["etag"]
    acting(lena).put(f"{url}/rsvps/me", json={"answer": "yes"})

    changed = acting(lena).patch(url, json={"title": "Better"}, headers={"If-Match": etag})

    assert changed.status_code == 200
    assert changed.json()["taken"] == 1


def test_each_change_is_told_by_its_name(db, community, lena, change):
    session = made.session(db, community)
    later = TOMORROW + timedelta(days=1)

    change(session, starts_at=later.isoformat(), ends_at=(later + timedelta(hours=2)).isoformat())
    changed = change(session, speakers=[{"name": "Grace Guest"}], agenda=[{"title": "Welcome"}])

    assert changed.json()["agenda"] == [{"title": "Welcome", "minutes": None}]
    assert kinds(db) == ["session.scheduled", "session.rescheduled", "session.changed"]


def test_what_is_on_record_about_the_past_is_corrected(db, community, lena, change):
    session = made.held(db, community)
    asha = make.person(db, "Asha")

    corrected = change(session, speakers=[{"person_id": str(asha.id)}])
    impossible = change(
        session,
        starts_at=TOMORROW.isoformat(),
        ends_at=(TOMORROW + timedelta(hours=1)).isoformat(),
    )

    assert corrected.status_code == 200, corrected.text
    assert impossible.status_code == 422
    told = look(db, select(Outbox).where(Outbox.kind == "session.corrected"))
    assert [e.payload["speaker_ids"] for e in told] == [[str(asha.id)]]


def test_what_was_known_when_is_kept(db, community, change, cancel):
    session = made.session(db, community, capacity=5)
    change(session, title="Only the title")
    change(session, capacity=10)
    cancel(session)

    facts = look(db, select(SessionFact).order_by(col(SessionFact.recorded_at)))

    assert [(f.capacity, f.status) for f in facts] == [
        (5, "confirmed"),
        (10, "confirmed"),
        (10, "cancelled"),
    ]
    assert [f.replaced_at for f in facts[:2]] == [f.recorded_at for f in facts[1:]]


def test_once_it_is_over_something_remains_to_be_done(db, lena, community, change):
    attended = made.session(db, community, "Attended", starts_in=timedelta(hours=-3))
    unclear = made.session(db, community, "Unclear", starts_in=timedelta(hours=-3))
    ahead = made.session(db, community, "Ahead")
    made.came(db, attended, lena)
    too_early = change(ahead, follow_up="done")

    close(db, {})
    db.commit()

    found = {s.title: (s.status, s.follow_up) for s in look(db, select(Session))}
    assert found == {
        "Attended": ("held", "due"),
        "Unclear": ("confirmed", "due"),
        "Ahead": ("confirmed", "not_due"),
    }
    assert too_early.status_code == 409
    assert change(unclear, follow_up="done").json()["follow_up"] == "done"
    assert change(unclear, follow_up="not_due").status_code == 422
    close(db, {})
    db.commit()
    assert change(unclear, title="Same").json()["follow_up"] == "done"


def listed(acting, person, **query):
    answer = acting(person).get("/v1/sessions", params=query)
    assert answer.status_code == 200, answer.text
    return [s["title"] for s in answer.json()["items"]]


def test_the_list_is_filtered_and_sorted(acting, db, lena, community):
    beneath = make.community(db, "Beneath", parent=community, lead=make.person(db, "Ben"))
    made.held(db, community, "Last week", kind="webinar")
    made.under_way(db, community, title="Now", mode="in_person")
    made.session(db, community, "Tomorrow")
    made.session(db, beneath, "Beneath", starts_in=timedelta(days=2))
    here = {"community_id": str(community.id)}

    assert listed(acting, lena) == ["Beneath", "Tomorrow", "Now", "Last week"]
    assert listed(acting, lena, **here) == ["Tomorrow", "Now", "Last week"]
    assert listed(acting, lena, **here, include="descendants")[0] == "Beneath"
    # What is under way has not passed yet.
    assert listed(acting, lena, **here, **{"from": NOW.isoformat()}) == ["Now", "Tomorrow"]
    assert listed(acting, lena, to=(NOW - timedelta(days=1)).date()) == ["Last week"]
    assert listed(acting, lena, sort="soonest")[0] == "Last week"
    assert listed(acting, lena, kind="webinar") == ["Last week"]
    assert listed(acting, lena, status="held") == ["Last week"]
    assert listed(acting, lena, mode="in_person") == ["Now"]
    assert listed(acting, lena, changed_since=TOMORROW.isoformat()) == []


def test_a_day_begins_at_midnight_where_the_community_is(acting, db, lena):
    auckland = make.community(db, "Auckland", lead=lena, timezone="Pacific/Auckland")
    # Eight in the morning of the 5th there is still the evening of the 4th in London.
    starts_at = datetime(2026, 3, 4, 19, tzinfo=UTC)
    made.session(db, auckland, "Morning", status="held", starts_in=starts_at - datetime.now(UTC))

    days = {"from": "2026-03-05", "to": "2026-03-06"}
    assert listed(acting, lena, community_id=str(auckland.id), **days) == ["Morning"]
    assert listed(acting, lena, **days) == []


def test_mine_are_those_of_my_communities_and_those_i_have_to_do_with(acting, db, lena, community):
    asha = make.person(db, "Asha")
    make.member(db, community, asha)
    elsewhere = make.community(db, "Elsewhere")
    made.session(db, community, "Of my community")
    made.session(db, elsewhere, "Not mine", access="open")
    coming = made.session(db, elsewhere, "I come", access="open")
    made.session(db, elsewhere, "I speak", access="open", speakers=[{"person_id": asha.id}])
    acting(asha).put(f"/v1/sessions/{coming.id}/rsvps/me", json={"answer": "maybe"})

    assert set(listed(acting, asha, mine=True)) == {"Of my community", "I come", "I speak"}
    assert "Not mine" in listed(acting, asha)


def test_the_programme_goes_on_from_page_to_page(acting, db, lena, community):
    for n in range(5):
        made.session(db, community, f"Session {n}", starts_in=timedelta(days=n + 1))
    client, titles, cursor = acting(lena), [], None

    while True:
        query = {"limit": 2, "sort": "soonest"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/sessions", params=query).json()
        titles += [s["title"] for s in page["items"]]
        if not (cursor := page["next"]):
            break

    assert titles == [f"Session {n}" for n in range(5)]


def test_an_archived_community_keeps_its_programme_but_plans_nothing(
    acting, db, lena, community, change
):
    session = made.session(db, community)
    assert acting(lena).post(f"/v1/communities/{community.id}/archive", json={}).status_code == 200

    refused = acting(lena).post(f"/v1/communities/{community.id}/sessions", json=plan())

    assert refused.status_code == change(session, title="Other").status_code == 409
    read = acting(lena).get(f"/v1/sessions/{session.id}").json()
    assert not {"edit", "cancel", "answer", "hold"} & set(read["can"])
    assert look(db, select(Community.status).where(Community.id == community.id)) == ["archived"]
