"""What people do between sessions, in the forum the demo network kept when it moved to Trellis.

The forum tells Trellis every Monday what happened in the week before, as any partner may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from api.core.bulk import HowMuch
from api.demo.belonging import Belonging, Style
from api.demo.calendar import moment, season
from api.demo.people import Somebody
from api.demo.stage import Stage
from api.engagement.activities import service as activities
from api.engagement.activities.schemas import ActivityCreate
from api.engagement.models import ActivityKind

SOURCE = "shires-forum"
_WRITES = {Style.CORE: 0.6, Style.ACTIVE: 0.14, Style.PERIPHERAL: 0.03, Style.QUIET: 0.0}
_READS = {Style.CORE: 0.6, Style.ACTIVE: 0.45, Style.PERIPHERAL: 0.22, Style.QUIET: 0.04}
_WRITTEN = ("thread.started", "thread.replied", "thread.replied", "resource.shared")
_READ = ("thread.read", "resource.viewed", "resource.viewed")


class Deed(NamedTuple):
    """One thing somebody did in the forum."""

    who: Somebody
    verb: str
    kind: ActivityKind
    at: datetime
    source_id: str


@dataclass(frozen=True, slots=True)
class Tell:
    """The forum hands over what happened in one community in one week."""

    at: datetime
    key: str
    deeds: tuple[Deed, ...]

    def play(self, stage: Stage) -> None:
        rows = [
            ActivityCreate(
                person_id=stage.people[deed.who],
                community_id=stage.communities[self.key],
                verb=deed.verb,
                kind=deed.kind,
                object_type=deed.verb.partition(".")[0],
                occurred_at=deed.at,
                source=SOURCE,
                source_id=deed.source_id,
            )
            for deed in self.deeds
        ]
        with stage.at(self.at, stage.leads[self.key]) as actor:
            activities.record_activities(stage.db, actor, rows, HowMuch.ALL)


def week(random: Random, key: str, crowd: Sequence[Belonging], monday: date) -> Tell | None:
    """Draw a week of a community, which is told on the Monday after it."""
    deeds: list[Deed] = []
    for belonging in crowd:
        for kind, chances, verbs in (
            (ActivityKind.CONTRIBUTION, _WRITES, _WRITTEN),
            (ActivityKind.CONSUMPTION, _READS, _READ),
        ):
            day = monday + timedelta(days=random.randint(0, 6))
            at = moment(day, random.randint(7, 21), random.randint(0, 59))
            chance = chances[belonging.style] * season(at.date())
            if belonging.fades and at.date() > belonging.fades:
                chance *= 0.2
            if random.random() < chance and belonging.belongs(at):
                name = f"{key}/{monday:%Y-%m-%d}/{len(deeds) + 1}"
                deeds.append(Deed(belonging.who, random.choice(verbs), kind, at, name))
    if not deeds:
        return None
    return Tell(moment(monday + timedelta(weeks=1), 6), key, tuple(deeds))
