"""What machines ask: is it alive, is it ready, which version is it; and what problems mean."""

import html
import importlib.metadata
import inspect
import json
from functools import cache, lru_cache
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel
from sqlalchemy import text

from api.core.porch import compact
from api.core.problems import KINDS, NotFound, Unavailable, raises
from api.core.reference import POLICY, page, render
from api.core.work import House, Json

router = APIRouter(tags=["health"])

VERSION = importlib.metadata.version("trellis")
_VERSION = compact({"name": "trellis", "version": VERSION, "api": "v1"})
_ALIVE = compact({"status": "alive"})
CONTRACT = Path(__file__).parents[2] / "openapi" / "openapi.json"


class Health(BaseModel):
    status: str


class Version(BaseModel):
    name: str
    version: str
    api: str


@router.get("/healthz", response_model=Health, operation_id="check_alive")
async def check_alive() -> Response:
    """Answer as long as the process runs, whatever the database does."""
    return Json(_ALIVE)


@router.get(
    "/readyz", response_model=Health, operation_id="check_ready", responses=raises(Unavailable)
)
def check_ready(request: Request) -> Response:
    """Answer 200 when requests can be served: the database is there and its tables are current."""
    house: House = request.app.state.house
    try:
        with house.reading.connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
            current = set(found)
    except Exception:
        raise Unavailable("The database cannot be reached.") from None
    if current != newest_revisions():
        raise Unavailable("The database is not migrated. Run `trellis migrate`.")
    return Json(compact({"status": "ready"}))


@router.get("/version", response_model=Version, operation_id="read_version")
async def read_version() -> Response:
    """Tell the version of Trellis and of its API."""
    return Json(_VERSION)


@router.get("/openapi.json", include_in_schema=False)
async def read_contract(request: Request) -> Response:
    """The contract as it was published, byte for byte."""
    return Json(_contract(request.app))


@router.get("/problems/{name}", include_in_schema=False)
async def explain_problem(name: str) -> Response:
    """A page that tells a person what a problem means."""
    problem = KINDS.get(name)
    if problem is None:
        raise NotFound("There is no problem of that name.")
    means = html.escape(inspect.getdoc(problem) or problem.title)
    body = (
        f"<h1>{html.escape(problem.title)}</h1><p>{means}</p>"
        f'<p class="soft">Status {problem.status}, type <code>{problem.type()}</code>. '
        '<a href="/docs">The whole API</a></p>'
    )
    return _shown(page(problem.title, body))


@router.get("/docs", include_in_schema=False)
async def read_reference(request: Request) -> Response:
    """The contract as a page for people."""
    return _shown(_reference(_contract(request.app)))


@router.get("/metrics", include_in_schema=False)
def read_metrics(request: Request) -> Response:
    """What Prometheus asks for, where an operator wants it answered."""
    if not request.app.state.settings.metrics:
        raise NotFound()
    from api.core import gauges  # noqa: PLC0415  (see there)

    return gauges.tell(request.app.state.house.reading)


def _shown(page: str) -> Response:
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@lru_cache(maxsize=1)
def _reference(contract: bytes) -> str:
    return render(json.loads(contract))


@cache
def newest_revisions() -> frozenset[str]:
    from alembic.config import Config  # noqa: PLC0415  (slow to import, and rarely asked)
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "migrations"))
    return frozenset(ScriptDirectory.from_config(config).get_heads())


def _contract(app: FastAPI) -> bytes:
    return _committed() or compact(app.openapi())


@cache
def _committed() -> bytes | None:
    return CONTRACT.read_bytes() if CONTRACT.exists() else None
