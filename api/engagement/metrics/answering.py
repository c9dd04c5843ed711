"""Answers a question about metrics: facts, then values, then disclosure control."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from api.communities.models import Community
from api.core.actor import Actor
from api.core.db import Database
from api.core.problems import Invalid
from api.engagement import policy
from api.engagement.catalogue import CATALOGUE, companions
from api.engagement.disclosure import disclose
from api.engagement.ledger import Entry
from api.engagement.metric import Metric
from api.engagement.metrics import asking, measuring
from api.engagement.metrics.asking import Question
from api.engagement.metrics.facts import Facts
from api.engagement.metrics.measuring import MEASURES, ties
from api.engagement.metrics.schemas import (
    GroupBy,
    MetricQuery,
    MetricValue,
    MetricValues,
    NetworkRead,
    NodeRead,
    ProfileName,
    TieRead,
    WindowQuery,
)
from api.engagement.network import Ties
from api.engagement.profile import EXACT, NHS8, Profile
from api.engagement.windows import Window
from api.identity.models import Person

MOST_PEOPLE, MOST_TIES = 5_000, 20_000
NETWORK = ("network_density", "cross_team_ties")

Asked = list[tuple[Metric, Window]]


class NetworkTooLarge(Invalid):
    """So many people or ties make no picture; ask for a shorter window or a stricter tie rule."""

    title = "The network is too large to be drawn"


def metrics(
    db: Database, actor: Actor, community: Community, query: MetricQuery
) -> tuple[MetricValues, Profile]:
    """Answer with the values asked for, and say how small numbers were treated."""
    question = asking.read(db, actor, community, query)
    profile = asking.profile(actor, community, query.profile)
    wanted = asking.metrics(query.ids)
    asked = [(m, w) for m in wanted for w in asking.cut(m, question, query, query.interval)]
    asking.fit(len(asked))
    unasked = [
        (m, w)
        for m in beside(wanted, profile)
        for w in asking.cut(m, question, query, query.interval)
    ]
    items = values(look(db, question, asked + unasked), question, asked, profile, unasked)
    return MetricValues(items=items, disclosure=in_words(profile)), profile


def beside(wanted: list[Metric], profile: Profile) -> list[Metric]:
    """The metrics that have to be worked out too, before any of those asked for can be shown.

    What must be hidden depends on every number somebody could put beside it.
    """
    if profile == EXACT:
        return []
    found = (CATALOGUE[metric_id] for metric_id in companions(m.id for m in wanted))
    return [metric for metric in found if metric not in wanted]


def look(db: Database, question: Question, asked: Asked) -> Facts:
    """Prepare the facts that these metrics need in these windows; nothing is read yet."""
    edges = (e for m, w in asked for e in measuring.edges(m.id, w, question.terms))
    start = min(window.start for _, window in asked)
    end = max(window.end for _, window in asked)
    return Facts(db, question.gathering, edges, start, end)


def values(
    facts: Facts, question: Question, asked: Asked, profile: Profile, unasked: Asked | None = None
) -> list[MetricValue]:
    """Measure, protect, and write out what was asked for."""
    entries = [
        Entry(metric, window, MEASURES[metric.id](facts, window, question.terms))
        for metric, window in [*asked, *(unasked or ())]
    ]
    safe = disclose(entries, profile)
    return [
        MetricValue.of(
            question.gathering.community_id,
            metric,
            window,
            value,
            as_of=question.as_of,
            profile=ProfileName(profile.name),
            rule=rule(metric, question),
        )
        for (metric, window), value in zip(asked, safe, strict=False)
    ]


def rule(metric: Metric, question: Question) -> dict[str, Any]:
    """Say what a number depends on besides its window, so that it can be asked for again."""
    terms, found = question.terms, dict(question.rule)
    if metric.id in NETWORK:
        found |= terms.tie.as_rule()
    if metric.id == "cross_team_ties":
        found["group_by"] = GroupBy.TEAM if terms.by_team else GroupBy.ORGANISATION
    if metric.id == "participation_mix":
        cadence = terms.cadence
        found |= {"cadence": cadence.name, "slots": cadence.slots, "slot_days": cadence.days}
    return found


def network(
    db: Database, actor: Actor, community: Community, query: WindowQuery
) -> tuple[NetworkRead, Profile]:
    """Answer with the people and ties of a window for leads, and with sums for everybody else."""
    question = asking.read(db, actor, community, query)
    profile = asking.profile(actor, community, None)
    wanted = [CATALOGUE[metric_id] for metric_id in NETWORK]
    asked = [(m, asking.cut(m, question, query)[0]) for m in wanted]
    unasked = [(m, asking.cut(m, question, query)[0]) for m in beside(wanted, profile)]
    facts, window = look(db, question, asked + unasked), asked[0][1]
    drawn = policy.see_ties(actor, community)
    found = ties(facts, window, question.terms, detailed=True) if drawn else None
    if found and (len(found.people) > MOST_PEOPLE or len(found) > MOST_TIES):
        raise NetworkTooLarge(
            f"It has {len(found.people)} people and {len(found)} ties; drawn are at most"
            f" {MOST_PEOPLE} and {MOST_TIES}."
        )
    answer = NetworkRead(
        community_id=community.id,
        from_=window.start,
        to=window.end,
        timezone=window.timezone,
        as_of=question.as_of,
        rule=rule(CATALOGUE["cross_team_ties"], question),
        profile=ProfileName(profile.name),
        aggregates=values(facts, question, asked, profile, unasked),
        nodes=_nodes(db, facts, found) if found is not None else None,
        ties=_ties(found) if found is not None else None,
    )
    return answer, profile


def _nodes(db: Database, facts: Facts, found: Ties[Any]) -> list[NodeRead]:
    known = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(found.people))
    names = {str(person): name for person, name in db.connection().execute(known)}
    degrees = dict.fromkeys(range(len(found.people)), 0)
    for ends in (found.left, found.right):
        for position in ends.tolist():
            degrees[position] += 1
    people = facts.people
    return [
        NodeRead(
            person_id=person,
            name=names[str(person)],
            organisation_id=people.organisations[person],
            team=(people.teams[person] or (None, None))[1],
            degree=degrees[position],
        )
        for position, person in enumerate(found.people)
    ]


def _ties(found: Ties[Any]) -> list[TieRead]:
    return [
        TieRead(person_id=one, other_id=other, shared=shared, weight=weight)
        for one, other, shared, weight in found
    ]


def in_words(profile: Profile) -> str:
    """Tell a reader what was done to small numbers."""
    if profile == EXACT:
        return "Nothing is hidden. That you read exact numbers is recorded."
    rounded = f", others rounded to the nearest {profile.nearest}" if profile.nearest > 1 else ""
    return (
        f"Counts from 1 to {profile.below - 1} are hidden{rounded}. Rates are made of these counts,"
        f" and hidden with them; an index needs {profile.below} people. A number that would give a"
        " hidden one away is hidden too."
    )


def is_free(profile: Profile) -> bool:
    """Whether numbers in this form may be read without leaving a trace."""
    return profile == NHS8
