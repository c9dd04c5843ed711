"""The export of metrics: whole months, protected like everything that leaves a community.

Windows that anybody may slide a day at a time would let a patient reader find the day on which a
rounded number changes, so there are only the months of the calendar.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from api.communities.models import Cadence, Community
from api.core.db import Database
from api.core.problems import Invalid
from api.engagement import windows
from api.engagement.catalogue import CATALOGUE
from api.engagement.exports.schemas import ExportQuery
from api.engagement.exports.tables import Slice
from api.engagement.exports.writing import Format, header
from api.engagement.metrics import answering
from api.engagement.metrics.asking import Question
from api.engagement.metrics.facts import Gathering
from api.engagement.metrics.measuring import Terms, cadence_of
from api.engagement.metrics.schemas import MetricValue
from api.engagement.models import Frame
from api.engagement.network import TieRule
from api.engagement.profile import Profile
from api.engagement.queries import known_at
from api.engagement.windows import Interval, Window

MONTHS, MOST_MONTHS = 12, 60
FILTERS = frozenset({"from", "to", "as_of", "profile"})
COLUMNS = {
    "community_id": "Of which community; those beneath it are not counted in.",
    "metric_id": "Which metric.",
    "version": "Of which version of its definition.",
    "part": "Which of several numbers; empty for the metric itself.",
    "value": "Percent for rates; empty unless the status is `ok`.",
    "unit": "What it is measured in.",
    "numerator": "Of a share.",
    "denominator": "Of a share.",
    "ci95_low": "Where Wilson's interval begins.",
    "ci95_high": "Where it ends.",
    "n": "How many people an index rests on.",
    "from": "When the month begins.",
    "to": "When the next one begins.",
    "timezone": "Where it is midnight then.",
    "as_of": "Counted is what had been recorded by then.",
    "status": "`ok`, `no_data`, `suppressed` or `not_reached`.",
    "profile": "How small numbers are hidden.",
    "population": "Who is counted.",
    "rule": "What the number depends on besides, as JSON.",
}


Months = tuple[date, date]


def months(query: ExportQuery, as_of: datetime) -> Months:
    """Find the first month asked for and the first one no longer asked for."""
    end = _first(query, "to") or as_of.date().replace(day=1)
    start = _first(query, "from_") or _earlier(end, MONTHS)
    if not start < end:
        raise _wrong("from", "must be earlier than `to`")
    if _earlier(end, MOST_MONTHS) > start:
        raise _wrong("from", f"asks for more than {MOST_MONTHS} months")
    return start, end


def lines(
    asked: Slice, span: Months, profile: Profile, form: Format
) -> Callable[[Connection], Iterator[bytes]]:
    """Make the function that reads the months of one community after another."""

    def read(connection: Connection) -> Iterator[bytes]:
        if form is Format.CSV:
            yield header(COLUMNS)
        places = connection.execute(_places(asked)).all()
        with Database(connection) as db:
            for community_id, timezone, cadence in places:
                values = _values(db, community_id, timezone, cadence, asked.as_of, span, profile)
                yield _written([row for value in values for row in _flat(value)], form)

    return read


def _places(asked: Slice) -> Select[UUID, str, Cadence]:
    """The communities, each with the clock and rhythm it had then."""
    return (
        select(
            col(Community.id),
            func.coalesce(col(Frame.timezone), col(Community.timezone)),
            func.coalesce(col(Frame.cadence), col(Community.cadence)),
        )
        .outerjoin(
            Frame, (col(Frame.community_id) == col(Community.id)) & known_at(Frame, asked.as_of)
        )
        .where(asked.holds(col(Community.id)))
        .order_by(col(Community.id))
    )


def _values(
    db: Database,
    community_id: UUID,
    timezone: str,
    cadence: Cadence,
    as_of: datetime,
    span: Months,
    profile: Profile,
) -> list[MetricValue]:
    terms = Terms(TieRule(), by_team=False, cadence=cadence_of(cadence))
    question = Question(Gathering(community_id, None, as_of), timezone, terms, {})
    asked = [
        (metric, month)
        for metric in CATALOGUE.values()
        for month in _over(windows.between(*span, timezone), as_of)
    ]
    if not asked:
        return []
    return answering.values(answering.look(db, question, asked), question, asked, profile)


def _over(window: Window, as_of: datetime) -> list[Window]:
    """The months that had ended; one that still runs would tell what each new day brought."""
    return [month for month in windows.split(window, Interval.MONTH) if month.end <= as_of]


def _flat(value: MetricValue) -> Iterator[dict[str, Any]]:
    """One row for a value, and one for each of its parts."""
    whole = value.model_dump(mode="json", by_alias=True)
    low, high = whole["ci95"] or (None, None)
    row = {name: whole.get(name) for name in COLUMNS}
    row |= {"part": None, "ci95_low": low, "ci95_high": high, "rule": json.dumps(whole["rule"])}
    yield row
    bare = row | dict.fromkeys(("ci95_low", "ci95_high", "n"))
    for part in whole["parts"]:
        yield bare | {"part": part["key"]} | {name: part[name] for name in part if name != "key"}


def _written(rows: list[dict[str, Any]], form: Format) -> bytes:
    if form is Format.NDJSON:
        return "".join(json.dumps(row) + "\n" for row in rows).encode()
    text = io.StringIO()
    csv.DictWriter(text, list(COLUMNS), lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _first(query: ExportQuery, name: str) -> date | None:
    edge: datetime | date | None = getattr(query, name)
    if edge is None:
        return None
    if isinstance(edge, datetime) or edge.day != 1:
        raise _wrong(name.rstrip("_"), "must be the first day of a month")
    return edge


def _earlier(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _wrong(name: str, detail: str) -> Invalid:
    return Invalid(errors=[{"at": f"query/{name}", "detail": detail}])
