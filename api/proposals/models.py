"""An idea for a community, and everything that gathers around it until it is one."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from api.communities.models import CommunityKind
from api.core.db import At, Document, OwnId, Ref, Row, Versioned, choice
from api.core.text import Line, Name, Paragraph
from api.proposals.lifecycle import ProposalState

_QUIET = text("state IN ('draft', 'scoping', 'planning', 'scheduled')")
_ANSWERED = text("answered_at IS NOT NULL")
_UNDECIDED = text("closed_at IS NULL")
_CURRENT = text("replaced_at IS NULL")


class Office(StrEnum):
    """Who must have agreed before planning begins."""

    LEAD = "lead"
    SPONSOR = "sponsor"


class Template(StrEnum):
    """How much of a programme is planned: to a first session, or for the first years."""

    LIGHT = "light"
    FULL = "full"


class Opinion(StrEnum):
    """What a colleague thinks of an idea."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class Offer(StrEnum):
    """As what somebody would take part."""

    MEMBER = "member"
    CO_LEAD = "co_lead"
    SPEAKER = "speaker"
    SPONSOR = "sponsor"
    OBSERVER = "observer"


class Suits(StrEnum):
    """Whether a date suits somebody."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


class ProposalBase(SQLModel):
    """What a proposer says; a draft may still leave everything but the name open."""

    name: Name
    kind: CommunityKind = Field(default=CommunityKind.COMMUNITY, sa_type=choice(CommunityKind))
    purpose: Paragraph = ""
    domain: Paragraph = ""
    audience: Paragraph = ""
    region: Line = ""
    why_now: Paragraph = ""
    # That it is professional learning, and not a support group or a counselling space.
    not_a_support_group: bool = False


class Proposal(ProposalBase, Versioned, Row, table=True):
    """An idea on its way to a first session; where it stands is what its transitions say."""

    __tablename__ = "proposals"
    __table_args__ = (
        Index("ix_proposals_quiet_since", "quiet_since", sqlite_where=_QUIET,
              postgresql_where=_QUIET),
        Index("ix_proposals_state", "state", "parent_id"),
        CheckConstraint("round BETWEEN 0 AND 2", name="round"),
    )  # fmt: skip

    proposer_id: UUID = Ref(foreign_key="people.id", index=True)
    # The umbrella it is to stand beneath; its coordinators decide.
    parent_id: UUID = Ref(foreign_key="communities.id", index=True)
    topics: list[str] = Field(default_factory=list, sa_type=Document)
    proposed_lead_id: UUID | None = Ref(default=None, foreign_key="people.id")
    state: ProposalState = Field(default=ProposalState.DRAFT, sa_type=choice(ProposalState))
    state_since: datetime = At()
    # The last time anybody did anything with it, and how many warnings it got since.
    quiet_since: datetime = At()
    warnings: int = 0
    warned_at: datetime | None = At(default=None)
    submitted_at: datetime | None = At(default=None)
    # What has happened once, as its transitions say.
    round: int = 0
    appealed: bool = False
    revived: bool = False
    before_expiry: ProposalState | None = Field(default=None, sa_type=choice(ProposalState))
    # The similar communities the proposer was shown last, and how they say theirs differs.
    seen_at: datetime | None = At(default=None)
    seen: list[dict[str, Any]] = Field(default_factory=list, sa_type=Document)
    differences: list[dict[str, Any]] = Field(default_factory=list, sa_type=Document)
    template: Template | None = Field(default=None, sa_type=choice(Template))
    community_id: UUID | None = Ref(default=None, foreign_key="communities.id", unique=True)


class Supporter(SQLModel, table=True):
    """Somebody who stands behind an idea with its proposer."""

    __tablename__ = "proposal_supporters"

    proposal_id: UUID = Ref(foreign_key="proposals.id", primary_key=True)
    person_id: UUID = Ref(foreign_key="people.id", primary_key=True, index=True)


class Transition(SQLModel, table=True):
    """One step of a proposal. Rows are only added; replayed in order they give its state."""

    __tablename__ = "proposal_transitions"
    __table_args__ = (
        # Two who decide at the same moment want the same number, and one of them gets it.
        UniqueConstraint("proposal_id", "number"),
        CheckConstraint("from_state <> to_state", name="somewhere_else"),
    )

    id: UUID = OwnId()
    proposal_id: UUID = Ref(foreign_key="proposals.id")
    number: int
    from_state: ProposalState = Field(sa_type=choice(ProposalState))
    to_state: ProposalState = Field(sa_type=choice(ProposalState), index=True)
    # Nobody, where time did it.
    actor_id: UUID | None = Ref(default=None, foreign_key="people.id")
    at: datetime = At()
    reason: str = Field(default="", max_length=1000)
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


class OfficeHolder(SQLModel, table=True):
    """Somebody who was asked to lead or to sponsor, and what they said."""

    __tablename__ = "proposal_offices"
    __table_args__ = (
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
    )

    proposal_id: UUID = Ref(foreign_key="proposals.id", primary_key=True)
    office: Office = Field(sa_type=choice(Office), primary_key=True)
    person_id: UUID = Ref(foreign_key="people.id", index=True)
    named_by_id: UUID = Ref(foreign_key="people.id")
    named_at: datetime = At()
    accepted_at: datetime | None = At(default=None)
    declined_at: datetime | None = At(default=None)


class Sounding(Row, table=True):
    """A colleague's private reaction, asked for by a link or written down after a talk."""

    __tablename__ = "soundings"
    __table_args__ = (
        Index("ix_soundings_answered", "proposal_id", sqlite_where=_ANSWERED,
              postgresql_where=_ANSWERED),
        CheckConstraint("answered_at IS NULL OR opinion IS NOT NULL", name="answer_says_something"),
    )  # fmt: skip

    proposal_id: UUID = Ref(foreign_key="proposals.id", index=True)
    asked_by_id: UUID = Ref(foreign_key="people.id")
    # Whom it was meant for, in the words of whoever asked.
    name: str = Field(default="", max_length=120)
    email: str | None = Field(default=None, max_length=254)
    # What the link proves; none where the answer was written down after a talk.
    digest: str | None = Field(default=None, max_length=64, unique=True)
    expires_at: datetime | None = At(default=None)
    withdrawn_at: datetime | None = At(default=None)
    answered_at: datetime | None = At(default=None)
    opinion: Opinion | None = Field(default=None, sa_type=choice(Opinion))
    role: str = Field(default="", max_length=120)
    organisation: str = Field(default="", max_length=120)
    comment: str = Field(default="", max_length=2000)


