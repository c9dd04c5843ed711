"""Where mail goes, and who it comes from, as the settings say it."""

from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from api.core.text import EMAIL

Tls = Literal["at once", "offered", "required", "never"]
# On the same machine nobody listens in between.
_HERE = ("127.0.0.1", "localhost", "::1")


class MailServer(NamedTuple):
    """A server that takes mail, and how to speak to it."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = None

    def __str__(self) -> str:
        """Name it in words that may be shown: without the password."""
        return f"{self.host}:{self.port}"

    @property
    def verified(self) -> bool:
        """Whether it must show who it is. Otherwise TLS that is offered only hides the words."""
        return self.tls in ("at once", "required") or self.user is not None


class MailFolder(NamedTuple):
    """A folder in which each mail becomes a file, for trying things out."""

    path: Path

    def __str__(self) -> str:
        return f"the folder {self.path}"


class Sender(NamedTuple):
    """The name and the address that mail comes from."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        return formataddr((self.name, self.address))


def carrier(url: str) -> MailServer | MailFolder:
    """Read `smtp://`, `smtps://` or `file:`; whatever else it is raises ValueError."""
    if url.startswith("file:"):
        return _folder(url.removeprefix("file:"))
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("no server")
    if parts.path not in ("", "/") or parts.fragment or any(c.isspace() for c in url):
        raise ValueError("more than a server")
    if (parts.username is None) != (parts.password is None):
        raise ValueError("half of a user and password")
    user, password = _unquoted(parts.username), _unquoted(parts.password)
    if user is not None and not (user and password):
        raise ValueError("an empty user or password")
    tls = _tls(parts, known=user is not None)
    usual = 465 if tls == "at once" else 587 if user else 25
    if parts.port == 0:
        raise ValueError("no such port")
    return MailServer(parts.hostname, parts.port or usual, tls, user, password)


def _folder(path: str) -> MailFolder:
    if path.startswith("//"):
        host, slash, rest = path[2:].partition("/")
        if host not in ("", "localhost"):
            raise ValueError("a folder elsewhere")
        path = slash + rest
    if not path or "\0" in path:
        raise ValueError("no folder")
    return MailFolder(Path(unquote(path)))


def _tls(parts: SplitResult, *, known: bool) -> Tls:
    asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    wanted = asked.pop("starttls", None)
    if asked or (parts.scheme == "smtps" and wanted):
        raise ValueError("an option that is not known")
    if parts.scheme == "smtps":
        return "at once"
    if wanted in ("required", "never"):
        return wanted  # type: ignore[return-value]  # one of the words it may be
    if wanted is not None:
        raise ValueError("an option that is not known")
    # A password must not be had by whoever removes the offer on the way.
    return "required" if known and parts.hostname not in _HERE else "offered"


def _unquoted(text: str | None) -> str | None:
    return None if text is None else unquote(text)


def sender(text: str) -> Sender:
    """Read `Name <address>` or an address alone; whatever else it is raises ValueError."""
    name, address = parseaddr(text)
    if not text.isprintable() or not EMAIL.fullmatch(address) or not address.isascii():
        raise ValueError("no address")
    return Sender(name, address)


def usual_sender(host: str | None) -> Sender:
    """Who mail comes from where nobody has said: this host itself."""
    host = host or "localhost"
    literal = f"[IPv6:{host}]" if ":" in host else f"[{host}]"
    number = ":" in host or host.replace(".", "").isdigit()
    return Sender("Trellis", f"trellis@{literal if number else host}")
