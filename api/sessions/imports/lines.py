"""Reading the lines of a list: what was written becomes what was meant, or a fault."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from api.core.moments import day
from api.core.text import Email, Name
from api.sessions.attendances.schemas import Minutes
from api.sessions.imports.schemas import ImportRow
from api.sessions.models import Seating, Title

_NAME: TypeAdapter[str] = TypeAdapter(Name)
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_TITLE: TypeAdapter[str] = TypeAdapter(Title)
_MINUTES: TypeAdapter[int] = TypeAdapter(Minutes)


class Line(NamedTuple):
    """What one line says. A person is known by `who`, which folds the differences of writing."""

    row: int
    number: int
    who: str
    name: str
    email: bool
    title: str
    day: date
    minutes: int | None
    seating: Seating | None

    @property
    def meeting(self) -> tuple[str, date]:
        """What tells one session of the list from another."""
        return self.title.casefold(), self.day


class Fault(NamedTuple):
    """Something wrong, at a place of the list."""

    row: int
    at: str
    detail: str


def fault(line: Line, field: str, detail: str) -> Fault:
    return Fault(line.row, f"line {line.number}/{field}", detail)


def read(rows: Sequence[ImportRow], today: date) -> tuple[list[Line], list[Fault]]:
    """Read every line; one that makes no sense is named, with everything wrong in it."""
    lines: list[Line] = []
    faults: list[Fault] = []
    for index, row in enumerate(rows):
        found: dict[str, Any] = {}
        wrong: list[Fault] = []
        for field, understand in _FIELDS.items():
            try:
                found[field] = understand(getattr(row, field))
            except ValidationError as error:
                detail = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
                wrong.append(Fault(index, f"line {row.line}/{field}", detail))
            except ValueError as error:
                wrong.append(Fault(index, f"line {row.line}/{field}", str(error)))
        if not wrong and found["date"] > today:
            wrong.append(Fault(index, f"line {row.line}/date", "lies in the future"))
        if wrong:
            faults += wrong
            continue
        who, email = found["person"]
        lines.append(
            Line(
                row=index,
                number=row.line,
                who=who.casefold(),
                name=who,
                email=email,
                title=found["session"],
                day=found["date"],
                minutes=found["minutes"],
                seating=found["mode"],
            )
        )
    return lines, faults


def _person(written: str) -> tuple[str, bool]:
    """A name or an e-mail address, and whether it is the latter."""
    if "@" in written:
        return _EMAIL.validate_python(written), True
    return _single_spaced(_NAME.validate_python(written)), False


def _session(written: str) -> str:
    return _single_spaced(_TITLE.validate_python(written))


def _minutes(written: int | str | None) -> int | None:
    if written is None or (isinstance(written, str) and not written.strip()):
        return None
    if isinstance(written, str) and written.strip().isascii() and written.strip().isdigit():
        written = int(written)
    return _MINUTES.validate_python(written)


def _mode(written: str | None) -> Seating | None:
    plain = re.sub(r"[\s-]+", "_", (written or "").strip().lower())
    if not plain:
        return None
    if plain not in list(Seating):
        raise ValueError("is neither online nor in_person")
    return Seating(plain)


def _single_spaced(words: str) -> str:
    return " ".join(words.split())


_FIELDS: dict[str, Any] = {
    "person": _person,
    "session": _session,
    "date": lambda written: day(written.strip()),
    "minutes": _minutes,
    "mode": _mode,
}
