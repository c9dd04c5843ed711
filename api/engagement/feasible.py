"""What a careful reader can work out about a hidden count from the counts that are shown.

A reader knows a band for every cell of an answer (a rounded 20 is 18 to 22, a suppressed cell is 1
to 7) and how cells add up. Subtracting narrows the bands; a hidden count is safe while enough
values remain possible. `withheld` says which shown cells must go until that holds.

    Bounds(low, high)                       what is known of a cell; high None is no limit
    Cell(count, known, hidden, shown)       the truth, the band, and what the reader may lose
    Sum(total, parts)                       total = sum of parts
    ranges(bounds, sums)                    -> the bands after all subtraction
    withheld(cells, sums, fewest)           -> keys of shown cells to withhold

Where sums do not close a circle, passing bounds to and fro is exact; where they do (a table with
totals of rows and of columns), the bounds of secret cells come from an integer programme. Both
give the smallest and the largest possible value; between them every value is possible for trees
and two-way tables, while a table of three dimensions could have gaps that are not looked for.

Source: A. Hundepool and others, Statistical Disclosure Control (2012), chapter 4.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Bounds(NamedTuple):
    """The least and the greatest a count can be, as far as a reader knows."""

    low: int
    high: int | None

    @property
    def values(self) -> float:
        """How many values remain possible."""
        return float("inf") if self.high is None else self.high - self.low + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, what is `known` of it as it stands, and what would be if it were not shown.

    `secret` cells are those to protect. `shown` cells may be withheld, after which the reader
    knows only `unshown`.
    """

    count: int
    known: Bounds
    unshown: Bounds
    secret: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell is the sum of others."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """The total, then the parts."""
        return (self.total, *self.parts)


def ranges(
    bounds: Mapping[Hashable, Bounds], sums: Sequence[Sum], exact: Iterable[Hashable] = ()
) -> dict[Hashable, Bounds]:
    """Narrow the bounds of every cell by the sums it stands in.

    The result is exact for all cells when the sums form a tree, and for the cells named in `exact`
    in any case. At least one table must fit the bounds and the sums; bounds that exclude each
    other are a ValueError.
    """
    narrowed = dict(bounds)
    standing: dict[Hashable, list[int]] = {}
    for index, each in enumerate(sums):
        for key in each.keys:
            standing.setdefault(key, []).append(index)
    waiting = dict.fromkeys(range(len(sums)))
    while waiting:
        index, _ = waiting.popitem()
        for key in _tighten(narrowed, sums[index]):
            waiting |= dict.fromkeys(standing[key])
    wanted = [key for key in exact if key in standing]
    if wanted and not _is_tree(sums):
        narrowed |= _programmed(narrowed, sums, wanted)
    return narrowed


def withheld(cells: Mapping[Hashable, Cell], sums: Sequence[Sum], fewest: int = 3) -> set[Hashable]:
    """Choose shown cells to withhold until every secret cell keeps `fewest` possible values.

    A total goes before its parts, a large part before a small one, a zero last, and a single cell
    that suffices before several. Cells that no sum touches are safe as they are. The choice is
    the same whatever the order of the cells. Should nothing shown be left to withhold, the answer
    is all that can be done.
    """
    gone: set[Hashable] = set()
    for island in _islands(sums):
        keys = {key for each in island for key in each.keys}
        secrets = sorted((key for key in keys if cells[key].secret), key=repr)
        if secrets:
            gone |= _silence({key: cells[key] for key in keys}, island, secrets, fewest)
    return gone


def _silence(
    cells: dict[Hashable, Cell], sums: list[Sum], secrets: list[Hashable], fewest: int
) -> set[Hashable]:
    """Withhold cells of one island, one after the other, until its secrets are safe."""
    gone: set[Hashable] = set()

    def exposed(without: set[Hashable], keys: list[Hashable]) -> list[Hashable]:
        bounds = {
            key: cell.unshown if key in without else cell.known for key, cell in cells.items()
        }
        found = ranges(bounds, sums, keys)
        return [key for key in keys if found[key].values < fewest]

    while open_secrets := exposed(gone, secrets):
        secret = open_secrets[0]
        candidates = [
            key for key in _around(secret, cells, sums) if cells[key].shown and key not in gone
        ]
        if not candidates:
            secrets = [key for key in secrets if key != secret]
            continue
        enough = (key for key in candidates if not exposed({*gone, key}, [secret]))
        gone.add(next(enough, candidates[0]))
    return gone


def _around(secret: Hashable, cells: dict[Hashable, Cell], sums: list[Sum]) -> list[Hashable]:
    """List the cells of an island, the nearest first, and of these the ones to withhold first."""

    def place(key: Hashable) -> tuple[bool, bool, int, str]:
        count = cells[key].count
        return count == 0, key not in totals, -count, repr(key)

    order: dict[Hashable, None] = {secret: None}
    left = list(sums)
    while left:
        near = [each for each in left if order.keys() & {*each.keys}]
        left = [each for each in left if each not in near]
        totals = {each.total for each in near}
        order |= dict.fromkeys(sorted({key for each in near for key in each.keys}, key=place))
    return list(order)


def _tighten(bounds: dict[Hashable, Bounds], sum_: Sum) -> set[Hashable]:
    """Narrow the cells of one sum by each other; name those that changed."""
    changed: set[Hashable] = set()

    def narrow(key: Hashable, low: int, high: int | None) -> None:
        old = bounds[key]
        if old.high is not None:
            high = old.high if high is None else min(high, old.high)
        new = Bounds(max(old.low, low), high)
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


def _islands(sums: Sequence[Sum]) -> list[list[Sum]]:
    """Group sums that share cells, directly or through others."""
    islands: list[tuple[set[Hashable], list[Sum]]] = []
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


def _is_tree(sums: Sequence[Sum]) -> bool:
    """Tell whether no two ways lead from one cell to another."""
    joined: list[set[Hashable]] = []
    for each in sums:
        keys = {*each.keys}
        touching = [group for group in joined if group & keys]
        if any(len(group & keys) > 1 for group in touching):
            return False
        joined = [group for group in joined if group not in touching]
        joined.append(keys.union(*touching))
    return True


def _programmed(
    bounds: dict[Hashable, Bounds], sums: Sequence[Sum], wanted: list[Hashable]
) -> dict[Hashable, Bounds]:
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

    def least(key: Hashable, sign: int) -> int:
        goal = np.zeros(len(keys))
        goal[column[key]] = sign
        answer = milp(goal, constraints=fits, bounds=box, integrality=1)
        if not answer.success:
            raise ValueError(f"no count fits {key!r}: {answer.message}")
        return int(round(sign * answer.fun))

    return {key: Bounds(least(key, 1), least(key, -1)) for key in wanted}
