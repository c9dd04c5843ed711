"""What an operator does about people before anybody can sign in."""

import sys
from typing import Annotated

import typer

from api.commands.terminal import say

steward = typer.Typer(no_args_is_help=True, help="The people who may do everything.")
link = typer.Typer(no_args_is_help=True, help="Ways in, for people who have none.")
token = typer.Typer(no_args_is_help=True, help="Personal tokens for scripts.")


@steward.command("create")
def create_steward(
    email: str,
    name: Annotated[str, typer.Option(help="Their name.")] = "Steward",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read a password from stdin.")
    ] = False,
) -> None:
    """Make somebody a steward, and print a link that signs them in once."""
    from api.core.settings import Settings
    from api.identity.operating import make_steward

    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    link = make_steward(Settings(), email, name, password)
    say(f"{email} is a steward. This link signs in once, within two days:")
    typer.echo(link)


@link.command("create")
def create_link(email: str) -> None:
    """Make a link that signs somebody in once, within two days, and print it alone."""
    from api.core.settings import Settings
    from api.identity.operating import make_link

    typer.echo(make_link(Settings(), email))


@token.command("create")
def create_token(
    email: str,
    name: Annotated[str, typer.Option(help="What the token is for.")],
    scope: Annotated[list[str] | None, typer.Option(help="Narrow it; may be repeated.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366)] = 90,
) -> None:
    """Make a personal token and print it alone."""
    from api.core.settings import Settings
    from api.identity.operating import make_token

    typer.echo(make_token(Settings(), email, name, scope or None, days))
