"""The lists for readers that are made from the code: problems, events, permissions."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from api.core.events import Event
from api.core.problems import Problem

_MADE = "This page is made from the code by `make openapi`: change the code, not the page.\n"


def problems(kinds: Mapping[str, type[Problem]]) -> str:
    """Every way in which the API refuses, by status."""
    rows = sorted(kinds.values(), key=lambda kind: (kind.status, kind.slug()))
    return _page(
        "Problems",
        "Whatever is refused is answered as `application/problem+json` (RFC 9457): `type`,\n"
        "`title`, `status`, often a `detail`, `errors` that say where in the request, and the\n"
        "`request_id` to quote when you ask for help. `type` is also the address of a page that\n"
        "explains it.",
        ("status", "type", "title", "meaning"),
        ((str(k.status), f"`{k.type()}`", k.title, _first(k)) for k in rows),
    )


def events(kinds: Mapping[str, type[Event]]) -> str:
    """Everything that can have happened."""
    return _page(
        "Events",
        "What happened has one name everywhere: in the audit, in the activities, in what other\n"
        "rooms listen to. Each event carries `object_id`, the thing it happened to, mostly\n"
        "`community_id`, and what stands in the last column.",
        ("event", "meaning", "also carries"),
        ((f"`{kind}`", _first(e), _own_fields(e)) for kind, e in sorted(kinds.items())),
    )


def permissions(rooms: Mapping[str, Iterable[Callable[..., bool]]]) -> str:
    """Every rule of every room, in the words somebody reads when they are refused."""
    return _page(
        "Permissions",
        "Every rule is a function of who asks and what they ask about; its sentence is what\n"
        "somebody reads when they are refused. Its name is what `can` shows in an answer. A\n"
        "steward may do everything; a role held over a community holds for everything beneath it.",
        ("room", "rule", "in words"),
        (
            (room, f"`{rule.__name__}`", _first(rule))
            for room, rules in rooms.items()
            for rule in dict.fromkeys(rules)
        ),
    )


def _page(title: str, opening: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"# {title}\n", opening + "\n", _MADE, *lines]) + "\n"


def _first(thing: Any) -> str:
    """The first paragraph of a docstring, on one line of a table."""
    words = (inspect.getdoc(thing) or "").split("\n\n")[0]
    return " ".join(words.split()).replace("|", "\\|")


def _own_fields(event: type[Event]) -> str:
    return ", ".join(f"`{f}`" for f in event.model_fields if f not in Event.model_fields)
