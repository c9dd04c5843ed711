"""Where letters are taken: a mail server, or a folder for trying things out.

Only who sends imports this: the library behind it is of no use to those who answer requests.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple, Protocol

from api.core.mail import MailFolder, MailServer
from api.core.settings import Settings

# Seconds until a server that says nothing is given up.
TIMEOUT = 10.0
# "I am going away": it speaks of the server, not of the mail.
_GOING = 421


class Closed(Exception):
    """Nothing can be posted here at the moment; `reason` may be shown, it holds nobody's words."""

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(reason)


class Fate(Enum):
    """What became of a letter."""

    TAKEN = auto()
    # Not now; the same letter may be taken later.
    PUT_OFF = auto()
    REFUSED = auto()


class Receipt(NamedTuple):
    """What became of a letter, and the class of what went wrong; the connection may be gone too."""

    fate: Fate
    error: str | None = None
    over: bool = False


class Postbox(Protocol):
    def post(self, letter: EmailMessage, to: str) -> Receipt: ...


class _Folder:
    def __init__(self, path: Path):
        self._path = path

    def post(self, letter: EmailMessage, to: str) -> Receipt:
        # The same mail is the same file, however often it is posted.
        name = str(letter["Message-ID"]).strip("<>").partition("@")[0]
        half = self._path / f".{name}.part"
        try:
            half.write_bytes(letter.as_bytes())
            half.rename(self._path / f"{name}.eml")
        except OSError as failed:
            return Receipt(Fate.PUT_OFF, type(failed).__name__, over=True)
        return Receipt(Fate.TAKEN)


class _Server:
    def __init__(self, connection: smtplib.SMTP, sender: str):
        self._connection = connection
        self._sender = sender

    def post(self, letter: EmailMessage, to: str) -> Receipt:
        try:
            self._connection.send_message(letter, self._sender, [to])
        except smtplib.SMTPSenderRefused as refused:
            # It would take nothing from us, whatever it is.
            raise Closed(_named(refused)) from refused
        except smtplib.SMTPRecipientsRefused as refused:
            [(code, _)] = refused.recipients.values()
            return _receipt(refused, code)
        except smtplib.SMTPDataError as refused:
            return _receipt(refused, refused.smtp_code)
        except smtplib.SMTPNotSupportedError as refused:
            # An address in letters that this server cannot write.
            return Receipt(Fate.REFUSED, type(refused).__name__)
        except (smtplib.SMTPException, OSError) as gone:
            # Whether it has the letter nobody knows.
            return Receipt(Fate.PUT_OFF, _named(gone), over=True)
        return Receipt(Fate.TAKEN)


def _receipt(refused: Exception, code: int) -> Receipt:
    fate = Fate.REFUSED if 500 <= code < 600 else Fate.PUT_OFF
    return Receipt(fate, f"{type(refused).__name__} {code}", over=code == _GOING)


def _named(error: Exception) -> str:
    """The class of an error and the server's number for it; its text may hold an address."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


@contextmanager
def opened(settings: Settings) -> Iterator[Postbox]:
    """One connection, for as many letters as one likes; `Closed` where there is none."""
    carrier = settings.carrier
    if carrier is None:
        raise Closed("no mail is set up")
    if isinstance(carrier, MailFolder):
        yield _Folder(_writable(carrier.path))
        return
    sender = settings.sender
    try:
        connection = _connected(carrier, sender.domain)
    except (smtplib.SMTPException, OSError) as failed:
        raise Closed(_named(failed)) from failed
    try:
        yield _Server(connection, sender.address)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _writable(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise Closed(type(failed).__name__) from failed
    if not os.access(path, os.W_OK):
        raise Closed("PermissionError")
    return path


def _connected(server: MailServer, domain: str) -> smtplib.SMTP:
    # Without a name of ours the library would ask the network for one, which can take long.
    tls = _context(server)
    if server.tls == "at once":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=domain, timeout=TIMEOUT, context=tls
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, local_hostname=domain, timeout=TIMEOUT)
    try:
        connection.ehlo_or_helo_if_needed()
        offered = connection.has_extn("starttls")
        if server.tls == "required" or (server.tls == "offered" and offered):
            connection.starttls(context=tls)
        if server.user and server.password:
            connection.login(server.user, server.password)
    except Exception:
        connection.close()
        raise
    return connection


def _context(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not server.verified:
        # Hidden from who only listens; a relay next door often has a certificate of its own.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
