"""What is done to a Trellis elsewhere, through its public API and with a token."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.terminal import CODES, Exit, refuse

importing = typer.Typer(no_args_is_help=True)

Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        envvar="TRELLIS_URL",
        help="Where Trellis is; TRELLIS_PUBLIC_URL unless given.",
        show_default=False,
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="TRELLIS_TOKEN",
        help="A personal token. A shell remembers what is typed, so rather set TRELLIS_TOKEN "
        "or use --token-stdin.",
        show_default=False,
    ),
]
TokenStdin = Annotated[
    bool, typer.Option("--token-stdin", help="Read the token from the first line of stdin.")
]


class Dataset(StrEnum):
    """What can be exported."""

    COMMUNITIES = "communities"
    MEMBERSHIPS = "memberships"
    SESSIONS = "sessions"
    ATTENDANCES = "attendances"
    ACTIVITIES = "activities"
    METRICS = "metrics"


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    NDJSON = "ndjson"


@importing.callback()
def import_() -> None:
    """Bring in what was kept elsewhere."""


@importing.command(epilog=CODES)
def attendance(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV file; `-` is stdin.", show_default=False),
    ],
    community: Annotated[str, typer.Option(help="The id or the slug of the community.")],
    add_people: Annotated[
        bool, typer.Option("--add-people", help="Add people whose names are not known yet.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but keep it.")] = False,
    timezone: Annotated[
        str | None,
        typer.Option(help="Where the dates are; the community's own time zone unless given."),
    ] = None,
    url: Url = None,
    token: Token = None,
    token_stdin: TokenStdin = False,
) -> None:
    """Record who came to which session, from a CSV file with the columns person, session, date.

    It may also have the columns minutes and mode (online, in person). Commas, semicolons and tabs
    all separate. Either every row is stored or none, and a row that is there already changes
    nothing, so the same file can be sent again. What was done is printed as JSON.
    """
    from api.commands.importing import send
    from api.commands.server import Server

    if token_stdin and str(file) == "-":
        refuse("The file and the token cannot both come from stdin.", Exit.USAGE)
    with Server(url, token, token_stdin=token_stdin) as server:
        send(server, file, community, add_people=add_people, dry_run=dry_run, timezone=timezone)


def _day_or_moment(written: str | None) -> str | None:
    """Refuse at once what no server would understand."""
    if written is not None:
        from pydantic import TypeAdapter, ValidationError

        from api.core.moments import Edge

        try:
            TypeAdapter(Edge).validate_python(written)
        except ValidationError as wrong:
            why = wrong.errors()[0]["msg"].removeprefix("Value error, ")
            raise typer.BadParameter(f"{written[:40]!r} {why}.") from None
    return written


def export(
    dataset: Annotated[Dataset, typer.Argument(help="What to export.", show_default=False)],
    community: Annotated[
        str | None, typer.Option(help="The id or the slug of a community.", show_default=False)
    ] = None,
    include_descendants: Annotated[
        bool, typer.Option("--include-descendants", help="Also everything beneath the community.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How rows are written.")] = Format.CSV,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write; a file appears once everything has arrived."),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", help="From this day or moment on.", callback=_day_or_moment),
    ] = None,
    to: Annotated[
        str | None, typer.Option(help="Before this day or moment.", callback=_day_or_moment)
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            help="What was known at this moment, such as 2026-01-31T12:00Z.",
            callback=_day_or_moment,
        ),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(help="Only what changed since this moment.", callback=_day_or_moment),
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="Of metrics: how small numbers are hidden; nhs8 if not said.")
    ] = None,
    url: Url = None,
    token: Token = None,
    token_stdin: TokenStdin = False,
) -> None:
    """Export a dataset as CSV or NDJSON: data on stdout or to a file, words on stderr."""
    from api.commands.exporting import fetch
    from api.commands.server import Server

    asked = {
        "format": format_,
        "include": "descendants" if include_descendants else None,
        "from": from_,
        "to": to,
        "as_of": as_of,
        "changed_since": changed_since,
        "profile": profile,
    }
    with Server(url, token, token_stdin=token_stdin) as server:
        fetch(server, dataset, community, out, asked)
