"""Running Trellis: its database, its processes, its contract."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.terminal import Exit, counted, refuse, say, watched_over

CONTRACT = Path("openapi/openapi.json")


def migrate(
    to: Annotated[str, typer.Option(help="A revision, or `head`.")] = "head",
) -> None:
    """Bring the database to where this version needs it."""
    from api.core import migrating
    from api.core.db import create_engine
    from api.core.settings import Settings

    engine = create_engine(Settings().database_url, connections=1)
    migrating.migrate(engine, to)
    engine.dispose()
    say("The database is ready.")


def move(
    target: Annotated[str, typer.Argument(help="The URL of an empty database of either engine.")],
) -> None:
    """Copy everything from the database in the settings into another one."""
    import api.main  # noqa: F401  (every room, and with it every table)
    from api.core import migrating, moving
    from api.core.db import create_engine
    from api.core.settings import Settings

    old = create_engine(Settings().database_url, connections=1)
    new = create_engine(target, connections=1)
    migrating.migrate(new)
    rows = moving.carry(old, new)
    say(f"{sum(rows.values())} rows in {len(rows)} tables have arrived.")
    say("Now set TRELLIS_DATABASE_URL to the new database.")


def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 1,
) -> None:
    """Serve the API, and the web application where TRELLIS_FRONTEND_DIR names it."""
    import gc

    import uvicorn

    from api.core.settings import Settings

    # A wrong setting is said once and here, not by each process that it would keep from starting.
    Settings()

    # What is made while starting stays, so looking for garbage in it would only cost time; the
    # application allows it again as soon as it is there.
    gc.disable()

    uvicorn.run(
        "api.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers if workers > 1 else None,
        log_level="warning",
        access_log=False,
        ws="none",  # nothing here speaks it, and its library is 2 MB
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=25,
    )


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do all that is due, then exit.")] = False,
) -> None:
    """Deliver events and do the jobs that wait, outside the web process."""
    import signal

    from api.core import logs
    from api.core.settings import Settings
    from api.worker import Worker

    settings = Settings()
    logs.configure(settings.log_level)
    at_work = Worker(settings)
    if once:
        at_work.run_once()
        return
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: at_work.stop())
    at_work.run()


def openapi(
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is current.")] = False,
    out: Annotated[Path, typer.Option(help="Where to write it; `-` is stdout.")] = CONTRACT,
) -> None:
    """Write the contract as the routes make it."""
    from api.core.settings import Settings
    from api.main import create_app

    made = create_app(Settings(database_url="sqlite:///none.db", frontend_dir=None, worker="none"))
    text = json.dumps(made.openapi(), indent=2, ensure_ascii=False) + "\n"
    if check:
        if not out.exists() or out.read_text() != text:
            refuse(f"{out} is not what the routes make. Run `make openapi`.")
    elif str(out) == "-":
        sys.stdout.write(text)
    else:
        out.parent.mkdir(exist_ok=True)
        out.write_text(text)


def doctor() -> None:
    """Look at the database, the disk, the worker and the pages, and say what to mend.

    Exit code 0 when all is well, 1 when there is something to look at, 2 when a setting is wrong,
    3 when the database cannot be reached.
    """
    from api.commands.checkup import examine
    from api.core.settings import Settings

    found = list(examine(Settings()))
    for finding in found:
        typer.echo(f"{'well ' if finding.well else 'CHECK'}  {finding.words}")
    ill = sum(not finding.well for finding in found)
    typer.echo(f"{counted(ill, 'thing')} to look at." if ill else "All is well.")
    if ill:
        away = any(finding.away for finding in found)
        raise typer.Exit(Exit.UNREACHABLE if away else Exit.REFUSED)


class Scale(StrEnum):
    """How much is invented."""

    SMALL = "small"
    LARGE = "large"


def demo(
    scale: Annotated[
        Scale, typer.Option(help="`large` has about a million activities, and takes minutes.")
    ] = Scale.SMALL,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same network.")] = 1,
) -> None:
    """Fill an empty database with an invented network, and print links that sign people in.

    Where the network is there already, only fresh links are printed.
    """
    from api.core.settings import Settings
    from api.demo.build import present

    made, links = present(Settings(), seed=seed, large=scale is Scale.LARGE, watch=watched_over)
    if not made:
        say("There are people here already, so the demo network is not made again.")
    if links:
        say("Each of these links signs in once, within two days:")
    width = max((len(label) for label, _ in links), default=0)
    for label, link in links:
        typer.echo(f"{label:<{width}}  {link}")
