"""How a read that is asked often gets its arguments.

The framework works out anew at each request what a handler wants to know, parameter by parameter.
Most reads want the same four things: the database, the caller, ids from the path, and one model of
the query. For those this reads exactly what the contract says, with the same refusals, in a third
of the time. Whatever a handler wants besides leaves it to the framework.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.datastructures import QueryParams

Read = Callable[[dict[str, str], QueryParams], dict[str, Any]]


def reader(  # noqa: C901  (what is found out once stands beside what is done each time)
    endpoint: Callable[..., Any], path: str
) -> Read | None:
    """Make the function that reads a handler's own arguments; None where it is not for us."""
    ids: dict[str, TypeAdapter[Any]] = {}
    model: tuple[str, type[BaseModel]] | None = None
    for name, parameter in inspect.signature(endpoint).parameters.items():
        if name in ("db", "me"):
            continue
        kind = parameter.annotation
        if "{" + name + "}" in path:
            ids[name] = TypeAdapter(kind)
        elif (found := _query_model(kind)) and model is None:
            model = name, found
        else:
            return None
    many = {n for n, f in model[1].model_fields.items() if _is_list(f.annotation)} if model else ()

    def read(path_values: dict[str, str], query: QueryParams) -> dict[str, Any]:
        given: dict[str, Any] = {}
        faults: list[Any] = []
        for name, adapter in ids.items():
            try:
                given[name] = adapter.validate_python(path_values[name])
            except ValidationError as wrong:
                faults += _placed(wrong, "path", name)
        if model:
            asked: dict[str, Any] = dict(query)
            for name in many:
                if name in asked:
                    asked[name] = query.getlist(name)
            try:
                given[model[0]] = model[1].model_validate(asked)
            except ValidationError as wrong:
                faults += _placed(wrong, "query")
        if faults:
            raise RequestValidationError(faults)
        return given

    return read


def _query_model(kind: Any) -> type[BaseModel] | None:
    if get_origin(kind) is Annotated:
        inner, *marks = get_args(kind)
        if any(isinstance(m, Query) for m in marks) and inspect.isclass(inner):
            return inner if issubclass(inner, BaseModel) else None
    return None


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in (list, set, tuple) or any(_is_list(a) for a in get_args(kind))


def _placed(wrong: ValidationError, *where: str) -> list[Any]:
    return [{**fault, "loc": (*where, *fault["loc"])} for fault in wrong.errors()]
