"""The catalogue: complete, consistent, and the source of the page that explains it."""

import ast
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.engagement import formulas, handbook, proposed
from api.engagement.catalogue import CATALOGUE, companions, find
from api.engagement.definitions.crowds import SUMS
from api.engagement.formulas import MONTHLY, WEEKLY, Participation
from api.engagement.ledger import Entry, Ledger, place_of
from api.engagement.metric import Kind, Metric, PartKind, Unit
from api.engagement.network import TieRule, cross_team_ties, find_ties, network_density
from api.engagement.profile import NHS8
from api.engagement.proposed import Due, Journey
from api.engagement.values import Value
from api.engagement.windows import between

ROOT = Path(__file__).parents[2]
FIRST = [
    "members",
    "net_growth",
    "organisation_reach",
    "active_members",
    "active_rate",
    "participation_mix",
    "participation_gini",
    "rsvp_conversion",
    "no_show_rate",
    "fill_rate",
    "network_density",
    "cross_team_ties",
    "proposal_funnel",
    "duplicate_avoidance",
    "programme_adherence",
]
JOURNEY = Journey(
    (("submitted", datetime(2026, 10, 1, tzinfo=UTC)),), datetime(2026, 10, 29, tzinfo=UTC)
)
ALL = pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE.keys())


def examples() -> dict[str, Value]:
    """One value of every metric, from a community of a few dozen."""
    pairs = [(session, person) for session in range(3) for person in range(session, 20)]
    ties = find_ties(pairs, people=range(30))
    return {
        "members": formulas.members(40),
        "net_growth": formulas.net_growth(12, 9, 37),
        "organisation_reach": formulas.organisation_reach(9, 20),
        "active_members": formulas.active_members(30, 8, 20, 30),
        "active_rate": formulas.active_rate(30, 49),
        "participation_mix": formulas.participation_mix([Participation(people=40)]),
        "participation_gini": formulas.participation_gini(range(49)),
        "rsvp_conversion": formulas.rsvp_conversion(30, 50),
        "no_show_rate": formulas.no_show_rate(20, 50, 10, 8),
        "fill_rate": formulas.fill_rate([(10, 20), (3, None)]),
        "network_density": network_density(ties),
        "cross_team_ties": cross_team_ties(ties, {person: person % 3 for person in range(30)}),
        "proposal_funnel": proposed.proposal_funnel([JOURNEY] * 12),
        "duplicate_avoidance": proposed.duplicate_avoidance(12, []),
        "programme_adherence": proposed.programme_adherence(
            [Due("*", date(2026, 10, 1), None)], date(2026, 10, 29)
        ),
    }


def test_the_first_metrics_are_there_in_the_order_they_are_shown() -> None:
    assert list(CATALOGUE) == FIRST


def test_a_metric_is_found_by_its_id() -> None:
    assert find("members").name == "Members"
    with pytest.raises(KeyError):
        find("happiness")


@ALL
def test_a_definition_says_everything(metric: Metric) -> None:
    words = (
        metric.name,
        metric.question,
        metric.formula,
        metric.window,
        metric.population,
        metric.edge_cases,
        metric.source,
        *(part.meaning for part in metric.parts),
        *(parameter.meaning for parameter in metric.parameters),
    )
    assert metric.version >= 1
    assert metric.days >= 1
    assert metric.question.endswith("?")
    assert all(text.strip() == text and text for text in words)
    assert all(text[-1] in ".?" for text in words[1:])


@ALL
def test_a_definition_cannot_be_changed_while_it_runs(metric: Metric) -> None:
    with pytest.raises(FrozenInstanceError):
        metric.version = 2  # type: ignore[misc]  # the refusal is the point


@ALL
def test_a_value_has_the_parts_its_definition_promises(metric: Metric) -> None:
    value = examples()[metric.id]

    assert [part.key for part in value.parts] == [part.key for part in metric.parts]
    for part in value.parts:
        kind = metric.part(part.key).kind
        divided = kind in (PartKind.SHARE, PartKind.MEDIAN, PartKind.CHANCE)
        assert (part.denominator is not None) == divided or kind is PartKind.STRUCTURE


@ALL
def test_the_unit_fits_the_kind(metric: Metric) -> None:
    units = {
        Kind.COUNT: Unit.PEOPLE,
        Kind.RATE: Unit.PERCENT,
        Kind.RATIO: Unit.PERCENT,
        Kind.INDEX: Unit.INDEX,
        Kind.MIX: Unit.SHARES,
    }
    assert metric.unit is units[metric.kind]


