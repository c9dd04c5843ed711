"""Lists written by the database: one statement in, JSON text out.

Building objects for fifty rows costs more than everything else a request does, so the lists that
people live in leave the database as text. A test holds every such text against its response model.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Text, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from api.core.db import Moment


class _JsonObject(GenericFunction[str]):
    """`key, value, key, value …` as the text of one JSON object."""

    type = Text()
    inherit_cache = True
    name = "trellis_json_object"


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


@compiles(_JsonObject, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_object({compiler.process(element.clauses, **kw)})"


@compiles(_JsonObject, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_build_object({compiler.process(element.clauses, **kw)})::text"


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


def json_row(**fields: ColumnElement[Any]) -> ColumnElement[str]:
    """The JSON text of one row, its values written as the API writes them."""
    parts: list[Any] = []
    for key, column in fields.items():
        # A key is text of the statement, not a parameter: PostgreSQL could not tell its type.
        parts += [literal_column(f"'{key}'"), _as_json(column)]
    return _JsonObject(*parts)


def _as_json(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Moment):
        return _MomentText(column)
    if isinstance(column.type, JSON):
        return _JsonPart(column)
    if isinstance(column.type, Boolean):
        return _JsonTruth(column)
    return column


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
