"""The catalogue: every metric Trellis answers, defined once and with a version.

The API, the insight page, the export and docs/metrics.md are all read from here. The definitions
are in `definitions/`, one file for each kind of question.

    CATALOGUE                  {metric id: Metric}, in the order they are shown
    find(metric_id)            -> Metric, or KeyError
    companions(metric_ids)     -> ids that disclosure control should see together with these
"""

from collections.abc import Iterable

from api.engagement.definitions import attendance, people, proposals, ties
from api.engagement.definitions.crowds import SUMS
from api.engagement.metric import Kind, Metric

CATALOGUE = {
    metric.id: metric
    for metric in (*people.METRICS, *attendance.METRICS, *ties.METRICS, *proposals.METRICS)
}


def find(metric_id: str) -> Metric:
    """Find a definition by its id; an id that is not in the catalogue is a KeyError."""
    return CATALOGUE[metric_id]


def companions(metric_ids: Iterable[str]) -> tuple[str, ...]:
    """List the metrics that count the same crowds as these, or crowds that add up with them.

    What has to be withheld beside a number depends on the numbers around it. Asked with their
    companions, and answered without those nobody asked for, metrics are protected in the same way
    whichever of them a caller picks. Indices are no companions: they show no count of their own
    but the size of a crowd that the others show too. An id that is not there is a KeyError.
    """
    found = {metric_id: CATALOGUE[metric_id] for metric_id in metric_ids}
    names = {crowd.name for metric in found.values() for crowd in metric.crowds}
    grown = True
    while grown:
        before = len(names)
        for total, parts in ((each.total, each.parts) for each in SUMS):
            together = {total.name, *(part.name for part in parts)}
            names |= together if together & names else set()
        for metric in CATALOGUE.values():
            together = {crowd.name for crowd in metric.crowds}
            if metric.kind is not Kind.INDEX and together & names:
                names |= together
                found[metric.id] = metric
        grown = len(names) > before
    return tuple(each for each in CATALOGUE if each in found)
