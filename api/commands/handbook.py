"""Writes the lists of docs/api anew: `python -m api.commands.handbook`."""

from collections.abc import Callable
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import ModuleType

import api.main  # noqa: F401  (every room, and with it every problem and event)
from api.core import handbook
from api.core.events import KINDS as EVENTS
from api.core.problems import KINDS as PROBLEMS

FOLDER = Path(__file__).parents[2] / "docs" / "api"
ROOMS = ("identity", "communities", "memberships", "sessions", "engagement")


def pages() -> dict[str, str]:
    """The text of every page, by the name of its file."""
    rules = {room: rules_of(import_module(f"api.{room}.policy")) for room in ROOMS}
    return {
        "problems.md": handbook.problems({k: p for k, p in PROBLEMS.items() if _ours(p)}),
        "events.md": handbook.events({k: e for k, e in EVENTS.items() if _ours(e)}),
        "permissions.md": handbook.permissions(rules),
    }


def rules_of(policy: ModuleType) -> list[Callable[..., bool]]:
    """The rules a room has, in the order in which it wrote them down."""
    return [
        rule
        for name, rule in vars(policy).items()
        if isfunction(rule)
        and rule.__module__ == policy.__name__
        and not name.startswith("_")
        and rule.__doc__
        and rule.__annotations__.get("return") is bool
    ]


def _ours(kind: type) -> bool:
    return kind.__module__.startswith("api.")


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
