from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr
from sqlmodel import SQLModel

from api.core.schemas import Asked
from api.core.text import Email, Password

# Of at least eight characters, what lists of stolen passwords begin with; nobody guesses longer.
_COMMON = """
12345678 123456789 1234567890 11111111 00000000 87654321 password password1 password123 passw0rd
qwertyui qwertyuiop qwerty123 1q2w3e4r 1qaz2wsx iloveyou sunshine princess football baseball
superman starwars computer trustno1 welcome1 welcome123 letmein1 abcd1234 abc12345 changeme
liverpool asdfghjkl zxcvbnm1 whatever admin123 michelle jennifer
"""
COMMON = frozenset(_COMMON.split())


def _not_common(chosen: SecretStr) -> SecretStr:
    if chosen.get_secret_value().casefold() in COMMON:
        raise ValueError("is one of the first that anybody tries; choose three words")
    return chosen


# Long enough that guessing is hopeless; no rules that make people write it down.
NewPassword = Annotated[Password, Field(min_length=8), AfterValidator(_not_common)]


class SignInCreate(Asked):
    email: Email
    password: Password


class LinkUse(Asked):
    token: Annotated[SecretStr, Field(max_length=200)]


class SignInRead(SQLModel):
    id: UUID
    person_id: UUID
    expires_at: datetime


class PasswordChange(Asked):
    current_password: Password | None = None
    new_password: NewPassword
