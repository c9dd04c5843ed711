"""Who and what the metrics count, and how these crowds add up."""

from api.engagement.feasible import Sum
from api.engagement.metric import At, Crowd

# The people of a community: everybody who was a member at any time in the window.
PEOPLE = Crowd("people")
MEMBERS = Crowd("members", At.END)
MEMBERS_AT_START = Crowd("members", At.START)
JOINED, LEFT = Crowd("joined"), Crowd("left")
ACTIVE, INACTIVE = Crowd("active"), Crowd("inactive")
CLASSED, NEW = Crowd("classed", At.END), Crowd("new", At.END)
CORE, REGULAR = Crowd("core", At.END), Crowd("regular", At.END)
PERIPHERAL, DORMANT = Crowd("peripheral", At.END), Crowd("dormant", At.END)
LISTED, REACHED = Crowd("organisations", At.END), Crowd("organisations reached", At.END)
UNREACHED = Crowd("organisations not reached", At.END)
YES, CAME, ABSENT = Crowd("said yes"), Crowd("came"), Crowd("absent")
RECORDED, UNRECORDED = Crowd("absence recorded"), Crowd("absence unrecorded")
LATE, MEANT = Crowd("cancelled late"), Crowd("meant to come")
SEATS, TAKEN, EMPTY = Crowd("seats"), Crowd("seats taken"), Crowd("seats empty")
UNKNOWN = Crowd("group unknown")

# Of each crowd, everybody is in exactly one part.
SUMS = (
    Sum(PEOPLE, (MEMBERS_AT_START, JOINED)),
    Sum(PEOPLE, (MEMBERS, LEFT)),
    Sum(PEOPLE, (ACTIVE, INACTIVE)),
    Sum(MEMBERS, (CLASSED, NEW)),
    Sum(CLASSED, (CORE, REGULAR, PERIPHERAL, DORMANT)),
    Sum(LISTED, (REACHED, UNREACHED)),
    Sum(YES, (CAME, ABSENT)),
    Sum(ABSENT, (RECORDED, UNRECORDED)),
    Sum(MEANT, (YES, LATE)),
    Sum(SEATS, (TAKEN, EMPTY)),
)
