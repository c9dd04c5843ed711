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

# Proposals that were submitted in the window, and where they stood last.
SUBMITTED, UNDERWAY = Crowd("proposals"), Crowd("proposals underway")
DECIDED, LAUNCHED = Crowd("proposals decided"), Crowd("proposals launched")
STOPPED, REJECTED = Crowd("proposals stopped"), Crowd("proposals rejected")
EXPIRED, WITHDRAWN = Crowd("proposals expired"), Crowd("proposals withdrawn")
CALLED, UNCALLED = Crowd("proposals called"), Crowd("proposals not called")
MET, UNMET = Crowd("proposals with enough interest"), Crowd("proposals without")
REFERRED, MERGED = Crowd("proposals referred"), Crowd("proposals merged")
POINTED, NOT_POINTED = Crowd("proposals pointed on"), Crowd("proposals not pointed on")
# The people behind those that were referred.
SETTLED, ENTERED = Crowd("referred people"), Crowd("referred people who joined")
STAYED_OUT, WAITING = Crowd("referred people who did not"), Crowd("referred of late")

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
    Sum(SUBMITTED, (DECIDED, REFERRED, WITHDRAWN, UNDERWAY)),
    Sum(DECIDED, (LAUNCHED, STOPPED)),
    Sum(STOPPED, (REJECTED, EXPIRED)),
    Sum(SUBMITTED, (CALLED, UNCALLED)),
    Sum(CALLED, (MET, UNMET)),
    Sum(REFERRED, (POINTED, MERGED)),
    Sum(SETTLED, (ENTERED, STAYED_OUT)),
)
