"""How commands speak: data on stdout, words on stderr, and an exit code a script can rely on."""

import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import NoReturn, TypeVar

import typer

T = TypeVar("T")


class Exit(IntEnum):
    """What a command tells the shell; these numbers never change their meaning."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNREACHABLE = 3
    NOT_ALLOWED = 4


CODES = (
    "Exit codes: 0 done; 1 refused, and nothing was changed; 2 wrong usage; "
    "3 the server, or the database, could not be reached or is not available; "
    "4 not allowed, because the token is missing, expired or too narrow."
)


def say(words: str) -> None:
    typer.echo(words, err=True)


def refuse(words: str, code: Exit = Exit.REFUSED) -> NoReturn:
    say(words)
    raise typer.Exit(code)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: 1 row, 2 rows."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def watched() -> bool:
    """Whether a person is looking at stderr, so that progress is worth drawing."""
    return sys.stderr.isatty()


def watched_over(steps: Iterable[T], total: int, words: str) -> Iterable[T]:
    """Show a person how far long work has come; a script sees nothing of it."""
    if not watched():
        return steps
    from rich.console import Console
    from rich.progress import track

    return track(steps, words, total, console=Console(stderr=True), transient=True)
