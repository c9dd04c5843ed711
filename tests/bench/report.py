"""Prints what was measured beside what was promised."""

import operator

from rich.console import Console
from rich.table import Table

_HOLDS = {"≥": operator.ge, "≤": operator.le, "<": operator.lt, "=": operator.eq}


class Report:
    def __init__(self) -> None:
        self._console = Console(width=110)
        self._missed: list[str] = []
        self._table = Table("what", "measured", "limit", "", title="Trellis, measured")

    def line(self, what: str, value: float, sign: str, limit: float, unit: str = "") -> None:
        """One promise: kept where `value sign limit` holds."""
        kept = _HOLDS[sign](value, limit)
        if not kept:
            self._missed.append(what)
        self._add(
            what, f"{value:,.3g}{unit}", f"{sign} {limit:g}{unit}", "kept" if kept else "MISSED"
        )

    def note(self, what: str, words: str) -> None:
        """Something worth knowing that was not promised."""
        self._add(what, words, "", "")

    def _add(self, *cells: str) -> None:
        self._console.print(f"  {cells[0]}: {cells[1]}  {cells[2]}  {cells[3]}")
        self._table.add_row(*cells)

    def finish(self) -> int:
        self._console.print(self._table)
        return 1 if self._missed else 0
