"""What became of ideas and of plans: their steps, read once and handed to the formulas."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import dropwhile, groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, Subquery, func, select, union_all
from sqlmodel import col

from api.engagement import proposed
from api.engagement.metrics.facts import Facts, bare
from api.engagement.metrics.known import Id, Times, unbroken
from api.engagement.models import Submission
from api.engagement.proposed import SETTLED, Due, Journey, Referral
from api.engagement.queries import known_at
from api.engagement.values import Value
from api.engagement.windows import Window, begins, find_zone
from api.identity.models import Affiliation
from api.memberships.models import Spell
from api.proposals.lifecycle import ProposalState
from api.proposals.models import MilestoneFact, Proposal, Supporter, Transition
from api.similarity.models import Kind

_TIME_TO_JOIN = timedelta(days=SETTLED)
# No zone is further from UTC.
_A_DAY_OFF = timedelta(days=2)


def proposal_funnel(facts: Facts, window: Window) -> Value:
    return proposed.proposal_funnel(_submitted(facts, window))


def duplicate_avoidance(facts: Facts, window: Window) -> Value:
    found = [referral for since, referral in facts.once(_referrals) if since in window]
    return proposed.duplicate_avoidance(len(_submitted(facts, window)), found)


def programme_adherence(facts: Facts, window: Window) -> Value:
    """Those whose day begins in the window and is over, by the calendar of who asks."""
    zone = window.timezone
    today = facts.about.as_of.astimezone(find_zone(zone)).date()
    due = [
        milestone
        for milestone in facts.once(_milestones)
        if milestone.due_on < today and begins(milestone.due_on, zone) in window
    ]
    return proposed.programme_adherence(due, today, by_phase=facts.about.communities is None)


def _submitted(facts: Facts, window: Window) -> list[Journey]:
    return [each for each in facts.once(_journeys) if each.moves[0][1] in window]


def _journeys(facts: Facts) -> list[Journey]:
    """The steps of every proposal from its submission on."""
    step = Transition
    statement = (
        select(bare(step.proposal_id), col(step.to_state), col(step.at))
        .join(Submission, col(Submission.proposal_id) == col(step.proposal_id))
        .where(*_in_time(facts), col(step.at) <= facts.about.as_of)
        .order_by(col(step.proposal_id), col(step.number))
    )
    found = []
    for _, steps in groupby(facts.read(statement), key=itemgetter(0)):
        moves = ((state, at) for _, state, at in steps)
        # A draft may have expired and come back before.
        begun = dropwhile(lambda move: move[0] != ProposalState.SUBMITTED, moves)
        found.append(Journey(tuple(begun), facts.about.as_of))
    return found


def _referrals(facts: Facts) -> list[tuple[datetime, Referral]]:
    """When each referred proposal was submitted, and what came of the referral."""
    step, behind = Transition, _behind()
    statement = (
        select(
            bare(step.proposal_id),
            col(Submission.submitted_at),
            col(step.at),
            col(step.evidence),
            bare(behind.c.person_id),
            func.coalesce(col(Affiliation.counted), True),
        )
        .join(Submission, col(Submission.proposal_id) == col(step.proposal_id))
        .join(behind, behind.c.proposal_id == col(step.proposal_id))
        .outerjoin(
            Affiliation,
            (col(Affiliation.person_id) == behind.c.person_id)
            & known_at(Affiliation, facts.about.as_of),
        )
        .where(*_referred(facts))
        .order_by(col(step.proposal_id))
    )
    rows = facts.read(statement)
    times = _times(facts) if rows else {}
    return [
        _referral(facts, times, list(people))
        for _, people in groupby(rows, key=itemgetter(0))
    ]  # fmt: skip


def _referral(
    facts: Facts,
    times: dict[tuple[str, str], Times],
    rows: list[tuple[Id, datetime, datetime, dict[str, list[dict[str, str]]], Id, bool]],
) -> tuple[datetime, Referral]:
    _, submitted, at, evidence, *_ = rows[0]
    targets = evidence.get("targets", [])
    places = [each["id"] for each in targets if each["kind"] == Kind.COMMUNITY]
    counted = {str(person) for *_, person, counted in rows if counted}

    def belonged(person: str) -> bool:
        return all(
            any(began < at and (not ended or ended > at) for began, ended in times[person, place])
            for place in places
        )

    def joined(person: str) -> bool:
        begun = (began for place in places for began, _ in times[person, place])
        return any(at <= began < at + _TIME_TO_JOIN for began in begun)

    people = frozenset(person for person in counted if places and not belonged(person))
    return submitted, Referral(
        to_community=bool(places),
        settled=at + _TIME_TO_JOIN <= facts.about.as_of,
        people=people,
        joined=frozenset(filter(joined, people)),
    )


def _times(facts: Facts) -> dict[tuple[str, str], Times]:
    """When those behind referred proposals belonged where, role changes left out."""
    step, behind = Transition, _behind()
    people = (
        select(behind.c.person_id)
        .join(step, col(step.proposal_id) == behind.c.proposal_id)
        .join(Submission, col(Submission.proposal_id) == behind.c.proposal_id)
        .where(*_referred(facts))
    )
    statement = select(
        bare(Spell.person_id), bare(Spell.community_id), col(Spell.began_at), col(Spell.ended_at)
    ).where(col(Spell.person_id).in_(people), known_at(Spell, facts.about.as_of))
    found: dict[tuple[str, str], Times] = defaultdict(list)
    for person, community, began, ended in facts.read(statement):
        found[str(person), str(community)].append((began, ended))
    whole: dict[tuple[str, str], Times] = defaultdict(list)
    whole.update({key: unbroken(times) for key, times in found.items()})
    return whole


def _milestones(facts: Facts) -> list[Due]:
    fact = MilestoneFact
    first, last = (facts.start - _A_DAY_OFF).date(), (facts.end + _A_DAY_OFF).date()
    statement = select(col(fact.phase), col(fact.due_on), col(fact.done_on)).where(
        facts.about.holds(fact.community_id),
        known_at(fact, facts.about.as_of),
        col(fact.due_on).between(first, last),
    )
    return [Due(*row) for row in facts.read(statement)]


def _in_time(facts: Facts) -> Iterator[ColumnElement[bool]]:
    at = col(Submission.submitted_at)
    yield facts.about.holds(Submission.community_id)
    yield at >= facts.start
    yield at < facts.end
    yield at <= facts.about.as_of


def _referred(facts: Facts) -> Iterator[ColumnElement[bool]]:
    yield from _in_time(facts)
    yield col(Transition.to_state) == ProposalState.REFERRED
    yield col(Transition.at) <= facts.about.as_of


def _behind() -> Subquery:
    """Proposers and supporters. Nobody changes these any more once a proposal is referred."""
    return union_all(
        select(col(Proposal.id).label("proposal_id"), col(Proposal.proposer_id).label("person_id")),
        select(col(Supporter.proposal_id), col(Supporter.person_id)),
    ).subquery()
