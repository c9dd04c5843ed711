"""The job that takes queued mail to the server: at least once, in small batches.

A mail is taken, posted, and marked in a transaction of its own. Nothing is held open while talking
to the server. A worker that dies in between lets another one post the mail again, with the same
Message-ID.
"""

import time
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine, delete, update
from sqlmodel import col, select

from api.core import jobs
from api.core.clock import now
from api.core.db import Database
from api.core.jobs import job
from api.core.logs import log
from api.core.settings import Settings
from api.core.text import EMAIL
from api.core.work import transaction
from api.identity.models import Person
from api.notifications.models import Mail, MailState
from api.notifications.service import SENDING, SOON

# After so many mails or seconds the worker does its other work, or stops if it was asked to.
BATCH = 50
TURN = 5.0
# What a worker has taken is due again after this, should it never come back.
TAKEN_FOR = timedelta(minutes=5)
# A server that is away is asked again after these pauses; new mail waits with the old.
AWAY = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600))
# Refused for the moment, a mail waits twice as long each time, for two days in all.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
ATTEMPTS = 16
# What could not even be tried for so long would tell nobody any news.
STALE = timedelta(days=14)
KEPT = timedelta(days=90)


class Outcome(NamedTuple):
    """How a batch went: how many were taken, and whether the server or the time gave out."""

    sent: int = 0
    closed: str | None = None
    more: bool = False


@job(SENDING, every=timedelta(minutes=5))
def send_queued(db: Database, payload: dict[str, Any]) -> None:
    """Post what is due. What comes meanwhile is asked for again, so no batch need be long."""
    settings: Settings | None = db.info.get("settings")
    if settings is None or not settings.smtp_url:
        return
    # `db` has asked nothing yet, so its connection is free for the short transactions of the batch.
    outcome = send(db.get_bind(), settings)  # type: ignore[arg-type]  # the worker opens it on an engine
    if outcome.closed:
        times = 0 if outcome.sent else int(payload.get("away", 0))
        log.warning("mail.waiting", reason=outcome.closed, times=times + 1)
        pause = AWAY[min(times, len(AWAY) - 1)]
        # This one waits for the server, and who asks for mail to be sent now finds it waiting.
        jobs.ask(db, SENDING, {"away": times + 1}, key=SOON, at=now() + pause)
    elif outcome.more:
        jobs.ask(db, SENDING, key=SOON)


def send(engine: Engine, settings: Settings) -> Outcome:
    """Post one batch over one connection."""
    mails = _take(engine)
    if not mails:
        return Outcome()
    from api.notifications.postbox import (  # noqa: PLC0415  (only who sends needs its libraries)
        Closed,
        Fate,
        opened,
    )

    until, sent = time.monotonic() + TURN, 0
    waiting = mails[::-1]
    try:
        with opened(settings) as postbox:
            while waiting:
                receipt = _post(engine, settings, postbox, waiting[-1])
                waiting.pop()
                sent += receipt.fate is Fate.TAKEN
                if receipt.over:
                    raise Closed(str(receipt.error))
                if time.monotonic() > until:
                    break
    except Closed as away:
        _give_back(engine, waiting)
        return Outcome(sent, away.reason)
    return Outcome(sent, more=_give_back(engine, waiting) > 0 or len(mails) == BATCH)


def _take(engine: Engine) -> list[Mail]:
    """Take what has been due longest; nobody else takes it for as long as it is taken for."""
    with transaction(engine) as db:
        moment = now()
        due = (
            select(Mail, Person)
            .outerjoin(Person, col(Person.id) == col(Mail.person_id))
            .where(col(Mail.state) == MailState.QUEUED, col(Mail.due_at) <= moment)
            .order_by(col(Mail.due_at), col(Mail.id))
            .limit(BATCH)
            .with_for_update(skip_locked=True, of=Mail)
        )
        taken = []
        for mail, person in db.exec(due).all():
            if mail.person_id:
                if person.disabled_at or not person.email:
                    _wipe(mail, MailState.WITHDRAWN)
                    continue
                # It may carry a secret, so it goes where they are reached now.
                mail.address = person.email
            mail.due_at = moment + TAKEN_FOR
            taken.append(mail)
        return taken


def _post(engine: Engine, settings: Settings, postbox: Any, mail: Mail) -> Any:
    """Post one mail, write down what became of it, and return the receipt."""
    from api.notifications.letters import letter  # noqa: PLC0415  (likewise)
    from api.notifications.postbox import Closed, Fate, Receipt  # noqa: PLC0415  (likewise)

    try:
        if not EMAIL.fullmatch(mail.address):
            receipt = Receipt(Fate.REFUSED, "NoAddress")
        else:
            receipt = postbox.post(letter(mail, settings), mail.address)
    except Closed:
        raise
    except Exception as unforeseen:
        log.error("mail.failed", mail_id=str(mail.id), exc_info=unforeseen)
        receipt = Receipt(Fate.PUT_OFF, type(unforeseen).__name__)
    if receipt.fate is not Fate.TAKEN:
        log.warning("mail.refused", mail_id=str(mail.id), kind=mail.kind, reason=receipt.error)
    with transaction(engine) as db:
        mine = db.get(Mail, mail.id, with_for_update=True)
        # It may have taken so long that somebody else has taken the mail since.
        if mine is None or mine.due_at != mail.due_at or mine.state is not MailState.QUEUED:
            return receipt
        mine.attempts += 1
        mine.last_error = receipt.error
        if receipt.fate is Fate.TAKEN:
            mine.sent_at = now()
            _wipe(mine, MailState.SENT)
        elif receipt.fate is Fate.REFUSED:
            _wipe(mine, MailState.UNDELIVERABLE)
        elif mine.attempts >= ATTEMPTS:
            _wipe(mine, MailState.FAILED)
        else:
            mine.due_at = now() + pause_after(mine.attempts)
        db.add(mine)
    return receipt


def pause_after(attempts: int) -> timedelta:
    """How long a mail waits after so many refusals for the moment."""
    return min(FIRST_PAUSE * (1 << attempts - 1), LONGEST_PAUSE)


def _give_back(engine: Engine, left: list[Mail]) -> int:
    """Let what was taken but not tried be due at once; return how much that is."""
    if left:
        mine = col(Mail.id).in_([m.id for m in left]), col(Mail.due_at) == left[0].due_at
        with transaction(engine) as db:
            db.execute(update(Mail).where(*mine).values(due_at=now()))
    return len(left)


def _wipe(mail: Mail, state: MailState) -> None:
    mail.sqlmodel_update({"state": state, "body": None, "path": None})


@job("mails.forget", every=timedelta(days=1))
def forget_old(db: Database, _payload: dict[str, Any]) -> None:
    """Give up what has waited too long, and forget what left long ago."""
    moment: datetime = now()
    waited = col(Mail.state) == MailState.QUEUED, col(Mail.created_at) < moment - STALE
    db.execute(
        update(Mail)
        .where(*waited)
        .values(state=MailState.FAILED, last_error="Stale", body=None, path=None)
    )
    db.execute(delete(Mail).where(col(Mail.created_at) < moment - KEPT))
