"""Does the work that waits: delivers events and runs jobs, inside the web process or alone."""

import threading

from sqlalchemy import Engine

from api.core import events, idempotency, jobs, limits
from api.core.db import Database, create_engine
from api.core.logs import log
from api.core.settings import Settings
from api.memberships import service as memberships
from api.notifications import sending
from api.proposals.calls import sending as calls
from api.proposals.moves import watch
from api.proposals.polls import service as polls
from api.sessions.programme import closing
from api.similarity import listeners as similarity
from api.similarity.words import lexicon

# Importing registers their jobs.
REGISTERED = (
    idempotency,
    limits,
    similarity,
    memberships,
    sending,
    closing,
    calls,
    watch,
    polls,
)
PAUSE = 1.0
# A database that is away is asked less and less often, but never forgotten.
LONGEST_PAUSE = 15.0


class Worker:
    """One loop with a connection of its own; any number may run beside each other."""

    def __init__(self, settings: Settings):
        self.settings = settings
        lexicon.use(settings.synonyms)
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish what is in hand, then return from `run`."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop; a database that is away is waited for."""
        engine = create_engine(self.settings.database_url, connections=1)
        planned, pause = False, PAUSE
        try:
            while not self._stopping.is_set():
                try:
                    if not planned:
                        with Database(engine) as db:
                            jobs.plan_recurring(db)
                            db.commit()
                        planned = True
                    busy, pause = self.turn(engine), PAUSE
                except Exception as error:
                    log.error("worker.failed", exc_info=error)
                    busy, pause = False, min(2 * pause, LONGEST_PAUSE)
                if not busy:
                    self._stopping.wait(pause)
        finally:
            engine.dispose()

    def run_once(self) -> int:
        """Do everything that is due, then return how many turns it took."""
        engine = create_engine(self.settings.database_url, connections=1)
        try:
            with Database(engine) as db:
                jobs.plan_recurring(db)
                db.commit()
            turns = 0
            while self.turn(engine):
                turns += 1
            return turns
        finally:
            engine.dispose()

    def turn(self, engine: Engine) -> bool:
        """Deliver one batch of events and run one job; return whether there was anything to do."""
        with self._open(engine) as db:
            delivered = events.deliver(db)
            db.commit()
        with Database(engine, expire_on_commit=False) as db:
            job = jobs.claim(db)
            db.commit()
        if job is None:
            return delivered > 0
        try:
            with self._open(engine) as db:
                kind = jobs.KINDS.get(job.kind)
                if kind is None:
                    raise LookupError(job.kind)
                kind.do(db, job.payload)
                jobs.finish(db, job)
                db.commit()
        except Exception as error:
            log.error("job.failed", kind=job.kind, attempts=job.attempts, exc_info=error)
            with Database(engine) as db:
                jobs.fail(db, job, error)
                db.commit()
        return True

    def _open(self, engine: Engine) -> Database:
        """A transaction for those who do the work; some of it depends on the settings."""
        return Database(engine, info={"settings": self.settings})
