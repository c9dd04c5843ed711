from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, SecretStr
from sqlmodel import SQLModel

from api.core.schemas import Asked
from api.core.text import Email, Password

# Long enough that guessing is hopeless; no rules that make people write it down.
NewPassword = Annotated[Password, Field(min_length=8)]


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
