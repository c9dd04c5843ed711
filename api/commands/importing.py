"""Sending an attendance list to the public API."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import typer

from api.commands import lists
from api.commands.server import Server, refused
from api.commands.terminal import Exit, counted, refuse, say


def send(
    server: Server,
    file: Path,
    community: str,
    *,
    add_people: bool,
    dry_run: bool,
    timezone: str | None,
) -> None:
    """Read a file, send all of it in one request, and tell what came of it."""
    rows = _read(file)
    community_id = server.community_id(community)
    asked = {"rows": rows, "add_people": add_people, "timezone": timezone}
    answer = server.post(
        f"/v1/communities/{community_id}/attendance-imports",
        {name: value for name, value in asked.items() if value is not None},
        dry_run=dry_run or None,
    )
    if answer.is_error:
        refused(answer, lambda at: _place(at, rows))
    done = _done(answer.json(), len(rows))
    say(_summary(done))
    typer.echo(json.dumps(done))


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        if str(file) == "-":
            return lists.read(sys.stdin.buffer.read(lists.MOST_BYTES + 1))
        with file.open("rb") as opened:
            return lists.read(opened.read(lists.MOST_BYTES + 1))
    except lists.BadList as wrong:
        refuse(f"{wrong}\nNothing was sent.")
    except OSError as failed:
        refuse(f"{file} cannot be read: {failed.strerror}.", Exit.USAGE)


def _done(answer: dict[str, Any], rows: int) -> dict[str, Any]:
    """What a script wants to know; a line for each row would say no more."""
    return {
        "rows": rows,
        "recorded": answer["applied"],
        "unchanged": answer["unchanged"],
        "people_added": answer["people_added"],
        "sessions_added": answer["sessions_added"],
        "dry_run": answer["dry_run"],
    }


def _summary(done: dict[str, Any]) -> str:
    parts = [
        f"{counted(done['recorded'], 'attendance')} recorded",
        f"{done['unchanged']:,} unchanged",
        f"{counted(done['people_added'], 'person', 'people')} added",
        f"{counted(done['sessions_added'], 'session')} added",
    ]
    if done["dry_run"]:
        parts.append("nothing was kept (--dry-run)")
    return ", ".join(parts) + "."


def _place(at: str, rows: list[dict[str, Any]]) -> str:
    """Say where a fault is in the file; the server knows lines where it could read the rows."""
    if in_request := re.fullmatch(r"body/rows/(\d+)(?:/(\w+))?", at):
        index, field = int(in_request[1]), in_request[2]
        line = f"line {rows[index]['line']}"
    elif in_file := re.fullmatch(r"(line \d+)(?:/(\w+))?", at):
        line, field = in_file[1], in_file[2]
    else:
        return at.removeprefix("body/")
    return f"{line}, {field}" if field else line
