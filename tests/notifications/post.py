"""A mail server that answers as it is told, and what tests say to it and hear from it."""

import asyncio
import socket
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID

from aiosmtpd.controller import Controller
from sqlalchemy import update
from sqlmodel import col, select

from api.core.clock import now
from api.core.db import Database
from api.core.jobs import Job
from api.core.settings import Settings
from api.identity.models import Person
from api.notifications.models import Mail
from api.notifications.service import Note, notify
from api.worker import Worker
from tests.looking import look


class Office:
    """Takes mail on a free port of this machine until the block ends."""

    def __init__(self, **options: Any):
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        # What is answered to the sender, to an address, and to the words; None is yes.
        self.to_sender: str | None = None
        self.to_addresses: dict[str, str] = {}
        self.to_words: str | None = None
        self.pause = 0.0
        self._lock = threading.Lock()
        self._options = options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def __enter__(self) -> "Office":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Be there, again under the same address."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def close(self) -> None:
        if self._controller.server:
            self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_MAIL(  # noqa: N802  (the name that the server calls)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.to_sender or "250 OK"

    async def handle_RCPT(  # noqa: N802  (likewise)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if refusal := self.to_addresses.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (likewise)
        await asyncio.sleep(self.pause)
        if self.to_words:
            return self.to_words
        letter: Any = message_from_bytes(envelope.content, policy=default)
        with self._lock:
            self.letters.append(letter)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 OK"


def tell(db: Database, *people: Person, key: str = "call-1", **more: Any) -> int:
    """Tell people of a call, in words that can be found again."""
    path = more.pop("path", "/proposals/1")
    words = {"title": more.pop("title", "A call is open"), "body": more.pop("body", "Have a look.")}
    mail_path = more.pop("mail_path", None)
    notes = [Note(p.id, path=path, mail_path=mail_path, **words) for p in people]
    told = notify(db, notes, kind="proposal.call_opened", key=key, **more)
    db.commit()
    return told


def work(settings: Settings) -> None:
    """Do all that is due."""
    Worker(settings).run_once()


def later(db: Database) -> None:
    """Let the time pass until everything that waits is due."""
    moment = now()
    db.execute(update(Mail).where(col(Mail.state) == "queued").values(due_at=moment))
    db.execute(update(Job).values(due_at=moment, leased_until=None))
    db.commit()


def mails(db: Database) -> list[Mail]:
    return look(db, select(Mail).order_by(col(Mail.id)))


def mail_to(db: Database, person_id: UUID) -> Mail:
    [found] = look(db, select(Mail).where(Mail.person_id == person_id))
    return found
