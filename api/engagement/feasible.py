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
    standing: dict[Key, list[int]] = {}
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


def withheld(cells: Mapping[Key, Cell], sums: Sequence[Sum[Key]], fewest: int = 3) -> set[Key]:
    """Choose shown cells to withhold until every secret cell keeps `fewest` possible values.

    A total goes before its parts, a large part before a small one, a zero last, and a single cell
    that suffices before several. Cells that no sum touches are safe as they are. The choice is
    the same whatever the order of the cells. Should nothing shown be left to withhold, the answer
    is all that can be done.
    """
    gone: set[Key] = set()
    for island in _islands(sums):
        keys = {key for each in island for key in each.keys}
        secrets = sorted((key for key in keys if cells[key].secret), key=repr)
        if secrets:
            gone |= _silence({key: cells[key] for key in keys}, island, secrets, fewest)
    return gone


def _silence(
    cells: dict[Key, Cell], sums: list[Sum[Key]], secrets: list[Key], fewest: int
) -> set[Key]:
    """Withhold cells of one island, one after the other, until its secrets are safe."""
    gone: set[Key] = set()

    def exposed(without: set[Key], keys: list[Key]) -> list[Key]:
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


def _around(secret: Key, cells: dict[Key, Cell], sums: list[Sum[Key]]) -> list[Key]:
    """List the cells of an island, the nearest first, and of these the ones to withhold first."""

    def place(key: Key) -> tuple[bool, bool, int, str]:
        count = cells[key].count
        return count == 0, key not in totals, -count, repr(key)

    order: dict[Key, None] = {secret: None}
    left = list(sums)
    while left:
        near = [each for each in left if order.keys() & {*each.keys}]
        left = [each for each in left if each not in near]
        totals = {each.total for each in near}
        order |= dict.fromkeys(sorted({key for each in near for key in each.keys}, key=place))
    return list(order)


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