@ALL
def test_every_count_in_a_value_is_a_crowd_that_disclosure_control_knows(metric: Metric) -> None:
    for part in metric.parts:
        assert (part.crowd is not None) == (part.kind in (PartKind.COUNT, PartKind.SHARE))
        among = part.kind in (PartKind.SHARE, PartKind.MEDIAN, PartKind.CHANCE)
        assert (part.of is not None) == among
    if not metric.protected:
        assert metric.crowds == ()
        return
    assert (metric.value is not None) == (metric.kind is Kind.COUNT)
    assert (metric.rest is not None) == (metric.kind is Kind.RATE)
    assert (metric.denominator is not None) == (metric.kind not in (Kind.COUNT, Kind.INDEX))


def test_examples_that_agree_leave_no_contradiction() -> None:
    month = between(date(2026, 10, 1), date(2026, 10, 29), "Europe/London")
    entries = [
        Entry(CATALOGUE[metric_id], month, value)
        for metric_id, value in examples().items()
        if metric_id not in ("network_density", "cross_team_ties")
    ]

    assert Ledger(entries, NHS8).contradictions == []


def test_a_crowd_is_the_same_wherever_it_is_the_same_people() -> None:
    september = between(date(2026, 9, 1), date(2026, 10, 1), "Europe/London")
    october = between(date(2026, 10, 1), date(2026, 10, 29), "Europe/London")
    at_end, at_start = CATALOGUE["members"].value, CATALOGUE["net_growth"].denominator
    active, month = CATALOGUE["active_members"].value, CATALOGUE["active_members"].part("month")
    assert at_end and at_start and active and month.crowd

    def place(metric_id: str, crowd: object, window: object) -> object:
        return place_of(crowd, Entry(CATALOGUE[metric_id], window, Value(1)))  # type: ignore[arg-type]  # checked above

    assert place("members", at_end, september) == place("net_growth", at_start, october)
    assert place("active_members", active, october) == place("active_members", month.crowd, october)
    assert place("active_members", active, september) != place(
        "active_members", month.crowd, september
    )


def test_sums_join_each_crowd_to_others_without_a_circle() -> None:
    # A circle would make each answer cost an integer programme.
    crowds = {crowd for each in SUMS for crowd in each.keys}
    links = sum(len(each.keys) for each in SUMS)
    islands: list[set[object]] = []
    for each in SUMS:
        touching = [island for island in islands if island & {*each.keys}]
        islands = [island for island in islands if island not in touching]
        islands.append({*each.keys}.union(*touching))

    assert links == len(crowds) + len(SUMS) - len(islands)


def test_companions_are_those_who_count_the_same_people() -> None:
    about_people = {"members", "net_growth", "active_members", "active_rate", "participation_mix"}

    assert {*companions(["members"])} == about_people
    assert {*companions(["participation_gini"])} == {*about_people, "participation_gini"}
    assert companions(["no_show_rate"]) == ("rsvp_conversion", "no_show_rate")
    assert companions(["fill_rate"]) == ("fill_rate",)
    assert companions(["proposal_funnel"]) == ("proposal_funnel", "duplicate_avoidance")
    assert companions(["programme_adherence"]) == ("programme_adherence",)
    assert companions([]) == ()
    with pytest.raises(KeyError):
        companions(["happiness"])


@pytest.mark.parametrize("metric_id", FIRST)
def test_companions_of_companions_are_no_others(metric_id: str) -> None:
    assert companions(companions([metric_id])) == companions([metric_id])


def test_the_words_of_a_definition_agree_with_the_formulas() -> None:
    mix, rule = CATALOGUE["participation_mix"], TieRule()

    assert mix.days == WEEKLY.lookback == 91
    assert MONTHLY.lookback == 90
    defaults = {each.name: each.default for each in CATALOGUE["network_density"].parameters}
    assert defaults == rule.as_rule()


def test_the_page_of_metrics_is_current() -> None:
    page = ROOT / "docs" / "metrics.md"

    assert page.read_text(encoding="utf-8") == handbook.render(), (
        "docs/metrics.md is not what the catalogue says; write it anew with\n"
        "  .venv/bin/python -m api.engagement.handbook > docs/metrics.md"
    )


@ALL
def test_the_page_explains_every_metric(metric: Metric) -> None:
    page = handbook.render()

    assert f"`{metric.id}`, version {metric.version}" in page
    assert metric.formula in page
    assert all(f"| `{part.key}` |" in page for part in metric.parts)


def test_the_science_needs_no_database_and_no_server() -> None:
    pure = [
        *(ROOT / "api" / "engagement" / "definitions").glob("*.py"),
        *(
            ROOT / "api" / "engagement" / f"{name}.py"
            for name in (
                "catalogue",
                "disclosure",
                "feasible",
                "formulas",
                "handbook",
                "ledger",
                "metric",
                "network",
                "profile",
                "proposed",
                "survival",
                "values",
                "windows",
            )
        ),
    ]

    for file in pure:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            roots = {name.split(".")[0] for name in names}
            assert not roots & {"fastapi", "sqlalchemy", "sqlmodel", "starlette"}, file
            assert all(not n.startswith("api.") or n.startswith("api.engagement") for n in names)
