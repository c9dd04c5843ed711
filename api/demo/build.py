"""Filling an empty database with the demo network, and letting visitors in."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import update
from sqlmodel import col, select

import api.main  # noqa: F401  (every room, so that those who listen to events are there)
from api.core.clock import now
from api.core.db import Database
from api.core.events import Outbox
from api.core.settings import Settings
from api.demo.cast.people import known
from api.demo.plan.calendar import ZONE
from api.demo.steps.stage import Stage, Step
from api.demo.telling.growth import Growth
from api.demo.telling.story import Story
from api.identity.models import Person
from api.identity.operating import database
from api.identity.sign_ins.service import make_link
from api.similarity.words import lexicon

# Shows somebody who waits how far it has come: the steps, how many, and what they are.
Watch = Callable[[Iterable[Step], int, str], Iterable[Step]]
LABELS = ("member", "lead", "coordinator")
_FORGET_EVERY = 500


def present(
    settings: Settings, *, seed: int, large: bool, watch: Watch
) -> tuple[bool, list[tuple[str, str]]]:
    """Make the network where nobody is yet; return whether it was made, and links to visit it.

    All of it is one transaction, so that a build that is interrupted leaves nothing behind.
    """
    lexicon.use(settings.synonyms)
    with database(settings) as db:
        empty = db.exec(select(Person.id).limit(1)).first() is None
        if empty:
            build(db, seed=seed, large=large, watch=watch)
        return empty, list(_links(db, settings))


def build(db: Database, *, seed: int, large: bool, watch: Watch) -> None:
    """Tell the story of the nine months until yesterday."""
    story = Story(now().astimezone(ZONE).date(), seed)
    steps = story.steps()
    stage = Stage(db)
    _play(stage, watch(steps, len(steps), "Nine months of a network"))
    if large:
        growth = Growth(story, seed)
        _play(stage, watch(growth.steps(), len(growth), "A million activities"))
    _is_history(db)


def _play(stage: Stage, steps: Iterable[Step]) -> None:
    for number, step in enumerate(steps):
        step.play(stage)
        if number % _FORGET_EVERY == 0:
            stage.db.flush()
            stage.db.expunge_all()


def _is_history(db: Database) -> None:
    """Nobody waits to be told what happened months ago."""
    db.flush()
    db.execute(
        update(Outbox)
        .where(col(Outbox.delivered_at).is_(None))
        .values(delivered_at=col(Outbox.recorded_at))
    )
    db.info["actor"] = None


def _links(db: Database, settings: Settings) -> Iterator[tuple[str, str]]:
    """A link for everybody of the story who can be visited, and is there."""
    for label, who in zip(LABELS, known(), strict=True):
        person = db.exec(
            select(Person).where(Person.email == who.email, col(Person.disabled_at).is_(None))
        ).first()
        if person:
            yield f"{who.name}, {label}", settings.sign_in_link(make_link(db, person.id))
