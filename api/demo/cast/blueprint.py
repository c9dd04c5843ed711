"""What is decided about a community of the demo network before it is founded."""

from dataclasses import dataclass
from datetime import timedelta

from api.communities.models import Cadence, CommunityKind, JoinPolicy, Mode, Stage, Visibility

ANYONE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A community as it is founded; `size` counts its members today, umbrellas have none."""

    key: str
    above: str | None
    name: str
    purpose: str
    domain: str
    practice: str
    audience: str
    topics: tuple[str, ...]
    # Years before today; the network itself moved to Trellis nine months ago.
    age: float
    size: int = 0
    # Teams whose people it draws.
    teams: tuple[str, ...] = ANYONE
    visibility: Visibility = Visibility.OPEN
    join_policy: JoinPolicy = JoinPolicy.OPEN
    stage: Stage = Stage.MATURING
    cadence: Cadence = Cadence.MONTHLY
    mode: Mode = Mode.ONLINE
    kind: CommunityKind = CommunityKind.COMMUNITY
    region: str = "Middle Shires"
    languages: tuple[str, ...] = ("en",)
    limit: int | None = None
    # Rests in the school holidays.
    schools: bool = False
    # How long ago it was put away, if it was.
    closed: timedelta | None = None
    ground_rules: tuple[str, ...] = (
        "Speak from your own practice, and let others speak from theirs.",
        "Change what could show who somebody is before you tell it.",
        "Listening is taking part.",
        "Say what you do not know; that is where we learn.",
    )
