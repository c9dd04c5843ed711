"""The numbers a community begins with, from its proposal to its launch, through the API."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from api.communities.models import Community
from api.core import clock
from api.core.actor import Role
from api.core.audit import AuditEntry
from api.engagement.baselines.service import TAKEN
from api.engagement.catalogue import CATALOGUE, companions
from api.engagement.models import Baseline, Submission
from tests import make
from tests.engagement.asking import measured, one, parts
from tests.proposals.idea import Idea, crowd


@pytest.fixture
def cora(db):
    return make.person(db, "Cora", organisation_id=make.organisation(db, "Harbour Lane").id)


@pytest.fixture
def network(db, cora):
    return make.community(db, "Middle Shires Wellbeing Network", lead=cora)


@pytest.fixture
def nia(db, network):
    person = make.person(db, "Nia", organisation_id=make.organisation(db, "Mill Street").id)
    make.member(db, network, person)
    return person


@pytest.fixture
def idea(acting, db, nia, network, settings):
    beth = make.person(db, "Beth")
    make.member(db, network, beth)
    made = Idea(acting, nia, settings)
    made.draft(proposed_lead_id=str(nia.id), co_supporters=[str(beth.id)])
    return made


@pytest.fixture
def born(acting, db, cora, nia, network, idea):
    """A community that has met once, with nine people, and was launched."""
    homes = [make.organisation(db, name) for name in ("Quay House", "Hill House")]
    people = crowd(db, network, 10, *homes)
    idea.through_call(cora, people)
    community_id = idea.through_planning(cora, nia, cora)
    session = idea.first_session(nia)
    idea.move(nia, "scheduled")
    idea.hold(nia, session["id"], [nia, *people[:8]])
    with clock.at(datetime.now(UTC) + timedelta(days=16)):
        idea.move(nia, "launched")
    return community_id


def baseline(client, community_id):
    answer = client.get(f"/v1/communities/{community_id}/baseline")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_launched_community_keeps_the_numbers_it_began_with(acting, db, nia, born):
    kept = baseline(acting(nia), born)

    values = {value["metric_id"]: value for value in kept["metrics"]}
    assert list(values) == [*TAKEN]
    assert values["members"]["value"] == 2
    assert values["members"]["as_of"] == values["members"]["to"] == kept["taken_at"]
    assert values["active_members"]["value"] == 1
    assert values["active_rate"]["denominator"] == 2
    assert {value["profile"] for value in values.values()} == {"exact"}
    trail = db.exec(select(AuditEntry).where(AuditEntry.verb == "metric.read_exactly")).all()
    assert [entry.actor_id for entry in trail] == [nia.id]


def test_it_is_what_the_metrics_say_as_of_that_moment(acting, db, nia, born):
    kept = baseline(acting(nia), born)
    moment = kept["taken_at"]
    community = db.get_one(Community, UUID(born))
    db.commit()

    with clock.at(datetime.now(UTC) + timedelta(days=17)):
        again = measured(acting(nia), community, ids=",".join(TAKEN), as_of=moment, to=moment)

    assert again == kept["metrics"]


def test_others_read_it_through_disclosure_control(acting, db, nia, born):
    member = make.person(db, "Asha")
    with clock.at(datetime.now(UTC) + timedelta(days=20)):
        make.member(db, db.get_one(Community, UUID(born)), member)

        kept = baseline(acting(member), born)

    values = {value["metric_id"]: value for value in kept["metrics"]}
    assert (values["members"]["value"], values["members"]["status"]) == (None, "suppressed")
    assert {value["profile"] for value in values.values()} == {"nhs8"}


def test_an_older_definition_stays_with_those_who_read_exactly(acting, db, nia, born):
    member = make.person(db, "Asha")
    make.member(db, db.get_one(Community, UUID(born)), member)
    old = db.exec(select(Baseline).where(Baseline.metric_id == "members")).one()
    old.version, old.payload = 0, {**old.payload, "version": 0}
    db.add(old)
    db.commit()

    lead, other = baseline(acting(nia), born), baseline(acting(member), born)

    assert lead["metrics"][0]["version"] == 0
    assert "members" not in {value["metric_id"] for value in other["metrics"]}


def test_a_community_that_was_founded_has_none(acting, cora, network):
    answer = acting(cora).get(f"/v1/communities/{network.id}/baseline")

    assert answer.status_code == 404


def test_strangers_read_no_baseline(acting, db, born):
    stranger = make.person(db, "Mo")

    answer = acting(stranger).get(f"/v1/communities/{born}/baseline")

    assert answer.status_code in (403, 404)


def test_what_is_kept_is_protected_together() -> None:
    assert {*companions(TAKEN)} == {*TAKEN}
    assert [each for each in CATALOGUE if each in TAKEN] == [*TAKEN]


def test_the_way_of_an_idea_is_measured_where_it_was_submitted(acting, db, cora, network, born):
    with clock.at(datetime.now(UTC) + timedelta(days=17)):
        value = one(acting(cora), network, "proposal_funnel")

    assert (value["value"], value["numerator"], value["denominator"]) == (100, 1, 1)
    assert parts(value)["launched"] == 100
    assert parts(value)["days_to_launch"] == pytest.approx(16, abs=0.1)
    [kept] = db.exec(select(Submission)).all()
    assert kept.community_id == network.id


def test_a_referral_is_followed_to_the_community_that_was_named(
    acting, db, cora, nia, network, idea
):
    there = make.community(db, "Reflecting", parent=network, lead=cora)
    idea.submit()
    target = {"kind": "community", "id": str(there.id)}
    idea.move(cora, "referred", "They do this already.", outcome="join", targets=[target])
    make.member(db, there, nia, Role.MEMBER)

    early = one(acting(cora), network, "duplicate_avoidance")
    with clock.at(datetime.now(UTC) + timedelta(days=29)):
        value = one(acting(cora), network, "duplicate_avoidance")

    assert (early["value"], parts(early)["waiting"], parts(early)["joined"]) == (100, 2, None)
    assert (value["value"], parts(value)["waiting"], parts(value)["joined"]) == (100, 0, 50)
