from typing import ClassVar

from api.core.events import Event


class ActivitiesRecorded(Event):
    """A partner recorded what people did in a community."""

    kind: ClassVar[str] = "activity.recorded"
    source: str
    count: int


class LandscapeDrawn(Event):
    """A community said which organisations it hopes to reach."""

    kind: ClassVar[str] = "landscape.drawn"


class NumbersReadExactly(Event):
    """Somebody read numbers about a community without disclosure control."""

    kind: ClassVar[str] = "metric.read_exactly"


class RecordsExported(Event):
    """Somebody took the records of communities away."""

    kind: ClassVar[str] = "export.begun"
    dataset: str
    profile: str
