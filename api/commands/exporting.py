"""Streaming a dataset from the public API to a file or a pipe."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from api.commands.server import Server
from api.commands.terminal import refuse, say, watched

Grow = Callable[[int], None]
PIECE = 65_536


def fetch(
    server: Server, dataset: str, community: str | None, out: Path | None, asked: dict[str, Any]
) -> None:
    """Stream a dataset to a file or to stdout."""
    file = None if out is None or str(out) == "-" else out
    community_id = server.community_id(community) if community else None
    # Nothing is opened before the server has agreed, so that a refusal leaves no trace.
    with (
        server.stream(f"/v1/exports/{dataset}", community_id=community_id, **asked) as answer,
        _file(file) if file else _stdout() as target,
        _progress(to_terminal=file is None and sys.stdout.isatty()) as grow,
    ):
        for piece in answer.iter_bytes(PIECE):
            target.write(piece)
            grow(len(piece))
        as_of = answer.headers.get("x-as-of")
    if file:
        say(f"Everything is in {file}.")
    if as_of and "as_of" not in answer.url.params:
        say(f"The same records come again with --as-of {as_of}")


@contextmanager
def _stdout() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _file(out: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when it is whole, or not at all."""
    try:
        number, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    except OSError as failed:
        refuse(f"{out.parent} cannot be written to: {failed.strerror}.")
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as failed:
        refuse(f"{out} cannot be written: {failed.strerror}.")
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


@contextmanager
def _progress(*, to_terminal: bool) -> Iterator[Grow]:
    """Draw how much has arrived, unless the rows themselves run over the terminal.

    How much will arrive nobody knows before.
    """
    if to_terminal or not watched():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        DownloadColumn,
        Progress,
        SpinnerColumn,
        TimeElapsedColumn,
        TransferSpeedColumn,
    )

    columns = (SpinnerColumn(), DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda size: progress.advance(task, size)
