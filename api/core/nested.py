"""Lists inside the rows of lists, written by the database like the rows themselves."""

from typing import Any

from sqlalchemy import JSON, Case, ColumnElement, ScalarSelect, Select, case, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class _JsonArray(GenericFunction[Any]):
    """The JSON texts of a group as one JSON array, in the order of the second argument."""

    type = JSON()
    inherit_cache = True
    name = "trellis_json_array"


@compiles(_JsonArray, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    item, order = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"json_group_array(json({item}) ORDER BY {order})"


@compiles(_JsonArray)
def _(element: Any, compiler: Any, **kw: Any) -> str:
    item, order = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"coalesce(json_agg(({item})::json ORDER BY {order}), '[]'::json)"


def json_array(statement: Select[Any], item: ColumnElement[str], order: Any) -> ScalarSelect[Any]:
    """What `statement` finds for a row, as one array; join it to the row by its conditions."""
    return statement.with_only_columns(_JsonArray(item, order)).scalar_subquery()


def json_if(there: ColumnElement[bool], item: ColumnElement[str]) -> ColumnElement[Any]:
    """A JSON object where a condition holds, else null."""
    chosen: Case[Any] = case((there, item), else_=None)
    return type_coerce(chosen, JSON)
