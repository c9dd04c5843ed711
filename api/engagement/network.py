"""The peer network: who met whom, seen from who attended what.

Two people are tied when they shared enough sessions that were small enough to meet in. The rule
travels with every number, because without it one large webinar makes everybody know everybody.

    TieRule(min_shared, max_size)                            the rule, `as_rule()` for the payload
    find_ties(attendances, rule, people, detailed)           -> Ties
    network_density(ties)                                    -> Value
    cross_team_ties(ties, groups, permutations, seed)        -> Value

Times and memory are those of a sparse product done in blocks; numpy and scipy are imported only
when they are needed, because they would double the time Trellis takes to start.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from api.engagement.values import Part, Status, Value, tally

Id = TypeVar("Id", int, str, UUID)

PERMUTATIONS = 1000
SEED = 1941

# People per block: their shared sessions with ten thousand others fit in 20 MB.
_BLOCK = 256
# One multiplication of a sparse product costs about as much as this many of a dense one.
_DENSE_ADVANTAGE = 2000
# Ties looked at over all permutations; a network with more gets fewer permutations.
_LOOKS = 2_000_000_000
_FEWEST = 99


@dataclass(frozen=True, slots=True)
class TieRule:
    """Two people are tied when they shared `min_shared` sessions of at most `max_size` people.

    `max_size` None is no limit. Neither may be below its meaning: `min_shared` below 1 or
    `max_size` below 2 is a ValueError.
    """

    min_shared: int = 2
    max_size: int | None = 30

    def __post_init__(self) -> None:
        if self.min_shared < 1:
            raise ValueError("tie_min_shared is at least 1.")
        if self.max_size is not None and self.max_size < 2:
            raise ValueError("tie_max_size is at least 2, or absent for no limit.")

    def as_rule(self) -> dict[str, int | None]:
        """Spell the rule out under the names of the API's parameters."""
        return {"tie_min_shared": self.min_shared, "tie_max_size": self.max_size}


@dataclass(frozen=True, slots=True)
class Ties(Generic[Id]):
    """The ties between `people`, who stand in the order of their ids, isolated ones included.

    `left`, `right`, `shared` and `weight` are numpy arrays with one element per tie: the positions
    of the two people (left < right), how many sessions they shared, and the sum of 1 / (n - 1)
    over those sessions. They are sorted by left and right. `shared` and `weight` are None where
    only the ties themselves were asked for.
    """

    people: tuple[Id, ...]
    rule: TieRule
    left: Any
    right: Any
    shared: Any
    weight: Any

    def __len__(self) -> int:
        return len(self.left)

    def __iter__(self) -> Iterator[tuple[Id, Id, int, float]]:
        """Yield each tie as (person, other, sessions shared, weight); needs detailed ties."""
        columns = (self.left, self.right, self.shared, self.weight)
        for left, right, shared, weight in zip(*(each.tolist() for each in columns), strict=True):
            yield self.people[left], self.people[right], shared, weight


def find_ties(
    attendances: Iterable[tuple[Any, Id]],
    rule: TieRule | None = None,
    people: Iterable[Id] | None = None,
    detailed: bool = True,
) -> Ties[Id]:
    """Find the ties in pairs of (session, person), in any order; a repeated pair counts once.

    `people` is the population: those without a tie are kept as isolated, and whoever is not in it
    counts towards the size of a session but is tied to nobody. Without it, the population is
    everybody who attended. A session of n people adds 1 / (n - 1) to the weight of each of its
    pairs; sessions of one person or of more than `rule.max_size` add nothing. The same pairs give
    the same ties, bit for bit, whatever their order. `detailed` False saves time and memory where
    only density and the E-I index are wanted.

    Source: R. L. Breiger, Social Forces 53 (1974) 181-190, for ties from attendance; the weight is
    that of M. E. J. Newman, Physical Review E 64 (2001) 016132.
    """
    rule = rule or TieRule()
    sessions: dict[Any, set[Id]] = {}
    for session, person in attendances:
        sessions.setdefault(session, set()).add(person)
    everybody = set(people) if people is not None else set().union(*sessions.values())
    population = tuple(sorted(everybody))
    position = {person: index for index, person in enumerate(population)}
    # Sessions in an order of their own make the sums of weights the same whatever came first.
    counted = sorted(
        (len(present), sorted(position[each] for each in present if each in position))
        for present in sessions.values()
        if 2 <= len(present) <= (rule.max_size or len(present))
    )
    # Ties can fill most of the memory, so no column is held twice for longer than its joining.
    columns: list[list[Any]] = [[], [], [], []]
    for block in _blocks(counted, len(population), rule.min_shared, detailed):
        for column, piece in zip(columns, block, strict=True):
            column.append(piece)
    left, right, shared, weight = (_joined(column) for column in columns)
    if not detailed:
        return Ties(population, rule, left, right, None, None)
    return Ties(population, rule, left, right, shared, weight)


