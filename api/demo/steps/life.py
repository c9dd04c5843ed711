"""What happens in the story of the demo network, one small class for each kind of happening.

A step knows when it happens and who does it; `play` does it through the same services that answer
requests, so that rules, counts, events and records of the past are those of real use.
"""

from dataclasses import dataclass
from datetime import date, datetime

from api.communities import links
from api.communities import service as communities
from api.communities.models import ClosedAs, LinkKind, LinkState
from api.communities.policy import Bond
from api.communities.schemas import CommunityCreate, LinkCreate, Signpost
from api.core.actor import Actor, Role, State
from api.core.bulk import HowMuch
from api.demo.cast.blueprint import Blueprint
from api.demo.cast.communities import SIGNPOSTS
from api.demo.cast.organisations import Workplace
from api.demo.cast.people import Somebody
from api.demo.plan.belonging import Belonging
from api.demo.steps.stage import Stage
from api.engagement.landscape import service as landscape
from api.identity.people import service as people
from api.identity.people.schemas import OrganisationCreate, PersonCreate
from api.memberships import bulk, changing
from api.memberships import service as memberships
from api.memberships.schemas import MembershipCreate, MembershipItem


@dataclass(frozen=True, slots=True)
class AddOrganisation:
    """An organisation of the network is entered, with its teams."""

    at: datetime
    workplace: Workplace

    def play(self, stage: Stage) -> None:
        w = self.workplace
        new = OrganisationCreate(name=w.name, kind=w.kind, domains=[w.domain], teams=list(w.teams))
        with stage.at(self.at) as actor:
            made = people.add_organisation(stage.db, actor, new)
        stage.organisations[w.name] = made.id


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Somebody is entered from their organisation's directory."""

    at: datetime
    who: Somebody

    def play(self, stage: Stage) -> None:
        new = PersonCreate(
            name=self.who.name,
            email=self.who.email,
            team=self.who.team,
            organisation_id=stage.organisations[self.who.workplace.name],
        )
        with stage.at(self.at) as actor:
            made = people.add_person(stage.db, actor, new)
        stage.people[self.who] = made.id


@dataclass(frozen=True, slots=True)
class Found:
    """A community is founded by its first lead."""

    at: datetime
    blueprint: Blueprint
    founded_on: date
    lead: Somebody

    def play(self, stage: Stage) -> None:
        b = self.blueprint
        new = CommunityCreate(
            name=b.name,
            kind=b.kind,
            purpose=b.purpose,
            domain=b.domain,
            practice=b.practice,
            audience=b.audience,
            region=b.region,
            visibility=b.visibility,
            join_policy=b.join_policy,
            stage=b.stage,
            cadence=b.cadence,
            mode=b.mode,
            topics=list(b.topics),
            languages=list(b.languages),
            signposts=[Signpost(label=label, contact=contact) for label, contact in SIGNPOSTS],
            member_limit=b.limit,
            founded_on=self.founded_on,
            ground_rules=list(b.ground_rules),
            parent_id=stage.communities[b.above] if b.above else None,
        )
        with stage.at(self.at, self.lead) as lead:
            # The umbrella agreed before; here the founder speaks for it too.
            made = communities.found(stage.db, Actor(lead.person_id, steward=True), new)
        stage.founded(b.key, made.id, self.lead)


@dataclass(frozen=True, slots=True)
class Enrol:
    """Those who were members already are entered, with the days on which they joined."""

    at: datetime
    key: str
    belongings: tuple[Belonging, ...]

    def play(self, stage: Stage) -> None:
        items = [
            MembershipItem(person_id=stage.people[b.who], role=b.role, joined_at=b.joined)
            for b in self.belongings
        ]
        lead, everybody = stage.leads[self.key], [b.who for b in self.belongings]
        with stage.at(self.at, lead) as actor, stage.places(self.key, *everybody) as places:
            bulk.bring(stage.db, actor, places, items, HowMuch.ALL)


