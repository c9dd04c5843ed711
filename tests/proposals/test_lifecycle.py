"""The way of a proposal, pure: what is legal from where, once, and what history says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.problems import IllegalMove
from api.proposals.lifecycle import (
    BY_ITSELF,
    CAN_EXPIRE,
    OPEN,
    REVIVED_AS,
    STEPS,
    ProposalState,
    Step,
    Way,
    replay,
)

S = ProposalState
# The table of the field, written down a second time: from, to.
TABLE = {
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.REFERRED),
    (S.SUBMITTED, S.SCOPING),
    (S.SCOPING, S.INTEREST_CALL),
    (S.INTEREST_CALL, S.INTEREST_MET),
    (S.INTEREST_CALL, S.INTEREST_NOT_MET),
    (S.INTEREST_NOT_MET, S.INTEREST_CALL),
    (S.INTEREST_MET, S.PLANNING),
    (S.PLANNING, S.SCHEDULED),
    (S.SCHEDULED, S.LAUNCHED),
    (S.SUBMITTED, S.REJECTED),
    (S.SCOPING, S.REJECTED),
    (S.REJECTED, S.SCOPING),
    *((state, S.WITHDRAWN) for state in OPEN),
    *((state, S.EXPIRED) for state in (S.DRAFT, S.SCOPING, S.PLANNING, S.SCHEDULED)),
}


def walk(choices: list[int]) -> list[Way]:
    """Go one legal way after another until there is none."""
    ways = [Way()]
    for choice in choices:
        legal = list(ways[-1].legal())
        if not legal:
            break
        ways.append(ways[-1].go(legal[choice % len(legal)]))
    return ways


walks = st.lists(st.integers(0, 20), max_size=40).map(walk)


def test_the_steps_are_those_of_the_table():
    assert {(start, to) for start, legal in STEPS.items() for to in legal} == TABLE


@given(walks)
def test_replaying_the_steps_gives_where_it_stands(ways):
    moves = [(before.state, after.state) for before, after in pairwise(ways)]

    assert replay(moves) == ways[-1]


@given(walks)
def test_what_happens_once_happens_once(ways):
    steps = [before.step(after.state, by_itself=True) for before, after in pairwise(ways)]

    assert steps.count(Step.APPEAL) <= 1
    assert steps.count(Step.REVIVE) <= 1
    assert steps.count(Step.SUBMIT) <= 1
    assert max(way.rounds for way in ways) <= 2


@given(walks)
def test_a_second_round_is_the_last_of_a_call_that_failed(ways):
    for before, after in pairwise(ways):
        if before.state is S.INTEREST_NOT_MET and after.state is S.INTEREST_CALL:
            assert before.rounds == 1


@given(walks, st.sampled_from(S))
def test_an_illegal_move_is_refused_with_the_legal_ones(ways, wanted):
    way = ways[-1]
    if wanted in way.legal():
        return

    with pytest.raises(IllegalMove) as refused:
        way.step(wanted)

    assert refused.value.legal == way.asked()


@given(walks)
def test_whoever_waits_can_still_be_let_go(ways):
    """From every open state there is a way out, by hand or by time."""
    if ways[-1].state in OPEN:
        assert S.WITHDRAWN in ways[-1].legal()


@pytest.mark.parametrize("state", [s for s in S if s not in OPEN])
def test_a_final_state_has_no_way_on_once_everything_was_used(state):
    assert not Way(state, 2, True, True, S.DRAFT).legal()


@pytest.mark.parametrize("state", sorted(CAN_EXPIRE))
def test_what_expired_is_revived_once(state):
    expired = Way(state).go(S.EXPIRED)
    revived = expired.go(REVIVED_AS[state])

    assert revived.state in CAN_EXPIRE
    assert not revived.go(S.EXPIRED).legal()


def test_only_time_expires_a_proposal():
    with pytest.raises(IllegalMove) as refused:
        Way().step(S.EXPIRED)

    assert refused.value.legal == ["submitted", "withdrawn"]
    assert Way().step(S.EXPIRED, by_itself=True) in BY_ITSELF


@pytest.mark.parametrize(
    "history",
    [
        [(S.DRAFT, S.SCOPING)],
        [(S.SUBMITTED, S.SCOPING)],
        [(S.DRAFT, S.SUBMITTED), (S.DRAFT, S.SUBMITTED)],
        [(S.DRAFT, S.WITHDRAWN), (S.WITHDRAWN, S.DRAFT)],
    ],
)
def test_a_history_that_cannot_be_is_refused(history):
    with pytest.raises((ValueError, IllegalMove)):
        replay(history)
