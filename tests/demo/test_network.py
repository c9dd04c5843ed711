"""The demo network as its visitors find it."""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from api.communities.models import Community, CommunityKind, CommunityStatus, JoinPolicy, Visibility
from api.core.actor import State
from api.core.clock import now
from api.core.db import Database
from api.core.events import Outbox
from api.core.settings import Settings
from api.demo.build import present
from api.engagement.catalogue import CATALOGUE
from api.engagement.models import Activity
from api.identity.models import Organisation, Person
from api.memberships.models import Membership, Spell
from api.sessions.models import (
    PRESENT,
    Attendance,
    AttendanceStatus,
    Place,
    Rsvp,
    Session,
    SessionStatus,
)
from tests.demo.conftest import Visit, named, unwatched

ROOT = "Middle Shires Wellbeing Network"
ABOUT_IDEAS = {"proposal_funnel", "duplicate_avoidance", "programme_adherence"}


def count(db: Database, table: type[SQLModel], *where: Any) -> int:
    return db.exec(select(func.count()).select_from(table).where(*where)).one()


def test_communities_are_of_every_kind_there_is(look: Database) -> None:
    communities = look.exec(select(Community)).all()

    leaves = [c for c in communities if c.member_count > 5]
    assert len(communities) == 18  # with one that was launched, and one that forms
    assert len(leaves) == 13
    assert {c.visibility for c in communities} == set(Visibility)
    assert {c.join_policy for c in communities} == set(JoinPolicy)
    assert [c.name for c in communities if c.status is CommunityStatus.ARCHIVED] == [
        "Working from home and well"
    ]
    assert Counter(c.kind for c in communities)[CommunityKind.WORKING_GROUP] == 1
    assert max(c.depth for c in communities) == 4


def test_three_hundred_people_work_for_twenty_five_organisations(look: Database) -> None:
    people = look.exec(select(Person)).all()

    assert len(people) == 300
    assert len({p.organisation_id for p in people}) == 25
    assert count(look, Organisation) == 28  # with those the network hopes for
    assert all(p.email and p.email.endswith(".example.org") for p in people)
    assert all(p.organisation_id and p.team for p in people)
    assert not any(p.password_hash or p.steward for p in people)


def test_nine_months_hold_as_much_as_they_should(look: Database) -> None:
    held = count(look, Session, Session.status == SessionStatus.HELD)
    present_ = count(
        look, Attendance, col(Attendance.status).in_(PRESENT), col(Attendance.replaced_at).is_(None)
    )

    assert 100 <= held <= 160
    assert 8 <= present_ / held <= 16
    assert count(look, Session, Session.status == SessionStatus.CANCELLED) >= 1
    assert count(look, Session, col(Session.starts_at) > now()) >= 15
    assert {state for (state,) in look.execute(select(Membership.state).distinct())} >= {
        State.ACTIVE,
        State.PAUSED,
        State.ENDED,
        State.INVITED,
        State.REQUESTED,
        State.WAITLISTED,
        State.DECLINED,
    }


def test_registers_know_who_came_who_did_not_and_what_was_put_right(look: Database) -> None:
    statuses = Counter(look.exec(select(Attendance.status)).all())

    assert min(statuses[status] for status in AttendanceStatus) > 20
    assert count(look, Attendance, col(Attendance.replaced_at).is_not(None)) > 0
    assert count(look, Attendance, Attendance.source == "self") > 0
    assert count(look, Rsvp, Rsvp.place == Place.WAITLISTED, col(Rsvp.replaced_at).is_(None)) > 0


def test_august_is_quiet(look: Database) -> None:
    came = look.execute(
        select(Session.starts_at, func.count())
        .join(Attendance, col(Attendance.session_id) == col(Session.id))
        .where(col(Attendance.status).in_(PRESENT), col(Attendance.replaced_at).is_(None))
        .group_by(col(Session.id), col(Session.starts_at))
    ).all()
    august = [n for at, n in came if at.month == 8]
    autumn = [n for at, n in came if at.month in (9, 10)]

    if august and autumn:  # nine months do not always hold both
        assert sum(august) / len(august) < sum(autumn) / len(autumn)


def test_every_count_of_members_is_right(look: Database) -> None:
    for community in look.exec(select(Community)):
        here = Membership.community_id == community.id
        spells = Spell.community_id == community.id
        lasting = (col(Spell.ended_at).is_(None), col(Spell.replaced_at).is_(None))

        assert community.member_count == count(look, Membership, here, Membership.state == "active")
        assert community.member_count == count(look, Spell, spells, *lasting)


