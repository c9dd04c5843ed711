"""How a membership moves from one state to the next. Pure: it knows neither people nor places."""

from collections.abc import Mapping
from enum import StrEnum

from api.core.actor import State
from api.core.problems import IllegalMove


class Move(StrEnum):
    """What somebody does to a membership; each is also the name of the rule that permits it."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    APPROVE = "approve"
    DECLINE = "decline"
    PAUSE = "pause"
    RESUME = "resume"
    LEAVE = "leave"
    REMOVE = "remove"


# From each state, the states that may be asked for, and what asking for them is called. A state
# that is missing is final: whoever comes back gets a new membership, so that history is kept.
#
# Every move to active leads to the waiting list instead when the community is full. From there
# nobody moves on by asking: places are given in turn.
MOVES: Mapping[State, Mapping[State, Move]] = {
    State.INVITED: {
        State.ACTIVE: Move.ACCEPT,
        State.DECLINED: Move.REFUSE,
        State.REMOVED: Move.REMOVE,
    },
    State.REQUESTED: {
        State.ACTIVE: Move.APPROVE,
        State.DECLINED: Move.DECLINE,
        State.ENDED: Move.LEAVE,
    },
    State.WAITLISTED: {State.ENDED: Move.LEAVE, State.REMOVED: Move.REMOVE},
    State.ACTIVE: {
        State.PAUSED: Move.PAUSE,
        State.ENDED: Move.LEAVE,
        State.REMOVED: Move.REMOVE,
    },
    State.PAUSED: {
        State.ACTIVE: Move.RESUME,
        State.ENDED: Move.LEAVE,
        State.REMOVED: Move.REMOVE,
    },
}


def moves(state: State) -> Mapping[State, Move]:
    """Say which states may be asked for from here, and by which moves."""
    return MOVES.get(state, {})


def move(state: State, wanted: State) -> Move:
    """Name the move that leads from one state to another, or refuse and name the legal ones."""
    legal = moves(state)
    if wanted not in legal:
        raise IllegalMove(
            f"From {state} it cannot become {wanted}.", legal=[s.value for s in legal]
        )
    return legal[wanted]


def parting(state: State, *, own: bool) -> State:
    """Say what ending a membership makes of it, by the person themself or by somebody else."""
    if state is State.INVITED:
        return State.DECLINED if own else State.REMOVED
    if state is State.REQUESTED:
        return State.ENDED if own else State.DECLINED
    return State.ENDED if own else State.REMOVED
