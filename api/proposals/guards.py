"""What must be true before a step: each guard says what is missing and what to do about it.

Pure: the facts come in, and what is lacking goes out. A guard that finds nothing is met.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from api.core.problems import Conflict

SHORTEST_CALL, LONGEST_CALL = timedelta(days=7), timedelta(days=60)


class GuardFailed(Conflict):
    """Something is still missing before this step; `errors` names each guard and what to do."""

    title = "It is not ready for that yet"


class Lack(NamedTuple):
    """One guard that is not met, and what to do about it."""

    guard: str
    advice: str


class Told(NamedTuple):
    """What a draft says."""

    purpose: str
    domain: str
    audience: str
    why_now: str
    has_lead: bool
    supporters: int
    not_a_support_group: bool


class Counts(NamedTuple):
    """What an interest call has reached."""

    people: int = 0
    organisations: int = 0
    co_leads: int = 0


class First(NamedTuple):
    """What stands of a community in the making."""

    missing: list[str]
    ground_rules: bool
    facilitated: bool
    # The soonest first session ahead, if there is one.
    starts_at: datetime | None


def hold(lacks: Iterable[Lack]) -> None:
    """Refuse a step while anything is lacking."""
    if found := list(lacks):
        errors = [{"at": f"guard/{lack.guard}", "detail": lack.advice} for lack in found]
        raise GuardFailed("; ".join(lack.advice for lack in found) + ".", errors)


def told(draft: Told) -> list[Lack]:
    """A proposal says what it is, who stands behind it, and that it is learning."""
    open_fields = [n for n in ("purpose", "domain", "audience", "why_now") if not getattr(draft, n)]
    lacks = [Lack(name, f"say its {name.replace('_', ' ')}") for name in open_fields]
    if not draft.has_lead:
        lacks.append(Lack("proposed_lead", "name somebody who could lead it"))
    if not draft.supporters:
        lacks.append(Lack("co_supporter", "name at least one person who supports it with you"))
    if not draft.not_a_support_group:
        lacks.append(
            Lack("not_a_support_group", "confirm that it is learning, and not a support group")
        )
    return lacks


def looked(unseen: list[str]) -> list[Lack]:
    """The proposer has seen every similar community there is now."""
    if not unseen:
        return []
    names = ", ".join(f"“{name}”" for name in unseen[:5])
    return [Lack("similar_seen", f"look at what is similar first: {names}")]


def sounded(answers: int) -> list[Lack]:
    """At least one colleague has said what they think."""
    return [] if answers else [Lack("sounding", "ask a colleague first; no sounding is recorded")]


def asked_again(first_text: str, text: str, free_at: datetime, moment: datetime) -> list[Lack]:
    """A second call comes after a while, and says something else."""
    lacks = []
    if moment < free_at:
        day = free_at.date().isoformat()
        lacks.append(Lack("second_round_pause", f"wait until {day} before you ask again"))
    if text.split() == first_text.split():
        lacks.append(Lack("changed_text", "change the text; this one was asked before"))
    return lacks


def enough(counts: Counts, needed: Counts) -> list[Lack]:
    """Enough people, from enough organisations, with somebody to share the lead."""
    words = {"people": "people", "organisations": "organisations", "co_leads": "co-leads"}
    return [
        Lack(name, f"{have} of {need} {words[name]}")
        for name, have, need in zip(Counts._fields, counts, needed, strict=True)
        if have < need
    ]


def agreed(accepted: Iterable[str], named: Iterable[str]) -> list[Lack]:
    """Lead and sponsor are named, and both have accepted."""
    yes, known = set(accepted), set(named)
    lacks = []
    for office in ("lead", "sponsor"):
        if office not in known:
            lacks.append(Lack(office, f"name a {office}"))
        elif office not in yes:
            lacks.append(Lack(office, f"wait until the {office} has accepted, or name another"))
    return lacks


def prepared(first: First, ahead: timedelta, moment: datetime) -> list[Lack]:
    """Charter, ground rules, facilitator and a first session far enough ahead."""
    lacks = []
    if first.missing:
        lacks.append(Lack("charter", f"complete the charter: {', '.join(first.missing)}"))
    if not first.ground_rules:
        lacks.append(Lack("ground_rules", "write the ground rules"))
    if first.starts_at is None:
        lacks.append(Lack("first_session", "plan the first session"))
        return lacks
    if first.starts_at < moment + ahead:
        lacks.append(
            Lack("first_session", f"plan the first session at least {ahead.days} days ahead")
        )
    if not first.facilitated:
        lacks.append(Lack("facilitator", "name a facilitator for the first session"))
    return lacks


def met(present: int | None, needed: int) -> list[Lack]:
    """The first session was held, and enough people were there."""
    if present is None:
        return [Lack("first_session", "hold the first session and say that it took place")]
    if present < needed:
        return [Lack("present", f"{present} of {needed} people are on record as having been there")]
    return []
