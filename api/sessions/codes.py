"""The short code that a session shows, and people type in to say they are there."""

import hmac
import secrets

# Without letters and digits that are mistaken for each other on a slide.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 6


def make() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))


def matches(code: str, typed: str) -> bool:
    """Whether somebody typed the code, however they wrote it."""
    plain = "".join(c for c in typed.upper() if c.isalnum())
    return hmac.compare_digest(code.encode(), plain.encode())
