"""Keys the deployment makes for itself, and one-time words for people and scripts."""

import hashlib
import secrets
from datetime import datetime

from sqlmodel import Field, SQLModel, select

from api.core.clock import now
from api.core.db import At, Database, insert_into


class Secret(SQLModel, table=True):
    __tablename__ = "secrets"

    name: str = Field(primary_key=True, max_length=60)
    value: str = Field(max_length=200)
    created_at: datetime = At(default_factory=now)


def key(db: Database, name: str) -> bytes | None:
    """Read a key; None until `make_keys` has run."""
    found = db.exec(select(Secret.value).where(Secret.name == name)).first()
    return bytes.fromhex(found) if found else None


def make_keys(db: Database, *names: str) -> None:
    """Make the keys that do not exist yet."""
    for name in names:
        made = {"name": name, "value": secrets.token_hex(32), "created_at": now()}
        db.execute(insert_into(db, Secret).values(made).on_conflict_do_nothing())


def token(prefix: str) -> str:
    """Make a word that cannot be guessed; the prefix lets scanners recognise a leaked one."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest(word: str) -> str:
    """What is stored of a token: it has 256 random bits, so a plain hash cannot be reversed."""
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()
