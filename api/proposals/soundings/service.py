"""What colleagues think of an idea: asked in private, read by few."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Conflict, NotFound
from api.core.secrets import digest, token
from api.identity.models import Person
from api.notifications.service import Note, notify, write
from api.proposals import policy
from api.proposals.events import SoundingAnswered, SoundingAsked
from api.proposals.ideas.service import touch
from api.proposals.models import Proposal, Sounding
from api.proposals.policy import SOUNDED
from api.proposals.rulebook import service as rulebook
from api.proposals.soundings.schemas import SoundingAnswer, SoundingCreate, SoundingLetter

MOST = 50


class SoundingOver(Conflict):
    """A link for a sounding works once, and for some days only; ask whoever sent it for another."""

    title = "This link has been used, or its time is over"


class EnoughAsked(Conflict):
    """A proposal asks at most fifty colleagues."""

    title = "Enough colleagues have been asked"


def ask_for(
    db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea, new: SoundingCreate
) -> tuple[Sounding, str | None]:
    """Make a private link for a colleague, or write down what they have said already."""
    permit(policy.ask_soundings, actor, idea)
    asked = select(func.count()).select_from(Sounding)
    if (db.scalar(asked.where(col(Sounding.proposal_id) == proposal.id)) or 0) >= MOST:
        raise EnoughAsked()
    sounding = Sounding(
        proposal_id=proposal.id, asked_by_id=actor.person_id, name=new.name, email=new.email
    )
    about = {"object_id": proposal.id, "community_id": proposal.parent_id}
    word = None
    if new.answer:
        _fill(sounding, new.answer)
        record(db, SoundingAnswered(**about))
    else:
        word = token("trellis_snd")
        days = rulebook.of_parent(db, proposal.parent_id).sounding_days
        sounding.digest, sounding.expires_at = digest(word), now() + timedelta(days=days)
        record(db, SoundingAsked(**about))
    db.add(sounding)
    db.flush()
    touch(db, proposal.id)
    if new.email and word:
        asker = db.get_one(Person, actor.person_id).name
        write(
            db,
            new.email,
            f"{asker} would like to know what you think of an idea",
            f"{asker} thinks of a new community of practice, “{proposal.name}”, and asks what you "
            "think of it. Your answer is private: only they and the coordinators read it. It "
            "takes two minutes, and you need no account.",
            path=path_of(word),
            kind="proposal.sounding_asked",
            key=str(sounding.id),
        )
    return sounding, word


def path_of(word: str) -> str:
    """Where the link of a sounding leads; the secret stands behind `#`, so no server sees it."""
    return f"/soundings/answer#{word}"


def withdraw(db: Database, actor: Actor, idea: policy.Idea, sounding_id: UUID) -> None:
    """Take a link back that nobody has used."""
    permit(policy.see_soundings, actor, idea)
    sounding = db.get(Sounding, sounding_id)
    if sounding is None or sounding.proposal_id != idea.id:
        raise NotFound("No such sounding.")
    if sounding.withdrawn_at:
        return
    # In one statement: of an answer and a withdrawal at the same moment, one comes first.
    withdrawn: Any = db.execute(
        update(Sounding)
        .where(col(Sounding.id) == sounding.id, col(Sounding.answered_at).is_(None))
        .values(withdrawn_at=now())
        .execution_options(synchronize_session=False)
    )
    if not withdrawn.rowcount:
        raise Conflict("It has been answered; an answer is kept.")


def read_letter(db: Database, word: str) -> SoundingLetter:
    """Show the idea to the person a link was made for."""
    sounding, proposal = _opened(db, word)
    return SoundingLetter(
        name=proposal.name,
        purpose=proposal.purpose,
        audience=proposal.audience,
        why_now=proposal.why_now,
        asked_by=db.get_one(Person, sounding.asked_by_id).name,
        meant_for=sounding.name,
        expires_at=sounding.expires_at,
    )


def reply(db: Database, word: str, said: SoundingAnswer) -> None:
    """Answer by a private link; of many who use it at once, one is heard."""
    sounding, proposal = _opened(db, word)
    moment = now()
    # In one statement, so that a link that is used twenty times at once answers once.
    answered: Any = db.execute(
        update(Sounding)
        .where(
            col(Sounding.id) == sounding.id,
            col(Sounding.answered_at).is_(None),
            col(Sounding.withdrawn_at).is_(None),
        )
        .values(**said.model_dump(include=set(SoundingAnswer.model_fields)), answered_at=moment)
        .execution_options(synchronize_session=False)
    )
    if not answered.rowcount:
        raise SoundingOver("It has been used, or taken back.")
    touch(db, proposal.id)
    record(db, SoundingAnswered(object_id=proposal.id, community_id=proposal.parent_id))
    title = f"A colleague answered about “{proposal.name}”"
    note = Note(sounding.asked_by_id, title, "Only you and the coordinators read it.",
                f"/proposals/{proposal.id}")  # fmt: skip
    notify(db, [note], kind="proposal.sounding_answered", key=str(sounding.id),
           about_id=proposal.id)  # fmt: skip


def answered(db: Database, proposal_id: UUID) -> int:
    """How many soundings say something."""
    found = select(func.count()).where(
        col(Sounding.proposal_id) == proposal_id, col(Sounding.answered_at).is_not(None)
    )
    return db.scalar(found) or 0


def _fill(sounding: Sounding, said: SoundingAnswer) -> None:
    sounding.sqlmodel_update({**said.model_dump(), "answered_at": now()})


def _opened(db: Database, word: str) -> tuple[Sounding, Proposal]:
    found = db.scalars(select(Sounding).where(col(Sounding.digest) == digest(word))).first()
    if found is None or found.withdrawn_at:
        raise NotFound("This link is not one of ours.")
    if found.answered_at:
        raise SoundingOver("It has been used.")
    if found.expires_at is None or found.expires_at <= now():
        raise SoundingOver("Its time is over.")
    proposal = db.get_one(Proposal, found.proposal_id)
    if proposal.state not in SOUNDED:
        raise SoundingOver("The idea has moved on; soundings are no longer asked for.")
    return found, proposal
