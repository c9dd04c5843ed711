"""Small parts of the shapes on the wire."""

from typing import Annotated, Any

from pydantic import ConfigDict, Strict
from sqlmodel import SQLModel

# Yes or no in a body: the JSON words, and neither 1 nor "on". Queries are text, and take those.
Flag = Annotated[bool, Strict()]

# The default of a field a PATCH may omit but not clear: `name: Name = UNSET`.
# Typed as absent rather than optional, so an explicit null is refused, not stored.
UNSET: Any = None


class Asked(SQLModel):
    """What a caller sends: a field nobody knows is refused, not ignored."""

    # The framework makes its own of these at once, so there is nothing to put off.
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, defer_build=False)  # type: ignore[assignment]  # SQLModel narrows the type
