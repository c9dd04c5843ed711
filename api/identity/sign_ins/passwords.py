"""Passwords: slow to check on purpose, so at most two at once and never inside a transaction."""

import threading

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

_hasher = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
_at_once = threading.BoundedSemaphore(2)
# Checked when nobody has the address, so that known and unknown ones take the same time.
_nobody = (
    "$argon2id$v=19$m=19456,t=2,p=1$12xQA8QIDj+c/5AUqfjX7w"
    "$ZWNT2vEgO+D2Hru9aqO5KKP/FUd4ohjb6l+05NRskUE"
)


def hashed(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether this is the password; as slow for somebody without one."""
    with _at_once:
        right = _hasher.verify(password, stored or _nobody)
    return right and stored is not None
