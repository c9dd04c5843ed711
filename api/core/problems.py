"""Errors as RFC 9457 problem details: what happened, and how to mend it."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from fastapi.responses import Response
from pydantic import BaseModel, Field


class Fault(BaseModel):
    """One thing wrong with a request."""

    at: str = Field(description="Where: `body/name`, `query/limit`, `body/items/3/role`.")
    detail: str = Field(description="What is wrong there.")


class ProblemBody(BaseModel):
    """What every refusal looks like (RFC 9457)."""

    type: str = Field(description="A path that names the kind of problem; it is also a page.")
    title: str
    status: int
    detail: str | None = None
    request_id: str | None = Field(None, description="Quote this when you ask for help.")
    errors: list[Fault] | None = None
    legal: list[str] | None = Field(None, description="The moves that are legal from here.")


KINDS: dict[str, "type[Problem]"] = {}


class Problem(Exception):
    """A refusal the caller can understand. Subclass it; never raise HTTPException."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    # Headers that belong to every answer of this kind.
    always: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        detail: str | None = None,
        errors: list[dict[str, Any]] | None = None,
        *,
        legal: list[str] | None = None,
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors
        self.legal = legal
        self.headers = {**self.always, **(headers or {})}

    def __init_subclass__(cls) -> None:
        KINDS[cls.slug()] = cls

    @classmethod
    def slug(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def type(cls) -> str:
        return "/problems/" + cls.slug()

    def body(self, request_id: str | None = None) -> ProblemBody:
        return ProblemBody(
            type=self.type(),
            title=self.title,
            status=self.status,
            detail=self.detail,
            request_id=request_id,
            errors=[Fault.model_validate(e) for e in self.errors] if self.errors else None,
            legal=self.legal,
        )

    def response(self, request_id: str | None = None) -> Response:
        return Response(
            self.body(request_id).model_dump_json(exclude_none=True),
            self.status,
            headers=self.headers,
            media_type="application/problem+json",
        )


class Malformed(Problem):
    """The body could not be read at all: broken JSON, or a file that is not what it claims."""

    status, title = 400, "The request could not be read"


class Unauthenticated(Problem):
    """Nobody is signed in, or the token or cookie shown is no longer good."""

    status, title = 401, "Sign in first"
    always = {"WWW-Authenticate": "Bearer"}


class Forbidden(Problem):
    """You may see this, but not do that to it."""

    status, title = 403, "Not allowed"


class NotFound(Problem):
    """It is not there, or not for you."""

    status, title = 404, "Not found"


class NotAllowedHere(Problem):
    """This address answers other methods; the `Allow` header names them."""

    status, title = 405, "That method does not work here"


class Conflict(Problem):
    """What you ask contradicts what is already there."""

    status, title = 409, "Conflicts with what is already there"


class IllegalMove(Conflict):
    """From where it stands, this move is not possible; `legal` names those that are."""

    title = "That is not possible from here"


class Overtaken(Conflict):
    """Others kept changing the same thing; repeat your request.

    Raised where somebody was quicker, it makes the whole piece of work begin anew from its first
    read; the caller sees it only when that happened again and again.
    """

    title = "Somebody was quicker"


class InFlight(Conflict):
    """The first request with this key is still being worked on; wait, then repeat it."""

    title = "The same request is still under way"


class Changed(Problem):
    """Somebody changed it since you read it; read it again, then repeat your change."""

    status, title = 412, "It has changed since you read it"


class TooLarge(Problem):
    """The body is larger than this address accepts."""

    status, title = 413, "Too large"


class NotJson(Problem):
    """This address takes JSON, and nothing else."""

    status, title = 415, "Send JSON"


class Invalid(Problem):
    """The request was read, but makes no sense; `errors` says where."""

    status, title = 422, "The request does not make sense"


class KeyReused(Invalid):
    """This Idempotency-Key was used for another request; use a new one."""

    title = "The key belongs to another request"


class ReadFirst(Problem):
    """Send the ETag you read as `If-Match`, so that nobody's change is lost."""

    status, title = 428, "Say which version you mean to change"


class TooMany(Problem):
    """You asked too often; `Retry-After` says when to ask again."""

    status, title = 429, "Too many requests"


class Broken(Problem):
    """Our fault. The request id helps us find out what happened."""

    status, title = 500, "Something went wrong on our side"


class Unavailable(Problem):
    """The database cannot be reached or is too busy; nothing was stored, so try again."""

    status, title = 503, "Not available right now"
    always = {"Retry-After": "3"}


def raises(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Describe a route's refusals for the contract."""
    described: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        known = described.get(problem.status)
        words = f"{known['description']}; {problem.title}" if known else problem.title
        described[problem.status] = {
            "description": words,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemBody"}}
            },
        }
    return described
