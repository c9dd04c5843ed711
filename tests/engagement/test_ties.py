"""The peer network, on published data and against networkx and numpy."""

import csv
import itertools
import random
from pathlib import Path
from uuid import UUID

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.engagement import network
from api.engagement.network import TieRule, cross_team_ties, find_ties, network_density
from api.engagement.values import Status

Pairs = list[tuple[str, str]]

DAVIS = Path(__file__).parents[1] / "data" / "davis_southern_women.csv"
EVERYBODY = TieRule(min_shared=1, max_size=None)


@pytest.fixture(scope="module")
def davis() -> Pairs:
    with DAVIS.open(newline="", encoding="utf-8") as file:
        return [(row["session"], row["person"]) for row in csv.DictReader(file)]


def reference(pairs: Pairs, rule: TieRule) -> nx.Graph:
    """Tie people with networkx, one pair at a time."""
    graph = nx.Graph()
    sessions: dict[str, set[str]] = {}
    for session, person in pairs:
        sessions.setdefault(session, set()).add(person)
        graph.add_node(person)
    for present in sessions.values():
        if len(present) > (rule.max_size or len(present)):
            continue
        for one, other in itertools.combinations(sorted(present), 2):
            known = graph.get_edge_data(one, other, {"shared": 0, "weight": 0.0})
            graph.add_edge(
                one,
                other,
                shared=known["shared"] + 1,
                weight=known["weight"] + 1 / (len(present) - 1),
            )
    weak = [(u, v) for u, v, shared in graph.edges(data="shared") if shared < rule.min_shared]
    graph.remove_edges_from(weak)
    return graph


PEOPLE = [f"person {index:02}" for index in range(12)]
ATTENDANCES = st.lists(
    st.tuples(st.sampled_from([f"session {index}" for index in range(9)]), st.sampled_from(PEOPLE)),
    max_size=70,
)
RULES = st.builds(
    TieRule, st.integers(1, 4), st.one_of(st.none(), st.integers(min_value=2, max_value=12))
)


# Published data


def test_the_published_attendance_is_as_published(davis: Pairs) -> None:
    sizes = [sum(session == f"E{number}" for session, _ in davis) for number in range(1, 15)]

    assert len(davis) == 89
    assert sizes == [3, 3, 6, 4, 8, 8, 10, 14, 12, 5, 4, 6, 3, 3]
    assert len({person for _, person in davis}) == 18


@pytest.mark.parametrize(
    ("min_shared", "ties", "density"), [(1, 139, 0.908497), (2, 95, 0.620915), (3, 46, 0.300654)]
)
def test_the_published_network_is_as_published(
    davis: Pairs, min_shared: int, ties: int, density: float
) -> None:
    found = find_ties(davis, TieRule(min_shared, None))
    graph = reference(davis, TieRule(min_shared, None))

    value = network_density(found)

    assert len(found) == ties == graph.number_of_edges()
    assert value.value == pytest.approx(density, abs=5e-7)
    assert value.value == pytest.approx(nx.density(graph))
    assert (value.numerator, value.denominator, value.n) == (ties, 153, 18)


def test_the_published_network_is_the_one_networkx_ships(davis: Pairs) -> None:
    shipped = nx.davis_southern_women_graph()
    women = shipped.graph["top"]
    projected = nx.bipartite.collaboration_weighted_projected_graph(shipped, women)

    found = find_ties(davis, EVERYBODY)

    assert {(one, other): pytest.approx(weight) for one, other, _, weight in found} == {
        tuple(sorted(edge[:2])): edge[2] for edge in projected.edges(data="weight")
    }


def test_the_cross_group_index_of_the_published_network(davis: Pairs) -> None:
    # Davis and his colleagues saw the first nine women as one clique and the last nine as another.
    women = list(dict.fromkeys(person for _, person in davis))
    groups = {woman: "first" if index < 9 else "second" for index, woman in enumerate(women)}
    graph = reference(davis, TieRule(3, None))
    nx.set_node_attributes(graph, groups, "group")
    external = sum(groups[u] != groups[v] for u, v in graph.edges)

    value = cross_team_ties(find_ties(davis, TieRule(3, None)), groups)

    assert value.value == pytest.approx((2 * external - 46) / 46)
    assert value.value is not None and value.value < 0
    assert value.part("p_value").value == pytest.approx(1 / 1001, abs=0.005)


