"""Programme adherence: what was due, what was done, and as it was known when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.core import clock
from api.engagement.proposed import Due, programme_adherence
from api.engagement.values import Status
from tests import make
from tests.engagement.asking import MARCH, measured, one, parts
from tests.make import past

TODAY = date(2026, 4, 10)
AGO = date(2026, 3, 1)


def days(count: int) -> timedelta:
    return timedelta(days=count)


# The formula


def test_what_is_done_late_was_not_done_by_its_day() -> None:
    value = programme_adherence(
        [
            Due("Design", AGO, AGO),
            Due("Design", AGO, AGO - days(5)),
            Due("Design", AGO, AGO + days(14)),
            Due("Launch", AGO + days(30), None),
        ],
        TODAY,
    )

    assert (value.numerator, value.denominator, value.value) == (2, 4, 50)
    assert (value.part("late").value, value.part("open").value) == (1, 1)
    assert (value.part("slip_days").value, value.part("slip_days").denominator) == (3, 3)
    assert value.part("overdue_days").value == 10
    assert value.part("phase:Design").value == pytest.approx(200 / 3)
    assert value.part("phase:Launch").value == 0


def test_nothing_due_is_no_value() -> None:
    value = programme_adherence([], TODAY)

    assert (value.value, value.status) == (None, Status.NO_DATA)
    assert value.part("slip_days").status is value.part("overdue_days").status is Status.NO_DATA
    assert [part.key for part in value.parts] == ["late", "open", "slip_days", "overdue_days"]


def test_what_is_due_today_is_not_due_yet() -> None:
    with pytest.raises(ValueError, match="is not due"):
        programme_adherence([Due("Design", TODAY, None)], TODAY)


# Over HTTP


def adherence(client, community, **asked):
    return one(client, community, "programme_adherence", **asked)


def test_a_community_without_a_plan_has_no_value(acting, lena, community):
    value = adherence(acting(lena), community)

    assert (value["value"], value["status"], value["denominator"]) == (None, "no_data", 0)


def test_the_window_holds_its_first_day_and_not_its_last(acting, db, lena, community):
    for due in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        past.milestone(db, community, due, due)

    value = adherence(acting(lena), community, **MARCH)

    assert (value["numerator"], value["denominator"]) == (2, 2)


def test_days_are_those_of_the_community(acting, db, lena):
    community = make.community(db, lead=lena, timezone="Pacific/Auckland")
    past.milestone(db, community, "2026-03-10")

    # It is the 11th in Auckland, and the 10th is over, while it is still the 10th in London.
    over = adherence(acting(lena), community, as_of="2026-03-10T11:30:00Z", **MARCH)
    before = adherence(acting(lena), community, as_of="2026-03-10T10:30:00Z", **MARCH)

    assert (over["denominator"], before["denominator"]) == (1, 0)


def test_the_golden_values_of_the_first_version(acting, db, lena, community):
    """A change of any of these is a change of what is counted: a new version."""
    past.milestone(db, community, "2026-03-02", "2026-03-02", phase="Situation analysis")
    past.milestone(db, community, "2026-03-09", "2026-02-20", phase="Situation analysis")
    past.milestone(db, community, "2026-03-16", "2026-03-26")
    past.milestone(db, community, "2026-03-20")

    value = adherence(acting(lena), community, as_of="2026-04-10", **MARCH)

    assert value["version"] == 1
    assert (value["value"], value["numerator"], value["denominator"]) == (50, 2, 4)
    assert value["ci95"] == pytest.approx([15.0039, 84.9961], abs=1e-4)
    assert parts(value) == {
        "late": 1,
        "open": 1,
        "slip_days": pytest.approx(-7 / 3),
        "overdue_days": 21,
        "phase:Situation analysis": 100,
        "phase:Design": 0,
    }


def test_members_read_the_plan_and_so_its_numbers(acting, db, place):
    community, asha, _ = place
    past.milestone(db, community, "2026-03-02", "2026-03-03")

    value = adherence(acting(asha), community, **MARCH)

    assert (value["profile"], value["value"], value["denominator"]) == ("nhs8", 0, 1)
    assert parts(value)["slip_days"] == 1


def test_an_umbrella_counts_the_plans_beneath_it_without_their_phases(acting, db, lena, community):
    child = make.community(db, "Children", parent=community, lead=lena)
    past.milestone(db, community, "2026-03-02", "2026-03-02")
    past.milestone(db, child, "2026-03-02", phase="A phase of its own")

    alone = adherence(acting(lena), community, **MARCH)
    together = adherence(acting(lena), community, include="descendants", **MARCH)

    assert (alone["numerator"], alone["denominator"]) == (1, 1)
    # The tree is known as it was when the question is asked.
    assert (together["numerator"], together["denominator"]) == (1, 2)
    assert not [key for key in parts(together) if key.startswith("phase")]


def test_what_was_answered_once_is_answered_for_ever(acting, db, lena, community):
    """Done, taken back, moved, and taken out of the plan: each is known from then on only."""
    client, path = acting(lena), f"/v1/communities/{community.id}/plan"
    begun = datetime.now(UTC) - timedelta(days=400)
    asked = []

    def after(hours: int) -> datetime:
        return begun + timedelta(days=115, hours=hours)

    def known() -> None:
        # A minute before the next change, which happens at this very moment.
        moment = clock.now() - timedelta(minutes=1)
        query = {
            "ids": "programme_adherence",
            "as_of": moment.isoformat(),
            "from": (begun - timedelta(days=2)).date().isoformat(),
            "to": (begun + timedelta(days=350)).date().isoformat(),
        }
        [value] = measured(client, community, **query)
        asked.append((query, value))

    with clock.at(begun):
        plan = {"template": "light", "starts_on": begun.date().isoformat()}
        assert client.post(path, json=plan).status_code == 201
        milestones = client.get(f"{path}/milestones").json()["items"]

    def change(number: int, **fields: object) -> None:
        address = f"/v1/milestones/{milestones[number]['id']}"
        match = {"If-Match": client.get(address).headers["etag"]}
        assert client.patch(address, json=fields, headers=match).status_code == 200

    with clock.at(after(0)):
        known()
        change(0, done_on=milestones[0]["due_on"])
    with clock.at(after(1)):
        known()
        change(0, done_on=None)
        change(1, month=9)
    with clock.at(after(2)):
        known()
        address = f"/v1/milestones/{milestones[2]['id']}"
        match = {"If-Match": client.get(address).headers["etag"]}
        assert client.delete(address, headers=match).status_code == 204
    with clock.at(after(3)):
        known()

    counts = [(value["numerator"], value["denominator"]) for _, value in asked]
    assert counts == [(0, 5), (1, 5), (0, 4), (0, 3)]
    for query, value in asked:
        assert measured(client, community, **query) == [value]


def test_a_community_that_was_put_away_is_late_with_nothing_more(acting, db, lena, community):
    client, path = acting(lena), f"/v1/communities/{community.id}"
    begun = datetime.now(UTC) - timedelta(days=400)
    with clock.at(begun):
        plan = {"template": "light", "starts_on": begun.date().isoformat()}
        assert client.post(f"{path}/plan", json=plan).status_code == 201
    with clock.at(begun + timedelta(days=100)):
        match = {"If-Match": client.get(path).headers["etag"]}
        archived = client.post(f"{path}/archive", json={}, headers=match)
        assert archived.status_code == 200, archived.text
    window = {"from": (begun - timedelta(days=2)).date().isoformat()}

    assert adherence(client, community, **window)["denominator"] == 5

    match = {"If-Match": client.get(path).headers["etag"]}
    assert client.post(f"{path}/restore", headers=match).status_code == 200
    assert adherence(client, community, **window)["denominator"] == 7
