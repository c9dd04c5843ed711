"""From facts to values: who is in each crowd of the catalogue, handed to the formulas.

`MEASURES` has one function for each metric, which picks the people, answers or seats that a window
is about. Nothing is divided here; that is written once, in `formulas` and `network`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from api.communities.models import Cadence as Rhythm
from api.engagement import formulas, network
from api.engagement.formulas import CORE_LED, MONTHLY, NEW_DAYS, WEEKLY, Cadence, Participation
from api.engagement.metrics import proposals
from api.engagement.metrics.facts import Facts
from api.engagement.metrics.known import NOTHING, Id, Line, Meeting, Yes
from api.engagement.network import TieRule, Ties
from api.engagement.values import Value
from api.engagement.windows import Window, ending
from api.sessions.models import Seating

LATE = timedelta(hours=24)
LAST = (1, 7, 28)


@dataclass(frozen=True, slots=True)
class Terms:
    """When two people are tied, what a group is, and how often the community meets."""

    tie: TieRule
    by_team: bool
    cadence: Cadence


def cadence_of(rhythm: Rhythm) -> Cadence:
    """Communities that meet every week are looked at by weeks; nobody else could keep up."""
    return WEEKLY if rhythm is Rhythm.WEEKLY else MONTHLY


def edges(metric_id: str, window: Window, terms: Terms) -> Iterator[datetime]:
    """The moments between which a metric needs what people did."""
    if metric_id in ("active_members", "active_rate", "participation_gini"):
        yield window.start
        yield window.end
    if metric_id == "active_members":
        yield from (_last(window, days).start for days in LAST)
    if metric_id == "participation_mix":
        yield from (edge for slot in _slots(window, terms.cadence) for edge in slot)


def members(facts: Facts, window: Window, _: Terms) -> Value:
    return formulas.members(len(facts.people.at(window.end)))


def net_growth(facts: Facts, window: Window, _: Terms) -> Value:
    people = facts.people
    during = people.during(window.start, window.end)
    before, after = people.at(window.start), people.at(window.end)
    return formulas.net_growth(len(during - before), len(during - after), len(before))


def organisation_reach(facts: Facts, window: Window, _: Terms) -> Value:
    hoped, people = facts.hoped_for, facts.people
    present = {people.organisations[person] for person in people.at(window.end)} if hoped else set()
    return formulas.organisation_reach(len(hoped & present), len(hoped))


def active_members(facts: Facts, window: Window, _: Terms) -> Value:
    day, week, month = (len(_active(facts, _last(window, days))) for days in LAST)
    return formulas.active_members(len(_active(facts, window)), day, week, month)


def active_rate(facts: Facts, window: Window, _: Terms) -> Value:
    population = facts.people.during(window.start, window.end)
    return formulas.active_rate(len(_active(facts, window)), len(population))


def participation_gini(facts: Facts, window: Window, _: Terms) -> Value:
    did = facts.record.between(window.start, window.end)
    population = facts.people.during(window.start, window.end)
    return formulas.participation_gini(
        [did.get(person, NOTHING).contributions for person in population]
    )


def participation_mix(facts: Facts, window: Window, terms: Terms) -> Value:
    slots = [facts.record.between(*slot) for slot in _slots(window, terms.cadence)]
    settled = _last(window, NEW_DAYS).start

    def participation(person: Id) -> Participation:
        did = [slot[person] for slot in slots if person in slot]
        return Participation(
            contributed=sum(deeds.contributions > 0 for deeds in did),
            took_part=sum(deeds.took_part for deeds in did),
            led=min(sum(deeds.led for deeds in did), CORE_LED),
            looked=any(deeds.views for deeds in did),
            new=facts.people.first(person) > settled,
        )

    present = facts.people.at(window.end)
    return formulas.participation_mix(map(participation, present), terms.cadence)


def rsvp_conversion(facts: Facts, window: Window, _: Terms) -> Value:
    yes, came, _recorded, _late = _kept(facts, window)
    return formulas.rsvp_conversion(came, yes)


def no_show_rate(facts: Facts, window: Window, _: Terms) -> Value:
    yes, came, recorded, late = _kept(facts, window)
    return formulas.no_show_rate(yes - came, yes, recorded, late)


def fill_rate(facts: Facts, window: Window, _: Terms) -> Value:
    return formulas.fill_rate(
        seats
        for session, meeting in facts.meetings.items()
        if meeting.starts_at in window and (meeting.held or session in facts.registers)
        for seats in _seats(facts, session, meeting)
    )


def network_density(facts: Facts, window: Window, terms: Terms) -> Value:
    return network.network_density(ties(facts, window, terms, detailed=False))


def cross_team_ties(facts: Facts, window: Window, terms: Terms) -> Value:
    return network.cross_team_ties(ties(facts, window, terms, detailed=False), groups(facts, terms))


def ties(facts: Facts, window: Window, terms: Terms, *, detailed: bool) -> Ties[Id]:
    """Who met whom in a window; guests fill a room, but only members are tied."""
    met = (
        (session, line.person)
        for session, meeting in facts.meetings.items()
        if meeting.starts_at in window
        for line in facts.registers.get(session, ())
        if line.came
    )
    population = facts.people.during(window.start, window.end)
    return network.find_ties(met, terms.tie, people=population, detailed=detailed)


def groups(facts: Facts, terms: Terms) -> dict[Id, Id]:
    people = facts.people
    return people.teams if terms.by_team else people.organisations


MEASURES: dict[str, Callable[[Facts, Window, Terms], Value]] = {
    measure.__name__: measure
    for measure in (
        members,
        net_growth,
        organisation_reach,
        active_members,
        active_rate,
        participation_mix,
        participation_gini,
        rsvp_conversion,
        no_show_rate,
        fill_rate,
        network_density,
        cross_team_ties,
    )
} | {
    "proposal_funnel": lambda facts, window, _: proposals.proposal_funnel(facts, window),
    "duplicate_avoidance": lambda facts, window, _: proposals.duplicate_avoidance(facts, window),
    "programme_adherence": lambda facts, window, _: proposals.programme_adherence(facts, window),
}


def _last(window: Window, days: int) -> Window:
    return ending(window.end, days, window.timezone)


def _slots(window: Window, cadence: Cadence) -> list[tuple[datetime, datetime]]:
    """The spans of the look back, latest first."""
    far = [window.end]
    far += [_last(window, cadence.days * n).start for n in range(1, cadence.slots + 1)]
    return [(start, end) for end, start in pairwise(far)]


def _active(facts: Facts, window: Window) -> set[Id]:
    """The members of a window who contributed or attended in it."""
    population = facts.people.during(window.start, window.end)
    did = facts.record.between(window.start, window.end)
    return {person for person, deeds in did.items() if deeds.took_part and person in population}


def _kept(facts: Facts, window: Window) -> tuple[int, int, int, int]:
    """Count, over the sessions with a register: said yes, came, marked absent, withdrew late."""
    yes = came = recorded = late = 0
    for session, meeting in facts.meetings.items():
        register = facts.registers.get(session)
        if meeting.starts_at not in window or not register:
            continue
        answers = [answer for answer in facts.answers.get(session, ()) if answer.counted]
        stood = {answer.person for answer in _stood(answers, meeting)}
        withdrawn = {
            answer.person
            for answer in answers
            if answer.until and meeting.starts_at - LATE < answer.until <= meeting.starts_at
        }
        yes += len(stood)
        came += len(stood & _people(register, came=True))
        recorded += len(stood & _people(register, came=False))
        late += len(withdrawn - stood)
    return yes, came, recorded, late


def _stood(answers: Iterable[Yes], meeting: Meeting) -> list[Yes]:
    """The answers that were in force when the session began, or were given while it ran."""

    def stands(answer: Yes) -> bool:
        late = answer.since > meeting.starts_at
        moment = meeting.ends_at if late else meeting.starts_at
        return answer.since <= moment and (answer.until is None or answer.until > moment)

    return [answer for answer in answers if stands(answer)]


def _people(register: Iterable[Line], *, came: bool) -> set[Id]:
    return {line.person for line in register if line.came is came}


def _seats(facts: Facts, session: Id, meeting: Meeting) -> Iterator[tuple[int, int | None]]:
    """Seats taken and seats there were, for each limit of a session.

    A seat is taken by whoever had a place when it began, and by whoever came without one.
    """
    seated: dict[Id, Seating | None] = {
        a.person: a.seating for a in _stood(facts.answers.get(session, ()), meeting)
    }
    for line in facts.registers.get(session, ()):
        if line.came:
            seated.setdefault(line.person, line.seating)
    if not meeting.hybrid:
        yield len(seated), meeting.capacity
        return
    taken = list(seated.values())
    yield taken.count(Seating.IN_PERSON), meeting.capacity
    yield taken.count(Seating.ONLINE), meeting.online_capacity
