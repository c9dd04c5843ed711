"""Who knows whom."""

from api.engagement.definitions import crowds
from api.engagement.definitions.people import ANY_TIME
from api.engagement.metric import Better, Kind, Metric, Parameter, PartDefinition, PartKind, Unit

_TIE_PARAMETERS = (
    Parameter("tie_min_shared", "How many sessions two people must have shared to be tied.", 2),
    Parameter(
        "tie_max_size",
        "The largest session that ties anybody, in people who attended; `none` for no limit.",
        30,
    ),
)
_TIES = (
    "Two people are tied when they shared at least `tie_min_shared` sessions of at most"
    " `tie_max_size` people in the window"
)

METRICS = (
    Metric(
        id="network_density",
        version=1,
        name="Network density",
        question="How many of us know each other?",
        formula=f"2E / (n(n − 1)). {_TIES}; E counts the ties.",
        unit=Unit.INDEX,
        days=180,
        window="Sessions that start in the window: 180 days, or as asked.",
        population=ANY_TIME,
        edge_cases="Fewer than two people: no value. People without a tie are part of n. Others who"
        " attended count towards the size of a session and are tied to nobody.",
        source="S. Wasserman, K. Faust, Social Network Analysis (1994).",
        kind=Kind.INDEX,
        higher_is=Better.UP,
        parameters=_TIE_PARAMETERS,
        n=crowds.PEOPLE,
    ),
    Metric(
        id="cross_team_ties",
        version=1,
        name="Cross-team ties",
        question="Do our ties reach across organisations?",
        formula=f"The E-I index (E − I) / (E + I). {_TIES}; E counts ties between groups, I ties"
        " within one. From −1, all within, to 1, all between.",
        unit=Unit.INDEX,
        days=180,
        window="Sessions that start in the window: 180 days, or as asked.",
        population=ANY_TIME,
        edge_cases="No ties: no value. With a single group it is −1 by definition. People whose"
        " group is unknown are left out with their ties, and counted.",
        source="D. Krackhardt, R. Stern, Social Psychology Quarterly 51 (1988); permutation test"
        " as in B. Phipson, G. Smyth (2010).",
        kind=Kind.INDEX,
        higher_is=Better.UP,
        parts=(
            PartDefinition("external", PartKind.TIES, "Ties between groups, E."),
            PartDefinition("internal", PartKind.TIES, "Ties within a group, I."),
            PartDefinition(
                "expected", PartKind.INDEX, "The index if groups were dealt out at random."
            ),
            PartDefinition(
                "p_value",
                PartKind.STRUCTURE,
                "How often a random deal is at least as far from the expected.",
            ),
            PartDefinition("permutations", PartKind.STRUCTURE, "Random deals made."),
            PartDefinition("groups", PartKind.STRUCTURE, "Groups among the known people."),
            PartDefinition(
                "unknown", PartKind.COUNT, "People whose group is unknown.", crowds.UNKNOWN
            ),
        ),
        parameters=(
            *_TIE_PARAMETERS,
            Parameter("group_by", "What a group is: `organisation` or `team`.", "organisation"),
        ),
    ),
)
