"""Everything an operator may turn, and nothing else."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, FilePath, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from api.core.mail import MailFolder, MailServer, Sender, carrier, sender, usual_sender

PREFIX = "TRELLIS_"

# What a setting may be, where the library would say it less plainly.
_MAY_BE = {
    "database_url": "must begin with sqlite:/// or postgresql+psycopg://",
    "cors_origins": 'must be a list in JSON, such as ["https://pages.example.org"]',
    "threads": "must be a whole number from 1 to 64",
    "metrics": "must be true or false",
    "smtp_url": (
        "must be smtp://user:password@host:port, smtps://… or file:FOLDER; after smtp:// it may "
        "end in ?starttls=required or ?starttls=never"
    ),
    "mail_from": "must be an address, such as Trellis <trellis@example.org>",
    "synonyms": "must be a file that can be read",
}


class Settings(BaseSettings):
    """Read from `TRELLIS_*` environment variables, or a `.env` file beside the process."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    database_url: str = Field(
        "sqlite:///trellis.db",
        pattern=r"^(sqlite|postgresql\+psycopg)://",
        description="`sqlite:///path` or `postgresql+psycopg://…`.",
    )
    public_url: str = Field(
        "http://127.0.0.1:8000", description="Where people reach Trellis; links are made from it."
    )
    frontend_dir: str | None = Field(
        None, description="The built SPA to serve; leave empty to serve the API alone."
    )
    cors_origins: list[str] = Field(
        [], description="Other origins whose pages may call this API with a cookie, as JSON."
    )
    worker: Literal["embedded", "none"] = Field(
        "embedded", description="Whether the web process also does the work that waits."
    )
    threads: int | None = Field(
        None, ge=1, le=64, description="Threads for requests; 4 on SQLite, 8 on PostgreSQL."
    )
    synonyms: FilePath | None = Field(
        None, description="A file with more words that mean the same, for finding duplicates."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least serious message that is written."
    )
    metrics: bool = Field(False, description="Answer Prometheus at `/metrics`.")
    smtp_url: str | None = Field(
        None, description="The server that takes mail; leave empty to write none."
    )
    mail_from: str | None = Field(None, description="The name and address that mail comes from.")

    @field_validator("smtp_url", "mail_from")
    @classmethod
    def _sound(cls, text: str | None, field: ValidationInfo) -> str | None:
        if not text or not text.strip():
            return None
        read = carrier if field.field_name == "smtp_url" else sender
        read(text.strip())
        return text.strip()

    @property
    def carrier(self) -> MailServer | MailFolder | None:
        """Who takes mail; None where none is written."""
        return carrier(self.smtp_url) if self.smtp_url else None

    @property
    def sender(self) -> Sender:
        if self.mail_from:
            return sender(self.mail_from)
        return usual_sender(urlsplit(self.public_url).hostname)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def connections(self) -> int:
        # As many as threads, so that no thread ever waits for a connection.
        return self.threads or (4 if self.is_sqlite else 8)

    @property
    def secure(self) -> bool:
        """Whether people arrive over TLS, which decides the cookie's name and HSTS."""
        return urlsplit(self.public_url).scheme == "https"

    def link(self, path: str) -> str:
        """The whole address of a page."""
        return f"{self.public_url.rstrip('/')}{path}"

    def sign_in_link(self, word: str) -> str:
        """The address that signs in; the secret stands behind `#`, so no server ever sees it."""
        return self.link(f"/sign-in/link#{word}")

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may change things with a cookie."""
        public = urlsplit(self.public_url)
        return frozenset({f"{public.scheme}://{public.netloc}", *self.cors_origins})


def explain(failed: Exception) -> str | None:
    """Name each setting that makes no sense and what it may be; None if it was something else.

    What was set is not repeated: it may be a password.
    """
    if isinstance(failed, ValidationError) and failed.title == Settings.__name__:
        said = {
            str(e["loc"][0]): e["msg"].replace("Input should be", "must be")
            for e in failed.errors()
            if e["loc"]
        }
    elif isinstance(failed, SettingsError):
        # It tells which one in its text alone.
        said = {
            name: "cannot be read" for name in Settings.model_fields if f'"{name}"' in str(failed)
        }
    else:
        return None
    words = (f"{PREFIX}{n.upper()} {_MAY_BE.get(n, why)}." for n, why in said.items())
    return "\n".join(words) or None
