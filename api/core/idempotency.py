"""Safe retries: the first answer to a POST is kept with its effect and given again.

Key and effect share one transaction, so either both happened or neither did.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, delete, func, select
from sqlmodel import Field, SQLModel, col

from api.core.clock import now
from api.core.db import At, Database
from api.core.jobs import job
from api.core.problems import InFlight, Invalid, KeyReused

KEPT = timedelta(hours=24)
_KEPT_HEADERS = ("etag", "location", "content-type")


class KeptAnswer(SQLModel, table=True):
    __tablename__ = "kept_answers"

    # Caller, route and key, hashed together: a key means nothing to anybody else.
    key: str = Field(primary_key=True, max_length=64)
    request: str = Field(max_length=64)
    status: int
    headers: str = Field(max_length=1000)
    body: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = At(index=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """One use of a key: what it is stored under, and what it was used for."""

    key: str
    request: str


def kept(caller: str, route: str, key: str, asked: bytes) -> Kept:
    """Name one use of a key; `asked` is everything else that made the request."""
    if not (1 <= len(key) <= 200) or not key.isascii() or not key.isprintable():
        raise Invalid(
            errors=[{"at": "header/idempotency-key", "detail": "must be 1 to 200 ASCII characters"}]
        )
    name = hashlib.sha256(f"{caller}\0{route}\0{key}".encode()).hexdigest()
    return Kept(name, hashlib.sha256(asked).hexdigest())


def alone(db: Database, use: Kept) -> None:
    """Until this transaction ends, let no other request with this key in.

    SQLite needs nothing for it: its writers come one after the other anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        number = int(use.key[:15], 16)
        if not db.execute(select(func.pg_try_advisory_xact_lock(number))).scalar():
            raise InFlight("Wait a moment, then repeat it with the same key.")


def find(db: Database, use: Kept) -> tuple[int, dict[str, str], bytes] | None:
    """The answer given before, if there was one."""
    answer = db.get(KeptAnswer, use.key)
    if answer is None or answer.created_at < now() - KEPT:
        return None
    if answer.request != use.request:
        raise KeyReused("This key was used for a request that asked something else. Use a new key.")
    headers = dict(line.split(": ", 1) for line in answer.headers.splitlines())
    return answer.status, headers, answer.body


def keep(db: Database, use: Kept, status: int, headers: dict[str, str], body: bytes) -> None:
    lines = "\n".join(f"{k}: {v}" for k, v in headers.items() if k.lower() in _KEPT_HEADERS)
    db.merge(
        KeptAnswer(
            key=use.key,
            request=use.request,
            status=status,
            headers=lines,
            body=body,
            created_at=now(),
        )
    )


@job("idempotency.forget", every=timedelta(hours=1))
def forget_old_answers(db: Database, _payload: dict[str, object]) -> None:
    db.execute(delete(KeptAnswer).where(col(KeptAnswer.created_at) < now() - KEPT))