def test_every_count_of_seats_is_right(look: Database) -> None:
    for session in look.exec(select(Session)):
        seated = count(
            look,
            Rsvp,
            Rsvp.session_id == session.id,
            Rsvp.place == Place.CONFIRMED,
            col(Rsvp.replaced_at).is_(None),
        )

        assert session.taken + session.online_taken == seated


def test_nothing_was_recorded_before_it_happened_or_lies_ahead(look: Database) -> None:
    doors_open = timedelta(minutes=30)
    told = look.execute(select(Activity.occurred_at, Activity.recorded_at))
    assert all(occurred_at <= recorded_at + doors_open for occurred_at, recorded_at in told)
    for table in (Activity, Attendance, Rsvp, Spell):
        latest = look.exec(select(func.max(table.recorded_at))).one()
        assert now() - timedelta(days=4) < latest < now()


def test_whoever_attended_did_something_that_counts(look: Database) -> None:
    came = count(
        look, Attendance, col(Attendance.status).in_(PRESENT), col(Attendance.replaced_at).is_(None)
    )

    attended = Activity.verb == "session.attended"
    assert count(look, Activity, attended, col(Activity.retracted_at).is_(None)) == came


def test_no_event_of_the_past_waits_to_be_told(look: Database) -> None:
    assert count(look, Outbox) > 3000
    assert count(look, Outbox, col(Outbox.delivered_at).is_(None)) == 0


def test_every_metric_has_something_to_say(visit: Visit, look: Database) -> None:
    root, trauma = named(look, ROOT), named(look, "Trauma-informed care")

    network = visit("coordinator").get(f"/v1/communities/{root.id}/metrics?include=descendants")
    community = visit("lead").get(f"/v1/communities/{trauma.id}/metrics")

    # Ideas are for the network to hear, and an old community has no plan of its own.
    for answer, silent in ((network, set()), (community, ABOUT_IDEAS)):
        values = {item["metric_id"]: item for item in answer.json()["items"]}
        assert values.keys() == CATALOGUE.keys()
        assert {m for m, value in values.items() if value["status"] != "ok"} == silent
    mix = next(i for i in community.json()["items"] if i["metric_id"] == "participation_mix")
    shares = {part["key"]: part["value"] for part in mix["parts"]}
    assert 3 < shares["core"] < 30
    assert 10 < shares["active"] < 45
    fill = next(i for i in network.json()["items"] if i["metric_id"] == "fill_rate")
    assert [part["value"] for part in fill["parts"] if part["key"] == "overfull"] == [0]


def test_the_past_was_known_as_it_came_to_be(visit: Visit, look: Database) -> None:
    root = named(look, ROOT)
    at = f"/v1/communities/{root.id}/metrics?include=descendants&ids=members"

    then = visit("coordinator").get(f"{at}&as_of={(now() - timedelta(days=180)).date()}")
    today = visit("coordinator").get(at)

    assert 100 < then.json()["items"][0]["value"] < today.json()["items"][0]["value"]


def test_the_member_has_a_session_in_the_next_days_with_a_place(visit: Visit) -> None:
    until = (now() + timedelta(days=4)).date()

    coming = visit("member").get(f"/v1/sessions?mine=true&from={now().date()}&to={until}")

    sessions = [s for s in coming.json()["items"] if s["my_rsvp"]]
    assert sessions
    assert sessions[0]["my_rsvp"]["answer"] == "yes"
    assert sessions[0]["taken"] + sessions[0]["online_taken"] >= 3


def test_the_lead_finds_people_who_wait_for_an_answer(visit: Visit, look: Database) -> None:
    asked = look.exec(
        select(Community)
        .join(Membership, col(Membership.community_id) == col(Community.id))
        .where(Membership.state == State.REQUESTED)
    ).all()

    found = visit("coordinator").get(f"/v1/communities/{asked[0].id}/memberships?state=requested")

    assert len(found.json()["items"]) >= 2
    assert "approve" in found.json()["items"][0]["can"]


def test_what_is_confidential_stays_so_for_the_member(visit: Visit, look: Database) -> None:
    hidden = named(look, "After serious incidents")

    assert visit("member").get(f"/v1/communities/{hidden.id}").status_code == 404
    assert visit("coordinator").get(f"/v1/communities/{hidden.id}").status_code == 200


def test_a_second_time_only_fresh_links_are_made(
    deployment: Settings, visit: Visit, links: dict[str, str], look: Database
) -> None:
    visit("member")
    before = {table: count(look, table) for table in (Person, Session, Activity, Outbox)}

    made, fresh = present(deployment, seed=1, large=False, watch=unwatched)

    assert not made
    assert [label.rpartition(", ")[2] for label, _ in fresh] == ["member", "lead", "coordinator"]
    assert not set(links.values()) & {link for _, link in fresh}
    assert {table: count(look, table) for table in before} | {Outbox: 0} == before | {Outbox: 0}
