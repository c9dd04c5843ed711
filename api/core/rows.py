"""Lists written by the database: one statement in, JSON text out.

Building objects for fifty rows costs more than everything else a request does, so the lists that
people live in leave the database as text. A test holds every such text against its response model.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Label, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.visitors import InternalTraversal

from api.core.db import Moment


class JsonRow(ColumnElement[str]):
    """The JSON text of one row, its values written as the API writes them.

    Its text depends on the fields alone, so a name for them is all the statement cache has to
    compare; going through thirty columns at every request would cost as much as reading them.
    """

    __visit_name__ = "trellis_json_row"
    _traverse_internals = [("name", InternalTraversal.dp_string)]
    type = Text()

    def __init__(self, fields: dict[str, ColumnElement[Any]]):
        self.fields = fields
        self.name = ",".join(f"{key}={column}" for key, column in fields.items())

    @property
    def _from_objects(self) -> list[Any]:
        return list(dict.fromkeys(f for c in self.fields.values() for f in c._from_objects))


class _JsonPart(GenericFunction[str]):
    """A column that already holds JSON, or a truth value, as a part of a JSON object."""

    type = Text()
    inherit_cache = True
    name = "trellis_json_part"


class _JsonTruth(GenericFunction[str]):
    type = Text()
    inherit_cache = True
    name = "trellis_json_truth"


class _MomentText(GenericFunction[str]):
    """A moment as the API writes it: RFC 3339, UTC, no empty microseconds."""

    type = Text()
    inherit_cache = True
    name = "trellis_moment_text"


@compiles(JsonRow)
def _(element: Any, compiler: Any, **kw: Any) -> str:
    kw.pop("add_to_result_map", None)
    pairs = (
        f"'{key}', {compiler.process(_as_json(column), **kw)}"
        for key, column in element.fields.items()
    )
    if compiler.dialect.name == "sqlite":
        return f"json_object({', '.join(pairs)})"
    return f"json_build_object({', '.join(pairs)})::text"


@compiles(_JsonPart, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json({compiler.process(element.clauses, **kw)})"


@compiles(_JsonPart, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)})::json"


@compiles(_JsonTruth, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    inner = compiler.process(element.clauses, **kw)
    return f"json(CASE WHEN {inner} THEN 'true' ELSE 'false' END)"


@compiles(_JsonTruth, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"coalesce({compiler.process(element.clauses, **kw)}, false)"


@compiles(_MomentText, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"replace({compiler.process(element.clauses, **kw)}, '.000000Z', 'Z')"


@compiles(_MomentText, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    inner = compiler.process(element.clauses, **kw)
    written = f"to_char({inner} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    return f"replace({written}, '.000000Z', 'Z')"


class _Folded(GenericFunction[str]):
    """Text without the difference of small and capital letters."""

    type = Text()
    inherit_cache = True
    name = "trellis_folded"


@compiles(_Folded, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"casefold({compiler.process(element.clauses, **kw)})"


@compiles(_Folded, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"lower({compiler.process(element.clauses, **kw)})"


def folded(column: Any) -> ColumnElement[str]:
    return _Folded(column)


def moment_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return _MomentText(column)


def json_row(**fields: ColumnElement[Any]) -> Label[str]:
    """Write a row as JSON. Make it once, beside the columns it is made of, and use it often."""
    return JsonRow(fields).label("item")


def _as_json(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Moment):
        return _MomentText(column)
    if isinstance(column.type, JSON):
        return _JsonPart(column)
    if isinstance(column.type, Boolean):
        return _JsonTruth(column)
    return column


# Separators no JSON text and no clean text can hold: between rows, between columns, and for null.
ROW, CELL, NULL = "\x1e", "\x1f", "\x1d"


class Sheet(GenericFunction[str]):
    """A whole result as one text: the first argument of each row, in the order of the others.

    Fetching a row lets other threads in, and waiting for one's turn again fifty times costs more
    than the query; so a page is fetched as one row.
    """

    type = Text()
    inherit_cache = True
    name = "trellis_sheet"
    way = "ASC"


class SheetDescending(Sheet):
    inherit_cache = True
    name = "trellis_sheet_descending"
    way = "DESC"


@compiles(Sheet)
@compiles(SheetDescending)
def _(element: Any, compiler: Any, **kw: Any) -> str:
    text, *order = (compiler.process(clause, **kw) for clause in element.clauses)
    function = "group_concat" if compiler.dialect.name == "sqlite" else "string_agg"
    mark = "char(30)" if compiler.dialect.name == "sqlite" else "chr(30)"
    by = ", ".join(f"{column} {element.way}" for column in order)
    return f"{function}({text}, {mark} ORDER BY {by})"


class _Cells(GenericFunction[str]):
    """Several columns as one text."""

    type = Text()
    inherit_cache = True
    name = "trellis_cells"


@compiles(_Cells)
def _(element: Any, compiler: Any, **kw: Any) -> str:
    char = "char" if compiler.dialect.name == "sqlite" else "chr"
    cells = (
        f"coalesce(CAST({compiler.process(clause, **kw)} AS TEXT), {char}(29))"
        for clause in element.clauses
    )
    return f" || {char}(31) || ".join(cells)


class _OneOf(GenericFunction[bool]):
    """Whether a column is one of the ids in a JSON list, which travels as one value."""

    type = Boolean()
    inherit_cache = True
    name = "trellis_one_of"


@compiles(_OneOf, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  (both are SQL)


@compiles(_OneOf, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT CAST(json_array_elements_text(CAST({values} AS json)) AS uuid))"


def one_of(column: Any, ids: Iterable[Any]) -> ColumnElement[bool]:
    """As `column.in_(ids)`, but the statement is the same however many there are."""
    return _OneOf(column, literal(json.dumps([str(i) for i in ids]), Text))


def cells(*columns: Any) -> ColumnElement[str]:
    return _Cells(*columns)


def sheet(text: Any, *order: Any, descending: bool = False) -> ColumnElement[str]:
    return (SheetDescending if descending else Sheet)(text, *order)


def with_field(row: str, key: str, value: str) -> str:
    """Add one field of JSON text to the JSON text of an object."""
    return f'{row[:-1]},"{key}":{value}}}'


def json_list(rows: Iterable[str], after: str | None, count: int | None = None) -> bytes:
    """Write one page: its items and where the next one begins."""
    end = f'],"next":"{after}"' if after else '],"next":null'
    total = "" if count is None else f',"count":{count}'
    return ('{"items":[' + ",".join(rows) + end + total + "}").encode()


def json_words(words: Sequence[str]) -> str:
    """A JSON list of plain words, which hold nothing to escape."""
    return '["' + '","'.join(words) + '"]' if words else "[]"
