"""What becomes of ideas, and of what a community has planned."""

from api.engagement.definitions import crowds
from api.engagement.metric import Better, Kind, Metric, PartDefinition, PartKind, Unit
from api.engagement.proposed import SETTLED, STATES

_YEAR = 365
_SUBMITTED = (
    "Proposals submitted in the window to the community, or with `include` to one beneath it. Each"
    " counts where it was submitted, also if it is moved to another place later."
)
_STATES = {
    "submitted": "waiting for a coordinator",
    "scoping": "being sounded out",
    "interest_call": "with an open call",
    "interest_met": "waiting for a lead and a sponsor",
    "planning": "preparing charter and first session",
    "scheduled": "waiting for the first session",
}


def _times(
    median: str, meaning: str, chance: str, gone: str
) -> tuple[PartDefinition, PartDefinition]:
    """A median of days, and what is known before half of the waits are over."""
    return (
        PartDefinition(median, PartKind.MEDIAN, meaning, of=crowds.SUBMITTED),
        PartDefinition(
            f"{chance}_in_{SETTLED}_days",
            PartKind.CHANCE,
            f"Share that {gone} within {SETTLED} days, by the same curve.",
            of=crowds.SUBMITTED,
        ),
    )


_STAYS = tuple(
    part
    for state in STATES
    for part in _times(
        f"days_in_{state}",
        f"Days spent {_STATES[state]}, all stays of a proposal together.",
        f"left_{state}",
        "had moved on",
    )
)

