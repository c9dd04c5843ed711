"""What a community means to have done by when."""

import pytest

from tests import make
from tests.proposals.idea import everything, ok


@pytest.fixture
def sleep(db, cora, network):
    return make.community(db, "Sleep", parent=network, lead=cora, visibility="restricted")


@pytest.fixture
def path(sleep):
    return f"/v1/communities/{sleep.id}/plan"


@pytest.fixture
def plan(acting, cora, path):
    return ok(acting(cora).post(path, json={"template": "full", "starts_on": "2026-01-31"}), 201)


def test_a_full_plan_covers_two_years(acting, cora, path, plan):
    items = everything(acting(cora), f"{path}/milestones")

    assert plan["milestones"] == len(items) == 16
    assert (items[0]["due_on"], items[-1]["due_on"]) == ("2026-01-31", "2028-01-31")
    assert next(m["due_on"] for m in items if m["month"] == 1) == "2026-02-28"
    assert plan["overdue"] > 5


def test_there_is_one_plan(acting, cora, path, plan):
    again = acting(cora).post(path, json={"template": "light", "starts_on": "2026-01-31"})

    assert (again.status_code, again.json()["type"]) == (409, "/problems/planned-already")


def test_a_milestone_is_done_on_a_day(acting, cora, path, plan):
    first = everything(acting(cora), f"{path}/milestones")[0]
    one = f"/v1/milestones/{first['id']}"
    tag = {"If-Match": acting(cora).get(one).headers["etag"]}

    ok(acting(cora).patch(one, json={"done_on": "2026-02-03"}, headers=tag))

    assert ok(acting(cora).get(path))["done"] == 1
    assert acting(cora).patch(one, json={"done_on": None}, headers=tag).status_code == 412
    tag = {"If-Match": acting(cora).get(one).headers["etag"]}
    late = acting(cora).patch(one, json={"done_on": "2099-01-01"}, headers=tag)
    assert late.json()["errors"][0]["at"] == "body/done_on"


def test_moving_the_start_moves_what_is_not_done(acting, cora, path, plan):
    items = everything(acting(cora), f"{path}/milestones")
    one = f"/v1/milestones/{items[0]['id']}"
    tag = {"If-Match": acting(cora).get(one).headers["etag"]}
    ok(acting(cora).patch(one, json={"done_on": "2026-02-03"}, headers=tag))
    tag = {"If-Match": acting(cora).get(path).headers["etag"]}

    ok(acting(cora).patch(path, json={"starts_on": "2026-03-31"}, headers=tag))

    moved = {m["id"]: m for m in everything(acting(cora), f"{path}/milestones")}
    assert moved[items[0]["id"]]["due_on"] == "2026-01-31"
    assert moved[items[1]["id"]]["due_on"] == "2026-04-30"


def test_milestones_are_added_and_taken_out(acting, cora, path, plan):
    body = {"phase": "Design", "title": "Invite the crisis team", "month": 5}
    made = ok(acting(cora).post(f"{path}/milestones", json=body), 201)
    one = f"/v1/milestones/{made['id']}"
    assert made["due_on"] == "2026-06-30"

    tag = {"If-Match": acting(cora).get(one).headers["etag"]}
    assert acting(cora).delete(one, headers=tag).status_code == 204

    assert acting(cora).get(one).status_code == 404


def test_members_read_it_and_those_who_run_it_change_it(acting, db, sleep, path, plan, nia):
    assert acting(nia).get(path).status_code == 403
    make.member(db, sleep, nia)

    assert ok(acting(nia).get(path))["can"] == []
    body = {"phase": "Design", "title": "Mine", "month": 5}
    assert acting(nia).post(f"{path}/milestones", json=body).status_code == 403
    tag = {"If-Match": acting(nia).get(path).headers["etag"]}
    moved = acting(nia).patch(path, json={"starts_on": "2026-03-31"}, headers=tag)
    assert moved.status_code == 403


def test_without_a_plan_there_is_none(acting, cora, sleep):
    assert acting(cora).get(f"/v1/communities/{sleep.id}/plan").status_code == 404


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"template": "huge", "starts_on": "2026-01-31"}, "body/template"),
        ({"template": "light", "starts_on": "2026-02-30"}, "body/starts_on"),
        ({"template": "light", "starts_on": "2100-01-31"}, "body/starts_on"),
        ({"template": "light"}, "body/starts_on"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(acting, cora, path, body, at):
    refused = acting(cora).post(path, json=body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == at


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"min_people": 1}, "body/min_people"),
        ({"call_days": 6}, "body/call_days"),
        ({"call_days": 61}, "body/call_days"),
        ({"quiet_days": 70}, "body/quiet_days"),
        ({"first_warning_days": 85}, "body/first_warning_days"),
    ],
)
def test_settings_stay_within_reason(acting, cora, network, change, at):
    path = f"/v1/communities/{network.id}/proposal-settings"
    tag = {"If-Match": acting(cora).get(path).headers["etag"]}

    refused = acting(cora).patch(path, json=change, headers=tag)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == at


def test_settings_are_of_a_network_and_changed_by_who_coordinates_it(acting, cora, nia, network,
                                                                    sleep):  # fmt: skip
    path = f"/v1/communities/{network.id}/proposal-settings"
    found = acting(nia).get(path)
    assert ok(found)["min_people"] == 8
    tag = {"If-Match": found.headers["etag"]}

    assert acting(nia).patch(path, json={"min_people": 5}, headers=tag).status_code == 403
    ok(acting(cora).patch(path, json={"min_people": 5}, headers=tag))
    assert acting(cora).patch(path, json={"min_people": 6}, headers=tag).status_code == 412
    assert ok(acting(nia).get(path))["min_people"] == 5
    below = f"/v1/communities/{sleep.id}/proposal-settings"
    assert acting(cora).get(below).status_code == 404
