"""How a proposal moves from an idea to a community. Pure: it knows neither people nor tables.

The way so far is a sequence of moves, and everything asked here follows from it: where a proposal
stands, and what may still be done once. What stands in the database is a copy of that answer.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from api.core.problems import IllegalMove


class ProposalState(StrEnum):
    """Where an idea stands on its way to a first session."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REFERRED = "referred"
    SCOPING = "scoping"
    INTEREST_CALL = "interest_call"
    INTEREST_MET = "interest_met"
    INTEREST_NOT_MET = "interest_not_met"
    PLANNING = "planning"
    SCHEDULED = "scheduled"
    LAUNCHED = "launched"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


S = ProposalState


class Step(StrEnum):
    """What somebody does to a proposal; each is also the name of the rule that permits it."""

    SUBMIT = "submit"
    REFER = "refer"
    ASSESS = "assess"
    OPEN_CALL = "open_call"
    CONFIRM_INTEREST = "confirm_interest"
    CLOSE_CALL = "close_call"
    PLAN = "plan"
    SCHEDULE = "schedule"
    LAUNCH = "launch"
    REJECT = "reject"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    REVIVE = "revive"


# Only time does these.
BY_ITSELF = frozenset({Step.CLOSE_CALL, Step.EXPIRE})

STEPS: Mapping[ProposalState, Mapping[ProposalState, Step]] = {
    S.DRAFT: {S.SUBMITTED: Step.SUBMIT, S.WITHDRAWN: Step.WITHDRAW, S.EXPIRED: Step.EXPIRE},
    S.SUBMITTED: {
        S.REFERRED: Step.REFER,
        S.SCOPING: Step.ASSESS,
        S.REJECTED: Step.REJECT,
        S.WITHDRAWN: Step.WITHDRAW,
    },
    S.SCOPING: {
        S.INTEREST_CALL: Step.OPEN_CALL,
        S.REJECTED: Step.REJECT,
        S.WITHDRAWN: Step.WITHDRAW,
        S.EXPIRED: Step.EXPIRE,
    },
    S.INTEREST_CALL: {
        S.INTEREST_MET: Step.CONFIRM_INTEREST,
        S.INTEREST_NOT_MET: Step.CLOSE_CALL,
        S.WITHDRAWN: Step.WITHDRAW,
    },
    S.INTEREST_NOT_MET: {S.INTEREST_CALL: Step.OPEN_CALL, S.WITHDRAWN: Step.WITHDRAW},
    S.INTEREST_MET: {S.PLANNING: Step.PLAN, S.WITHDRAWN: Step.WITHDRAW},
    S.PLANNING: {
        S.SCHEDULED: Step.SCHEDULE,
        S.WITHDRAWN: Step.WITHDRAW,
        S.EXPIRED: Step.EXPIRE,
    },
    S.SCHEDULED: {
        S.LAUNCHED: Step.LAUNCH,
        S.WITHDRAWN: Step.WITHDRAW,
        S.EXPIRED: Step.EXPIRE,
    },
    S.REJECTED: {S.SCOPING: Step.APPEAL},
}
# Where somebody who revives a proposal finds it: a first session that was planned is gone by then.
REVIVED_AS: Mapping[ProposalState, ProposalState] = {
    S.DRAFT: S.DRAFT,
    S.SCOPING: S.SCOPING,
    S.PLANNING: S.PLANNING,
    S.SCHEDULED: S.PLANNING,
}

OPEN = frozenset(STEPS) - {S.REJECTED}
# What others may be asked to join, and must not be proposed a second time.
PROPOSED = OPEN - {S.DRAFT}
# Where nothing but a quiet time ends it.
CAN_EXPIRE = frozenset(REVIVED_AS)
# From here on there is a community in the making, and its lead decides.
FORMING = frozenset({S.PLANNING, S.SCHEDULED})


class Way(NamedTuple):
    """Where a proposal stands, and what of the things that happen once has happened."""

    state: ProposalState = S.DRAFT
    rounds: int = 0
    appealed: bool = False
    revived: bool = False
    # Where it stood before it expired.
    before: ProposalState | None = None

    def legal(self) -> Mapping[ProposalState, Step]:
        """The states that may be asked for from here, and by which steps."""
        if self.state is S.EXPIRED:
            if self.revived or self.before is None:
                return {}
            return {REVIVED_AS[self.before]: Step.REVIVE}
        spent: set[Step] = set()
        if self.state is S.REJECTED and self.appealed:
            spent.add(Step.APPEAL)
        if self.state is S.INTEREST_NOT_MET and self.rounds >= 2:
            spent.add(Step.OPEN_CALL)
        return {to: step for to, step in STEPS.get(self.state, {}).items() if step not in spent}

    def asked(self) -> list[str]:
        """The states that somebody may ask for; what only time does is left out."""
        return [to.value for to, step in self.legal().items() if step not in BY_ITSELF]

    def step(self, to: ProposalState, *, by_itself: bool = False) -> Step:
        """Name the step that leads to another state, or refuse and name the legal ones."""
        step = self.legal().get(to)
        if step is None or (step in BY_ITSELF and not by_itself):
            raise IllegalMove(f"From {self.state} it cannot become {to}.", legal=self.asked())
        return step

    def go(self, to: ProposalState) -> "Way":
        """The way after a legal step; the step itself may be one that only time does."""
        step = self.step(to, by_itself=True)
        return Way(
            state=to,
            rounds=self.rounds + (step is Step.OPEN_CALL),
            appealed=self.appealed or step is Step.APPEAL,
            revived=self.revived or step is Step.REVIVE,
            before=self.state if step is Step.EXPIRE else self.before,
        )


def replay(moves: Iterable[tuple[ProposalState, ProposalState]]) -> Way:
    """Follow the moves (from, to) from the first draft on; refuse a history that cannot be."""
    way = Way()
    for start, to in moves:
        if start is not way.state:
            raise ValueError(f"a move from {start} follows one to {way.state}")
        way = way.go(to)
    return way
