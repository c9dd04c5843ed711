"""The forum the demo network kept when it moved to Trellis, which tells what people do there."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from api.core.bulk import HowMuch
from api.demo.cast.people import Somebody
from api.demo.steps.stage import Stage
from api.engagement.activities import service as activities
from api.engagement.activities.schemas import ActivityCreate
from api.engagement.models import ActivityKind

SOURCE = "shires-forum"


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
