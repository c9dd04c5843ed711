"""Who may read metrics, and how exactly."""

import pytest
from sqlmodel import select

from api.communities.models import Visibility
from api.core.actor import Role
from api.core.audit import AuditEntry
from api.engagement.ledger import Entry, Ledger
from api.engagement.metrics import answering, asking
from api.engagement.metrics.measuring import MEASURES
from api.engagement.metrics.schemas import MetricQuery
from api.engagement.models import ActivityKind
from api.engagement.profile import NHS8
from tests import make
from tests.engagement.asking import MARCH, YEAR, measured, one, people
from tests.make import past


def test_members_read_rounded_numbers_and_leads_exact_ones(acting, db, lena, community, davis):
    asha = make.person(db)
    make.member(db, community, asha)

    rounded = {v["metric_id"]: v for v in measured(acting(asha), community, **YEAR)}
    exact = one(acting(lena), community, "members", **YEAR)

    assert exact["value"] == 18
    assert (rounded["members"]["value"], rounded["members"]["profile"]) == (20, "nhs8")
    assert rounded["active_members"]["value"] == 0
    assert rounded["network_density"]["value"] == 0.62
    assert rounded["network_density"]["numerator"] is None


def test_a_small_number_is_withheld_from_members(acting, db, lena, community):
    asha, *others = people(db, 5)
    for person in others:
        past.spell(db, community, person, "2026-01-05")
    make.member(db, community, asha)

    value = one(acting(asha), community, "members", **MARCH)

    assert (value["value"], value["status"], value["suppressed"]) == (None, "suppressed", True)


def test_the_choice_of_metrics_does_not_weaken_protection(acting, db, community):
    asha = make.person(db)
    make.member(db, community, asha)
    for number, person in enumerate(people(db, 20)):
        past.spell(db, community, person, "2026-01-05")
        if number < 17:
            past.activity(db, community, person, "2026-03-10")

    together = {v["metric_id"]: v for v in measured(acting(asha), community, **MARCH)}

    for metric, value in together.items():
        assert one(acting(asha), community, metric, **MARCH)["value"] == value["value"], metric


def test_all_counts_of_one_answer_agree_with_each_other(db, lena, community):
    """Joining and leaving at midnight, two spells that touch, and deeds on every edge."""
    edges = ["2026-02-01", "2026-02-15", "2026-03-01", "2026-03-29T23:00", "2026-04-01"]
    for number, person in enumerate(people(db, 40)):
        began = edges[number % 3]
        past.spell(db, community, person, began, edges[3 + number % 2] if number % 4 else None)
        if number % 5 == 0:
            past.spell(db, community, person, edges[3 + number % 2])
        kind = list(ActivityKind)[number % 3]
        past.activity(db, community, person, edges[number % 5], kind)
    query = MetricQuery.model_validate(
        {"from": "2026-01-15", "to": "2026-05-15", "interval": "month"}
    )
    question = asking.read(db, make.actor(db, lena), community, query)
    asked = [
        (metric, window)
        for metric in asking.metrics(None)
        for window in asking.cut(metric, question, query, query.interval)
    ]
    facts = answering.look(db, question, asked)

    entries = [Entry(m, w, MEASURES[m.id](facts, w, question.terms)) for m, w in asked]

    assert len(entries) == 15 * 5
    assert Ledger(entries, NHS8).contradictions == []


@pytest.mark.parametrize("profile", ["exact", "lt5", "lt10"])
def test_only_those_who_may_choose_another_profile(acting, db, lena, community, profile):
    asha = make.person(db)
    make.member(db, community, asha)
    path = f"/v1/communities/{community.id}/metrics"

    assert acting(asha).get(path, params={"profile": profile}).status_code == 403
    assert acting(lena).get(path, params={"profile": profile}).status_code == 200


def test_an_analyst_needs_the_scope_for_exact_numbers(acting, db, community):
    ana = make.person(db, "Ana")
    make.member(db, community, ana, Role.ANALYST)

    trusted = acting(ana, ["metrics:read", "metrics:exact"])
    plain = acting(ana, ["metrics:read"])

    assert one(trusted, community, "members")["profile"] == "exact"
    assert one(plain, community, "members")["profile"] == "nhs8"
    assert acting(ana, ["metrics:exact"]).get("/v1/metrics").status_code == 403


def test_reading_exact_numbers_leaves_a_trace(acting, db, lena, community):
    asha = make.person(db)
    make.member(db, community, asha)

    one(acting(lena), community, "members")
    one(acting(lena), community, "members", profile="nhs8")
    one(acting(asha), community, "members")

    db.rollback()
    traces = db.exec(select(AuditEntry).where(AuditEntry.verb == "metric.read_exactly")).all()
    assert [(t.actor_id, t.community_id) for t in traces] == [(lena.id, community.id)]
    assert traces[0].request_id


def test_outsiders_read_no_numbers(acting, db, community):
    private = make.community(db, "Private", visibility=Visibility.CONFIDENTIAL)
    mo = make.person(db, "Mo")

    assert acting(mo).get(f"/v1/communities/{community.id}/metrics").status_code == 403
    assert acting(mo).get(f"/v1/communities/{private.id}/metrics").status_code == 404
    assert acting(None).get(f"/v1/communities/{community.id}/metrics").status_code == 401