class Thresholds(SQLModel):
    """What an interest call must reach."""

    min_people: int = 8
    min_organisations: int = 2
    min_co_leads: int = 1


class ProposalSettings(Thresholds, Versioned, table=True):
    """What a network asks of its proposals; a network without a row asks the usual."""

    __tablename__ = "proposal_settings"

    community_id: UUID = Ref(foreign_key="communities.id", primary_key=True)
    call_days: int = 21
    second_round_after_days: int = 28
    first_warning_days: int = 60
    last_warning_days: int = 83
    quiet_days: int = 90
    first_session_ahead_days: int = 7
    min_present: int = 3
    sounding_days: int = 14


class InterestCall(Thresholds, Row, table=True):
    """One time-boxed call-out; its thresholds do not move once it is open."""

    __tablename__ = "interest_calls"
    __table_args__ = (
        UniqueConstraint("proposal_id", "round"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    )

    proposal_id: UUID = Ref(foreign_key="proposals.id")
    round: int
    text: str = Field(max_length=2000)
    opens_at: datetime = At()
    closes_at: datetime = At(index=True)
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    audience_size: int
    sent_at: datetime | None = At(default=None)
    nudged_at: datetime | None = At(default=None)
    closed_at: datetime | None = At(default=None)
    # How many said yes by the time it closed: as what, and where they work. Answers may change
    # in a second round; what the first one came to does not.
    came_to: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


class Recipient(SQLModel, table=True):
    """Somebody a call was sent to, and whether they answered it."""

    __tablename__ = "call_recipients"
    __table_args__ = (Index("ix_call_recipients_person_id", "person_id", "call_id"),)

    call_id: UUID = Ref(foreign_key="interest_calls.id", primary_key=True)
    person_id: UUID = Ref(foreign_key="people.id", primary_key=True)
    # Where they worked when it was sent.
    organisation_id: UUID | None = Ref(default=None, foreign_key="organisations.id")
    answered_at: datetime | None = At(default=None)
    nudged_at: datetime | None = At(default=None)


class Expression(Versioned, Row, table=True):
    """Somebody's answer to a call: that they would come and as what, or that it is not for them."""

    __tablename__ = "expressions"
    __table_args__ = (UniqueConstraint("proposal_id", "person_id"),)

    proposal_id: UUID = Ref(foreign_key="proposals.id")
    person_id: UUID = Ref(foreign_key="people.id", index=True)
    organisation_id: UUID | None = Ref(default=None, foreign_key="organisations.id")
    interested: bool
    role: Offer = Field(default=Offer.MEMBER, sa_type=choice(Offer))
    comment: str = Field(default="", max_length=1000)


class DatePoll(Versioned, Row, table=True):
    """A question to the interested: when should the first session be?"""

    __tablename__ = "date_polls"
    __table_args__ = (
        # One question at a time.
        Index("uq_date_polls_open", "proposal_id", unique=True, sqlite_where=_UNDECIDED,
              postgresql_where=_UNDECIDED),
    )  # fmt: skip

    proposal_id: UUID = Ref(foreign_key="proposals.id", index=True)
    asked_by_id: UUID = Ref(foreign_key="people.id")
    timezone: str = Field(max_length=64)
    minutes: int
    closes_at: datetime = At(index=True)
    closed_at: datetime | None = At(default=None)
    chosen_id: UUID | None = Ref(default=None)
    session_id: UUID | None = Ref(default=None, foreign_key="sessions.id")


class PollOption(SQLModel, table=True):
    """One date that is offered."""

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "starts_at"),)

    id: UUID = OwnId()
    poll_id: UUID = Ref(foreign_key="date_polls.id")
    starts_at: datetime = At()


