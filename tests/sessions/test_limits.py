"""How many people a session holds, whatever its mode and whatever it was before."""

import pytest

from api.communities.models import Mode
from api.core.problems import Invalid
from api.sessions.programme.limits import Limits, changed

NOTHING = Limits(None, None)


@pytest.mark.parametrize(
    ("mode", "asked", "stored"),
    [
        (Mode.ONLINE, {"capacity": 25}, (25, None)),
        (Mode.ONLINE, {"online_capacity": 25}, (25, None)),
        (Mode.ONLINE, {"capacity": 25, "online_capacity": 25}, (25, None)),
        (Mode.ONLINE, {"capacity": None, "online_capacity": 25}, (25, None)),
        (Mode.IN_PERSON, {"capacity": 25, "online_capacity": None}, (25, None)),
        (Mode.HYBRID, {"capacity": 25, "online_capacity": 100}, (25, 100)),
        (Mode.HYBRID, {"capacity": 25, "online_capacity": None}, (25, None)),
    ],
)
def test_each_mode_keeps_what_it_can_use(mode, asked, stored):
    columns = changed(NOTHING, mode, asked).columns(mode)

    assert (columns["capacity"], columns["online_capacity"]) == stored


@pytest.mark.parametrize(
    ("mode", "asked"),
    [
        (Mode.IN_PERSON, {"online_capacity": 5}),
        (Mode.ONLINE, {"capacity": 5, "online_capacity": 6}),
    ],
)
def test_two_limits_for_one_kind_of_seat_are_refused(mode, asked):
    with pytest.raises(Invalid):
        changed(NOTHING, mode, asked)


@pytest.mark.parametrize(
    ("before", "to", "asked", "stored"),
    [
        ((Mode.HYBRID, 10, 20), Mode.ONLINE, {}, (20, None)),
        ((Mode.HYBRID, 10, 20), Mode.IN_PERSON, {}, (10, None)),
        ((Mode.ONLINE, 20, None), Mode.HYBRID, {}, (None, 20)),
        ((Mode.ONLINE, 20, None), Mode.HYBRID, {"capacity": 8}, (8, 20)),
        ((Mode.IN_PERSON, 10, None), Mode.HYBRID, {"online_capacity": 50}, (10, 50)),
        ((Mode.IN_PERSON, 10, None), Mode.ONLINE, {}, (None, None)),
        ((Mode.ONLINE, 20, None), Mode.ONLINE, {"capacity": None}, (None, None)),
        ((Mode.ONLINE, 20, None), Mode.ONLINE, {"online_capacity": None}, (20, None)),
        ((Mode.ONLINE, 20, None), Mode.ONLINE, {"title": "Other"}, (20, None)),
    ],
)
def test_a_change_of_mode_keeps_the_seats_it_can(before, to, asked, stored):
    columns = changed(Limits.stored(*before), to, asked).columns(to)

    assert (columns["capacity"], columns["online_capacity"]) == stored
