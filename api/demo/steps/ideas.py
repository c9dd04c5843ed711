"""What happens to proposals in the story of the demo network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.communities import queries as communities
from api.communities import service as founding
from api.communities.models import Mode
from api.core.actor import Actor
from api.core.bulk import BulkQuery
from api.demo.cast.ideas import RULES, Sketch
from api.demo.cast.people import Somebody
from api.demo.steps.stage import Stage
from api.memberships import service as memberships
from api.memberships.places import held
from api.proposals import queries
from api.proposals.calls import sending
from api.proposals.calls import service as calls
from api.proposals.calls.schemas import ExpressionCreate
from api.proposals.ideas import service as ideas
from api.proposals.ideas.schemas import ProposalCreate
from api.proposals.lifecycle import ProposalState
from api.proposals.models import DatePoll, Offer, Office, Opinion, Proposal, Suits
from api.proposals.moves import service as moves
from api.proposals.moves.schemas import TransitionCreate, TransitionDetails
from api.proposals.policy import Idea
from api.proposals.polls import service as polls
from api.proposals.polls.schemas import PollCreate, PollDecision, VoteAsked
from api.proposals.soundings import service as soundings
from api.proposals.soundings.schemas import SoundingAnswer, SoundingCreate
from api.sessions.attendances import service as attendances
from api.sessions.attendances.schemas import PersonMark
from api.sessions.models import AttendanceStatus, Session
from api.sessions.programme import service as programme


@contextmanager
def _met(stage: Stage, at: datetime, key: str, who: Somebody) -> Iterator[tuple[Actor, Any, Idea]]:
    """A proposal as somebody meets it at a moment, with what they hold by then."""
    with stage.at(at, who):
        actor = queries.as_seen_by(stage.db, stage.people[who])
        yield (actor, *queries.get(stage.db, actor, stage.proposals[key]))


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody writes an idea down, with whoever supports it."""

    at: datetime
    sketch: Sketch
    who: Somebody
    above: str
    lead: Somebody | None = None
    supporters: tuple[Somebody, ...] = ()

    def play(self, stage: Stage) -> None:
        said = {**self.sketch._asdict(), "topics": list(self.sketch.topics)}
        key = said.pop("key")
        new = ProposalCreate(
            **said,
            parent_id=stage.communities[self.above],
            not_a_support_group=self.lead is not None,
            proposed_lead_id=stage.people[self.lead] if self.lead else None,
            co_supporters=[stage.people[each] for each in self.supporters],
        )
        with stage.at(self.at, self.who):
            actor = queries.as_seen_by(stage.db, stage.people[self.who])
            stage.proposals[key] = ideas.draft(stage.db, actor, new).id


@dataclass(frozen=True, slots=True)
class Take:
    """A proposal takes a step."""

    at: datetime
    key: str
    who: Somebody
    to: ProposalState
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    # A community a detail names, by what it is called here.
    target: str | None = None

    def play(self, stage: Stage) -> None:
        details = dict(self.details)
        if self.target:
            details["targets"] = [{"id": stage.communities[self.target]}]
        with _met(stage, self.at, self.key, self.who) as (actor, proposal, idea):
            if self.to is ProposalState.SUBMITTED:
                ideas.look(stage.db, actor, proposal, idea)
            asked = TransitionCreate(
                to=self.to,
                expected_version=proposal.version,
                reason=self.reason,
                details=TransitionDetails(**details),
            )
            moves.move(stage.db, actor, proposal, idea, asked)
            if self.to is ProposalState.INTEREST_CALL:
                call = queries.newest_call(stage.db, proposal.id)
                sending.send(stage.db, {"call_id": str(call.id if call else "")})


@dataclass(frozen=True, slots=True)
class Sound:
    """A colleague says what they think, over a cup of tea."""

    at: datetime
    key: str
    who: Somebody
    name: str
    opinion: Opinion
    comment: str

    def play(self, stage: Stage) -> None:
        said = SoundingAnswer(opinion=self.opinion, comment=self.comment)
        with _met(stage, self.at, self.key, self.who) as (actor, proposal, idea):
            new = SoundingCreate(name=self.name, answer=said)
            soundings.ask_for(stage.db, actor, proposal, idea, new)


