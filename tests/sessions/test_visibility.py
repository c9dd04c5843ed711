"""Who sees a session, who runs it, and who learns the way in."""

from itertools import product

import pytest
from sqlmodel import select

from api.communities.models import Visibility
from api.core.actor import Role, State
from api.core.clock import now
from api.memberships.models import Membership
from api.sessions import policy, queries
from api.sessions.models import Access, Part, SessionPart
from api.sessions.queries import S
from tests import make
from tests.make import sessions as made


@pytest.fixture
def network(db):
    return make.community(db, "Midlands")


@pytest.fixture
def umbrella(db, network):
    return make.community(db, "Children and young people", parent=network)


def somebody_of_each_kind(db, network, umbrella, community):
    """People with every standing that could make a difference to a session of the community."""
    people = [make.steward(db), make.person(db, "Stranger")]
    elsewhere = make.community(db, "Another network")
    make.member(db, elsewhere, lead := make.person(db, "Leads elsewhere"), Role.LEAD)
    people.append(lead)
    for place, role in product((network, umbrella, community), Role):
        person = make.person(db, f"{role} of {place.name}")
        make.member(db, place, person, role)
        people.append(person)
    for state in State:
        person = make.person(db, f"{state} in it")
        moment = now()
        ended = moment if state in (State.ENDED, State.REMOVED, State.DECLINED) else None
        db.add(
            Membership(
                community_id=community.id,
                person_id=person.id,
                role=Role.MEMBER,
                state=state,
                joined_at=moment,
                ended_at=ended,
                changed_at=moment,
            )
        )
        people.append(person)
    db.commit()
    return people


@pytest.mark.parametrize("visibility", Visibility)
def test_the_list_shows_exactly_what_the_rule_allows(db, network, umbrella, visibility):
    community = make.community(db, "Early help", parent=umbrella, visibility=visibility)
    people = somebody_of_each_kind(db, network, umbrella, community)
    sessions = {
        access: made.session(db, community, str(access), access=access) for access in Access
    }
    for part, session in product(Part, sessions.values()):
        helper = make.person(db, f"{part} of {session.title}")
        db.add(SessionPart(session_id=session.id, part=part, place=0, person_id=helper.id))
        people.append(helper)
    db.commit()

    for person in people:
        actor = make.actor(db, person)
        statement = select(S.id).select_from(queries.met_by(person.id))
        seen = set(db.execute(statement.where(queries.visible_to(actor))).scalars())
        run = set(
            db.execute(statement.where(queries.visible_to(actor), queries.run_by(actor))).scalars()
        )
        for access, session in sessions.items():
            meeting = met(db, actor, session)
            what = f"{person.name}, {visibility} community, {access} session"
            assert (session.id in seen) == policy.see(actor, meeting), what
            assert (session.id in run) == policy.run(actor, meeting), what
    db.commit()


def met(db, actor, session):
    row = db.execute(
        select(*queries.meeting_columns(actor.person_id))
        .select_from(queries.met_by(actor.person_id))
        .where(S.id == session.id)
    ).one()
    return queries.as_meeting(row, now())


def test_a_session_is_for_those_its_access_names(acting, db, network, umbrella):
    community = make.community(db, "Early help", parent=umbrella)
    member, neighbour, stranger = (make.person(db, n) for n in ("Asha", "Nia", "Stranger"))
    make.member(db, community, member)
    make.member(db, network, neighbour)
    sessions = {
        access: made.session(db, community, str(access), access=access) for access in Access
    }

    def seen_by(person):
        found = acting(person).get("/v1/sessions").json()["items"]
        for access, session in sessions.items():
            single = acting(person).get(f"/v1/sessions/{session.id}").status_code
            assert single == (200 if str(access) in {s["title"] for s in found} else 404)
        return {s["title"] for s in found}

    assert seen_by(member) == {"open", "network", "members"}
    assert seen_by(neighbour) == {"open", "network"}
    assert seen_by(stranger) == {"open"}


