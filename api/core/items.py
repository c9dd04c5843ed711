"""A row of a list between the database, which writes text, and rules, which ask objects."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Enum, Integer, Select
from sqlalchemy.types import TypeEngine

from api.core.db import Id, Moment
from api.core.rows import NULL


def kind_of(column: TypeEngine[Any]) -> Callable[[str], Any] | None:
    if isinstance(column, Enum):
        return column.enum_class
    for kind, read in KINDS:
        if isinstance(column, kind):
            return read
    return None


KINDS: tuple[tuple[type[Any], Callable[[str], Any]], ...] = (
    (Id, UUID),
    (Moment, datetime.fromisoformat),
    (Boolean, lambda cell: cell in ("1", "true")),
    (Integer, int),
    (JSON, json.loads),
)


class Shape:
    """The names and types of a list's columns, worked out only when an item is asked for one."""

    def __init__(self, statement: Select[Any]):
        self._statement = statement

    @cached_property
    def names(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self._statement.selected_columns.keys())}

    @cached_property
    def kinds(self) -> list[Callable[[str], Any] | None]:
        return [kind_of(c.type) for c in self._statement.selected_columns]


class Item:
    """A row of a list: its columns by number or name, as objects, or its `cells` as text."""

    __slots__ = ("_shape", "cells")

    def __init__(self, shape: Shape, cells: list[str]):
        self._shape = shape
        self.cells = cells

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self.cells)))]
        cell, kind = self.cells[number], self._shape.kinds[number]
        if cell == NULL:
            return None
        return kind(cell) if kind else cell

    def __getattr__(self, name: str) -> Any:
        number = self._shape.names.get(name)
        if number is None:
            raise AttributeError(name)
        return self[number]
