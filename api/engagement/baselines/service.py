"""The baseline: what a community measured when it began, so that it can tell how far it came."""

from sqlalchemy import select
from sqlmodel import col

from api.communities import policy
from api.communities.models import Community
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.policy import permit
from api.core.problems import NotFound
from api.engagement import windows
from api.engagement.baselines.schemas import BaselineRead
from api.engagement.catalogue import CATALOGUE, find
from api.engagement.disclosure import disclose
from api.engagement.ledger import Entry
from api.engagement.metrics import answering, asking
from api.engagement.metrics.asking import Question
from api.engagement.metrics.facts import Gathering
from api.engagement.metrics.measuring import Terms, cadence_of
from api.engagement.metrics.schemas import MetricValue, ProfileName
from api.engagement.models import Baseline
from api.engagement.network import TieRule
from api.engagement.profile import EXACT, Profile
from api.engagement.values import Part, Value
from api.engagement.windows import Window

# With all that disclosure control has to see together. People who have met once have no network.
TAKEN = (
    "members",
    "net_growth",
    "organisation_reach",
    "active_members",
    "active_rate",
    "participation_mix",
    "participation_gini",
    "rsvp_conversion",
    "no_show_rate",
    "fill_rate",
)


def take(db: Database, community: Community) -> None:
    """Keep what the community measures now, exactly; each metric in its usual window."""
    db.flush()
    moment = now()
    terms = Terms(TieRule(), by_team=False, cadence=cadence_of(community.cadence))
    question = Question(Gathering(community.id, None, moment), community.timezone, terms, {})
    asked = [
        (metric, windows.ending(moment, metric.days, community.timezone))
        for metric in map(find, TAKEN)
    ]
    measured = answering.values(answering.look(db, question, asked), question, asked, EXACT)
    db.add_all(
        Baseline(
            community_id=community.id,
            metric_id=value.metric_id,
            version=value.version,
            taken_at=moment,
            payload=value.model_dump(mode="json", by_alias=True),
        )
        for value in measured
    )
    db.flush()


def read(db: Database, actor: Actor, community: Community) -> tuple[BaselineRead, Profile]:
    """Read the baseline in the form this actor may see, and say how small numbers were treated."""
    permit(policy.measure, actor, community)
    kept = db.scalars(select(Baseline).where(col(Baseline.community_id) == community.id)).all()
    if not kept:
        raise NotFound("No baseline was taken: it is, when a proposal becomes a community.")
    profile = asking.profile(actor, community, None)
    order = {metric_id: place for place, metric_id in enumerate(CATALOGUE)}
    kept = sorted(kept, key=lambda each: order.get(each.metric_id, len(order)))
    exact = [MetricValue.model_validate(each.payload) for each in kept]
    answer = BaselineRead(
        community_id=community.id,
        taken_at=kept[0].taken_at,
        metrics=exact if profile == EXACT else _safe(exact, profile),
        disclosure=answering.in_words(profile),
    )
    return answer, profile


def _safe(exact: list[MetricValue], profile: Profile) -> list[MetricValue]:
    """Protect the values; one of an older definition stays with those who may read it exactly.

    What its crowds were is no longer known, so nobody could tell what would give them away.
    """
    known = [value for value in exact if _current(value)]
    entries = [Entry(CATALOGUE[value.metric_id], _window(value), _value(value)) for value in known]
    return [
        MetricValue.of(
            value.community_id,
            entry.metric,
            entry.window,
            safe,
            as_of=value.as_of,
            profile=ProfileName(profile.name),
            rule=value.rule,
        )
        for value, entry, safe in zip(known, entries, disclose(entries, profile), strict=True)
    ]


def _current(value: MetricValue) -> bool:
    metric = CATALOGUE.get(value.metric_id)
    return metric is not None and metric.version == value.version


def _window(value: MetricValue) -> Window:
    return Window(value.from_, value.to, value.timezone, value.whole)


def _value(value: MetricValue) -> Value:
    parts = tuple(Part(**part.model_dump()) for part in value.parts)
    return Value(
        value.value, value.numerator, value.denominator, value.ci95, value.n, parts, value.status
    )
