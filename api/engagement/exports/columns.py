"""One column of an export, and how the database writes its cells.

Rows are written by the database, as in lists, because making a million objects to write a million
lines costs more than all the rest. Both engines write the same cells for the same facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Integer,
    Text,
    case,
    cast,
    func,
    literal_column,
    null,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from api.core.db import Moment
from api.core.rows import json_row, moment_text
from api.engagement.profile import Profile

# A spreadsheet would work out a cell that begins like this, wherever it came from.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK: ColumnElement[str] = literal_column("'\"'", Text)


@dataclass(frozen=True, slots=True)
class Column:
    """What an export calls a value, what it means, and where it comes from.

    `free` cells hold words that people or partners chose. Only these can hold a comma or be
    mistaken for a formula; ids, moments, numbers and our own words cannot.
    """

    name: str
    meaning: str
    value: Any
    free: bool = False


class _Words(GenericFunction[str]):
    """A JSON list of words as one cell: `one; two`."""

    type = Text()
    inherit_cache = True
    name = "trellis_words"


@compiles(_Words, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    words = compiler.process(element.clauses, **kw)
    return f"(SELECT group_concat(value, '; ') FROM json_each({words}))"  # noqa: S608  (a column)


@compiles(_Words, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    words = compiler.process(element.clauses, **kw)
    each = f"jsonb_array_elements_text({words}) AS word"
    return f"(SELECT string_agg(word, '; ') FROM {each})"  # noqa: S608  (a column)


def as_json(columns: Sequence[Column]) -> ColumnElement[str]:
    """A row as one JSON object."""
    return json_row(**{column.name: column.value for column in columns})


def as_object(columns: Sequence[Column]) -> ColumnElement[str]:
    """The same for PostgreSQL, whose own function for it takes twice the time.

    Only free words can hold what JSON has to escape; all other cells stand between plain quotes.
    """
    fields = [
        literal_column(f"'\"{column.name}\":'", Text).concat(
            func.coalesce(_as_json(column), "null")
        )
        for column in columns
    ]
    return literal_column("'{'", Text).concat(_joined(fields)).concat(literal_column("'}'", Text))


def as_cells(columns: Sequence[Column]) -> list[ColumnElement[Any]]:
    """A row as the texts of its cells, for an engine that makes CSV of them by itself."""
    return [_text(column).label(column.name) for column in columns]


def as_line(columns: Sequence[Column]) -> ColumnElement[str]:
    """A row as one line of CSV, for an engine that cannot: free words in quotes, null nothing."""
    return _joined([func.coalesce(_quoted(c) if c.free else _text(c), "") for c in columns])


def shown(count: Any, profile: Profile) -> ColumnElement[int | None]:
    """Hide or round a count in the database; the SQL twin of `Profile.show`."""
    rounded = (count + profile.nearest // 2) // profile.nearest * profile.nearest
    return case((count == 0, 0), (count < profile.below, null()), else_=rounded)


def neutral(words: Any) -> ColumnElement[str]:
    """Words that no spreadsheet takes for a formula."""
    return case(
        (func.substr(words, 1, 1).in_(FORMULA), literal_column("''''").concat(words)), else_=words
    )


def _text(column: Column) -> ColumnElement[Any]:
    value = column.value
    if isinstance(value.type, Moment):
        return moment_text(value)
    if isinstance(value.type, Boolean):
        return case((value, "true"), else_="false")
    text = _Words(value) if isinstance(value.type, JSON) else cast(value, Text)
    return neutral(text) if column.free else text


def _as_json(column: Column) -> ColumnElement[str]:
    value = column.value
    if isinstance(value.type, (Integer, JSON)):
        return cast(value, Text)
    if column.free:
        return cast(func.to_json(value), Text)
    text = _text(column)
    return text if isinstance(value.type, Boolean) else _MARK.concat(text).concat(_MARK)


def _quoted(column: Column) -> ColumnElement[str]:
    return _MARK.concat(func.replace(_text(column), '"', '""')).concat(_MARK)


def _joined(cells: list[Any]) -> ColumnElement[str]:
    comma = literal_column("','", Text)
    return reduce(lambda line, cell: line.concat(comma).concat(cell), cells)