METRICS = (
    Metric(
        id="proposal_funnel",
        version=1,
        name="Proposal funnel",
        question="What becomes of ideas, and how long does it take?",
        formula="Launched / (launched + rejected + expired) × 100, as each proposal stands at"
        " `as_of`. Referred and withdrawn ones ended without failing and are in neither count; nor"
        " are those underway. Times are Kaplan–Meier medians: the first day by which, on the"
        " curve, half are over.",
        unit=Unit.PERCENT,
        days=_YEAR,
        window="Proposals submitted in the window: 365 days, or as asked. What became of them is"
        " followed until `as_of`, also beyond the end of the window.",
        population=_SUBMITTED,
        edge_cases="None decided: no value, but the counts. A stage counts whoever came there"
        " once, so a second call or a revival adds nothing; an end that an appeal or a revival"
        " took back is none. Days are of 24 hours. On the way to launch, what is underway is"
        " watched until `as_of`, and what ended otherwise until its end, as if it might still have"
        " launched: so the curve tells how long the way is for ideas that go on, and more launches"
        " than there are; `launched` counts those. A stay in a state is over whichever way it is"
        " left, because time spent is spent, and stays are added up, because somebody waited"
        f" through all of them. Fewer than half over: `not_reached`. Nobody watched for {SETTLED}"
        " days: no share. A proposal with too little interest is underway until somebody lets it"
        " go.",
        source="A share, with the interval of E. B. Wilson (1927); E. L. Kaplan, P. Meier (1958).",
        kind=Kind.RATE,
        higher_is=Better.NEITHER,
        parts=(
            PartDefinition(
                "submitted", PartKind.COUNT, "Submitted in the window.", crowds.SUBMITTED
            ),
            PartDefinition(
                "interest_call",
                PartKind.SHARE,
                "Ever came to a call for interest.",
                crowds.CALLED,
                crowds.SUBMITTED,
            ),
            PartDefinition(
                "interest_met",
                PartKind.SHARE,
                "Ever found enough people who would come.",
                crowds.MET,
                crowds.SUBMITTED,
            ),
            PartDefinition(
                "launched",
                PartKind.SHARE,
                "Became a community.",
                crowds.LAUNCHED,
                crowds.SUBMITTED,
            ),
            PartDefinition(
                "referred",
                PartKind.COUNT,
                "Were referred to a community or a proposal that existed already.",
                crowds.REFERRED,
            ),
            PartDefinition("rejected", PartKind.COUNT, "Were rejected.", crowds.REJECTED),
            PartDefinition(
                "withdrawn", PartKind.COUNT, "Were let go by their people.", crowds.WITHDRAWN
            ),
            PartDefinition("expired", PartKind.COUNT, "Lay still for too long.", crowds.EXPIRED),
            PartDefinition("underway", PartKind.COUNT, "Go on.", crowds.UNDERWAY),
            *_times(
                "days_to_launch",
                "Days from submission to launch.",
                "launched",
                "would have launched",
            ),
            *_STAYS,
        ),
        numerator=crowds.LAUNCHED,
        denominator=crowds.DECIDED,
        rest=crowds.STOPPED,
    ),
    Metric(
        id="duplicate_avoidance",
        version=1,
        name="Duplicate avoidance",
        question="Do ideas find what exists already?",
        formula="Proposals referred to an existing community / proposals submitted × 100.",
        unit=Unit.PERCENT,
        days=_YEAR,
        window="Proposals submitted in the window: 365 days, or as asked. Referrals and joins are"
        " followed until `as_of`.",
        population=_SUBMITTED + " Joins are of their proposers and supporters, each counted once;"
        " guests and staff accounts are left out.",
        edge_cases="None submitted: no value. Whoever joins while their idea is still a draft has"
        " submitted nothing. A join is the beginning of a membership in a community that was"
        f" named, from the referral on and less than {SETTLED} times 24 hours after it. People"
        f" referred less than {SETTLED} days before `as_of` are waiting and not yet in the share,"
        " although some may have joined; people who belonged to every community named are not in"
        " it at all.",
        source="Shares, with the interval of E. B. Wilson (1927).",
        kind=Kind.RATE,
        higher_is=Better.NEITHER,
        parts=(
            PartDefinition(
                "merged", PartKind.COUNT, "Were referred to another proposal.", crowds.MERGED
            ),
            PartDefinition(
                "joined",
                PartKind.SHARE,
                f"People who joined a community they were referred to within {SETTLED} days.",
                crowds.ENTERED,
                crowds.SETTLED,
            ),
            PartDefinition(
                "waiting",
                PartKind.COUNT,
                f"People referred less than {SETTLED} days ago.",
                crowds.WAITING,
            ),
        ),
        numerator=crowds.POINTED,
        denominator=crowds.SUBMITTED,
        rest=crowds.NOT_POINTED,
    ),
    Metric(
        id="programme_adherence",
        version=1,
        name="Programme adherence",
        question="Do we do what we planned, when we planned it?",
        formula="Milestones done on their day or before / milestones due × 100.",
        unit=Unit.PERCENT,
        days=_YEAR,
        window="Milestones whose day is in the window, on the calendar of the community, and was"
        " over at `as_of`: 365 days, or as asked.",
        population="Milestones of the programme plan, as it stood at `as_of`.",
        edge_cases="No plan, or nothing due: no value. A milestone is due once its day is over."
        " One done early counts when its day has come, with a slip below 0. What a community that"
        " has ended meant to do later is due no more. Phases are those of one plan and left out"
        " with `include`.",
        source="A share, with the interval of E. B. Wilson (1927).",
        kind=Kind.RATE,
        higher_is=Better.UP,
        parts=(
            PartDefinition("late", PartKind.STRUCTURE, "Done after their day."),
            PartDefinition("open", PartKind.STRUCTURE, "Not done."),
            PartDefinition(
                "slip_days", PartKind.STRUCTURE, "Mean days from due to done, of those done."
            ),
            PartDefinition(
                "overdue_days",
                PartKind.STRUCTURE,
                "Mean days from due to `as_of`, of those not done.",
            ),
            PartDefinition(
                "phase:*", PartKind.STRUCTURE, "The same share for the phase of that name."
            ),
        ),
        protected=False,
    ),
)
