"""Who means to come to a session, and who comes."""

from api.engagement.definitions import crowds
from api.engagement.metric import Better, Kind, Metric, PartDefinition, PartKind, Unit

_RSVPS = (
    "Answers of yes with a confirmed place that stood when a session began, or were given while it"
    " ran. Sessions that were cancelled or have no register are left out, and so are walk-ins and"
    " the waiting list."
)
METRICS = (
    Metric(
        id="rsvp_conversion",
        version=1,
        name="RSVP conversion",
        question="Who says yes, and comes?",
        formula="People who said yes and came / people who said yes × 100, summed over sessions"
        " before dividing.",
        unit=Unit.PERCENT,
        days=91,
        window="Sessions that start in the window: 91 days, or as asked.",
        population=_RSVPS,
        edge_cases="Nobody said yes: no value. An answer withdrawn before the start is no yes.",
        source="A share, with the interval of E. B. Wilson (1927).",
        kind=Kind.RATE,
        higher_is=Better.UP,
        numerator=crowds.CAME,
        denominator=crowds.YES,
        rest=crowds.ABSENT,
    ),
    Metric(
        id="no_show_rate",
        version=1,
        name="No-show and late cancel",
        question="Who says yes, and does not come?",
        formula="People who said yes and did not come / people who said yes × 100; what is left of"
        " `rsvp_conversion`.",
        unit=Unit.PERCENT,
        days=91,
        window="Sessions that start in the window: 91 days, or as asked.",
        population=_RSVPS,
        edge_cases="In a session with a register, a yes that nobody marked is absence too; the"
        " parts tell the two apart.",
        source="A share, with the interval of E. B. Wilson (1927).",
        kind=Kind.RATE,
        higher_is=Better.DOWN,
        parts=(
            PartDefinition("recorded", PartKind.COUNT, "Marked as a no-show.", crowds.RECORDED),
            PartDefinition("unrecorded", PartKind.COUNT, "Not marked at all.", crowds.UNRECORDED),
            PartDefinition(
                "late_cancel",
                PartKind.SHARE,
                "Withdrew less than 24 hours before the start, out of all who until then meant to"
                " come.",
                crowds.LATE,
                crowds.MEANT,
            ),
        ),
        numerator=crowds.ABSENT,
        denominator=crowds.YES,
        rest=crowds.CAME,
    ),
    Metric(
        id="fill_rate",
        version=1,
        name="Fill rate",
        question="Are our rooms the right size?",
        formula="Seats taken / seats × 100, summed over sessions before dividing.",
        unit=Unit.PERCENT,
        days=91,
        window="Sessions that start in the window: 91 days, or as asked.",
        population="Seats of held sessions that have a limit; the room and online are limited each"
        " on their own.",
        edge_cases="Sessions without a limit are left out; none left: no value. Above 100 % is a"
        " defect, shown as it is and without an interval.",
        source="A share, with the interval of E. B. Wilson (1927).",
        kind=Kind.RATE,
        higher_is=Better.NEITHER,
        parts=(
            PartDefinition(
                "overfull", PartKind.STRUCTURE, "Limits that were exceeded; should be 0."
            ),
        ),
        numerator=crowds.TAKEN,
        denominator=crowds.SEATS,
        rest=crowds.EMPTY,
    ),
)
