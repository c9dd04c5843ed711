"""`trellis`: everything an operator or a script does, in words a shell understands.

Data goes to stdout and messages to stderr. Each command imports only what it needs, so that the
server starts no slower for the others.
"""

import sys

import typer

from api.commands import operating, people, remote
from api.commands.terminal import CODES, Exit, say

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Trellis."
)
app.command()(operating.serve)
app.command()(operating.worker)
app.command()(operating.migrate)
app.command()(operating.move)
app.command()(operating.doctor)
app.command()(operating.demo)
app.command(epilog=CODES)(remote.export)
app.add_typer(remote.importing, name="import")
app.add_typer(people.steward, name="steward")
app.add_typer(people.link, name="link")
app.add_typer(people.token, name="token")
app.command()(operating.openapi)


def main() -> None:
    """Run a command; a refusal is one line and an exit code, never a traceback."""
    try:
        app()
    except Exception as failed:
        code = _explained(failed)
        if code is None:
            raise
        sys.exit(code)


def _explained(failed: Exception) -> Exit | None:
    """Say in words what a command died of; None when it is a fault of ours."""
    # Imported here, because by now whatever could raise them is loaded, and often nothing was.
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  (see above)

    from api.core.problems import Problem  # noqa: PLC0415
    from api.core.settings import explain  # noqa: PLC0415

    if isinstance(failed, Problem):
        say(failed.detail or failed.title)
        return Exit.REFUSED
    if isinstance(failed, DBAPIError):
        say(f"The database refused: {failed.orig}. Is it there, and migrated?")
        return Exit.UNREACHABLE
    if wrong := explain(failed):
        say(wrong)
        return Exit.USAGE
    return None
