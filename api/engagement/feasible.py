"""What a careful reader can work out about a hidden count from the counts that are shown.

A reader knows a band for every cell of an answer (a rounded 20 is 18 to 22, a suppressed cell is 1
to 7) and how cells add up. Subtracting narrows the bands; a hidden count is safe while enough
values remain possible. `withheld` says which shown cells must go until that holds.

    Bounds(low, high)                       what is known of a cell; high None is no limit
    Cell(count, known, secret, shown)       the truth, the band, and what may become of it
    Sum(total, parts)                       total = sum of parts
    ranges(bounds, sums)                    -> the bands after all subtraction
    withheld(cells, sums, fewest)           -> keys of shown cells to withhold
    beneath(sums, small)                    -> keys of cells under a small total

Where sums do not close a circle, passing bounds to and fro is exact; where they do (a table with
totals of rows and of columns), the bounds of secret cells come from an integer programme. Both
give the smallest and the largest possible value; between them every value is possible for trees
and two-way tables, while a table of three dimensions could have gaps that are not looked for.

Source: A. Hundepool and others, Statistical Disclosure Control (2012), chapter 4.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Bounds(NamedTuple):
    """The least and the greatest a count can be, as far as a reader knows."""

    low: int
    high: int | None

    @property
    def values(self) -> float:
        """How many values remain possible."""
        return float("inf") if self.high is None else self.high - self.low + 1

    def within(self, other: "Bounds") -> "Bounds":
        """Keep only what both allow."""
        highs = [high for high in (self.high, other.high) if high is not None]
        return Bounds(max(self.low, other.low), min(highs, default=None))


ANYTHING = Bounds(0, None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and what is `known` of it as it stands.

    `secret` cells are those to protect. `shown` cells may be withheld, after which a reader knows
    nothing of them: a missing number does not say why it is missing.
    """

    count: int
    known: Bounds
    secret: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """One cell is the sum of others."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The total, then the parts."""
        return (self.total, *self.parts)


def ranges(
    bounds: Mapping[Key, Bounds], sums: Sequence[Sum[Key]], exact: Iterable[Key] = ()
) -> dict[Key, Bounds]:
    """Narrow the bounds of every cell by the sums it stands in.

    The result is exact for all cells when the sums form a tree, and for the cells named in `exact`
    in any case. At least one table must fit the bounds and the sums; bounds that exclude each
    other are a ValueError.
    """
    narrowed = dict(bounds)
    standing = _standing(sums)
    waiting = dict.fromkeys(sums)
    while waiting:
        each, _ = waiting.popitem()
        for key in _tighten(narrowed, each):
            waiting |= dict.fromkeys(standing[key])
    wanted = [key for key in exact if key in standing]
    if wanted and not _is_tree(sums):
        narrowed |= _programmed(narrowed, sums, wanted)
    return narrowed


def withheld(cells: Mapping[Key, Cell], sums: Sequence[Sum[Key]], fewest: int = 3) -> set[Key]:
    """Choose shown cells to withhold until every secret cell keeps `fewest` possible values.

    A total goes before its parts, a large part before a small one, a zero last, and a single cell
    nearby that suffices before several. Cells that no sum touches are safe as they are. The choice
    is the same whatever the order of the cells. Should nothing shown be left to withhold, the
    answer is all that can be done.
    """
    gone: set[Key] = set()
    for island in _islands(sums):
        keys = {key for each in island for key in each.keys}
        secrets = sorted((key for key in keys if cells[key].secret), key=repr)
        if secrets:
            gone |= _Island({key: cells[key] for key in keys}, island, fewest).silence(secrets)
    return gone


def beneath(sums: Sequence[Sum[Key]], small: Callable[[Key], bool]) -> set[Key]:
    """Name all cells under totals that are small, and under theirs.

    That a cell of a handful is not empty says too much, when several others are not empty either:
    of these cells not even the zeros should be shown.
    """
    found: set[Key] = set()
    waiting = [each for each in sums if small(each.total)]
    below = _standing(sums)
    while waiting:
        parts = {*waiting.pop().parts} - found
        found |= parts
        waiting += [each for part in parts for each in below[part] if each.total == part]
    return found


