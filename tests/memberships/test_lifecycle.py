import pytest

from api.core.actor import State
from api.core.problems import IllegalMove
from api.memberships import policy
from api.memberships.lifecycle import MOVES, Move, move, moves, parting
from api.memberships.models import LIVE

EVERY_PAIR = [(a, b) for a in State for b in State]


@pytest.mark.parametrize(("state", "wanted"), EVERY_PAIR)
def test_a_move_is_in_the_table_or_is_refused_naming_those_that_are(state, wanted):
    if wanted in MOVES.get(state, {}):
        assert move(state, wanted) in Move
        return

    with pytest.raises(IllegalMove) as refused:
        move(state, wanted)

    assert refused.value.legal == [s.value for s in moves(state)]


def test_whatever_lasts_can_be_ended_and_nothing_else_can():
    assert set(MOVES) == set(LIVE)
    for state in LIVE:
        assert set(moves(state)) - set(LIVE), f"{state} would never end"


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("state", LIVE)
def test_parting_is_always_a_legal_move(state, own):
    assert move(state, parting(state, own=own))


@pytest.mark.parametrize("state", sorted(set(State) - set(LIVE)))
def test_what_has_ended_never_goes_on(state):
    assert moves(state) == {}


def test_nobody_leaves_the_waiting_list_for_a_place_by_asking():
    assert State.ACTIVE not in moves(State.WAITLISTED)


def test_every_move_has_a_rule_of_its_name():
    assert {move: rule.__name__ for move, rule in policy.MAY.items()} == {m: m.value for m in Move}
