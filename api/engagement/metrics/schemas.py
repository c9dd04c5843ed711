from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlmodel import SQLModel

from api.core.moments import Edge
from api.core.pages import Page
from api.engagement.metric import Better, Kind, Metric, PartKind, Unit
from api.engagement.values import Status, Value
from api.engagement.windows import Interval, Window

# Fewer than two tie nobody.
LEAST_TIED, MOST_TIED = 2, 1_000_000


class ProfileName(StrEnum):
    """How strictly small numbers are hidden."""

    NHS8 = "nhs8"
    LT5 = "lt5"
    LT7 = "lt7"
    LT10 = "lt10"
    EXACT = "exact"


class GroupBy(StrEnum):
    """What makes two people belong together."""

    ORGANISATION = "organisation"
    TEAM = "team"


def _unlimited(value: Any) -> Any:
    return None if value == "none" else value


class WindowQuery(BaseModel):
    """A window, as of when, and how people are tied in it."""

    model_config = ConfigDict(extra="forbid")

    from_: Edge | None = Field(
        None, alias="from", description="A date where the community lives, or a moment."
    )
    to: Edge | None = Field(None, description="The first date or moment no longer in the window.")
    as_of: Edge | None = Field(
        None, description="Count only what had been recorded by then; now if left out."
    )
    include: Literal["descendants"] | None = Field(
        None, description="Also the communities beneath, counting each person once."
    )
    tie_min_shared: int = Field(
        2, ge=1, le=MOST_TIED, description="Sessions two people must have shared to be tied."
    )
    tie_max_size: Annotated[int | None, BeforeValidator(_unlimited)] = Field(
        30,
        ge=LEAST_TIED,
        le=MOST_TIED,
        description="The largest session that ties anybody; `none` for no limit.",
        json_schema_extra={
            "anyOf": [
                {"type": "integer", "minimum": LEAST_TIED, "maximum": MOST_TIED},
                {"const": "none"},
            ]
        },
    )
    group_by: GroupBy = Field(
        GroupBy.ORGANISATION, description="Between what cross-team ties reach."
    )


class MetricQuery(WindowQuery):
    ids: str | None = Field(
        None, max_length=1000, description="Ids of metrics, with commas; all if left out."
    )
    interval: Interval | None = Field(
        None, description="Cut the window at the boundaries of the calendar, or every 28 days."
    )
    profile: ProfileName | None = Field(
        None,
        description="How small numbers are hidden: `exact` if left out by somebody who may see"
        " exact numbers, else `nhs8`.",
    )


class PartRead(SQLModel):
    key: str
    value: float | int | None
    numerator: int | None
    denominator: int | None
    status: Status


class MetricValue(SQLModel):
    """One metric of one community in one window, with all that is needed to judge it."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)  # type: ignore[assignment]  # SQLModel narrows the type

    community_id: UUID
    metric_id: str
    version: int
    value: float | int | None = Field(description="Percent for rates; null unless status is `ok`.")
    unit: Unit
    numerator: int | None
    denominator: int | None
    ci95: tuple[float, float] | None = Field(description="Wilson's interval, in the same unit.")
    n: int | None = Field(description="How many people an index rests on.")
    from_: datetime = Field(alias="from")
    to: datetime
    timezone: str
    whole: bool = Field(description="False where the edge of the window cut an interval short.")
    population: str = Field(description="Who is counted.")
    as_of: datetime
    status: Status
    suppressed: bool = Field(description="Whether it is withheld to protect people.")
    profile: ProfileName
    rule: dict[str, str | int | None] = Field(description="What the number depends on besides.")
    parts: list[PartRead]

    @classmethod
    def of(
        cls, community_id: UUID, metric: Metric, window: Window, value: Value, **about: Any
    ) -> Self:
        """Write a value out with its definition and its window."""
        return cls(
            community_id=community_id,
            metric_id=metric.id,
            version=metric.version,
            unit=metric.unit,
            value=value.value,
            numerator=value.numerator,
            denominator=value.denominator,
            ci95=value.ci95,
            n=value.n,
            from_=window.start,
            to=window.end,
            timezone=window.timezone,
            whole=window.whole,
            population=metric.population,
            status=value.status,
            suppressed=value.status is Status.SUPPRESSED,
            parts=[PartRead.model_validate(part) for part in value.parts],
            **about,
        )


class MetricValues(SQLModel):
    items: list[MetricValue]
    disclosure: str = Field(description="In words, what was done to small numbers.")


class PartDefinitionRead(SQLModel):
    key: str
    kind: PartKind
    meaning: str


class ParameterRead(SQLModel):
    name: str
    meaning: str
    default: int | str | None


class MetricRead(SQLModel):
    """The definition of a metric; a change of what is counted is a new version."""

    id: str
    version: int
    name: str
    question: str
    formula: str
    unit: Unit
    days: int = Field(description="Length of the window when none is named.")
    window: str
    population: str
    edge_cases: str
    source: str
    kind: Kind
    higher_is: Better
    protected: bool = Field(
        description="Whether small numbers are hidden; not where no people are counted."
    )
    parts: list[PartDefinitionRead]
    parameters: list[ParameterRead]

    @classmethod
    def of(cls, metric: Metric) -> Self:
        return cls.model_validate(metric)


class MetricPage(Page[MetricRead]):
    pass


class NodeRead(SQLModel):
    person_id: UUID
    name: str
    organisation_id: UUID | None
    team: str | None
    degree: int = Field(description="To how many others they are tied.")


class TieRead(SQLModel):
    person_id: UUID
    other_id: UUID
    shared: int = Field(description="Sessions they shared.")
    weight: float = Field(description="The sum of 1 / (n − 1) over these sessions of n people.")


class NetworkRead(SQLModel):
    """Who met whom, by the tie rule; only leads see people, others what adds up."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)  # type: ignore[assignment]  # SQLModel narrows the type

    community_id: UUID
    from_: datetime = Field(alias="from")
    to: datetime
    timezone: str
    as_of: datetime
    rule: dict[str, str | int | None]
    profile: ProfileName
    aggregates: list[MetricValue] = Field(description="Density and ties across groups.")
    nodes: list[NodeRead] | None = Field(description="Null for whoever may not see people.")
    ties: list[TieRead] | None = Field(description="Null for whoever may not see people.")