# Against networkx, whatever came


@given(ATTENDANCES, RULES)
def test_ties_agree_with_networkx(pairs: Pairs, rule: TieRule) -> None:
    graph = reference(pairs, rule)

    found = find_ties(pairs, rule)

    assert found.people == tuple(sorted(graph.nodes))
    assert [(one, other, shared) for one, other, shared, _ in found] == sorted(
        (*sorted((u, v)), shared) for u, v, shared in graph.edges(data="shared")
    )
    for one, other, _, weight in found:
        assert weight == pytest.approx(graph[one][other]["weight"])


@given(ATTENDANCES, RULES)
def test_density_agrees_with_networkx(pairs: Pairs, rule: TieRule) -> None:
    graph = reference(pairs, rule)

    value = network_density(find_ties(pairs, rule, detailed=False))

    if len(graph) < 2:
        assert value.status is Status.NO_DATA
    else:
        assert value.value == pytest.approx(nx.density(graph))
        assert value.value is not None and 0 <= value.value <= 1


@given(ATTENDANCES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(
    pairs: Pairs, rule: TieRule, shuffling: random.Random
) -> None:
    shuffled = list(pairs)
    shuffling.shuffle(shuffled)

    one, other = find_ties(pairs, rule), find_ties(shuffled, rule)

    assert list(one) == list(other)


@given(ATTENDANCES, RULES)
def test_names_of_sessions_do_not_matter(pairs: Pairs, rule: TieRule) -> None:
    renamed = [(session[::-1], person) for session, person in pairs]

    assert list(find_ties(renamed, rule)) == list(find_ties(pairs, rule))


@given(ATTENDANCES, RULES)
def test_a_row_that_comes_twice_counts_once(pairs: Pairs, rule: TieRule) -> None:
    assert list(find_ties(pairs + pairs, rule)) == list(find_ties(pairs, rule))


@given(ATTENDANCES, st.integers(1, 4))
def test_asking_for_more_shared_sessions_never_adds_a_tie(pairs: Pairs, shared: int) -> None:
    looser = {tie[:2] for tie in find_ties(pairs, TieRule(shared, None))}
    stricter = {tie[:2] for tie in find_ties(pairs, TieRule(shared + 1, None))}

    assert stricter <= looser


@given(ATTENDANCES, RULES)
def test_weights_of_one_person_come_to_the_sessions_they_sat_in(
    pairs: Pairs, rule: TieRule
) -> None:
    # Each session gives everybody in it a weight of 1 in all, so long as all its ties count.
    rule = TieRule(1, rule.max_size)
    sizes = {session: len({p for s, p in pairs if s == session}) for session, _ in pairs}
    found = list(find_ties(pairs, rule))

    for person in {person for _, person in pairs}:
        sat = {
            session
            for session, other in pairs
            if other == person and 2 <= sizes[session] <= (rule.max_size or sizes[session])
        }
        assert sum(tie[3] for tie in found if person in tie[:2]) == pytest.approx(len(sat))


@pytest.mark.parametrize("advantage", [0.0, 1e12])
@settings(max_examples=40)
@given(pairs=ATTENDANCES, rule=RULES)
def test_sparse_and_dense_products_find_the_same(
    advantage: float, pairs: Pairs, rule: TieRule
) -> None:
    usual = network._DENSE_ADVANTAGE, network._BLOCK
    try:
        network._DENSE_ADVANTAGE, network._BLOCK = advantage, 5  # type: ignore[assignment]  # a float forces either way
        found = list(find_ties(pairs, rule))
    finally:
        network._DENSE_ADVANTAGE, network._BLOCK = usual

    expected = list(find_ties(pairs, rule))
    assert [tie[:3] for tie in found] == [tie[:3] for tie in expected]
    assert [tie[3] for tie in found] == pytest.approx([tie[3] for tie in expected])


# Populations and edges


def test_people_without_a_tie_are_part_of_the_network() -> None:
    found = find_ties([("a", "asha"), ("a", "ben")], EVERYBODY, ["asha", "ben", "cal", "dina"])

    assert network_density(found).value == pytest.approx(1 / 6)


def test_guests_fill_a_session_but_are_tied_to_nobody() -> None:
    pairs = [("a", "asha"), ("a", "ben"), ("a", "guest")]

    [(one, other, shared, weight)] = find_ties(pairs, EVERYBODY, ["asha", "ben"])

    assert (one, other, shared, weight) == ("asha", "ben", 1, 0.5)
    assert list(find_ties(pairs, TieRule(1, 2), ["asha", "ben"])) == []


def test_a_session_at_the_limit_counts_and_one_beyond_does_not() -> None:
    pairs = [("a", person) for person in PEOPLE[:5]]

    assert len(find_ties(pairs, TieRule(1, 5))) == 10
    assert len(find_ties(pairs, TieRule(1, 4))) == 0


def test_a_large_webinar_does_not_make_everybody_know_everybody() -> None:
    webinars = [(f"webinar {month}", f"p{index:03}") for month in range(6) for index in range(200)]
    circle = [(f"circle {month}", f"p{index:03}") for month in range(2) for index in range(4)]

    found = find_ties(webinars + circle)

    assert len(found) == 6
    assert found.rule == TieRule(2, 30)
    assert found.rule.as_rule() == {"tie_min_shared": 2, "tie_max_size": 30}


@pytest.mark.parametrize("people", [[], ["asha"]])
def test_a_network_of_fewer_than_two_is_no_data(people: list[str]) -> None:
    value = network_density(find_ties([], people=people))

    assert (value.value, value.status, value.n) == (None, Status.NO_DATA, len(people))


def test_people_are_known_by_any_id() -> None:
    ids = [UUID(int=3), UUID(int=1)]

    [(one, other, _, _)] = find_ties([(7, ids[0]), (7, ids[1])], EVERYBODY)

    assert (one, other) == (ids[1], ids[0])


@pytest.mark.parametrize(("min_shared", "max_size"), [(0, 30), (-1, None), (1, 1), (1, 0)])
def test_a_rule_that_ties_nobody_is_refused(min_shared: int, max_size: int | None) -> None:
    with pytest.raises(ValueError, match=r"at least [12]"):
        TieRule(min_shared, max_size)


# Ties across groups

GROUPS = st.lists(st.sampled_from(["north", "south", "east", None]), min_size=12, max_size=12)


def grouped(labels: list[str | None]) -> dict[str, str | None]:
    return dict(zip(PEOPLE, labels, strict=True))


@given(ATTENDANCES, GROUPS)
def test_the_index_agrees_with_networkx(pairs: Pairs, labels: list[str | None]) -> None:
    groups = grouped(labels)
    graph = reference(pairs, EVERYBODY)
    graph.remove_nodes_from([person for person in list(graph) if groups[person] is None])
    external = sum(groups[u] != groups[v] for u, v in graph.edges)
    internal = graph.number_of_edges() - external

    value = cross_team_ties(find_ties(pairs, EVERYBODY), groups, permutations=5)

    attended = {person for _, person in pairs}
    assert value.n == len(graph)
    assert value.part("unknown").value == len(attended) - len(graph)
    assert value.part("groups").value == len({groups[person] for person in graph})
    if external + internal == 0:
        assert (value.value, value.status) == (None, Status.NO_DATA)
    else:
        assert value.value == pytest.approx((external - internal) / (external + internal))
        assert value.value is not None and -1 <= value.value <= 1
        assert value.part("external").value == external
        assert value.part("internal").value == internal


@given(ATTENDANCES.filter(lambda pairs: len(find_ties(pairs, EVERYBODY)) > 0), GROUPS)
def test_renaming_the_groups_changes_nothing(pairs: Pairs, labels: list[str | None]) -> None:
    ties = find_ties(pairs, EVERYBODY)
    renamed = {person: each and each[::-1] for person, each in grouped(labels).items()}

    one = cross_team_ties(ties, grouped(labels), permutations=20)
    other = cross_team_ties(ties, renamed, permutations=20)

    assert one == other


def test_a_single_group_is_minus_one_and_no_surprise() -> None:
    ties = find_ties([("a", person) for person in PEOPLE[:4]], EVERYBODY)

    value = cross_team_ties(ties, dict.fromkeys(PEOPLE, "north"))

    assert value.value == -1
    assert value.part("groups").value == 1
    assert value.part("expected").value == -1
    assert value.part("p_value").value == 1


def test_everybody_in_a_group_of_their_own_is_one() -> None:
    ties = find_ties([("a", person) for person in PEOPLE[:4]], EVERYBODY)

    value = cross_team_ties(ties, {person: person for person in PEOPLE})

    assert (value.value, value.part("expected").value) == (1, 1)


def test_a_group_nobody_knows_leaves_no_data() -> None:
    ties = find_ties([("a", person) for person in PEOPLE[:4]], EVERYBODY)

    value = cross_team_ties(ties, {})

    assert (value.value, value.status) == (None, Status.NO_DATA)
    assert value.part("unknown").value == 4


def test_the_expected_index_is_the_mean_over_all_deals() -> None:
    people = PEOPLE[:5]
    labels = ["north", "north", "north", "south", "east"]
    pairs = [("a", people[0]), ("a", people[1]), ("b", people[1]), ("b", people[4])]
    # Two of the five have no tie, and are dealt a group like everybody else.
    ties = find_ties(pairs, EVERYBODY, people)
    deals = [dict(zip(people, deal, strict=True)) for deal in itertools.permutations(labels)]

    values = [cross_team_ties(ties, deal, permutations=1) for deal in deals]

    mean = np.mean([float(value.value or 0) for value in values])
    assert {value.status for value in values} == {Status.OK}
    assert values[0].part("expected").value == pytest.approx(mean)


def test_the_p_value_is_near_the_share_of_all_deals() -> None:
    people = PEOPLE[:7]
    labels = ["north"] * 3 + ["south"] * 4
    pairs = [("a", person) for person in people[:3]] + [("b", person) for person in people[3:]]
    ties = find_ties(pairs, EVERYBODY)
    value = cross_team_ties(ties, dict(zip(people, labels, strict=True)), permutations=4000)
    expected = float(value.part("expected").value or 0)
    distances = []
    for north in itertools.combinations(people, 3):
        internal = sum((one in north) == (other in north) for one, other, _, _ in ties)
        distances.append(abs((len(ties) - 2 * internal) / len(ties) - expected))
    exact = np.mean(np.array(distances) >= abs(float(value.value or 0) - expected) - 1e-9)

    assert value.part("p_value").value == pytest.approx(exact, abs=0.01)


def test_chance_repeats_itself_with_its_seed(davis: Pairs) -> None:
    ties = find_ties(davis, TieRule(2, None))
    groups = {person: person[0] < "H" for person in ties.people}

    same = cross_team_ties(ties, groups)

    assert same == cross_team_ties(ties, dict(reversed(groups.items())))
    # Written down once, so that a new version of numpy that draws otherwise is noticed.
    assert same.part("p_value").value == pytest.approx(32 / 1001)
    assert cross_team_ties(ties, groups, seed=7).part("p_value") != same.part("p_value")


def test_no_permutation_is_no_test(davis: Pairs) -> None:
    with pytest.raises(ValueError, match="at least one permutation"):
        cross_team_ties(find_ties(davis), {}, permutations=0)


def test_a_network_of_millions_of_ties_gets_fewer_deals(
    davis: Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "_LOOKS", 1)
    ties = find_ties(davis)

    value = cross_team_ties(ties, {person: person[0] for person in ties.people})

    assert value.part("permutations").value == 99


def test_a_community_of_thousands_is_woven_in_seconds() -> None:
    # Kept small enough for every run; the full size is measured by the benchmark.
    chance = np.random.default_rng(5)
    pairs = [
        (session, int(person))
        for session in range(4000)
        for person in chance.choice(3000, 25, replace=False)
    ]

    ties = find_ties(pairs, people=range(3000), detailed=False)

    assert network_density(ties).n == 3000
    assert len(ties) > 100_000
