"""What people of the demo network do between sessions, told by their forum every Monday."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from api.demo.plan.belonging import Belonging, Style
from api.demo.plan.calendar import moment, season
from api.demo.steps.forum import Deed, Tell
from api.engagement.models import ActivityKind

_WRITES = {Style.CORE: 0.6, Style.ACTIVE: 0.14, Style.PERIPHERAL: 0.03, Style.QUIET: 0.0}
_READS = {Style.CORE: 0.6, Style.ACTIVE: 0.45, Style.PERIPHERAL: 0.22, Style.QUIET: 0.04}
_WRITTEN = ("thread.started", "thread.replied", "thread.replied", "resource.shared")
_READ = ("thread.read", "resource.viewed", "resource.viewed")


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
