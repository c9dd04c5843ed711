"""Reads a question about metrics: whose numbers, for which windows, as of when, how exactly."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from api.communities import policy
from api.communities.models import Community, Lineage
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.moments import beginning
from api.core.policy import permit
from api.core.problems import Invalid
from api.engagement import windows
from api.engagement.catalogue import CATALOGUE
from api.engagement.metric import Metric
from api.engagement.metrics.facts import Gathering
from api.engagement.metrics.measuring import Terms, cadence_of
from api.engagement.metrics.schemas import GroupBy, ProfileName, WindowQuery
from api.engagement.models import Frame
from api.engagement.network import TieRule
from api.engagement.profile import PROFILES, Profile
from api.engagement.queries import beneath_at, known_at
from api.engagement.windows import Interval, TooManyBuckets, Window, WindowProblem

# How far back a trend looks when nobody says where it begins.
TREND = {
    Interval.DAY: 28,
    Interval.WEEK: 91,
    Interval.MONTH: 366,
    Interval.QUARTER: 731,
    Interval.YEAR: 1827,
    Interval.FOUR_WEEKS: 364,
}
MOST_VALUES = 2000


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, with every default filled in."""

    gathering: Gathering
    timezone: str
    terms: Terms
    rule: dict[str, Any]

    @property
    def as_of(self) -> datetime:
        return self.gathering.as_of


def read(db: Database, actor: Actor, community: Community, query: WindowQuery) -> Question:
    """Fill in what a question left open, from what was known of the community by then."""
    permit(policy.measure, actor, community)
    as_of = as_known(query.as_of, community.timezone)
    lineage, timezone, rhythm = _framed(db, community, as_of)
    inside = beneath_at(actor, lineage, as_of) if query.include and lineage else None
    terms = Terms(
        TieRule(query.tie_min_shared, query.tie_max_size),
        query.group_by is GroupBy.TEAM,
        cadence_of(rhythm),
    )
    rule: dict[str, Any] = {"include": query.include} if query.include else {}
    gathering = Gathering(community.id, inside, as_of)
    return Question(gathering, timezone, terms, rule)


def metrics(ids: str | None) -> list[Metric]:
    """Find the definitions asked for, in the order of the catalogue; all when none is named."""
    if ids is None:
        return list(CATALOGUE.values())
    wanted = [each.strip() for each in ids.split(",")]
    if unknown := [each for each in wanted if each not in CATALOGUE]:
        detail = f"there is no metric {', '.join(unknown)[:100]!r}; GET /v1/metrics lists them"
        raise Invalid(errors=[{"at": "query/ids", "detail": detail}])
    return [metric for metric in CATALOGUE.values() if metric.id in wanted]


def cut(
    metric: Metric, question: Question, query: WindowQuery, interval: Interval | None = None
) -> list[Window]:
    """Find the windows of a metric; each has its own length when the question names none."""
    try:
        if query.from_ is not None:
            _begun(beginning(query.from_, question.timezone), "query/from")
        days = TREND[interval] if interval else metric.days
        window = _window(query.from_, query.to, days, question)
        _begun(window.start, "query/to", "lies so far ahead that the window has not begun")
        if interval is None:
            return [window]
        pieces = windows.split(window, interval)
    except WindowProblem as problem:
        at = "query/interval" if isinstance(problem, TooManyBuckets) else "query/from"
        raise Invalid(errors=[{"at": at, "detail": str(problem)}]) from None
    # A trend whose beginning nobody chose begins with a whole interval.
    unchosen = query.from_ is None and len(pieces) > 1 and not pieces[0].whole
    return pieces[1:] if unchosen else pieces


def fit(count: int) -> None:
    """Refuse a question whose answer nobody could read."""
    if count > MOST_VALUES:
        detail = f"gives {count} values; the most is {MOST_VALUES}"
        raise Invalid(errors=[{"at": "query/interval", "detail": detail}])


def profile(actor: Actor, community: Community, asked: ProfileName | None) -> Profile:
    """Choose how small numbers are hidden; only `nhs8` is for everybody."""
    if asked is ProfileName.NHS8:
        return PROFILES[asked]
    if asked is not None:
        permit(policy.measure_exactly, actor, community)
        return PROFILES[asked]
    exactly = policy.measure_exactly(actor, community)
    return PROFILES[ProfileName.EXACT if exactly else ProfileName.NHS8]


def as_known(as_of: datetime | date | None, timezone: str) -> datetime:
    """Read as of when a question is asked; nobody knows the future."""
    moment = now()
    if as_of is None:
        return moment
    known = beginning(as_of, timezone)
    if known > moment:
        raise Invalid(errors=[{"at": "query/as_of", "detail": "lies in the future"}])
    return known


def _framed(db: Database, community: Community, as_of: datetime) -> tuple[str | None, str, Any]:
    """Where a community stood and how it counted its days, as it was known at a moment."""
    found = (
        db.connection()
        .execute(
            select(col(Lineage.lineage), col(Frame.timezone), col(Frame.cadence))
            .select_from(Community)
            .outerjoin(
                Lineage,
                (col(Lineage.community_id) == col(Community.id)) & known_at(Lineage, as_of),
            )
            .outerjoin(
                Frame, (col(Frame.community_id) == col(Community.id)) & known_at(Frame, as_of)
            )
            .where(col(Community.id) == community.id)
        )
        .one()
    )
    return found[0], found[1] or community.timezone, found[2] or community.cadence


def _begun(start: datetime, at: str, detail: str = "lies in the future") -> None:
    """Refuse a window that has not begun: its numbers would say nothing, and look like zeros."""
    if start > now():
        raise Invalid(errors=[{"at": at, "detail": detail}])


def _window(
    start: datetime | date | None, end: datetime | date | None, days: int, question: Question
) -> Window:
    closing = question.as_of if end is None else end
    if start is None:
        return windows.ending(closing, days, question.timezone)
    return windows.between(start, closing, question.timezone)
