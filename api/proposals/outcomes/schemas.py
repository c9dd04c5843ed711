from typing import Annotated

from pydantic import Field

from api.core.schemas import Asked
from api.core.text import Clean
from api.proposals.moves.schemas import IdeaOutcome, Target


class OutcomeCreate(Asked):
    """What a proposer does about something similar: with a draft, before it is submitted."""

    outcome: IdeaOutcome
    target: Target
    message: Annotated[str, Field(max_length=1000), Clean] = ""
