"""Disclosure control: the one door through which numbers about people leave a community.

    PROFILES, NHS8                                how strict, by name (in `profile.py`)
    disclose(entries, profile, breakdowns)        -> safe Values, in the order of the entries
                                                     (`Entry` and `Breakdown` are in `ledger.py`)
    disclose_count(count, profile)                -> int | None, for a lone count
    disclose_cells(cells, sums, profile)          -> safe table of counts with its totals
    disclose_family(parts, total, profile)        -> the same for one total and its parts

What is defended, within one answer:

- A count is shown as 0, hidden from 1 to 7, or rounded to the nearest 5; a rate is made of rounded
  counts, and hidden when its population, its numerator or the rest is small; an index needs eight
  people and keeps two decimals.
- What counts no people and nothing that leads to them, such as milestones, is shown as it is.
- Subtraction. All values of an answer are looked at together, over metrics, windows and groups:
  members minus dormant, the two halves of a rate, the parts of a mix, a month from its neighbours,
  a community from the one above it. Every hidden count keeps at least three possible values, or
  something that is shown beside it is hidden too, its total first. Parts of a small total are all
  hidden, the zeros too.

What is not:

- Several answers put side by side. Metrics asked one by one are protected alike if they are
  disclosed with their `catalogue.companions`; answers for windows that slide by a day are not, so
  whatever leaves for good should be held to `windows.on_calendar`. The same question asked at two
  `as_of` shows what was recorded in between.
- Guessing from the choice itself: a missing number may be small or a neighbour of a small one, and
  a reader who knows this code may reason about which.
- Shares of 0 and 100 % tell something about everybody; that is the nature of a share.
- Somebody who knows some of the hidden people can subtract those.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from math import ceil, floor
from typing import TypeVar

from api.engagement.feasible import Bounds, Cell, Sum, beneath, withheld
from api.engagement.ledger import Breakdown, Entry, Ledger
from api.engagement.metric import Crowd, Kind, Metric, PartKind
from api.engagement.profile import EXACT, NHS8, Profile
from api.engagement.values import Interval, Part, Status, Value, wilson

Key = TypeVar("Key", bound=Hashable)
# How a crowd of the value at hand may be shown, if at all.
See = Callable[[Crowd | None], int | None]

_HIDDEN = Value(None, status=Status.SUPPRESSED)


def disclose(
    entries: Sequence[Entry], profile: Profile = NHS8, breakdowns: Sequence[Breakdown] = ()
) -> list[Value]:
    """Give the safe form of all values of one answer, in their order.

    `entries` are everything the answer shows, for every metric, window and group; values disclosed
    apart are not protected from each other. What may not be shown is None with status
    `suppressed`; so is a larger number that would give a hidden one away. Rates become whole
    percents made of the rounded counts, with an interval of whole percents around them, and keep
    their counts only in the form in which these may be shown. `breakdowns` say which groups make
    up which. The profile `exact` changes nothing.
    """
    if profile == EXACT:
        return [entry.value for entry in entries]
    ledger = Ledger(entries, profile, breakdowns)
    return [
        _safe(entry, partial(ledger.seen, index), profile) for index, entry in enumerate(entries)
    ]


def disclose_count(count: int, profile: Profile = NHS8) -> int | None:
    """Give the safe form of one count that stands alone, such as a number of members."""
    return profile.show(count)


def disclose_cells(
    cells: Mapping[Key, int], sums: Sequence[Sum[Key]], profile: Profile = NHS8
) -> dict[Key, int | None]:
    """Give the safe form of a table of counts that is published with its totals.

    Each sum names a total and all of its parts by their keys in `cells`; a table may have totals
    in two directions. A total stands only if every hidden cell keeps three possible values. Under
    a total that is itself small everything is hidden, the zeros too, because a handful of people
    spread over cells known not to be empty are soon found. A sum that does not add up is a
    ValueError, a key that is not there a KeyError.
    """
    for each in sums:
        if cells[each.total] != sum(cells[part] for part in each.parts):
            raise ValueError(f"{each.total!r} is not the sum of its parts")
    hushed = beneath(sums, lambda key: profile.small(cells[key]))
    table = {}
    for key, count in cells.items():
        known = Bounds(0, profile.below - 1) if key in hushed else profile.band(count)
        small = profile.small(count)
        table[key] = Cell(count, known, small, not small and key not in hushed)
    gone = hushed | withheld(table, sums)
    return {key: None if key in gone else profile.show(count) for key, count in cells.items()}


def disclose_family(
    parts: Mapping[Key, int], total: int, profile: Profile = NHS8
) -> tuple[dict[Key, int | None], int | None]:
    """Give the safe form of counts and of their total, as `disclose_cells` does for tables."""
    cells: dict[tuple[Key, ...], int] = {(key,): count for key, count in parts.items()}
    everybody: tuple[Key, ...] = ()
    cells[everybody] = total
    shown = disclose_cells(cells, [Sum(everybody, tuple((key,) for key in parts))], profile)
    return {key: shown[(key,)] for key in parts}, shown[everybody]


def _safe(entry: Entry, see: See, profile: Profile) -> Value:
    metric, value = entry.metric, entry.value
    if not metric.protected:
        return value
    if value.status is Status.SUPPRESSED:
        return _HIDDEN
    if metric.kind is Kind.INDEX:
        return _index(metric, value, see, profile)
    parts = tuple(_part(metric, part, see, profile) for part in value.parts)
    match metric.kind:
        case Kind.COUNT:
            shown = see(metric.value)
            return Value(shown, parts=parts, status=_status(shown))
        case Kind.RATE:
            safe = _share(value, see(metric.numerator), see(metric.denominator), profile)
            return Value(*safe[:3], ci95=_interval(safe), parts=parts, status=safe[3])
        case Kind.RATIO:
            return _growth(parts, see(metric.denominator))
        case Kind.MIX:
            base = see(metric.denominator)
            any_share = any(part.denominator and part.value is not None for part in parts)
            status = Status.OK if any_share else Status.SUPPRESSED
            if base == 0:
                status = Status.NO_DATA
            return Value(None, denominator=base, n=see(metric.n), parts=parts, status=status)


def _part(metric: Metric, part: Part, see: See, profile: Profile) -> Part:
    defined = metric.part(part.key)
    match defined.kind:
        case PartKind.COUNT:
            shown = see(defined.crowd)
            return Part(part.key, shown, status=_status(shown))
        case PartKind.SHARE:
            return Part(part.key, *_share(part, see(defined.crowd), see(defined.of), profile))
        case PartKind.INDEX:
            rounded = None if part.value is None else round(part.value, profile.decimals)
            return Part(part.key, rounded, status=part.status)
        case PartKind.MEDIAN | PartKind.CHANCE:
            return _timed(part, defined.kind, see(defined.of), profile)
        case PartKind.TIES:
            return Part(part.key, None, status=Status.SUPPRESSED)
        case PartKind.STRUCTURE:
            return part


def _timed(part: Part, kind: PartKind, base: int | None, profile: Profile) -> Part:
    """Give how long something takes in whole days, or the share it is over for in whole percents.

    Neither is shown for a few, nor where they are part of a `base` that is hidden itself.
    """
    over, watched = part.numerator or 0, part.denominator or 0
    if base == 0:
        return Part(part.key, None, status=Status.NO_DATA)
    few = base is None or profile.small(watched)
    if kind is PartKind.CHANCE and watched:
        few = few or not profile.rate_shows(over, watched)
    if few:
        return Part(part.key, None, status=Status.SUPPRESSED)
    return Part(part.key, None if part.value is None else _rounded(part.value), status=part.status)


_Share = tuple[int | None, int | None, int | None, Status]


def _share(
    exact: Value | Part, numerator: int | None, denominator: int | None, profile: Profile
) -> _Share:
    """Give value, numerator, denominator and status of a share in whole percent.

    A share that is hidden takes its numerator with it, or a reader would divide for themselves.
    """
    if denominator == 0:
        return None, numerator, 0, Status.NO_DATA
    if not profile.rate_shows(exact.numerator or 0, exact.denominator or 0):
        numerator = None
    if numerator is None or denominator is None:
        return None, numerator, denominator, Status.SUPPRESSED
    return _rounded(100 * numerator / denominator), numerator, denominator, Status.OK


def _interval(share: _Share) -> Interval | None:
    """Give the interval of a rate as its rounded counts would have it, in whole percents."""
    value, numerator, denominator, _ = share
    if value is None or numerator is None or denominator is None or numerator > denominator:
        return None
    interval = wilson(numerator, denominator)
    return (floor(100 * interval[0]), ceil(100 * interval[1])) if interval else None


def _growth(parts: tuple[Part, ...], start: int | None) -> Value:
    """Work the growth out anew from the rounded counts of those who came and went."""
    moved = {part.key: part.value for part in parts}
    joined, left = moved["joined"], moved["left"]
    change = None if joined is None or left is None else int(joined - left)
    if start == 0:
        return Value(None, change, 0, parts=parts, status=Status.NO_DATA)
    if start is None or change is None:
        return Value(None, None, start, parts=parts, status=Status.SUPPRESSED)
    return Value(_rounded(100 * change / start), change, start, parts=parts)


def _index(metric: Metric, value: Value, see: See, profile: Profile) -> Value:
    """Round an index, and hide it with everything that describes it where too few people are."""
    hidden = value.n is None or profile.small(value.n)
    parts = []
    for part in value.parts:
        kept = not hidden or metric.part(part.key).kind is PartKind.COUNT
        gone = Part(part.key, None, status=Status.SUPPRESSED)
        parts.append(_part(metric, part, see, profile) if kept else gone)
    n = see(metric.n)
    if hidden:
        return Value(None, n=n, parts=tuple(parts), status=Status.SUPPRESSED)
    rounded = None if value.value is None else round(value.value, profile.decimals)
    return Value(rounded, n=n, parts=tuple(parts), status=value.status)


def _status(shown: int | None) -> Status:
    return Status.SUPPRESSED if shown is None else Status.OK


def _rounded(percent: float) -> int:
    """Round half up, so that 2.5 and 3.5 do not fall together."""
    return floor(percent + 0.5)