def test_the_sessions_of_a_confidential_community_do_not_exist_for_outsiders(acting, db, network):
    community = make.community(db, "Whistleblowers", parent=network, visibility="confidential")
    outsider = make.person(db, "Nia")
    make.member(db, network, outsider)
    session = made.session(db, community, access="open", named_ids=[outsider.id])
    missing = acting(outsider).get(f"/v1/sessions/{make.UNKNOWN}")

    refused = acting(outsider).get(f"/v1/sessions/{session.id}")

    assert refused.status_code == missing.status_code == 404
    assert {**refused.json(), "request_id": 0} == {**missing.json(), "request_id": 0}
    assert acting(outsider).get("/v1/sessions").json()["items"] == []
    for way in ("rsvps/me", "attendances/me"):
        body = {"answer": "yes"} if way == "rsvps/me" else {"status": "attended"}
        put = acting(outsider).put(f"/v1/sessions/{session.id}/{way}", json=body)
        assert put.status_code == 404
    for way in ("rsvps", "attendances", "materials", "check-in-code"):
        assert acting(outsider).get(f"/v1/sessions/{session.id}/{way}").status_code == 404
    listed = acting(outsider).get(f"/v1/attendances?session_id={session.id}")
    assert listed.status_code == 404
    assert acting(outsider).get(f"/v1/sessions?community_id={community.id}").status_code == 404


def test_a_partner_named_for_a_closed_session_sees_it_and_comes(acting, db, network):
    community = make.community(db, "Board", parent=network, visibility="private")
    partner, member = make.person(db, "Partner"), make.person(db, "Asha")
    make.member(db, community, member)
    session = made.session(db, community, access="closed", named_ids=[partner.id])

    assert acting(member).get(f"/v1/sessions/{session.id}").status_code == 404
    seen = acting(partner).get(f"/v1/sessions/{session.id}")
    assert seen.status_code == 200
    assert seen.json()["named"] == []
    came = acting(partner).put(f"/v1/sessions/{session.id}/rsvps/me", json={"answer": "yes"})
    assert came.json()["place"] == "confirmed"


def test_only_a_confirmed_place_shows_the_way_in(acting, db):
    lena, speaker = make.person(db, "Lena"), make.person(db, "Grace")
    community = make.community(db, lead=lena)
    asha, ben, carol = (make.person(db, n) for n in ("Asha", "Ben", "Carol"))
    for person in (asha, ben, carol):
        make.member(db, community, person)
    url = "https://meet.example.org/secret"
    session = made.session(
        db,
        community,
        access="open",
        joining_url=url,
        capacity=1,
        speakers=[{"person_id": speaker.id}],
    )
    acting(asha).put(f"/v1/sessions/{session.id}/rsvps/me", json={"answer": "yes"})
    acting(ben).put(f"/v1/sessions/{session.id}/rsvps/me", json={"answer": "yes"})

    def told(person):
        single = acting(person).get(f"/v1/sessions/{session.id}").json()
        listed = acting(person).get("/v1/sessions").json()["items"][0]
        assert single == listed
        assert ("see_joining_url" in single["can"]) == (single["joining_url"] is not None)
        return single["joining_url"]

    assert told(asha) == told(lena) == told(speaker) == url
    assert told(ben) is told(carol) is told(make.person(db, "Stranger")) is None


def test_a_member_who_is_removed_loses_sight_of_the_session_at_once(acting, db):
    lena, asha = make.person(db, "Lena"), make.person(db, "Asha")
    community = make.community(db, lead=lena)
    membership = make.member(db, community, asha)
    session = made.session(db, community, capacity=1, joining_url="https://meet.example.org/a")
    made.answer(db, session, asha)
    ben = make.person(db, "Ben")
    make.member(db, community, ben)
    made.answer(db, session, ben)

    lead = acting(lena)
    version = lead.get(f"/v1/memberships/{membership.id}").headers["etag"]
    gone = lead.delete(f"/v1/memberships/{membership.id}", headers={"If-Match": version})

    assert gone.status_code < 300, gone.text
    assert acting(asha).get(f"/v1/sessions/{session.id}").status_code == 404
    # The seat they leave behind is passed on in the same moment.
    assert acting(ben).get(f"/v1/sessions/{session.id}").json()["my_rsvp"]["place"] == "confirmed"
