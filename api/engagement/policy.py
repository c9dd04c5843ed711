from api.communities.policy import Placed
from api.core.actor import GOVERNING, RUNNING, Actor, Role, State

# Whom the records of what people did are open to; all of these roles hold beneath an umbrella too.
READING = RUNNING | {Role.ANALYST}
TAKING = GOVERNING | {Role.ANALYST}


def record_activities(actor: Actor, community: Placed) -> bool:
    """Only those who lead, coordinate or facilitate a community may record what was done in it."""
    return actor.holds(RUNNING, community.lineage)


def read_activities(actor: Actor, community: Placed) -> bool:
    """What people did is listed for those who run or analyse the community, and for each person."""
    return actor.holds(READING, community.lineage)


def see_ties(actor: Actor, community: Placed) -> bool:
    """Who is tied to whom is shown only to those who lead or coordinate the community."""
    return actor.holds(GOVERNING, community.lineage)


def draw_landscape(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate a community may say whom it hopes to reach."""
    return actor.holds(GOVERNING, community.lineage)


def export_anything(actor: Actor, _: object) -> bool:
    """Only those who lead, coordinate or analyse some community may take records away."""
    return actor.steward or any(
        standing.state is State.ACTIVE and standing.role in TAKING
        for standing in actor.standings.values()
    )


RULES = (record_activities, read_activities, see_ties, draw_landscape, export_anything)