class Vote(SQLModel, table=True):
    """Whether one date suits one person."""

    __tablename__ = "poll_votes"

    option_id: UUID = Ref(foreign_key="poll_options.id", primary_key=True)
    person_id: UUID = Ref(foreign_key="people.id", primary_key=True, index=True)
    suits: Suits = Field(sa_type=choice(Suits))


class ProgrammePlan(Versioned, Row, table=True):
    """What a community means to have done by when, counted in months from a first day."""

    __tablename__ = "programme_plans"

    community_id: UUID = Ref(foreign_key="communities.id", unique=True)
    template: Template = Field(sa_type=choice(Template))
    starts_on: date = Field(sa_type=Date)


class Milestone(Versioned, Row, table=True):
    """One thing to have done by a day."""

    __tablename__ = "milestones"
    __table_args__ = (
        CheckConstraint("month BETWEEN 0 AND 120", name="month"),
        Index("ix_milestones_plan_id", "plan_id", "due_on"),
    )

    plan_id: UUID = Ref(foreign_key="programme_plans.id")
    phase: str = Field(max_length=60)
    title: str = Field(max_length=200)
    month: int
    due_on: date = Field(sa_type=Date)
    done_on: date | None = Field(default=None, sa_type=Date)
    done_by_id: UUID | None = Ref(default=None, foreign_key="people.id")


class MilestoneFact(SQLModel, table=True):
    """What was known of a milestone at any moment, for metrics asked with `as_of`."""

    __tablename__ = "milestone_facts"
    __table_args__ = (
        Index("uq_milestone_facts_current", "milestone_id", unique=True, sqlite_where=_CURRENT,
              postgresql_where=_CURRENT),
        Index("ix_milestone_facts_community_id", "community_id", "due_on"),
    )  # fmt: skip

    id: UUID = OwnId()
    # No foreign key: what was known of a milestone stays when it is taken out of its plan.
    milestone_id: UUID = Ref()
    community_id: UUID = Ref(foreign_key="communities.id")
    phase: str = Field(max_length=60)
    due_on: date = Field(sa_type=Date)
    done_on: date | None = Field(default=None, sa_type=Date)
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)
