from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from api.communities import policy as communities
from api.communities.policy import Placed
from api.core.actor import GOVERNING, Actor, places
from api.core.policy import Rule
from api.proposals.lifecycle import BY_ITSELF, FORMING, ProposalState, Step, Way

S = ProposalState

# What everybody in the network may read: they are asked, and told what came of it.
PUBLIC = frozenset(
    {
        S.INTEREST_CALL,
        S.INTEREST_MET,
        S.INTEREST_NOT_MET,
        S.PLANNING,
        S.SCHEDULED,
        S.LAUNCHED,
    }
)
REWRITTEN = frozenset({S.SCOPING, S.INTEREST_NOT_MET})
SOUNDED = frozenset({S.DRAFT, S.SUBMITTED, S.SCOPING, S.INTEREST_NOT_MET})


class Idea(NamedTuple):
    """A proposal as one caller meets it: all that rules ask about."""

    id: UUID
    proposer_id: UUID
    parent: Placed
    way: Way
    # Whether it ever left its proposer's hands.
    submitted: bool
    # What the caller has to do with it: named in it, its accepted lead, said yes to its call.
    involved: bool = False
    leads: bool = False
    interested: bool = False
    # Whether its call takes answers at this moment, and whether the undecided may be reminded.
    asking: bool = False
    remindable: bool = False

    @property
    def state(self) -> ProposalState:
        return self.way.state


def _own(actor: Actor, idea: Idea) -> bool:
    return actor.person_id == idea.proposer_id


def coordinates(actor: Actor, idea: Idea) -> bool:
    """Only those who coordinate or lead the umbrella may do that."""
    return idea.submitted and actor.holds(GOVERNING, idea.parent.lineage)


def see(actor: Actor, idea: Idea) -> bool:
    """A proposal is seen by those named in it, its coordinators, and once called, its network."""
    if idea.involved or _own(actor, idea) or coordinates(actor, idea):
        return True
    in_network = places(idea.parent.lineage)[0] in actor.networks
    return idea.state in PUBLIC and in_network and communities.see(actor, idea.parent)


def propose(actor: Actor, parent: Placed) -> bool:
    """Only those who belong to a network may propose a community in it."""
    return actor.steward or places(parent.lineage)[0] in actor.networks


def edit(actor: Actor, idea: Idea) -> bool:
    """Only the proposer edits a draft; afterwards, before a call, a coordinator may as well."""
    if idea.state is S.DRAFT:
        return _own(actor, idea)
    return idea.state in REWRITTEN and (_own(actor, idea) or coordinates(actor, idea))


def ask_soundings(actor: Actor, idea: Idea) -> bool:
    """Only the proposer and the coordinators ask for soundings, before the call."""
    return idea.state in SOUNDED and see_soundings(actor, idea)


def see_soundings(actor: Actor, idea: Idea) -> bool:
    """Soundings are private: only the proposer and the coordinators read them."""
    return _own(actor, idea) or coordinates(actor, idea)


def choose_outcome(actor: Actor, idea: Idea) -> bool:
    """Only the proposer decides what becomes of their own draft."""
    return _own(actor, idea) and idea.state is S.DRAFT


def express(actor: Actor, idea: Idea) -> bool:
    """Whoever may read a call may answer it, while it is open."""
    return idea.asking and see(actor, idea)


def see_expressions(actor: Actor, idea: Idea) -> bool:
    """Only the coordinators see who would come; everybody else sees how many."""
    return coordinates(actor, idea)


def nudge(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator reminds those who have not answered, once, while the call is open."""
    return idea.remindable and coordinates(actor, idea)


def name_office(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator names lead and sponsor, once interest is met."""
    return idea.state is S.INTEREST_MET and coordinates(actor, idea)


def ask_dates(actor: Actor, idea: Idea) -> bool:
    """Only the lead or a coordinator asks which date suits, while a community forms."""
    return idea.state in FORMING and (idea.leads or coordinates(actor, idea))


def vote(actor: Actor, idea: Idea) -> bool:
    """Dates are asked of those who would come, and of those who prepare it."""
    taking_part = idea.involved or idea.interested or idea.leads or _own(actor, idea)
    return idea.state in FORMING and (taking_part or coordinates(actor, idea))


def submit(actor: Actor, idea: Idea) -> bool:
    """Only the proposer may hand in a proposal."""
    return _own(actor, idea)


def refer(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator may refer a proposal to what exists already."""
    return coordinates(actor, idea)


def assess(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator who did not propose it may decide about a proposal."""
    return coordinates(actor, idea) and not _own(actor, idea)


def reject(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator who did not propose it may reject a proposal."""
    return assess(actor, idea)


def open_call(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator may open an interest call."""
    return coordinates(actor, idea)


def confirm_interest(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator may close a call early, once it has reached what it needs."""
    return coordinates(actor, idea)


def plan(actor: Actor, idea: Idea) -> bool:
    """Only a coordinator may let planning begin."""
    return coordinates(actor, idea)


def schedule(_: Actor, idea: Idea) -> bool:
    """Only the lead may say that charter and first session stand."""
    return idea.leads


def launch(actor: Actor, idea: Idea) -> bool:
    """Only the lead or a coordinator may launch a community."""
    return idea.leads or coordinates(actor, idea)


def appeal(actor: Actor, idea: Idea) -> bool:
    """Only the proposer may appeal, once."""
    return _own(actor, idea)


def withdraw(actor: Actor, idea: Idea) -> bool:
    """Only the proposer may withdraw a proposal, and from planning on only its lead."""
    return idea.leads if idea.state in FORMING else _own(actor, idea)


def revive(actor: Actor, idea: Idea) -> bool:
    """Only the proposer, the lead or a coordinator may revive a proposal, once."""
    return _own(actor, idea) or idea.leads or coordinates(actor, idea)


# Who may take which step. Whether it is legal at all, the lifecycle says.
MAY: Mapping[Step, Rule[Idea]] = {
    Step.SUBMIT: submit,
    Step.REFER: refer,
    Step.ASSESS: assess,
    Step.REJECT: reject,
    Step.OPEN_CALL: open_call,
    Step.CONFIRM_INTEREST: confirm_interest,
    Step.PLAN: plan,
    Step.SCHEDULE: schedule,
    Step.LAUNCH: launch,
    Step.APPEAL: appeal,
    Step.WITHDRAW: withdraw,
    Step.REVIVE: revive,
}
IDEA_RULES: tuple[Rule[Idea], ...] = (
    edit,
    ask_soundings,
    see_soundings,
    choose_outcome,
    express,
    see_expressions,
    nudge,
    name_office,
    ask_dates,
    vote,
)
RULES = (see, propose, coordinates, *MAY.values(), *IDEA_RULES)


def can(actor: Actor, idea: Idea) -> list[str]:
    """Name every step this actor may take now, and what else they may do with a proposal."""
    steps = [s for s in idea.way.legal().values() if s not in BY_ITSELF and MAY[s](actor, idea)]
    return [s.value for s in steps] + [r.__name__ for r in IDEA_RULES if r(actor, idea)]