@dataclass(frozen=True, slots=True)
class Express:
    """Somebody answers a call."""

    at: datetime
    key: str
    who: Somebody
    role: Offer = Offer.MEMBER
    interested: bool = True

    def play(self, stage: Stage) -> None:
        said = ExpressionCreate(role=self.role, interested=self.interested)
        with _met(stage, self.at, self.key, self.who) as (actor, _, idea):
            calls.express(stage.db, actor, idea, said)


@dataclass(frozen=True, slots=True)
class Agree:
    """A coordinator names a lead or sponsor, and they say yes."""

    at: datetime
    key: str
    by: Somebody
    office: Office
    who: Somebody

    def play(self, stage: Stage) -> None:
        person_id = stage.people[self.who]
        with _met(stage, self.at, self.key, self.by) as (actor, proposal, idea):
            ideas.name_office(stage.db, actor, proposal, idea, self.office, person_id)
        later = self.at + timedelta(hours=3)
        with _met(stage, later, self.key, self.who) as (actor, proposal, _):
            ideas.answer_office(stage.db, actor, proposal, self.office, accept=True)


@dataclass(frozen=True, slots=True)
class AskDates:
    """The lead writes the ground rules and asks which date suits."""

    at: datetime
    key: str
    lead: Somebody
    dates: tuple[datetime, ...]

    def play(self, stage: Stage) -> None:
        with _met(stage, self.at, self.key, self.lead) as (actor, proposal, idea):
            community = communities.get(stage.db, actor, proposal.community_id)
            founding.write_ground_rules(stage.db, actor, community, list(RULES))
            closes_at = self.at + timedelta(days=6)
            new = PollCreate(options=list(self.dates), minutes=75, closes_at=closes_at)
            stage.polls[self.key] = polls.ask(stage.db, actor, proposal, idea, new).id


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody says which dates suit them."""

    at: datetime
    key: str
    who: Somebody
    suits: tuple[Suits, ...]

    def play(self, stage: Stage) -> None:
        with _met(stage, self.at, self.key, self.who) as (actor, _, idea):
            poll = stage.db.get_one(DatePoll, stage.polls[self.key])
            options = polls.options(stage.db, poll)
            said = [
                VoteAsked(option_id=option.id, suits=suits)
                for option, suits in zip(options, self.suits, strict=False)
            ]
            polls.vote(stage.db, actor, idea, poll, said)


@dataclass(frozen=True, slots=True)
class Decide:
    """The lead chooses the date most people can come to."""

    at: datetime
    key: str
    lead: Somebody

    def play(self, stage: Stage) -> None:
        with _met(stage, self.at, self.key, self.lead) as (actor, proposal, idea):
            poll = stage.db.get_one(DatePoll, stage.polls[self.key])
            said = PollDecision(title="We begin", mode=Mode.ONLINE)
            polls.decide(stage.db, actor, proposal, idea, poll, said)


@dataclass(frozen=True, slots=True)
class Meet:
    """The first session takes place."""

    at: datetime
    key: str
    lead: Somebody
    present: tuple[Somebody, ...]

    def play(self, stage: Stage) -> None:
        with _met(stage, self.at, self.key, self.lead) as (actor, _, __):
            poll = stage.db.get_one(DatePoll, stage.polls[self.key])
            marks = [
                PersonMark(person_id=stage.people[each], status=AttendanceStatus.ATTENDED)
                for each in self.present
            ]
            session = stage.db.get_one(Session, poll.session_id)
            attendances.mark_many(stage.db, actor, session.id, marks, BulkQuery())
            stage.db.refresh(session)
            programme.hold(stage.db, session)


@dataclass(frozen=True, slots=True)
class Accept:
    """Somebody who had said yes joins the community that came of it."""

    at: datetime
    key: str
    who: Somebody

    def play(self, stage: Stage) -> None:
        with stage.at(self.at, self.who):
            actor = queries.as_seen_by(stage.db, stage.people[self.who])
            proposal = stage.db.get_one(Proposal, stage.proposals[self.key])
            community = communities.get(stage.db, actor, _known(proposal.community_id))
            with held(stage.db, community) as places:
                memberships.join(stage.db, actor, places, None)


def _known(community_id: UUID | None) -> UUID:
    if community_id is None:
        raise LookupError("nothing has come of it yet")
    return community_id
