"""How long Trellis takes to answer first, and how much memory it holds while nobody asks."""

import asyncio
from pathlib import Path
from statistics import median

from tests.bench import server
from tests.bench.report import Report
from tests.databases import Fresh


async def measure(report: Report, fresh: dict[str, Fresh], folder: Path) -> None:
    for engine, make_database in fresh.items():
        times, sizes = [], []
        for _ in range(3):
            with server.trellis(make_database()) as ours:
                times.append(ours.started_in)
                await asyncio.sleep(2)
                sizes.append(ours.memory())
        report.line(f"start to first answer, {engine}", median(times), "<", 1.6, " s")
        report.line(f"idle memory, {engine}", median(sizes), "<", 110, " MB")
