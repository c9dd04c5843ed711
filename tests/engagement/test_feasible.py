"""What can be worked out from sums, against trying every possibility."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.engagement.feasible import ANYTHING, Bounds, Cell, Sum, ranges, withheld

Table = dict[str, int]

SHAPES = ["family", "chain", "cross"]

FAMILY = [Sum("t", ("a", "b", "c"))]
CHAIN = [Sum("t", ("a", "b")), Sum("b", ("c", "d")), Sum("u", ("t", "e"))]
CROSS = [
    Sum("r1", ("a", "b")),
    Sum("r2", ("c", "d")),
    Sum("k1", ("a", "c")),
    Sum("k2", ("b", "d")),
    Sum("t", ("r1", "r2")),
    Sum("t", ("k1", "k2")),
]


def fits(bounds: Mapping[str, Bounds], sums: Sequence[Sum[str]]) -> Iterator[Table]:
    """Try every table of counts within the bounds."""
    leaves = [key for key in bounds if key not in {each.total for each in sums}]
    spans = [range(bounds[key].low, (bounds[key].high or 0) + 1) for key in leaves]
    ordered = sorted(sums, key=lambda each: sum(part not in leaves for part in each.parts))
    for counts in itertools.product(*spans):
        table = dict(zip(leaves, counts, strict=True))
        waiting = list(ordered)
        while waiting:
            each = waiting.pop(0)
            if not all(part in table for part in each.parts):
                waiting.append(each)
            elif table.setdefault(each.total, sum(table[p] for p in each.parts)) != sum(
                table[part] for part in each.parts
            ):
                break
        else:
            if all(bounds[key].low <= table[key] <= (bounds[key].high or 0) for key in table):
                yield table


def tables(sums: Sequence[Sum[str]], leaves: str) -> st.SearchStrategy[Table]:
    """Make tables that add up."""

    def complete(counts: list[int]) -> Table:
        table = dict(zip(leaves, counts, strict=True))
        while any(each.total not in table for each in sums):
            for each in sums:
                if all(part in table for part in each.parts):
                    table[each.total] = sum(table[part] for part in each.parts)
        return table

    size = len(leaves)
    return st.lists(st.integers(0, 6), min_size=size, max_size=size).map(complete)


@st.composite
def around(draw: st.DrawFn, table: Table) -> dict[str, Bounds]:
    """Draw bounds that hold the truth."""
    return {
        key: Bounds(
            max(0, count - draw(st.integers(0, 3))),
            count + draw(st.integers(0, 3)),
        )
        for key, count in table.items()
    }


@pytest.mark.parametrize(
    ("sums", "leaves"), [(FAMILY, "abc"), (CHAIN, "acde"), (CROSS, "abcd")], ids=SHAPES
)
@settings(max_examples=40)
@given(data=st.data())
def test_ranges_are_those_of_all_tables_that_fit(
    sums: list[Sum[str]], leaves: str, data: st.DataObject
) -> None:
    bounds = data.draw(tables(sums, leaves).flatmap(around))

    found = ranges(bounds, sums, exact=bounds)

    possible = list(fits(bounds, sums))
    for key in bounds:
        values = {table[key] for table in possible}
        assert found[key] == (min(values), max(values))
        assert found[key].values == len(values)


def test_what_may_grow_for_ever_has_no_upper_bound() -> None:
    bounds = {"t": Bounds(8, None), "a": Bounds(1, 7), "b": Bounds(8, None), "c": Bounds(0, 0)}

    found = ranges(bounds, FAMILY)

    assert found["t"] == Bounds(9, None)
    assert found["t"].values == float("inf")
    assert found["a"] == Bounds(1, 7)


def test_bounds_that_exclude_each_other_are_refused() -> None:
    bounds = {"t": Bounds(1, 2), "a": Bounds(3, 4), "b": Bounds(0, 9), "c": Bounds(0, 9)}

    with pytest.raises(ValueError, match="no count fits"):
        ranges(bounds, FAMILY)


def cells(table: Table, shown: Mapping[str, bool] | None = None) -> dict[str, Cell]:
    """Show counts of 5 and more exactly, hide 1 to 4."""
    return {
        key: Cell(
            count,
            Bounds(1, 4) if 0 < count < 5 else Bounds(count, count),
            secret=0 < count < 5,
            shown=not 0 < count < 5 and (shown or {}).get(key, True),
        )
        for key, count in table.items()
    }


def test_the_total_goes_first() -> None:
    assert withheld(cells({"a": 9, "b": 8, "c": 2, "t": 19}), FAMILY) == {"t"}


def test_nothing_goes_where_enough_is_possible() -> None:
    roomy = cells({"a": 3, "b": 3, "c": 9, "t": 15})

    # The two hidden cells come to 6 and may be 2 and 4, 3 and 3 or 4 and 2.
    assert withheld(roomy, FAMILY) == set()


def test_nothing_goes_where_nothing_is_hidden() -> None:
    assert withheld(cells({"a": 9, "b": 8, "c": 0, "t": 17}), FAMILY) == set()


def test_a_part_goes_where_the_total_is_known_from_elsewhere() -> None:
    twice = [Sum("t", ("a", "b")), Sum("t", ("c", "d"))]
    table = cells({"t": 19, "a": 17, "b": 2, "c": 10, "d": 9})

    assert withheld(table, twice) == {"a"}


def test_several_go_where_one_does_not_suffice() -> None:
    thrice = [Sum("t", ("a", "b")), Sum("t", ("c", "d")), Sum("a", ("e", "f"))]
    table = cells({"t": 19, "a": 17, "b": 2, "c": 10, "d": 9, "e": 8, "f": 9})

    gone = withheld(table, thrice)

    left = {key: ANYTHING if key in gone else cell.known for key, cell in table.items()}
    assert len(gone) > 1
    assert ranges(left, thrice)["b"].values >= 3


def test_the_choice_does_not_depend_on_an_order() -> None:
    table = cells({"a": 9, "b": 9, "c": 2, "t": 20})
    backwards = dict(reversed(table.items()))

    assert withheld(table, FAMILY) == withheld(backwards, [Sum("t", ("c", "b", "a"))])


def test_a_secret_beside_nothing_shown_is_left_as_it_is() -> None:
    table = cells({"a": 2, "b": 0, "c": 0, "t": 2}, shown={"b": False, "c": False})
    only = {**table, "t": Cell(2, Bounds(2, 2), secret=False, shown=False)}

    assert withheld(only, FAMILY) == set()


@pytest.mark.parametrize(
    ("sums", "leaves"), [(FAMILY, "abc"), (CHAIN, "acde"), (CROSS, "abcd")], ids=SHAPES
)
@settings(max_examples=40)
@given(data=st.data())
def test_every_secret_keeps_three_values(
    sums: list[Sum[str]], leaves: str, data: st.DataObject
) -> None:
    table = data.draw(tables(sums, leaves))
    shown = cells(table)

    gone = withheld(shown, sums)

    # Small totals of several small parts leave too little room whatever is withheld.
    if all(table[each.total] >= 5 or table[each.total] == 0 for each in sums):
        bounds = {
            key: cell.known if key not in gone else Bounds(0, 40) for key, cell in shown.items()
        }
        possible = list(fits(bounds, sums))
        for key, cell in shown.items():
            assert not cell.secret or len({each[key] for each in possible}) >= 3
