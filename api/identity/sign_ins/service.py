"""Signing in and out. What is answered never tells whether an address is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from api.core import secrets
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.jobs import job
from api.core.limits import forget, give_back, neighbourhood, spend
from api.core.problems import Forbidden, NotFound, Unauthenticated
from api.core.work import Desk, Knock
from api.identity.events import PasswordSet, SignedIn, SignInRevoked
from api.identity.models import Person, SignIn, SignInLink, Token
from api.identity.sign_ins import passwords

LASTS = timedelta(days=30)
LINK_LASTS = timedelta(days=2)
WINDOW = timedelta(minutes=15)
TRIES_BY_ACCOUNT = 10
TRIES_BY_NEIGHBOURHOOD = 100


@dataclass(frozen=True, slots=True)
class Made:
    """A sign-in and the word for its cookie, which is nowhere else."""

    id: UUID
    person_id: UUID
    expires_at: datetime
    cookie: str


def sign_in(desk: Desk, email: str, password: str) -> Made:
    """Check a password between two transactions: one counts the attempt, one signs in."""
    wrong = Unauthenticated("That address and password do not belong together.")
    account = "sign-in:account:" + secrets.digest(email)
    household = "sign-in:address:" + neighbourhood(desk.shown.address)
    with desk.transaction() as db:
        # Counted before anything is checked, and committed, so that a refusal cannot undo it.
        waits = [spend(db, account, TRIES_BY_ACCOUNT, WINDOW)]
        waits.append(spend(db, household, TRIES_BY_NEIGHBOURHOOD, WINDOW))
        person = db.exec(
            select(Person).where(Person.email == email, col(Person.disabled_at).is_(None))
        ).first()
    for refusal in filter(None, waits):
        raise refusal
    stored = person.password_hash if person else None
    if not passwords.matches(password, stored) or person is None:
        raise wrong
    with desk.transaction(Actor(person_id=person.id)) as db:
        # Checking took a while, in which the password or the person may have gone.
        current = db.get(Person, person.id)
        if current is None or current.disabled_at or current.password_hash != stored:
            raise wrong
        forget(db, account)
        give_back(db, household)
        return make(db, person.id, desk.shown)


def make(db: Database, person_id: UUID, shown: Knock | None = None) -> Made:
    word = secrets.token("trellis_si")
    made = SignIn(
        person_id=person_id,
        digest=secrets.digest(word),
        expires_at=now() + LASTS,
        address=neighbourhood(shown.address) if shown else None,
        agent=(shown.agent or "")[:200] if shown else None,
    )
    db.add(made)
    record(db, SignedIn(object_id=made.id))
    return Made(made.id, person_id, made.expires_at, word)


def make_link(db: Database, person_id: UUID, lasts: timedelta = LINK_LASTS) -> str:
    """Make the secret part of a link that signs this person in once."""
    word = secrets.token("trellis_link")
    db.add(SignInLink(person_id=person_id, digest=secrets.digest(word), expires_at=now() + lasts))
    return word


def use_link(db: Database, word: str, shown: Knock) -> Made:
    """Sign in by a link; of many who try at once exactly one succeeds."""
    moment = now()
    used = db.execute(
        update(SignInLink)
        .where(
            col(SignInLink.digest) == secrets.digest(word),
            col(SignInLink.used_at).is_(None),
            col(SignInLink.expires_at) > moment,
        )
        .values(used_at=moment)
        .returning(col(SignInLink.person_id))
    ).scalar()
    person = db.get(Person, used) if used else None
    if person is None or person.disabled_at:
        raise Unauthenticated("This link was used before or is too old. Ask for a new one.")
    db.info["actor"] = Actor(person_id=person.id)
    return make(db, person.id, shown)


def revoke(db: Database, actor: Actor, sign_in_id: UUID) -> None:
    """End one of the caller's own sign-ins."""
    found = db.get(SignIn, sign_in_id)
    if found is None or found.person_id != actor.person_id or found.revoked_at:
        raise NotFound("No such sign-in of yours.")
    found.revoked_at = now()
    record(db, SignInRevoked(object_id=found.id))


def revoke_current(db: Database, actor: Actor) -> None:
    if actor.sign_in_id is None:
        raise Forbidden("A token signs nobody out. Revoke it in your settings.")
    revoke(db, actor, actor.sign_in_id)


def set_password(
    desk: Desk, actor: Actor, stored: str | None, current: str | None, new: str
) -> None:
    """Choose a password and end every other sign-in; the old one is needed where there is one."""
    if stored:
        guesses = f"password:person:{actor.person_id}"
        with desk.transaction(actor) as db:
            # Who found an open browser may not guess there for ever.
            refusal = spend(db, guesses, TRIES_BY_ACCOUNT, WINDOW)
        if refusal:
            raise refusal
        if not passwords.matches(current or "", stored):
            raise Forbidden("That is not your current password.")
    hashed = passwords.hashed(new)
    with desk.transaction(actor) as db:
        keep_password(db, actor.person_id, hashed, keep=actor.sign_in_id)


def keep_password(db: Database, person_id: UUID, hashed: str, keep: UUID | None = None) -> None:
    """Store a password; links and sign-ins that came before it may be in the wrong hands."""
    unused = col(SignInLink.person_id) == person_id, col(SignInLink.used_at).is_(None)
    db.execute(delete(SignInLink).where(*unused))
    db.execute(update(Person).where(col(Person.id) == person_id).values(password_hash=hashed))
    others = update(SignIn).where(
        col(SignIn.person_id) == person_id,
        col(SignIn.revoked_at).is_(None),
        col(SignIn.id) != keep if keep else col(SignIn.id).is_not(None),
    )
    db.execute(others.values(revoked_at=now()))
    record(db, PasswordSet(object_id=person_id))


@job("sign_ins.forget", every=timedelta(hours=6))
def forget_old(db: Database, _payload: dict[str, object]) -> None:
    """Sign-ins, links and tokens nobody can use any more are kept a month, then go."""
    before = now() - timedelta(days=30)
    for credential in (SignIn, SignInLink, Token):
        db.execute(delete(credential).where(col(credential.expires_at) < before))
