from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.core.moments import Edge, When
from api.engagement.exports.writing import Format
from api.engagement.metrics.schemas import ProfileName


class ExportQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Format = Format.CSV
    community_id: UUID | None = Field(
        None, description="Only this community; all those you may export if left out."
    )
    include: Literal["descendants"] | None = Field(
        None, description="Also the communities beneath `community_id`."
    )
    from_: Edge | None = Field(
        None,
        alias="from",
        description="A date where the community lives (without `community_id` in UTC), or a"
        " moment. Metrics come by whole months, so give the first of one.",
    )
    to: Edge | None = Field(None, description="The first date or moment no longer wanted.")
    as_of: Edge | None = Field(None, description="Only what had been recorded by then.")
    changed_since: When | None = Field(None, description="Only what changed since.")
    profile: ProfileName | None = Field(
        None, description="Of metrics: how small numbers are hidden; `nhs8` if left out."
    )

    @model_validator(mode="after")
    def include_needs_a_community(self) -> Self:
        if self.include and not self.community_id:
            raise ValueError("include needs a community_id")
        return self

    @property
    def filters(self) -> set[str]:
        """The parameters that not every dataset knows, as the caller spells them."""
        given = {"from" if name == "from_" else name for name in self.model_fields_set}
        return given & {"from", "to", "as_of", "changed_since", "profile"}
