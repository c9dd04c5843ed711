"""The story by itself: chosen by a day and a seed, and told without a database."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from api.core.actor import Role
from api.demo.cast.communities import BLUEPRINTS
from api.demo.cast.organisations import WORKPLACES
from api.demo.cast.people import MEMBER
from api.demo.plan.belonging import SHARES
from api.demo.plan.calendar import Calendar
from api.demo.plan.programme import Gathering, programme
from api.demo.steps.life import Join
from api.demo.steps.meetings import Respond, Schedule
from api.demo.telling.story import Story

DAY = date(2026, 11, 22)
UMBRELLAS = {b.key for b in BLUEPRINTS if not b.size}


def told(day: date, seed: int) -> str:
    return hashlib.sha256(repr(Story(day, seed).steps()).encode()).hexdigest()


def test_the_same_day_and_seed_tell_the_same_story_in_every_process() -> None:
    line = "from tests.demo.test_story import DAY, told; print(told(DAY, 1))"

    heard = subprocess.run(
        [sys.executable, "-c", line],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert heard == told(DAY, 1) + "\n"


def test_another_seed_tells_another_story() -> None:
    assert told(DAY, 1) != told(DAY, 2)


@pytest.mark.parametrize("days", range(0, 366, 41))
def test_whatever_the_day_and_the_seed_a_story_makes_sense(days: int) -> None:
    story = Story(DAY + timedelta(days=days), days)

    steps = story.steps()

    moments = [step.at for step in steps]
    planned: set[Gathering] = set()
    for step in steps:
        if isinstance(step, Schedule):
            assert step.at < step.gathering.starts
            planned.add(step.gathering)
        elif gathering := getattr(step, "gathering", None):
            assert gathering in planned
    serving = {b.who for b in story.belongings if b.key in UMBRELLAS}
    assert not any(isinstance(step, Join) and step.who in serving for step in steps)
    assert moments == sorted(moments)
    assert story.calendar.first <= moments[0].date()
    assert moments[-1] < story.calendar.eve
    assert (story.calendar.eve - moments[-1]).days < 3


def test_on_every_day_of_the_year_a_visitor_finds_a_session_soon() -> None:
    for days in range(0, 366, 5):
        calendar = Calendar(DAY + timedelta(days=days))

        coming = [g for g in programme(Random("1"), calendar) if g.starts > calendar.eve]  # noqa: S311

        soon = [g for g in coming if g.key == "trauma" and g.starts.date() == calendar.visit]
        assert len(soon) == 1
        assert 1 <= (calendar.visit - calendar.today).days <= 3
        assert calendar.visit.weekday() < 5


def test_nobody_meets_twice_at_once_or_on_a_weekend() -> None:
    gatherings = programme(Random("1"), Calendar(DAY))  # noqa: S311  (a story keeps no secrets)

    assert len({(g.key, g.starts) for g in gatherings}) == len(gatherings)
    assert all(g.starts.weekday() < 5 and g.announced < g.starts < g.ends for g in gatherings)


def test_people_are_three_hundred_in_twenty_five_organisations() -> None:
    story = Story(DAY, 1)

    assert len(story.people) == len({who.name for who in story.people}) == 300
    assert all(who.email.endswith(".example.org") for who in story.people)
    assert len({who.workplace.name for who in story.people}) == len(WORKPLACES) == 25
    teams = {(who.workplace.name, who.team) for who in story.people}
    assert teams == {(w.name, team) for w in WORKPLACES for team in w.teams}


def test_everybody_belongs_somewhere_and_every_community_has_a_lead() -> None:
    story = Story(DAY, 1)

    assert {b.who for b in story.belongings} == set(story.people)
    for blueprint in BLUEPRINTS:
        crowd = story.crowds[blueprint.key]
        assert any(b.role is Role.LEAD for b in crowd)
        assert len({b.who for b in crowd}) == len(crowd) == (blueprint.size or len(crowd))


def test_styles_are_spread_as_in_living_communities() -> None:
    styles = Counter(b.style for b in Story(DAY, 1).belongings)

    shares = {style: styles[style] / styles.total() for style in SHARES}

    assert 0.1 < shares["core"] < 0.2
    assert 0.15 < shares["active"] < 0.25


def test_the_member_means_to_come_to_the_next_session() -> None:
    story = Story(DAY, 1)

    said = [
        step
        for step in story.steps()
        if isinstance(step, Respond)
        and step.reply.who.name == MEMBER
        and step.gathering.starts.date() == story.calendar.visit
    ]

    assert [step.reply.answer for step in said] == ["yes"]
