"""`trellis`: everything an operator or a script does, in words a shell understands.

Data goes to stdout and messages to stderr. Exit codes: 0 done, 1 refused or failed, 2 wrong usage,
3 the server could not be reached.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

CONTRACT = Path("openapi/openapi.json")

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Trellis."
)
steward = typer.Typer(no_args_is_help=True, help="The people who may do everything.")
token = typer.Typer(no_args_is_help=True, help="Personal tokens for scripts.")
app.add_typer(steward, name="steward")
app.add_typer(token, name="token")


def say(words: str) -> None:
    typer.echo(words, err=True)


def refuse(words: str, code: int = 1) -> NoReturn:
    say(words)
    raise typer.Exit(code)


@app.command()
def migrate(
    to: Annotated[str, typer.Option(help="A revision, or `head`.")] = "head",
) -> None:
    """Bring the database to where this version needs it."""
    from api.core import migrating  # noqa: PLC0415  (each command imports only what it needs)
    from api.core.db import create_engine  # noqa: PLC0415
    from api.core.settings import Settings  # noqa: PLC0415

    engine = create_engine(Settings().database_url, connections=1)
    migrating.migrate(engine, to)
    engine.dispose()
    say("The database is ready.")


@app.command()
def move(
    target: Annotated[str, typer.Argument(help="The URL of an empty database of either engine.")],
) -> None:
    """Copy everything from the database in the settings into another one."""
    import api.main  # noqa: F401, PLC0415  (every room, and with it every table)
    from api.core import migrating, moving  # noqa: PLC0415
    from api.core.db import create_engine  # noqa: PLC0415
    from api.core.settings import Settings  # noqa: PLC0415

    old = create_engine(Settings().database_url, connections=1)
    new = create_engine(target, connections=1)
    migrating.migrate(new)
    rows = moving.carry(old, new)
    say(f"{sum(rows.values())} rows in {len(rows)} tables have arrived.")
    say("Now set TRELLIS_DATABASE_URL to the new database.")


@app.command()
def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 1,
) -> None:
    """Serve the API, and the web application where TRELLIS_FRONTEND_DIR names it."""
    import uvicorn  # noqa: PLC0415

    uvicorn.run(
        "api.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers if workers > 1 else None,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=25,
    )


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Do all that is due, then exit.")] = False,
) -> None:
    """Deliver events and do the jobs that wait, outside the web process."""
    import signal  # noqa: PLC0415

    from api.core import logs  # noqa: PLC0415
    from api.core.settings import Settings  # noqa: PLC0415
    from api.worker import Worker  # noqa: PLC0415

    settings = Settings()
    logs.configure(settings.log_level)
    at_work = Worker(settings)
    if once:
        at_work.run_once()
        return
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: at_work.stop())
    at_work.run()


@app.command()
def openapi(
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is current.")] = False,
    out: Annotated[Path, typer.Option(help="Where to write it; `-` is stdout.")] = CONTRACT,
) -> None:
    """Write the contract as the routes make it."""
    from api.core.settings import Settings  # noqa: PLC0415
    from api.main import create_app  # noqa: PLC0415

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


@steward.command("create")
def create_steward(
    email: str,
    name: Annotated[str, typer.Option(help="Their name.")] = "Steward",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read a password from stdin.")
    ] = False,
) -> None:
    """Make somebody a steward, and print a link that signs them in once."""
    from api.core.settings import Settings  # noqa: PLC0415
    from api.identity.operating import make_steward  # noqa: PLC0415

    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    link = make_steward(Settings(), email, name, password)
    say(f"{email} is a steward. This link signs in once, within two days:")
    typer.echo(link)


@token.command("create")
def create_token(
    email: str,
    name: Annotated[str, typer.Option(help="What the token is for.")],
    scope: Annotated[list[str] | None, typer.Option(help="Narrow it; may be repeated.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366)] = 90,
) -> None:
    """Make a personal token and print it alone."""
    from api.core.settings import Settings  # noqa: PLC0415
    from api.identity.operating import make_token  # noqa: PLC0415

    typer.echo(make_token(Settings(), email, name, scope or None, days))


def main() -> None:
    """Run a command; a refusal is one line and an exit code, never a traceback."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from api.core.problems import Problem  # noqa: PLC0415

    try:
        app()
    except Problem as problem:
        say(problem.detail or problem.title)
        sys.exit(1)
    except DBAPIError as failed:
        say(f"The database refused: {failed.orig}. Is it there, and migrated?")
        sys.exit(3)
