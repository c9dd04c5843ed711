"""Reading an attendance list, so that a broken file is refused before anything is sent.

Whether people and sessions exist, and what a date means there, only the server can say; whether
the file is one at all, and where it is not, is found out here, with the number of the line.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

NEEDED = ("person", "session", "date")
OPTIONAL = ("minutes", "mode")
MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
LONGEST = 10_080  # minutes in a week
MODES = {"online": "online", "in person": "in_person"}
_DELIMITERS = ",;\t"
_SHOWN = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class BadList(Exception):
    """A file that is not an attendance list; every line of the message is for a person."""


def read(content: bytes) -> list[dict[str, Any]]:
    """Read a whole file into rows as the API takes them, each with its line in the file.

    When any row is wrong, raise `BadList`, which names up to twenty faults.
    """
    text = _text(content)
    header, records = _records(text)
    columns = _columns(header)
    rows, faults = [], []
    for line, cells in records:
        if len(cells) != len(columns):
            faults.append(f"line {line}: has {len(cells)} cells, and the header {len(columns)}")
            continue
        row, wrong = _row(line, dict(zip(columns, cells, strict=True)))
        rows.append(row)
        faults += [f"line {line}: {fault}" for fault in wrong]
    if faults:
        more = [f"… and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise BadList("\n".join([*faults[:_SHOWN], *more]))
    if not rows:
        raise BadList("The file has a header, but no rows.")
    if len(rows) > MOST_ROWS:
        raise BadList(f"The file has {len(rows):,} rows. Send at most {MOST_ROWS:,} at once.")
    return rows


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BadList(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send it in parts.")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise BadList(f"line {line}: holds a NUL character. Save the file as CSV in UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise BadList(f"line {line}: is not UTF-8. Save the file as “CSV UTF-8”.") from None
    if not text.strip():
        raise BadList("The file is empty.")
    return text


def _records(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Split the text into the header and the records that follow, each with its first line."""
    records = [(line, cells) for line, cells in _numbered(text, _delimiter(text)) if any(cells)]
    return records[0][1], iter(records[1:])


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadList(f"line {line}: a quotation mark is opened and not closed well.") from None
        yield line, [cell.strip() for cell in cells]


def _delimiter(text: str) -> str:
    """The separator under which the first line shows the most columns that are known."""
    first = next(line for line in text.splitlines() if line.strip())

    def known(delimiter: str) -> int:
        names = [_plain(cell.strip('" ')) for cell in first.split(delimiter)]
        return sum(name in (*NEEDED, *OPTIONAL) for name in names)

    return max(_DELIMITERS, key=known)


def _columns(header: list[str]) -> list[str]:
    columns = [_plain(name) for name in header]
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name not in (*NEEDED, *OPTIONAL)]
    twice = sorted({name for name in columns if columns.count(name) > 1} - set(unknown))
    faults = [
        f"{words}: {', '.join(name or '(no name)' for name in names)}"
        for words, names in (
            ("columns missing", missing),
            ("columns not known", unknown),
            ("columns named twice", twice),
        )
        if names
    ]
    if faults:
        usual = f"The columns are {', '.join(NEEDED)}, and if wanted {', '.join(OPTIONAL)}."
        raise BadList("\n".join([*faults, usual]))
    return columns


def _row(line: int, cells: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    row: dict[str, Any] = {"line": line}
    faults = []
    for name in NEEDED:
        row[name] = cells[name]
        if not cells[name]:
            faults.append(f"has no {name}")
    if cells["date"] and not _is_day(cells["date"]):
        faults.append(f"“{cells['date'][:40]}” is not a date such as 2026-01-31")
    if minutes := cells.get("minutes"):
        if re.fullmatch(r"[0-9]{1,5}", minutes) and int(minutes) <= LONGEST:
            row["minutes"] = int(minutes)
        else:
            faults.append(f"“{minutes[:40]}” is not a number of minutes")
    if mode := cells.get("mode"):
        if found := MODES.get(_plain(mode)):
            row["mode"] = found
        else:
            faults.append(f"“{mode[:40]}” is neither “online” nor “in person”")
    return row, faults


def _is_day(value: str) -> bool:
    # Only one way of writing a day: whether 03/04 is in March or in April is nobody's to guess.
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
