from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.communities import queries as communities
from api.core.lists import cursors
from api.core.pages import BadCursor, PageQuery, scope_of
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.engagement.catalogue import CATALOGUE
from api.engagement.events import NumbersReadExactly
from api.engagement.metrics import answering
from api.engagement.metrics.schemas import (
    MetricPage,
    MetricQuery,
    MetricRead,
    MetricValues,
    NetworkRead,
    WindowQuery,
)
from api.engagement.witness import testify

router = APIRouter(prefix="/v1", tags=["metrics"], route_class=Work)


@router.get("/metrics")
def list_metrics(db: Db, me: Me, query: Annotated[PageQuery, Query()]) -> MetricPage:
    """List the catalogue: what each metric asks, how it is worked out, and in which version."""
    book, scope = cursors(db), scope_of("metrics", query)
    at = book.read(scope, query.cursor) if query.cursor else [0]
    if len(at) != 1 or not isinstance(at[0], int):
        raise BadCursor()
    end = at[0] + query.limit
    shown = list(CATALOGUE.values())[at[0] : end]
    after = book.write(scope, end) if end < len(CATALOGUE) else None
    return MetricPage(items=[MetricRead.of(metric) for metric in shown], next=after)


@router.get("/metrics/{metric_id}", responses=raises(NotFound))
def get_metric(db: Db, me: Me, metric_id: str) -> MetricRead:
    """Fetch the definition of one metric."""
    if metric_id not in CATALOGUE:
        raise NotFound("There is no such metric.")
    return MetricRead.of(CATALOGUE[metric_id])


@router.get("/communities/{community_id}/metrics", responses=raises(NotFound))
def measure_community(
    db: Db, me: Me, community_id: UUID, query: Annotated[MetricQuery, Query()]
) -> MetricValues:
    """Measure a community, or with `include=descendants` an umbrella and everything beneath it.

    Dates are those of the community's time zone. Without a window each metric looks back as far as
    its definition says. The same question with the same `as_of` has the same answer for ever, also
    when attendance is marked late. Small numbers are hidden unless you lead or analyse the
    community; that exact numbers were read is recorded.
    """
    community = communities.get(db, me, community_id)
    answer, profile = answering.metrics(db, me, community, query)
    if not answering.is_free(profile):
        testify(db, NumbersReadExactly(object_id=community.id, community_id=community.id))
    return answer


@router.get(
    "/communities/{community_id}/network", responses=raises(NotFound, answering.NetworkTooLarge)
)
def read_network(
    db: Db, me: Me, community_id: UUID, query: Annotated[WindowQuery, Query()]
) -> NetworkRead:
    """Read who met whom, with the rule by which two people are tied.

    People and ties are shown to those who lead or coordinate the community, which is recorded;
    everybody else who belongs to it reads how dense the network is and how far it reaches.
    """
    community = communities.get(db, me, community_id)
    answer, profile = answering.network(db, me, community, query)
    if not answering.is_free(profile) or answer.nodes is not None:
        testify(db, NumbersReadExactly(object_id=community.id, community_id=community.id))
    return answer
