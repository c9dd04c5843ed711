"""Words from outside: one form, no traps, a length."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, SecretStr
from sqlmodel import Field

# Everything but tab and line ends that would move a cursor, end a string or hide text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(value: Any) -> Any:
    """Normalise text to NFC without outer blanks; refuse characters that are not text."""
    if not isinstance(value, str):
        return value
    if _SURROGATE.search(value) or _FORBIDDEN.search(value):
        raise ValueError("holds a character that is not text")
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()


def _one_line(value: Any) -> Any:
    value = clean(value)
    if isinstance(value, str) and ("\n" in value or "\r" in value):
        raise ValueError("must be one line")
    return value


Clean = BeforeValidator(clean)
OneLine = BeforeValidator(_one_line)

# Blank text would pass a required field and say nothing, so named things have a least length.
Name = Annotated[str, Field(min_length=1, max_length=120), OneLine]
Line = Annotated[str, Field(max_length=200), OneLine]
Paragraph = Annotated[str, Field(max_length=2000), Clean]
Prose = Annotated[str, Field(max_length=20000), Clean]
Word = Annotated[str, Field(min_length=1, max_length=60), OneLine]
Words = Annotated[list[Word], Field(max_length=20)]
Reason = Annotated[str, Field(min_length=3, max_length=1000), Clean]
Search = Annotated[str, Field(min_length=1, max_length=120), OneLine]


def _whole(value: Any) -> Any:
    """A password in one form, whatever the keyboard made of its accents; blanks belong to it."""
    if isinstance(value, str):
        if _SURROGATE.search(value) or "\0" in value:
            raise ValueError("holds a character that is not text")
        return unicodedata.normalize("NFC", value)
    return value


# What somebody typed to prove who they are.
Password = Annotated[SecretStr, Field(max_length=200), BeforeValidator(_whole)]

EMAIL = re.compile(r"[^@\s,;<>()\"\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


def _email(value: Any) -> Any:
    value = _one_line(value)
    if isinstance(value, str):
        value = value.lower()
        if not EMAIL.fullmatch(value) or "." not in value.rpartition("@")[2]:
            raise ValueError("is not an e-mail address")
    return value


Email = Annotated[str, Field(max_length=254), BeforeValidator(_email)]


def slug(name: str) -> str:
    """Write a name for a URL: plain letters, digits and hyphens; empty where none are left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120]
