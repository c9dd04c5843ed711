from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.engagement.events import RecordsExported
from api.engagement.exports import numbers, service
from api.engagement.exports.datasets import TABLES, Dataset
from api.engagement.exports.schemas import ExportQuery
from api.engagement.exports.streaming import Export, ExportsBusy
from api.engagement.exports.writing import MEDIA, Format, reading
from api.engagement.metrics.schemas import ProfileName
from api.engagement.witness import testify

router = APIRouter(prefix="/v1", tags=["exports"], route_class=Work)


def _dictionary() -> dict[str, list[dict[str, str]]]:
    """Every column of every dataset, for the contract: they keep their names and their order."""
    columns = {
        dataset.value: [{"name": c.name, "meaning": c.meaning} for c in table.columns]
        for dataset, table in TABLES.items()
    }
    columns[Dataset.METRICS] = [{"name": n, "meaning": m} for n, m in numbers.COLUMNS.items()]
    return columns


_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, sent while it is made.",
        "headers": {
            "Content-Disposition": {
                "description": "A name for the file.",
                "schema": {"type": "string"},
            },
            "X-As-Of": {
                "description": "Repeat the export with this `as_of` to get the same records.",
                "schema": {"type": "string", "format": "date-time"},
            },
        },
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/x-ndjson": {},
        },
    }
}


@router.get(
    "/exports/{dataset}",
    response_class=Response,
    responses={**_FILE, **raises(NotFound, ExportsBusy)},
    openapi_extra={"x-columns": _dictionary()},
)
def export(db: Db, me: Me, dataset: Dataset, query: Annotated[ExportQuery, Query()]) -> Export:
    """Take records away as CSV or as JSON lines, however many there are.

    You get the communities you lead, coordinate or analyse, or the one you name. People appear as
    ids only. `x-columns` lists the columns of each dataset; they keep their names and order, and
    new ones are added at the end. In CSV, words that begin like a formula stand behind an
    apostrophe. Where a transfer breaks off, the file is not whole; the same `as_of` gives the same
    records again. What people read is never among the activities.
    """
    read, as_of = service.prepare(db, me, dataset, query)
    where = query.community_id
    event = RecordsExported(
        object_id=where or me.person_id,
        community_id=where,
        dataset=dataset,
        profile=query.profile or ProfileName.NHS8,
    )
    url = db.get_bind().engine.url.render_as_string(hide_password=False)
    testify(db, event)
    stamp = as_of.strftime("%Y-%m-%dT%H%M%SZ")
    return Export(
        lambda: reading(url, read),
        MEDIA[Format(query.format)],
        f"trellis-{dataset}-{stamp}.{query.format}",
        as_of.isoformat().replace("+00:00", "Z"),
    )