def _blocks(
    sessions: list[tuple[int, list[int]]], people: int, min_shared: int, detailed: bool
) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield left, right, shared and weight of the ties of each block of people, in order.

    The people of a session are multiplied with themselves: as a sparse matrix, or as a dense one
    where sessions are so large that hardly any element is 0.
    """
    import numpy as np
    from scipy import sparse

    starts = np.cumsum([0, *(len(present) for _, present in sessions)])
    rows = np.fromiter((each for _, present in sessions for each in present), np.int32, starts[-1])
    weights = np.array([1 / (size - 1) for size, _ in sessions], np.float64)
    attended = sparse.csc_array(
        (np.ones(len(rows), np.float32), rows, starts), shape=(people, len(sessions))
    ).tocsr()
    lengths = np.diff(starts).astype(np.float64)
    if lengths @ lengths * _DENSE_ADVANTAGE > float(people) ** 2 * len(sessions):
        attended = attended.toarray()
    for first in range(0, people, _BLOCK):
        block = attended[first : first + _BLOCK]
        # Ties with those before the block were found there, seen from the other side.
        others = attended[first:].T
        row, column, shared = _entries(block @ others)
        kept = (shared >= min_shared) & (column > row)
        left, right = row[kept].astype(np.int32), column[kept].astype(np.int32)
        left += first
        right += first
        if detailed:
            weight = _entries(block * weights @ others)[2][kept]
            yield left, right, shared[kept].astype(np.int32), weight
        else:
            nothing = np.empty(0)
            yield left, right, nothing, nothing


def _joined(pieces: list[Any]) -> Any:
    """Join the pieces of a column and let go of them; none at all make an empty column."""
    import numpy as np

    column = np.concatenate(pieces) if pieces else np.empty(0, np.int32)
    pieces.clear()
    return column


def _entries(product: Any) -> tuple[Any, Any, Any]:
    """Take a product apart into rows, columns and what is not 0, sorted by row and column."""
    import numpy as np

    if isinstance(product, np.ndarray):
        row, column = np.nonzero(product)
        return row, column, product[row, column]
    product.sort_indices()
    entries = product.tocoo()
    return entries.row, entries.col, entries.data


def network_density(ties: Ties[Any]) -> Value:
    """Give the share of all possible ties that exist, 2E / (n (n - 1)), from 0 to 1.

    `numerator` is E and `denominator` the number of pairs; isolated people are in n. Fewer than
    two people is `no_data`.

    Source: S. Wasserman and K. Faust, Social Network Analysis (1994), section 4.2.
    """
    n = len(ties.people)
    pairs = n * (n - 1) // 2
    if pairs == 0:
        return Value(None, 0, 0, n=n, status=Status.NO_DATA)
    return Value(len(ties) / pairs, len(ties), pairs, n=n)


def cross_team_ties(
    ties: Ties[Id],
    groups: Mapping[Id, Any],
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Value:
    """Give the E-I index (E - I) / (E + I) of ties across and within groups, from -1 to 1.

    `groups` maps a person to their organisation or team; people who are missing or whose group is
    None are left out with their ties and counted in the part `unknown`, and `n` is everybody
    else. The other parts: `external` (E), `internal` (I), `groups` (with a single one the index is
    -1 by definition), `expected` (the index if the same people were dealt out to groups of the
    same sizes at random, worked out exactly) and `p_value`.

    `p_value` is how often a random deal of the groups lies at least as far from `expected` as what
    was found, (1 + hits) / (1 + deals), so it is never 0. It uses `permutations` deals, fewer
    (but 99) in a network of millions of ties, as the part `permutations` says. The same seed gives
    the same value for ever. No ties between known people is `no_data`; fewer than 1 permutation
    is a ValueError.

    Source: D. Krackhardt and R. Stern, Social Psychology Quarterly 51 (1988) 123-140; the count of
    the observed deal as one of the deals follows B. Phipson and G. Smyth, Statistical Applications
    in Genetics and Molecular Biology 9 (2010) 39.
    """
    import numpy as np

    if permutations < 1:
        raise ValueError("at least one permutation")
    named = [groups.get(person) for person in ties.people]
    known = np.array([group is not None for group in named], bool)
    codes: dict[Any, int] = {}
    labels = np.array([codes.setdefault(each, len(codes)) for each in named if each is not None])
    labels = labels.astype(np.int32)
    place = np.cumsum(known) - 1
    both = known[ties.left] & known[ties.right]
    left, right = place[ties.left[both]], place[ties.right[both]]
    n, found = len(labels), len(left)
    counts: tuple[Part, ...] = (tally("groups", len(codes)), tally("unknown", len(named) - n))
    if found == 0:
        return Value(None, 0, 0, n=n, parts=counts, status=Status.NO_DATA)
    internal = int(np.count_nonzero(labels[left] == labels[right]))
    sizes = np.bincount(labels).astype(object)
    # Compared as whole numbers, two deals with the same ties are equally far, not nearly.
    alike, pairs = int(sum(sizes * (sizes - 1))), n * (n - 1)
    distance = abs(internal * pairs - found * alike)
    deals = min(permutations, max(_FEWEST, _LOOKS // found))
    hits = sum(
        abs(dealt * pairs - found * alike) >= distance
        for dealt in _deals(labels, left, right, deals, seed)
    )
    external = found - internal
    parts = (
        tally("external", external),
        tally("internal", internal),
        Part("expected", 1 - 2 * alike / pairs),
        Part("p_value", (1 + hits) / (1 + deals)),
        Part("permutations", deals),
        *counts,
    )
    return Value((external - internal) / found, external - internal, found, n=n, parts=parts)


def _deals(labels: Any, left: Any, right: Any, deals: int, seed: int) -> Iterator[int]:
    """Yield how many ties are internal when the groups are dealt out anew, once per deal."""
    import numpy as np

    # The generator of this name is frozen: every later version of numpy draws the same numbers.
    chance = np.random.RandomState(seed)
    dealt = labels.astype(np.uint16) if len(labels) < 2**16 else labels.copy()
    for _ in range(deals):
        chance.shuffle(dealt)
        yield int(np.count_nonzero(dealt[left] == dealt[right]))
