from typing import Annotated

from fastapi import APIRouter, Query

from api.core.bulk import BulkQuery, BulkRead
from api.core.lists import cursors
from api.core.pages import scope_of
from api.core.problems import NotFound, raises
from api.core.work import Db, Json, Me, Work
from api.engagement.activities import queries, service
from api.engagement.activities.schemas import ActivityBatch, ActivityPage, ActivityQuery

router = APIRouter(prefix="/v1", tags=["activities"], route_class=Work)


@router.post("/activities")
def record_activities(
    db: Db, me: Me, new: ActivityBatch, query: Annotated[BulkQuery, Query()]
) -> BulkRead:
    """Record what people did elsewhere: up to 1,000 activities in one call.

    Each is stored once under its `source` and `source_id`; sending the same again is `unchanged`,
    sending something else under the same key is refused. One wrong row refuses them all, unless
    you ask for `mode=partial`. Views and downloads are `consumption`: they are only ever counted.
    """
    db.info["dry_run"] = query.dry_run
    items = service.record_activities(db, me, new.items, query.mode)
    return BulkRead.of(items, dry_run=query.dry_run)


@router.get("/activities", response_model=ActivityPage, responses=raises(NotFound))
def list_activities(db: Db, me: Me, query: Annotated[ActivityQuery, Query()]) -> Json:
    """List what people did in the communities you serve, in the order in which it was recorded.

    `next` leads to the next page and is null on the last. `resume` may be kept and used at any
    later time: it goes on after the last item you saw and never skips one, not even what another
    transaction began earlier and finished later. With `retracted=true`, an activity that was taken
    back comes once more, with `retracted_at`. What people read is counted but never listed.
    """
    book = cursors(db)
    scope = scope_of("activities", query, database=queries.incarnation(db))
    after = queries.place(book.read(scope, query.cursor)) if query.cursor else queries.BEGINNING
    found = queries.find(db, me, query, after)
    shown = found[: query.limit]
    resume = book.write(scope, *(shown[-1][1:] if shown else after))
    following = f'"{resume}"' if len(found) > len(shown) else "null"
    body = f'{{"items":[{",".join(item for item, *_ in shown)}],"next":{following}'
    headers = {}
    if len(found) > len(shown):
        url = db.info["request"].url.include_query_params(cursor=resume)
        headers["Link"] = f'<{url}>; rel="next"'
    return Json(f'{body},"resume":"{resume}"}}'.encode(), headers=headers)