class _Island(Generic[Key]):
    """Cells that sums connect, on which secrets are made safe one after the other."""

    def __init__(self, cells: dict[Key, Cell], sums: list[Sum[Key]], fewest: int) -> None:
        self.cells, self.sums, self.fewest = cells, sums, fewest
        self.standing = _standing(sums)
        self.gone: set[Key] = set()
        # Those that were gone when the bounds of the whole island were last worked out.
        self.settled: set[Key] = set()

    def silence(self, secrets: list[Key]) -> set[Key]:
        """Name the cells to withhold for all of these secrets."""
        while True:
            bounds = {key: self.known(key, self.gone) for key in self.cells}
            found = ranges(bounds, self.sums, secrets)
            exposed = [key for key in secrets if found[key].values < self.fewest]
            self.settled = set(self.gone)
            for secret in exposed:
                self.gone |= self.choose(secret, found)
            if self.gone == self.settled:
                # Nothing near is left for anybody: what is far may still hold the bounds together.
                distant = (self.losable(self.around(key, len(self.sums))) for key in exposed)
                self.gone |= {cells[0] for cells in distant if cells}
            if self.gone == self.settled:
                return self.gone

    def choose(self, secret: Key, found: dict[Key, Bounds]) -> set[Key]:
        """Choose what else near a secret to withhold: nothing, if what is gone already suffices.

        Only the neighbourhood is worked through; of its rim, a reader is taken to know what the
        whole island told them before. Whether it really suffices is seen in the next round.
        """
        near = self.around(secret, rings=3)
        touching = dict.fromkeys(each for key in near for each in self.standing[key])
        inside = [each for each in touching if near.keys() >= {*each.keys}]
        rim = {key for each in touching if each not in inside for key in each.keys}

        def safe(without: set[Key]) -> bool:
            fresh = without - self.settled
            bounds = {
                key: found[key] if key in rim and key not in fresh else self.known(key, without)
                for key in near
            }
            return ranges(bounds, inside, [secret])[secret].values >= self.fewest

        if safe(self.gone):
            return set()
        candidates = self.losable(near)
        enough = (key for key in candidates if safe({*self.gone, key}))
        return {next(enough, candidates[0])} if candidates else set()

    def known(self, key: Key, without: set[Key]) -> Bounds:
        """Say what is known of a cell before any subtraction."""
        return ANYTHING if key in without else self.cells[key].known

    def losable(self, keys: Iterable[Key]) -> list[Key]:
        """Keep the cells that are still shown."""
        return [key for key in keys if self.cells[key].shown and key not in self.gone]

    def around(self, secret: Key, rings: int) -> dict[Key, None]:
        """List the cells around a secret: the nearest first, of these the first to withhold."""
        order: dict[Key, None] = {secret: None}
        edge = [secret]
        for _ in range(rings):
            near = dict.fromkeys(each for key in edge for each in self.standing[key])
            edge = sorted(
                {key for each in near for key in each.keys if key not in order},
                key=partial(self.cost, {each.total for each in near}),
            )
            order |= dict.fromkeys(edge)
        return order

    def cost(self, totals: set[Key], key: Key) -> tuple[bool, bool, int, str]:
        """Order cells by what a reader loses with them: the last is the dearest."""
        count = self.cells[key].count
        return count == 0, key not in totals, -count, repr(key)


def _standing(sums: Iterable[Sum[Key]]) -> dict[Key, list[Sum[Key]]]:
    """Tell in which sums each cell stands."""
    standing: dict[Key, list[Sum[Key]]] = {}
    for each in sums:
        for key in each.keys:
            standing.setdefault(key, []).append(each)
    return standing


def _tighten(bounds: dict[Key, Bounds], sum_: Sum[Key]) -> set[Key]:
    """Narrow the cells of one sum by each other; name those that changed."""
    changed: set[Key] = set()

    def narrow(key: Key, low: int, high: int | None) -> None:
        old = bounds[key]
        new = old.within(Bounds(low, high))
        if new.high is not None and new.low > new.high:
            raise ValueError(f"no count fits {key!r}")
        if new != old:
            bounds[key] = new
            changed.add(key)

    parts = sum_.parts
    low = sum(bounds[key].low for key in parts)
    high = sum(bounds[key].high or 0 for key in parts)
    endless = {key for key in parts if bounds[key].high is None}
    narrow(sum_.total, low, None if endless else high)
    total = bounds[sum_.total]
    for key, part in [(key, bounds[key]) for key in parts]:
        # The others leave at least so much to this one, unless they can grow for ever.
        least = 0 if endless - {key} else total.low - (high - (part.high or 0))
        narrow(key, least, None if total.high is None else total.high - (low - part.low))
    return changed


def _islands(sums: Sequence[Sum[Key]]) -> list[list[Sum[Key]]]:
    """Group sums that share cells, directly or through others."""
    islands: list[tuple[set[Key], list[Sum[Key]]]] = []
    for each in sums:
        keys, members = {*each.keys}, [each]
        apart = []
        for island in islands:
            if island[0] & keys:
                keys |= island[0]
                members = island[1] + members
            else:
                apart.append(island)
        islands = [*apart, (keys, members)]
    return [members for _, members in islands]


def _is_tree(sums: Sequence[Sum[Key]]) -> bool:
    """Tell whether no two ways lead from one cell to another."""
    joined: list[set[Key]] = []
    for each in sums:
        keys = {*each.keys}
        touching = [group for group in joined if group & keys]
        if any(len(group & keys) > 1 for group in touching):
            return False
        joined = [group for group in joined if group not in touching]
        joined.append(keys.union(*touching))
    return True


def _programmed(
    bounds: dict[Key, Bounds], sums: Sequence[Sum[Key]], wanted: list[Key]
) -> dict[Key, Bounds]:
    """Find the exact bounds of some cells by integer programming."""
    import numpy as np
    from scipy.optimize import Bounds as Box
    from scipy.optimize import LinearConstraint, milp

    keys = list(dict.fromkeys(key for each in sums for key in each.keys))
    column = {key: index for index, key in enumerate(keys)}
    matrix = np.zeros((len(sums), len(keys)))
    for row, each in enumerate(sums):
        matrix[row, column[each.total]] -= 1
        for key in each.parts:
            matrix[row, column[key]] += 1
    # A bound far beyond every count stands for none, and keeps each programme solvable.
    endless = 1000 * max(1000, *(bounds[key].low for key in keys))
    fits = LinearConstraint(matrix, 0, 0)
    highs = [bounds[key].high for key in keys]
    box = Box(
        [bounds[key].low for key in keys],
        [endless if high is None else high for high in highs],
    )

    def least(key: Key, sign: int) -> int:
        goal = np.zeros(len(keys))
        goal[column[key]] = sign
        answer = milp(goal, constraints=fits, bounds=box, integrality=1)
        if not answer.success:
            raise ValueError(f"no count fits {key!r}: {answer.message}")
        found: float = sign * answer.fun
        return round(found)

    return {key: Bounds(least(key, 1), least(key, -1)) for key in wanted}
