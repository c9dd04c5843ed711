"""What is wrong with the shape of what was sent, in words for whoever sent it."""

from collections.abc import Sequence
from typing import Any


def validation_faults(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Say where and what, never the rejected input: it may be a password or a name."""
    return [{"at": _place(e["loc"]), "detail": _plain(e)} for e in errors[:50]]


def _place(steps: Sequence[int | str]) -> str:
    # The name of an unknown field comes from outside, and may be long or no text at all.
    words = (str(step)[:60].encode("utf-8", "replace").decode() for step in steps)
    return "/".join(words)


_WORDS = {
    "extra_forbidden": "is not a known field",
    "missing": "is missing",
    "uuid_parsing": "is not an identifier",
    "uuid_type": "is not an identifier",
    "model_attributes_type": "is not a JSON object",
    "string_pattern_mismatch": "is not written as it should be",
}


def _plain(error: Any) -> str:
    words = str(error["msg"]).removeprefix("Value error, ")
    return _WORDS.get(error["type"], words)[:500]
