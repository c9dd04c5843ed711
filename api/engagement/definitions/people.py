"""Who belongs, and how much of a part they take."""

from api.engagement.definitions import crowds
from api.engagement.formulas import CORE_LED, MONTHLY, NEW_DAYS, WEEKLY
from api.engagement.metric import Better, Crowd, Kind, Metric, PartDefinition, PartKind, Unit

ANY_TIME = (
    "People whose membership was active at any time in the window, each counted once however many"
    " communities beneath this one they belong to. Guests and staff accounts are left out."
)
AT_END = (
    "People whose membership is active at the end of the window, each counted once. Guests and"
    " staff accounts are left out."
)
METRICS = (
    Metric(
        id="members",
        version=1,
        name="Members",
        question="How big are we?",
        formula="The number of people with an active membership at the end of the window.",
        unit=Unit.PEOPLE,
        days=28,
        window="Only the end of the window matters.",
        population=AT_END,
        edge_cases="Whoever left and came back is one person; a membership that ends at that very"
        " moment no longer counts.",
        source="A count.",
        kind=Kind.COUNT,
        higher_is=Better.NEITHER,
        value=crowds.MEMBERS,
    ),
    Metric(
        id="net_growth",
        version=1,
        name="Net growth",
        question="Are we growing or leaking?",
        formula="(joined − left) / members at the start of the window × 100.",
        unit=Unit.PERCENT,
        days=28,
        window="28 days, or the window asked for.",
        population=ANY_TIME,
        edge_cases="No members at the start: no value, but the counts. Whoever left and returned"
        " within the window neither joined nor left; whoever came and went within it did both.",
        source="The balancing equation of demography.",
        kind=Kind.RATIO,
        higher_is=Better.UP,
        parts=(
            PartDefinition(
                "joined", PartKind.COUNT, "Members who were none at the start.", crowds.JOINED
            ),
            PartDefinition("left", PartKind.COUNT, "Members who are none at the end.", crowds.LEFT),
        ),
        denominator=crowds.MEMBERS_AT_START,
    ),
    Metric(
        id="organisation_reach",
        version=1,
        name="Organisation reach",
        question="Which organisations are absent?",
        formula="Organisations on the landscape list with at least one active member / all"
        " organisations on the list × 100.",
        unit=Unit.PERCENT,
        days=28,
        window="Only the end of the window matters.",
        population="The organisations the community hopes to reach, as its landscape list names"
        " them.",
        edge_cases="No list: no value. Organisations outside the list count nowhere; merged ones"
        " count as one from the day of the merger.",
        source="A share.",
        kind=Kind.RATE,
        higher_is=Better.UP,
        numerator=crowds.REACHED,
        denominator=crowds.LISTED,
        rest=crowds.UNREACHED,
    ),
    Metric(
        id="active_members",
        version=1,
        name="Active members",
        question="How many really take part?",
        formula="The number of people with at least one contribution or attendance in the window.",
        unit=Unit.PEOPLE,
        days=28,
        window="28 days, or the window asked for; the parts always end with it.",
        population=ANY_TIME,
        edge_cases="Looking at something is not taking part. Attendance marked late counts from"
        " the moment it was recorded, so an earlier `as_of` does not know it.",
        source="The daily, weekly and monthly active users of product analytics.",
        kind=Kind.COUNT,
        higher_is=Better.UP,
        parts=(
            PartDefinition(
                "day", PartKind.COUNT, "Active on the last day.", Crowd("active", days=1)
            ),
            PartDefinition("week", PartKind.COUNT, "In the last 7 days.", Crowd("active", days=7)),
            PartDefinition(
                "month", PartKind.COUNT, "In the last 28 days.", Crowd("active", days=28)
            ),
        ),
        value=crowds.ACTIVE,
    ),
    Metric(
        id="active_rate",
        version=1,
        name="Active rate",
        question="What share of us takes part?",
        formula="Active members / people who were members at any time in the window × 100.",
        unit=Unit.PERCENT,
        days=28,
        window="28 days, or the window asked for.",
        population=ANY_TIME,
        edge_cases="Nobody was a member: no value.",
        source="A share, with the interval of E. B. Wilson (1927).",
        kind=Kind.RATE,
        higher_is=Better.UP,
        numerator=crowds.ACTIVE,
        denominator=crowds.PEOPLE,
        rest=crowds.INACTIVE,
    ),
    Metric(
        id="participation_mix",
        version=1,
        name="Participation mix",
        question="Do we have a core, and room at the edge?",
        formula="Each member is classed by what they did; each part is its people / all classed"
        " × 100.",
        unit=Unit.SHARES,
        days=WEEKLY.lookback,
        window=f"The {WEEKLY.slots} weeks before the end of the window, or {MONTHLY.slots} spans of"
        f" {MONTHLY.days} days where the community meets monthly, whatever its start.",
        population=AT_END,
        edge_cases=f"Whoever joined less than {NEW_DAYS} days before the end is new and not"
        " classed. Nobody to class: no value.",
        source="E. Wenger, R. McDermott, W. Snyder, Cultivating Communities of Practice (2002),"
        " who saw 10 to 15 % core and 15 to 20 % active.",
        kind=Kind.MIX,
        higher_is=Better.NEITHER,
        parts=(
            PartDefinition(
                "core",
                PartKind.SHARE,
                f"Contributed in at least {WEEKLY.core} of {WEEKLY.slots} weeks (monthly:"
                f" {MONTHLY.core} of {MONTHLY.slots}), or led or presented at least {CORE_LED}"
                " sessions.",
                crowds.CORE,
                crowds.CLASSED,
            ),
            PartDefinition(
                "active",
                PartKind.SHARE,
                f"Contributed or attended in at least {WEEKLY.active} of {WEEKLY.slots} weeks"
                f" (monthly: {MONTHLY.active} of {MONTHLY.slots}).",
                crowds.REGULAR,
                crowds.CLASSED,
            ),
            PartDefinition(
                "peripheral",
                PartKind.SHARE,
                "Took part or looked at least once.",
                crowds.PERIPHERAL,
                crowds.CLASSED,
            ),
            PartDefinition(
                "dormant", PartKind.SHARE, "Did nothing at all.", crowds.DORMANT, crowds.CLASSED
            ),
            PartDefinition("new", PartKind.COUNT, "Joined too recently to be classed.", crowds.NEW),
        ),
        denominator=crowds.CLASSED,
        n=crowds.MEMBERS,
    ),
    Metric(
        id="participation_gini",
        version=1,
        name="Participation inequality",
        question="Does everyone carry it, or a few?",
        formula="Σ(2i − n − 1)·x(i) / (n·Σx), with the contributions x of each member sorted"
        " upwards, zeros included. 0 is equality.",
        unit=Unit.INDEX,
        days=91,
        window="91 days, or the window asked for.",
        population=ANY_TIME,
        edge_cases="Nobody contributed: no value. One member alone: 0. The largest possible value"
        " is (n − 1)/n, so small communities look more equal than they are: compare like with"
        " like.",
        source="The Gini coefficient as in A. Sen, On Economic Inequality (1973), uncorrected.",
        kind=Kind.INDEX,
        higher_is=Better.NEITHER,
        n=crowds.PEOPLE,
    ),
)