@dataclass(frozen=True, slots=True)
class Add:
    """A lead adds somebody at once, perhaps to help with running the community."""

    at: datetime
    key: str
    who: Somebody
    role: Role

    def play(self, stage: Stage) -> None:
        new = MembershipCreate(person_id=stage.people[self.who], role=self.role)
        lead = stage.leads[self.key]
        with stage.at(self.at, lead) as actor, stage.places(self.key, self.who) as places:
            memberships.add(stage.db, actor, places, new)


@dataclass(frozen=True, slots=True)
class Invite:
    """Somebody who facilitates invites a person, who answers in their own time."""

    at: datetime
    key: str
    by: Somebody
    who: Somebody

    def play(self, stage: Stage) -> None:
        new = MembershipCreate(person_id=stage.people[self.who])
        with stage.at(self.at, self.by) as actor, stage.places(self.key, self.who) as places:
            memberships.add(stage.db, actor, places, new)


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody joins, asks to, or accepts an invitation, whichever the community has for them."""

    at: datetime
    key: str
    who: Somebody

    def play(self, stage: Stage) -> None:
        with stage.at(self.at, self.who) as actor, stage.places(self.key, self.who) as places:
            memberships.join(stage.db, actor, places, places.community.ground_rules_version)


@dataclass(frozen=True, slots=True)
class AcceptRules:
    """Somebody who was entered by others reads the ground rules, and accepts them."""

    at: datetime
    key: str
    who: Somebody

    def play(self, stage: Stage) -> None:
        membership = stage.membership(self.key, self.who)
        with (
            stage.at(self.at, self.who) as actor,
            stage.places(self.key, self.who, membership=membership) as places,
        ):
            version = places.community.ground_rules_version
            changing.accept_rules(stage.db, actor, places, membership, version)


@dataclass(frozen=True, slots=True)
class Move:
    """A membership is led to another state, by the person or by a lead."""

    at: datetime
    key: str
    who: Somebody
    to: State
    by: Somebody
    reason: str | None = None

    def play(self, stage: Stage) -> None:
        membership = stage.membership(self.key, self.who)
        with (
            stage.at(self.at, self.by) as actor,
            stage.places(self.key, self.who, membership=membership) as places,
        ):
            changing.move(stage.db, actor, places, membership, self.to, self.reason)


@dataclass(frozen=True, slots=True)
class Link:
    """One community offers another a link, which the other may have accepted since."""

    at: datetime
    key: str
    other: str
    kind: LinkKind
    note: str
    accepted: datetime | None

    def play(self, stage: Stage) -> None:
        new = LinkCreate(to_id=stage.communities[self.other], kind=self.kind, note=self.note)
        here, there = stage.community(self.key), stage.community(self.other)
        with stage.at(self.at, stage.leads[self.key]) as actor:
            link = links.offer(stage.db, actor, here, there, new)
        # Whoever leads both communities has answered by offering.
        if self.accepted and link.state is LinkState.OFFERED:
            bond = Bond(link.state, here.lineage, there.lineage)
            with stage.at(self.accepted, stage.leads[self.other]) as actor:
                links.answer(stage.db, actor, link, bond, accept=True)


@dataclass(frozen=True, slots=True)
class Hope:
    """A community says which organisations it hopes to reach."""

    at: datetime
    key: str
    workplaces: tuple[Workplace, ...]

    def play(self, stage: Stage) -> None:
        wanted = [stage.organisations[workplace.name] for workplace in self.workplaces]
        with stage.at(self.at, stage.leads[self.key]) as actor:
            landscape.draw(stage.db, actor, stage.community(self.key), wanted)


@dataclass(frozen=True, slots=True)
class Archive:
    """A community whose time is over is put away."""

    at: datetime
    key: str

    def play(self, stage: Stage) -> None:
        with stage.at(self.at, stage.leads[self.key]) as actor:
            communities.archive(
                stage.db, actor, stage.community(self.key), ClosedAs.INSTITUTIONALISED
            )
